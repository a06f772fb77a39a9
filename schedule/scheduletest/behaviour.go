package scheduletest

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/rickb777/date/v2"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/schedule"
)

// Random draws numbers: a *rand.Rand of math/rand/v2 does. The caller seeds it, so
// the same seed gives the same patient.
type Random interface {
	// IntN returns a number from 0 to n-1.
	IntN(n int) int
}

// A Behaviour says how often patients and clinics do not do what was planned. The
// zero Behaviour is a patient who always comes. What the test says of a session
// goes before chance.
type Behaviour struct {
	// Miss and Late are how many sessions of a hundred are missed and are late.
	// Their sum is at most 100.
	Miss, Late int
	// LateBy is the most days that a session is late, 1 to 366 where Late is not
	// zero. It takes place on a day on which the clinic is open and which suits
	// the patient, before the next session; where there is none it is not late.
	LateBy int
	// Drift is how much the weight changes at most from one visit to the next, in
	// tenths of a kilogram, either way, 0 to 100. Where it is not zero the patient
	// is weighed at every visit that gives a drug, except where somebody has
	// weighed them that day.
	Drift int
	// Close is of how many days of a hundred it becomes known that the clinic
	// will be closed on them, so many days ahead as Notice says, 0 to 366.
	Close, Notice int
}

// Behave has patient and clinic behave by chance from now on.
func (s *Simulation) Behave(b Behaviour, random Random) {
	for _, f := range []struct {
		name           string
		value, low, up int
	}{
		{"Miss", b.Miss, 0, 100},
		{"Late", b.Late, 0, 100},
		{"Miss + Late", b.Miss + b.Late, 0, 100},
		{"LateBy", b.LateBy, min(1, max(0, b.Late)), 366},
		{"Drift", b.Drift, 0, 100},
		{"Close", b.Close, 0, 100},
		{"Notice", b.Notice, 0, 366},
	} {
		if f.value < f.low || f.value > f.up {
			s.wrong = append(s.wrong, fmt.Errorf("behaviour: %s %d: want %d to %d", f.name, f.value, f.low, f.up))
			return
		}
	}
	if random == nil && b != (Behaviour{}) {
		s.wrong = append(s.wrong, fmt.Errorf("behaviour: want something to draw numbers from, such as a *rand.Rand"))
		return
	}
	s.chance, s.random = b, random
}

// happens draws whether something that happens so many times of a hundred does.
func (s *Simulation) happens(percent int) bool { return percent > 0 && s.random.IntN(100) < percent }

// draw draws what becomes of a session that is due.
func (s *Simulation) draw(session schedule.Session) act {
	if s.chance.Miss == 0 && s.chance.Late == 0 {
		return act{}
	}
	switch drawn := s.random.IntN(100); {
	case drawn < s.chance.Miss:
		return act{miss: true, byChance: true}
	case drawn < s.chance.Miss+s.chance.Late:
		days := s.laterDays(session)
		if len(days) == 0 {
			return act{}
		}
		return act{late: days[s.random.IntN(len(days))], byChance: true}
	default:
		return act{}
	}
}

// laterDays returns by how many days a session can be late.
func (s *Simulation) laterDays(session schedule.Session) (list []int) {
	end := session.Date() + date.Date(s.chance.LateBy) + 1
	for _, other := range s.plan.All() {
		if pending(other) && other.Ordinal() > session.Ordinal() {
			end = min(end, s.due(other))
		}
	}
	for d := session.Date() + 1; d < end; d++ {
		if d > s.today && s.suits(d) {
			list = append(list, int(d-session.Date()))
		}
	}
	return list
}

// suits reports whether the clinic is open on a day and the patient can come.
func (s *Simulation) suits(d date.Date) bool {
	within := func(from, to date.Date) bool { return from <= d && d <= max(from, to) }
	hours, _ := s.opening.Open(d)
	if len(hours) == 0 || s.wishes.Never.Has(d.Weekday()) {
		return false
	}
	for _, a := range s.wishes.Absences {
		if within(a.From, a.To) {
			return false
		}
	}
	for entry := range s.plan.History() {
		switch e := entry.Event.What.(type) {
		case schedule.ClinicClosed:
			if within(e.From, e.To) {
				return false
			}
		case schedule.PatientAway:
			if within(e.From, e.To) {
				return false
			}
		}
	}
	return true
}

// closeByChance draws once a day whether the clinic will be closed on the day that
// is known by then.
func (s *Simulation) closeByChance() error {
	if s.chance.Close == 0 || s.closing == s.today {
		return nil
	}
	s.closing = s.today
	day := s.today + date.Date(s.chance.Notice)
	if !s.happens(s.chance.Close) || day < s.plan.FirstDay() || !s.suits(day) {
		return nil
	}
	return s.Do(schedule.ClinicClosed{From: day, Reason: "closed by chance"})
}

// weighByChance weighs the patient before a session.
func (s *Simulation) weighByChance(session schedule.Session) error {
	if s.chance.Drift == 0 {
		return nil
	}
	if _, ok := session.Weighing(); !ok || s.weighedToday() {
		return nil
	}
	change := s.random.IntN(2*s.chance.Drift+1) - s.chance.Drift
	weight, err := dose.ParseWeight(tenthsText(tenths(s.weight())+change) + " kg")
	if err != nil {
		return fmt.Errorf("%s: a weight that has drifted too far: %w", dayText(s.today), err)
	}
	return s.apply(schedule.Weighed{Date: s.today, Weight: weight})
}

// weighedToday reports whether somebody has weighed the patient today.
func (s *Simulation) weighedToday() bool {
	for _, w := range s.weighings {
		if w.Date == s.today {
			return true
		}
	}
	for entry := range s.plan.History() {
		if w, ok := entry.Event.What.(schedule.Weighed); ok && w.Date == s.today {
			return true
		}
	}
	return false
}

// tenths returns a weight in tenths of a kilogram, rounded down.
func tenths(w dose.Weight) int {
	number, _, _ := strings.Cut(w.String(), " ")
	whole, rest, _ := strings.Cut(number, ".")
	n, _ := strconv.Atoi(strings.ReplaceAll(whole, ",", "") + (rest + "0")[:1])
	return n
}

func tenthsText(n int) string {
	if n%10 == 0 {
		return strconv.Itoa(n / 10)
	}
	return strconv.Itoa(n/10) + "." + strconv.Itoa(n%10)
}
