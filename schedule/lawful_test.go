package schedule_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/rickb777/date/v2"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/clinic"
)

// What follows knows the rules that nothing planned again may break, from the design
// alone, and what was given from the events alone. It looks at every way on that is
// offered, and at every event that plans again, over random treatments.

// A lawPhase is a phase with what its windows and visits are.
type lawPhase struct {
	name, cadence string
	gap, minutes  int
	// after is how many days after its target a window ends, 0 for the whole week of
	// the target.
	after  int
	stated *protocol.Window
}

var lawPhases = []lawPhase{
	{"induction", "3-2", 2, 160, 0, nil},
	{"twice", "2/wk x2", 2, 60, 0, nil},
	{"daily", "5-3", 1, 60, 0, nil},
	{"weekly", "1/wk x3", 3, 160, 3, nil},
	{"tens", "every 10d x3", 4, 100, 3, nil},
	{"fortnightly", "every 2w x3", 5, 160, 3, nil},
	{"monthly", "every 1mo x3", 7, 160, 7, nil},
	{"four-weekly", "every 4w x2", 7, 60, 7, nil},
	{"cycles", "days 1, 8 of 21 x2", 3, 240, 3, nil},
	{"stated", "every 3w x2", 2, 60, 5, &protocol.Window{Before: 2, After: 5}},
}

type span struct{ from, to int }

type dosed struct {
	day date.Date
	gap int
}

// A ward is a random treatment, and what is known of it besides the plan.
type ward struct {
	*rand.Rand
	t      *testing.T
	phases map[string]lawPhase
	hours  map[time.Weekday][]span
	shut   map[date.Date]bool // closed, or the patient away
	start  date.Date
	kg     int
	given  []dosed
	rows   []protocol.MissedDose // of the tables of all phases
	plan   *schedule.Plan
	now    time.Time
	events int
	seen   map[string]int
}

func (w *ward) today() date.Date { return date.New(w.now.Year(), w.now.Month(), w.now.Day()) }

// newWard draws a treatment that has a plan.
func newWard(t *testing.T, r *rand.Rand, seen map[string]int) *ward {
	t.Helper()
	for {
		w := &ward{Rand: r, t: t, phases: map[string]lawPhase{}, hours: map[time.Weekday][]span{}, shut: map[date.Date]bool{}, seen: seen, kg: 60 + r.IntN(60)}
		w.start = day("2026-01-05") + date.Date(r.IntN(300))
		var spec protocol.Spec
		at := r.IntN(4)
		for range 1 + r.IntN(3) {
			if at += r.IntN(3); at >= len(lawPhases) {
				break
			}
			p := lawPhases[at]
			w.phases[p.name] = p
			spec.Phases = append(spec.Phases, protocol.Phase{
				Name: p.name, Cadence: protocol.MustCadence(p.cadence), MinGap: p.gap, Window: p.stated,
				Visit: protocol.Visit{Administration: 40 * time.Minute, Observation: time.Duration(p.minutes-40) * time.Minute},
				Dose:  dose.MustRule("0.5 mg/kg of actual weight, round 0.1 mg half up, hard max 60 mg"),
			})
			at++
		}
		if len(spec.Phases) == 0 {
			continue
		}
		w.tables(&spec)
		if len(spec.Phases) > 1 && r.IntN(2) == 0 {
			spec.Missed = []protocol.MissedRule{{Phase: spec.Phases[len(spec.Phases)-1].Name, Then: protocol.StepBack, To: spec.Phases[0].Name, Condition: "worse"}}
		}
		office := clinic.Spec{Zone: time.UTC, Weekly: map[time.Weekday][]clinic.Hours{}}
		long := []clinic.Hours{clinic.MustHours("08:00-17:00")}
		split := []clinic.Hours{clinic.MustHours("08:00-12:00"), clinic.MustHours("13:00-16:00")}
		for d := range time.Weekday(7) {
			switch n := r.IntN(12); {
			case n == 0 || (d == 0 || d == 6) && n < 8:
			case n < 4:
				office.Weekly[d], w.hours[d] = split, []span{{480, 720}, {780, 960}}
			default:
				office.Weekly[d], w.hours[d] = long, []span{{480, 1020}}
			}
		}
		for range r.IntN(6) {
			d := w.start + date.Date(1+r.IntN(60))
			if !w.shut[d] {
				office.Closed = append(office.Closed, clinic.Closure{Date: d, Reason: "holiday"})
				w.shut[d] = true
			}
		}
		opening, err := clinic.New(office)
		if err != nil {
			continue // never open
		}
		p := compiled(t, spec)
		request := schedule.Request{
			Protocol: p, Start: w.start, Opening: opening, Key: testKey(), ShortWeek: schedule.ShortWeek(r.IntN(3)),
			AsOf:      time.Date(w.start.Year(), w.start.Month(), w.start.Day(), 0, 0, 0, 0, time.UTC),
			Weighings: []schedule.Weighing{{Date: w.start, Weight: dose.MustWeight(fmt.Sprintf("%d kg", w.kg))}},
		}
		if w.plan, err = schedule.Build(request); err == nil {
			w.now = request.AsOf.Add(7 * time.Hour)
			return w
		}
	}
}

// tables gives some of the phases tables of missed doses.
func (w *ward) tables(spec *protocol.Spec) {
	for i := range spec.Phases {
		if w.IntN(3) == 0 {
			continue
		}
		first, second := 6+w.IntN(30), 1+w.IntN(20)
		rows := []protocol.MissedDose{
			{From: first, To: first + second, Then: []protocol.Sequel{protocol.GiveNow, protocol.GiveAsPlanned}[w.IntN(2)]},
			{From: first + second + 1, To: first + second + 20, Then: protocol.RestartPhase, Phase: spec.Phases[w.IntN(i+1)].Name, Date: protocol.AtOnce, Condition: "worse"},
			{From: first + second + 1, To: first + second + 20, Then: protocol.GiveLevel, Dose: dose.MustLevel("0.5 mg/kg of actual weight"), Date: protocol.OnDay, Days: first + second + 5, Condition: "as before"},
			{From: first + second + 21, Then: protocol.AskPrescriber},
		}
		spec.Phases[i].MissedDoses = rows
		w.rows = append(w.rows, rows...)
	}
}

// byTable checks that the next dose of a way that a table has is on one of the days of the
// row, and is what the row says.
func (w *ward) byTable(offer schedule.Repair, today date.Date) {
	if offer.Way != schedule.WayMissedDose {
		return
	}
	var last date.Date
	for _, g := range w.given {
		last = max(last, g.day)
	}
	var next schedule.Session
	for _, s := range offer.Plan.All() {
		if toTake(s) && s.Date() >= today && next.IsZero() {
			next = s
		}
	}
	require.True(w.t, slices.ContainsFunc(w.rows, func(m protocol.MissedDose) bool {
		if !strings.Contains(offer.Text, m.DaysText()+" after the last dose") || !strings.Contains(offer.Text, ": "+m.String()) || offer.Condition != m.Condition {
			return false
		}
		switch {
		case m.Then == protocol.AskPrescriber || next.IsZero():
			return next.IsZero()
		case m.Then == protocol.RestartPhase && (next.Phase() != m.Phase || next.Number() != 1):
			return false
		case m.Then == protocol.GiveLevel && next.Level() != m.Dose:
			return false
		}
		days := int(next.Date() - last)
		return m.Holds(days) && days >= m.Days
	}), "%s: %v after %v\n%s", offer, next, last, lines(offer.Plan, 1))
}

// apply applies an event and keeps what was given of it.
func (w *ward) apply(what schedule.Happening) bool {
	w.events++
	next, err := w.plan.Apply(schedule.Event{ID: fmt.Sprintf("e%d", w.events), What: what}, w.now)
	if err != nil {
		return false
	}
	switch e := what.(type) {
	case schedule.Given:
		phase := e.Phase
		if s, ok := w.plan.Session(e.Session); ok {
			phase = s.Phase()
		}
		if !e.Nothing {
			w.given = append(w.given, dosed{e.Date, w.phases[phase].gap})
		}
	case schedule.ClinicClosed:
		w.close(e.From, e.To)
	case schedule.PatientAway:
		w.close(e.From, e.To)
	case schedule.Weighed:
		fmt.Sscanf(e.Weight.String(), "%d kg", &w.kg)
	}
	w.plan = next
	return true
}

func (w *ward) close(from, to date.Date) {
	for d := from; d <= max(from, to); d++ {
		w.shut[d] = true
	}
}

// live lets something happen: most often what was planned, sometimes what was not.
func (w *ward) live() {
	var next []schedule.Session
	for _, s := range w.plan.All() {
		if toTake(s) {
			next = append(next, s)
		}
	}
	if len(next) == 0 {
		w.pass(1 + w.IntN(9))
		return
	}
	s := next[min(w.IntN(6)/4, len(next)-1)]
	switch n := w.IntN(20); {
	case n < 7:
		w.passTo(s.Date())
		on := max(w.start, s.Date())
		if w.IntN(5) == 0 {
			on = w.today() - date.Date(w.IntN(3))
		}
		w.apply(schedule.Given{Session: s.ID(), Date: on, Dose: s.Dose().Dose(), Nothing: s.Dose().Dose().IsZero()})
	case n < 11:
		w.passTo(s.Date())
		w.now = w.now.Truncate(24 * time.Hour).Add(18 * time.Hour)
		w.apply(schedule.Missed{Session: s.ID()})
	case n == 11:
		w.apply(schedule.Given{Phase: s.Phase(), Date: w.today() - date.Date(w.IntN(3)), Dose: dose.MustMass("40 mg")})
	case n == 12:
		w.apply(schedule.Cancelled{Session: s.ID(), By: schedule.ByPatient})
	case n == 13:
		w.apply(schedule.Held{Session: s.ID()})
	case n == 14:
		from := w.today() + date.Date(w.IntN(12))
		w.apply(schedule.ClinicClosed{From: from, To: from + date.Date(w.IntN(3))})
	case n == 15:
		from := w.today() + date.Date(w.IntN(12))
		w.apply(schedule.PatientAway{From: from, To: from + date.Date(w.IntN(4))})
	case n == 16:
		w.apply(schedule.Moved{Session: s.ID(), Date: s.Date() + date.Date(w.IntN(9)-4), Reason: "asked", Who: "dr-1"})
	case n == 17 && w.IntN(4) == 0:
		w.apply(schedule.Weighed{Date: w.today(), Weight: dose.MustWeight(fmt.Sprintf("%d kg", 100+w.IntN(35)))})
	case n == 18:
		w.apply(schedule.Resumed{})
	default:
		w.pass(w.IntN(6))
	}
}

func (w *ward) pass(days int) { w.passTo(w.today() + date.Date(days)) }

func (w *ward) passTo(d date.Date) {
	hour := []int{7, 12, 18}[w.IntN(3)]
	w.now = maxTime(w.now, time.Date(d.Year(), d.Month(), d.Day(), hour, 0, 0, 0, time.UTC))
}

func maxTime(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

func toTake(s schedule.Session) bool {
	return s.State() == schedule.StatePlanned || s.State() == schedule.StateProvisional
}

// holds reports whether a visit of so many minutes can be on a day, as of now.
func (w *ward) holds(d date.Date, minutes int) bool {
	first := 0
	switch {
	case d < w.today() || w.shut[d]:
		return false
	case d == w.today():
		first = w.now.Hour()*60 + w.now.Minute()
	}
	return slices.ContainsFunc(w.hours[d.Weekday()], func(h span) bool { return max(h.from, first)+minutes <= h.to })
}

// clearOfGiven reports whether a day comes after everything that was given, by the gap.
func (w *ward) clearOfGiven(d date.Date, gap int) bool {
	return !slices.ContainsFunc(w.given, func(g dosed) bool { return int(d-g.day) < max(gap, g.gap) })
}

// lawful checks everything that a plan has planned or planned again.
func (w *ward) lawful(next *schedule.Plan, decided map[schedule.ID]bool, what string) {
	t := w.t
	for _, s := range next.All() {
		if !toTake(s) {
			continue
		}
		phase := w.phases[s.Phase()]
		was, known := w.plan.Session(s.ID())
		same := known && was.Placed() && was.Date() == s.Date() && was.Start() == s.Start()
		if same && toTake(was) {
			continue
		}
		d, start := s.Date(), s.Start().Minutes()
		at := lawless{w, next, s, what}
		require.False(t, time.Date(d.Year(), d.Month(), d.Day(), 0, start, 0, 0, time.UTC).Before(w.now), at)
		require.Equal(t, phase.minutes, s.End().Minutes()-start, at)
		if resumed := same && was.State() == schedule.StateHeld; !resumed || s.Lost() == "" {
			require.False(t, w.shut[d], at)
			require.True(t, slices.ContainsFunc(w.hours[d.Weekday()], func(h span) bool { return h.from <= start && s.End().Minutes() <= h.to }), at)
		}
		if !decided[s.ID()] && !same {
			require.True(t, s.Earliest() <= d && d <= s.Latest(), at)
		}
		require.GreaterOrEqual(t, s.Earliest(), w.start, at)
		switch {
		case s.Extra():
		case phase.after > 0:
			require.Equal(t, s.Target()+date.Date(phase.after), s.Latest(), at)
		default:
			require.LessOrEqual(t, s.Target(), s.Latest(), at)
			clipped := s.Earliest() == w.start || next.ShortWeek() == schedule.Postpone && (s.Earliest()-w.start)%7 == 0 // and moved as it stands
			require.True(t, s.Latest()-s.Earliest() == 6 || clipped, at)
		}
		require.True(t, w.clearOfGiven(d, phase.gap), at)
		for _, other := range next.All() {
			if toTake(other) && other.ID() != s.ID() {
				distance := int(d - other.Date())
				require.GreaterOrEqual(t, max(distance, -distance), max(phase.gap, w.phases[other.Phase()].gap), at)
			}
		}
		// Half the weight in milligrams, at most 60.
		if w.kg > 120 {
			require.Error(t, s.DoseError(), at)
		} else {
			require.Equal(t, fmt.Sprint(dose.MustMass(fmt.Sprintf("%g mg", float64(w.kg)/2))), s.Dose().Dose().String(), at)
		}
	}
	for _, s := range next.All() {
		if toTake(s) && s.DoseError() != nil {
			require.NotEmpty(t, hasFinding(next, schedule.NoDose, s.Ordinal()))
		}
	}
}

// A lawless says, where it is asked, which session breaks a rule.
type lawless struct {
	*ward
	next    *schedule.Plan
	session schedule.Session
	what    string
}

func (l lawless) String() string {
	s := l.session
	return fmt.Sprintf("%s as of %s: %v (%s to %s) among\n%s\n%v\nbefore\n%s", l.what, l.now, s, s.Earliest(), s.Latest(), lines(l.next, 1), l.given, lines(l.plan, 1))
}

// draw draws sessions from around now.
func (w *ward) draw() []schedule.Session {
	var list []schedule.Session
	from := 0
	for i, s := range w.plan.All() {
		list = append(list, s)
		if s.Placed() && s.Date() < w.today()-8 {
			from = i
		}
	}
	from += w.IntN(4)
	var drawn []schedule.Session
	for range 1 + w.IntN(3) {
		if from < len(list) && (list[from].State() != schedule.StateGiven || w.IntN(4) == 0) {
			drawn = append(drawn, list[from])
		}
		from += 1 + w.IntN(2)
	}
	return drawn
}

func idsOf(sessions []schedule.Session) (ids []schedule.ID) {
	for _, s := range sessions {
		ids = append(ids, s.ID())
	}
	return ids
}

// Every way on that is offered keeps every hard rule.
func TestEveryOfferIsLawful(t *testing.T) {
	n, seen, ways := 2500, map[string]int{}, map[schedule.Way]int{}
	if *long {
		n = 100_000
	}
	r := rand.New(rand.NewPCG(20261129, 1))
	for offers := 0; offers < n; {
		w := newWard(t, r, seen)
		for range 30 {
			w.live()
			if w.IntN(4) > 0 {
				continue
			}
			sessions := w.draw()
			if len(sessions) == 0 {
				continue
			}
			asOf := w.now
			if w.IntN(3) == 0 {
				w.pass(w.IntN(4))
				asOf = w.now
			}
			repairs, err := w.plan.Repairs(asOf, idsOf(sessions)...)
			require.NoError(t, err)
			for _, offer := range repairs {
				if !offer.Possible() {
					require.ErrorIs(t, offer.Err, offer.Err)
					seen["impossible"]++
					continue
				}
				offers++
				ways[offer.Way]++
				w.lawful(offer.Plan, nil, offer.Way.String())
				w.shifts(offer)
				w.byTable(offer, date.New(asOf.Year(), asOf.Month(), asOf.Day()))
			}
			if w.IntN(3) == 0 { // one of them is taken
				if at := w.IntN(len(repairs)); repairs[at].Possible() {
					w.plan = repairs[at].Plan
				}
			}
		}
	}
	t.Log(ways, seen)
	for way := schedule.WaySkip; way < schedule.WayStepBack; way++ {
		require.Greater(t, ways[way], n/100, way)
	}
	require.Positive(t, ways[schedule.WayStepBack])
	require.Greater(t, ways[schedule.WayMissedDose], n/100)
}

// shifts checks that what is moved by weeks is moved by as many: each at its own target
// and the weeks.
func (w *ward) shifts(offer schedule.Repair) {
	shifted, ok := offer.Entries[max(0, len(offer.Entries)-1):], false
	var what schedule.Shifted
	if len(shifted) == 1 {
		what, ok = shifted[0].Event.What.(schedule.Shifted)
	}
	if !ok || what.Weeks == 0 || w.plan.ShortWeek() == schedule.Postpone {
		return
	}
	for _, s := range offer.Plan.All() {
		was, known := w.plan.Session(s.ID())
		if id, makes := s.MakesUpFor(); makes && !known {
			was, known = w.plan.Session(id)
		}
		if known && toTake(s) && s.Target() != was.Target() {
			require.Equal(w.t, 7*what.Weeks, int(s.Target()-was.Target()), offer.Text)
			w.seen["shifted"]++
		}
	}
}

// Everything that plans again, as it comes, keeps every hard rule or is refused.
func TestEveryPlanAgainIsLawful(t *testing.T) {
	n, seen, kinds := 2500, map[string]int{}, map[string]int{}
	if *long {
		n = 30_000
	}
	r := rand.New(rand.NewPCG(20261129, 2))
	for planned := 0; planned < n; {
		w := newWard(t, r, seen)
		for range 40 {
			w.live()
			sessions := w.draw()
			if len(sessions) == 0 {
				continue
			}
			id, d := sessions[0].ID(), w.today()+date.Date(w.IntN(12)-1)
			decided := map[schedule.ID]bool{}
			var what schedule.Happening
			switch w.IntN(8) {
			case 0, 1:
				what = schedule.PlacedAgain{Sessions: idsOf(sessions)}
			case 2:
				what = schedule.Shifted{Sessions: idsOf(sessions), Weeks: w.IntN(4)}
			case 3:
				what = schedule.Reanchored{Session: id, Date: d}
			case 4:
				what = schedule.Appended{Session: id}
			case 5:
				what = schedule.Restarted{Session: id, Date: d, Phase: []string{"", w.plan.Protocol().Spec().Phases[0].Name}[w.IntN(2)]}
			case 6:
				window := int(sessions[0].Latest()-sessions[0].Earliest()) + 1
				what = schedule.Added{Date: sessions[0].Earliest() + date.Date(w.IntN(window)), For: id}
			default:
				what = schedule.Moved{Session: id, Date: d, Reason: "asked", Who: "dr-1"}
				decided[id] = true
			}
			next, err := w.plan.Apply(schedule.Event{ID: "again", What: what}, w.now)
			if again, ok := what.(schedule.PlacedAgain); ok {
				w.best(again, next, err)
			}
			if err != nil {
				refused := new(schedule.EventError)
				require.ErrorAs(t, err, &refused)
				continue
			}
			planned++
			kinds[fmt.Sprintf("%T", what)]++
			w.lawful(next, decided, fmt.Sprintf("%T", what))
		}
	}
	t.Log(kinds, seen)
	require.Len(t, kinds, 7)
	for kind, many := range kinds {
		require.Greater(t, many, n/400, kind)
	}
	require.Greater(t, seen["best"], n/20)
	require.Greater(t, seen["no best"], n/20)
}

// best compares what is placed again with every way to place it: it is refused if there
// is none, and the best of them if there is.
func (w *ward) best(what schedule.PlacedAgain, next *schedule.Plan, err error) {
	t := w.t
	var named, others []schedule.Session
	for _, s := range w.plan.All() {
		if slices.Contains(what.Sessions, s.ID()) {
			if s.State() == schedule.StateGiven {
				return
			}
			named = append(named, s)
		} else if toTake(s) {
			others = append(others, s)
		}
	}
	for _, s := range others {
		if id, ok := s.MakesUpFor(); ok && slices.Contains(what.Sessions, id) {
			return
		}
	}
	refused := new(schedule.EventError)
	if err != nil {
		require.ErrorAs(t, err, &refused)
		if refused.Field == "Sessions" && slices.Contains([]error{schedule.ErrSettled}, refused.Err) {
			return // another makes up for it already
		}
	}
	var best, days []date.Date
	least := -1
	var place func(cost int)
	place = func(cost int) {
		k := len(days)
		if k == len(named) {
			if least < 0 || cost < least || cost == least && slices.Compare(days, best) > 0 {
				least, best = cost, slices.Clone(days)
			}
			return
		}
		s := named[k]
		phase := w.phases[s.Phase()]
		for d := s.Earliest(); d <= s.Latest(); d++ {
			if !w.holds(d, phase.minutes) || !w.clearOfGiven(d, phase.gap) || s.State() == schedule.StateMissed && d <= s.Date() && d == w.today() {
				continue
			}
			if k > 0 && int(d-days[k-1]) < max(phase.gap, w.phases[named[k-1].Phase()].gap) {
				continue
			}
			if slices.ContainsFunc(others, func(o schedule.Session) bool {
				gap := max(phase.gap, w.phases[o.Phase()].gap)
				if o.Ordinal() < s.Ordinal() {
					return int(d-o.Date()) < gap
				}
				return int(o.Date()-d) < gap
			}) {
				continue
			}
			days = append(days, d)
			shift := int(d - s.Target())
			place(cost + shift*shift)
			days = days[:k]
		}
	}
	place(0)
	if least < 0 {
		require.Error(t, err, "%v\n%s", named, lines(w.plan, 1))
		w.seen["no best"]++
		return
	}
	require.NoError(t, err, "%v could be on %v\n%s", named, best, lines(w.plan, 1))
	w.seen["best"]++
	for k, s := range named {
		got := date.Date(0)
		for _, now := range next.All() {
			made, _ := now.MakesUpFor()
			if toTake(now) && (now.ID() == s.ID() || made == s.ID()) {
				got = now.Date()
				require.Equal(t, s.Target(), now.Target())
			}
		}
		require.Equal(t, best[k], got, "%v as of %s: %v\n%s\n%s", named, w.now, best, lines(w.plan, 1), lines(next, 1))
	}
	for _, s := range others {
		now, _ := next.Session(s.ID())
		require.Equal(t, s.Date(), now.Date())
		require.Equal(t, s.Revision(), now.Revision())
	}
}
