package schedule_test

import (
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
)

// onPlannedDays are rows that keep to the days of the plan: 36 to 180 days after the last
// dose 100 mg, later the planned dose.
func onPlannedDays(spec *protocol.Spec) {
	spec.Phases[1].MissedDoses = []protocol.MissedDose{
		{From: 36, To: 180, Then: protocol.GiveLevel, Dose: dose.MustLevel("100 mg"), Date: protocol.OnPlannedDay, Source: "note"},
		{From: 181, Then: protocol.GiveAsPlanned, Source: "note"},
	}
	spec.Sources[0].Facts = nil
}

// A row of the planned day goes on without what was missed: the next dose is on its own day,
// and at the level that the row has. Of what was held it is resumed first.
func TestMissedDoseOnThePlannedDay(t *testing.T) {
	const row = "36 to 180 days after the last dose, on Mon 2025-03-10: give level 100 mg as planned\n" +
		"  by a document that was never written (not verified against the source) \"\"\n  "
	const given = "2025-01-06 given 150 mg, 2025-01-13 given 150 mg, 2025-02-10 given 150 mg, 2025-03-10 given 150 mg"
	s := late(t, onPlannedDays)
	s.on("2025-04-08", schedule.Missed{Session: s.id(5)})
	assert.Equal(t, row+given+", 2025-04-07 missed, 2025-05-05 100 mg, 2025-06-02 100 mg, 2025-06-30 100 mg\n", byTable(t, s, "2025-04-16", 5))

	s = late(t, onPlannedDays)
	s.on("2025-04-01", schedule.Held{Session: s.id(5)})
	assert.Equal(t, row+given+", 2025-04-07 cancelled 150 mg, 2025-05-05 100 mg, 2025-06-02 100 mg, 2025-06-30 100 mg\n", byTable(t, s, "2025-04-16", 5))

	// Of the last session alone, held too.
	s = late(t, onPlannedDays)
	for n, on := range map[int]string{5: "2025-04-07", 6: "2025-05-05", 7: "2025-06-02"} {
		require.Equal(t, on, sessionAt(s.plan, n).Date().String())
	}
	s.give(7).on("2025-06-03", schedule.Held{Session: s.id(8)})
	ways, err := s.plan.Repairs(noon("2025-06-04"), s.id(8))
	require.NoError(t, err)
	for _, way := range ways {
		assert.NotEqual(t, schedule.WayMissedDose, way.Way, "28 days are in time")
	}
}

// A way by a row has the next dose on one of the row's days, and what the row has follow;
// where it cannot, it says why.
func TestMissedDoseWaysThatAreNone(t *testing.T) {
	ways := func(s *story, asOf string, ordinal int) (list []schedule.Repair) {
		all, err := s.plan.Repairs(noon(asOf), s.id(ordinal))
		require.NoError(t, err)
		for _, way := range all {
			if way.Way == schedule.WayMissedDose {
				list = append(list, way)
			}
		}
		return list
	}
	refused := func(r schedule.Repair) []string {
		why, ok := errors.AsType[*schedule.EventError](r.Err)
		require.True(t, ok, "%v", r.Err)
		require.Nil(t, r.Plan)
		require.Empty(t, r.Entries)
		return []string{why.Field, why.Value, why.Want}
	}

	// Missed the last one, there is none to give a level at.
	s := late(t, onPlannedDays).give(7)
	s.on("2025-06-30", schedule.Missed{Session: s.id(8)})
	list := ways(s, "2025-07-20", 8) // day 48 after Mon 2025-06-02
	require.Len(t, list, 1)
	assert.Equal(t, []string{"Session", "", "want a session to come"}, refused(list[0]))

	// Nor one to give as planned: the row asks for nothing more.
	list = ways(s, "2025-12-01", 8) // day 182
	require.Len(t, list, 1)
	require.NoError(t, list[0].Err)
	assert.Empty(t, toCome(list[0].Plan))

	// As planned the next dose would be on day 196 of a row that holds up to day 180.
	s = late(t, onPlannedDays)
	s.on("2025-04-08", schedule.Missed{Session: s.id(5)}).on("2025-04-08", schedule.Shifted{Session: s.id(6), Weeks: 20})
	require.Equal(t, "2025-09-22", sessionAt(s.plan, 6).Date().String())
	list = ways(s, "2025-04-16", 5)
	require.Len(t, list, 2)
	assert.Equal(t, []string{"Date", "2025-09-22", "want the next dose 36 to 180 days after the last one: it would be on Mon 2025-09-22, 196 days after it"}, refused(list[0]))
	require.NoError(t, list[1].Err)
	assert.Equal(t, "09-22 10-20 11-17", toCome(list[1].Plan))
}

// Asking the prescriber changes nothing where nothing is to come, and says so of what is.
func TestMissedDoseAskedOfTheLast(t *testing.T) {
	s := late(t, func(spec *protocol.Spec) {
		spec.Phases[1].MissedDoses = []protocol.MissedDose{{From: 36, Then: protocol.AskPrescriber}}
	}).give(7)
	s.on("2025-06-30", schedule.Missed{Session: s.id(8)})
	r := wayOf(t, s.plan, noon("2025-07-20"), schedule.WayMissedDose, s.id(8))
	require.NoError(t, r.Err)
	assert.Equal(t, "from 36 days on after the last dose, on Mon 2025-06-02: ask the prescriber", r.Text)
	assert.Empty(t, r.Entries)

	s = late(t, func(spec *protocol.Spec) {
		spec.Phases[1].MissedDoses = []protocol.MissedDose{{From: 36, Then: protocol.AskPrescriber}}
	})
	s.on("2025-04-07", schedule.Missed{Session: s.id(5)})
	r = wayOf(t, s.plan, noon("2025-04-16"), schedule.WayMissedDose, s.id(5))
	assert.Equal(t, []schedule.Happening{schedule.Held{Session: s.id(6), Reason: "from 36 days on after the last dose: ask the prescriber"}}, happenings(r))
	assert.Equal(t, "05-05h 06-02h 06-30h", toCome(r.Plan))

	// One that nobody knows of was missed, and those after it are held.
	s = late(t, func(spec *protocol.Spec) {
		spec.Phases[1].MissedDoses = []protocol.MissedDose{{From: 36, Then: protocol.AskPrescriber}}
	})
	r = wayOf(t, s.plan, noon("2025-04-16"), schedule.WayMissedDose, s.id(5))
	require.NoError(t, r.Err)
	assert.Equal(t, []schedule.Happening{
		schedule.Missed{Session: s.id(5)}, schedule.Held{Session: s.id(6), Reason: "from 36 days on after the last dose: ask the prescriber"},
	}, happenings(r))
}

// Without a day that will do, or without a dose to count from, there is no way by the table.
func TestMissedDoseWithoutADay(t *testing.T) {
	s := late(t)
	s.on("2025-04-07", schedule.Missed{Session: s.id(5)}).on("2025-04-07", schedule.ClinicClosed{From: day("2025-04-08"), To: day("2025-12-31"), Reason: "storm"})
	r := wayOf(t, s.plan, noon("2025-04-16"), schedule.WayMissedDose, s.id(5))
	require.ErrorIs(t, r.Err, schedule.ErrNoDay)
	require.ErrorContains(t, r.Err, "closed (storm)")
	assert.Nil(t, r.Plan)

	spec := depot()
	spec.Phases = spec.Phases[1:]
	spec.Phases[0].MissedDoses, spec.Sources = []protocol.MissedDose{{From: 1, Then: protocol.AskPrescriber}}, nil
	s = living(t, request(compiled(t, spec), everyDay(t), "2025-01-06"))
	s.on("2025-01-06", schedule.Missed{Session: s.id(1)})
	assert.Empty(t, byTable(t, s, "2025-01-07", 1))
}

// The table is about the next dose: of a session after that it offers nothing, and of that
// session itself also while it is still to come.
func TestMissedDoseOfTheNextOnly(t *testing.T) {
	s := late(t)
	s.on("2025-04-07", schedule.Shifted{Session: s.id(5), Weeks: 2}) // to Mon 2025-04-21
	require.Equal(t, "2025-04-21", sessionAt(s.plan, 5).Date().String())
	const row = "36 to 42 days after the last dose, on Mon 2025-03-10: give now, on Mon 2025-04-21\n"
	assert.Contains(t, byTable(t, s, "2025-04-16", 5), row)
	assert.Empty(t, byTable(t, s, "2025-04-16", 6))

	// The first session of a plan too, after a dose of before: 42 days after Mon 2024-11-25 is
	// Mon 2025-01-06, and Fri 2024-12-20 is day 25, of which the table says nothing.
	spec := depot()
	spec.Phases = spec.Phases[1:]
	spec.Phases[0].MissedDoses = []protocol.MissedDose{
		{From: 36, To: 40, Then: protocol.GiveLevel, Dose: dose.MustLevel("50 mg"), Date: protocol.OnPlannedDay}, {From: 41, Then: protocol.GiveNow},
	}
	spec.Sources = nil
	r := request(compiled(t, spec), everyDay(t), "2025-01-06")
	r.GivenBefore = []schedule.GivenBefore{{Date: schedule.MustDate("2024-11-25"), Drug: "examplamine", Dose: dose.MustMass("50 mg")}}
	r.AsOf = noon("2024-12-20")
	plan, err := schedule.Build(r)
	require.NoError(t, err)
	s = &story{t: t, plan: plan}
	texts := func(asOf string, ordinal int) (list []string) {
		ways, err := s.plan.Repairs(noon(asOf), s.id(ordinal))
		require.NoError(t, err)
		for _, way := range ways {
			if way.Way == schedule.WayMissedDose {
				text := way.Text
				if why, ok := errors.AsType[*schedule.EventError](way.Err); ok {
					text += ": " + why.Field + " " + why.Value + ": " + why.Want
				}
				list = append(list, text)
			}
		}
		return list
	}
	assert.Equal(t, []string{"from 41 days on after the last dose, on Mon 2024-11-25: give now, on Mon 2025-01-06"}, texts("2024-12-20", 1))
	assert.Empty(t, texts("2024-12-20", 2))
	// On day 36 the planned day is still day 42.
	assert.Equal(t, []string{
		"36 to 40 days after the last dose, on Mon 2024-11-25: give level 50 mg as planned: Date 2025-01-06: want the next dose 36 to 40 days after the last one: it would be on Mon 2025-01-06, 42 days after it",
		"from 41 days on after the last dose, on Mon 2024-11-25: give now, on Mon 2025-01-06",
	}, texts("2024-12-31", 1))
}

// A level that the next dose has already is not chosen.
func TestMissedDoseAtTheLevelThatItHas(t *testing.T) {
	s := late(t, func(spec *protocol.Spec) {
		spec.Phases[1].MissedDoses = []protocol.MissedDose{{From: 36, Then: protocol.GiveLevel, Dose: dose.MustLevel("150 mg"), Date: protocol.OnPlannedDay}}
	})
	s.on("2025-04-07", schedule.Missed{Session: s.id(5)})
	r := wayOf(t, s.plan, noon("2025-04-16"), schedule.WayMissedDose, s.id(5))
	require.NoError(t, r.Err)
	assert.Empty(t, r.Entries)
	assert.Equal(t, "05-05 06-02 06-30", toCome(r.Plan))
}

// A phase without a drug that begins again is no dose: the next one would be that of the
// phase after it, which is not what the row has follow.
func TestMissedDoseRestartedWithoutADrug(t *testing.T) {
	five := protocol.Visit{Administration: 5 * time.Minute}
	p := compiled(t, protocol.Spec{Drug: "examplamine", Phases: []protocol.Phase{
		{Name: "first", Cadence: protocol.MustCadence("1"), MinGap: 1, Visit: five, Dose: dose.MustRule("50 mg")},
		{Name: "talk", Cadence: protocol.MustCadence("1"), MinGap: 1},
		{
			Name: "second", Cadence: protocol.MustCadence("1/wk x3"), MinGap: 1, Visit: five, Dose: dose.MustRule("50 mg"),
			MissedDoses: []protocol.MissedDose{{From: 20, Then: protocol.RestartPhase, Phase: "talk", Date: protocol.AtOnce}},
		},
	}})
	s := living(t, request(p, everyDay(t), "2025-01-06")).give(3)
	next := sessionAt(s.plan, 4)
	s.on(next.Date().String(), schedule.Missed{Session: next.ID()})
	r := wayOf(t, s.plan, noon("2025-03-03"), schedule.WayMissedDose, next.ID())
	why, ok := errors.AsType[*schedule.EventError](r.Err)
	require.True(t, ok, "%v", r.Err)
	assert.Equal(t, "Session", why.Field)
	assert.Len(t, why.Value, 16)
	assert.Equal(t, "want another next dose than session 6, which would not be what the row has follow", why.Want)
}
