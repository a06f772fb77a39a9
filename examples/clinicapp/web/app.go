// Package web has the pages of the clinic app: one file for each page or group of forms,
// templates beside it.
//
//   - app.go has the routes and what is true of every request;
//   - login.go and password.go who may do what, guard.go what every answer says to browsers;
//   - today.go, patients.go, plan.go, session.go, journal.go what there is to read;
//   - enrol.go, record.go, repairs.go, correct.go, clinic.go what can be entered;
//   - action.go the forms of all events, as one table, and entry.go how they become events;
//   - patient.go what patients see, export.go what goes elsewhere.
package web

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"sync"
	"time"

	"github.com/alexedwards/scs/v2"
	"github.com/rickb777/date/v2"

	"github.com/regimen-go/regimen/examples/clinicapp/store"
	"github.com/regimen-go/regimen/examples/storing"
)

// A Config is how the app is run. Store, Log and Now are required.
type Config struct {
	Store *store.Store
	// Log gets a line for each request, without anything about a patient.
	Log *slog.Logger
	// Now is what time it is in the clinic: the real time, or that of a demonstration.
	Now func() time.Time
	// ProxyHeader is the header in which the clinic's own proxy writes from where a request comes,
	// "X-Forwarded-For"; "" without a proxy.
	ProxyHeader string
	// Secure says that browsers reach the app by HTTPS only.
	Secure bool
	// Base is the address at which patients reach the app, "https://visits.example.org".
	Base string
	// Contact is what the pages of patients say of how to reach the clinic.
	Phone, Place string
	// Notice, if not empty, stands on every page: that all of it is made up.
	Notice string
}

// An App answers requests. [App.Close] waits for what it does in the background.
type App struct {
	Config
	sessions *scs.SessionManager
	pages    *pages
	limits   *limits
	handler  http.Handler
	// Posts are the patterns of all forms that are sent, with the role that each needs: "" for
	// the login.
	posts map[string]store.Role

	// clock is the real time, whatever the clinic's is: for how long somebody is logged in.
	clock      func() time.Time
	background sync.WaitGroup
	telling    sync.Mutex
	// calendar is held while the clinic's calendar is changed.
	calendar sync.Mutex
	stop     context.CancelFunc
	stopped  context.Context
}

// New returns an app, and goes on with what an interruption has left undone.
func New(c Config) (*App, error) {
	pages, err := readPages()
	if err != nil {
		return nil, err
	}
	a := &App{Config: c, pages: pages, limits: newLimits(), posts: map[string]store.Role{}, clock: time.Now}
	a.stopped, a.stop = context.WithCancel(context.Background())
	a.sessions = scs.New()
	a.sessions.Store = c.Store.Sessions(time.Now)
	a.sessions.HashTokenInStore = true
	a.sessions.Lifetime = sessionLife
	a.sessions.Cookie.Name = "session"
	if c.Secure {
		// The name keeps other sites of the same domain from setting it.
		a.sessions.Cookie.Name = "__Host-session"
	}
	a.sessions.Cookie.Path = "/"
	a.sessions.Cookie.SameSite = http.SameSiteLaxMode
	a.sessions.Cookie.Secure = c.Secure
	a.sessions.Cookie.Persist = false
	a.sessions.ErrorFunc = func(w http.ResponseWriter, r *http.Request, err error) { a.fail(w, r, err) }
	a.handler = a.guard(a.routes())
	a.tell()
	return a, nil
}

// ServeHTTP answers a request.
func (a *App) ServeHTTP(w http.ResponseWriter, r *http.Request) { a.handler.ServeHTTP(w, r) }

// Close ends what is done in the background, after what is being saved was saved; the next
// start goes on with it.
func (a *App) Close() {
	a.stop()
	a.background.Wait()
}

// tell tells all plans what they were not told yet, in the background.
func (a *App) tell() (done chan struct{}) {
	done = make(chan struct{})
	a.background.Go(func() {
		defer close(done)
		a.telling.Lock()
		defer a.telling.Unlock()
		if err := a.Store.Tell(a.stopped); err != nil && a.stopped.Err() == nil {
			a.Log.Error("telling all plans", "error", err.Error())
		}
	})
	return done
}

func (a *App) routes() http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET /static/", static())
	// Patients, who have a link and nothing else.
	mux.Handle("GET /p/{token}", a.linked((*App).patientPage))
	mux.Handle("GET /p/{token}/visits", a.linked((*App).patientSheet))
	mux.Handle("GET /p/{token}/calendar.ics", a.linked((*App).patientCalendar))

	inside := http.NewServeMux()
	get := func(pattern string, do action) { inside.Handle("GET "+pattern, a.page(do)) }
	post := func(pattern string, role store.Role, do action) {
		a.posts[pattern] = role
		inside.Handle("POST "+pattern, a.form(role, do))
	}
	inside.Handle("GET /login", a.handle((*App).loginPage))
	inside.Handle("POST /login", a.handle((*App).login))
	a.posts["/login"] = ""
	post("/logout", store.Staff, (*App).logout)
	get("/password", (*App).passwordPage)
	post("/password", store.Staff, (*App).changePassword)

	get("/{$}", (*App).today)
	get("/patients", (*App).patients)
	get("/enrol", (*App).enrolChoice)
	post("/enrol/file", store.Prescriber, (*App).enrolFile)
	get("/enrol/{protocol}", (*App).enrolPage)
	post("/enrol/{protocol}", store.Prescriber, (*App).enrol)

	get("/plans/{plan}", (*App).plan)
	get("/plans/{plan}/sessions/{session}", (*App).session)
	get("/plans/{plan}/visits/{visit}", (*App).visit)
	get("/plans/{plan}/journal", (*App).journal)
	get("/plans/{plan}/do/{kind}", (*App).actionPage)
	post("/plans/{plan}/do/{kind}", store.Staff, (*App).act)
	get("/plans/{plan}/correct/{event}", (*App).correctPage)
	post("/plans/{plan}/correct/{event}", store.Staff, (*App).correct)
	get("/plans/{plan}/repairs", (*App).repairs)
	post("/plans/{plan}/repairs", store.Prescriber, (*App).repair)
	get("/plans/{plan}/switch", (*App).switchChoice)
	get("/plans/{plan}/switch/{protocol}", (*App).switchPage)
	post("/plans/{plan}/switch/{protocol}", store.Prescriber, (*App).switchTo)
	get("/plans/{plan}/links", (*App).links)
	post("/plans/{plan}/links", store.Staff, (*App).makeLink)
	post("/plans/{plan}/links/{link}/revoke", store.Staff, (*App).revokeLink)
	get("/plans/{plan}/export/{file}", (*App).export)

	get("/clinic", (*App).clinic)
	post("/clinic/close", store.Staff, (*App).closeClinic)
	post("/clinic/calloff", store.Staff, (*App).callOff)
	post("/clinic/hours", store.Staff, (*App).changeHours)
	inside.Handle("/", a.page(func(*App, *request) error { return errNotFound }))

	mux.Handle("/", a.sessions.LoadAndSave(inside))
	return mux
}

// A request is what an action has to know, and where it writes its answer.
type request struct {
	*http.Request
	out http.ResponseWriter

	user  store.User
	now   time.Time
	today date.Date
}

// Header is that of the answer; the request's own is q.Request.Header.
func (q *request) Header() http.Header { return q.out.Header() }

// Write writes the answer.
func (q *request) Write(b []byte) (int, error) { return q.out.Write(b) }

// WriteHeader begins the answer.
func (q *request) WriteHeader(status int) { q.out.WriteHeader(status) }

// An action answers a request, or says what is wrong with it.
type action func(*App, *request) error

// asked returns a request with the time that it is in the clinic.
func (a *App) asked(w http.ResponseWriter, r *http.Request) *request {
	if pattern, ok := r.Context().Value(patternKey{}).(*string); ok {
		*pattern = r.Pattern
	}
	now := a.Now().In(a.Store.Calendar().Zone())
	return &request{out: w, Request: r, now: now, today: date.New(now.Year(), now.Month(), now.Day())}
}

// handle answers by an action whoever asks.
func (a *App) handle(do action) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		q := a.asked(w, r)
		if id := a.sessions.GetInt64(r.Context(), "user"); id != 0 {
			user, err := a.loggedIn(q, id)
			if err != nil {
				a.fail(w, r, err)
				return
			}
			q.user = user
		}
		if err := do(a, q); err != nil {
			a.refuse(q, err)
		}
	})
}

// page answers by an action whoever is logged in.
func (a *App) page(do action) http.Handler {
	return a.handle(func(a *App, q *request) error {
		if q.user.ID == 0 {
			return a.toLogin(q)
		}
		return do(a, q)
	})
}

// form answers by an action what somebody who has a role has sent, with the token of their
// session.
func (a *App) form(role store.Role, do action) http.Handler {
	return a.page(func(a *App, q *request) error {
		if err := q.parse(); err != nil {
			return err
		}
		if !a.hasToken(q) {
			return &refusal{http.StatusForbidden, "This form has expired", "Open the page anew and send the form again. Nothing was recorded."}
		}
		if !q.user.Role.May(role) {
			return &refusal{http.StatusForbidden, "Only a prescriber may do this", "Nothing was recorded."}
		}
		return do(a, q)
	})
}

// A refusal is an answer that is no page.
type refusal struct {
	status      int
	title, text string
}

func (r *refusal) Error() string { return r.title }

var errNotFound = &refusal{http.StatusNotFound, "There is no such page", "The address may be mistyped, or what was there is gone."}

// refuse answers a request with what is wrong with it.
func (a *App) refuse(q *request, err error) {
	if errors.Is(err, store.ErrNone) || errors.Is(err, storing.ErrNoPlan) {
		err = errNotFound
	}
	r, known := errors.AsType[*refusal](err)
	if !known {
		a.fail(q, q.Request, err)
		return
	}
	a.render(q, r.status, "refused", map[string]any{"Title": r.title, "Text": r.text})
}
