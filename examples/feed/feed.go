package main

import (
	"bytes"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/ical"
)

// Feeds serves calendars to which patients subscribe, each under a path that only
// its patient knows: /calendar/TOKEN.ics. Whoever has the path sees the calendar,
// so it is to be served over HTTPS and kept out of logs. Feeds are safe for use by
// several goroutines.
type Feeds struct {
	options ical.Options

	mu   sync.RWMutex
	list []feed
}

// A feed is the calendar of one plan, written once.
type feed struct {
	token    [sha256.Size]byte // the hash, so that a copy of the memory tells no path
	calendar []byte
	etag     string
}

// NewFeeds returns no feeds yet. All calendars will be written with the options.
func NewFeeds(options ical.Options) *Feeds { return &Feeds{options: options} }

// NewToken returns a token that nobody can guess, of at least 128 random bits.
func NewToken() string { return rand.Text() }

// Publish serves a plan under a token from now on, in place of the plan that was
// there. It returns the errors of [ical.Append].
func (f *Feeds) Publish(token string, plan *schedule.Plan) error {
	return f.publish(token, plan, f.options)
}

// End serves the last calendar of a treatment: what has not begun is cancelled, so that
// subscribers take it out. After some weeks, when all have read it, Withdraw ends the feed.
func (f *Feeds) End(token string, plan *schedule.Plan) error {
	last := f.options
	last.Final = true
	return f.publish(token, plan, last)
}

func (f *Feeds) publish(token string, plan *schedule.Plan, o ical.Options) error {
	calendar, err := ical.Append(nil, plan, o)
	if err != nil {
		return err
	}
	// The same plan gives the same bytes, so a subscriber who has them is told so.
	sum := sha256.Sum256(calendar)
	published := feed{token: sha256.Sum256([]byte(token)), calendar: calendar, etag: `"` + hex.EncodeToString(sum[:16]) + `"`}
	f.mu.Lock()
	defer f.mu.Unlock()
	for i := range f.list {
		if f.list[i].token == published.token {
			f.list[i] = published
			return nil
		}
	}
	f.list = append(f.list, published)
	return nil
}

// Withdraw ends the feed of a token, which has become known to somebody, or whose
// treatment is over.
func (f *Feeds) Withdraw(token string) {
	hash := sha256.Sum256([]byte(token))
	f.mu.Lock()
	defer f.mu.Unlock()
	for i := range f.list {
		if f.list[i].token == hash {
			f.list = append(f.list[:i:i], f.list[i+1:]...)
			return
		}
	}
}

// find returns the feed of a token. How long it takes says nothing of the tokens.
func (f *Feeds) find(token string) (found feed, ok bool) {
	hash := sha256.Sum256([]byte(token))
	f.mu.RLock()
	defer f.mu.RUnlock()
	for i := range f.list {
		if subtle.ConstantTimeCompare(f.list[i].token[:], hash[:]) == 1 {
			found, ok = f.list[i], true
		}
	}
	return found, ok
}

// ServeHTTP answers GET and HEAD.
func (f *Feeds) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, "method not allowed", http.StatusMethodNotAllowed)
		return
	}
	file, inFolder := strings.CutPrefix(r.URL.Path, "/calendar/")
	token, isCalendar := strings.CutSuffix(file, ".ics")
	found, ok := f.find(token)
	if !inFolder || !isCalendar || !ok {
		// One answer for every reason.
		http.NotFound(w, r)
		return
	}
	h := w.Header()
	h.Set("Content-Type", "text/calendar; charset=utf-8")
	h.Set("ETag", found.etag)
	// Only the subscriber may keep it, and asks before using it again.
	h.Set("Cache-Control", "private, no-cache")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("X-Robots-Tag", "noindex")
	// Without a time of the last change: to the second, it could hide one.
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(found.calendar))
}
