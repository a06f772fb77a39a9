package stateful_test

import (
	"encoding/json"
	"slices"

	"github.com/rickb777/date/v2"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/clinic"
)

func (s *treatment) noError(err error)   { require.NoError(s, err) }
func (s *treatment) equal(want, got any) { require.Equal(s, want, got) }

func settled(state schedule.State) bool {
	return state == schedule.StateGiven || state == schedule.StateMissed || state == schedule.StateCancelled
}

// follows checks a plan against the one before an event, and returns its file.
func (s *treatment) follows(old, next *schedule.Plan, what schedule.Happening) string {
	before := map[schedule.ID]schedule.Session{}
	for _, session := range old.All() {
		before[session.ID()] = session
	}
	ids := map[schedule.ID]bool{}
	for _, session := range next.All() {
		require.False(s, ids[session.ID()], "the id %s twice", session.ID())
		ids[session.ID()] = true
		was, known := before[session.ID()]
		if !known {
			require.Zero(s, session.Revision(), "%T: a new session %v", what, session)
			continue
		}
		then, now := was.Snapshot(), session.Snapshot()
		_, correction := what.(schedule.Corrected)
		if g, ok := what.(schedule.Given); ok && g.Session == session.ID() && settled(then.State) {
			require.NotEqual(s, schedule.StateGiven, then.State)
			require.Equal(s, schedule.StateGiven, now.State, "it was given after all")
			require.Equal(s, then.Revision+1, now.Revision)
			continue
		}
		if m, ok := what.(schedule.Missed); ok && m.Session == session.ID() && then.State == schedule.StateCancelled {
			require.Equal(s, schedule.StateMissed, now.State, "it was missed after all")
			require.Equal(s, then.Revision+1, now.Revision)
			continue
		}
		if settled(then.State) && !correction {
			then.Ordinal = now.Ordinal
			require.Equal(s, then, now, "%T: the past changed", what)
			givenBefore, _ := was.Given()
			givenNow, _ := session.Given()
			require.Equal(s, givenBefore, givenNow)
			continue
		}
		rises := 0
		if then.Date != now.Date || then.Start != now.Start || then.End != now.End || then.State != now.State || then.Level != now.Level ||
			(was.Lost() == "") != (session.Lost() == "") {
			rises = 1
		}
		if then.Date == 0 && now.Date == 0 && then.Revision > 0 && then.Target != now.Target {
			rises = 1 // it had a date once, so calendars have it as cancelled on its target
		}
		require.Equal(s, then.Revision+rises, now.Revision, "%T: %+v became %+v", what, then, now)
	}
	for id := range before {
		require.True(s, ids[id], "%T: session %s is no more", what, id)
	}
	s.placed(old, next, before, what)
	visits := map[schedule.ID]schedule.OtherVisit{}
	for v := range next.OtherVisits() {
		_, twice := visits[v.ID]
		require.False(s, twice, "visit %s twice", v.ID)
		visits[v.ID] = v
	}
	for v := range old.OtherVisits() {
		now, kept := visits[v.ID]
		if !v.Placed() {
			continue // nobody was told of it
		}
		require.True(s, kept, "%T: visit %s of %s is no more", what, v.Name, v.Date)
		rises := 0
		if v.Date != now.Date || v.Start != now.Start || v.End != now.End || v.State != now.State || (v.Lost == "") != (now.Lost == "") {
			rises = 1
		}
		require.Equal(s, v.Revision+rises, now.Revision, "%T: %+v became %+v", what, v, now)
	}
	d := old.Diff(next)
	again, err := d.Apply(old)
	require.NoError(s, err)
	file := string(schedule.FormatPlan(next))
	require.Equal(s, file, string(schedule.FormatPlan(again)))
	patched, err := d.Patch(old.Snapshots())
	require.NoError(s, err)
	require.Equal(s, next.Snapshots(), patched)
	require.True(s, json.Valid(d.AppendJSON(nil)))
	require.NotEmpty(s, d.String())
	require.True(s, next.Diff(next).Empty())
	return file
}

// placed checks that every session that is to take place keeps the date it had or
// has one that the rules allow.
func (s *treatment) placed(old, next *schedule.Plan, before map[schedule.ID]schedule.Session, what schedule.Happening) {
	var taking []schedule.Session
	for _, session := range next.All() {
		if toTakePlace(session) || session.State() == schedule.StateGiven {
			taking = append(taking, session)
		}
	}
	last := date.Date(0)
	for i, session := range taking {
		if session.State() == schedule.StateGiven {
			require.GreaterOrEqual(s, session.Date(), last, "%T: given out of order", what)
			require.True(s, i == 0 || taking[i-1].State() == schedule.StateGiven, "%T: given after one that is to take place", what)
			last = session.Date()
			continue
		}
		// One whose date is past keeps its place.
		require.GreaterOrEqual(s, max(session.Date(), last), last, "%T: out of order", what)
		was, known := before[session.ID()]
		if c, ok := what.(schedule.Corrected); ok {
			s.cameBack(was, session, c)
			continue
		}
		if known && was.Placed() && was.Date() == session.Date() && was.Start() == session.Start() && was.State() != schedule.StateHeld {
			continue
		}
		if _, resumed := what.(schedule.Resumed); resumed {
			require.Equal(s, was.Date(), session.Date())
			require.GreaterOrEqual(s, session.Date(), s.today())
			continue
		}
		if added, ok := what.(schedule.Added); ok && session.Date() == added.Date && added.Date <= s.today() {
			continue // a fact
		}
		require.GreaterOrEqual(s, session.Date(), s.today(), "%T: %v", what, session)
		if moved, ok := what.(schedule.Moved); !ok || moved.Reason == "" || moved.Who == "" {
			require.GreaterOrEqual(s, session.Date(), session.Earliest(), "%T: %v", what, session)
			require.LessOrEqual(s, session.Date(), session.Latest(), "%T: %v", what, session)
		}
		s.opened(next, session, what)
		for _, j := range []int{i - 1, i + 1} {
			if j < 0 || j >= len(taking) {
				continue
			}
			if given, _ := taking[j].Given(); given.Nothing {
				continue // gaps ignore it
			}
			distance := int(session.Date() - taking[j].Date())
			require.GreaterOrEqual(s, max(distance, -distance), max(gapOf(session), gapOf(taking[j])),
				"%T: %v too close to %v", what, session, taking[j])
		}
	}
}

// gapOf returns the least gap of a session's phase.
func gapOf(session schedule.Session) int {
	for _, phase := range session.Protocol().Phases() {
		if phase.Name == session.Phase() {
			return phase.MinGap
		}
	}
	return 0
}

// opened checks that the clinic is open when a session is to take place, by its last
// word about the day, and that the day suits.
func (s *treatment) opened(plan *schedule.Plan, session schedule.Session, what schedule.Happening) {
	hours, reason := s.request.Opening.Open(session.Date())
	wishes := s.request.Wishes
	away := slices.Clone(wishes.Absences)
	for _, what := range holding(plan) {
		switch e := what.(type) {
		case schedule.ClinicClosed:
			if e.From <= session.Date() && session.Date() <= max(e.From, e.To) {
				hours, reason = nil, e.Reason
			}
		case schedule.ClinicChanged:
			for _, d := range e.Days {
				if d.Date == session.Date() {
					hours, reason = d.Hours, d.Reason
				}
			}
		case schedule.PatientAway:
			away = append(away, schedule.Absence(e))
		case schedule.Wished: // instead of all that was said before
			wishes = e.Wishes
			away = slices.Clone(wishes.Absences)
		}
	}
	end := session.End().Minutes() + int(session.EndDate()-session.Date())*24*60
	require.True(s, slices.ContainsFunc(hours, func(h clinic.Hours) bool {
		return h.From.Compare(session.Start()) <= 0 && end <= h.End()
	}), "%T: %v is outside %v %s", what, session, hours, reason)
	require.False(s, wishes.Never.Has(session.Date().Weekday()))
	for _, a := range away {
		require.False(s, a.From <= session.Date() && session.Date() <= max(a.From, a.To), "%T: %v is in %v", what, session, a)
	}
}

// holds checks what is true of every plan, from what it says and what happened.
func (s *treatment) holds() {
	p := s.plan
	weighings := s.weighings()
	for i, session := range p.All() {
		require.Equal(s, i+1, session.Ordinal())
		require.LessOrEqual(s, session.Earliest(), session.Latest())
		require.True(s, session.Extra() || session.Earliest() >= s.request.Start)
		require.NotEmpty(s, session.String())
		found, ok := p.Session(session.ID())
		require.True(s, ok)
		require.Equal(s, session, found)
		if !toTakePlace(session) && session.State() != schedule.StateHeld {
			continue
		}
		c := session.Dose()
		switch {
		case session.DoseError() != nil:
			require.True(s, c.IsZero())
		case c.IsZero():
			for _, phase := range session.Protocol().Phases() {
				require.True(s, phase.Name != session.Phase() || phase.Dose.IsZero(), "%v has no dose", session)
			}
		default:
			delivery := session.Delivery()
			again, err := delivery.Order().For(c.Body())
			if c.Rule().Amount.IsSum() {
				var parts []dose.PartDelivery
				again, parts, err = sequenceOf(session).For(c.Body())
				at := 0
				for part := range session.Parts() {
					require.Equal(s, parts[at], part.PartDelivery)
					at++
				}
				require.Len(s, parts, at)
			} else if c.Chosen() {
				again, err = delivery.Order().Choice(c.Dose(), c.Body())
			}
			require.NoError(s, err)
			require.Equal(s, delivery, again)
			require.Equal(s, weightAt(weighings, session), c.Body().Weight, "%v", session)
		}
	}
	found := schedule.Validate(p)
	require.Equal(s, found, schedule.Validate(p))
	for _, f := range found {
		require.NotEqual(s, schedule.CheckFailed, f.Code, f.Text)
	}
	require.True(s, json.Valid(p.AppendJSON(nil)))
	s.stands()
	if s.events%10 == 0 {
		s.notions()
		s.explained()
		s.kept()
	}
}

// weighings returns all that holds, from the request and from events.
func (s *treatment) weighings() []schedule.Weighing {
	p := s.plan
	var weighings []schedule.Weighing // those of a dose given before come before others of its day
	for _, g := range s.request.GivenBefore {
		if !g.Weight.IsZero() {
			weighings = append(weighings, schedule.Weighing{Date: g.Date, Weight: g.Weight})
		}
	}
	weighings = append(weighings, s.request.Weighings...)
	for _, what := range holding(p) {
		switch e := what.(type) {
		case schedule.Weighed:
			weighings = append(weighings, schedule.Weighing{Date: e.Date, Weight: e.Weight, Session: e.Session})
		case schedule.Given:
			if !e.Weight.IsZero() {
				weighings = append(weighings, schedule.Weighing{Date: e.Date, Weight: e.Weight, Session: e.Session})
			}
		}
	}
	return weighings
}

// weightAt returns the weight by which a session is dosed: the latest, and before others
// of its day the one that was measured at it.
func weightAt(weighings []schedule.Weighing, session schedule.Session) dose.Weight {
	latest := schedule.Weighing{}
	for _, w := range weighings {
		measured := latest.Date == session.Date() && latest.Session == session.ID()
		if w.Date <= session.Date() && w.Date >= latest.Date && (!measured || w.Session == session.ID()) {
			latest = w
		}
	}
	return latest.Weight
}

// sequenceOf returns the parts that the phase of a session has.
func sequenceOf(session schedule.Session) dose.Sequence {
	for _, phase := range session.Protocol().Phases() {
		if phase.Name == session.Phase() {
			return phase.Sequence()
		}
	}
	return dose.Sequence{}
}

// stands checks that the sessions of a status add up to those of the plan.
func (s *treatment) stands() {
	row, rows, sessions := s.plan.Row(), s.plan.AppendVisitRows(nil, nil), s.sessions()
	for _, day := range []date.Date{s.request.Start, s.today() - 5, s.today(), s.today() + 30} {
		status := s.plan.On(day)
		pending, held, given, last := 0, 0, 0, date.Date(0)
		sums := map[string]dose.Mass{}
		for _, session := range sessions {
			switch {
			case toTakePlace(session):
				pending++
			case session.State() == schedule.StateHeld:
				held++
			case session.State() == schedule.StateGiven:
				g, _ := session.Given()
				add := func(drug string, m dose.Mass) {
					if m.IsZero() {
						return
					}
					for known := range sums {
						if protocol.SameDrug(known, drug) {
							drug = known
						}
					}
					sum, err := sums[drug].Add(m)
					require.NoError(s, err)
					sums[drug] = sum
				}
				if session.Date() <= day {
					given++
					last = session.Date()
					add(session.Protocol().Drug(), g.Dose)
				}
				for _, m := range g.Beside {
					if m.Date != 0 && m.Date <= day || m.Date == 0 && session.Date() <= day {
						add(m.Name, m.Dose)
					}
				}
			}
		}
		s.inTables(status, day, row, rows)
		a := status.Adherence
		require.Equal(s, pending, len(status.Due)+len(status.Overdue)+len(status.Upcoming)+len(status.Lost))
		for _, session := range status.Lost {
			require.NotEmpty(s, session.Lost())
		}
		require.Len(s, status.Held, held)
		require.Equal(s, given, status.Completed)
		require.Equal(s, given, a.Given)
		require.Equal(s, len(status.Overdue), a.Overdue)
		require.Equal(s, a.Planned, a.Given-a.Extra+a.Missed-a.MadeUp+a.Cancelled+a.Overdue)
		if s.plan.Protocol().Cadence().Endless() {
			require.Zero(s, status.Of)
		} else {
			require.LessOrEqual(s, status.Completed, status.Of)
		}
		require.LessOrEqual(s, status.Of, s.plan.Len())
		require.LessOrEqual(s, status.Percent(), 100)
		require.Len(s, a.Doses, len(sums))
		for _, sum := range a.Doses {
			require.NoError(s, sum.Err)
			require.Equal(s, sums[sum.Drug], sum.Dose)
		}
		require.Equal(s, given == 0, a.MeanShift() == "")
		require.True(s, given == 0 || last <= day)
	}
}

// inTables checks that what an app keeps of the plan in tables answers as the plan does.
func (s *treatment) inTables(status schedule.Status, day date.Date, row schedule.Row, rows []schedule.VisitRow) {
	due, overdue, lost := 0, 0, 0
	for _, row := range rows {
		if row.Role != 0 {
			continue
		}
		switch {
		case row.DueOn(day):
			due++
		case row.OverdueOn(day):
			overdue++
		case row.LostOn(day):
			lost++
		}
	}
	require.Equal(s, []int{len(status.Due), len(status.Overdue), len(status.Lost)}, []int{due, overdue, lost})
	require.Equal(s, len(status.Lost) > 0, row.LostOn(day))
	require.Equal(s, len(status.Overdue) > 0, row.OverdueSince(day) != 0)
	require.True(s, len(status.Due) == 0 || row.DueBy(day))
	require.Equal(s, status.Checkpoint.Gate.Name, row.Gate)
	require.Equal(s, status.Of, row.Of)
}

// sessions returns those of the plan.
func (s *treatment) sessions() []schedule.Session {
	list := make([]schedule.Session, 0, s.plan.Len())
	for _, session := range s.plan.All() {
		list = append(list, session)
	}
	return list
}

// explained checks that looking at a plan does not change it.
func (s *treatment) explained() {
	for _, session := range s.plan.All() {
		e, err := s.plan.Explain(session.ID())
		require.NoError(s, err)
		require.NotEmpty(s, e.String())
		_, err = s.plan.Alternatives(session.ID())
		require.NoError(s, err)
	}
	for c := range s.plan.Checkpoints() {
		require.NotEmpty(s, c.Gate.Name)
	}
	require.Equal(s, s.file, string(schedule.FormatPlan(s.plan)))
}

// unasked is an opening that must not be asked: a plan file has every answer.
type unasked struct{}

func (unasked) Open(d date.Date) ([]clinic.Hours, string) { panic("asked about " + d.String()) }

// kept checks that the file of a plan makes the same plan.
func (s *treatment) kept() {
	again, err := schedule.ParsePlan("plan.json", []byte(s.file), schedule.PlanSource{
		Protocols: append(append([]*protocol.Protocol{}, s.protocols...), s.others...), Opening: unasked{}, Zone: s.zone(),
	})
	require.NoError(s, err)
	require.Equal(s, s.file, string(schedule.FormatPlan(again)))
	require.Equal(s, string(s.plan.AppendJSON(nil)), string(again.AppendJSON(nil)))
}

// rebuilt checks that the events alone rebuild the plan.
func (s *treatment) rebuilt() {
	plan, err := schedule.Build(s.request)
	require.NoError(s, err)
	plan, err = plan.Replay(slices.Collect(s.plan.History())...)
	require.NoError(s, err)
	require.Equal(s, s.file, string(schedule.FormatPlan(plan)))
	s.kept()
}
