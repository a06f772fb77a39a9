// Command interop writes the calendars of plans in many time zones to a folder and,
// beside each, what a reader must find in it, as JSON:
//
//	go run . FOLDER
//
// The instants and texts in the JSON come from the plan and the options, not from
// the package that writes calendars. check.sh lets other people's software read the
// calendars and compares.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"
	_ "time/tzdata"

	"github.com/regimen-go/regimen/internal/civil"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/clinic"
	"github.com/regimen-go/regimen/schedule/ical"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: interop FOLDER")
		os.Exit(2)
	}
	if err := write(os.Args[1]); err != nil {
		fmt.Fprintf(os.Stderr, "interop: %v\n", err)
		os.Exit(1)
	}
}

// zones are those that readers are known to differ in: with and without daylight
// saving time, in both hemispheres, with half hours, and with rules that no
// VTIMEZONE of two yearly changes can say.
var zones = []string{
	"America/New_York", "Europe/London", "Europe/Paris", "Europe/Berlin", "Australia/Sydney", "Pacific/Auckland", "Australia/Lord_Howe",
	"America/Sao_Paulo", "Africa/Casablanca", "Asia/Gaza", "America/Santiago", "Asia/Kolkata", "Asia/Tokyo", "UTC",
}

// courses are what is planned in each zone: weekly by day for more than a year, and
// daily at night, when clocks change.
// A third has sessions in every state, and one whose time nobody wrote down.
var courses = []struct{ name, cadence, hours string }{
	{"day", "every 1w x60", "09:00-17:00"},
	{"night", "every 1d x400", "00:30-06:00"},
	{"living", "every 1w x12", "09:00-17:00"},
}

// happenings are what happens to the sessions of the third course, by number.
func happenings(sessions []schedule.ID) []schedule.Happening {
	return []schedule.Happening{
		schedule.Given{Session: sessions[0], Date: schedule.MustDate("2026-01-05")},
		schedule.Given{Session: sessions[1], Date: schedule.MustDate("2026-01-13")}, // a day late, at no known time
		schedule.Missed{Session: sessions[2]},
		schedule.Cancelled{Session: sessions[3], By: schedule.ByPatient},
		schedule.Moved{Session: sessions[5], Date: schedule.MustDate("2026-02-10")},
		schedule.Held{Session: sessions[8]},
	}
}

// An event is what a reader must find.
type event struct {
	UID         string   `json:"uid"`
	Start       string   `json:"start"` // an instant in UTC, or a day
	End         string   `json:"end"`
	Sequence    int      `json:"sequence"`
	Status      string   `json:"status"`
	Summary     string   `json:"summary"`
	Description string   `json:"description"`
	Location    string   `json:"location"`
	Categories  []string `json:"categories"`
	Organizer   string   `json:"organizer"`
	Alarms      []alarm  `json:"alarms"`
}

type alarm struct {
	Seconds     int    `json:"seconds"` // from the start of the event
	Description string `json:"description"`
}

// Texts with everything that has to be escaped or folded with care.
const (
	title    = `Visit; "quoted", 1:2 ^ back\slash`
	place    = "1 Example Road; room 2, \"left\" – Straße №4, 電話 📞 and so on, longer than a line can be: C:\\n is no line break"
	text     = "Bitte nüchtern kommen; nichts essen, nichts trinken.\nВопросы? 電話 📞 👩‍⚕️ e\u0301 עברית العربية ไทย — звоните:\n\n\\n \\; ^n literal, " + more
	more     = "a long line of plain words that goes on for quite a while, so that it has to be folded more than once before it ends"
	category = "Clinic, visits; all"
	office   = "Clinic: visits, rooms; all"
)

const length = 2*time.Hour + 30*time.Minute

func write(folder string) error {
	for _, zone := range zones {
		location, err := time.LoadLocation(zone)
		if err != nil {
			return err
		}
		for _, c := range courses {
			plan, err := build(location, c.cadence, c.hours)
			if err == nil && c.name == "living" {
				plan, err = live(plan)
			}
			if err != nil {
				return fmt.Errorf("%s, %s: %w", zone, c.name, err)
			}
			o := options()
			o.Publish = c.name == "day"
			calendar, err := ical.Append(nil, plan, o)
			if err != nil {
				return fmt.Errorf("%s, %s: %w", zone, c.name, err)
			}
			name := filepath.Join(folder, strings.ReplaceAll(zone, "/", "-")+"."+c.name)
			if err := save(name, calendar, expected(plan)); err != nil {
				return err
			}
			if !strings.Contains(string(calendar), "TZID:"+zone) {
				if err := observances(name, zone, plan); err != nil {
					return fmt.Errorf("%s, %s: %w", zone, c.name, err)
				}
				continue
			}
			// Under another name a reader can use nothing but the VTIMEZONE.
			other := strings.NewReplacer("TZID:"+zone, "TZID:Clinic/"+zone, "TZID="+zone, "TZID=Clinic/"+zone).Replace(string(calendar))
			if err := save(name+".renamed", []byte(other), expected(plan)); err != nil {
				return err
			}
		}
	}
	return nil
}

// options are what every calendar is written with.
func options() ical.Options {
	return ical.Options{
		Title: title, Description: text, Location: place, Categories: []string{category, "Appointment"},
		Organizer: "mailto:visits@example.org", OrganizerName: office, Refresh: 12 * time.Hour,
		Alarms: []time.Duration{24 * time.Hour, 90 * time.Minute},
	}
}

// observances writes the calendar of a zone without a yearly rule with every one of its
// clock changes, under a name that readers do not know.
func observances(name, zone string, plan *schedule.Plan) error {
	o := options()
	o.Observances = true
	calendar, err := ical.Append(nil, plan, o)
	if err != nil || !strings.Contains(string(calendar), "TZID:"+zone) {
		return err
	}
	renamed := strings.NewReplacer("TZID:"+zone, "TZID:Clinic/"+zone, "TZID="+zone, "TZID=Clinic/"+zone).Replace(string(calendar))
	return save(name+".changes", []byte(renamed), expected(plan))
}

func save(name string, calendar []byte, events []event) error {
	data, err := json.MarshalIndent(events, "", " ")
	if err != nil {
		return err
	}
	if err := os.WriteFile(name+".json", data, 0o644); err != nil {
		return err
	}
	return os.WriteFile(name+".ics", calendar, 0o644)
}

func build(zone *time.Location, cadence, hours string) (*schedule.Plan, error) {
	parsed, err := protocol.ParseCadence(cadence)
	if err != nil {
		return nil, err
	}
	course, err := protocol.Spec{Phases: []protocol.Phase{{
		Name: "course", Cadence: parsed, MinGap: 1, Visit: protocol.Visit{Observation: length},
	}}}.Compile()
	if err != nil {
		return nil, err
	}
	office, err := clinic.New(clinic.Spec{Zone: zone, Weekly: clinic.OpenOn(clinic.MustHours(hours),
		time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday, time.Saturday, time.Sunday)})
	if err != nil {
		return nil, err
	}
	return schedule.Build(schedule.Request{
		Protocol: course, Start: schedule.MustDate("2026-01-05"), Opening: office, Key: schedule.Key{15: 1},
		AsOf: time.Date(2026, time.January, 1, 12, 0, 0, 0, time.UTC),
	})
}

// live returns the plan after what happens.
func live(plan *schedule.Plan) (*schedule.Plan, error) {
	var sessions []schedule.ID
	for _, s := range plan.All() {
		sessions = append(sessions, s.ID())
	}
	var err error
	for i, what := range happenings(sessions) {
		event := schedule.Event{ID: fmt.Sprintf("event-%d", i), What: what}
		if plan, err = plan.Apply(event, time.Date(2026, time.January, 20, 12, 0, 0, 0, time.UTC)); err != nil {
			return nil, err
		}
	}
	return plan, nil
}

// expected returns the events of a plan.
func expected(plan *schedule.Plan) []event {
	zone := civil.NewZone(plan.Zone())
	var events []event
	for _, s := range plan.All() {
		summary := fmt.Sprintf("%s (%d of %d)", title, s.Ordinal(), plan.Len())
		e := event{
			UID: s.ID().String(), Sequence: s.Revision(), Status: "CONFIRMED", Summary: summary, Description: text, Location: place,
			Categories: []string{category, "Appointment"}, Organizer: office, Alarms: []alarm{},
		}
		switch s.State() {
		case schedule.StateMissed:
			e.Status, e.Summary = "CANCELLED", "Missed: "+summary
		case schedule.StateCancelled:
			e.Status, e.Summary = "CANCELLED", "Cancelled: "+summary
		case schedule.StateHeld:
			e.Status, e.Summary = "CANCELLED", "On hold: "+summary
		}
		if s.Start().IsZero() {
			e.Start, e.End = s.Date().String(), civil.AddDays(s.Date(), 1).String()
		} else {
			start, _ := zone.Instant(s.Date(), s.Start().Minutes())
			e.Start, e.End = start.UTC().Format(time.RFC3339), start.Add(length).UTC().Format(time.RFC3339)
			if e.Status == "CONFIRMED" {
				e.Alarms = []alarm{{-24 * 3600, summary}, {-90 * 60, summary}}
			}
		}
		events = append(events, e)
	}
	return events
}
