package main

import (
	"bufio"
	"context"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/rickb777/date/v2"
	"github.com/stretchr/testify/require"
	"golang.org/x/crypto/bcrypt"

	"github.com/regimen-go/regimen/examples/clinicapp/demo"
	"github.com/regimen-go/regimen/examples/clinicapp/store"
	"github.com/regimen-go/regimen/schedule"
)

var kills = flag.Int("kills", 5, "how often TestKilled kills the app: 200 for the longer run")

const (
	password = "correct horse battery"
	someone  = "nurse"
	// many patients of which the tests of this package know the numbers of their plans.
	many = 24
	// today is after the last session of all of them.
	today = "2026-12-01"
)

// filled makes a database with made-up patients and somebody who may log in.
func filled(t testing.TB) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "app.db")
	s := opened(t, file)
	require.NoError(t, s.AddUser(t.Context(), someone, store.Staff, password, bcrypt.MinCost))
	_, err := demo.Many(t.Context(), s, schedule.MustDate("2026-01-05"), many, 10*many)
	require.NoError(t, err)
	require.NoError(t, s.Close())
	return file
}

func opened(t testing.TB, file string) *store.Store {
	t.Helper()
	zone, err := time.LoadLocation("Europe/London")
	require.NoError(t, err)
	s, err := store.Open(t.Context(), file, demo.Clinic(zone))
	require.NoError(t, err)
	return s
}

// built is the app as a program.
func built(t testing.TB) string {
	t.Helper()
	program := filepath.Join(t.TempDir(), "clinicapp")
	out, err := exec.Command("go", "build", "-o", program, ".").CombinedOutput()
	require.NoError(t, err, string(out))
	return program
}

// started starts the app on a database, and returns its address.
func started(t testing.TB, program, file string) (*exec.Cmd, string) {
	t.Helper()
	app := exec.Command(program, "serve", "-db", file, "-listen", "127.0.0.1:0", "-today", today)
	app.Stderr = io.Discard
	out, err := app.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, app.Start())
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if strings.HasPrefix(lines.Text(), "http://") {
			return app, lines.Text()
		}
	}
	require.NoError(t, app.Wait())
	t.Fatal("the app has no address")
	return nil, ""
}

var hidden = regexp.MustCompile(`type="hidden" name="(token|event|revision)" value="([^"]*)"`)

// A saver is somebody who records weights, and keeps what the app has confirmed.
type saver struct {
	client    *http.Client
	confirmed map[string]string // plans by events
	closures  []string
}

func newSaver(t testing.TB) *saver {
	jar, err := cookiejar.New(nil)
	require.NoError(t, err)
	return &saver{client: &http.Client{Jar: jar, Timeout: 20 * time.Second}, confirmed: map[string]string{}}
}

// get returns a page, and false where there is none, as when the app was killed.
func (s *saver) get(ctx context.Context, address string) (body string, ok bool) {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return "", false
	}
	answer, err := s.client.Do(r)
	if err != nil {
		return "", false
	}
	defer answer.Body.Close()
	src, err := io.ReadAll(answer.Body)
	return string(src), err == nil && answer.StatusCode == http.StatusOK
}

// post sends a form, and reports whether what it says was recorded.
func (s *saver) post(ctx context.Context, address string, values url.Values) bool {
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, address, strings.NewReader(values.Encode()))
	if err != nil {
		return false
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	client := *s.client
	client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	answer, err := client.Do(r)
	if err != nil {
		return false
	}
	answer.Body.Close()
	return answer.StatusCode == http.StatusSeeOther && answer.Header.Get("Location") != "/login"
}

func (s *saver) logIn(ctx context.Context, base string) bool {
	return s.post(ctx, base+"/login", url.Values{"name": {someone}, "password": {password}})
}

// weigh records a weight of a patient.
func (s *saver) weigh(ctx context.Context, base, plan string, kg int) bool {
	body, ok := s.get(ctx, base+"/plans/"+plan+"/do/weighed")
	if !ok {
		return false
	}
	values := url.Values{"date": {today}, "weight": {fmt.Sprintf("%d kg", kg)}}
	for _, m := range hidden.FindAllStringSubmatch(body, -1) {
		values.Set(m[1], m[2])
	}
	if !s.post(ctx, base+"/plans/"+plan+"/do/weighed", values) {
		return false
	}
	s.confirmed[values.Get("event")] = plan
	return true
}

// close closes the clinic on a day for everybody.
func (s *saver) close(ctx context.Context, base, day string) {
	body, ok := s.get(ctx, base+"/clinic")
	if !ok {
		return
	}
	values := url.Values{"from": {day}, "reason": {"storm"}}
	for _, m := range hidden.FindAllStringSubmatch(body, -1) {
		if m[1] == "token" || strings.HasPrefix(m[2], "closure-") {
			values.Set(m[1], m[2])
		}
	}
	if s.post(ctx, base+"/clinic/close", values) {
		s.closures = append(s.closures, values.Get("event"))
	}
}

// The app is killed again and again while everybody saves: whatever it has confirmed is there,
// once, and rows, journal and plans say the same.
func TestKilled(t *testing.T) {
	program, file := built(t), filled(t)
	savers := make([]*saver, 4)
	for i := range savers {
		savers[i] = newSaver(t)
	}
	for n := range *kills {
		app, base := started(t, program, file)
		ctx, stop := context.WithCancel(t.Context())
		var all sync.WaitGroup
		var done atomic.Int64
		for i, s := range savers {
			all.Go(func() {
				if !s.logIn(ctx, base) {
					return
				}
				for k := 0; ctx.Err() == nil; k++ {
					if i == 0 && k == 1 && n%4 == 0 {
						s.close(ctx, base, (schedule.MustDate("2027-01-04") + date.Date(n)).String())
					}
					if s.weigh(ctx, base, fmt.Sprint(1+(i+k*len(savers))%many), 50+k%60) {
						done.Add(1)
					}
				}
			})
		}
		// In the middle of it: after some entries were confirmed, at any moment of the next.
		enough := int64(3 + rand.IntN(10))
		for end := time.Now().Add(5 * time.Second); done.Load() < enough && time.Now().Before(end); {
			time.Sleep(time.Millisecond)
		}
		time.Sleep(time.Duration(rand.IntN(30_000)) * time.Microsecond)
		require.NoError(t, app.Process.Kill())
		_ = app.Wait()
		stop()
		all.Wait()
		whole(t, file, savers)
	}
	// What was being told to everybody is told in the end.
	app, base := started(t, program, file)
	require.True(t, savers[0].logIn(t.Context(), base))
	require.Eventually(t, func() bool {
		body, ok := savers[0].get(t.Context(), base+"/clinic")
		return ok && !strings.Contains(body, "being told")
	}, 30*time.Second, 200*time.Millisecond)
	require.NoError(t, app.Process.Signal(os.Interrupt))
	require.NoError(t, app.Wait(), "it stops when it is told to")
	whole(t, file, savers)
	s := opened(t, file)
	defer s.Close()
	for _, closure := range savers[0].closures {
		for plan := int64(1); plan <= many; plan++ {
			require.Contains(t, events(t, s, plan), closure)
		}
	}
	confirmed := 0
	for _, s := range savers {
		confirmed += len(s.confirmed)
	}
	require.Positive(t, confirmed)
	t.Logf("killed %d times: %d entries were confirmed, and %d closures, and all are there", *kills, confirmed, len(savers[0].closures))
}

// whole checks that a database has everything that was confirmed, once, and that it is sound.
func whole(t *testing.T, file string, savers []*saver) {
	t.Helper()
	s := opened(t, file)
	defer s.Close()
	known := map[string][]string{}
	for plan := int64(1); plan <= many; plan++ {
		list := events(t, s, plan)
		known[fmt.Sprint(plan)] = list
		lines, err := s.Audit(t.Context(), plan)
		require.NoError(t, err)
		var journal []string
		for _, l := range lines {
			journal = append(journal, l.Event)
		}
		require.Equal(t, list, journal, "the journal's table is that of the plan")
	}
	for _, one := range savers {
		for event, plan := range one.confirmed {
			n := 0
			for _, id := range known[plan] {
				if id == event {
					n++
				}
			}
			require.Equal(t, 1, n, "%s of plan %s", event, plan)
		}
	}
}

func events(t *testing.T, s *store.Store, plan int64) (ids []string) {
	t.Helper()
	p, err := s.Load(t.Context(), plan)
	require.NoError(t, err)
	for e := range p.History() {
		ids = append(ids, e.Event.ID)
	}
	sorted := slices.Clone(ids)
	slices.Sort(sorted)
	require.Equal(t, len(ids), len(slices.Compact(sorted)), "each once")
	return ids
}
