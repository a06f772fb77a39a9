// Package demo fills a database with patients who are made up: a few to look at, or as many as
// a busy clinic has in years. Protocols, weights and doses are invented for the purpose and are
// nobody's recommendation.
package demo

import (
	"context"
	"crypto/rand"
	"fmt"
	"time"

	"github.com/rickb777/date/v2"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/examples/clinicapp/store"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/protocol/catalog"
	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/clinic"
)

// Clinic is a clinic that is open from Monday to Friday.
func Clinic(zone *time.Location) clinic.Spec {
	return clinic.Spec{
		Zone:   zone,
		Weekly: clinic.OpenOn(clinic.MustHours("08:00-17:00"), time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday),
		Yearly: []clinic.YearlyClosure{{Month: time.January, Day: 1, Reason: "New Year's Day"}, {Month: time.December, Day: 25, Reason: "Christmas Day"}},
	}
}

// Prescribed returns a protocol of the catalogue with made-up answers to all that its sources
// leave open.
func Prescribed(id string) (*protocol.Protocol, error) {
	spec, ok := catalog.Lookup(id)
	if !ok {
		return nil, fmt.Errorf("no catalogue entry %q", id)
	}
	for _, p := range spec.Parameters {
		if p.Value != "" {
			continue
		}
		value := answers[id+" "+p.Name]
		if value == "" {
			value = answers[p.Name]
		}
		if value == "" && len(p.Choices) > 0 {
			value = p.Choices[0]
		}
		var err error
		if spec, err = spec.Set(p.Name, value); err != nil {
			return nil, err
		}
	}
	return spec.Compile()
}

// answers are made up: nobody's recommendation.
var answers = map[string]string{
	"ketamine-iv-taper maintenance": "every 4w", "dose": "0.5 mg/kg", "basis": "actual", "rounding": "0.1 mg half up", "maximum": "60 mg", "min-gap": "2 days",
	"administration": "40 min", "observation": "2 h", "climb": "free", "follows": "last given",
}

// Patients enrols a dozen patients whose treatments began up to ten weeks before a moment, and
// records what happened to them since.
func Patients(ctx context.Context, s *store.Store, now time.Time) error {
	protocols := make([]*protocol.Protocol, 3)
	for i, id := range []string{"ketamine-iv-taper", "esketamine-nasal-sustain-3", "ketamine-iv-elekt-d"} {
		var err error
		if protocols[i], err = Prescribed(id); err != nil {
			return fmt.Errorf("%s: %w", id, err)
		}
		if err := s.AddProtocol(ctx, protocols[i]); err != nil {
			return err
		}
	}
	zone := s.Calendar().Zone()
	today := dayOf(now.In(zone))
	for i := range 12 {
		start := openFrom(s.Calendar(), today-date.Date(7*(i%11))+date.Date(i%3))
		before := start - 3
		asOf := at(before, 9, zone)
		if asOf.After(now) {
			asOf = now
		}
		r := schedule.Request{
			Protocol: protocols[i%3], Start: start, Opening: s.Calendar(), Zone: zone, AsOf: asOf, ShortWeek: schedule.Postpone,
			Weighings: []schedule.Weighing{{Date: dayOf(asOf.In(zone)), Weight: dose.MustWeight(fmt.Sprintf("%d kg", 58+4*i))}},
		}
		if protocols[i%3].Cadence().Endless() {
			r.Until = start + 364
		}
		_, _ = rand.Read(r.Key[:])
		plan, err := schedule.Build(r)
		if err != nil {
			return err
		}
		if plan, err = lived(plan, i, now); err != nil {
			return err
		}
		if _, err := s.EnrolPatient(ctx, fmt.Sprintf("P-%03d", i+1), fmt.Sprintf("Patient %02d", i+1), "form-"+rand.Text(), plan); err != nil {
			return err
		}
	}
	return nil
}

// lived records what happened to a patient up to a moment: most sessions as planned, the last of
// some not yet.
func lived(plan *schedule.Plan, i int, now time.Time) (*schedule.Plan, error) {
	zone := plan.Zone()
	today := dayOf(now.In(zone))
	n := 0
	for {
		due := plan.On(today)
		if len(due.Overdue) == 0 {
			return plan, nil
		}
		s := due.Overdue[0]
		n++
		if len(due.Overdue) == 1 && i%4 == 1 {
			return plan, nil // nobody has said yet what became of it
		}
		var what schedule.Happening = schedule.Given{Session: s.ID(), Date: s.Date(), Dose: s.Amount()}
		if n == 3 && i%4 == 2 {
			what = schedule.Missed{Session: s.ID(), Reason: "did not come"}
		}
		if c := due.Checkpoint; c.Session > 0 && c.Session < s.Ordinal() {
			what = schedule.Decided{Gate: c.Gate.Name, Then: protocol.Continue, Who: "prescriber", Reason: "it helps"}
		}
		asOf := at(s.Date(), 16, zone)
		if asOf.Before(plan.AsOf()) {
			asOf = plan.AsOf()
		}
		var err error
		plan, err = plan.Apply(schedule.Event{ID: fmt.Sprintf("demo-%d", n), What: what, RecordedBy: "nurse"}, asOf)
		if err != nil {
			return nil, err
		}
	}
}

// openFrom returns the first day from one on, on which a clinic is open.
func openFrom(o clinic.Opening, d date.Date) date.Date {
	for range 30 {
		if hours, _ := o.Open(d); len(hours) > 0 {
			return d
		}
		d++
	}
	return d
}

func dayOf(t time.Time) date.Date { return date.New(t.Year(), t.Month(), t.Day()) }

func at(d date.Date, hour int, zone *time.Location) time.Time {
	year, month, day := d.Date()
	return time.Date(year, month, day, hour, 0, 0, 0, zone)
}
