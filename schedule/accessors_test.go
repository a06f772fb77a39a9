package schedule_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
)

// nasal is a course of a drug, with tasks and a longer observation from the third
// session on.
func nasal(t *testing.T, version, drug, route string, change func(*protocol.Spec)) *protocol.Protocol {
	t.Helper()
	spec := protocol.Spec{
		ID: "course", Version: version, Drug: drug, Route: route,
		Phases: []protocol.Phase{{
			Name: "induction", Cadence: protocol.MustCadence("1/wk x4"), MinGap: 1, Dose: dose.MustRule("28 mg"),
			Visit: protocol.Visit{
				Administration: 10 * time.Minute, Observation: time.Hour,
				Later: []protocol.LaterObservation{{From: 3, Observation: 4 * time.Hour}},
				Tasks: []protocol.Task{{Text: "take the tablet", From: protocol.Departure, At: time.Hour}},
			},
			Companions: []protocol.Companion{{Name: "call", From: 1, To: 2}},
		}},
	}
	if change != nil {
		change(&spec)
	}
	return compiled(t, spec)
}

// The infusion was stopped early: what was given is what the session says, and
// what was planned can still be asked for.
func TestSessionSaysWhatWasGiven(t *testing.T) {
	s := living(t, request(withDose(t, "1/wk x2", 1, "41 mg"), everyDay(t), "2025-01-06"))
	assert.Equal(t, "1 Mon 2025-01-06 08:00 41 mg", sessionAt(s.plan, 1).String())
	s.on("2025-01-06", schedule.Given{Session: s.id(1), Date: day("2025-01-06"), Dose: dose.MustMass("17.3 mg"), Reason: "stopped early", Who: "a clinician"})
	first := sessionAt(s.plan, 1)
	assert.Equal(t, "1 Mon 2025-01-06 08:00 given 17.3 mg", first.String())
	assert.Equal(t, "17.3 mg", first.Amount().String())
	assert.Equal(t, "17.3 mg", first.Snapshot().Amount.String())
	assert.Equal(t, "41 mg", first.Dose().Dose().String(), "what was planned")
	assert.Equal(t, "41 mg", sessionAt(s.plan, 2).Amount().String())

	plain := living(t, request(bare(t, "1/wk x2", 1), everyDay(t), "2025-01-06"))
	assert.Equal(t, "1 Mon 2025-01-06 08:00", sessionAt(plain.plan, 1).String())
	assert.True(t, sessionAt(plain.plan, 1).Amount().IsZero())
}

// A session that was added keeps the number that its phase had reached, and those
// after it theirs, with the length and the tasks of that number.
func TestNumberAndLength(t *testing.T) {
	s := living(t, request(nasal(t, "1", "esketamine", "intranasal", nil), weekdaysOnly(t), "2025-01-06"))
	s.on("2025-01-07", schedule.Added{Date: day("2025-01-09")})
	var numbers []int
	var lengths, ends []string
	for _, session := range s.plan.All() {
		numbers = append(numbers, session.Number())
		lengths = append(lengths, session.Length().String())
		ends = append(ends, session.End().String())
	}
	assert.Equal(t, []int{1, 1, 2, 3, 4}, numbers)
	assert.Equal(t, []string{"1h10m0s", "1h10m0s", "1h10m0s", "4h10m0s", "4h10m0s"}, lengths)
	assert.Equal(t, []string{"09:10", "09:10", "09:10", "12:10", "12:10"}, ends)

	visit := sessionAt(s.plan, 1).Visit()
	require.Len(t, visit.Tasks, 1)
	visit.Tasks[0].Text, visit.Later[0].From = "something else", 1
	assert.Equal(t, "take the tablet", sessionAt(s.plan, 1).Visit().Tasks[0].Text, "a copy")
	assert.Equal(t, 3, sessionAt(s.plan, 1).Visit().Later[0].From, "a copy")
}

// What was given stays with the protocol it was given under, whatever is adopted.
func TestSessionsOfTheirOwnProtocols(t *testing.T) {
	first := nasal(t, "1", "esketamine", "intranasal", nil)
	second := nasal(t, "2", "ketamine", "by mouth", func(spec *protocol.Spec) {
		spec.Phases[0].Visit.Tasks = []protocol.Task{{Text: "rest", From: protocol.Departure, At: time.Hour}}
		spec.Phases[0].Companions[0].Name = "phone call"
	})
	third := nasal(t, "3", "ketamine", "", func(spec *protocol.Spec) {
		phase := &spec.Phases[0]
		phase.Preparation = dose.Preparation{Product: mustProduct(t, "ketamine 10 mg/mL"), Route: dose.Intramuscular, Dilution: dose.Undiluted()}
		spec.Phases = append(spec.Phases, protocol.Phase{Name: "talk", Cadence: protocol.MustCadence("1/wk x1"), Visit: protocol.Visit{Observation: time.Hour}})
	})
	s := living(t, request(first, weekdaysOnly(t), "2025-01-06"))
	s.give(1).on("2025-01-07", schedule.Adopted{Protocol: second, Who: "a clinician"})
	s.give(2).on("2025-01-14", schedule.Adopted{Protocol: third, Who: "a clinician"})
	assert.Equal(t, []*protocol.Protocol{first, second, third}, slices.Collect(s.plan.Protocols()))
	assert.Same(t, first, s.plan.BuiltFrom())
	assert.Same(t, third, s.plan.Protocol())
	var got []string
	for _, session := range s.plan.All() {
		task := ""
		for _, planned := range session.Visit().Tasks {
			task = planned.Text
		}
		got = append(got, strings.Join([]string{session.Protocol().Version(), session.Drug(), session.Route(), task}, ", "))
	}
	assert.Equal(t, []string{
		"1, esketamine, intranasal, take the tablet", "2, ketamine, by mouth, rest",
		"3, ketamine, intramuscular, take the tablet", "3, ketamine, intramuscular, take the tablet", "3, , , ",
	}, got, "the last phase gives no drug")
	var visits []string
	for v := range s.plan.OtherVisits() {
		require.Equal(t, schedule.RoleCompanion, v.Role)
		if v.State != schedule.StateCancelled {
			visits = append(visits, v.Name)
		}
	}
	assert.Equal(t, []string{"call", "phone call", "call", "call"}, visits)
}

// What a plan was made from, and what events added to it, can be read back.
func TestReadBack(t *testing.T) {
	r := request(withDose(t, "1/wk x3", 1, "28 mg"), everyDay(t), "2025-01-06")
	never, err := protocol.ParseDaySet("Sun")
	require.NoError(t, err)
	r.Height, r.Sex = dose.MustHeight("172 cm"), dose.Female
	r.Weighings = []schedule.Weighing{{Date: day("2025-01-05"), Weight: dose.MustWeight("72 kg")}, {Date: day("2025-01-02"), Weight: dose.MustWeight("71 kg")}}
	r.Wishes = schedule.Wishes{Never: never, Absences: []schedule.Absence{{From: day("2025-02-01"), Reason: "trip"}}}
	r.Accepted = []schedule.Acceptance{
		{Session: 1, Code: schedule.SoftLimit, Reason: "first", Who: "a clinician"},
		{Session: 2, Code: schedule.SoftLimit, Reason: "agreed", Who: "a clinician"},
		{Session: 9, Code: schedule.SoftLimit, Reason: "of none", Who: "a clinician"},
	}
	r.Grid = 20 * time.Minute
	s := living(t, r)
	p := s.plan
	assert.Equal(t, r.Height, p.Height())
	assert.Equal(t, r.Sex, p.Sex())
	assert.Equal(t, r.Key, p.Key())
	assert.Equal(t, r.Grid, p.Grid())
	assert.Equal(t, dose.Adult(), p.Plausible())
	assert.Equal(t, r.Wishes, p.Wishes())
	assert.Equal(t, r.Accepted[:2], slices.Collect(p.Accepted()), "the plan has no session 9")
	assert.Equal(t, []schedule.Weighing{r.Weighings[1], r.Weighings[0]}, slices.Collect(p.Weighings()), "by date")

	s.on("2025-01-07", schedule.Weighed{Date: day("2025-01-07"), Weight: dose.MustWeight("73 kg")})
	s.on("2025-01-07", schedule.PatientAway{From: day("2025-03-01")})
	s.on("2025-01-07", schedule.Added{Date: day("2025-01-08")})
	s.on("2025-01-07", schedule.Accepted{Session: s.id(4), Code: schedule.TooLate, Reason: "known", Who: "a nurse"})
	assert.Equal(t, "73 kg", slices.Collect(s.plan.Weighings())[2].Weight.String())
	assert.Len(t, s.plan.Wishes().Absences, 2)
	assert.Equal(t, []schedule.Acceptance{
		{Session: 1, Code: schedule.SoftLimit, Reason: "first", Who: "a clinician"},
		{Session: 3, Code: schedule.SoftLimit, Reason: "agreed", Who: "a clinician"},
		{Session: 4, Code: schedule.TooLate, Reason: "known", Who: "a nurse"},
	}, slices.Collect(s.plan.Accepted()), "the numbers that the sessions have now")
	s.plan.Wishes().Absences[0].Reason = "another"
	assert.Equal(t, "trip", s.plan.Wishes().Absences[0].Reason, "a copy")

	var file struct{ Digest string }
	require.NoError(t, json.Unmarshal(schedule.FormatPlan(s.plan), &file))
	assert.Equal(t, file.Digest, s.plan.Digest())
	assert.NotEqual(t, p.Digest(), s.plan.Digest())

	recorded, err := schedule.Record{Protocol: r.Protocol, Start: r.Start, AsOf: noon("2025-01-20"), Zone: time.UTC}.Plan()
	require.NoError(t, err)
	assert.Empty(t, recorded.Digest())
	assert.Zero(t, recorded.Grid())
}

// A session without room is left out, which is a state like any other.
func TestLeftOutIsAState(t *testing.T) {
	r := request(bare(t, "3/wk x1", 2), weekdaysOnly(t, "2025-01-07", "2025-01-08", "2025-01-09", "2025-01-10"), "2025-01-06")
	r.ShortWeek = schedule.Drop
	plan, err := schedule.Build(r)
	require.NoError(t, err)
	out := sessionAt(plan, 2)
	assert.Equal(t, schedule.StateLeftOut, out.State())
	assert.Equal(t, schedule.StateLeftOut, out.Snapshot().State)
	assert.Equal(t, "2 left out", out.String())
	assert.False(t, out.Placed())
	assert.Contains(t, string(out.AppendJSON(nil)), `"state":"left out"`)
	assert.Contains(t, string(schedule.FormatPlan(plan)), `"leftOut":true`)
}

// named is an enumeration that has texts.
type named interface {
	~uint8
	String() string
	MarshalText() ([]byte, error)
}

// checkNames compares the texts of an enumeration with its String, both ways, and
// sees that every other value and text is refused.
func checkNames[E named, P interface {
	*E
	UnmarshalText([]byte) error
}](t *testing.T, parse func(string) (E, error), first E, names ...string) {
	t.Helper()
	for i, name := range names {
		e := first + E(i)
		text, err := e.MarshalText()
		require.NoError(t, err)
		assert.Equal(t, name, string(text))
		assert.Equal(t, name, e.String())
		var read E
		require.NoError(t, P(&read).UnmarshalText(text))
		assert.Equal(t, e, read)
		read, err = parse(name)
		require.NoError(t, err)
		assert.Equal(t, e, read)
	}
	for _, none := range []E{first - 1, first + E(len(names))} {
		_, err := none.MarshalText()
		assert.Error(t, err, "%d", none)
		_, err = parse(none.String())
		assert.Error(t, err, "%d", none)
	}
	for _, text := range []string{"", "Planned", names[0] + " ", "none of them"} {
		read := first
		err := P(&read).UnmarshalText([]byte(text))
		refused := new(schedule.ParseError)
		require.ErrorAs(t, err, &refused, "%q", text)
		assert.Equal(t, text, refused.Input)
		for _, name := range names {
			assert.Contains(t, refused.Want, name, "every text that is wanted")
		}
		assert.Equal(t, first, read, "unchanged")
	}
}

func TestEnumerationsAreText(t *testing.T) {
	checkNames(t, schedule.ParseState, schedule.StatePlanned, "planned", "provisional", "given", "missed", "cancelled", "held", "left out", "done")
	checkNames(t, schedule.ParseShortWeek, schedule.Refuse, "refuse", "drop", "postpone", "carry")
	checkNames(t, schedule.ParseCanceller, schedule.ByPatient, "patient", "provider", "clinic", "clinical")
	checkNames(t, schedule.ParseSeverity, schedule.Info, "info", "warning", "violation")
	checkNames(t, schedule.ParseVisitRole, schedule.RoleCompanion, "companion", "follow-up", "monitoring")
	checkNames(t, schedule.ParseVerdict, schedule.VerdictOK, "ok", "not ok")
	checkNames(t, schedule.ParseWay, schedule.WaySkip, "skip", "catch up", "place again", "shift by weeks", "re-anchor", "append", "restart the phase", "step back", "missed dose")

	for _, cause := range []schedule.Cause{"closed", "hours-too-short", "unsuitable", "other-hours", "fixed", "too-close", "past", "no-room"} {
		text, err := cause.MarshalText()
		require.NoError(t, err)
		var read schedule.Cause
		require.NoError(t, read.UnmarshalText(text))
		assert.Equal(t, cause, read)
	}
	_, err := schedule.ParseCause("rain")
	assert.EqualError(t, err, `cause "rain": want closed, hours-too-short, unsuitable, other-hours, fixed, too-close, past or no-room`)
	_, err = schedule.ParseState("over")
	assert.EqualError(t, err, `state "over": want planned, provisional, given, missed, cancelled, held, left out or done`)
}
