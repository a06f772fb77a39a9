package web

import (
	"fmt"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/examples/clinicapp/store"
)

// paths makes an address of a pattern.
func pathOf(pattern, plan, session string) string {
	return strings.NewReplacer("{plan}", strings.TrimPrefix(plan, "/plans/"), "{kind}", "dose-chosen", "{event}", "form-x", "{protocol}", "ketamine-iv-taper", "{link}", "1", "{session}", session).Replace(pattern)
}

// Every form that changes something needs somebody who is logged in, the token of their
// session, and a role that may; and it has to come from the app's own pages.
func TestEveryWriteIsGuarded(t *testing.T) {
	h := newHouse(t, "2026-03-02")
	plan := h.as("prescriber").enrol("ketamine-iv-taper", taper, patientNumber("07", "2026-03-02", "2026-08-31", "80 kg"))
	session := h.sessionAt(plan, 1)
	nobody, nurse, prescriber := h.visitor(), h.as("nurse"), h.as("prescriber")
	require.NotEmpty(t, h.app.posts)
	for pattern, role := range h.app.posts {
		path := pathOf(pattern, plan, session)
		if pattern == "/login" {
			continue
		}
		nobody.post(path, url.Values{"token": {"x"}})
		assert.Equal(t, "/login", nobody.path, pattern)
		prescriber.post(path, url.Values{})
		assert.Equal(t, http.StatusForbidden, prescriber.status, "%s without a token", pattern)
		prescriber.post(path, url.Values{"token": {"AAAAAAAAAAAAAAAAAAAAAAAAAA"}})
		assert.Equal(t, http.StatusForbidden, prescriber.status, "%s with the token of nobody", pattern)
		prescriber.post(path+"?token="+tokenOf(prescriber), url.Values{})
		assert.Equal(t, http.StatusForbidden, prescriber.status, "%s with the token in the address", pattern)
		for _, header := range [][]string{{"Sec-Fetch-Site", "cross-site"}, {"Origin", "https://evil.example"}} {
			prescriber.post(path, url.Values{"token": {tokenOf(prescriber)}}, header...)
			assert.Equal(t, http.StatusForbidden, prescriber.status, "%s from another site", pattern)
			assert.Contains(t, prescriber.words(), "another site", pattern)
		}
		if role == store.Prescriber {
			nurse.post(path, url.Values{"token": {tokenOf(nurse)}})
			assert.Equal(t, http.StatusForbidden, nurse.status, "%s by the staff", pattern)
			assert.Contains(t, nurse.words(), "Only a prescriber", pattern)
		}
	}
	assert.Zero(t, h.plan(plan).Revision(), "nothing was recorded")

	// Events have roles of their own.
	for _, d := range deeds() {
		if d.Role != store.Prescriber {
			continue
		}
		for _, method := range []string{http.MethodGet, http.MethodPost} {
			path := plan + "/do/" + d.Kind + "?session=" + session + "&gate=x"
			if method == http.MethodGet {
				nurse.open(path)
			} else {
				nurse.post(path, url.Values{"token": {tokenOf(nurse)}, "session": {session}, "event": {"form-x"}, "revision": {"0"}, "gate": {"x"}})
			}
			assert.Equal(t, http.StatusForbidden, nurse.status, "%s %s", method, d.Kind)
		}
	}
	// Nobody may read either.
	for _, path := range []string{"/", "/patients", "/enrol", "/clinic", plan, plan + "/journal", plan + "/export/plan.json", plan + "/sessions/" + session} {
		nobody.open(path)
		assert.Equal(t, "/login", nobody.path, path)
	}
}

func tokenOf(v *visitor) string {
	v.open("/")
	_, _, values := v.form("/logout")
	return values.Get("token")
}

// What every answer says to browsers, also those that refuse.
func TestHeaders(t *testing.T) {
	h := newHouse(t, "2026-03-02")
	v := h.as("prescriber")
	plan := v.enrol("ketamine-iv-taper", taper, patientNumber("07", "2026-03-02", "2026-08-31", "80 kg"))
	for _, path := range []string{"/", "/login", plan, plan + "/export/sheet.html", plan + "/export/visits.csv", "/nothing", "/p/none", "/static/app.css", "/static/", "/static/../app.go"} {
		v.open(path)
		header := v.answer.Header
		csp := header.Get("Content-Security-Policy")
		assert.Contains(t, csp, "default-src 'none'", path)
		assert.Contains(t, csp, "frame-ancestors 'none'", path)
		assert.NotContains(t, csp, "unsafe", path)
		assert.Equal(t, "nosniff", header.Get("X-Content-Type-Options"), path)
		assert.Equal(t, "DENY", header.Get("X-Frame-Options"), path)
		assert.NotEmpty(t, header.Get("Referrer-Policy"), path)
		assert.Empty(t, header.Get("Server"), path)
		assert.Empty(t, header.Get("Access-Control-Allow-Origin"), path)
		assert.Contains(t, header.Get("Content-Type"), "; charset=utf-8", path)
		assert.NotRegexp(t, `(src|href|action)="(https?:)?//`, v.body, path)
		if !strings.HasPrefix(path, "/static/app") {
			assert.Equal(t, "no-store", header.Get("Cache-Control"), path)
		}
		assert.NotContains(t, v.body, "<script", path)
		assert.NotContains(t, v.body, " style=", path)
		assert.NotContains(t, v.body, "package web", path)
	}
	for _, c := range v.client.Jar.Cookies(mustURL(h.server.URL)) {
		assert.Equal(t, "session", c.Name)
	}
	v = h.visitor()
	v.client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	v.post("/login", url.Values{"name": {"nurse"}, "password": {password}})
	cookie := v.answer.Header.Get("Set-Cookie")
	for _, want := range []string{"HttpOnly", "SameSite=Lax", "Path=/"} {
		assert.Contains(t, cookie, want)
	}
	assert.NotContains(t, cookie, "Expires", "it ends with the browser")
}

func mustURL(text string) *url.URL {
	u, err := url.Parse(text)
	if err != nil {
		panic(err)
	}
	return u
}

// Whatever is asked, no answer says anything of the inside, and nothing is a fault of the server.
func TestNothingLeaks(t *testing.T) {
	h := newHouse(t, "2026-03-02")
	v := h.as("prescriber")
	plan := v.enrol("ketamine-iv-taper", taper, patientNumber("07", "2026-03-02", "2026-08-31", "80 kg"))
	session := h.sessionAt(plan, 1)
	token := tokenOf(v)
	odd := []string{
		"", "0", "-1", "99999999999999999999", "1e9", "%00", "..%2f..%2fetc%2fpasswd", "%27%20OR%201=1--", "<script>alert(1)</script>", "%f0%9f%92%89", strings.Repeat("a", 5000),
		"{{.}}", "%0d%0aSet-Cookie:x=y", "null", "[]", "2026-02-30", "\u202e",
	}
	random := regexp.MustCompile(`[A-Z2-7]{26}`)
	clean := func(what string) {
		t.Helper()
		assert.Less(t, v.status, 500, what)
		body := random.ReplaceAllString(v.body, "") // in which any letters can stand
		for _, leak := range []string{"panic", "goroutine", ".go:", "SQL", "sqlite", "no such column", "html/template", "strconv", "json:", "/plans/x", "<script>alert", "#ZgotmplZ"} {
			assert.NotContains(t, body, leak, what)
		}
		assert.Empty(t, v.answer.Header.Get("X"), what)
	}
	for _, o := range odd {
		for _, path := range []string{
			"/plans/%s", plan + "/sessions/%s", plan + "/visits/%s", plan + "/do/%s", plan + "/do/given?session=%s", plan + "/do/decided?gate=%s", plan + "/correct/%s",
			plan + "/repairs?session=%s", plan + "/export/%s", plan + "/switch/%s", plan + "?month=%s", "/enrol/%s", "/enrol/ketamine-iv-taper?p.maintenance=%s", "/?on=%s", "/?list=%s&page=%s",
			"/patients?q=%s", "/patients?page=%s", "/login?after=%s", "/p/%s", "/static/%s", "/%s",
		} {
			target := strings.ReplaceAll(path, "%s", url.PathEscape(o))
			if strings.Contains(o, "%") {
				target = strings.ReplaceAll(path, "%s", o)
			}
			v.open(target)
			clean("GET " + target)
		}
		for pattern := range h.app.posts {
			if pattern == "/logout" || pattern == "/login" || o == "" {
				continue
			}
			values := url.Values{"token": {token}, "event": {o}, "revision": {o}, "session": {session, o}, "way": {o}, "asof": {o}, "from": {o}, "to": {o}, "name": {o}, "number": {o}, "start": {o}, "weight": {o}, "level": {o}, "closure": {o}, "Monday": {o}}
			v.post(pathOf(pattern, plan, session), values)
			clean("POST " + pattern + " " + o)
			values.Set("event", "form-1")
			values.Set("revision", "0")
			v.post(pathOf(pattern, plan, session), values)
			clean("POST " + pattern + " " + o)
		}
	}
	for _, method := range []string{http.MethodPut, http.MethodDelete, http.MethodPatch, http.MethodOptions, http.MethodTrace, "PROPFIND"} {
		r, err := http.NewRequestWithContext(t.Context(), method, h.server.URL+plan, strings.NewReader("x"))
		require.NoError(t, err)
		v.do(r)
		clean(method)
		assert.Contains(t, []int{http.StatusMethodNotAllowed, http.StatusForbidden, http.StatusNotFound}, v.status, method)
	}
	v.post(plan+"/do/weighed", url.Values{"token": {strings.Repeat("a", maxForm)}})
	assert.Equal(t, http.StatusRequestEntityTooLarge, v.status)
	clean("a form that is too large")
	for _, header := range [][]string{{"Content-Type", "multipart/form-data"}, {"Content-Type", "multipart/form-data; boundary="}, {"Cookie", "session=" + strings.Repeat("x", 4000)}, {"Accept-Language", strings.Repeat("de,", 3000)}} {
		v.post(plan+"/do/weighed", url.Values{"token": {token}}, header...)
		clean(header[0])
	}
	assert.Zero(t, h.plan(plan).Revision())
}

// What goes wrong inside is a number for the page, and all of it in the log, which has nothing of
// patients.
func TestFailure(t *testing.T) {
	h := newHouse(t, "2026-03-02")
	v := h.as("prescriber")
	plan := v.enrol("ketamine-iv-taper", taper, patientNumber("X-9977", "2026-03-02", "2026-08-31", "83.7 kg"))
	require.NoError(t, h.store.Close())
	v.open(plan)
	assert.Equal(t, http.StatusInternalServerError, v.status)
	assert.NotContains(t, v.body, "closed")
	log := h.log.String()
	assert.Contains(t, log, "database is closed")
	for _, secret := range []string{"X-9977", "83.7", "Patient", plan, password, "prescriber"} {
		assert.NotContains(t, log, secret)
	}
	assert.Contains(t, log, `pattern="POST /enrol/{protocol}"`)
}

// Data is sent as a file to keep, and says what it is.
func TestData(t *testing.T) {
	h := newHouse(t, "2026-03-02")
	v := h.as("prescriber")
	plan := v.enrol("ketamine-iv-taper", taper, patientNumber("07", "2026-03-02", "2026-08-31", "80 kg"))
	for file, kind := range map[string]string{"visits.ics": "text/calendar; charset=utf-8", "visits.csv": "text/csv; charset=utf-8", "bundle.json": "application/fhir+json", "plan.json": "application/json"} {
		v.open(plan + "/export/" + file)
		assert.Equal(t, kind, v.answer.Header.Get("Content-Type"))
		assert.Equal(t, `attachment; filename="`+file+`"`, v.answer.Header.Get("Content-Disposition"))
	}
}

// A form has the fields of its page, whatever else is sent, and none from the address.
func TestOnlyTheFieldsOfTheForm(t *testing.T) {
	h := newHouse(t, "2026-03-02")
	plan := h.as("prescriber").enrol("ketamine-iv-taper", taper, patientNumber("07", "2026-03-02", "2026-08-31", "80 kg"))
	n := h.as("nurse")
	n.open(plan + "/do/weighed")
	path, _, values := n.form("/do/weighed")
	for key, value := range map[string]string{"kind": "held", "id": "other", "asOf": "2020-01-01T00:00:00Z", "recordedBy": "prescriber", "session": h.sessionAt(plan, 1), "reason": "none", "parts/0/dose": "1 mg"} {
		values.Set(key, value)
	}
	n.post(path+"?weight=80+kg&date=2026-03-01", values)
	assert.Equal(t, http.StatusUnprocessableEntity, n.status, "the weight was in the address alone")
	values.Set("weight", "81 kg")
	n.post(path+"?weight=90+kg", values)
	require.Equal(t, plan, n.path, n.words())
	for e := range h.plan(plan).History() {
		assert.Equal(t, "weighed", e.Event.Kind())
		assert.Equal(t, values.Get("event"), e.Event.ID)
		assert.Equal(t, "nurse", e.Event.RecordedBy)
		assert.Equal(t, 2026, e.AsOf.Year())
		assert.Contains(t, e.Event.String(), "81 kg")
	}
}

// What belongs to another plan is not there: sessions, entries, links.
func TestOtherPlans(t *testing.T) {
	h := newHouse(t, "2026-03-02")
	v := h.as("prescriber")
	one := v.enrol("ketamine-iv-taper", taper, patientNumber("07", "2026-03-02", "2026-08-31", "80 kg"))
	two := v.enrol("ketamine-iv-taper", taper, patientNumber("08", "2026-03-02", "2026-08-31", "80 kg"))
	v.open(two+"/do/weighed").send("/do/weighed", url.Values{"weight": {"81 kg"}})
	v.open(two+"/links").send("/links", nil)
	link := attrOf(v, "made")
	session, event := h.sessionAt(two, 1), lastEvent(h, two)
	for _, path := range []string{"/sessions/" + session, "/do/missed?session=" + session, "/correct/" + event, "/repairs?session=" + session, "/visits/" + session} {
		v.open(one + path)
		assert.Equal(t, http.StatusNotFound, v.status, path)
	}
	v.post(one+"/links/1/revoke", url.Values{"token": {tokenOf(v)}})
	patient := h.visitor()
	patient.open(strings.TrimPrefix(link, "http://app.test"))
	assert.Equal(t, http.StatusOK, patient.status, "the link of another plan holds")
}

// Who a patient is stands in no plan, feed or sheet.
func TestNamesApart(t *testing.T) {
	h := newHouse(t, "2026-03-02")
	v := h.as("prescriber")
	who := patientNumber("X-9977", "2026-03-02", "2026-08-31", "80 kg")
	who.Set("name", "Ada Quillfeather")
	plan := v.enrol("ketamine-iv-taper", taper, who)
	for _, file := range []string{"sheet.html", "one-page.html", "staff.html", "visits.ics", "visits.csv", "bundle.json", "plan.json", "timeline.svg"} {
		v.open(plan + "/export/" + file)
		assert.Equal(t, http.StatusOK, v.status, file)
		assert.NotContains(t, v.body, "Quillfeather", file)
		assert.NotContains(t, v.body, "X-9977", file)
	}
}

// SECURITY.md names tests that there are.
func TestSecurityPage(t *testing.T) {
	page, err := os.ReadFile("../SECURITY.md")
	require.NoError(t, err)
	var tests strings.Builder
	for _, folder := range []string{".", ".."} {
		files, err := filepath.Glob(filepath.Join(folder, "*_test.go"))
		require.NoError(t, err)
		for _, file := range files {
			src, err := os.ReadFile(file)
			require.NoError(t, err)
			tests.Write(src)
		}
	}
	named := regexp.MustCompile("`(Test\\w+)`").FindAllStringSubmatch(string(page), -1)
	require.Greater(t, len(named), 50)
	for _, name := range named {
		assert.Contains(t, tests.String(), "func "+name[1]+"(", name[1])
	}
}

// Behind HTTPS cookies go nowhere else, and browsers keep to it.
func TestSecure(t *testing.T) {
	h := newHouse(t, "2026-03-02", func(c *Config) { c.Secure, c.Base = true, "https://visits.example.org" })
	v := h.visitor()
	v.client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	v.post("/login", url.Values{"name": {"nurse"}, "password": {password}})
	cookie := v.answer.Header.Get("Set-Cookie")
	for _, want := range []string{"__Host-session=", "Path=/", "HttpOnly", "Secure", "SameSite=Lax"} {
		assert.Contains(t, cookie, want)
	}
	assert.NotContains(t, cookie, "Domain")
	assert.Equal(t, "max-age=31536000; includeSubDomains", v.answer.Header.Get("Strict-Transport-Security"))
	v.open("/login")
	assert.NotEmpty(t, v.answer.Header.Get("Strict-Transport-Security"))
}

// Whoever is logged in changes their password with the present one; their other browsers are
// logged out, and the old password is worth nothing.
func TestPassword(t *testing.T) {
	const next = "four dry words of mine"
	h := newHouse(t, "2026-03-02")
	v, other := h.as("nurse"), h.as("nurse")
	v.follow("Password")
	assert.Contains(t, v.body, `autocomplete="new-password"`)
	h.app.limits = newLimits()
	for _, tt := range []struct{ present, next, again, want string }{
		{"wrong password", next, next, "This is not the present password."},
		{password, "short", "short", "12 characters or more"},
		{password, strings.Repeat("x", 73), strings.Repeat("x", 73), "72 bytes or less"},
		{password, next, next + "!", "typed in two ways"},
	} {
		v.send("/password", url.Values{"password": {tt.present}, "next": {tt.next}, "again": {tt.again}})
		assert.Equal(t, http.StatusUnprocessableEntity, v.status, tt.want)
		assert.Contains(t, v.words(), tt.want)
		assert.NotContains(t, v.body, tt.next, "no password comes back")
	}
	v.send("/password", url.Values{"password": {password}, "next": {next}, "again": {next}})
	assert.Contains(t, v.words(), "The password is changed.")
	v.open("/patients")
	assert.Equal(t, "/patients", v.path, "this browser goes on")
	other.open("/")
	assert.Equal(t, "/login", other.path)
	h.app.limits = newLimits()
	other.send("/login", url.Values{"name": {"nurse"}, "password": {password}})
	assert.Equal(t, http.StatusUnauthorized, other.status)
	other.send("/login", url.Values{"name": {"nurse"}, "password": {next}})
	assert.Equal(t, http.StatusOK, other.status)
	assert.NotContains(t, h.log.String(), next)

	h.app.limits = newLimits()
	for range loginBurst {
		v.post("/password", url.Values{"token": {tokenOf(v)}, "password": {"wrong password"}, "next": {next}, "again": {next}})
	}
	v.post("/password", url.Values{"token": {tokenOf(v)}, "password": {next}, "next": {password}, "again": {password}})
	assert.Equal(t, http.StatusTooManyRequests, v.status)
}

// Behind a proxy attempts are counted by what the proxy says last, whatever stands before it.
func TestProxy(t *testing.T) {
	for _, tt := range []struct {
		header, want string
		said         []string
	}{
		{"", "192.0.2.1", []string{"203.0.113.5"}},
		{"X-Forwarded-For", "203.0.113.5", []string{"198.51.100.1, 203.0.113.5"}},
		{"X-Forwarded-For", "203.0.113.5", []string{"198.51.100.1", "198.51.100.2, 203.0.113.5"}},
		{"X-Forwarded-For", "192.0.2.1", nil},
		{"X-Forwarded-For", "192.0.2.1", []string{"198.51.100.1, "}},
		{"X-Real-Ip", "203.0.113.5", []string{"203.0.113.5"}},
	} {
		r := &http.Request{RemoteAddr: "192.0.2.1:4711", Header: http.Header{}}
		for _, said := range tt.said {
			r.Header.Add(orElse(tt.header, "X-Forwarded-For"), said)
		}
		assert.Equal(t, tt.want, (&App{Config: Config{ProxyHeader: tt.header}}).address(r), "%s %q", tt.header, tt.said)
	}
}

func orElse(text, other string) string {
	if text == "" {
		return other
	}
	return text
}

// Five wrong passwords, and the sixth attempt waits, whoever's name it is.
func TestLoginLimit(t *testing.T) {
	h := newHouse(t, "2026-03-02")
	v := h.visitor()
	now := time.Now()
	h.app.limits.now = func() time.Time { return now }
	for i := range loginBurst {
		v.post("/login", url.Values{"name": {fmt.Sprint("nurse", i)}, "password": {"wrong password"}})
		assert.Equal(t, http.StatusUnauthorized, v.status)
		assert.Contains(t, v.words(), "do not go together")
	}
	v.post("/login", url.Values{"name": {"nurse"}, "password": {password}})
	assert.Equal(t, http.StatusTooManyRequests, v.status)
	assert.NotEmpty(t, v.answer.Header.Get("Retry-After"))
	now = now.Add(loginEvery)
	v.post("/login", url.Values{"name": {"nurse"}, "password": {password}})
	assert.Equal(t, http.StatusOK, v.status)

	l := newLimits()
	l.now = func() time.Time { return now }
	for i := range maxLimits {
		l.allow(fmt.Sprint(i))
	}
	assert.False(t, l.allow("one more"), "memory has an end")
	now = now.Add(time.Hour)
	assert.True(t, l.allow("one more"))
}

// A browser that nobody has used for half an hour, a user who was disabled, one who has logged
// out: the cookie is worth nothing any more, and a login gives another one.
func TestSessions(t *testing.T) {
	h := newHouse(t, "2026-03-02")
	v := h.visitor()
	v.open("/login")
	v.send("/login", url.Values{"name": {"nurse"}, "password": {password}})
	first := v.client.Jar.Cookies(mustURL(h.server.URL))[0].Value
	require.NoError(t, h.store.Disable(t.Context(), "nurse"))
	v.open("/")
	assert.Equal(t, "/login", v.path)

	p := h.as("prescriber")
	second := p.client.Jar.Cookies(mustURL(h.server.URL))[0].Value
	assert.NotEqual(t, first, second)
	token := tokenOf(p)
	p.post("/logout", url.Values{"token": {token}})
	thief := h.visitor()
	thief.client.Jar.SetCookies(mustURL(h.server.URL), []*http.Cookie{{Name: "session", Value: second}})
	thief.open("/")
	assert.Equal(t, "/login", thief.path)

	// Half an hour without use, and not a minute less.
	h.app.clock = func() time.Time { return time.Now().Add(sessionIdle - time.Minute) }
	n := h.as("prescriber")
	h.app.clock = func() time.Time { return time.Now().Add(2*sessionIdle - 2*time.Minute) }
	n.open("/")
	assert.Equal(t, "/", n.path, "29 minutes")
	h.app.clock = func() time.Time { return time.Now().Add(3*sessionIdle - time.Minute) }
	n.open("/")
	assert.Equal(t, "/login", n.path, "31 minutes after that")
	assert.Equal(t, 12*time.Hour, h.app.sessions.Lifetime)

	for after, want := range map[string]string{"/patients?q=x": "/patients?q=x", "//evil.example": "/", `/\evil.example`: "/", "https://evil.example/": "/", "javascript:alert(1)": "/", "": "/"} {
		assert.Equal(t, want, inside(after), after)
	}
}
