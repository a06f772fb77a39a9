package schedule_test

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/clinic"
)

// kindsSpec is an induction of two sessions a week for two weeks, each with a talk, and
// three weekly sessions, with a gate after the induction and one after the second weekly
// session, and a call a week after the last.
func kindsSpec() protocol.Spec {
	const rule = "40 mg, or 60 mg, hard max 100 mg"
	induction, weekly := phase("2/wk x2", rule), phase("1/wk x3", rule)
	induction.Name, weekly.Name = "induction", "weekly"
	induction.Companions = []protocol.Companion{{Name: "talk", From: 1, To: 3, Visit: protocol.Visit{Observation: time.Hour}}}
	return protocol.Spec{
		ID: "ket", Version: "1", Drug: "ketamine", Phases: []protocol.Phase{induction, weekly},
		Gates: []protocol.Gate{{Name: "benefit", Phase: "induction", Assess: "response"}, {Name: "enough", Phase: "weekly", After: 2, Assess: "response"}},
		FollowUps: []protocol.FollowUpVisit{{
			Name: "call", Days: []int{7}, Window: protocol.Window{Before: 2, After: 3}, Visit: protocol.Visit{Observation: 30 * time.Minute},
		}},
	}
}

// kindsStory begins on Monday 2026-03-02: 03-02, 03-05, 03-09, 03-12, 03-16, 03-23 and
// 03-30, the last three provisional.
func kindsStory(t *testing.T, change func(*protocol.Spec)) *story {
	t.Helper()
	spec := kindsSpec()
	if change != nil {
		change(&spec)
	}
	return living(t, request(compiled(t, spec), weekdaysOnly(t), "2026-03-02"))
}

// A kindCase is an event of a kind, which its name begins with, as of a day of a story.
type kindCase struct {
	name, on string
	story    func(t *testing.T) *story
	what     func(s *story) schedule.Happening
}

// staysPut has the cases of which nothing can go back: the day before it is lost, or past.
var staysPut = map[string]bool{
	"moved: a lost one": true, "shifted: by none, lost": true, "placed-again: a lost one": true,
	"placed-again: lost for the patient": true, "visit-moved: after its start": true,
}

func is(h schedule.Happening) func(*story) schedule.Happening {
	return func(*story) schedule.Happening { return h }
}

// since returns a story of kindsStory with its first sessions given, in which something
// has happened since, all as of one day.
func since(given int, on string, what ...func(*story) schedule.Happening) func(*testing.T) *story {
	return func(t *testing.T) *story {
		t.Helper()
		s := kindsStory(t, nil).give(given)
		for _, h := range what {
			s.on(on, h(s))
		}
		return s
	}
}

func weighedStory(t *testing.T) *story {
	t.Helper()
	r := request(withDose(t, "1/wk x3", 2, "0.5 mg/kg of actual weight, hard max 100 mg"), weekdaysOnly(t), "2026-03-02")
	r.Weighings = []schedule.Weighing{{Date: day("2026-02-27"), Weight: dose.MustWeight("80 kg")}}
	return living(t, r).give(1)
}

func endlessGiven(t *testing.T) *story {
	t.Helper()
	return endless(t, "2025-02-03", "every 1w").give(1)
}

// kindCases has at least one event of every kind but a correction.
func kindCases() []kindCase {
	const third, fifth, gate = "2026-03-03", "2026-03-05", "2026-03-12"
	id := func(n int, what func(id schedule.ID) schedule.Happening) func(*story) schedule.Happening {
		return func(s *story) schedule.Happening { return what(s.id(n)) }
	}
	missed := func(n int) func(*story) schedule.Happening {
		return id(n, func(id schedule.ID) schedule.Happening { return schedule.Missed{Session: id} })
	}
	cancelled := func(n int, rest bool) func(*story) schedule.Happening {
		return id(n, func(id schedule.ID) schedule.Happening {
			return schedule.Cancelled{Session: id, By: schedule.ByClinical, Rest: rest}
		})
	}
	given := func(n int, on string) func(*story) schedule.Happening {
		return id(n, func(id schedule.ID) schedule.Happening {
			return schedule.Given{Session: id, Date: day(on), Dose: dose.MustMass("40 mg")}
		})
	}
	held := id(3, func(id schedule.ID) schedule.Happening { return schedule.Held{Session: id} })
	decided := func(d schedule.Decided) func(*story) schedule.Happening {
		d.Gate, d.Who, d.Reason = "benefit", "attending", "found"
		return is(d)
	}
	shifted := func(weeks int, n ...int) func(*story) schedule.Happening {
		return func(s *story) schedule.Happening {
			h := schedule.Shifted{Weeks: weeks}
			for _, n := range n {
				h.Sessions = append(h.Sessions, s.id(n))
			}
			return h
		}
	}
	placedAgain := func(n ...int) func(*story) schedule.Happening {
		return func(s *story) schedule.Happening {
			h := schedule.PlacedAgain{}
			for _, n := range n {
				h.Sessions = append(h.Sessions, s.id(n))
			}
			return h
		}
	}
	adopted := func(phases map[string]string, change func(*protocol.Spec)) func(*story) schedule.Happening {
		return func(s *story) schedule.Happening {
			spec := kindsSpec()
			spec.Version = "2"
			change(&spec)
			return schedule.Adopted{Protocol: compiled(s.t, spec), Phases: phases, Reason: "new evidence", Who: "attending"}
		}
	}
	switched := func(s *story) schedule.Happening {
		h := switchTo(nasalSpray(s.t, nil), "2026-03-23", 14)
		h.Reason = "better"
		return h
	}
	closed := is(schedule.ClinicClosed{From: day("2026-03-05"), To: day("2026-03-06"), Reason: "flu"})
	talk := func(s *story) schedule.ID { return s.talk(1).ID }
	done := func(s *story) schedule.Happening {
		return schedule.VisitDone{Visit: talk(s), Date: day("2026-03-04"), NotDone: nil}
	}
	visitMissed := func(s *story) schedule.Happening { return schedule.VisitMissed{Visit: talk(s)} }
	moved := func(s *story) schedule.Happening {
		return schedule.VisitMoved{Visit: talk(s), Date: day("2026-03-05"), Start: clinic.TimeOfDay{}}
	}
	one := since(1, third)
	return []kindCase{
		{"given", fifth, one, given(2, fifth)},
		{"given: on another day", "2026-03-04", one, given(2, "2026-03-04")},
		{"given: of no session", third, one, is(schedule.Given{Date: day(third), Dose: dose.MustMass("40 mg")})},
		{"given: though missed", fifth, since(1, fifth, missed(2)), given(2, fifth)},
		{"given: though cancelled", fifth, since(1, fifth, cancelled(2, false)), given(2, fifth)},
		{"given: while held", "2026-03-09", since(2, "2026-03-06", held), given(3, "2026-03-09")},
		{"given: nothing", fifth, one, id(2, func(id schedule.ID) schedule.Happening {
			return schedule.Given{Session: id, Date: day(fifth), Dose: dose.MustMass("0 mg"), Reason: "ill", Who: "nurse"}
		})},
		{"given: another level", fifth, one, id(2, func(id schedule.ID) schedule.Happening {
			return schedule.Given{Session: id, Date: day(fifth), Dose: dose.MustMass("60 mg")}
		})},
		{"given: the last", "2026-03-30", func(t *testing.T) *story {
			s := kindsStory(t, func(spec *protocol.Spec) { spec.Gates = nil }).give(6)
			return s
		}, given(7, "2026-03-30")},
		{"missed", fifth, one, missed(2)},
		{"missed: though cancelled", fifth, since(1, fifth, cancelled(2, false)), missed(2)},
		{"cancelled", third, one, cancelled(2, false)},
		{"cancelled: all that come", third, one, cancelled(2, true)},
		{"cancelled: while held", third, since(1, third, held), cancelled(3, false)},
		{"moved", third, one, id(2, func(id schedule.ID) schedule.Happening { return schedule.Moved{Session: id, Date: day("2026-03-06")} })},
		{"moved: outside its window", third, one, id(5, func(id schedule.ID) schedule.Happening {
			return schedule.Moved{Session: id, Date: day("2026-03-20"), Reason: "travels", Who: "attending"}
		})},
		{"moved: a lost one", third, since(1, third, closed), id(2, func(id schedule.ID) schedule.Happening {
			return schedule.Moved{Session: id, Date: day("2026-03-04")}
		})},
		{"added", third, one, is(schedule.Added{Date: day("2026-03-20"), Phase: "weekly"})},
		{"added: for a missed one", fifth, since(1, fifth, missed(2)), id(2, func(id schedule.ID) schedule.Happening {
			return schedule.Added{Date: day("2026-03-06"), For: id}
		})},
		{"added: after a stop", third, since(1, third, cancelled(2, true)), is(schedule.Added{Date: day("2026-03-20"), Phase: "weekly", Reason: "worse"})},
		{"held", third, one, held},
		{"resumed", third, since(1, third, held), is(schedule.Resumed{})},
		{"resumed: late", "2026-03-18", since(2, "2026-03-06", held), is(schedule.Resumed{})},
		{"shifted", third, one, shifted(1, 2)},
		{"shifted: a missed one", fifth, since(1, fifth, missed(2)), shifted(1, 2)},
		{"shifted: several missed", "2026-03-09", since(1, "2026-03-09", missed(2), missed(3)), shifted(1, 2, 3)},
		{"shifted: by none, lost", third, since(1, third, closed), shifted(0, 2)},
		{"shifted: held", third, since(1, third, held), shifted(1, 3)},
		{"reanchored", third, one, id(2, func(id schedule.ID) schedule.Happening {
			return schedule.Reanchored{Session: id, Date: day("2026-03-06")}
		})},
		{"reanchored: given late", "2026-03-06", since(1, "2026-03-06", given(2, "2026-03-06")), id(2, func(id schedule.ID) schedule.Happening {
			return schedule.Reanchored{Session: id}
		})},
		{"reanchored: a missed one", fifth, since(1, fifth, missed(2)), id(2, func(id schedule.ID) schedule.Happening {
			return schedule.Reanchored{Session: id, Date: day("2026-03-06")}
		})},
		{"placed-again: a missed one", fifth, since(1, fifth, missed(2)), placedAgain(2)},
		{"placed-again: a lost one", third, since(1, third, closed), placedAgain(2)},
		{"placed-again: lost for the patient", third, since(1, third, is(schedule.PatientAway{From: day("2026-03-09")})), placedAgain(3)},
		{"placed-again: two", "2026-03-05", since(1, "2026-03-05", missed(2)), placedAgain(2, 3)},
		{"appended", fifth, since(1, fifth, missed(2)), id(2, func(id schedule.ID) schedule.Happening { return schedule.Appended{Session: id} })},
		{"appended: a cancelled one", third, since(1, third, cancelled(2, false)), id(2, func(id schedule.ID) schedule.Happening { return schedule.Appended{Session: id} })},
		{"restarted", third, one, id(2, func(id schedule.ID) schedule.Happening {
			return schedule.Restarted{Session: id, Date: day("2026-03-09")}
		})},
		{"restarted: a missed one", fifth, since(1, fifth, missed(2)), id(2, func(id schedule.ID) schedule.Happening {
			return schedule.Restarted{Session: id, Date: day("2026-03-16")}
		})},
		{"restarted: an earlier phase", gate, since(4, gate, decided(schedule.Decided{Then: protocol.Continue})), id(5, func(id schedule.ID) schedule.Happening {
			return schedule.Restarted{Session: id, Date: day("2026-03-16"), Phase: "induction"}
		})},
		{"restarted: after a stop", third, since(1, third, cancelled(2, true)), id(2, func(id schedule.ID) schedule.Happening {
			return schedule.Restarted{Session: id, Date: day("2026-03-09"), Reason: "worse"}
		})},
		{"stepped-back", gate, since(4, gate, decided(schedule.Decided{Then: protocol.Continue})), id(5, func(id schedule.ID) schedule.Happening {
			return schedule.SteppedBack{Session: id, To: "induction", Sessions: 2, Reason: "worse"}
		})},
		{"stepped-back: for the rest of the phase", gate, since(4, gate, decided(schedule.Decided{Then: protocol.Continue})), id(5, func(id schedule.ID) schedule.Happening {
			return schedule.SteppedBack{Session: id, To: "induction", Reason: "worse"}
		})},
		{"decided: continue", gate, since(4, gate), decided(schedule.Decided{Then: protocol.Continue})},
		{"decided: stop", gate, since(4, gate), decided(schedule.Decided{Then: protocol.Stop})},
		{"decided: extend", gate, since(4, gate), decided(schedule.Decided{Then: protocol.Extend, Sessions: 2})},
		{"decided: step back", "2026-03-23", func(t *testing.T) *story {
			return since(4, gate, decided(schedule.Decided{Then: protocol.Continue}))(t).give(6)
		}, is(schedule.Decided{Gate: "enough", Then: protocol.StepBack, To: "induction", Sessions: 2, Reason: "worse", Who: "attending"})},
		{"decided: change", gate, since(4, gate), decided(schedule.Decided{Then: protocol.Change})},
		{"weighed", third, weighedStory, is(schedule.Weighed{Date: day(third), Weight: dose.MustWeight("90 kg")})},
		{"weighed: before what was given", third, weighedStory, is(schedule.Weighed{Date: day("2026-03-01"), Weight: dose.MustWeight("90 kg")})},
		{"dose-chosen", third, one, id(3, func(id schedule.ID) schedule.Happening {
			return schedule.DoseChosen{Session: id, Level: dose.MustLevel("60 mg"), Who: "attending"}
		})},
		{"clinic-closed", third, one, closed},
		{"patient-away", third, one, is(schedule.PatientAway{From: day("2026-03-04"), To: day("2026-03-12"), Reason: "trip"})},
		{"clinic-changed", third, one, is(schedule.ClinicChanged{Days: []schedule.ClinicDay{
			{Date: day("2026-03-05"), Hours: []clinic.Hours{clinic.MustHours("13:00-17:00")}}, {Date: day("2026-03-09"), Reason: "storm"},
		}})},
		{"clinic-changed: open again", third, since(1, third, closed), is(schedule.ClinicChanged{Days: []schedule.ClinicDay{
			{Date: day("2026-03-05"), Hours: []clinic.Hours{clinic.MustHours("08:00-17:00")}},
		}})},
		{"extended: later", "2025-01-07", endlessGiven, is(schedule.Extended{Until: day("2025-02-17")})},
		{"extended: earlier", "2025-01-07", endlessGiven, is(schedule.Extended{Until: day("2025-01-20")})},
		{"extended: while held", "2025-01-07", func(t *testing.T) *story {
			s := endlessGiven(t)
			return s.on("2025-01-07", schedule.Held{Session: s.id(3)})
		}, is(schedule.Extended{Until: day("2025-02-17")})},
		{"accepted", fifth, since(1, fifth, missed(2)), id(2, func(id schedule.ID) schedule.Happening {
			return schedule.Accepted{Session: id, Code: schedule.Missing, Reason: "known", Who: "attending"}
		})},
		{"adopted", third, one, adopted(nil, func(spec *protocol.Spec) {
			spec.Phases[0].Cadence, spec.Phases[1].Cadence = protocol.MustCadence("3/wk x2"), protocol.MustCadence("1/wk x4")
		})},
		{"adopted: by another name", third, one, adopted(map[string]string{"weekly": "taper"}, func(spec *protocol.Spec) {
			spec.Phases[1].Name, spec.Gates[1].Phase = "taper", "taper"
		})},
		{"adopted: fewer sessions", third, one, adopted(nil, func(spec *protocol.Spec) { spec.Phases[0].Cadence = protocol.MustCadence("1/wk x2") })},
		{"adopted: after a stop", third, since(1, third, cancelled(2, true)), adopted(nil, func(spec *protocol.Spec) { spec.Phases[1].Cadence = protocol.MustCadence("1/wk x2") })},
		{"switched", third, one, switched},
		{"switched: after a stop", third, since(1, third, cancelled(2, true)), switched},
		{"switched: while held", third, since(1, third, held), switched},
		{"measured", third, func(t *testing.T) *story { return heightStory(t).give(1) }, is(schedule.Measured{Date: day(third), Height: dose.MustHeight("177.8 cm")})},
		{"wished: never", third, since(1, third, is(schedule.PatientAway{From: day("2026-03-12")})), is(schedule.Wished{Wishes: schedule.Wishes{Never: protocol.OnDays(time.Monday)}})},
		{"wished: an appointment", third, one, is(schedule.Wished{Wishes: schedule.Wishes{Appointments: []schedule.Appointment{{Ordinal: 3, Date: day("2026-03-10")}}}})},
		{"wished: and moved", third, since(1, third, is(schedule.Wished{Wishes: schedule.Wishes{Appointments: []schedule.Appointment{{Ordinal: 3, Date: day("2026-03-10")}}}}),
			id(3, func(id schedule.ID) schedule.Happening { return schedule.Moved{Session: id, Date: day("2026-03-10")} }),
			id(3, func(id schedule.ID) schedule.Happening { return schedule.Moved{Session: id, Date: day("2026-03-09")} })), is(schedule.Wished{})},
		{"wished: weekdays", third, one, is(schedule.Wished{Wishes: schedule.Wishes{Weekdays: []protocol.DaySet{protocol.OnDays(time.Tuesday, time.Friday)}}})},
		{"visit-done", "2026-03-04", one, done},
		{"visit-done: though missed", "2026-03-04", since(1, "2026-03-04", visitMissed), done},
		{"visit-missed", "2026-03-04", one, visitMissed},
		{"visit-moved", "2026-03-02", since(1, "2026-03-02"), moved},
		{"visit-moved: after its start", third, one, moved},
		{"visit-moved: a missed one", "2026-03-04", since(1, "2026-03-04", visitMissed), moved},
	}
}

// Of every kind an event is applied, withdrawn at once and true again: each time
// everything is as it was, and whoever was told something can be told of each step.
func TestCorrectedKinds(t *testing.T) {
	cases := kindCases()
	for _, kind := range schedule.EventKinds() {
		// A plan that was made here has nothing to take: TestRecomputed withdraws that.
		if kind == kindOf(t, schedule.Corrected{}) || kind == kindOf(t, schedule.Recomputed{}) {
			continue
		}
		t.Run(kind, func(t *testing.T) {
			ran := 0
			for _, tt := range cases {
				name, which, _ := strings.Cut(tt.name, ": ")
				if name != kind {
					continue
				}
				ran++
				t.Run(which, func(t *testing.T) { withdrawAndRestore(t, kind, tt) })
			}
			require.Positive(t, ran, "no event of the kind %q", kind)
		})
	}
}

func withdrawAndRestore(t *testing.T, kind string, tt kindCase) {
	s := tt.story(t)
	before := s.plan
	what := tt.what(s)
	require.Equal(t, kind, kindOf(t, what))
	s.on(tt.on, what)
	event := fmt.Sprint("e", s.n)
	applied := s.plan
	s.correct(tt.on, event, nil)
	withdrawn := s.plan
	s.correct(tt.on, fmt.Sprint("e", s.n), nil)
	restored := s.plan
	for _, of := range []struct{ old, next *schedule.Plan }{{before, applied}, {applied, withdrawn}, {withdrawn, restored}} {
		requireTold(t, of.old, of.next)
		requireKept(t, of.next)
		require.NoError(t, of.next.CheckState())
	}
	require.Equal(t, staysPut[tt.name], notRestored(withdrawn))
	was := before
	if staysPut[tt.name] {
		was = applied
	}
	require.Equal(t, standingOf(was, before), standingOf(withdrawn, before), "withdrawn")
	for _, session := range withdrawn.All() {
		if _, known := before.Session(session.ID()); !known {
			require.Equal(t, schedule.StateCancelled, session.State(), session)
			require.True(t, session.Withdrawn(), session)
		}
	}
	known := map[schedule.ID]bool{}
	for v := range before.OtherVisits() {
		known[v.ID] = true
	}
	for v := range withdrawn.OtherVisits() {
		require.True(t, known[v.ID] || v.State == schedule.StateCancelled, "visit %s of session %d is %v", v.Name, v.Session, v.State)
	}
	require.Equal(t, standingOf(applied, applied), standingOf(restored, applied), "restored")
	require.NotEqual(t, standingOf(applied, applied), standingOf(before, before), "the event has no effect that could be withdrawn")
}

func kindOf(t *testing.T, what schedule.Happening) string {
	t.Helper()
	data, err := json.Marshal(schedule.Event{ID: "e", What: what})
	require.NoError(t, err)
	var read struct{ Kind string }
	require.NoError(t, json.Unmarshal(data, &read))
	return read.Kind
}

var numbers = regexp.MustCompile(`sessions? \d+`)

// standingOf lists how a plan stands: what is planned and known of the sessions and
// visits that another plan has, and what is found, but for what says that something was
// corrected.
func standingOf(p, of *schedule.Plan) []string {
	list := []string{
		fmt.Sprint(p.Standing(), p.Start(), p.Until(), p.Protocol().Digest(), p.Wishes(), slices.Collect(p.Weighings()), p.Height()),
	}
	for _, session := range of.All() {
		if s, ok := p.Session(session.ID()); ok {
			said := s.Snapshot()
			said.Ordinal, said.Revision = 0, 0
			given, took := s.Given()
			list = append(list, fmt.Sprintf("session %+v %v %v %v %v", said, s.Protocol().Digest(), s.Withdrawn(), took, given))
		}
	}
	var visits, found []string
	known := map[schedule.ID]bool{}
	for v := range of.OtherVisits() {
		known[v.ID] = true
	}
	for v := range p.OtherVisits() {
		if known[v.ID] {
			visits = append(visits, fmt.Sprint("visit ", v.ID, v.Name, v.Date, v.Start, v.End, v.State, v.Lost, v.NotDone, v.Reason, v.Target, v.Earliest, v.Latest))
		}
	}
	for c := range p.Checkpoints() {
		said := c.Snapshot()
		said.Session = 0
		list = append(list, fmt.Sprintf("checkpoint %+v", said))
	}
	for _, f := range schedule.Validate(p) {
		if f.Code != schedule.EntryCorrected && f.Code != schedule.NotRestored {
			f.Session, f.Accepted.Session = 0, 0
			found = append(found, fmt.Sprint("found ", f.ID, numbers.ReplaceAllString(f.String(), "session"), f.Accepted))
		}
	}
	slices.Sort(visits)
	slices.Sort(found)
	return append(append(list, visits...), found...)
}

// requireTold checks that revisions rise by one exactly where a calendar shows something
// else, and that everything that was said can still be told, with what is said now.
func requireTold(t *testing.T, old, next *schedule.Plan) {
	t.Helper()
	entries := slices.Collect(next.History())
	last := entries[len(entries)-1].Event.ID
	check := func(id schedule.ID, name string) {
		before, now := old.Told(id), next.Told(id)
		if len(before) == 0 {
			require.Len(t, now, 1, name)
			require.Equal(t, []any{0, last}, []any{now[0].Revision, now[0].Event}, name)
			return
		}
		was, is := before[len(before)-1], now[len(now)-1]
		shown := was.Date != is.Date || was.Start != is.Start || was.End != is.End || was.State != is.State || was.Lost != is.Lost
		rises := 0
		if shown || was.Level != is.Level && is.State != schedule.StateGiven {
			rises = 1
		}
		require.Equal(t, was.Revision+rises, is.Revision, "%s: %v became %v", name, was, is)
		if shown || was.Level != is.Level || was.Dose != is.Dose || len(now) > len(before) { // computed anew
			require.Equal(t, last, is.Event, name)
			require.Equal(t, before, now[:len(now)-1], name)
		} else {
			require.Equal(t, before, now, name)
		}
	}
	for _, session := range old.All() {
		_, known := next.Session(session.ID())
		require.True(t, known, "%v is gone", session)
	}
	for _, session := range next.All() {
		check(session.ID(), session.String())
	}
	for v := range next.OtherVisits() {
		check(v.ID, fmt.Sprint(v.Name, " of ", v.SessionID))
	}
}
