package web

import (
	"bytes"
	"io"
	"log/slog"
	"maps"
	"mime/multipart"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/crypto/bcrypt"
	"golang.org/x/net/html"

	"github.com/regimen-go/regimen/examples/clinicapp/demo"
	"github.com/regimen-go/regimen/examples/clinicapp/store"
	"github.com/regimen-go/regimen/schedule"
)

var london = mustZone("Europe/London")

func mustZone(name string) *time.Location {
	zone, err := time.LoadLocation(name)
	if err != nil {
		panic(err)
	}
	return zone
}

// A house is a clinic with its app, whose clock the test moves.
type house struct {
	testing.TB
	app    *App
	store  *store.Store
	server *httptest.Server
	log    lockedBuffer
	mutex  sync.Mutex
	now    time.Time
	file   string
}

type lockedBuffer struct {
	sync.Mutex
	bytes.Buffer
}

func (b *lockedBuffer) Write(p []byte) (int, error) {
	b.Lock()
	defer b.Unlock()
	return b.Buffer.Write(p)
}

func (b *lockedBuffer) String() string {
	b.Lock()
	defer b.Unlock()
	return b.Buffer.String()
}

const password = "correct horse battery"

// newHouse opens a clinic on a day at nine in the morning, with a nurse and a prescriber.
func newHouse(t testing.TB, today string, change ...func(*Config)) *house {
	t.Helper()
	h := &house{TB: t, file: filepath.Join(t.TempDir(), "app.db")}
	h.goTo(today + " 09:00")
	s, err := store.Open(t.Context(), h.file, demo.Clinic(london))
	require.NoError(t, err)
	h.store = s
	require.NoError(t, s.AddUser(t.Context(), "nurse", store.Staff, password, bcrypt.MinCost))
	require.NoError(t, s.AddUser(t.Context(), "prescriber", store.Prescriber, password, bcrypt.MinCost))
	config := Config{
		Store: s, Log: slog.New(slog.NewTextHandler(&h.log, nil)), Base: "http://app.test", Phone: "020 7946 0000", Place: "Example Street 1",
		Now: func() time.Time {
			h.mutex.Lock()
			defer h.mutex.Unlock()
			return h.now
		},
	}
	for _, f := range change {
		f(&config)
	}
	h.app, err = New(config)
	require.NoError(t, err)
	h.server = httptest.NewServer(h.app)
	t.Cleanup(func() {
		h.server.Close()
		h.app.Close()
		require.NoError(t, s.Close())
	})
	return h
}

// goTo moves the clock of the clinic.
func (h *house) goTo(text string) {
	t, err := time.ParseInLocation("2006-01-02 15:04", text, london)
	require.NoError(h, err)
	h.mutex.Lock()
	defer h.mutex.Unlock()
	h.now = t
}

// A visitor is a browser without its looks.
type visitor struct {
	*house
	client *http.Client
	// page is the one that is open, at its path.
	page   *html.Node
	body   string
	path   string
	status int
	answer *http.Response
}

func (h *house) visitor() *visitor {
	jar, err := cookiejar.New(nil)
	require.NoError(h, err)
	return &visitor{house: h, client: &http.Client{Jar: jar}}
}

// as is a browser in which somebody has logged in.
func (h *house) as(name string) *visitor {
	h.Helper()
	v := h.visitor()
	v.open("/login")
	v.send("/login", url.Values{"name": {name}, "password": {password}})
	require.Equal(h, http.StatusOK, v.status, v.body)
	return v
}

func (v *visitor) do(r *http.Request) *visitor {
	v.Helper()
	answer, err := v.client.Do(r)
	require.NoError(v, err)
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	require.NoError(v, err)
	v.answer, v.status, v.body, v.path = answer, answer.StatusCode, string(body), answer.Request.URL.Path
	v.page, err = html.Parse(bytes.NewReader(body))
	require.NoError(v, err)
	return v
}

// open asks for a page.
func (v *visitor) open(path string) *visitor {
	v.Helper()
	r, err := http.NewRequestWithContext(v.Context(), http.MethodGet, v.server.URL+path, nil)
	require.NoError(v, err)
	return v.do(r)
}

// post sends values to a path.
func (v *visitor) post(path string, values url.Values, header ...string) *visitor {
	v.Helper()
	r, err := http.NewRequestWithContext(v.Context(), http.MethodPost, v.server.URL+path, strings.NewReader(values.Encode()))
	require.NoError(v, err)
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	return v.do(r)
}

// upload sends a file with the form of a page that takes one.
func (v *visitor) upload(action, name, content string) *visitor {
	v.Helper()
	v.open("/enrol")
	path, _, values := v.form(action)
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	for key := range values {
		if key != "file" {
			require.NoError(v, w.WriteField(key, values.Get(key)))
		}
	}
	part, err := w.CreateFormFile("file", name)
	require.NoError(v, err)
	_, err = io.WriteString(part, content)
	require.NoError(v, err)
	require.NoError(v, w.Close())
	r, err := http.NewRequestWithContext(v.Context(), http.MethodPost, v.server.URL+path, &body)
	require.NoError(v, err)
	r.Header.Set("Content-Type", w.FormDataContentType())
	return v.do(r)
}

// form returns what the form of the page whose action ends with a text would send.
func (v *visitor) form(action string) (path, method string, values url.Values) {
	v.Helper()
	for n := range v.page.Descendants() {
		if n.Data != "form" || !strings.HasSuffix(attr(n, "action"), action) {
			continue
		}
		values = url.Values{}
		for in := range n.Descendants() {
			name, value := attr(in, "name"), attr(in, "value")
			switch {
			case name == "":
			case in.Data == "input" && (attr(in, "type") == "radio" || attr(in, "type") == "checkbox"):
				if has(in, "checked") {
					values.Add(name, value)
				}
			case in.Data == "input":
				values.Set(name, value)
			case in.Data == "select":
				for o := range in.Descendants() {
					if o.Data == "option" && (has(o, "selected") || !values.Has(name)) {
						values.Set(name, attr(o, "value"))
					}
				}
			}
		}
		return attr(n, "action"), strings.ToUpper(attr(n, "method")), values
	}
	v.Fatalf("no form that ends with %q on %s:\n%s", action, v.path, v.body)
	return "", "", nil
}

// send fills in the form of the page whose action ends with a text, and sends it.
func (v *visitor) send(action string, with url.Values) *visitor {
	v.Helper()
	path, method, values := v.form(action)
	maps.Copy(values, with)
	if method == http.MethodGet {
		return v.open(path + "?" + values.Encode())
	}
	return v.post(path, values)
}

// link returns the address of the first link with a text.
func (v *visitor) link(text string) string {
	v.Helper()
	for n := range v.page.Descendants() {
		if n.Data == "a" && strings.TrimSpace(words(n)) == text {
			return attr(n, "href")
		}
	}
	v.Fatalf("no link %q on %s:\n%s", text, v.path, v.words())
	return ""
}

// follow follows the first link with a text.
func (v *visitor) follow(text string) *visitor {
	v.Helper()
	to := v.link(text)
	if strings.HasPrefix(to, "?") {
		to = v.path + to
	}
	return v.open(to)
}

// words are the words of the page.
func (v *visitor) words() string { return words(v.page) }

func words(n *html.Node) string {
	var b strings.Builder
	for c := range n.Descendants() {
		if c.Type == html.TextNode {
			b.WriteString(c.Data + " ")
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

func has(n *html.Node, key string) bool {
	for _, a := range n.Attr {
		if a.Key == key {
			return true
		}
	}
	return false
}

// enrol enrols a patient by the pages, and returns the address of the plan.
func (v *visitor) enrol(protocol string, answers []string, patient url.Values) string {
	v.Helper()
	v.open("/enrol/" + protocol)
	for _, a := range answers {
		require.Equal(v, http.StatusOK, v.status, v.words())
		name := regexp.MustCompile(`name="(p\.[a-z0-9-]+)"`).FindAllStringSubmatch(v.body, -1)
		require.NotEmpty(v, name, v.words())
		v.send("/enrol/"+protocol, url.Values{name[len(name)-1][1]: {a}})
	}
	v.send("/enrol/"+protocol, patient)
	require.Equal(v, http.StatusOK, v.status, v.words())
	require.Regexp(v, `^/plans/\d+$`, v.path, v.words())
	return v.path
}

// taper are made-up answers to what the sources of the taper leave open.
var taper = []string{"every 4w", "0.5 mg/kg", "actual", "0.1 mg half up", "60 mg", "2 days", "40 min", "2 h"}

// spray are made-up answers for the nasal spray.
var spray = []string{"every 2w (1w..4w)", "1 day", "10 min", "2 h", "free", "last given"}

func patientNumber(n, start, until, weight string) url.Values {
	return url.Values{"number": {n}, "name": {"Patient " + n}, "start": {start}, "until": {until}, "weight": {weight}}
}

// plan is a plan as the store has it.
func (h *house) plan(path string) *schedule.Plan {
	h.Helper()
	id, err := parseID(strings.TrimPrefix(path, "/plans/"))
	require.NoError(h, err)
	p, err := h.store.Load(h.Context(), id)
	require.NoError(h, err)
	return p
}

// sessionAt returns the id of a session of a plan, by its number.
func (h *house) sessionAt(path string, n int) string {
	h.Helper()
	s, ok := h.plan(path).At(n)
	require.True(h, ok)
	return s.ID().String()
}
