package schedule_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rickb777/date/v2"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
)

// holding returns what holds of a history, as the words define it, entry by entry and
// without a thought for speed: the last correction of an entry that is not itself
// corrected has the word; a fact instead of a fact keeps its place, and everything else
// that is said instead comes with its correction.
func holding(history []schedule.Entry) (list []schedule.Happening) {
	number := map[string]int{}
	for i, e := range history {
		number[e.Event.ID] = i
	}
	type said struct {
		of, item int
		instead  schedule.Happening
	}
	// says returns what a correction says of which entries.
	says := func(j int) (list []said) {
		c, ok := history[j].Event.What.(schedule.Corrected)
		if !ok {
			return nil
		}
		for k, item := range append([]schedule.Correction{{Of: c.Of, Instead: c.Instead}}, c.Also...) {
			for item.Instead != nil {
				inner, ok := history[number[item.Of]].Event.What.(schedule.Corrected)
				if !ok {
					break
				}
				list = append(list, said{number[item.Of], k, nil})
				item.Of = inner.Of
			}
			list = append(list, said{number[item.Of], k, item.Instead})
		}
		return list
	}
	var word func(i int) (said, int, bool)
	word = func(i int) (said, int, bool) {
		for k := len(history) - 1; k > i; k-- {
			for _, s := range says(k) {
				if s.of != i {
					continue
				}
				if _, _, dead := word(k); !dead {
					return s, k, true
				}
			}
		}
		return said{}, 0, false
	}
	for i, e := range history {
		s, _, corrected := word(i)
		_, isCorrection := e.Event.What.(schedule.Corrected)
		switch {
		case isCorrection && corrected:
		case isCorrection:
			for _, own := range says(i) {
				last, by, _ := word(own.of)
				if own.instead != nil && by == i && last.item == own.item && (!isFact(history[own.of].Event.What) || !isFact(own.instead)) {
					list = append(list, own.instead)
				}
			}
		case !corrected:
			list = append(list, e.Event.What)
		case isFact(e.Event.What) && isFact(s.instead):
			list = append(list, s.instead)
		}
	}
	return list
}

func isFact(h schedule.Happening) bool {
	switch h.(type) {
	case schedule.Given, schedule.Missed, schedule.Weighed, schedule.ClinicClosed, schedule.ClinicChanged, schedule.PatientAway, schedule.Measured, schedule.Wished, schedule.VisitDone, schedule.VisitMissed:
		return true
	default:
		return false
	}
}

// correctedInstance is a plan whose doses follow the weight, with companions, follow-ups
// and a gate.
func correctedInstance(t *testing.T, r *rand.Rand) schedule.Request {
	t.Helper()
	p := phase([]string{"2/wk x3", "3-2-1", "1/wk x4", "every 10d x4"}[r.IntN(4)], "0.5 mg/kg of actual weight, round 0.1 mg half up, hard max 100 mg")
	p.Steps = []protocol.Step{{From: 1, Dose: dose.MustRule("60 mg"), Condition: "response below half"}}
	p.Climb, p.Follows = protocol.ClimbFree, []protocol.Follows{protocol.FollowsRule, protocol.FollowsLastGiven}[r.IntN(2)]
	p.MinGap = 1 + r.IntN(2)
	if r.IntN(2) == 0 {
		p.Companions = []protocol.Companion{{Name: "call", From: 1, To: 3}}
	}
	later := phase("1/wk x3", "0.5 mg/kg of actual weight, round 0.1 mg half up, hard max 100 mg")
	later.Name = "later"
	spec := protocol.Spec{ID: "random", Version: "1", Phases: []protocol.Phase{p, later}}
	if r.IntN(2) == 0 {
		spec.Gates = []protocol.Gate{{Name: "benefit", Phase: "all", Assess: "response"}}
	}
	if r.IntN(2) == 0 {
		spec.FollowUps = []protocol.FollowUpVisit{{Name: "rating", Days: []int{7}, Window: protocol.Window{Before: 2, After: 3}}}
	}
	if r.IntN(2) == 0 {
		m := protocol.Monitoring{Name: "count", Cadence: protocol.MustCadence([]string{"1/wk x4 then every 2w", "every 3d x9"}[r.IntN(2)]), WhileTreated: true}
		m.Visit.Administration, m.Before = 10*time.Minute, []protocol.ResultNeeded{{From: 2, Within: 5}}
		if r.IntN(2) == 0 {
			m.Elsewhere, m.From = "a laboratory", "later"
		}
		spec.Monitoring = []protocol.Monitoring{m}
	}
	x := request(compiled(t, spec), weekdaysOnly(t), "2025-01-06")
	x.Weighings = []schedule.Weighing{{Date: day("2025-01-03"), Weight: dose.MustWeight("80 kg")}}
	x.AsOf = noon("2025-01-06").Add(-12 * time.Hour)
	return x
}

// randomEntry returns something that may happen, be decided or be corrected.
func randomEntry(r *rand.Rand, plan *schedule.Plan, today date.Date) schedule.Happening {
	weight := func() dose.Weight { return dose.MustWeight(strconv.Itoa(60+r.IntN(60)) + " kg") }
	session := func() schedule.ID { return sessionAt(plan, 1+r.IntN(plan.Len())).ID() }
	switch r.IntN(13) {
	case 6:
		if r.IntN(2) == 0 {
			return schedule.Wished{}
		}
		n := 1 + r.IntN(plan.Len())
		return schedule.Wished{Wishes: schedule.Wishes{Appointments: []schedule.Appointment{{Ordinal: n, Date: max(today, sessionAt(plan, n).Target()) + date.Date(r.IntN(2))}}}}
	case 0:
		return schedule.Weighed{Date: today - date.Date(r.IntN(3)), Weight: weight()}
	case 1:
		g := schedule.Given{Session: session(), Date: today - date.Date(r.IntN(2)), Dose: dose.MustMass([]string{"40 mg", "60 mg"}[r.IntN(2)])}
		if r.IntN(2) == 0 {
			g.Weight = weight()
		}
		if r.IntN(3) == 0 {
			g.Session = schedule.ID{}
		}
		return g
	case 2:
		return schedule.PatientAway{From: today + date.Date(r.IntN(9)), Reason: "travels"}
	case 3:
		for v := range plan.OtherVisits() {
			if r.IntN(2) == 0 {
				continue
			}
			switch r.IntN(3) {
			case 0:
				return schedule.VisitDone{Visit: v.ID, Date: today}
			case 1:
				return schedule.VisitMissed{Visit: v.ID}
			default:
				return schedule.VisitMoved{Visit: v.ID, Date: v.Earliest + date.Date(r.IntN(3))}
			}
		}
	case 4:
		return schedule.Decided{Gate: "benefit", Then: []protocol.Decision{protocol.Continue, protocol.Stop, protocol.Extend}[r.IntN(3)], Sessions: 0, Reason: "found", Who: "who"}
	case 5:
		return schedule.DoseChosen{Session: session(), Level: dose.MustLevel("60 mg"), Who: "who"}
	}
	return randomHappening(r, plan, today)
}

// correctedBefore returns the entries that a correction names, with those that they
// correct and those that corrected them.
func correctedBefore(history []schedule.Entry, c schedule.Corrected) map[string]bool {
	all := map[string]bool{c.Of: true}
	for _, item := range c.Also {
		all[item.Of] = true
	}
	for size := 0; size < len(all); {
		size = len(all)
		for _, e := range history {
			inner, ok := e.Event.What.(schedule.Corrected)
			if !ok {
				continue
			}
			of := []string{inner.Of}
			for _, item := range inner.Also {
				of = append(of, item.Of)
			}
			if all[e.Event.ID] || slices.ContainsFunc(of, func(id string) bool { return all[id] }) {
				all[e.Event.ID] = true
				for _, id := range of {
					all[id] = true
				}
			}
		}
	}
	return all
}

// Over random journals with corrections of anything by anything: facts are those of the
// corrected journal; nothing to come moves but by what was corrected; a given session
// changes only where its own entry is corrected; revisions are one higher exactly where
// something differs that a calendar shows; and what is restored is as it was.
func TestCorrectedRandomly(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(12, 9))
	corrections, refused, restored, kept := 0, 0, 0, 0
	rounds := many(600)
	if *long {
		rounds = 25 * 600
	}
	for range rounds {
		x := correctedInstance(t, r)
		plan, err := schedule.Build(x)
		require.NoError(t, err)
		now := x.AsOf.Add(12 * time.Hour)
		stuck := false // what could not go back once may do so later
		for i := range 4 + r.IntN(14) {
			now = now.AddDate(0, 0, r.IntN(3))
			today := date.New(now.Year(), now.Month(), now.Day())
			history := slices.Collect(plan.History())
			what := randomEntry(r, plan, today)
			if len(history) > 1 && r.IntN(3) == 0 {
				c := schedule.Corrected{Of: history[r.IntN(len(history))].Event.ID, Reason: "r", Who: "w"}
				if r.IntN(3) == 0 {
					if _, nested := what.(schedule.Corrected); !nested {
						c.Instead = what
					}
				}
				if r.IntN(4) == 0 {
					c.Also = []schedule.Correction{{Of: history[r.IntN(len(history))].Event.ID}}
				}
				what = c
			}
			next, err := plan.Apply(schedule.Event{ID: fmt.Sprint("e", i), What: what}, now)
			if err != nil {
				if _, correction := what.(schedule.Corrected); correction {
					refused++
				}
				continue
			}
			require.NoError(t, next.CheckState(), "%v", what)
			if c, ok := what.(schedule.Corrected); ok {
				corrections++
				afterCorrection(t, plan, next, c, history)
				back, err := next.Apply(schedule.Event{ID: "back", What: schedule.Corrected{Of: fmt.Sprint("e", i), Reason: "r", Who: "w"}}, now)
				if err == nil && !stuck && !notRestored(back) && !notRestored(next) {
					restored++
					asBefore(t, plan, back, next)
				}
			}
			stuck = stuck || notRestored(next)
			if plan = next; kept%40 == 0 {
				requireKept(t, plan)
			}
			kept++
		}
	}
	t.Logf("%d corrections, %d restored, %d refused", corrections, restored, refused)
	require.Greater(t, corrections, many(600))
	require.Greater(t, restored, many(300))
	require.Greater(t, refused, many(20))
}

func notRestored(p *schedule.Plan) bool {
	return slices.ContainsFunc(schedule.Validate(p), func(f schedule.Finding) bool { return f.Code == schedule.NotRestored })
}

func afterCorrection(t *testing.T, old, next *schedule.Plan, c schedule.Corrected, history []schedule.Entry) {
	t.Helper()
	names := correctedBefore(history, c)
	touched := func(id schedule.ID) bool {
		for _, said := range old.Told(id) {
			if names[said.Event] {
				return true
			}
		}
		return false
	}
	instead := c.Instead != nil
	for _, was := range old.All() {
		now, ok := next.Session(was.ID())
		require.True(t, ok)
		a, b := was.Snapshot(), now.Snapshot()
		rises := 0
		if a.Date != b.Date || a.Start != b.Start || a.End != b.End || a.State != b.State || a.Level != b.Level || (was.Lost() == "") != (now.Lost() == "") {
			rises = 1
		}
		require.Equal(t, was.Revision()+rises, now.Revision(), "%v became %v by %v", was, now, c)
		moved := a.Date != b.Date || a.Start != b.Start || (a.State == schedule.StateGiven) != (b.State == schedule.StateGiven)
		if moved && !instead {
			require.True(t, touched(was.ID()), "%v became %v by %v, which had set nothing of it", was, now, c)
		}
		g, took := was.Given()
		h, takes := now.Given()
		if took && takes && !instead && !touched(was.ID()) {
			require.Equal(t, g, h)
			require.Equal(t, was.Dose(), now.Dose())
			require.Equal(t, was.Target(), now.Target())
		}
	}
	// The facts, from the words of the journal.
	var weights, given []string
	weights = append(weights, "2025-01-03 80 kg")
	for _, h := range holding(slices.Collect(next.History())) {
		switch h := h.(type) {
		case schedule.Weighed:
			weights = append(weights, h.Date.String()+" "+h.Weight.String())
		case schedule.Given:
			given = append(given, h.Date.String()+" "+h.Dose.String())
			if !h.Weight.IsZero() {
				weights = append(weights, h.Date.String()+" "+h.Weight.String())
			}
		}
	}
	var known, gave []string
	for w := range next.Weighings() {
		known = append(known, w.Date.String()+" "+w.Weight.String())
	}
	for _, session := range next.All() {
		if g, ok := session.Given(); ok {
			gave = append(gave, g.Date.String()+" "+g.Dose.String())
		}
	}
	for _, list := range []*[]string{&weights, &known} {
		slices.Sort(*list)
		*list = slices.Compact(*list)
	}
	slices.Sort(given)
	slices.Sort(gave)
	require.Equal(t, weights, known, "%v", c)
	require.Equal(t, given, gave, "%v", c)
}

// asBefore compares a plan after a correction was corrected with that before it.
func asBefore(t *testing.T, old, back, between *schedule.Plan) {
	t.Helper()
	var order []schedule.ID // of those that there were before
	for _, session := range back.All() {
		if _, known := old.Session(session.ID()); known {
			order = append(order, session.ID())
		}
	}
	for i, was := range old.All() {
		now, ok := back.Session(was.ID())
		require.True(t, ok)
		mid, _ := between.Session(was.ID())
		text := func(s schedule.Session) string {
			dose, level := s.Dose().Dose(), s.Level()
			if s.State() == schedule.StateCancelled || s.State() == schedule.StateMissed {
				dose, level = was.Dose().Dose(), was.Level() // none that anybody will be given
			}
			return fmt.Sprint(s.Date(), s.Start(), s.End(), s.State(), level, dose, s.Target(), s.Lost() == "", s.Withdrawn())
		}
		require.Equal(t, text(was), text(now), "between: %v\n%s", mid, historyText(back)+ordered(old)+"\n"+ordered(between)+"\n"+ordered(back))
		require.Equal(t, was.ID(), order[i], "%s", historyText(back)+ordered(old)+"\n"+ordered(between)+"\n"+ordered(back))
	}
	require.Equal(t, old.Standing(), back.Standing())
	require.Equal(t, slices.Collect(old.Weighings()), slices.Collect(back.Weighings()))
	require.Equal(t, old.Wishes(), back.Wishes())
}

func ordered(p *schedule.Plan) string { return (&story{plan: p}).calendar() }

func historyText(p *schedule.Plan) string {
	var b strings.Builder
	for e := range p.History() {
		b.WriteString(e.String() + "\n")
	}
	return b.String()
}
