//go:build browser

// Package browser clicks through the app in Chromium, as people do. browser.sh installs what it
// needs and runs it:
//
//	bash browser.sh
package browser

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"
	_ "time/tzdata"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
	"github.com/stretchr/testify/require"
	"golang.org/x/crypto/bcrypt"

	"github.com/regimen-go/regimen/examples/clinicapp/demo"
	"github.com/regimen-go/regimen/examples/clinicapp/store"
	"github.com/regimen-go/regimen/examples/clinicapp/web"
)

const password = "correct horse battery"

// A house is a clinic with its app, whose clock the test moves.
type house struct {
	testing.TB
	server *httptest.Server
	store  *store.Store
	mutex  sync.Mutex
	now    time.Time
	zone   *time.Location
	// pictures is where what was seen is kept.
	pictures string
	seen     map[string]bool
}

func newHouse(t *testing.T, today string) *house {
	zone, err := time.LoadLocation("Europe/London")
	require.NoError(t, err)
	h := &house{TB: t, zone: zone, pictures: t.ArtifactDir(), seen: map[string]bool{}}
	h.goTo(today + " 08:00")
	h.store, err = store.Open(t.Context(), filepath.Join(t.TempDir(), "app.db"), demo.Clinic(zone))
	require.NoError(t, err)
	require.NoError(t, h.store.AddUser(t.Context(), "nurse", store.Staff, password, bcrypt.MinCost))
	require.NoError(t, h.store.AddUser(t.Context(), "prescriber", store.Prescriber, password, bcrypt.MinCost))
	h.server = httptest.NewUnstartedServer(nil)
	base := "http://" + h.server.Listener.Addr().String()
	app, err := web.New(web.Config{
		Store: h.store, Log: slog.New(slog.DiscardHandler), Base: base, Phone: "020 7946 0000", Place: "Example Street 1, second floor", Notice: "A demonstration: all is made up.",
		Now: func() time.Time {
			h.mutex.Lock()
			defer h.mutex.Unlock()
			return h.now
		},
	})
	require.NoError(t, err)
	h.server.Config.Handler = app
	h.server.Start()
	t.Cleanup(func() {
		h.server.Close()
		app.Close()
		require.NoError(t, h.store.Close())
	})
	return h
}

func (h *house) goTo(text string) {
	t, err := time.ParseInLocation("2006-01-02 15:04", text, h.zone)
	require.NoError(h, err)
	h.mutex.Lock()
	defer h.mutex.Unlock()
	h.now = t
}

// A browser is one that somebody sits at.
type browser struct {
	*house
	ctx    context.Context
	mutex  sync.Mutex
	faults []string
}

// chrome is the browser that all tests share: one that starts takes seconds.
var chrome context.Context

func TestMain(m *testing.M) { os.Exit(inChromium(m)) }

func inChromium(m *testing.M) int {
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath("/usr/bin/chromium-headless-shell"), chromedp.NoSandbox, chromedp.WindowSize(1280, 900))
	all, stop := chromedp.NewExecAllocator(context.Background(), options...)
	defer stop()
	first, stopFirst := chromedp.NewContext(all)
	defer stopFirst()
	if err := chromedp.Do(first); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	chrome = first
	return m.Run()
}

// chromium opens windows for people, each with cookies of its own.
func (h *house) chromium(t *testing.T) func() *browser {
	return func() *browser {
		ctx, stop := chromedp.NewContext(chrome, chromedp.WithNewBrowserContext())
		t.Cleanup(stop)
		b := &browser{house: h, ctx: ctx}
		// The first call opens the window: one with a time limit would close it again.
		require.NoError(t, chromedp.Do(ctx))
		b.run(chromedp.EmulateViewport(1280, 900))
		said := chromedp.Console(ctx)
		go func() {
			for m, err := range said {
				if err != nil {
					return // the window is closed
				}
				b.mutex.Lock()
				b.faults = append(b.faults, m.String()+" "+m.URL)
				b.mutex.Unlock()
			}
		}()
		return b
	}
}

func (b *browser) run(steps ...chromedp.Action[chromedp.Void]) {
	b.Helper()
	ctx, stop := context.WithTimeout(b.ctx, 60*time.Second)
	defer stop()
	if err := chromedp.Do(ctx, steps...); err != nil {
		b.picture("failed")
		require.NoError(b, err, b.words())
	}
}

// quiet checks that nothing went wrong in the browser. A page that refuses something is one that
// Chromium reports; those are said to be expected.
func (b *browser) quiet(expected ...string) {
	b.Helper()
	b.mutex.Lock()
	defer b.mutex.Unlock()
faults:
	for _, fault := range b.faults {
		for _, e := range expected {
			if strings.Contains(fault, e) {
				continue faults
			}
		}
		b.Errorf("in the browser: %s", fault)
	}
	b.faults = nil
}

// script runs JavaScript in the page.
func script[T any](b *browser, code string, args ...any) T {
	b.Helper()
	for i, a := range args {
		src, err := json.Marshal(a)
		require.NoError(b, err)
		code = strings.ReplaceAll(code, fmt.Sprintf("$%d", i+1), string(src))
	}
	ctx, stop := context.WithTimeout(b.ctx, 60*time.Second)
	defer stop()
	value, err := chromedp.Run(ctx, chromedp.Evaluate[T](code, chromedp.EvalAwaitPromise))
	require.NoError(b, err, code[:min(len(code), 200)])
	return value
}

func (b *browser) words() string {
	text, _ := chromedp.Run(b.ctx, chromedp.Evaluate[string](`document.body ? document.body.innerText : ""`))
	return strings.Join(strings.Fields(text), " ")
}

func (b *browser) has(text string) {
	b.Helper()
	require.Contains(b, b.words(), text)
}

func (b *browser) path() string { return script[string](b, `location.pathname`) }

// open types an address.
func (b *browser) open(path string) {
	b.Helper()
	b.run(chromedp.Navigate(b.server.URL + path))
	b.look()
}

// wanted is what a script has marked.
const wanted = chromedp.CSS("[data-wanted]")

// find returns a link or a button by its words, marked so that it can be clicked: the first that
// can be seen.
const find = `(() => {
	const wanted = $1;
	for (const exact of [true, false])
		for (const e of [...document.querySelectorAll('main a, main button'), ...document.querySelectorAll('a, button')]) {
			const words = e.innerText.replace(/\s+/g, ' ').trim();
			if ((exact ? words === wanted : words.startsWith(wanted)) && e.getClientRects().length) {
				document.querySelectorAll('[data-wanted]').forEach(o => o.removeAttribute('data-wanted'));
				e.setAttribute('data-wanted', '');
				return true;
			}
		}
	return false;
})()`

// click clicks a link or a button by its words, and waits for the page to which it leads.
func (b *browser) click(words string) {
	b.Helper()
	if !script[bool](b, find, words) {
		b.picture("failed")
		b.Fatalf("no %q on %s: %s", words, b.path(), b.words())
	}
	ctx, stop := context.WithTimeout(b.ctx, 60*time.Second)
	defer stop()
	_, err := chromedp.RunResponse(ctx, chromedp.Click(wanted))
	require.NoError(b, err, words)
	b.look()
}

// fill types into a field by its label, or chooses what is there.
func (b *browser) fill(label, value string) {
	b.Helper()
	kind := script[string](b, `(() => {
		for (const l of document.querySelectorAll('main label')) {
			const words = l.innerText.replace(/\s+/g, ' ').trim();
			if (words !== $1 && words !== $1 + ' (needed)') continue;
			const e = l.control;
			document.querySelectorAll('[data-wanted]').forEach(o => o.removeAttribute('data-wanted'));
			e.setAttribute('data-wanted', '');
			if (e.type === 'date' || e.type === 'time' || e.tagName === 'SELECT') {
				if (e.tagName === 'SELECT') { const o = [...e.options].find(o => o.text.startsWith($2) || o.value === $2); if (!o) return 'no option'; e.value = o.value; }
				else e.value = $2;
				return 'set';
			}
			if (e.type === 'checkbox' || e.type === 'radio') return 'click';
			e.value = '';
			return 'type';
		}
		return 'no label';
	})()`, label, value)
	switch kind {
	case "set":
	case "click":
		b.run(chromedp.Click(wanted))
	case "type":
		b.run(chromedp.SendKeys(wanted, value))
	default:
		b.picture("failed")
		b.Fatalf("%s %q on %s: %s", kind, label, b.path(), b.words())
	}
}

// upload chooses a file in the field with a label.
func (b *browser) upload(label, file string) {
	b.Helper()
	require.True(b, script[bool](b, `(() => {
		for (const l of document.querySelectorAll('main label')) {
			if (l.innerText.trim() !== $1) continue;
			document.querySelectorAll('[data-wanted]').forEach(o => o.removeAttribute('data-wanted'));
			l.control.setAttribute('data-wanted', '');
			return true;
		}
		return false;
	})()`, label), label)
	b.run(chromedp.SetUploadFiles(wanted, []string{file}))
}

// choose clicks a radio button or a checkbox by the beginning of its label.
func (b *browser) choose(label string) {
	b.Helper()
	if !script[bool](b, `(() => {
		for (const l of document.querySelectorAll('main label')) {
			if (!l.innerText.replace(/\s+/g, ' ').trim().startsWith($1) || !l.control) continue;
			document.querySelectorAll('[data-wanted]').forEach(o => o.removeAttribute('data-wanted'));
			l.control.setAttribute('data-wanted', '');
			return true;
		}
		return false;
	})()`, label) {
		b.picture("failed")
		b.Fatalf("no %q on %s: %s", label, b.path(), b.words())
	}
	b.run(chromedp.Click(wanted))
}

// press presses keys.
func (b *browser) press(keys string) {
	b.Helper()
	b.run(chromedp.KeyEvent(keys))
}

// tabTo presses the tabulator until something with these words has the focus, which must be seen.
func (b *browser) tabTo(words string) {
	b.Helper()
	for range 150 {
		b.press(kb.Tab)
		at := script[struct{ Words, Outline string }](b, `(() => {
			const e = document.activeElement, label = e.labels && e.labels.length ? e.labels[0].innerText : e.innerText || e.getAttribute('aria-label') || '';
			return {Words: label.replace(/\s+/g, ' ').trim(), Outline: getComputedStyle(e).outlineStyle};
		})()`)
		if strings.HasPrefix(at.Words, words) {
			require.NotEqual(b, "none", at.Outline, "the focus on %q cannot be seen", words)
			return
		}
	}
	b.picture("failed")
	b.Fatalf("the tabulator never comes to %q on %s", words, b.path())
}

// enter presses the key that opens a link or sends a form, and waits for the page.
func (b *browser) enter() {
	b.Helper()
	ctx, stop := context.WithTimeout(b.ctx, 60*time.Second)
	defer stop()
	_, err := chromedp.RunResponse(ctx, chromedp.KeyEvent(kb.Enter))
	require.NoError(b, err)
	b.look()
}

func (b *browser) logIn(name string) {
	b.Helper()
	b.open("/login")
	b.fill("Name", name)
	b.fill("Password", password)
	b.click("Log in")
}

var ids = regexp.MustCompile(`/(p/[A-Z0-9]+|\d+|form-[A-Z0-9]+|[a-z0-9]{16})(/|$)`)

// numbers are what tells the titles of pages of one kind apart: of sessions, of days, of patients.
var numbers = regexp.MustCompile(`, [A-Z][a-z]{2} \d+ [A-Z][a-z]{2} \d{4}|\d+`)

// look looks at a page of a kind that was not seen yet, as wide as a desk and as a phone: axe-core
// has nothing against it, nothing is wider than the window, and a picture is kept.
func (b *browser) look() {
	b.Helper()
	at := script[struct{ Path, Title, Query string }](b, `({Path: location.pathname, Title: document.title.split(':')[0], Query: location.search.slice(1)})`)
	kind := ids.ReplaceAllString(at.Path, "/x$2")
	kind = ids.ReplaceAllString(kind, "/x$2") + " " + numbers.ReplaceAllString(at.Title, "")
	if strings.Contains(at.Query, "list=") {
		kind += " " + regexp.MustCompile(`list=(\w+)`).FindString(at.Query)
	}
	if script[bool](b, `!!document.querySelector('[role=alert]')`) {
		kind += " alert"
	}
	if b.seen[kind] {
		return
	}
	b.seen[kind] = true
	b.examine(kind)
}

var axe = os.Getenv("AXE")

// wider names what reaches beyond the window.
const wider = `[...document.querySelectorAll('main *, header *')].filter(e => e.getBoundingClientRect().right > innerWidth && !e.closest('.scroll')).map(e => e.tagName + ' ' + e.innerText.slice(0, 40)).slice(-3)`

func (b *browser) examine(kind string) {
	b.Helper()
	src, err := os.ReadFile(axe)
	require.NoError(b, err, "AXE names the file axe.min.js: browser.sh sets it")
	name := strings.Trim(regexp.MustCompile(`[^A-Za-z0-9]+`).ReplaceAllString(kind, "-"), "-")
	for _, size := range []struct {
		name          string
		width, height int64
	}{{"desk", 1280, 900}, {"phone", 390, 844}, {"narrow", 320, 640}} {
		b.run(chromedp.EmulateViewport(size.width, size.height))
		if wide := script[int64](b, `document.scrollingElement.scrollWidth`); wide > size.width {
			b.Errorf("%s: %d px wide in a window of %d: %v", kind, wide, size.width, script[[]string](b, wider))
		}
		if size.name == "narrow" {
			continue
		}
		found := script[[]string](b, `(async () => {
			if (!window.axe) { `+string(src)+` }
			const r = await axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']});
			// TestContrast of schedule/sheet computes the contrast of text on the shapes of the timeline.
			r.incomplete.forEach(v => { if (v.id === 'color-contrast') v.nodes = v.nodes.filter(n => !document.querySelector(n.target[0])?.closest('svg')); });
			return [...r.violations, ...r.incomplete].filter(v => v.nodes.length).map(v => v.id + ': ' + v.help + ': ' + v.nodes.map(n => n.target.join(' ')).slice(0, 3).join(', '));
		})()`)
		for _, f := range found {
			b.Errorf("%s, %s: %s", kind, size.name, f)
		}
		b.picture(name + "-" + size.name)
	}
	b.run(chromedp.EmulateViewport(1280, 900))
}

// picture keeps a picture of the whole page.
func (b *browser) picture(name string) {
	b.Helper()
	ctx, stop := context.WithTimeout(b.ctx, 60*time.Second)
	defer stop()
	png, err := chromedp.Run(ctx, chromedp.FullScreenshot(100))
	if err != nil {
		b.Logf("no picture of %s: %v", name, err)
		return
	}
	require.NoError(b, os.WriteFile(filepath.Join(b.pictures, name+".png"), png, 0o600))
}
