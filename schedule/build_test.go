package schedule_test

import (
	"encoding/json"
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/rickb777/date/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/clinic"
)

const taperRule = "0.5 mg/kg of actual weight, round 0.1 mg half up, hard max 200 mg"

func taperRequest(t *testing.T, closed ...string) schedule.Request {
	t.Helper()
	r := request(withDose(t, "3-2-1-1-1 then every 4w x3", 2, taperRule), weekdaysOnly(t, closed...), "2025-01-06")
	r.Weighings = []schedule.Weighing{{Date: r.Start, Weight: dose.MustWeight("72 kg")}}
	return r
}

func TestClosedThursdayBecomesFriday(t *testing.T) {
	plan, err := schedule.Build(request(bare(t, "2/wk x1", 2), clinicOpenOn(t, time.Monday, time.Tuesday, time.Wednesday, time.Friday), "2025-01-06"))
	require.NoError(t, err)
	assert.Equal(t, "Mon 2025-01-06, Fri 2025-01-10", dates(plan, schedule.Session.Date))
}

// A holiday on the last Monday moves that session to the Tuesday, five days
// after the one before.
func TestHolidayShiftsForward(t *testing.T) {
	r := request(bare(t, "2/wk x4", 2), weekdaysOnly(t, "2025-05-26"), "2025-05-01")
	r.Wishes.Weekdays = []protocol.DaySet{protocol.OnDays(time.Monday, time.Thursday)}
	plan, err := schedule.Build(r)
	require.NoError(t, err)
	assert.Equal(t, "Thu 2025-05-01, Mon 2025-05-05, Thu 2025-05-08, Mon 2025-05-12, Thu 2025-05-15, Mon 2025-05-19, Thu 2025-05-22, Tue 2025-05-27",
		dates(plan, schedule.Session.Date))
}

func TestBlocked(t *testing.T) {
	_, err := schedule.Build(taperRequest(t, "2025-01-08", "2025-01-10"))
	blocked, ok := errors.AsType[*schedule.BuildError](err)
	require.True(t, ok, "%v", err)
	assert.Equal(t, 3, blocked.Ordinal)
	assert.Equal(t, schedule.MustDate("2025-01-10"), blocked.Target)
	assert.Equal(t, schedule.MustDate("2025-01-06"), blocked.Earliest)
	assert.Equal(t, schedule.MustDate("2025-01-12"), blocked.Latest)
	var causes []schedule.Cause
	for _, d := range blocked.Days {
		causes = append(causes, d.Cause)
	}
	assert.Equal(t, []schedule.Cause{
		schedule.TooClose, schedule.TooClose, schedule.Closed, schedule.TooClose, schedule.Closed, schedule.Closed, schedule.Closed,
	}, causes)
	assert.EqualError(t, err, "session 3 (all) has no possible day from Mon 2025-01-06 to Sun 2025-01-12: "+
		"Mon 2025-01-06 less than 2 days after session 2, which is on Thu 2025-01-09 at the earliest; "+
		"Tue 2025-01-07 less than 2 days after session 2, which is on Thu 2025-01-09 at the earliest; "+
		"Wed 2025-01-08 closed (holiday); "+
		"Thu 2025-01-09 less than 2 days after session 2, which is on Thu 2025-01-09 at the earliest; "+
		"Fri 2025-01-10 closed (holiday); "+
		"Sat 2025-01-11 closed (not open on Saturdays); "+
		"Sun 2025-01-12 closed (not open on Sundays)")
}

func TestHoursTooShort(t *testing.T) {
	r := taperRequest(t)
	office, err := clinic.New(clinic.Spec{
		Zone:   time.UTC,
		Weekly: map[time.Weekday][]clinic.Hours{time.Monday: {clinic.MustHours("08:00-10:00"), clinic.MustHours("13:00-15:30")}},
	})
	require.NoError(t, err)
	r.Opening = office
	_, err = schedule.Build(r)
	blocked, ok := errors.AsType[*schedule.BuildError](err)
	require.True(t, ok, "%v", err)
	assert.Equal(t, 1, blocked.Ordinal)
	assert.Equal(t, schedule.DayReason{
		Date: r.Start, Cause: schedule.TooShort,
		Detail: "hours too short: the visit needs 160 min, the longest opening has 150 min",
	}, blocked.Days[0])
}

func TestVisitTakesTheFirstHoursThatHoldIt(t *testing.T) {
	r := taperRequest(t)
	office, err := clinic.New(clinic.Spec{
		Zone: time.UTC,
		Weekly: map[time.Weekday][]clinic.Hours{
			time.Monday:    {clinic.MustHours("08:00-10:00"), clinic.MustHours("13:00-15:40")},
			time.Wednesday: {clinic.MustHours("09:15-12:00")},
			time.Thursday:  {clinic.MustHours("09:15-12:00")},
			time.Friday:    {clinic.MustHours("21:00-24:00")},
		},
	})
	require.NoError(t, err)
	r.Opening = office
	plan, err := schedule.Build(r)
	require.NoError(t, err)
	var times []string
	for _, s := range plan.All() {
		times = append(times, s.Start().String()+"-"+s.End().String())
		if len(times) == 3 {
			break
		}
	}
	assert.Equal(t, []string{"13:00-15:40", "09:15-11:55", "21:00-23:40"}, times)
}

// On the night when clocks go forward two hours of wall clock hold one hour of
// visit, and when they go back three hold four.
func TestVisitAcrossClockChange(t *testing.T) {
	zone, err := time.LoadLocation("America/New_York")
	require.NoError(t, err)
	night, err := clinic.New(clinic.Spec{
		Zone: zone, Weekly: clinic.OpenOn(clinic.MustHours("01:30-05:10"), time.Sunday, time.Saturday),
	})
	require.NoError(t, err)
	build := func(start string) (*schedule.Plan, error) {
		p, err := protocol.Spec{Phases: []protocol.Phase{{
			Name: "all", Cadence: protocol.MustCadence("1"), MinGap: 1,
			Visit: protocol.Visit{Administration: 40 * time.Minute, Observation: 2 * time.Hour}, Window: &protocol.Window{},
		}}}.Compile()
		require.NoError(t, err)
		return schedule.Build(schedule.Request{
			Protocol: p, Start: schedule.MustDate(start), Opening: night, Key: testKey(), AsOf: time.Unix(0, 0),
		})
	}
	for start, want := range map[string]string{
		"2025-03-08": "01:30-04:10", // an ordinary night
		"2025-03-09": "01:30-05:10", // clocks skip 02:00 to 03:00
		"2025-11-02": "01:30-03:10", // 01:00 to 02:00 comes twice; the first counts
	} {
		plan, err := build(start)
		require.NoError(t, err, start)
		for _, s := range plan.All() {
			assert.Equal(t, want, s.Start().String()+"-"+s.End().String(), start)
		}
	}
	tight, err := clinic.New(clinic.Spec{
		Zone: zone, Weekly: clinic.OpenOn(clinic.MustHours("01:30-05:00"), time.Sunday, time.Saturday),
	})
	require.NoError(t, err)
	night = tight
	_, err = build("2025-03-09")
	require.Error(t, err)
	assert.Contains(t, err.Error(), "the visit needs 160 min, the longest opening has 150 min")
}

func TestClosedStart(t *testing.T) {
	r := taperRequest(t, "2025-01-06", "2025-01-07")
	_, err := schedule.Build(r)
	closed, ok := errors.AsType[*schedule.StartError](err)
	require.True(t, ok, "%v", err)
	assert.Equal(t, &schedule.StartError{Start: r.Start, Reason: "holiday", NextOpen: schedule.MustDate("2025-01-08")}, closed)
	assert.EqualError(t, err, "the clinic is closed on the first day, Mon 2025-01-06 (holiday); the next open day is Wed 2025-01-08")

	never, err := clinic.New(clinic.Spec{Zone: time.UTC})
	require.NoError(t, err)
	r.Opening = never
	_, err = schedule.Build(r)
	assert.EqualError(t, err, "the clinic is closed on the first day, Mon 2025-01-06 (not open on Mondays), and on each of the 366 days after it")
}

func TestWeighings(t *testing.T) {
	r := taperRequest(t)
	r.Weighings = []schedule.Weighing{
		{Date: schedule.MustDate("2025-01-06"), Weight: dose.MustWeight("72 kg")},
		{Date: schedule.MustDate("2024-12-30"), Weight: dose.MustWeight("70 kg")},
	}
	plan, err := schedule.Build(r)
	require.NoError(t, err)
	for _, w := range []schedule.Weighed{
		{Date: schedule.MustDate("2025-01-20"), Weight: dose.MustWeight("70 kg")},
		{Date: schedule.MustDate("2025-02-04"), Weight: dose.MustWeight("68.5 kg")},
	} {
		plan, err = plan.Apply(schedule.Event{ID: w.Date.String(), What: w}, noon(w.Date.String()))
		require.NoError(t, err)
	}
	var doses []string
	for _, s := range plan.All() {
		doses = append(doses, s.Dose().Dose().String())
		w, ok := s.Weighing()
		assert.True(t, ok)
		assert.LessOrEqual(t, w.Date, s.Date())
	}
	// Session 6 is on the day of the second weighing and uses it.
	assert.Equal(t, []string{"36 mg", "36 mg", "36 mg", "36 mg", "36 mg", "35 mg", "35 mg", "35 mg", "34.3 mg", "34.3 mg", "34.3 mg"}, doses)

	r.Weighings = nil
	_, err = schedule.Build(r)
	e, ok := errors.AsType[*schedule.DoseError](err)
	require.True(t, ok, "%v", err)
	assert.Equal(t, 1, e.Ordinal)
	require.ErrorIs(t, err, dose.ErrNoWeight)

	r.Weighings = []schedule.Weighing{{Date: schedule.MustDate("2025-01-07"), Weight: dose.MustWeight("72 kg")}}
	_, err = schedule.Build(r)
	require.ErrorContains(t, err, `Weighing of 2025-01-07 "72 kg": want a date that is not after the plan's as-of, 2025-01-06`)
}

func TestHardLimitGivesNoNumber(t *testing.T) {
	r := taperRequest(t)
	r.Protocol = withDose(t, "3-2-1-1-1", 2, "0.5 mg/kg of actual weight, hard max 35 mg")
	plan, err := schedule.Build(r)
	assert.Nil(t, plan)
	require.ErrorIs(t, err, dose.ErrHardLimit)
	assert.NotContains(t, err.Error(), "36 mg")
}

func TestRequestProblems(t *testing.T) {
	good := taperRequest(t)
	for _, tt := range []struct {
		name   string
		change func(*schedule.Request)
		want   string
	}{
		{"no protocol", func(r *schedule.Request) { r.Protocol = nil }, "Protocol: want a protocol made by Spec.Compile"},
		{"zero protocol", func(r *schedule.Request) { r.Protocol = new(protocol.Protocol) }, "Protocol: want a protocol made by Spec.Compile"},
		{"no start", func(r *schedule.Request) { r.Start = 0 }, "Start: want the first day"},
		{"start too early", func(r *schedule.Request) { r.Start = date.New(1899, 12, 31) }, `Start "1899-12-31": want a date from 1900-01-01 to 2200-12-31`},
		{"until before start", func(r *schedule.Request) { r.Until = r.Start - 1 }, `Until "2025-01-05": want a day that is not before the start, 2025-01-06`},
		{"until too late", func(r *schedule.Request) { r.Until = date.New(2201, 1, 1) }, `Until "2201-01-01": want a date from 1900-01-01 to 2200-12-31`},
		{"no opening", func(r *schedule.Request) { r.Opening = nil }, "Opening: want a clinic, or something else that knows when it is open"},
		{"nil clinic", func(r *schedule.Request) { r.Opening = (*clinic.Clinic)(nil) }, "Opening: want a clinic, or something else that knows when it is open"},
		{"other zone", func(r *schedule.Request) { r.Zone = time.FixedZone("X", 0) }, `Zone "X": want the zone of the clinic, UTC`},
		{"no zone", func(r *schedule.Request) { r.Opening, r.Zone = openings{}, nil }, "Zone: want the clinic's time zone"},
		{"local zone", func(r *schedule.Request) { r.Opening, r.Zone = openings{}, time.Local }, `Zone "Local": want a time zone with an IANA name, such as Europe/London`},
		{"nameless zone", func(r *schedule.Request) { r.Opening, r.Zone = openings{}, time.FixedZone("", 0) }, "Zone: want a time zone with an IANA name, such as Europe/London"},
		{"nameless zone a day behind", func(r *schedule.Request) { r.Opening, r.Zone = openings{}, time.FixedZone("", -24*60*60) }, "Zone: want a time zone with an IANA name, such as Europe/London"},
		{"no key", func(r *schedule.Request) { r.Key = schedule.Key{} }, "Key: want 16 random bytes"},
		{"no as-of", func(r *schedule.Request) { r.AsOf = time.Time{} }, "AsOf: want the instant at which the plan is made"},
		{"policy", func(r *schedule.Request) { r.ShortWeek = 99 }, `ShortWeek "%!ShortWeek(99)": want Refuse, Drop, Postpone or Carry`},
		{"weekdays empty", func(r *schedule.Request) { r.Wishes.Weekdays = []protocol.DaySet{{}} }, "Weekdays: want at least one weekday"},
		{"weekdays twice", func(r *schedule.Request) {
			r.Wishes.Weekdays = []protocol.DaySet{protocol.OnDays(time.Monday), protocol.OnDays(time.Friday)}
		}, `Weekdays "Fri": want one set for each number of sessions`},
		{"weighing without date", func(r *schedule.Request) { r.Weighings[0].Date = 0 }, `Weighing "72 kg": want the date of the weighing`},
		{"two weighings", func(r *schedule.Request) { r.Weighings = append(r.Weighings, r.Weighings[0]) }, `Weighing of 2025-01-06 "72 kg": want one weighing a day`},
		{"weighing after as-of", func(r *schedule.Request) { r.AsOf = time.Date(2025, 1, 5, 23, 59, 0, 0, time.UTC) }, `Weighing of 2025-01-06 "72 kg": want a date that is not after the plan's as-of, 2025-01-05`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := good
			r.Weighings = append([]schedule.Weighing(nil), good.Weighings...)
			tt.change(&r)
			plan, err := schedule.Build(r)
			assert.Nil(t, plan)
			require.EqualError(t, err, tt.want)
			_, ok := errors.AsType[*schedule.RequestError](err)
			assert.True(t, ok)
		})
	}
}

func TestImplausibleWeight(t *testing.T) {
	for _, text := range []string{"700 kg", "22.6 kg", "340.3 kg"} {
		r := taperRequest(t)
		r.Weighings[0].Weight = dose.MustWeight(text)
		_, err := schedule.Build(r)
		require.Error(t, err, text)
		assert.Contains(t, err.Error(), text)
	}
	r := taperRequest(t)
	r.Weighings[0].Weight = dose.Weight{}
	_, err := schedule.Build(r)
	require.Error(t, err)
}

func TestEveryProblemAtOnce(t *testing.T) {
	_, err := schedule.Build(schedule.Request{})
	require.EqualError(t, err, "Protocol: want a protocol made by Spec.Compile\nStart: want the first day\n"+
		"Opening: want a clinic, or something else that knows when it is open\nKey: want 16 random bytes\n"+
		"AsOf: want the instant at which the plan is made")
}

func TestEndless(t *testing.T) {
	r := request(bare(t, "3-2-1-1-1 then every 4w", 2), weekdaysOnly(t), "2025-01-06")
	_, err := schedule.Build(r)
	require.EqualError(t, err, `Until: want a last day: the cadence "3-2-1-1-1 then every 4w" has no end`)
	for until, want := range map[string]int{"2025-03-02": 8, "2025-03-03": 9, "2025-01-06": 8} {
		r.Until = schedule.MustDate(until)
		plan, err := schedule.Build(r)
		require.NoError(t, err)
		assert.Equal(t, want, plan.Len(), until)
	}
	// Until cuts nothing but the segment without end.
	r = request(bare(t, "3-2-1-1-1", 2), weekdaysOnly(t), "2025-01-06")
	r.Until = r.Start
	plan, err := schedule.Build(r)
	require.NoError(t, err)
	assert.Equal(t, 8, plan.Len())
}

func TestTooMuch(t *testing.T) {
	r := request(bare(t, "every 1d", 1), everyDay(t), "2025-01-06")
	r.Until = schedule.MustDate("2199-12-31")
	_, err := schedule.Build(r)
	require.EqualError(t, err, `Until "2199-12-31": want at most 20000 sessions in a plan`)

	r = request(bare(t, "every 3650mo x1000", 1), everyDay(t), "2025-01-06")
	_, err = schedule.Build(r)
	require.EqualError(t, err, `Start "2025-01-06": want a plan that ends by 2200-12-31: session 2 does not`)
}

func TestFromWeekTooEarly(t *testing.T) {
	r := request(bare(t, "3/wk x4 then every 2w x3 from week 4", 1), everyDay(t), "2025-01-06")
	_, err := schedule.Build(r)
	require.EqualError(t, err, `Protocol "every 2w x3 from week 4": want a first session after every earlier target: `+
		`week 4 begins on 2025-01-27, the target before it is 2025-01-31`)
}

func TestAsNeededPlansNothing(t *testing.T) {
	plan, err := schedule.Build(request(bare(t, "as needed", 2), weekdaysOnly(t), "2025-01-06"))
	require.NoError(t, err)
	assert.Zero(t, plan.Len())
	assert.Contains(t, string(plan.AppendJSON(nil)), `"sessions":[]`)
}

// fickle answers differently each time it is asked about a day, and counts.
type fickle struct {
	asked map[date.Date]int
}

func (f fickle) Open(d date.Date) ([]clinic.Hours, string) {
	f.asked[d]++
	if f.asked[d] > 1 {
		return nil, "changed its mind"
	}
	return []clinic.Hours{clinic.MustHours("08:00-17:00")}, ""
}

func TestOpeningIsAskedOnceADay(t *testing.T) {
	f := fickle{map[date.Date]int{}}
	r := taperRequest(t)
	r.Opening = f
	plan, err := schedule.Build(r)
	require.NoError(t, err)
	for d, n := range f.asked {
		assert.Equal(t, 1, n, "%s", d)
	}
	for _, s := range plan.All() {
		_, err := plan.Explain(s.ID())
		require.NoError(t, err)
		assert.Equal(t, 1, f.asked[s.Date()])
	}
}

func TestOpeningThatMakesNoSense(t *testing.T) {
	r := taperRequest(t)
	nine := clinic.MustHours("09:00-10:00").From
	r.Opening = answer{{From: nine, To: nine}}
	_, err := schedule.Build(r)
	require.EqualError(t, err, `Opening 2025-01-06 "09:00-09:00": want a closing time that is not the opening time`)
	r.Opening = answer{clinic.MustHours("09:00-12:00"), clinic.MustHours("11:00-13:00")}
	_, err = schedule.Build(r)
	require.EqualError(t, err, `Opening 2025-01-06 "11:00-13:00": want hours in order that do not overlap 09:00-12:00`)
}

type answer []clinic.Hours

func (a answer) Open(date.Date) ([]clinic.Hours, string) { return a, "" }

// Nothing that goes in or comes out can change a finished plan.
func TestPlanIsImmutable(t *testing.T) {
	r := taperRequest(t, "2025-01-16")
	r.Wishes.Weekdays = []protocol.DaySet{protocol.OnDays(time.Monday, time.Wednesday, time.Friday)}
	plan, err := schedule.Build(r)
	require.NoError(t, err)
	before := string(plan.AppendJSON(nil))
	r.Weighings[0] = schedule.Weighing{}
	r.Wishes.Weekdays[0] = protocol.DaySet{}
	for _, s := range plan.All() {
		e, err := plan.Explain(s.ID())
		require.NoError(t, err)
		for i := range e.Candidates {
			e.Candidates[i] = schedule.Candidate{}
		}
	}
	assert.Equal(t, before, string(plan.AppendJSON(nil)))
	w, ok := firstSession(plan).Weighing()
	assert.True(t, ok)
	assert.Equal(t, "72 kg", w.Weight.String())
}

func firstSession(plan *schedule.Plan) schedule.Session {
	for _, s := range plan.All() {
		return s
	}
	return schedule.Session{}
}

func TestSameRequestSameBytes(t *testing.T) {
	first, err := schedule.Build(taperRequest(t, "2025-01-20"))
	require.NoError(t, err)
	second, err := schedule.Build(taperRequest(t, "2025-01-20"))
	require.NoError(t, err)
	assert.Equal(t, string(first.AppendJSON(nil)), string(second.AppendJSON(nil)))
	marshalled, err := json.Marshal(first)
	require.NoError(t, err)
	assert.Equal(t, string(first.AppendJSON(nil)), string(marshalled))
}

func TestPlanIsSafeToShare(t *testing.T) {
	plan, err := schedule.Build(taperRequest(t))
	require.NoError(t, err)
	want := string(plan.AppendJSON(nil))
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			for _, s := range plan.All() {
				if _, err := plan.Explain(s.ID()); err != nil {
					t.Error(err)
				}
			}
			if string(plan.AppendJSON(nil)) != want {
				t.Error("the plan changed")
			}
		})
	}
	group.Wait()
}

// Shifting everything by whole weeks shifts every date by as much.
func TestShiftByWeeks(t *testing.T) {
	for weeks := range 60 {
		r := request(bare(t, "3-2-1-1-1 then every 4w x3", 2), weekdaysOnly(t), "2025-01-06")
		base, err := schedule.Build(r)
		require.NoError(t, err)
		r.Start += date.Date(7 * weeks)
		moved, err := schedule.Build(r)
		require.NoError(t, err)
		var want, got []date.Date
		for _, s := range base.All() {
			want = append(want, s.Date()+date.Date(7*weeks))
		}
		for _, s := range moved.All() {
			got = append(got, s.Date())
		}
		require.Equal(t, want, got)
	}
}

func TestIDs(t *testing.T) {
	plan, err := schedule.Build(taperRequest(t))
	require.NoError(t, err)
	seen := map[schedule.ID]bool{}
	for i, s := range plan.All() {
		id := s.ID()
		assert.False(t, seen[id])
		seen[id] = true
		assert.Len(t, id.String(), 16)
		parsed, err := schedule.ParseID(id.String())
		require.NoError(t, err)
		assert.Equal(t, id, parsed)
		found, ok := plan.Session(id)
		require.True(t, ok)
		assert.Equal(t, i+1, found.Ordinal())
	}
	// An id depends on the key and the serial number alone: a plan with other
	// dates, doses and clinic has the same ids, one with another key has none
	// of them.
	r := taperRequest(t, "2025-01-20")
	r.Start = schedule.MustDate("2025-06-02")
	other, err := schedule.Build(r)
	require.NoError(t, err)
	for _, s := range other.All() {
		assert.True(t, seen[s.ID()])
	}
	r.Key[0]++
	foreign, err := schedule.Build(r)
	require.NoError(t, err)
	for _, s := range foreign.All() {
		assert.False(t, seen[s.ID()])
		_, ok := plan.Session(s.ID())
		assert.False(t, ok)
		_, err := plan.Explain(s.ID())
		assert.ErrorIs(t, err, schedule.ErrUnknownSession)
	}
}
