package web

import (
	"context"
	"crypto/rand"
	"embed"
	"fmt"
	"io/fs"
	"log/slog"
	"net/http"
	"runtime/debug"
	"strings"
	"time"
)

//go:embed static
var staticFiles embed.FS

func static() http.Handler {
	files, err := fs.Sub(staticFiles, "static")
	if err != nil {
		panic(err) // the folder is embedded
	}
	serve := http.StripPrefix("/static/", http.FileServerFS(files))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, "/") {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Cache-Control", "public, max-age=300")
		serve.ServeHTTP(w, r)
	})
}

// policy is the content security policy of the app's pages: no script, and styles from one
// file.
const policy = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// The largest form: a protocol file has 1 MiB at most.
const maxForm = 1<<20 + 64<<10

// guard is around every request: what browsers are told, who may send forms from where, how
// large they are, what is written down, and what happens when something goes wrong.
func (a *App) guard(next http.Handler) http.Handler {
	// Browsers say from where a form is sent. The token of the session is the second lock.
	origins := http.NewCrossOriginProtection()
	origins.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		a.plain(w, r, http.StatusForbidden, "This form came from another site. Nothing was recorded.")
	}))
	next = origins.Handler(next)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("X-Frame-Options", "DENY")
		h.Set("Referrer-Policy", "same-origin")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()")
		h.Set("X-Robots-Tag", "noindex, nofollow")
		h.Set("Cache-Control", "no-store")
		if a.Secure {
			h.Set("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
		}
		r.Body = http.MaxBytesReader(w, r.Body, maxForm)
		began := time.Now()
		pattern := "none"
		out := &counted{ResponseWriter: w}
		defer func() {
			if cause := recover(); cause != nil {
				a.fail(out, r, fmt.Errorf("panic: %v\n%s", cause, debug.Stack()))
			}
			// The pattern, not the path: addresses name plans, and those of links are secret.
			a.Log.Info("request", "pattern", pattern, "status", out.status(), "ms", time.Since(began).Milliseconds())
		}()
		next.ServeHTTP(out, r.WithContext(context.WithValue(r.Context(), patternKey{}, &pattern)))
	})
}

// A patternKey is what the context of a request has the place for its pattern under.
type patternKey struct{}

// A counted is an answer whose status is known afterwards.
type counted struct {
	http.ResponseWriter
	code int
}

func (c *counted) WriteHeader(code int) {
	if c.code == 0 {
		c.code = code
	}
	c.ResponseWriter.WriteHeader(code)
}

func (c *counted) Write(b []byte) (int, error) {
	if c.code == 0 {
		c.code = http.StatusOK
	}
	return c.ResponseWriter.Write(b)
}

// Unwrap is for http.ResponseController.
func (c *counted) Unwrap() http.ResponseWriter { return c.ResponseWriter }

func (c *counted) status() int {
	if c.code == 0 {
		return http.StatusOK
	}
	return c.code
}

// fail answers what nobody has foreseen: it says nothing of what it was but a number, under
// which the log has it.
func (a *App) fail(w http.ResponseWriter, r *http.Request, err error) {
	if r.Context().Err() != nil {
		return // nobody waits for the answer any more
	}
	number := rand.Text()[:8]
	a.Log.LogAttrs(r.Context(), slog.LevelError, "failed", slog.String("number", number), slog.String("error", err.Error()))
	a.plain(w, r, http.StatusInternalServerError, "Something went wrong. Nothing was recorded by this request. Please tell support the number "+number+".")
}

// plain answers without a template: it cannot fail.
func (a *App) plain(w http.ResponseWriter, _ *http.Request, status int, text string) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	fmt.Fprintf(w, "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>%s</title><link rel=\"stylesheet\" href=\"/static/app.css\"></head>"+
		"<body><main id=\"main\"><h1>%s</h1><p>%s</p><p><a href=\"/\">Today</a></p></main></body></html>\n", http.StatusText(status), http.StatusText(status), text)
}
