package ical_test

import (
	"bytes"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/ical"
)

var update = flag.Bool("update", false, "write the golden files")

// everything has a value in every option.
func everything() ical.Options {
	return ical.Options{
		Title: "Visit", Cancelled: "Called off: ", Missed: "Did not happen: ", Held: "Waits: ", Description: "Eat nothing; bring a friend, and\nyour letter.", Location: "1 Example Road, Room 2",
		ShowDrug: true, ShowDose: true, ShowNames: true, Categories: []string{"Appointment", "", "Clinic, visits"},
		Detail: func(s schedule.Session) string { return "Week " + strconv.Itoa(s.Week()) + ";" },
		Tasks:  true, Alarms: []time.Duration{24 * time.Hour, 90 * time.Minute, 0},
		Name: "My visits", Organizer: "mailto:visits@example.org", OrganizerName: `The "Clinic"; visits`,
		Publish: true, Refresh: 12 * time.Hour,
	}
}

func TestGolden(t *testing.T) {
	changes := map[int]ical.Change{
		1: {State: schedule.StateGiven, Revision: 1}, 2: {State: schedule.StateMissed, Revision: 1}, 3: {State: schedule.StateCancelled, Revision: 2},
		4: {State: schedule.StateHeld, Revision: 10}, 5: {State: schedule.StatePlanned, NoTime: true}, 6: {State: schedule.StateCancelled, NoTime: true},
	}
	for _, tt := range []struct {
		name    string
		zone    string
		options ical.Options
		change  map[int]ical.Change
	}{
		{"defaults", "America/New_York", ical.Options{}, nil},
		{"everything", "Europe/London", everything(), nil},
		{"changed", "Australia/Lord_Howe", ical.Options{Alarms: []time.Duration{time.Hour}}, changes},
		{"irregular", "Africa/Casablanca", ical.Options{NoCount: true}, nil},
		{"steady", "Asia/Kolkata", ical.Options{Categories: []string{}}, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			plan := build(t, requestFor(t, course(t), location(t, tt.zone), "2026-03-02", "09:00-17:00"))
			data, err := ical.AppendChanged(nil, plan, tt.options, func(ordinal int) ical.Change { return tt.change[ordinal] })
			require.NoError(t, err)
			_, err = readStrictly(data)
			require.NoError(t, err)
			file := filepath.Join("testdata", tt.name+".ics")
			if *update {
				require.NoError(t, os.WriteFile(file, data, 0o644))
			}
			want, err := os.ReadFile(file)
			require.NoError(t, err)
			assert.Equal(t, string(want), string(data))
		})
	}
}

// By default a calendar has nothing that the protocol says.
func TestNeutral(t *testing.T) {
	_, data := export(t, newYork(t), ical.Options{})
	plain := strings.ToLower(strings.ReplaceAll(data, "\r\n ", ""))
	for _, word := range []string{"examplamine", "intravenous", "mg", "36", "induction", "upkeep", "talk", "look", "made", "eat", "dose", "drug", "go on"} {
		assert.NotContains(t, strings.ReplaceAll(plain, "dtstamp:20260102t020405z", ""), word)
	}
}

func TestStates(t *testing.T) {
	plan := newYork(t)
	const placed = "Clinic visit (1 of 6)"
	for _, tt := range []struct {
		state   schedule.State
		noTime  bool
		status  string
		summary string
		transp  string
	}{
		{schedule.StatePlanned, false, "CONFIRMED", placed, "OPAQUE"},
		{schedule.StateProvisional, false, "TENTATIVE", placed, "OPAQUE"},
		{schedule.StateHeld, false, "CANCELLED", "On hold: " + placed, "TRANSPARENT"},
		{schedule.StateGiven, false, "CONFIRMED", placed, "OPAQUE"},
		{schedule.StateMissed, false, "CANCELLED", "Missed: " + placed, "TRANSPARENT"},
		{schedule.StateCancelled, false, "CANCELLED", "Cancelled: " + placed, "TRANSPARENT"},
		{schedule.StatePlanned, true, "TENTATIVE", placed, "TRANSPARENT"},
		{schedule.StateProvisional, true, "TENTATIVE", placed, "TRANSPARENT"},
		{schedule.StateGiven, true, "CONFIRMED", placed, "TRANSPARENT"},
		{schedule.StateHeld, true, "CANCELLED", "On hold: " + placed, "TRANSPARENT"},
		{schedule.StateCancelled, true, "CANCELLED", "Cancelled: " + placed, "TRANSPARENT"},
		{schedule.State(99), false, "TENTATIVE", placed, "OPAQUE"},
	} {
		t.Run(tt.state.String(), func(t *testing.T) {
			data, err := ical.AppendChanged(nil, plan, ical.Options{Alarms: []time.Duration{time.Hour}}, func(int) ical.Change {
				return ical.Change{State: tt.state, Revision: 7, NoTime: tt.noTime}
			})
			require.NoError(t, err)
			r, err := readStrictly(data)
			require.NoError(t, err)
			e := r.events[0]
			assert.Equal(t, tt.status, e.value("STATUS"))
			assert.Equal(t, tt.summary, e.text("SUMMARY"))
			assert.Equal(t, tt.transp, e.value("TRANSP"))
			assert.Equal(t, "7", e.value("SEQUENCE"))
			assert.Equal(t, tt.noTime, e.allDay)
			alarms := 1
			if tt.noTime || tt.status == "CANCELLED" {
				alarms = 0
			}
			assert.Len(t, e.parts, alarms)
		})
	}
}

func TestEvents(t *testing.T) {
	plan := newYork(t)
	titles := func(o ical.Options) (list []string) {
		r, _ := export(t, plan, o)
		for _, e := range r.events {
			list = append(list, e.start.In(plan.Zone()).Format("2006-01-02 15:04 ")+e.text("SUMMARY")+" "+e.value("STATUS"))
		}
		return list
	}
	assert.Equal(t, []string{
		"2026-03-02 09:00 Clinic visit (1 of 6) CONFIRMED", "2026-03-05 09:00 Clinic visit (2 of 6) CONFIRMED",
	}, titles(ical.Options{OnlyConfirmed: true, SessionsOnly: true}))
	assert.Equal(t, []string{
		"2026-03-02 09:00 Clinic visit (1 of 6) CONFIRMED",
		"2026-03-02 05:30 Do not eat from 05:30 CONFIRMED",
		"2026-03-02 12:10 Do not drive from 12:10 CONFIRMED",
		"2026-03-01 09:00 Pack a bag at 09:00 CONFIRMED",
	}, titles(ical.Options{Tasks: true})[:4])
	assert.Equal(t, []string{
		"2026-03-02 09:00 Clinic visit (1 of 6) CONFIRMED", "2026-03-02 05:30 Nil by mouth CONFIRMED", "2026-03-05 09:00 Clinic visit (2 of 6) CONFIRMED",
	}, titles(ical.Options{Tasks: true, TaskTitle: func(task schedule.TimedTask) string {
		if task.Text == "Do not eat" {
			return "Nil by mouth"
		}
		return ""
	}})[:3])
	assert.Len(t, titles(ical.Options{SessionsOnly: true}), 6)
	visits := titles(ical.Options{NoCount: true})
	assert.Len(t, visits, 6+4+1)
	assert.Equal(t, "2026-03-03 09:00 Clinic visit CONFIRMED", visits[6])
	assert.Equal(t, "TENTATIVE", visits[10][len(visits[10])-9:])
}

// A plan without times is a calendar of days, and of no zone.
func TestNoTimes(t *testing.T) {
	plan := newYork(t)
	data, err := ical.AppendChanged(nil, plan, ical.Options{SessionsOnly: true, Tasks: false, Alarms: []time.Duration{time.Hour}}, func(int) ical.Change {
		return ical.Change{State: schedule.StatePlanned, NoTime: true}
	})
	require.NoError(t, err)
	r, err := readStrictly(data)
	require.NoError(t, err)
	require.Len(t, r.events, plan.Len())
	for i, s := range plan.All() {
		assert.True(t, r.events[i].allDay)
		assert.Equal(t, s.Date().String(), r.events[i].start.Format(time.DateOnly))
		assert.Empty(t, r.events[i].parts)
	}
	assert.NotContains(t, string(data), "TZID")
}

// A session that was held is confirmed again when the treatment goes on.
func TestResumed(t *testing.T) {
	plan := newYork(t)
	export := func(state schedule.State, revision int) read {
		data, err := ical.AppendChanged(nil, plan, ical.Options{}, func(int) ical.Change { return ical.Change{State: state, Revision: revision} })
		require.NoError(t, err)
		r, err := readStrictly(data)
		require.NoError(t, err)
		return r.events[0]
	}
	held, resumed := export(schedule.StateHeld, 1), export(schedule.StatePlanned, 2)
	assert.Equal(t, held.value("UID"), resumed.value("UID"))
	assert.Equal(t, []string{"CANCELLED", "1", "On hold: Clinic visit (1 of 6)"}, []string{held.value("STATUS"), held.value("SEQUENCE"), held.text("SUMMARY")})
	assert.Equal(t, []string{"CONFIRMED", "2", "Clinic visit (1 of 6)"}, []string{resumed.value("STATUS"), resumed.value("SEQUENCE"), resumed.text("SUMMARY")})
}

// What identifies an event stays whatever else changes.
func TestUID(t *testing.T) {
	plan := newYork(t)
	r, _ := export(t, plan, ical.Options{Tasks: true})
	var first schedule.Session
	for _, s := range plan.All() {
		first = s
		break
	}
	assert.Equal(t, first.ID().String(), r.events[0].value("UID"))
	assert.Equal(t, first.ID().String()+"-task-1", r.events[1].value("UID"))
	assert.Equal(t, first.ID().String()+"-task-3", r.events[2].value("UID"))
	moved, _ := export(t, build(t, requestFor(t, course(t), location(t, "Asia/Tokyo"), "2027-03-02", "10:00-17:00")), ical.Options{})
	assert.Equal(t, first.ID().String(), moved.events[0].value("UID"))
}

func TestSameBytes(t *testing.T) {
	o := everything()
	_, once := export(t, newYork(t), o)
	_, again := export(t, newYork(t), o)
	assert.Equal(t, once, again)
	var out bytes.Buffer
	require.NoError(t, ical.Write(&out, newYork(t), o))
	assert.Equal(t, once, out.String())
	data, err := ical.Append([]byte("before"), newYork(t), o)
	require.NoError(t, err)
	assert.Equal(t, "before"+once, string(data))
}

func TestRefused(t *testing.T) {
	plan := newYork(t)
	const lengths = "want whole minutes up to 366 days"
	for _, tt := range []struct {
		options ical.Options
		want    string
	}{
		{ical.Options{Publish: true}, "Publish: want an Organizer: a published calendar names one"},
		{ical.Options{Organizer: "visits@example.org"}, `Organizer "visits@example.org": want an address such as mailto:visits@example.org`},
		{ical.Options{Organizer: "mailto:a\nX:1"}, `Organizer "mailto:a\nX:1": want an address such as mailto:visits@example.org`},
		{ical.Options{Organizer: "mailto:ä@example.org"}, `Organizer "mailto:ä@example.org": want an address such as mailto:visits@example.org`},
		{ical.Options{Organizer: "1a:b"}, `Organizer "1a:b": want an address such as mailto:visits@example.org`},
		{ical.Options{OrganizerName: "x"}, `OrganizerName "x": want an Organizer with it`},
		{ical.Options{Alarms: []time.Duration{time.Second}}, `Alarms "1s": ` + lengths},
		{ical.Options{Alarms: []time.Duration{-time.Minute}}, `Alarms "-1m0s": ` + lengths},
		{ical.Options{Refresh: 367 * 24 * time.Hour}, `Refresh "8808h0m0s": ` + lengths},
		{ical.Options{Organizer: "mailto:" + strings.Repeat("ä", 60)}, `Organizer "mailto:` + strings.Repeat("ä", 26) + `\xc3...": want an address such as mailto:visits@example.org`},
		{ical.Options{Refresh: -1, Organizer: "."}, `Organizer ".": want an address such as mailto:visits@example.org` + "\n" + `Refresh "-1ns": ` + lengths},
	} {
		data, err := ical.Append([]byte("before"), plan, tt.options)
		require.EqualError(t, err, tt.want)
		assert.Equal(t, "before", string(data))
		_, typed := errors.AsType[*ical.OptionError](err)
		assert.True(t, typed)
		var out bytes.Buffer
		require.EqualError(t, ical.Write(&out, plan, tt.options), tt.want)
		assert.Zero(t, out.Len())
	}
	for _, nothing := range []*schedule.Plan{nil, {}} {
		_, err := ical.Append(nil, nothing, ical.Options{})
		require.EqualError(t, err, "Plan: want a plan made by schedule.Build")
	}
	_, err := ical.AppendChanged(nil, plan, ical.Options{OnlyConfirmed: true, SessionsOnly: true}, func(int) ical.Change { return ical.Change{State: schedule.StateCancelled} })
	require.ErrorIs(t, err, ical.ErrNoEvents)
}

// A limited writer takes so many octets.
type limited struct{ left int }

var errFull = errors.New("full")

func (l *limited) Write(b []byte) (int, error) {
	if len(b) > l.left {
		return 0, errFull
	}
	l.left -= len(b)
	return len(b), nil
}

func TestWriteStopsAtAnError(t *testing.T) {
	for _, left := range []int{0, 20_000, 100_000} {
		plan := build(t, requestFor(t, bare("7/wk x60", time.Hour), location(t, "Europe/Paris"), "2026-01-05", "09:00-17:00"))
		require.ErrorIs(t, ical.Write(&limited{left}, plan, ical.Options{}), errFull)
	}
}

func TestManySessions(t *testing.T) {
	plan := build(t, requestFor(t, bare("every 1d x1000 then every 2d x1000", time.Hour), location(t, "Europe/Paris"), "2026-01-05", "09:00-17:00"))
	r, _ := export(t, plan, ical.Options{})
	assert.Len(t, r.events, 2000)
	assert.Equal(t, "Clinic visit (2000 of 2000)", r.events[1999].text("SUMMARY"))
}

func TestSingleEventHasNoName(t *testing.T) {
	plan := build(t, requestFor(t, bare("every 1d x1", 0), location(t, "Europe/Paris"), "2026-01-05", "09:00-17:00"))
	r, data := export(t, plan, ical.Options{Name: "x"})
	assert.NotContains(t, data, "NAME:x")
	assert.Equal(t, r.events[0].start, r.events[0].end)
}

// A cadence without end tells no number of sessions, which only says how far
// the plan goes for now.
func TestEndless(t *testing.T) {
	r := requestFor(t, bare("every 4w", time.Hour), location(t, "Europe/Paris"), "2026-01-05", "09:00-17:00")
	r.Until = schedule.MustDate("2026-12-31")
	got, _ := export(t, build(t, r), ical.Options{})
	assert.Equal(t, "Clinic visit (2)", got.events[1].text("SUMMARY"))
}

// discard takes everything and keeps nothing.
type discard struct{}

func (discard) Write(b []byte) (int, error) { return len(b), nil }

func TestAllocations(t *testing.T) {
	o := everything()
	o.Detail = nil
	count := func(cadence string) float64 {
		spec := bare(cadence, time.Hour)
		spec.Phases[0].Visit.Tasks = []protocol.Task{{Text: "Eat nothing", From: protocol.Arrival, At: -time.Hour}}
		plan := build(t, requestFor(t, spec, location(t, "Europe/Paris"), "2026-01-05", "09:00-17:00"))
		return testing.AllocsPerRun(20, func() {
			if ical.Write(discard{}, plan, o) != nil {
				t.Fail()
			}
		})
	}
	few, many := count("every 1d x100"), count("every 1d x1000 then every 2d x100")
	assert.Equal(t, few, many)
	assert.LessOrEqual(t, few, 30.0)
}

func BenchmarkWrite(b *testing.B) {
	plan := build(b, requestFor(b, bare("every 1d x20", time.Hour), location(b, "Europe/London"), "2026-03-20", "09:00-17:00"))
	o := ical.Options{
		Description: strings.Repeat("Bitte nüchtern kommen; nichts essen, nichts trinken. Вопросы? 電話 📞\n", 8), Location: "Zimmer 2, Musterstraße 1",
		Categories: []string{"Appointment", "a, b"}, Alarms: []time.Duration{time.Hour},
	}
	data, err := ical.Append(nil, plan, o)
	require.NoError(b, err)
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		data, _ = ical.Append(data[:0], plan, o)
	}
}
