package ical_test

import (
	"encoding/json"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/ical"
)

// Google shows a subscriber a private event as "Busy": nothing is said unless asked for.
func TestClass(t *testing.T) {
	plan := newYork(t)
	_, data := export(t, plan, ical.Options{Tasks: true})
	assert.NotContains(t, data, "CLASS")
	for class, want := range map[ical.Class]string{ical.Public: "PUBLIC", ical.Private: "PRIVATE", ical.Confidential: "CONFIDENTIAL"} {
		r, data := export(t, plan, ical.Options{Tasks: true, Class: class})
		assert.Equal(t, len(r.events), strings.Count(data, "\r\nCLASS:"+want+"\r\n"))
		text, err := json.Marshal(class)
		require.NoError(t, err)
		assert.Equal(t, `"`+want+`"`, string(text))
		var back ical.Class
		require.NoError(t, json.Unmarshal(text, &back))
		assert.Equal(t, class, back)
	}
	class := ical.Private
	require.EqualError(t, class.UnmarshalText([]byte("private")), `Class "private": want PUBLIC, PRIVATE or CONFIDENTIAL`)
	assert.Equal(t, ical.Private, class)
	require.NoError(t, class.UnmarshalText(nil))
	assert.Zero(t, class)
	_, err := ical.Class(9).MarshalText()
	require.EqualError(t, err, `Class "%!Class(9)": want PUBLIC, PRIVATE or CONFIDENTIAL`)
	_, err = ical.Append(nil, plan, ical.Options{Class: 4})
	require.EqualError(t, err, `Class "%!Class(4)": want PUBLIC, PRIVATE or CONFIDENTIAL`)
}

// What is not in the plan moves the stamps and the numbers by which calendars know that
// an event changed.
func TestChangedAndEdition(t *testing.T) {
	plan := newYork(t)
	for _, test := range []struct {
		changed time.Time
		edition int
		stamp   string
	}{
		{time.Time{}, 0, "20260102T020405Z"},
		{time.Date(2026, 1, 2, 3, 4, 4, 999, time.FixedZone("", 3600)), 0, "20260102T020405Z"}, // before the plan's
		{time.Date(2026, 3, 29, 3, 0, 0, 999, time.FixedZone("", 3600)), 7, "20260329T020000Z"},
	} {
		r, _ := export(t, plan, ical.Options{Changed: test.changed, Edition: test.edition, Tasks: true})
		for _, e := range r.events {
			assert.Equal(t, test.stamp, e.value("DTSTAMP"))
			assert.Equal(t, test.stamp, e.value("LAST-MODIFIED"))
			assert.Equal(t, strconv.Itoa(test.edition), e.value("SEQUENCE"))
		}
	}
	for _, test := range []struct {
		o    ical.Options
		want string
	}{
		{ical.Options{Edition: -1}, `Edition "-1": want a number from 0 to 1073741824`},
		{ical.Options{Changed: time.Date(9999, 12, 31, 23, 59, 59, 0, time.UTC)}, `Changed "9999-12-31T23:59:59Z": want an instant in the years 1900 to 2200`},
		{ical.Options{Final: true, OnlyConfirmed: true}, "Final: want OnlyConfirmed unset: a last calendar says what is cancelled"},
	} {
		_, err := ical.Append(nil, plan, test.o)
		require.EqualError(t, err, test.want)
	}
}

// The last calendar: what is past is as it was, everything else is cancelled, each with
// a higher SEQUENCE, whatever state it had.
func TestFinal(t *testing.T) {
	plan := newYork(t)
	at := func(day int) schedule.Session { s, _ := plan.At(day); return s }
	apply := func(id string, what schedule.Happening, asOf time.Time) {
		next, err := plan.Apply(schedule.Event{ID: id, What: what}, asOf)
		require.NoError(t, err)
		plan = next
	}
	evening := time.Date(2026, 3, 6, 22, 0, 0, 0, time.UTC)
	apply("g", schedule.Given{Session: at(1).ID(), Date: at(1).Date(), Dose: dose.MustMass("36 mg")}, evening)
	apply("m", schedule.Missed{Session: at(2).ID()}, evening)
	apply("c", schedule.Cancelled{Session: at(3).ID(), By: schedule.ByPatient}, evening)
	apply("a", schedule.PatientAway{From: schedule.MustDate("2026-03-12"), To: schedule.MustDate("2026-03-12")}, evening)
	o := ical.Options{Tasks: true, NoCount: true, Alarms: []time.Duration{time.Hour}}
	before, _ := export(t, plan, o)
	o.Final = true
	after, _ := export(t, plan, o)
	require.Len(t, after.events, len(before.events))
	sequence := func(r read) int {
		n, err := strconv.Atoi(r.value("SEQUENCE"))
		require.NoError(t, err)
		return n
	}
	tentative, past, cancelled := 0, 0, 0
	for i, was := range before.events {
		now := after.events[i]
		require.Equal(t, was.value("UID"), now.value("UID"))
		require.Equal(t, was.value("DTSTART"), now.value("DTSTART"))
		if was.value("STATUS") == "TENTATIVE" {
			tentative++
		}
		// The tasks of a visit that is past are as they were, also one that is to come.
		session, _, _ := strings.Cut(was.value("UID"), "-")
		visit := was
		for _, e := range before.events {
			if e.value("UID") == session {
				visit = e
			}
		}
		if !visit.start.After(evening) || was.value("STATUS") == "CANCELLED" {
			past++
			require.Equal(t, was.component, now.component)
			continue
		}
		cancelled++
		assert.Equal(t, "CANCELLED", now.value("STATUS"))
		assert.True(t, strings.HasPrefix(now.text("SUMMARY"), "Cancelled: "), now.text("SUMMARY"))
		assert.NotContains(t, now.text("SUMMARY"), "Not confirmed")
		assert.Empty(t, now.parts, "no alarm")
		assert.Equal(t, sequence(was)+1, sequence(now))
	}
	assert.Positive(t, tentative)
	assert.Positive(t, past)
	assert.Greater(t, cancelled, 4)

	// Changed says that it is later than the plan knows.
	o.Changed = time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC)
	later, _ := export(t, plan, o)
	for i, was := range before.events {
		assert.Equal(t, was.value("STATUS"), later.events[i].value("STATUS"))
	}
}

// After a switch each title counts the sessions of its own treatment.
func TestTitlesAfterASwitch(t *testing.T) {
	plan := build(t, requestFor(t, tablet("ketamine"), time.UTC, "2025-01-06", "08:00-18:00"))
	for _, ordinal := range []int{1, 2} {
		s, _ := plan.At(ordinal)
		next, err := plan.Apply(schedule.Event{ID: "g" + s.Date().String(), What: schedule.Given{Session: s.ID(), Date: s.Date(), Dose: dose.MustMass("28 mg")}},
			time.Date(s.Date().Year(), s.Date().Month(), s.Date().Day(), 20, 0, 0, 0, time.UTC))
		require.NoError(t, err)
		plan = next
	}
	titles := func(plan *schedule.Plan) (list []string) {
		r, _ := export(t, plan, ical.Options{})
		for _, e := range r.events {
			list = append(list, e.text("SUMMARY"))
		}
		return list
	}
	asOf := time.Date(2025, 1, 14, 9, 0, 0, 0, time.UTC)
	was := []string{"Clinic visit (1 of 4)", "Clinic visit (2 of 4)", "Cancelled: Clinic visit (3 of 4)", "Cancelled: Clinic visit (4 of 4)"}
	for _, test := range []struct {
		cadence string
		until   string
		want    []string
	}{
		{"1/wk x3", "", []string{"Clinic visit (1 of 3)", "Clinic visit (2 of 3)", "Clinic visit (3 of 3)"}},
		{"every 1w", "2025-02-10", []string{"Clinic visit (1)", "Clinic visit (2)", "Clinic visit (3)"}},
	} {
		spec := tablet("esketamine")
		spec.ID, spec.Phases[0].Cadence = "other", protocol.MustCadence(test.cadence)
		other, err := spec.Compile()
		require.NoError(t, err)
		what := schedule.Switched{Protocol: other, Start: schedule.MustDate("2025-01-27"), Gap: 14, Who: "a clinician"}
		if test.until != "" {
			what.Until = schedule.MustDate(test.until)
		}
		switched, err := plan.Apply(schedule.Event{ID: "x", What: what}, asOf)
		require.NoError(t, err)
		assert.Equal(t, append(was[:4:4], test.want...), titles(switched))
	}

	// A version that is adopted goes on with the treatment.
	version := tablet("ketamine")
	version.Version, version.Phases[0].Cadence = "next", protocol.MustCadence("1/wk x6")
	next, err := version.Compile()
	require.NoError(t, err)
	adopted, err := plan.Apply(schedule.Event{ID: "y", What: schedule.Adopted{Protocol: next, Who: "a clinician"}}, asOf)
	require.NoError(t, err)
	list := titles(adopted)
	assert.Equal(t, "Clinic visit (1 of "+strconv.Itoa(adopted.Len())+")", list[0])
	assert.Equal(t, "Clinic visit (3 of "+strconv.Itoa(adopted.Len())+")", list[2])
}

// Every length that an alarm can have, in hours where there are whole ones.
func TestAlarmLengths(t *testing.T) {
	plan := build(t, requestFor(t, bare("every 1d x1", time.Hour), time.UTC, "2026-03-02", "09:00-17:00"))
	for length, want := range map[time.Duration]string{
		0: "PT0M", time.Minute: "PT1M", 59 * time.Minute: "PT59M", time.Hour: "PT1H", 61 * time.Minute: "PT61M", 24 * time.Hour: "PT24H",
		58 * time.Hour: "PT58H", 59 * time.Hour: "PT59H", 60 * time.Hour: "PT60H", 59*time.Hour + 59*time.Minute: "PT3599M", 61 * time.Hour: "PT61H",
		100 * time.Hour: "PT100H", 366 * 24 * time.Hour: "PT8784H",
	} {
		_, data := export(t, plan, ical.Options{Alarms: []time.Duration{length}, Refresh: max(length, time.Minute)})
		assert.Contains(t, data, "\r\nTRIGGER:-"+want+"\r\n")
		if length > 0 {
			assert.Contains(t, data, "\r\nREFRESH-INTERVAL;VALUE=DURATION:"+want+"\r\nX-PUBLISHED-TTL:"+want+"\r\n")
		}
	}
}
