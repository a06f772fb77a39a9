package main

import (
	"flag"
	"fmt"
	"log/slog"
	"maps"
	"math/rand/v2"
	"net/http/httptest"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/crypto/bcrypt"

	"github.com/regimen-go/regimen/examples/clinicapp/store"
	"github.com/regimen-go/regimen/examples/clinicapp/web"
	"github.com/regimen-go/regimen/schedule"
)

var (
	loadDB   = flag.String("loaddb", "", "a database that the command fill has made, for TestLoad; without one a small one is made")
	patients = flag.Int("patients", many, "how many patients the database has")
	users    = flag.Int("users", 4, "how many people use the app at once: 20 for the longer run")
	requests = flag.Int("requests", 40, "how many pages each of them asks for: 200 for the longer run")
	think    = flag.Duration("think", 0, "for how long each looks at a page at most")
	limit    = flag.Duration("limit", 0, "how long the 99th percentile may take; 0 says nothing")
)

// TestLoad has people use the app at once on loopback: lists, searches, plans, sessions, weights.
// It says how long pages took, and with -limit it fails where that is too long.
func TestLoad(t *testing.T) {
	file := *loadDB
	if file == "" {
		file = filled(t)
	}
	s := opened(t, file)
	t.Cleanup(func() { require.NoError(t, s.Close()) })
	// Somebody of this run, whoever the database knows.
	name := fmt.Sprintf("load-%d", time.Now().UnixNano())
	require.NoError(t, s.AddUser(t.Context(), name, store.Staff, password, bcrypt.MinCost))
	began := time.Now()
	year, month, day := schedule.MustDate(today).Date()
	from := time.Date(year, month, day, 9, 0, 0, 0, s.Calendar().Zone())
	app, err := web.New(web.Config{
		Store: s, Log: slog.New(slog.DiscardHandler), Base: "http://app.test",
		Now: func() time.Time { return from.Add(time.Since(began)) },
	})
	require.NoError(t, err)
	server := httptest.NewServer(app)
	t.Cleanup(func() { server.Close(); app.Close() })

	var mutex sync.Mutex
	took := map[string][]time.Duration{}
	measure := func(kind string, do func() bool) {
		began := time.Now()
		ok := do()
		since := time.Since(began)
		mutex.Lock()
		defer mutex.Unlock()
		took[kind] = append(took[kind], since)
		if !ok {
			t.Errorf("%s failed", kind)
		}
	}
	// Everybody has logged in before the first is measured: hashes of passwords are slow on purpose,
	// and five attempts are all that an address has at once.
	var savers []*saver
	for range *users {
		savers = append(savers, newSaver(t))
	}
	require.True(t, savers[0].post(t.Context(), server.URL+"/login", map[string][]string{"name": {name}, "password": {password}}))
	for _, one := range savers[1:] {
		one.client.Jar = savers[0].client.Jar
	}
	var all sync.WaitGroup
	for i, one := range savers {
		all.Go(func() {
			random := rand.New(rand.NewPCG(1, uint64(i)))
			get := func(kind, path string) {
				measure(kind, func() bool {
					_, ok := one.get(t.Context(), server.URL+path)
					return ok
				})
			}
			for range *requests {
				plan := 1 + random.IntN(*patients)
				switch random.IntN(10) {
				case 0, 1:
					get("today", "/")
				case 2:
					get("overdue", "/?list=overdue")
				case 3:
					get("weights due", "/?list=weights")
				case 4:
					get("search", fmt.Sprintf("/patients?q=Patient+%05d", plan/10))
				case 5, 6, 7:
					get("plan", fmt.Sprintf("/plans/%d", plan))
				case 8:
					get("journal", fmt.Sprintf("/plans/%d/journal", plan))
				case 9:
					measure("weight recorded: form and answer", func() bool {
						return one.weigh(t.Context(), server.URL, fmt.Sprint(plan), 50+random.IntN(60)) || one.weigh(t.Context(), server.URL, fmt.Sprint(plan), 50)
					})
				}
				if *think > 0 {
					time.Sleep(time.Duration(random.Int64N(int64(*think))))
				}
			}
		})
	}
	all.Wait()
	since := time.Since(began)
	var pages []time.Duration
	for _, kind := range slices.Sorted(maps.Keys(took)) {
		list := took[kind]
		slices.Sort(list)
		if kind != "weight recorded: form and answer" {
			pages = append(pages, list...)
		}
		t.Logf("%-34s %5d times: median %v, 99th percentile %v, longest %v", kind, len(list), list[len(list)/2].Round(time.Millisecond/10), percentile(list, 99).Round(time.Millisecond/10), list[len(list)-1].Round(time.Millisecond/10))
	}
	slices.Sort(pages)
	p99 := percentile(pages, 99)
	t.Logf("all pages: %d in %v, %.0f a second, 99th percentile %v", len(pages), since.Round(time.Millisecond), float64(len(pages))/since.Seconds(), p99.Round(time.Millisecond/10))
	if *limit > 0 {
		require.Less(t, p99, *limit)
	}
}

func percentile(sorted []time.Duration, p int) time.Duration {
	return sorted[min(len(sorted)-1, len(sorted)*p/100)]
}
