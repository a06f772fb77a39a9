// Command feed serves the calendar of a plan, to which a patient subscribes.
//
//	go run ./examples/feed [-listen 127.0.0.1:8080]
//
// It prints the address of the calendar, which no one can guess, and serves it
// until it is interrupted. A subscriber who has the calendar already gets "304 Not
// Modified" until the plan changes. The handler, in feed.go, is fit for an app
// with many patients; the plan is made up.
package main

import (
	"context"
	"crypto/rand"
	"errors"
	"flag"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/signal"
	"time"
	_ "time/tzdata"

	"github.com/rickb777/date/v2"

	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/clinic"
	"github.com/regimen-go/regimen/schedule/ical"
)

func main() {
	listen := flag.String("listen", "127.0.0.1:8080", "address to listen on")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, os.Stdout, *listen); err != nil {
		fmt.Fprintf(os.Stderr, "feed: %v\n", err)
		os.Exit(1)
	}
}

// run serves the calendar until ctx is done.
func run(ctx context.Context, out io.Writer, listen string) error {
	var key schedule.Key
	rand.Read(key[:])
	plan, err := course(key, time.Now())
	if err != nil {
		return err
	}
	feeds := NewFeeds(options())
	token := NewToken()
	if err := feeds.Publish(token, plan); err != nil {
		return err
	}
	listener, err := net.Listen("tcp", listen)
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "http://%s/calendar/%s.ics\n", listener.Addr(), token)

	server := &http.Server{Handler: feeds, ReadHeaderTimeout: 5 * time.Second, WriteTimeout: 10 * time.Second}
	done := make(chan error, 1)
	go func() {
		<-ctx.Done()
		done <- server.Shutdown(context.Background())
	}()
	if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return <-done
}

// options are what the patient has asked for: what to do before a visit, and a
// reminder. Nothing says what the visits are for.
func options() ical.Options {
	return ical.Options{
		Description: "Bring this: your letter, and a list of what you take.\nIf you cannot come, please call.",
		Location:    "Example Street 1, second floor",
		Tasks:       true,
		Alarms:      []time.Duration{24 * time.Hour},
		Refresh:     12 * time.Hour,
	}
}

// course plans six visits in Berlin from the first Monday two weeks ahead.
func course(key schedule.Key, asOf time.Time) (*schedule.Plan, error) {
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		return nil, err
	}
	fasting := time.Duration(0)
	prescribed, err := protocol.Spec{Phases: []protocol.Phase{{
		Name: "course", Cadence: protocol.MustCadence("2/wk x2 then 1/wk x2"), MinGap: 2,
		Visit: protocol.Visit{
			Preparation: 30 * time.Minute, Administration: 40 * time.Minute, Observation: 2 * time.Hour,
			Tasks: []protocol.Task{{Text: "Do not eat", From: protocol.AdministrationStart, At: -4 * time.Hour, Until: &fasting}},
		},
	}}}.Compile()
	if err != nil {
		return nil, err
	}
	office, err := clinic.New(clinic.Spec{
		Zone: berlin,
		Weekly: clinic.OpenOn(clinic.MustHours("09:00-16:00"),
			time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday),
	})
	if err != nil {
		return nil, err
	}
	ahead := asOf.In(berlin).AddDate(0, 0, 14)
	start := date.New(ahead.Year(), ahead.Month(), ahead.Day())
	for start.Weekday() != time.Monday {
		start++
	}
	return schedule.Build(schedule.Request{
		Protocol: prescribed, Start: start, Opening: office, Key: key, AsOf: asOf,
	})
}
