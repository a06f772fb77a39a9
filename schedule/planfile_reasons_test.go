package schedule_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
)

// readWith reads the file of a plan with something in it otherwise, and returns it too.
func readWith(t *testing.T, s *story, pairs ...string) (*schedule.Plan, string) {
	t.Helper()
	file := string(schedule.FormatPlan(s.plan))
	for i := 0; i < len(pairs); i += 2 {
		require.Contains(t, file, pairs[i])
		file = strings.ReplaceAll(file, pairs[i], pairs[i+1])
	}
	file = string(sealed([]byte(file)))
	plan, err := schedule.ParsePlan("x.plan", []byte(file), schedule.PlanSource{Opening: weekdaysOnly(t), Zone: s.plan.Zone()})
	require.NoError(t, err)
	return plan, file
}

// readAs is readWith of a file that is written as it was read.
func readAs(t *testing.T, s *story, pairs ...string) *schedule.Plan {
	t.Helper()
	plan, file := readWith(t, s, pairs...)
	require.Equal(t, file, string(schedule.FormatPlan(plan)))
	return plan
}

// A sum of doses that left none is the same limit when it is read, and where it is said in
// other words, or the limit is none of the protocol, these words with what a sum is known by.
// By hand: 1 mg/kg three times is 240 mg of 80 kg, and 270 mg of 90 kg, more than 250.
func TestKeptSumThatLeftNoDose(t *testing.T) {
	spec := protocol.Spec{
		Phases: []protocol.Phase{phase("1/wk x3", "1 mg/kg of actual weight, hard max 200 mg")},
		Cumulative: []protocol.CumulativeLimit{
			{Per: protocol.PerWeek, Limit: dose.Limit[dose.Mass]{HardMax: dose.MustMass("100 mg")}}, {Per: protocol.PerPlan, Limit: dose.Limit[dose.Mass]{HardMax: dose.MustMass("250 mg")}},
		},
	}
	r := request(compiled(t, spec), weekdaysOnly(t), "2025-01-06")
	r.Weighings = []schedule.Weighing{{Date: r.Start, Weight: dose.MustWeight("80 kg")}}
	s := living(t, r)
	s.on("2025-01-06", schedule.Weighed{Date: day("2025-01-06"), Weight: dose.MustWeight("90 kg")})
	const words = "the doses of the plan together pass the hard limit 250 mg"
	require.EqualError(t, sessionAt(s.plan, 3).DoseError(), words)
	sum, ok := errors.AsType[*schedule.CumulativeError](sessionAt(readAs(t, s), 3).DoseError())
	require.True(t, ok)
	assert.Equal(t, schedule.CumulativeError{Limit: 1, Per: protocol.PerPlan, Side: dose.HardMax, Bound: "250 mg"}, *sum)
	for _, tt := range [][3]string{
		{words, "more than the plan may have", "more than the plan may have"},
		{`"limit":2`, `"limit":1`, words},
		{`"limit":2`, `"limit":3`, words},
		{`"side":"hard max"`, `"side":"hard min"`, words},
	} {
		plan, _ := readWith(t, s, tt[0], tt[1])
		err := sessionAt(plan, 3).DoseError()
		require.EqualError(t, err, tt[2])
		require.ErrorIs(t, err, schedule.ErrCumulative)
		_, ok := errors.AsType[*schedule.CumulativeError](err)
		assert.False(t, ok, tt[1])
	}
}

// A choice that has come to pass a hard limit is refused by that when it is read, though what
// its rule computes is not: of 40 kg 20 mg are 0.5 mg/kg, and 40 mg are 1 mg/kg.
func TestKeptChoiceThatIsRefused(t *testing.T) {
	p := anyLevel(phase("1/wk x3", "20 mg, or 40 mg or 60 mg, hard max 0.9 mg/kg"))
	r := request(compiled(t, protocol.Spec{Phases: []protocol.Phase{p}}), weekdaysOnly(t), "2025-01-06")
	r.Weighings = []schedule.Weighing{{Date: r.Start, Weight: dose.MustWeight("80 kg")}}
	s := living(t, r)
	s.on("2025-01-06", chosen(s.id(2), "40 mg")).on("2025-01-06", schedule.Weighed{Date: day("2025-01-06"), Weight: dose.MustWeight("40 kg")})
	was := sessionAt(s.plan, 2).DoseError()
	require.ErrorIs(t, was, dose.ErrHardLimit)
	now := sessionAt(readAs(t, s), 2).DoseError()
	require.EqualError(t, now, was.Error())
	require.IsType(t, was, now)
	require.ErrorIs(t, now, dose.ErrHardLimit)
	limit, ok := errors.AsType[*dose.LimitError](now)
	require.True(t, ok)
	assert.Contains(t, limit.Error(), "0.9 mg/kg")

	now = sessionAt(readAs(t, s, was.Error(), "in words of then"), 2).DoseError()
	require.EqualError(t, now, "in words of then")
	require.ErrorIs(t, now, dose.ErrHardLimit, "what is found now")

	// What is refused in the file and is not now keeps the words, and is no limit.
	now = sessionAt(readAs(t, s, `"weight":"40 kg"`, `"weight":"60 kg"`), 2).DoseError()
	require.EqualError(t, now, was.Error())
	assert.NotErrorIs(t, now, dose.ErrHardLimit, "40 / 60 is less than 0.9, though 60 would not be")
}

// What a plan keeps of its appointments, of what was given once and of the weekdays that were
// asked for is read as it was written.
func TestKeptRows(t *testing.T) {
	r := request(bare(t, "2/wk x4", 1), weekdaysOnly(t), "2025-01-06")
	r.Wishes = schedule.Wishes{Weekdays: []protocol.DaySet{protocol.OnDays(time.Monday, time.Thursday), protocol.OnDays(time.Tuesday)}, Appointments: []schedule.Appointment{{Ordinal: 3, Date: day("2025-01-14")}}}
	s := living(t, r)
	s.on("2025-01-06", schedule.Given{Session: s.id(1), Date: day("2025-01-06"), Dose: dose.MustMass("20 mg")}).
		on("2025-01-06", schedule.Added{Date: day("2025-01-08")}).
		on("2025-01-06", schedule.Wished{Wishes: schedule.Wishes{Weekdays: []protocol.DaySet{protocol.OnDays(time.Tuesday, time.Friday)}, Appointments: []schedule.Appointment{{Ordinal: 4, Date: day("2025-01-14")}, {Ordinal: 6, Date: day("2025-01-22")}}}}).
		on("2025-01-06", schedule.Corrected{Of: "e1", Reason: "another patient", Who: "desk"})
	file := string(schedule.FormatPlan(s.plan))
	for _, row := range []string{`"weekdays":["Tue,Fri"],`, `"wished":[` + "\n" + `{"weekdays":["Mon,Thu","Tue"]}]`, `"appointees":[`, `"once":[` + "\n" + `{"at":1,"serial":1,`} {
		assert.Contains(t, file, row)
	}
	plan := readAs(t, s)
	requireSame(t, s.plan, plan)
	assert.True(t, strings.HasSuffix(file, `"digest":"`+plan.Digest()+"\"}\n"))
}

// Settings say which one was before and which one they went back to, as far as it is another
// than the one above.
func TestKeptSettings(t *testing.T) {
	s, _ := longStory(t)
	for _, set := range []string{
		`[{"state":""},{"by":1},{"by":2,"after":1,"like":2}]`,
		`[{"by":1},{"state":"","after":0},{"by":2,"after":0,"like":2},{"by":3,"after":1,"like":3}]`,
		`[{"state":""},{"by":1},{"by":2},{"by":3,"like":1}]`,
		`[{"date":"","start":"","end":"","state":"held","leftOut":true,"decidedFor":"2025-01-13"}]`,
	} {
		readAs(t, s, `"set":[{"state":""}]},`+"\n"+`{"id":"6g`, `"set":`+set+"},\n"+`{"id":"6g`)
	}
	_, file := readWith(t, s, `"set":[{"state":""}]},`+"\n"+`{"id":"6g`, `"set":[]},`+"\n"+`{"id":"6g`)
	assert.Contains(t, file, `"set":[]`, "an empty list is none")
}

// A plan that was read knows what suits the patient: shifted by a week, the session that would
// be on the day of an absence is on the day after.
func TestReadPlanKnowsThePatient(t *testing.T) {
	r := request(bare(t, "1/wk x3", 1), weekdaysOnly(t), "2025-01-06")
	r.Wishes.Absences = []schedule.Absence{{From: day("2025-01-20"), Reason: "travels"}}
	s := living(t, r)
	s.plan = readAs(t, s)
	s.on("2025-01-06", schedule.Shifted{Session: s.id(2), Weeks: 1})
	assert.Equal(t, "2025-01-21", sessionAt(s.plan, 2).Date().String())
}

// Doses that say the same have one row, also where there is none for a reason.
func TestFileHasEachDoseOnce(t *testing.T) {
	r := request(compiled(t, protocol.Spec{Phases: []protocol.Phase{phase("1/wk x4", "1 mg/kg of actual weight, hard max 85 mg")}}), weekdaysOnly(t), "2025-01-06")
	r.Weighings = []schedule.Weighing{{Date: r.Start, Weight: dose.MustWeight("80 kg")}}
	s := living(t, r)
	s.on("2025-01-06", schedule.Given{Session: s.id(1), Date: day("2025-01-06"), Dose: dose.MustMass("80 mg")}).on("2025-01-07", schedule.Weighed{Date: day("2025-01-07"), Weight: dose.MustWeight("90 kg")})
	file := string(schedule.FormatPlan(s.plan))
	assert.Equal(t, 1, strings.Count(file, `"refused":`))
	none := living(t, request(compiled(t, protocol.Spec{Phases: []protocol.Phase{{Name: "all", Cadence: protocol.MustCadence("1/wk x2"), MinGap: 2}}}), weekdaysOnly(t), "2025-01-06"))
	assert.NotContains(t, string(schedule.FormatPlan(readAs(t, none))), `"dose`)
	assert.Equal(t, 3, strings.Count(file, `"dose":2,`)+strings.Count(file, `"dose":2}`))
	readAs(t, s)
}

// What a correction says instead was given is named by that, one of what it corrects.
func TestGivenByACorrection(t *testing.T) {
	r := request(bare(t, "1/wk x3", 1), weekdaysOnly(t), "2025-01-06")
	s := living(t, r)
	s.on("2025-01-06", schedule.Moved{Session: s.id(2), Date: day("2025-01-14")}).on("2025-01-07", schedule.PatientAway{From: day("2025-01-28")}).
		on("2025-01-07", schedule.Corrected{
			Of: "e2", Reason: "another patient", Who: "desk",
			Also: []schedule.Correction{{Of: "e1", Instead: schedule.Given{Session: s.id(1), Date: day("2025-01-06"), Dose: dose.MustMass("20 mg")}}},
		})
	file := string(schedule.FormatPlan(s.plan))
	const given = `"given":[` + "\n" + `{"at":3,"item":1,"serial":1`
	require.Contains(t, file, given)
	requireSame(t, s.plan, readAs(t, s))
	source := schedule.PlanSource{Opening: weekdaysOnly(t), Zone: s.plan.Zone()}
	for _, tt := range [][2]string{
		{`{"at":3,"item":0,"serial":1`, "/state/given/0: want an entry that says what was given [refers]"},
		{`{"at":3,"item":2,"serial":1`, "/state/given/0: want what an entry corrects, up to 1, not 2 [refers]"},
	} {
		assert.Contains(t, refusals(t, strings.Replace(file, given, `"given":[`+"\n"+tt[0], 1), source), tt[1])
	}
}
