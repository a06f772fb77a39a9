package schedule_test

import (
	"encoding/json"
	"errors"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
)

// thirds is a course of four weekly sessions from Mon 2025-01-06 with a gate after the second.
func thirds(t *testing.T) *story {
	t.Helper()
	return living(t, request(compiled(t, protocol.Spec{
		Phases: []protocol.Phase{{Name: "all", Cadence: protocol.MustCadence("1/wk x4"), MinGap: 2}},
		Gates:  []protocol.Gate{{Name: "more?", Phase: "all", After: 2, Assess: "more"}},
	}), weekdaysOnly(t), "2025-01-06")).give(2)
}

// A session that a gate follows is the last of its phase, also where it was cancelled.
func TestExtendedAfterWhatWasCancelled(t *testing.T) {
	s := living(t, request(compiled(t, protocol.Spec{
		Phases: []protocol.Phase{{Name: "all", Cadence: protocol.MustCadence("1/wk x3"), MinGap: 2}},
		Gates:  []protocol.Gate{{Name: "more?", Phase: "all", Assess: "more"}},
	}), weekdaysOnly(t), "2025-01-06")).give(2)
	s.on("2025-01-14", schedule.Cancelled{Session: s.id(3), By: schedule.ByPatient})
	s.on("2025-01-14", schedule.Decided{Gate: "more?", Then: protocol.Extend, Sessions: 1, Who: "attending"})
	assert.Equal(t, "Mon 2025-01-06 given, Mon 2025-01-13 given, Mon 2025-01-20 cancelled, Mon 2025-01-27", s.calendar())
}

// A gate that is decided late adds sessions after what its phase has had since: what was
// given or missed, not what was cancelled or made up for.
func TestExtendedAtAGateOfBefore(t *testing.T) {
	more := schedule.Decided{Gate: "more?", Then: protocol.Extend, Sessions: 2, Who: "attending"}
	for _, tt := range []struct {
		name string
		run  func(s *story)
		want string
	}{
		{"both missed", func(s *story) {
			s.on("2025-01-20", schedule.Missed{Session: s.id(3)}).on("2025-01-27", schedule.Missed{Session: s.id(4)}).on("2025-01-28", more)
		}, "Mon 2025-01-20 missed, Mon 2025-01-27 missed, Mon 2025-02-03, Mon 2025-02-10"},
		{"the last cancelled", func(s *story) {
			s.give(3).on("2025-01-21", schedule.Cancelled{Session: s.id(4), By: schedule.ByPatient}).on("2025-01-21", more)
		}, "Mon 2025-01-20 given, Mon 2025-01-27 cancelled, Mon 2025-01-27, Mon 2025-02-03"},
		{"one given besides", func(s *story) {
			s.give(3).on("2025-01-23", schedule.Given{Date: day("2025-01-23")}).on("2025-01-23", schedule.Cancelled{Session: s.id(5), By: schedule.ByPatient}).on("2025-01-23", more)
		}, "Mon 2025-01-20 given, Thu 2025-01-23 given, Mon 2025-01-27 cancelled, Mon 2025-01-27, Mon 2025-02-03"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := thirds(t)
			tt.run(s)
			assert.Equal(t, "Mon 2025-01-06 given, Mon 2025-01-13 given, "+tt.want, s.calendar())
		})
	}
}

func TestRefusedAtTheEdges(t *testing.T) {
	endlessGate := func(t *testing.T) *story {
		r := request(compiled(t, protocol.Spec{
			Phases: []protocol.Phase{{Name: "all", Cadence: protocol.MustCadence("1/wk"), MinGap: 2}},
			Gates:  []protocol.Gate{{Name: "more?", Phase: "all", After: 1, Assess: "more"}},
		}), weekdaysOnly(t), "2025-01-06")
		r.Until = day("2025-02-03")
		return living(t, r).give(1)
	}
	fact := func(what schedule.Happening) func(*testing.T, *story) schedule.Happening {
		return func(*testing.T, *story) schedule.Happening { return what }
	}
	requireRefused(t, []refusal{
		{"weighed nothing at a session", gatedStory, "2025-01-06", func(_ *testing.T, s *story) schedule.Happening {
			return schedule.Weighed{Date: day("2025-01-06"), Session: s.id(1)}
		}, schedule.ErrEvent, `event "e" (weighed): Weight: want a weight`},
		{"weighed too little at a session", gatedStory, "2025-01-06", func(_ *testing.T, s *story) schedule.Happening {
			return schedule.Weighed{Date: day("2025-01-06"), Session: s.id(1), Weight: dose.MustWeight("7 kg")}
		}, dose.ErrImplausible, `event "e" (weighed): Weight "7 kg": implausible measurement: weight "7 kg": want at least 22.7 kg`},
		// Ten years with two leap days, 2028 and 2032, are 3652 days; the 3660th day is 8 days on, less one.
		{"closed for a day too long", taperStory, "2025-01-06", fact(schedule.ClinicClosed{From: day("2025-01-06"), To: day("2035-01-14")}), schedule.ErrEvent, `event "e" (clinic-closed): To "2035-01-14": want a day that is not before the first, 2025-01-06, and at most 3660 days in all`},
		{"away for a day too long", taperStory, "2025-01-06", fact(schedule.PatientAway{From: day("2025-01-06"), To: day("2035-01-14")}), schedule.ErrEvent, `event "e" (patient-away): To "2035-01-14": want a day that is not before the first, 2025-01-06, and at most 3660 days in all`},
		{"weighed at a session that there is not", gatedStory, "2025-01-06", fact(schedule.Weighed{Date: day("2025-01-06"), Session: mustID(t, "abcdefghijklmnop"), Weight: dose.MustWeight("70 kg")}), schedule.ErrUnknownSession, `event "e" (weighed): Session "abcdefghijklmnop": want the id of a session of the plan`},
		{"extended at no gate", endlessGate, "2025-01-06", fact(schedule.Decided{Gate: "none", Then: protocol.Extend, Sessions: 2, Reason: "more", Who: "attending"}), schedule.ErrEvent, `event "e" (decided): Gate "none": want the name of a gate of the protocol`},
		{"decided twice at the first session", func(t *testing.T) *story {
			return endlessGate(t).on("2025-01-06", schedule.Decided{Gate: "more?", Then: protocol.Continue, Who: "attending"})
		}, "2025-01-06", fact(schedule.Decided{Gate: "more?", Then: protocol.Stop, Who: "attending"}), schedule.ErrSettled, `event "e" (decided): Gate "more?": want a gate that is open: after session 1 it was decided to continue`},
		{"a gate after the last day", func(t *testing.T) *story {
			r := request(compiled(t, protocol.Spec{
				Phases: []protocol.Phase{{Name: "all", Cadence: protocol.MustCadence("1/wk"), MinGap: 2}},
				Gates:  []protocol.Gate{{Name: "later", Phase: "all", After: 9, Assess: "more"}},
			}), weekdaysOnly(t), "2025-01-06")
			r.Until = day("2025-02-03")
			return living(t, r)
		}, "2025-01-06", fact(schedule.Decided{Gate: "later", Then: protocol.Stop, Who: "attending"}), schedule.ErrOrder, `event "e" (decided): Gate "later": want a gate that the plan reaches`},
		{"a gate whose own session is to come", func(t *testing.T) *story { return thirds(t).correct("2025-01-13", "e2", nil) }, "2025-01-13", fact(schedule.Decided{Gate: "more?", Then: protocol.Stop, Who: "attending"}), schedule.ErrOrder, `event "e" (decided): Gate "more?": want what became of session 2 of Mon 2025-01-13 first: the gate follows session 2`},
		{"extended into a closure", func(t *testing.T) *story {
			return thirds(t).give(4).on("2025-01-27", schedule.ClinicClosed{From: day("2025-01-28"), To: day("2025-03-31"), Reason: "storm"})
		}, "2025-01-27", fact(schedule.Decided{Gate: "more?", Then: protocol.Extend, Sessions: 1, Who: "attending"}), schedule.ErrNoDay, `event "e" (decided): plan: session 5 (all) has no possible day from Fri 2025-01-31 to Thu 2025-02-06: Fri 2025-01-31 closed (storm); Sat 2025-02-01 closed (storm); Sun 2025-02-02 closed (storm); Mon 2025-02-03 closed (storm); Tue 2025-02-04 closed (storm); Wed 2025-02-05 closed (storm); Thu 2025-02-06 closed (storm)`},
		{"cancelled, and no session", taperStory, "2025-01-06", fact(schedule.Cancelled{Session: mustID(t, "abcdefghijklmnop"), By: schedule.ByClinic}), schedule.ErrUnknownSession, `event "e" (cancelled): Session "abcdefghijklmnop": want the id of a session of the plan`},
		{"missed instead, and no session", func(t *testing.T) *story { return taperStory(t).give(1) }, "2025-01-06", fact(corrected("e1", schedule.Missed{Session: mustID(t, "abcdefghijklmnop")})), schedule.ErrUnknownSession, `event "e" (corrected): Session "abcdefghijklmnop": want the id of a session of the plan`},
		{"made up for after a switch", func(t *testing.T) *story {
			return ketamineGiven(t, racemic(t, nil), 3).on("2026-03-10", switchTo(nasalSpray(t, nil), "2026-03-23", 14))
		}, "2026-03-10", func(_ *testing.T, s *story) schedule.Happening { return schedule.Appended{Session: s.id(5)} }, schedule.ErrSettled, `event "e" (appended): Session "yj5fsxvpll3hpkyf": want a session that no other makes up for yet`},
		// 3650 days after 2026-03-09 are ten years less the leap days of 2028, 2032 and 2036.
		{"a gap of ten years", func(t *testing.T) *story { return ketamineGiven(t, racemic(t, nil), 3) }, "2026-03-10", func(t *testing.T, _ *story) schedule.Happening {
			return switchTo(nasalSpray(t, nil), "2026-03-23", 3650)
		}, schedule.ErrNoDay, `event "e" (switched): Start "2026-03-23": want a day at least 3650 days after the last dose, given on Mon 2026-03-09: 2036-03-06 or later`},
		{"left out, and switched since", func(t *testing.T) *story {
			r := request(courseOf(t, "ket", "ketamine", nil, [3]string{"all", "3-1", "40 mg"}), weekdaysOnly(t, "2026-03-04"), "2026-03-02")
			r.ShortWeek = schedule.Drop
			s := living(t, r)
			require.False(t, sessionAt(s.plan, 2).Placed())
			return s.on("2026-03-02", switchTo(nasalSpray(t, nil), "2026-03-05", 1))
		}, "2026-03-02", func(_ *testing.T, s *story) schedule.Happening {
			for _, session := range s.plan.All() {
				if session.State() == schedule.StateLeftOut {
					return schedule.PlacedAgain{Sessions: []schedule.ID{session.ID()}}
				}
			}
			return nil
		}, schedule.ErrSettled, `event "e" (placed-again): Sessions "dv4cxbe7sxnx42pk": want a session that no other makes up for yet`},
		{"nothing given, and some", taperStory, "2025-01-06", func(_ *testing.T, s *story) schedule.Happening {
			return schedule.Given{Session: s.id(1), Date: day("2025-01-06"), Nothing: true, Dose: dose.MustMass("41 mg")}
		}, schedule.ErrEvent, `event "e" (given): Dose "41 mg": want none where nothing was given`},
		{"extended without end", endlessGate, "2025-01-06", fact(schedule.Decided{Gate: "more?", Then: protocol.Extend, Sessions: 2, Who: "attending"}), schedule.ErrEvent, `event "e" (decided): Then "extend": want a phase with an end: "all" goes on anyway`},
		// 180 kg at 1.2 m are 180 / 1.44 = 125 kg/m².
		{"too small for the weight", func(t *testing.T) *story {
			r := request(bare(t, "1/wk x3", 2), weekdaysOnly(t), "2025-01-06")
			r.Weighings = []schedule.Weighing{{Date: r.Start, Weight: dose.MustWeight("180 kg")}}
			return living(t, r)
		}, "2025-01-06", fact(schedule.Measured{Date: day("2025-01-06"), Height: dose.MustHeight("120 cm")}), dose.ErrImplausible, `event "e" (measured): Height "120 cm": implausible measurement: BMI "125 kg/m2": want at most 100 kg/m2`},
		{"moved, and no visit", taperStory, "2025-01-06", fact(schedule.VisitMoved{Visit: mustID(t, "abcdefghijklmnop"), Date: day("2025-01-07")}), schedule.ErrUnknownVisit, `event "e" (visit-moved): Visit "abcdefghijklmnop": want the id of a companion, a follow-up or a visit of a monitoring of the plan`},
		{"a result of a talk", visitStory, "2026-03-03", func(_ *testing.T, s *story) schedule.Happening {
			return schedule.VisitDone{Visit: s.talk(1).ID, Date: day("2026-03-03"), Result: "fine"}
		}, schedule.ErrEvent, `event "e" (visit-done): Result "fine": want a result of a visit of a monitoring: talk is a companion`},
		{"a verdict on a talk", visitStory, "2026-03-03", func(_ *testing.T, s *story) schedule.Happening {
			return schedule.VisitDone{Visit: s.talk(1).ID, Date: day("2026-03-03"), Verdict: schedule.VerdictOK}
		}, schedule.ErrEvent, `event "e" (visit-done): Verdict "ok": want a verdict on the result of a monitoring: talk is a companion`},
		{"a verdict that there is not", visitStory, "2026-03-03", func(_ *testing.T, s *story) schedule.Happening {
			return schedule.VisitDone{Visit: s.talk(1).ID, Date: day("2026-03-03"), Verdict: schedule.VerdictNotOK + 1}
		}, schedule.ErrEvent, `event "e" (visit-done): Verdict "%!Verdict(3)": want ok or not ok`},
		{"placed again where the one before is too near", func(t *testing.T) *story {
			p := compiled(t, protocol.Spec{Phases: []protocol.Phase{{
				Name: "all", Cadence: protocol.MustCadence("1/wk x2"), MinGap: 6, Window: &protocol.Window{After: 2},
			}}})
			s := living(t, request(p, everyDay(t), "2026-03-02"))
			return s.on("2026-03-07", schedule.Given{Session: s.id(1), Date: day("2026-03-07")})
		}, "2026-03-08", func(_ *testing.T, s *story) schedule.Happening {
			return schedule.PlacedAgain{Sessions: []schedule.ID{s.id(2)}}
		}, schedule.ErrNoDay, `event "e" (placed-again): Sessions "dv4cxbe7sxnx42pk": want days for all of them: session 2 (all) has no possible day from Mon 2026-03-09 to Wed 2026-03-11: Mon 2026-03-09 less than 6 days after session 1 on Sat 2026-03-07; Tue 2026-03-10 less than 6 days after session 1 on Sat 2026-03-07; Wed 2026-03-11 less than 6 days after session 1 on Sat 2026-03-07`},
	})
	// The day before is the 3660th.
	for _, what := range []schedule.Happening{
		schedule.ClinicClosed{From: day("2025-01-06"), To: day("2035-01-13")}, schedule.PatientAway{From: day("2025-01-06"), To: day("2035-01-13")},
	} {
		s := taperStory(t)
		_, err := s.try("2025-01-06", what)
		require.NoError(t, err)
	}
}

// What begins at the as-of has begun, and can have been missed.
func TestMissedAtItsStart(t *testing.T) {
	s := visitStory(t)
	require.ErrorIs(t, s.as("2026-03-02 07:59", schedule.Missed{Session: s.id(1)}), schedule.ErrFuture)
	require.NoError(t, s.as("2026-03-02 08:00", schedule.Missed{Session: s.id(1)}))
	assert.Equal(t, schedule.StateMissed, sessionAt(s.plan, 1).State())
}

// A visit of 160 minutes that began at 23:50 ended at 02:30 on the next day.
func TestGivenAcrossMidnightWithoutAnEnd(t *testing.T) {
	s := visitStory(t)
	require.NoError(t, s.as("2026-03-03 12:00", schedule.Given{Session: s.id(1), Date: day("2026-03-02"), Start: clock(t, "23:50")}))
	given := sessionAt(s.plan, 1)
	assert.Equal(t, "23:50-02:30", given.Start().String()+"-"+given.End().String())
	assert.Equal(t, day("2026-03-03"), given.EndDate())
}

// A dose of one part is judged by that part.
func TestGivenOfOnePart(t *testing.T) {
	spec := ramp()
	spec.Phases[0].Parts, spec.Cumulative = spec.Phases[0].Parts[:1], nil
	s := living(t, request(compiled(t, spec), weekdaysOnly(t), "2025-01-06"))
	fast := part("first rate", "40 mg")
	fast.During = dose.MustDuration("1 h") // 40 mg/h, and 30 mg/h is the hard limit
	s.on("2025-01-06", schedule.Given{Session: s.id(1), Date: day("2025-01-06"), Parts: []schedule.GivenPart{fast}})
	assert.Equal(t, []string{
		`violation: session 1: 40 mg given: part "first rate", 40 mg: passes the hard max 30 mg/h of the rate [dose-above-hard-limit]`, reasonFor("40 mg"),
	}, texts(found(s.plan)))
	var said []string
	for entry := range s.plan.History() {
		said = append(said, entry.String())
	}
	assert.Equal(t, []string{`2025-01-06: given on Mon 2025-01-06, 40 mg (first rate 40 mg in 60 min), event "e1"`}, said)
}

// The last day of a window is a day to be placed again on.
func TestPlacedAgainOnTheLastDay(t *testing.T) {
	p := compiled(t, protocol.Spec{Phases: []protocol.Phase{{
		Name: "all", Cadence: protocol.MustCadence("1/wk x3"), MinGap: 2, Window: &protocol.Window{After: 3},
	}}})
	s := living(t, request(p, weekdaysOnly(t), "2026-03-02"))
	s.on("2026-03-16", schedule.Missed{Session: s.id(3)}).on("2026-03-19", schedule.PlacedAgain{Sessions: []schedule.ID{s.id(3)}})
	assert.Equal(t, "Mon 2026-03-02, Mon 2026-03-09, Mon 2026-03-16 missed, Thu 2026-03-19", s.calendar())
}

// An appointment that is past binds no more where its session is placed again.
func TestPlacedAgainAfterItsAppointment(t *testing.T) {
	s := visitStory(t).give(2)
	was := sessionAt(s.plan, 3)
	s.on("2026-03-05", schedule.Wished{Wishes: schedule.Wishes{Appointments: []schedule.Appointment{{Ordinal: 3, Date: day("2026-03-09")}}}})
	s.on("2026-03-10", schedule.PlacedAgain{Sessions: []schedule.ID{s.id(3)}})
	assert.Equal(t, day("2026-03-10"), sessionAt(s.plan, 3).Date())
	assert.Equal(t, was.Earliest(), sessionAt(s.plan, 3).Earliest(), "its window stays")
	assert.Empty(t, lostSessions(s.plan))
}

// Each switch begins a treatment of its own.
func TestTreatmentsAreCounted(t *testing.T) {
	old, next := racemic(t, nil), nasalSpray(t, nil)
	s := ketamineGiven(t, old, 3).on("2026-03-10", switchTo(next, "2026-03-23", 14))
	s.give(7).on("2026-03-24", switchTo(old, "2026-04-07", 14))
	var got []int
	for _, session := range s.plan.All() {
		if n := session.Treatment(); len(got) == 0 || got[len(got)-1] != n {
			got = append(got, n)
		}
	}
	assert.Equal(t, []int{0, 1, 2}, got)
}

// A protocol whose sessions are more than a plan may have is not switched to: one on each day
// of 175 years are more than 60,000.
func TestSwitchedToTooMany(t *testing.T) {
	s := ketamineGiven(t, racemic(t, nil), 3)
	daily := switchTo(courseOf(t, "esk", "esketamine", func(spec *protocol.Spec) { spec.Phases[0].MinGap = 1 }, [3]string{"all", "7/wk", "56 mg"}), "2026-03-23", 14)
	daily.Until = day("2200-12-31")
	_, err := s.try("2026-03-10", daily)
	refused, ok := errors.AsType[*schedule.EventError](err)
	require.True(t, ok, "%v", err)
	assert.Equal(t, []string{"Protocol", "esk 1", `Until "2200-12-31": want at most 20000 sessions in a plan`}, []string{refused.Field, refused.Value, refused.Want})
}

// After a switch sessions are carried as in a plan that is built: of the week of 9 March only
// Friday is 7 days after the last session of before, Friday 6 March.
func TestSwitchedCarries(t *testing.T) {
	old := courseOf(t, "ket", "ketamine", func(spec *protocol.Spec) { spec.Phases[0].MinGap = 7 }, [3]string{"all", "1/wk x3", "40 mg"})
	r := request(old, weekdaysOnly(t), "2026-03-02")
	r.ShortWeek = schedule.Carry
	s := living(t, r)
	s.on("2026-03-06", schedule.Given{Session: s.id(1), Date: day("2026-03-06"), Dose: dose.MustMass("40 mg")})
	s.on("2026-03-06", switchTo(courseOf(t, "esk", "esketamine", nil, [3]string{"all", "2/wk x2", "56 mg"}), "2026-03-09", 3))
	assert.Equal(t, "03-13 03-16 03-19 03-23", toCome(s.plan))
	var carried []string
	for _, text := range findings(s.plan) {
		if strings.Contains(text, "carried") {
			carried = append(carried, text)
		}
	}
	assert.Len(t, carried, 1, "%v", findings(s.plan))
}

// What has no text is refused by whatever writes it.
func TestEventsWithoutATextAreNotWritten(t *testing.T) {
	bad, worse := schedule.Cancelled{By: 9}, schedule.Cancelled{By: 8}
	_, err := json.Marshal(bad)
	refused, ok := errors.AsType[*schedule.EventError](err)
	require.True(t, ok, "%v", err)
	assert.Equal(t, []string{"cancelled", "What"}, []string{refused.Kind, refused.Field})
	assert.Contains(t, refused.Want, "%!Canceller(9)")

	entry := func(what schedule.Happening) schedule.Entry {
		return schedule.Entry{Event: schedule.Event{ID: "e", What: what}, AsOf: noon("2025-01-06")}
	}
	for _, list := range [][]schedule.Entry{{entry(bad)}, {entry(bad), entry(schedule.Resumed{})}, {entry(bad), entry(worse)}} {
		_, err = json.Marshal(schedule.Diff{Events: list})
		require.ErrorContains(t, err, "%!Canceller(9)")
	}
	good, err := json.Marshal(schedule.Diff{Events: []schedule.Entry{entry(schedule.Resumed{}), entry(schedule.Held{Reason: "ill"})}})
	require.NoError(t, err)
	assert.Contains(t, string(good), `"events":[{"asOf":"2025-01-06T12:00:00Z","id":"e","kind":"resumed"},{"asOf":"2025-01-06T12:00:00Z","id":"e","kind":"held","reason":"ill"}]`)
	// A weight that is not known is left out.
	text, err := json.Marshal(schedule.Request{Protocol: bare(t, "1", 1), Start: day("2025-01-06"), Zone: time.UTC, Weighings: []schedule.Weighing{{Date: day("2025-01-06")}}})
	require.NoError(t, err)
	assert.Contains(t, string(text), `"weighings":[{"date":"2025-01-06"}]`)
}

// What is said of a visit has its result and the verdict on it, and of a dose how long it took.
func TestVisitDoneIsDescribed(t *testing.T) {
	e := schedule.Event{ID: "e", What: schedule.VisitDone{Date: day("2026-03-03"), Start: clock(t, "08:00"), Result: "1.4", Verdict: schedule.VerdictNotOK}}
	assert.Equal(t, `the visit took place on Tue 2026-03-03 08:00, result "1.4", not ok`, e.String())
	e.What = schedule.Given{Date: day("2026-03-03"), Dose: dose.MustMass("41 mg"), During: dose.MustDuration("40 min")}
	assert.Equal(t, "given on Tue 2026-03-03, 41 mg in 40 min", e.String())
}

// An event of another protocol than those that were passed in names what it needs, also where
// one of them is nil.
func TestEntriesWithoutTheirProtocol(t *testing.T) {
	p := gated(t, "1")
	src := `[{"asOf":"2025-01-06T12:00:00Z","id":"e","kind":"adopted","protocol":"` + gated(t, "2").Digest().String() + `","who":"attending"}]`
	_, err := schedule.ParseEntries("x", []byte(src), nil)
	require.ErrorContains(t, err, "no other protocol, since none was passed in")
	_, err = schedule.ParseEntries("x", []byte(src), nil, p)
	require.ErrorContains(t, err, `the digest of a protocol that was passed in: "gated 1" `+p.Digest().String())
	entries, err := schedule.ParseEntries("x", []byte(src), nil, gated(t, "2"))
	require.NoError(t, err)
	require.Len(t, entries, 1)

	// Of two entries the second names each kind that there is once.
	_, err = schedule.ParseEntries("x", []byte(`[{"asOf":"2025-01-06T12:00:00Z","id":"e","kind":"resumed"},{"asOf":"2025-01-06T12:00:00Z","id":"f","kind":"forgotten"}]`))
	require.ErrorContains(t, err, "/1/kind: want "+everyKind()+`, got "forgotten"`)
	_, err = schedule.ParseEntries("x", []byte(`[{"asOf":"2025-01-06T12:00:00Z","id":"e","recordedBy":"`+strings.Repeat("x", 300)+`","kind":"resumed"}]`))
	require.ErrorContains(t, err, "/0/recordedBy: ")
}

// An event that tells of wishes has them, also where there are none; and what is done with
// them later changes nothing in the history.
func TestWishesOfAnEvent(t *testing.T) {
	var w schedule.Wished
	require.ErrorContains(t, json.Unmarshal([]byte(`{"kind":"wished"}`), &w), `want the key "wishes"`)
	require.NoError(t, json.Unmarshal([]byte(`{"kind":"wished","wishes":{}}`), &w))

	s := visitStory(t)
	wishes := schedule.Wishes{
		Absences: []schedule.Absence{{From: day("2026-03-10")}}, Weekdays: []protocol.DaySet{protocol.OnDays(time.Monday)},
		Appointments: []schedule.Appointment{{Ordinal: 1, Date: day("2026-03-03")}},
	}
	s.on("2026-03-02", schedule.Wished{Wishes: wishes})
	before := string(schedule.FormatPlan(s.plan))
	wishes.Absences[0].From, wishes.Weekdays[0], wishes.Appointments[0].Ordinal = 0, protocol.OnDays(time.Friday), 2
	assert.Equal(t, before, string(schedule.FormatPlan(s.plan)))
}

// Weekdays may change 65,535 times.
func TestWishedTooOften(t *testing.T) {
	r := request(bare(t, "2/wk x2", 2), weekdaysOnly(t), "2025-01-06")
	s := living(t, r)
	file := string(schedule.FormatPlan(s.plan))
	require.Equal(t, 1, strings.Count(file, `"state":{`))
	file = strings.Replace(file, `"state":{`, `"state":{"wished":[`+strings.TrimSuffix(strings.Repeat("{},", 65534), ",")+`],`, 1)
	plan, err := schedule.ParsePlan("x.plan", sealed([]byte(file)), schedule.PlanSource{Opening: r.Opening, Zone: r.Zone})
	require.NoError(t, err)
	s.plan = plan
	wish := func(on ...time.Weekday) schedule.Happening {
		return schedule.Wished{Wishes: schedule.Wishes{Weekdays: []protocol.DaySet{protocol.OnDays(on...)}}}
	}
	s.on("2025-01-06", wish(time.Monday, time.Thursday))
	s.on("2025-01-06", wish(time.Monday, time.Thursday)) // no change
	_, err = s.try("2025-01-06", wish(time.Tuesday, time.Friday))
	refused, ok := errors.AsType[*schedule.EventError](err)
	require.True(t, ok, "%v", err)
	assert.Equal(t, []string{"Weekdays", "", "want weekdays that change at most 65535 times"}, []string{refused.Field, refused.Value, refused.Want})
}

// A plan of as many sessions as there may be takes no dose that none of them asked for: 7 a
// week for 2857 weeks are 19,999, and one that was given besides makes 20,000.
func TestGivenBesidesTheMost(t *testing.T) {
	s := living(t, request(bare(t, "7/wk x1000 then 7/wk x1000 then 7/wk x857", 1), everyDay(t), "2025-01-06"))
	require.Equal(t, 19_999, s.plan.Len())
	s.on("2025-01-06", schedule.Given{Date: day("2025-01-06")})
	_, err := s.try("2025-01-06", schedule.Given{Date: day("2025-01-06")})
	refused, ok := errors.AsType[*schedule.EventError](err)
	require.True(t, ok, "%v", err)
	assert.Equal(t, []string{"plan", "20001", "want at most 20000 sessions in a plan"}, []string{refused.Field, refused.Value, refused.Want})
}

// A session that is given again by the entry that gave it keeps what it was asked for then,
// whatever was decided while that entry was withdrawn.
func TestGivenAgainKeepsItsTarget(t *testing.T) {
	s := weekly(t)
	s.on("2025-01-06", schedule.Given{Session: s.id(1), Date: day("2025-01-06")})
	s.correct("2025-01-07", "e1", nil)
	s.on("2025-01-07", schedule.Shifted{Session: s.id(1), Weeks: 1})
	require.Equal(t, "Mon 2025-01-13, Mon 2025-01-20, Mon 2025-01-27", s.calendar())
	s.correct("2025-01-07", "e2", nil)
	assert.Equal(t, "Mon 2025-01-06 given, Mon 2025-01-20, Mon 2025-01-27", s.calendar())
	given := sessionAt(s.plan, 1)
	assert.Equal(t, []string{"2025-01-06", "2025-01-06", "2025-01-09"}, []string{given.Target().String(), given.Earliest().String(), given.Latest().String()})
	requireKept(t, s.plan)
}

// One that was given another dose without its parts is judged as a whole.
func TestGivenWithoutItsParts(t *testing.T) {
	spec := ramp()
	spec.Cumulative = nil
	s := living(t, request(compiled(t, spec), weekdaysOnly(t), "2025-01-06"))
	s.on("2025-01-06", schedule.Given{Session: s.id(1), Date: day("2025-01-06"), Dose: dose.MustMass("170 mg")})
	assert.Contains(t, texts(found(s.plan)), reasonFor("170 mg"))
}

// A dose that was given as planned passes a soft limit once a height of before is known: 34.2
// mg are 0.5 mg/kg of 68.4 kg, and 0.556 mg/kg of 61.5 kg, the ideal weight at 165.1 cm, 65 in.
func TestGivenBeforeAHeightWasKnown(t *testing.T) {
	rule := "0.5 mg/kg of ideal weight, below 60 in clamp, where ideal exceeds actual ideal, hard max 100 mg, soft max 0.52 mg/kg"
	r := request(withDose(t, "1/wk x3", 2, rule), everyDay(t), "2026-03-02")
	r.Sex, r.Height = dose.Male, dose.MustHeight("172.72 cm")
	r.Weighings = []schedule.Weighing{{Date: day("2026-02-27"), Weight: dose.MustWeight("82 kg")}}
	s := living(t, r).give(1)
	require.Empty(t, findings(s.plan))
	s.on("2026-03-02", schedule.Measured{Date: day("2026-03-02"), Height: dose.MustHeight("165.1 cm")})
	require.NoError(t, s.plan.CheckState())
	assert.Contains(t, findings(s.plan), "warning: session 1: 34.2 mg given, which passes a soft limit, without a reason and who decided it [reason-missing]")
}

// What was missed and took place all the same is found with the entry that was wrong, and not
// with a later one of another session or of none.
func TestTookPlaceAfterAllIsAboutItsEntry(t *testing.T) {
	s := weekly(t)
	s.on("2025-01-06", schedule.Missed{Session: s.id(1)}).on("2025-01-13", schedule.Missed{Session: s.id(2)}).on("2025-01-13", schedule.PatientAway{From: day("2025-02-13")})
	s.on("2025-01-14", schedule.Given{Session: s.id(1), Date: day("2025-01-06")})
	assert.Equal(t, []string{`info: session 1: event "e1" (missed) is corrected by event "e4" (given) [corrected]`}, hasCode(s.plan, schedule.EntryCorrected))
}

// A session that a step back was decided after stays before what that plans, also where it was
// missed. By hand: after Thursday 16 January the next of two a week are 20 and 23 January.
func TestDecidedStepBackAfterWhatWasMissed(t *testing.T) {
	s := gatedStory(t).give(3)
	s.on("2025-01-16", schedule.Missed{Session: s.id(4)})
	s.on("2025-01-16", schedule.Decided{Gate: "response", Then: protocol.StepBack, To: "induction", Sessions: 2, Reason: "worse", Who: "attending"})
	assert.Equal(t, "Mon 2025-01-06 given, Thu 2025-01-09 given, Mon 2025-01-13 given, Thu 2025-01-16 missed, Mon 2025-01-20, Thu 2025-01-23, Thu 2025-01-30, Thu 2025-02-06, Thu 2025-02-13", s.calendar())
}

// A phase without parts expects its dose, whatever is said of parts; a level that it allows
// passes a soft limit below as it does above.
func TestGivenAsExpected(t *testing.T) {
	s := living(t, request(withDose(t, "1/wk x3", 2, "41 mg"), weekdaysOnly(t), "2025-01-06"))
	s.on("2025-01-06", schedule.Given{Session: s.id(1), Date: day("2025-01-06"), Dose: dose.MustMass("41 mg"), Parts: []schedule.GivenPart{part("bolus", "41 mg")}})
	require.NoError(t, s.plan.CheckState())
	assert.Equal(t, []string{`violation: session 1: bolus 41 mg: the dose of the phase all has no part of this name [part-unknown]`}, findings(s.plan))

	levels := phase("1/wk x3", "56 mg, or 10 mg, soft min 20 mg, hard max 84 mg")
	s = living(t, request(compiled(t, protocol.Spec{Phases: []protocol.Phase{levels}}), weekdaysOnly(t), "2025-01-06"))
	s.on("2025-01-06", schedule.Given{Session: s.id(1), Date: day("2025-01-06"), Dose: dose.MustMass("10 mg")})
	assert.Contains(t, findings(s.plan), "warning: session 1: 10 mg given, which passes a soft limit, without a reason and who decided it [reason-missing]")
}

// A dose that is no text is one problem.
func TestGivenDoseThatIsNoText(t *testing.T) {
	var g schedule.Given
	err := json.Unmarshal([]byte(`{"kind":"given","session":"abcdefghijklmnop","date":"2025-01-06","dose":0}`), &g)
	require.Error(t, err)
	assert.Equal(t, 1, strings.Count(err.Error(), "/dose: "), "%v", err)
}

// Of several that are placed again together each has its day, what is made up for and what is
// still to come. By hand: on Wednesday 4 March the first of two, and two days later the other.
func TestPlacedAgainWithWhatIsMadeUpFor(t *testing.T) {
	s := living(t, request(bare(t, "2/wk x2", 2), weekdaysOnly(t), "2026-03-02"))
	s.on("2026-03-02", schedule.Missed{Session: s.id(1)}).on("2026-03-04", schedule.PlacedAgain{Sessions: []schedule.ID{s.id(1), s.id(2)}})
	assert.Equal(t, "Mon 2026-03-02 missed, Wed 2026-03-04, Fri 2026-03-06, Mon 2026-03-09, Thu 2026-03-12", s.calendar())
	require.NoError(t, s.plan.CheckState())
}

// A switch may be on the first day of a plan, and until its own.
func TestSwitchedForADay(t *testing.T) {
	weekly := courseOf(t, "esk", "esketamine", nil, [3]string{"all", "every 1w", "56 mg"})
	s := ketamineGiven(t, racemic(t, nil), 0)
	what := switchTo(weekly, "2026-03-02", 14)
	assert.Equal(t, `switched to "esk 1" from Mon 2026-03-02 on, at least 14 days after the last dose`, schedule.Event{ID: "e", What: what}.String())
	assert.Equal(t, "switched to another protocol", schedule.Event{ID: "e", What: schedule.Switched{}}.String())
	what.Until = what.Start
	next, err := s.plan.Apply(schedule.Event{ID: "e", What: what}, s.plan.AsOf())
	require.NoError(t, err)
	assert.Equal(t, "03-02", toCome(next))
}

// A visit that was missed for another reason is corrected by the entry that says so.
func TestVisitMissedForAnotherReason(t *testing.T) {
	s := visitStory(t).give(1)
	talk := s.talk(1)
	require.NoError(t, s.as("2026-03-04 12:00", schedule.VisitMissed{Visit: talk.ID}))
	require.NoError(t, s.as("2026-03-04 13:00", schedule.VisitMissed{Visit: talk.ID, Reason: "ill"}))
	assert.Equal(t, []string{`info: session 1: event "e2" (visit-missed) is corrected by event "e3" (visit-missed) [corrected]`}, hasCode(s.plan, schedule.EntryCorrected))
}

// The last session of a plan has an appointment like any other.
func TestWishedForTheLastSession(t *testing.T) {
	s := visitStory(t)
	s.on("2026-03-02", schedule.Wished{Wishes: schedule.Wishes{Appointments: []schedule.Appointment{{Ordinal: 6, Date: day("2026-03-24")}}}})
	assert.Equal(t, []string{"2026-03-23 unsuitable (agreed for Tue 2026-03-24)"}, lostSessions(s.plan))
}

// A visit that never had a day can have been missed once its window is past.
func TestVisitMissedWithoutADay(t *testing.T) {
	s := living(t, request(compiled(t, visitSpec()), weekdaysOnly(t, "2026-04-20", "2026-04-21", "2026-04-22", "2026-04-23"), "2026-03-02"))
	call := s.call(28)
	require.False(t, call.Placed())
	_, err := s.try("2026-04-23", schedule.VisitMissed{Visit: call.ID})
	refused, ok := errors.AsType[*schedule.EventError](err)
	require.True(t, ok, "%v", err)
	assert.Equal(t, []string{"Visit", call.ID.String(), "want a visit that can have been missed: call has no day, and its window lasts to Thu 2026-04-23"}, []string{refused.Field, refused.Value, refused.Want})
	s.on("2026-04-24", schedule.VisitMissed{Visit: call.ID})
}

// A decision is about the gate that it names, also where another one comes before it and is
// still open.
func TestDecidedAtALaterGate(t *testing.T) {
	s := living(t, request(compiled(t, protocol.Spec{
		Phases: []protocol.Phase{{Name: "all", Cadence: protocol.MustCadence("1/wk x4"), MinGap: 2}},
		Gates:  []protocol.Gate{{Name: "early", Phase: "all", After: 1, Assess: "a"}, {Name: "late", Phase: "all", After: 3, Assess: "b"}},
	}), weekdaysOnly(t), "2025-01-06")).give(3)
	s.on("2025-01-20", schedule.Decided{Gate: "late", Then: protocol.Continue, Who: "attending"})
	var got []string
	for c := range s.plan.Checkpoints() {
		got = append(got, c.Gate.Name+" after "+strconv.Itoa(c.Session)+": "+decisionText(c.Decision))
	}
	assert.Equal(t, []string{"early after 1: ", "late after 3: continue"}, got)
}
