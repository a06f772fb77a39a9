package ical_test

import (
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/ical"
)

// A plan is exported after every event: an event of the calendar that changes has
// a higher SEQUENCE, one that does not has the same text, and none is lost.
func TestLivingPlan(t *testing.T) {
	plan := newYork(t)
	session := func(n int) schedule.ID {
		for _, s := range plan.All() {
			if s.Ordinal() == n {
				return s.ID()
			}
		}
		require.FailNow(t, "no session", n)
		return schedule.ID{}
	}
	o := ical.Options{ShowDose: true, Tasks: true, NoCount: true}
	before, _ := export(t, plan, o)
	day := func(text string) time.Time {
		at, err := time.Parse(time.DateOnly, text)
		require.NoError(t, err)
		return at.Add(22 * time.Hour)
	}
	seconds := map[int]time.Duration{2: 1, 5: 1}
	for i, step := range []struct {
		asOf time.Time
		what schedule.Happening
		want map[int]string // by session
	}{
		{
			day("2026-03-02"),
			schedule.Given{Session: session(1), Date: schedule.MustDate("2026-03-02"), Dose: dose.MustMass("30 mg"), Reason: "asked", Who: "somebody"},
			map[int]string{1: "2026-03-02 09:00 CONFIRMED Clinic visit|Dose: 30 mg"},
		},
		{
			day("2026-03-06"),
			schedule.Given{Session: session(2), Date: schedule.MustDate("2026-03-06"), Dose: dose.MustMass("36 mg")},
			map[int]string{2: "2026-03-06 CONFIRMED Clinic visit|Dose: 36 mg"},
		},
		{
			day("2026-03-06"),
			schedule.Decided{Gate: "go on?", Then: protocol.Continue, Who: "somebody"},
			map[int]string{3: "2026-03-09 09:00 CONFIRMED Clinic visit|Dose: 36 mg", 6: "2026-03-23 09:00 CONFIRMED Clinic visit|Dose: 36 mg"},
		},
		{
			day("2026-03-08"),
			schedule.Moved{Session: session(3), Date: schedule.MustDate("2026-03-10")},
			map[int]string{3: "2026-03-10 09:00 CONFIRMED Clinic visit|Dose: 36 mg"},
		},
		{
			day("2026-03-10"),
			schedule.Missed{Session: session(3)},
			map[int]string{3: "2026-03-10 09:00 CANCELLED Missed: Clinic visit|Dose: 36 mg"},
		},
		{
			day("2026-03-10"),
			schedule.Held{Session: session(4)},
			map[int]string{4: "2026-03-12 09:00 CANCELLED On hold: Clinic visit|Dose: 36 mg", 6: "2026-03-23 09:00 CANCELLED On hold: Clinic visit|Dose: 36 mg"},
		},
		{
			day("2026-03-11"),
			schedule.Resumed{},
			map[int]string{4: "2026-03-12 09:00 CONFIRMED Clinic visit|Dose: 36 mg"},
		},
		{
			day("2026-03-12"),
			schedule.Cancelled{Session: session(5), By: schedule.ByPatient},
			map[int]string{5: "2026-03-16 09:00 CANCELLED Cancelled: Clinic visit|Dose: 36 mg"},
		},
	} {
		next, err := plan.Apply(schedule.Event{ID: "e" + strconv.Itoa(i), What: step.what}, step.asOf)
		require.NoError(t, err)
		plan = next
		after, _ := export(t, plan, o)
		require.NoError(t, after.agrees(plan))
		events := map[string]read{}
		for _, e := range after.events {
			events[e.value("UID")] = e
			// Two events are known as of the same second: the second one has the next.
			assert.Equal(t, step.asOf.Add(seconds[i]*time.Second).Format("20060102T150405Z"), e.value("DTSTAMP"))
			assert.Equal(t, e.value("DTSTAMP"), e.value("LAST-MODIFIED"))
		}
		for n, want := range step.want {
			e := events[session(n).String()]
			form := "2006-01-02 15:04"
			if e.allDay {
				form = time.DateOnly
				assert.Equal(t, want, e.start.Format(form)+" "+e.value("STATUS")+" "+e.text("SUMMARY")+"|"+e.text("DESCRIPTION"))
				continue
			}
			assert.Equal(t, want, e.start.In(plan.Zone()).Format(form)+" "+e.value("STATUS")+" "+e.text("SUMMARY")+"|"+e.text("DESCRIPTION"))
		}
		changed := 0
		for _, was := range before.events {
			uid := was.value("UID")
			now, kept := events[uid]
			require.True(t, kept, uid)
			sequence := func(r read) int {
				n, err := strconv.Atoi(r.value("SEQUENCE"))
				require.NoError(t, err)
				return n
			}
			same := was.start.Equal(now.start) && was.end.Equal(now.end) && was.value("STATUS") == now.value("STATUS") && was.value("SUMMARY") == now.value("SUMMARY")
			if !same {
				changed++
				assert.Greater(t, sequence(now), sequence(was), "%s after %T", uid, step.what)
			} else {
				assert.GreaterOrEqual(t, sequence(now), sequence(was), uid)
			}
		}
		if i > 0 {
			assert.Positive(t, changed, "%T", step.what)
		}
		before = after
	}
}

// A visit that is not at the clinic has the place that the protocol says, on a day and at
// no time, and never that of the clinic. Where no place is asked for it has none.
func TestElsewhere(t *testing.T) {
	spec := bare("1/wk x2", time.Hour)
	check := protocol.Visit{Kind: protocol.Assessment, Observation: 10 * time.Minute}
	spec.Monitoring = []protocol.Monitoring{
		{Name: "count", Cadence: protocol.MustCadence("1/wk x1"), Visit: check, Elsewhere: "a laboratory, or at home"},
		{Name: "scale", Cadence: protocol.MustCadence("1/wk x1"), Visit: check},
	}
	plan := build(t, requestFor(t, spec, location(t, "America/New_York"), "2026-03-02", "09:00-17:00"))
	places := func(o ical.Options) (list []string) {
		calendar, _ := export(t, plan, o)
		for _, e := range calendar.events {
			list = append(list, e.value("DTSTART")+" "+e.value("LOCATION"))
		}
		return list
	}
	assert.ElementsMatch(t, []string{
		`20260302T090000 1 Example Road`, `20260309T090000 1 Example Road`, `20260302 a laboratory\, or at home`, `20260302T100000 1 Example Road`,
	}, places(ical.Options{Location: "1 Example Road"}))
	assert.ElementsMatch(t, []string{"20260302T090000 ", "20260309T090000 ", "20260302 ", "20260302T100000 "}, places(ical.Options{}))
}
