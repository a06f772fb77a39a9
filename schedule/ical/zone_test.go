package ical_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/ical"
)

// The instants in a file are those of the plan, by no more than what the file
// says. The clinic is open at night, when clocks change.
func TestInstants(t *testing.T) {
	for _, tt := range []struct {
		zone  string
		start string
		local bool
	}{
		{"America/New_York", "2026-01-05", true},
		{"Europe/London", "2026-01-05", true},
		{"Australia/Lord_Howe", "2026-01-05", true},
		{"Africa/Casablanca", "2026-01-05", false},
		{"Asia/Gaza", "2026-01-05", false},
		{"Asia/Kolkata", "2026-01-05", true},
		{"UTC", "2026-01-05", false},
		{"Pacific/Apia", "2026-01-05", true},
		{"Pacific/Apia", "2011-01-05", false}, // a whole day is missing
		{"Asia/Beirut", "2026-01-05", true},
		{"Asia/Beirut", "2022-06-05", true},
		{"America/Sao_Paulo", "2018-01-05", false},
		{"America/Sao_Paulo", "2026-01-05", true},
		{"America/St_Johns", "2026-01-05", true},
		{"America/Nuuk", "2026-01-05", false}, // the Saturday before the last Sunday
		{"Europe/Dublin", "2026-01-05", true}, // where winter is the exception by law
		{"Pacific/Chatham", "2026-01-05", true},
		{"Asia/Kathmandu", "2026-01-05", true},
		{"Africa/Cairo", "2026-01-05", false}, // the midnight that ends the last Thursday
		{"Antarctica/Troll", "2026-01-05", true},
		{"America/New_York", "1960-01-05", false}, // before the rules begin
		{"America/New_York", "2006-01-05", false}, // new rules in 2007
		{"Europe/Paris", "2150-01-05", true},
		{"Australia/Sydney", "2150-01-05", true},
		{"Australia/Lord_Howe", "2184-01-05", true},
		{"Asia/Gaza", "2150-01-05", false},
	} {
		for _, hours := range []string{"09:00-17:00", "00:00-06:00", "01:30-24:00", "22:15-24:00"} {
			t.Run(tt.zone+" "+tt.start+" "+hours, func(t *testing.T) {
				t.Parallel()
				zone := location(t, tt.zone)
				spec := bare("every 1d x400", time.Hour)
				r := requestFor(t, spec, zone, tt.start, hours)
				r.ShortWeek = schedule.Drop
				plan := build(t, r)
				got, data := export(t, plan, ical.Options{})
				assert.Equal(t, tt.local, strings.Contains(data, "BEGIN:VTIMEZONE"))
				n := 0
				for _, s := range plan.All() {
					if !s.Placed() {
						continue
					}
					e := got.events[n]
					n++
					if s.Start().IsZero() { // the day that is missing has no times
						require.True(t, e.allDay)
						require.Equal(t, s.Date().String(), e.start.Format(time.DateOnly))
						continue
					}
					when, minutes := s.Date(), s.Start().Minutes()
					if minutes == 24*60 {
						when, minutes = when+1, 0
					}
					year, month, day := when.Date()
					start := e.start.In(zone)
					require.Equal(t, time.Hour, e.end.Sub(e.start))
					require.Equal(t, minutes, start.Hour()*60+start.Minute())
					require.Equal(t, [3]int{year, int(month), day}, [3]int{start.Year(), int(start.Month()), start.Day()})
					if _, offset := start.Add(-2 * time.Hour).Zone(); offset != offsetAt(start.Add(3*time.Hour)) {
						continue // the check above is all that time.Date lets us say
					}
					require.Equal(t, time.Date(year, month, day, 0, minutes, 0, 0, zone).Unix(), e.start.Unix())
					require.Equal(t, tt.local, e.local)
				}
				assert.Len(t, got.events, n)
			})
		}
	}
}

func offsetAt(t time.Time) int {
	_, offset := t.Zone()
	return offset
}

// An emitted rule says the same as the zone every six hours of its years and half
// an hour and a second beside them. Of 19 years that are looked at, most zones
// have a rule in at least so many.
func TestRules(t *testing.T) {
	for name, least := range map[string]int{
		"America/New_York": 14, "America/Los_Angeles": 14, "America/Chicago": 14, "America/Santiago": 0, "America/Asuncion": 10,
		"America/Havana": 11, "America/Phoenix": 17, "America/St_Johns": 15, "America/Sao_Paulo": 12, "America/Mexico_City": 14,
		"Europe/London": 14, "Europe/Berlin": 15, "Europe/Dublin": 14, "Europe/Istanbul": 11, "Europe/Moscow": 12, "Europe/Chisinau": 14,
		"Africa/Casablanca": 2, "Africa/Cairo": 1, "Africa/Johannesburg": 17, "Africa/Monrovia": 16, "Africa/Lagos": 17,
		"Asia/Gaza": 0, "Asia/Beirut": 13, "Asia/Jerusalem": 1, "Asia/Kolkata": 17, "Asia/Kathmandu": 16, "Asia/Tokyo": 17, "Asia/Tehran": 9,
		"Australia/Lord_Howe": 12, "Australia/Sydney": 11, "Australia/Adelaide": 13, "Pacific/Apia": 15, "Pacific/Auckland": 14,
		"Pacific/Chatham": 14, "Pacific/Easter": 9, "Antarctica/Troll": 12,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			zone, found := location(t, name), 0
			for year := 1971; year < 2100; year += 7 {
				data := ical.AppendZone(nil, zone, year, year)
				if len(data) == 0 {
					continue
				}
				found++
				z, err := readZone(parseZone(t, string(data)))
				require.NoError(t, err)
				until := time.Date(year+2, 1, 1, 0, 0, 0, 0, zone)
				for at := time.Date(year, 1, 1, 0, 0, 0, 0, zone); at.Before(until); at = at.Add(6 * time.Hour) {
					for _, at := range []time.Time{at, at.Add(-time.Second), at.Add(30 * time.Minute)} {
						if int64(offsetAt(at)) != z.at(at.Unix()) && at.Year() >= year {
							t.Fatalf("%v: %d, the rule says %d\n%s", at, offsetAt(at), z.at(at.Unix()), data)
						}
					}
				}
			}
			assert.GreaterOrEqual(t, found, least)
		})
	}
}

func parseZone(t *testing.T, data string) *component {
	t.Helper()
	calendar, err := parse("BEGIN:VCALENDAR\r\n" + data + "END:VCALENDAR\r\n")
	require.NoError(t, err)
	require.NoError(t, calendar.parts[0].conforms())
	return calendar.parts[0]
}

func TestZoneNames(t *testing.T) {
	for _, zone := range []*time.Location{
		time.UTC, time.FixedZone("Clinic time", 3600), time.FixedZone("Europe/Nowhere", 3600), time.FixedZone("CEST", 7200),
		time.FixedZone("a/b\r\nX:1", 3600), time.FixedZone("", 3600), location(t, "EST5EDT"), location(t, "Etc/GMT+5"), location(t, "GB"),
	} {
		assert.Empty(t, ical.AppendZone(nil, zone, 2026, 2026), zone.String())
	}
	plan := build(t, requestFor(t, bare("2/wk x1", time.Hour), time.FixedZone("a/b\r\nX:1", 3600), "2026-01-05", "09:00-17:00"))
	r, _ := export(t, plan, ical.Options{})
	assert.Equal(t, "2026-01-05T08:00:00Z", r.events[0].start.Format(time.RFC3339))
}

// Clocks that go back show an hour twice: a visit that begins or ends in it, be it the
// first time or the second, is in UTC, and as long as it is.
func TestTwiceShown(t *testing.T) {
	zone := location(t, "America/New_York")
	for _, tt := range []struct {
		hours  string
		length time.Duration
		end    string
		local  bool
	}{
		{"00:30-06:00", time.Hour, "2026-11-01T05:30:00Z", false}, // 01:30, the first time
		{"01:30-06:00", 4 * time.Hour, "2026-11-01T09:30:00Z", false},
		{"00:30-06:00", 2 * time.Hour, "2026-11-01T06:30:00Z", false},
		{"01:45-06:00", 30 * time.Minute, "2026-11-01T06:15:00Z", false},
		{"00:30-06:00", 4 * time.Hour, "2026-11-01T08:30:00Z", true},
	} {
		spec := bare("every 1d x2", tt.length)
		r, _ := export(t, build(t, requestFor(t, spec, zone, "2026-11-01", tt.hours)), ical.Options{})
		assert.Equal(t, tt.end, r.events[0].end.Format(time.RFC3339), tt)
		assert.Equal(t, tt.local, r.events[0].local, tt)
		assert.True(t, r.events[1].local)
	}
	// A task of an hour begins and ends at the same reading.
	hour := time.Hour
	spec := bare("every 1d x2", time.Hour)
	spec.Phases[0].Visit.Tasks = []protocol.Task{{Text: "Rest", From: protocol.Departure, Until: &hour}, {Text: "Call", From: protocol.Departure, At: time.Hour}}
	r, _ := export(t, build(t, requestFor(t, spec, zone, "2026-11-01", "00:30-06:00")), ical.Options{Tasks: true})
	assert.Equal(t, "2026-11-01T05:30:00Z", r.events[1].start.Format(time.RFC3339))
	assert.Equal(t, "2026-11-01T06:30:00Z", r.events[1].end.Format(time.RFC3339))
	assert.Equal(t, "2026-11-01T06:30:00Z", r.events[2].start.Format(time.RFC3339), "the second time")
}

// A companion of an hour that begins and ends at the same reading keeps its end.
func TestTwiceShownCompanion(t *testing.T) {
	spec := bare("every 1d x1", 30*time.Minute)
	spec.Phases[0].Companions = []protocol.Companion{{Name: "talk", From: 1, To: 1, Visit: protocol.Visit{Observation: time.Hour}}}
	request := requestFor(t, spec, location(t, "America/New_York"), "2026-10-31", "01:30-06:00")
	r, data := export(t, build(t, request), ical.Options{})
	require.Len(t, r.events, 2)
	assert.Equal(t, "2026-11-01T05:30:00Z", r.events[1].start.Format(time.RFC3339))
	assert.Equal(t, "2026-11-01T06:30:00Z", r.events[1].end.Format(time.RFC3339))
	assert.Contains(t, data, "DTSTART:20261101T053000Z\r\nDTEND:20261101T063000Z\r\n")
}

// With every change in it, a zone without a yearly rule keeps its own clock, and says
// the same as the zone does.
func TestObservances(t *testing.T) {
	for _, name := range []string{"Africa/Casablanca", "Asia/Gaza", "America/Nuuk", "Africa/Cairo", "America/Santiago", "Asia/Jerusalem", "Pacific/Apia", "Europe/Berlin"} {
		t.Run(name, func(t *testing.T) {
			zone := location(t, name)
			start := "2026-01-05"
			if name == "Pacific/Apia" {
				start = "2011-01-03"
			}
			plan := build(t, requestFor(t, bare("every 4w x60", time.Hour), zone, start, "00:00-23:00"))
			_, plain := export(t, plan, ical.Options{})
			r, data := export(t, plan, ical.Options{Observances: true})
			if name == "Europe/Berlin" {
				assert.Equal(t, plain, data, "a rule is enough")
				return
			}
			assert.NotContains(t, plain, "VTIMEZONE")
			assert.Contains(t, data, "TZID:"+name+"\r\n")
			assert.Contains(t, data, "DTSTART;TZID="+name+":")
			assert.Less(t, strings.Count(data[:strings.Index(data, "END:VTIMEZONE")], "\r\n"), 200, "more lines than Google reads")
			locals := 0
			for n, s := range plan.All() {
				year, month, day := s.Date().Date()
				want := time.Date(year, month, day, s.Start().Minutes()/60, s.Start().Minutes()%60, 0, 0, zone)
				require.Equal(t, want.Unix(), r.events[n].start.Unix(), s)
				if r.events[n].local {
					locals++
				}
			}
			assert.Greater(t, locals, 50)
			z := r.zones[name]
			for at := r.events[0].start.Add(-48 * time.Hour); at.Before(r.events[59].end); at = at.Add(30 * time.Minute) {
				if int64(offsetAt(at.In(zone))) != z.at(at.Unix()) {
					require.FailNow(t, at.String())
				}
			}
		})
	}
	// More changes than have room: in UTC.
	r := requestFor(t, bare("every 3mo x100", time.Hour), location(t, "Africa/Casablanca"), "2026-01-05", "09:00-17:00")
	_, data := export(t, build(t, r), ical.Options{Observances: true})
	assert.NotContains(t, data, "VTIMEZONE")
	for _, zone := range []*time.Location{time.UTC, time.FixedZone("a/b\r\nX:1", 3600), time.FixedZone("Clinic time", 3600)} {
		_, data := export(t, build(t, requestFor(t, bare("2/wk x1", time.Hour), zone, "2026-01-05", "09:00-17:00")), ical.Options{Observances: true})
		assert.NotContains(t, data, "VTIMEZONE")
	}
}

// Four digits of a year, in every form that a date has.
func TestYears(t *testing.T) {
	zone := location(t, "America/New_York")
	for _, year := range []string{"1980", "1998", "2000", "2009", "2080", "2100"} {
		r := requestFor(t, bare("every 1d x1", time.Hour), zone, year+"-01-15", "09:00-17:00")
		plan := build(t, r)
		_, data := export(t, plan, ical.Options{})
		assert.Contains(t, strings.ReplaceAll(data, ";TZID=America/New_York", ""), "DTSTART:"+year+"0115T", year)
		assert.Contains(t, data, "DTSTAMP:"+year+"0102T0204")
		// Given at a time that nobody wrote down: an event of the whole day.
		s, _ := plan.At(1)
		plan, err := plan.Apply(schedule.Event{ID: "g", What: schedule.Given{Session: s.ID(), Date: s.Date() + 1}}, r.AsOf.AddDate(0, 0, 20))
		require.NoError(t, err)
		_, data = export(t, plan, ical.Options{})
		assert.Contains(t, data, "DTSTART;VALUE=DATE:"+year+"0116\r\nDTEND;VALUE=DATE:"+year+"0117\r\n")
	}
}

// A clinic that opens at a time that clocks skip has its visit after the gap.
func TestSkipped(t *testing.T) {
	plan := build(t, requestFor(t, bare("every 1d x2", time.Hour), location(t, "America/New_York"), "2026-03-08", "02:30-06:00"))
	r, data := export(t, plan, ical.Options{})
	assert.NotContains(t, data, "20260308T02")
	assert.Equal(t, time.Hour, r.events[0].end.Sub(r.events[0].start))
}
