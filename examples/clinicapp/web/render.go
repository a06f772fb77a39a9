package web

import (
	"bytes"
	"embed"
	"errors"
	"fmt"
	"html/template"
	"io/fs"
	"maps"
	"net/http"
	"path"
	"strings"
	"time"

	"github.com/rickb777/date/v2"

	"github.com/regimen-go/regimen/examples/clinicapp/store"
)

//go:embed templates
var templateFiles embed.FS

// Pages are the templates, each with the frame around it.
type pages struct{ list map[string]*template.Template }

func readPages() (*pages, error) {
	files, err := fs.Glob(templateFiles, "templates/*.html")
	if err != nil {
		return nil, err
	}
	p := &pages{map[string]*template.Template{}}
	for _, file := range files {
		name := strings.TrimSuffix(path.Base(file), ".html")
		if strings.HasPrefix(name, "part-") {
			continue
		}
		page, err := template.New("frame").Funcs(functions).ParseFS(templateFiles, "templates/part-*.html", file)
		if err != nil {
			return nil, err
		}
		p.list[name] = page
	}
	return p, nil
}

var functions = template.FuncMap{
	"day":   dayWords,
	"upper": upper,
	"class": func(s any) string { return strings.ReplaceAll(fmt.Sprint(s), " ", "-") },
	"dict": func(pairs ...any) (map[string]any, error) {
		made := map[string]any{}
		for i := 0; i+1 < len(pairs); i += 2 {
			key, ok := pairs[i].(string)
			if !ok {
				return nil, errors.New("want text as a key")
			}
			made[key] = pairs[i+1]
		}
		return made, nil
	},
}

// dayWords writes a day as people read it; "" for none.
func dayWords(d date.Date) string {
	if d == 0 {
		return ""
	}
	year, month, day := d.Date()
	return fmt.Sprintf("%s %d %s %d", d.Weekday().String()[:3], day, month.String()[:3], year)
}

// A frame is what every page has around it.
type frame struct {
	Title, Notice, Alert, Flash string
	User                        store.User
	Token, Path                 string
	Now                         time.Time
	Today                       date.Date
	Search                      string
	Data                        map[string]any
}

// render answers with a page. It is made whole before the first byte is sent, so that nobody
// gets half of one.
func (a *App) render(q *request, status int, name string, data map[string]any) error {
	page := a.pages.list[name]
	if page == nil {
		return fmt.Errorf("no template %q", name)
	}
	ctx := q.Context()
	text := func(key string) string {
		s, _ := data[key].(string)
		return s
	}
	f := frame{
		Title: text("Title"), Alert: text("Alert"), Notice: a.Notice, User: q.user, Now: q.now, Today: q.today, Path: q.URL.Path, Search: q.URL.Query().Get("q"),
		Data: maps.Clone(data),
	}
	if q.user.ID != 0 {
		f.Token = a.sessions.GetString(ctx, "token")
		f.Flash = a.sessions.PopString(ctx, "flash")
	}
	var out bytes.Buffer
	if err := page.ExecuteTemplate(&out, "frame", f); err != nil {
		return err
	}
	q.Header().Set("Content-Type", "text/html; charset=utf-8")
	q.WriteHeader(status)
	_, _ = out.WriteTo(q) // whoever has gone away gets nothing
	return nil
}

// done says what was recorded, on the next page.
func (a *App) done(q *request, to, flash string) error {
	a.sessions.Put(q.Context(), "flash", flash)
	http.Redirect(q, q.Request, to, http.StatusSeeOther)
	return nil
}

// parse reads the form of a request.
func (q *request) parse() error {
	var err error
	if strings.HasPrefix(q.Request.Header.Get("Content-Type"), "multipart/form-data") {
		err = q.ParseMultipartForm(maxForm)
	} else {
		err = q.ParseForm()
	}
	if _, large := errors.AsType[*http.MaxBytesError](err); large {
		return &refusal{http.StatusRequestEntityTooLarge, "This is too large", "A file may have 1 MiB. Nothing was recorded."}
	}
	if err != nil {
		return &refusal{http.StatusBadRequest, "This form cannot be read", "Open the page anew and send the form again. Nothing was recorded."}
	}
	return nil
}
