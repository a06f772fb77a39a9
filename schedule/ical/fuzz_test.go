package ical_test

import (
	"errors"
	"fmt"
	"strconv"
	"testing"
	"time"

	"github.com/rickb777/date/v2"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/internal/mangle"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/clinic"
	"github.com/regimen-go/regimen/schedule/ical"
)

// A source hands out choices made by bytes, and zeros after them.
type source struct{ bytes []byte }

func (s *source) upTo(n int) int {
	if len(s.bytes) == 0 {
		return 0
	}
	b := int(s.bytes[0])
	if n > 256 && len(s.bytes) > 1 {
		b, s.bytes = b<<8|int(s.bytes[1]), s.bytes[1:]
	}
	s.bytes = s.bytes[1:]
	return b % n
}

func (s *source) minutes(n int) time.Duration { return time.Duration(s.upTo(n)) * time.Minute }

// text takes up to 20 bytes as they are.
func (s *source) text() string {
	n := min(s.upTo(21), len(s.bytes))
	text := string(s.bytes[:n])
	s.bytes = s.bytes[n:]
	return text
}

var fuzzedZones = []string{
	"America/New_York", "Europe/London", "Europe/Paris", "Europe/Dublin", "Australia/Lord_Howe", "America/Sao_Paulo", "Africa/Casablanca",
	"Asia/Gaza", "America/Santiago", "Asia/Kolkata", "Pacific/Apia", "Pacific/Chatham", "America/Nuuk", "Africa/Cairo", "Antarctica/Troll", "UTC",
}

var fuzzedCadences = []string{"every 1d x9", "2/wk x2", "3-2-1", "every 2w x3", "every 1mo x4", "days 1, 3 of 7 x2", "weeks 0, 2, 60", "every 1d x1", "every 90d x8"}

// request makes the request for a plan of the bytes, if there is one.
func (s *source) request(t testing.TB) (schedule.Request, error) {
	zone := location(t, fuzzedZones[s.upTo(len(fuzzedZones))])
	start := date.New(1960+s.upTo(230), time.January, 1) + date.Date(s.upTo(366))
	opens := s.upTo(23 * 60)
	closes := opens + 30 + s.upTo(24*60-opens-30)
	visit := protocol.Visit{Preparation: s.minutes(40), Administration: s.minutes(60), Observation: s.minutes(120)}
	for range s.upTo(4) {
		task := protocol.Task{Text: s.text(), From: protocol.Moment(s.upTo(5)), At: s.minutes(1000) - 500*time.Minute}
		if s.upTo(2) == 1 {
			until := task.At + s.minutes(3000)
			task.Until = &until
		}
		visit.Tasks = append(visit.Tasks, task)
	}
	spec := protocol.Spec{Phases: []protocol.Phase{{
		Name: s.text(), Cadence: protocol.MustCadence(fuzzedCadences[s.upTo(len(fuzzedCadences))]), MinGap: 1, Visit: visit,
	}}}
	if s.upTo(2) == 1 {
		spec.Phases[0].Companions = []protocol.Companion{{Name: s.text(), From: -s.upTo(3), To: s.upTo(3), Visit: protocol.Visit{Kind: protocol.Integration, Observation: s.minutes(90)}}}
	}
	key := byte(s.upTo(255) + 1)
	s.notions(&spec)
	compiled, err := spec.Compile()
	if err != nil {
		return schedule.Request{}, err
	}
	hours := fmt.Sprintf("%02d:%02d-%02d:%02d", opens/60, opens%60, closes/60, closes%60)
	office, err := clinic.New(clinic.Spec{Zone: zone, Weekly: clinic.OpenOn(clinic.MustHours(hours), everyDay()...)})
	if err != nil {
		return schedule.Request{}, err
	}
	return schedule.Request{
		Protocol: compiled, Start: start, Opening: office, Zone: zone, Key: schedule.Key{15: key},
		ShortWeek: schedule.Drop, AsOf: midnight(start).Add(-time.Duration(s.upTo(1<<16)) * time.Hour),
	}, nil
}

// notions gives the phase of a protocol parts, medicines beside and a table, and the
// protocol a monitoring, as the bytes say.
func (s *source) notions(spec *protocol.Spec) {
	p, has := &spec.Phases[0], s.upTo(16)
	if has == 0 {
		return
	}
	spec.Drug = "examplamine"
	p.Dose = dose.MustRule("50 mg")
	if p.Visit.Administration == 0 {
		p.Visit.Administration = 5 * time.Minute
	}
	if has&1 > 0 {
		p.Dose = dose.Rule{}
		p.Parts = []dose.Part{{Name: "first" + s.text(), Rule: dose.MustRule("20 mg"), During: dose.MustDuration("1 min")}, {Name: "second", Rule: dose.MustRule("30 mg")}}
	}
	if has&2 > 0 {
		p.Beside = []protocol.Medicine{
			{Name: "before" + s.text(), Dose: dose.MustRule("8 mg"), From: protocol.Moment(1 + s.upTo(4)), At: s.minutes(1000) - 500*time.Minute},
			{Name: "as needed", Dose: dose.MustRule("10 mg"), Condition: "if" + s.text()},
		}
	}
	if has&4 > 0 {
		m := protocol.Monitoring{Name: "count" + s.text(), Cadence: protocol.MustCadence("every 3d x4"), Visit: protocol.Visit{Administration: 5 * time.Minute}}
		if s.upTo(2) == 1 {
			m.Elsewhere = "at" + s.text()
		}
		spec.Monitoring = []protocol.Monitoring{m}
	}
	if has&8 > 0 {
		p.MissedDoses = []protocol.MissedDose{{From: 1 + s.upTo(100), Then: protocol.GiveNow, Condition: s.text()}}
	}
}

func midnight(d date.Date) time.Time {
	year, month, day := d.Date()
	return time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
}

// live lets up to seven things happen to a plan that the bytes choose, as far as
// they can.
func (s *source) live(plan *schedule.Plan) *schedule.Plan {
	for i := range s.upTo(8) {
		var sessions []schedule.Session
		for _, session := range plan.All() {
			sessions = append(sessions, session)
		}
		session := sessions[s.upTo(len(sessions))]
		id, day := session.ID(), session.Date()+date.Date(s.upTo(5)-2)
		at, _ := clinic.NewTimeOfDay(s.upTo(1441))
		var what schedule.Happening
		switch s.upTo(8) {
		case 0:
			what = schedule.Missed{Session: id}
		case 1:
			what = schedule.Cancelled{Session: id, By: schedule.ByPatient, Rest: s.upTo(2) == 1}
		case 2:
			what = schedule.Held{Session: id}
		case 3:
			what = schedule.Resumed{}
		case 4:
			what = schedule.Moved{Session: id, Date: day, Start: at}
		case 5:
			what = schedule.Given{Session: id, Date: day}
		case 6:
			what = schedule.Given{Session: id, Date: day, Start: at}
		default:
			what = schedule.Given{Session: id, Date: day, Start: at, End: session.End()}
		}
		asOf := midnight(day).Add(time.Duration(s.upTo(100)) * time.Hour)
		if asOf.Before(plan.AsOf()) {
			asOf = plan.AsOf()
		}
		if next, err := plan.Apply(schedule.Event{ID: strconv.Itoa(i), What: what}, asOf); err == nil {
			plan = next
		}
	}
	return plan
}

// FuzzPlan makes any bytes a plan and checks that its file is well formed and says
// the same as the plan.
func FuzzPlan(f *testing.F) {
	f.Add([]byte{})
	for i := range len(fuzzedZones) {
		zone := byte(i)
		f.Add([]byte{zone, 66, 0, 60, 0, 0, 5, 0, 10, 20, 30, 1, 4, 'R', 'e', 's', 't', 3, 0, 0, 1, 2, 2, 4, 'a', ';', '\\', ',', 0, 1, 2, 'x', 'y', 1, 1, 60})
		f.Add([]byte{
			zone, 66, 0, 60, 0, 0, 5, 0, 10, 20, 30, 0, 3, 'a', 'l', 'l', 0, 0, 7, 0, 100, // a plan, then what happens
			6, 0, 2, 2, 88, 5, 50, 1, 3, 2, 88, 6, 60, 2, 2, 2, 88, 0, 90, 3, 2, 2, 88, 1, 0, 50, 5, 2, 2, 88, 2, 60, 0, 0, 0, 0, 3, 99,
		})
		f.Add([]byte{
			zone, 66, 0, 60, 3, 200, 0, 60, 200, 0, 0, 3, 'a', 'l', 'l', 1, 0, 7, 15, 1, 'p', 2, 3, 'b', ';', ',', 1, 150, 2, 'o', 'k', 2, 'c', 'c', 1, 3, '\\', 'n', 'x',
			40, 0, 0, 50, 3, 2, 0, 2, 0, 50, 6, 2, 1, 88,
		})
		f.Add([]byte{zone, 190, 1, 44, 0, 59, 3, 200, 0, 0, 60, 0, 3, 'a', 'l', 'l', 8, 0, 7, 255, 255})
	}
	f.Fuzz(mangle.Target(func(t *testing.T, data []byte) {
		s := &source{data}
		r, err := s.request(t)
		if err != nil {
			return
		}
		plan, err := schedule.Build(r)
		if err != nil {
			return
		}
		plan = s.live(plan)
		file, err := ical.Append(nil, plan, ical.Options{Tasks: s.upTo(2) == 1, ShowNames: true, Title: s.text(), Alarms: []time.Duration{s.minutes(300)}})
		if errors.Is(err, ical.ErrNoEvents) {
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		read, err := readStrictly(file)
		if err != nil {
			t.Fatalf("%v in\n%.3000s", err, file)
		}
		if err := read.agrees(plan); err != nil {
			t.Fatalf("%v in\n%.3000s", err, file)
		}
	}))
}

// agrees compares the sessions and visits of a file with those of a plan.
func (r *reading) agrees(plan *schedule.Plan) error {
	events := map[string]read{}
	for _, e := range r.events {
		events[e.value("UID")] = e
	}
	n := 0
	check := func(id schedule.ID, revision int, target, d, endDate date.Date, start, end clinic.TimeOfDay) error {
		e, found := events[id.String()]
		if d != 0 || revision > 0 {
			n++
		}
		switch {
		case d == 0 && revision == 0 && found:
			return fmt.Errorf("%s never had a date but has an event", id)
		case d == 0 && revision == 0:
			return nil
		case d == 0 && (e.value("STATUS") != "CANCELLED" || !e.allDay || e.start.Format(time.DateOnly) != target.String()):
			return fmt.Errorf("%s had a date and is not cancelled on its target", id)
		case d == 0:
			return nil
		case !found:
			return fmt.Errorf("%s has no event", id)
		case e.allDay != start.IsZero():
			return fmt.Errorf("%s begins at %q but all day is %t", id, start, e.allDay)
		case e.allDay && e.start.Format(time.DateOnly) != d.String():
			return fmt.Errorf("%s is on %s, not %s", id, e.start, d)
		case e.allDay:
			return nil
		}
		// In the zone, the clock shows what the plan has.
		for _, side := range []struct {
			at   time.Time
			on   date.Date
			want clinic.TimeOfDay
		}{{e.start, d, start}, {e.end, endDate, end}} {
			if side.want.IsZero() {
				continue
			}
			wall := side.at.In(plan.Zone())
			day, minute := side.on, side.want.Minutes()
			if minute == 24*60 {
				day, minute = side.on+1, 0
			}
			if wall.Hour()*60+wall.Minute() != minute || wall.Format(time.DateOnly) != day.String() && d != date.New(2011, time.December, 30) {
				return fmt.Errorf("%s is at %s, not %s %s", id, wall, side.on, side.want)
			}
		}
		return nil
	}
	for _, s := range plan.All() {
		if err := check(s.ID(), s.Revision(), s.Target(), s.Date(), s.EndDate(), s.Start(), s.End()); err != nil {
			return err
		}
	}
	for v := range plan.OtherVisits() {
		if err := check(v.ID, v.Revision, v.Target, v.Date, v.EndDate, v.Start, v.End); err != nil {
			return err
		}
	}
	if len(events) < n {
		return fmt.Errorf("%d events for %d visits", len(events), n)
	}
	return nil
}
