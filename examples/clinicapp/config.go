package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"net/url"
	"os"
	"strings"
	"time"

	"github.com/rickb777/date/v2"

	"github.com/regimen-go/regimen/schedule"
)

// A config is what flags and environment say.
type config struct {
	listen, db, zone, base, phone, place, today string
	proxy                                       string
	secure                                      bool
	role                                        string
	patients, events                            int
	first                                       string

	location *time.Location
	start    date.Date
	rest     []string
}

// prefix begins the names of environment variables.
const prefix = "CLINICAPP_"

// readConfig reads flags; what no flag says the environment does.
func readConfig(command string, args []string, stderr io.Writer) (*config, error) {
	c := &config{}
	flags := flag.NewFlagSet(command, flag.ContinueOnError)
	flags.SetOutput(stderr)
	flags.StringVar(&c.db, "db", "", "the database `file`; without one made-up patients are thrown away in the end")
	flags.StringVar(&c.zone, "zone", "Europe/London", "the clinic's IANA time zone, of a database that is made")
	switch command {
	case "serve":
		flags.StringVar(&c.listen, "listen", "127.0.0.1:8080", "the `address` to listen on")
		flags.StringVar(&c.base, "base", "", "the `address` at which browsers reach the app, such as https://visits.example.org; an https one makes cookies secure")
		flags.StringVar(&c.proxy, "proxy", "", "the `header` in which your own proxy writes from where a request comes, such as X-Forwarded-For; without one attempts to log in are counted by who connects")
		flags.StringVar(&c.phone, "phone", "", "the clinic's telephone `number`, for patients")
		flags.StringVar(&c.place, "place", "", "where visits are, for patients")
		flags.StringVar(&c.today, "today", "", "the `date` of the demonstration, which goes on from nine in the morning of it")
	case "user":
		flags.StringVar(&c.role, "role", "staff", "staff or prescriber")
	case "fill":
		flags.IntVar(&c.patients, "patients", 1000, "how many patients to make up")
		flags.IntVar(&c.events, "events", 10_000, "how many events to make up, in all")
		flags.StringVar(&c.first, "first", "2026-01-05", "the `date` on which the first treatment begins")
	}
	var problems []error
	flags.VisitAll(func(f *flag.Flag) {
		name := prefix + strings.ToUpper(f.Name)
		if value, ok := os.LookupEnv(name); ok {
			if err := flags.Set(f.Name, value); err != nil {
				problems = append(problems, fmt.Errorf("%s: %w", name, err))
			}
		}
	})
	if err := flags.Parse(args); err != nil {
		return nil, err
	}
	c.rest = flags.Args()
	var err error
	if c.location, err = time.LoadLocation(c.zone); err != nil || c.zone == "Local" || c.zone == "" {
		problems = append(problems, fmt.Errorf("-zone: want an IANA time zone such as Europe/London, got %q", c.zone))
	}
	for name, text := range map[string]string{"today": c.today, "first": c.first} {
		if text == "" {
			continue
		}
		if c.start, err = schedule.ParseDate(text); err != nil {
			problems = append(problems, fmt.Errorf("-%s: %w", name, err))
		}
	}
	if c.base != "" {
		u, err := url.Parse(c.base)
		if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" || u.Path != "" && u.Path != "/" || u.RawQuery != "" {
			problems = append(problems, fmt.Errorf("-base: want an address such as https://visits.example.org, got %q", c.base))
		} else {
			c.secure = u.Scheme == "https"
		}
	}
	return c, errors.Join(problems...)
}

// clock returns what time it is in the clinic: the real time, or that of the demonstration.
func (c *config) clock() func() time.Time {
	if c.today == "" {
		return time.Now
	}
	began := time.Now()
	year, month, day := c.start.Date()
	from := time.Date(year, month, day, 9, 0, 0, 0, c.location)
	return func() time.Time { return from.Add(time.Since(began)) }
}
