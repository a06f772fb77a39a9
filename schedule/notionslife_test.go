package schedule_test

import (
	"math/rand/v2"
	"strconv"
	"testing"
	"time"

	"github.com/rickb777/date/v2"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/schedule"
)

// A notionLife is a plan of a protocol with some notions, and one of the same protocol
// without, to both of which the same happens.
type notionLife struct {
	t         *testing.T
	r         *rand.Rand
	has       notions
	plan      *schedule.Plan // with
	bare      *schedule.Plan // without
	built     *schedule.Plan // plan before anything happened
	today     date.Date
	n         int
	weighings []schedule.Weighing
	given     []givenTwice
	known     []knownPlan
	counts    map[string]int
}

// A givenTwice is a dose that both plans have, the second without parts and medicines.
type givenTwice struct {
	id         string
	with, bare schedule.Given
	withdrawn  bool
}

// A knownPlan is the file of a plan as of an instant.
type knownPlan struct {
	at   time.Time
	file string
}

func (l *notionLife) same() {
	l.t.Helper()
	require.Equal(l.t, sessionsOf(l.bare), sessionsOf(l.plan), "%+v", l.has)
}

// both lets something happen to both plans, and reports whether it did.
func (l *notionLife) both(with, bare schedule.Happening) (string, bool) {
	l.t.Helper()
	l.n++
	id := "e" + strconv.Itoa(l.n)
	plan, err := l.plan.Apply(schedule.Event{ID: id, What: with}, noon(l.today.String()))
	other, errBare := l.bare.Apply(schedule.Event{ID: id, What: bare}, noon(l.today.String()))
	require.Equal(l.t, errBare == nil, err == nil, "%+v: %v, %v", with, err, errBare)
	if err != nil {
		return id, false
	}
	l.plan, l.bare = plan, other
	l.remember()
	return id, true
}

// remember keeps the plan as it is known today, for the last time today.
func (l *notionLife) remember() {
	at, file := noon(l.today.String()), string(schedule.FormatPlan(l.plan))
	if n := len(l.known); n > 0 && l.known[n-1].at.Equal(at) {
		l.known = l.known[:n-1]
	}
	l.known = append(l.known, knownPlan{at, file})
}

func (l *notionLife) next() (schedule.Session, bool) {
	for _, s := range l.plan.All() {
		if s.Placed() && (s.State() == schedule.StatePlanned || s.State() == schedule.StateProvisional) {
			return s, true
		}
	}
	return schedule.Session{}, false
}

// give returns what was given at a session, as planned or not.
func (l *notionLife) give(s schedule.Session, on date.Date) (with, bare schedule.Given) {
	bare = schedule.Given{Session: s.ID(), Date: on, Dose: s.Dose().Dose()}
	if bare.Dose.IsZero() || l.r.IntN(3) == 0 {
		bare.Dose = dose.MustMass(strconv.Itoa(20+l.r.IntN(60)) + ".5 mg")
		bare.Reason, bare.Who = "asked for", "Dr. Example"
	}
	with = bare
	if l.has.parts {
		first := dose.MustMass(strconv.Itoa(1+l.r.IntN(7)) + ".25 mg")
		rest, err := bare.Dose.Sub(first)
		require.NoError(l.t, err)
		with.Parts = []schedule.GivenPart{{Name: "bolus", Dose: first}, {Name: "infusion", Dose: rest}}
		if l.r.IntN(2) == 0 {
			with.Dose = dose.Mass{} // the sum of its parts
		}
		l.counts["parts"]++
	}
	if l.has.beside {
		for m := range s.Beside() {
			g := schedule.MedicineGiven{Name: m.Name, Dose: m.Planned()}
			switch l.r.IntN(5) {
			case 0:
				continue
			case 1:
				g.Dose, g.NotGiven = dose.Mass{}, true
			case 2:
				g.Name, g.Dose = " "+"ONDANSETRON", dose.MustMass("4.5 mg")
			}
			if !g.NotGiven && g.Dose.IsZero() {
				g.Reason = "not entered yet"
			}
			with.Beside = append(with.Beside, g)
			l.counts["beside"]++
		}
	}
	return with, bare
}

// step lets something happen.
func (l *notionLife) step() {
	l.t.Helper()
	s, some := l.next()
	switch kind := l.r.IntN(10); {
	case kind < 5 && some:
		on := max(s.Date(), l.today)
		if l.r.IntN(4) == 0 {
			on++
		}
		l.today = on
		with, bare := l.give(s, on)
		if id, ok := l.both(with, bare); ok {
			l.given = append(l.given, givenTwice{id: id, with: with, bare: bare})
			l.counts["given"]++
		}
	case kind == 5 && some:
		l.today = max(l.today, s.Date())
		if _, ok := l.both(schedule.Missed{Session: s.ID()}, schedule.Missed{Session: s.ID()}); ok {
			l.counts["missed"]++
		}
	case kind == 6:
		w := schedule.Weighed{Date: l.today, Weight: dose.MustWeight(strconv.Itoa(45+l.r.IntN(60)) + ".5 kg")}
		if _, ok := l.both(w, w); ok {
			l.weighings = append(l.weighings, schedule.Weighing{Date: w.Date, Weight: w.Weight})
			l.counts["weighed"]++
		}
	case kind < 9 && len(l.given) > 0:
		l.correct()
	case l.has.monitoring:
		for v := range l.plan.OtherVisits() {
			if v.Role != schedule.RoleMonitoring || v.Date == 0 || v.Date > l.today || v.State != schedule.StatePlanned && v.State != schedule.StateProvisional {
				continue
			}
			l.n++
			done := schedule.VisitDone{Visit: v.ID, Date: v.Date, Result: "3.5 G/l", Verdict: []schedule.Verdict{schedule.VerdictOK, schedule.VerdictNotOK}[l.r.IntN(2)]}
			next, err := l.plan.Apply(schedule.Event{ID: "v" + strconv.Itoa(l.n), What: done}, noon(l.today.String()))
			require.NoError(l.t, err)
			l.plan = next
			l.remember()
			l.counts["count"]++
			return
		}
	}
}

// correct puts a dose right that was entered wrongly, or withdraws it.
func (l *notionLife) correct() {
	l.t.Helper()
	g := &l.given[l.r.IntN(len(l.given))]
	if g.withdrawn {
		return
	}
	s, ok := l.plan.Session(g.with.Session)
	require.True(l.t, ok)
	c := schedule.Corrected{Of: g.id, Reason: "another patient", Who: "pharmacy"}
	if l.r.IntN(3) == 0 {
		if _, ok := l.both(c, c); ok {
			g.withdrawn = true
			l.counts["withdrawn"]++
		}
		return
	}
	with, bare := l.give(s, g.with.Date)
	cBare := c
	c.Instead, cBare.Instead = with, bare
	id, ok := l.both(c, cBare)
	if !ok {
		return
	}
	g.id, g.with, g.bare = id, with, bare
	l.counts["corrected"]++
	// What is read back is what was said last.
	again, _ := l.plan.Session(with.Session)
	got, ok := again.Given()
	require.True(l.t, ok)
	require.Equal(l.t, with.Parts, got.Parts)
	require.Equal(l.t, with.Beside, got.Beside)
	require.Equal(l.t, bare.Dose, got.Dose)
}

// kept checks that the file, the plan as it was known, and the difference have everything.
func (l *notionLife) kept() {
	l.t.Helper()
	requireKept(l.t, l.plan)
	for _, k := range l.known {
		then, err := l.plan.AsKnown(k.at)
		require.NoError(l.t, err)
		require.Equal(l.t, k.file, string(schedule.FormatPlan(then)))
	}
	d := l.built.Diff(l.plan)
	next, err := d.Apply(l.built)
	require.NoError(l.t, err)
	require.Equal(l.t, string(schedule.FormatPlan(l.plan)), string(schedule.FormatPlan(next)))
	snapshots, err := d.Patch(l.built.Snapshots())
	require.NoError(l.t, err)
	require.Equal(l.t, l.plan.Snapshots(), snapshots)
	requireDiffJSON(l.t, d)
	require.Zero(l.t, l.plan.Verify().Severity)
}
