package web

import (
	"crypto/rand"
	"crypto/subtle"
	"errors"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"github.com/regimen-go/regimen/examples/clinicapp/store"
)

// A browser stays logged in for so long, and for so long without being used.
const (
	sessionLife = 12 * time.Hour
	sessionIdle = 30 * time.Minute
)

// loggedIn returns who is logged in, if they still may and have not been away for too long.
func (a *App) loggedIn(q *request, id int64) (store.User, error) {
	ctx := q.Context()
	// When the browser was seen last is written down once a minute, not with every page.
	seen, now := a.sessions.GetInt64(ctx, "seen"), a.clock().Unix()
	user, err := a.Store.User(ctx, id)
	switch {
	case errors.Is(err, store.ErrNone), err == nil && (now-seen > int64(sessionIdle/time.Second) || a.sessions.GetString(ctx, "seal") != user.Seal):
		return store.User{}, a.sessions.Destroy(ctx)
	case err != nil:
		return store.User{}, err
	}
	if now-seen > 60 {
		a.sessions.Put(ctx, "seen", now)
	}
	return user, nil
}

// hasToken reports whether a form has the token of the session.
func (a *App) hasToken(q *request) bool {
	token := a.sessions.GetString(q.Context(), "token")
	return token != "" && subtle.ConstantTimeCompare([]byte(token), []byte(q.PostForm.Get("token"))) == 1
}

// toLogin sends somebody who is not logged in to the page for that, and back to where a link led.
func (a *App) toLogin(q *request) error {
	to := "/login"
	if q.Method == http.MethodGet && q.URL.Path != "/" {
		to += "?after=" + url.QueryEscape(q.URL.RequestURI())
	}
	http.Redirect(q, q.Request, to, http.StatusSeeOther)
	return nil
}

// inside returns an address of the app as it was asked for, and the first page for any other.
func inside(after string) string {
	to, err := url.Parse(after)
	if err != nil || to.Scheme != "" || to.Host != "" || to.Opaque != "" || !strings.HasPrefix(after, "/") || strings.HasPrefix(after, "//") || strings.ContainsAny(after, "\\\r\n") {
		return "/"
	}
	return after
}

func (a *App) loginPage(q *request) error {
	if q.user.ID != 0 {
		http.Redirect(q, q.Request, "/", http.StatusSeeOther)
		return nil
	}
	return a.render(q, http.StatusOK, "login", map[string]any{"Title": "Log in", "After": inside(q.URL.Query().Get("after"))})
}

func (a *App) login(q *request) error {
	if err := q.parse(); err != nil {
		return err
	}
	name, address := strings.TrimSpace(q.PostForm.Get("name")), a.address(q.Request)
	again := func(status int, text string) error {
		return a.render(q, status, "login", map[string]any{"Title": "Log in", "Alert": text, "Name": name, "After": inside(q.PostForm.Get("after"))})
	}
	if !a.limits.allow(address) || !a.limits.allow("name "+strings.ToLower(name)) {
		q.Header().Set("Retry-After", "60")
		return again(http.StatusTooManyRequests, "There were too many attempts. Please wait a minute and try again.")
	}
	ctx := q.Context()
	user, err := a.Store.LogIn(ctx, name, q.PostForm.Get("password"))
	if errors.Is(err, store.ErrNone) {
		// What was typed as a name may be a password: it is not written down.
		a.Log.Warn("login refused")
		return again(http.StatusUnauthorized, "This name and password do not go together.")
	}
	if err != nil {
		return err
	}
	// A new token of the cookie: one that somebody else has set or seen is worth nothing.
	if err := a.sessions.RenewToken(ctx); err != nil {
		return err
	}
	a.sessions.Put(ctx, "user", user.ID)
	a.sessions.Put(ctx, "seal", user.Seal)
	a.sessions.Put(ctx, "seen", a.clock().Unix())
	a.sessions.Put(ctx, "token", rand.Text())
	if err := a.Store.Log(ctx, q.now, user.Name, "logged in", 0); err != nil {
		return err
	}
	http.Redirect(q, q.Request, inside(q.PostForm.Get("after")), http.StatusSeeOther)
	return nil
}

func (a *App) logout(q *request) error {
	if err := a.sessions.Destroy(q.Context()); err != nil {
		return err
	}
	http.Redirect(q, q.Request, "/login", http.StatusSeeOther)
	return nil
}

// address is from where a request comes: what the clinic's own proxy has written at the end of
// its header, if there is a proxy; what others have written before it is not believed.
func (a *App) address(r *http.Request) string {
	if a.ProxyHeader != "" {
		if said := r.Header.Values(a.ProxyHeader); len(said) > 0 {
			list := strings.Split(said[len(said)-1], ",")
			if last := strings.TrimSpace(list[len(list)-1]); last != "" {
				return last
			}
		}
	}
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return r.RemoteAddr
	}
	return host
}

// Limits are how often somebody may try to log in: five times at once, then every 12 seconds,
// from one address and for one name.
type limits struct {
	sync.Mutex
	list map[string]*limit
	now  func() time.Time
}

type limit struct {
	*rate.Limiter
	last time.Time
}

const (
	loginBurst = 5
	loginEvery = 12 * time.Second
	maxLimits  = 10_000
)

func newLimits() *limits { return &limits{list: map[string]*limit{}, now: time.Now} }

func (l *limits) allow(key string) bool {
	l.Lock()
	defer l.Unlock()
	now := l.now()
	if len(l.list) >= maxLimits {
		for k, one := range l.list {
			// What is full again is as if it had never been asked.
			if now.Sub(one.last) > loginBurst*loginEvery {
				delete(l.list, k)
			}
		}
		if len(l.list) >= maxLimits {
			return false
		}
	}
	one := l.list[key]
	if one == nil {
		one = &limit{Limiter: rate.NewLimiter(rate.Every(loginEvery), loginBurst)}
		l.list[key] = one
	}
	one.last = now
	return one.AllowN(now, 1)
}
