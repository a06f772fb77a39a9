package stateful_test

import (
	"math/big"
	"slices"
	"strings"
	"time"

	"github.com/rickb777/date/v2"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
)

// plannedParts and plannedBeside are what was given of a session as planned.
func plannedParts(session schedule.Session) (list []schedule.GivenPart) {
	for part := range session.Parts() {
		if part.Planned() && part.Err == nil {
			list = append(list, schedule.GivenPart{Name: part.Part.Name, Dose: part.Delivery.Dose()})
		}
	}
	return list
}

func plannedBeside(session schedule.Session) (list []schedule.MedicineGiven) {
	for m := range session.Beside() {
		if !m.AsNeeded() && m.Err == nil {
			list = append(list, schedule.MedicineGiven{Name: m.Name, Dose: m.Planned(), Start: m.Start})
		}
	}
	return list
}

// notions checks what a plan says of parts, of medicines beside the drug, of monitoring
// and of missed doses, each by a second reading that is slow and simple.
func (s *treatment) notions() {
	weighings := s.weighings()
	for _, session := range s.plan.All() {
		if g, took := session.Given(); took {
			s.partsAddUp(g)
			s.late(session, g)
		}
		if toTakePlace(session) {
			s.medicines(session, weightAt(weighings, session))
		}
	}
	s.monitored()
}

func milligrams(m dose.Mass) *big.Rat {
	x, ok := new(big.Rat).SetString(strings.TrimSuffix(m.String(), " mg"))
	if !ok {
		return new(big.Rat)
	}
	return x
}

// partsAddUp checks that a dose in parts is the sum of what was given of them, or is not
// known where that of a part is not.
func (s *treatment) partsAddUp(g schedule.Given) {
	sum := new(big.Rat)
	for _, part := range g.Parts {
		require.NotEmpty(s, part.Name)
		if part.Dose.IsZero() && !part.Nothing {
			return
		}
		sum.Add(sum, milligrams(part.Dose))
	}
	require.True(s, len(g.Parts) == 0 || sum.Cmp(milligrams(g.Dose)) == 0, "%v", g)
}

// medicines checks the medicines of a session to come: those of its phase, each with the
// dose that its rule comes to by hand, at its distance from the beginning of the visit.
func (s *treatment) medicines(session schedule.Session, weight dose.Weight) {
	var phase protocol.Phase
	for _, p := range session.Protocol().Phases() {
		if p.Name == session.Phase() {
			phase = p
		}
	}
	planned := map[string]schedule.PlannedMedicine{}
	for m := range session.Beside() {
		_, twice := planned[m.Name]
		require.False(s, twice, "%s twice", m.Name)
		planned[m.Name] = m
	}
	for _, m := range phase.Beside {
		if len(m.Sessions) > 0 && !slices.Contains(m.Sessions, session.Number()) {
			continue
		}
		got, ok := planned[m.Name]
		require.True(s, ok, "no %s at %v", m.Name, session)
		delete(planned, m.Name)
		if got.Err == nil {
			require.Equal(s, byHand(s, m.Name, weight), got.Planned().String(), "%s for %s", m.Name, weight)
		}
		if m.From == 0 || session.Start().IsZero() {
			require.Zero(s, got.Start)
			continue
		}
		begins := s.instant(session).Add(m.SinceArrival(phase.Visit, session.Number())).In(s.zone())
		require.Equal(s, date.New(begins.Year(), begins.Month(), begins.Day()), got.Date)
		require.Equal(s, begins.Hour()*60+begins.Minute(), got.Start.Minutes())
	}
	require.Empty(s, planned, "%v has what its phase has not", session)
}

// instant returns when a session begins.
func (s *treatment) instant(session schedule.Session) time.Time {
	d, minutes := session.Date(), session.Start().Minutes()
	return time.Date(d.Year(), d.Month(), d.Day(), minutes/60, minutes%60, 0, 0, s.zone())
}

// byHand returns the doses of the medicines that are drawn: 0.1 mg/kg to 1 mg, half up, is
// a tenth of the kilograms and a half, without what comes after the point.
func byHand(t require.TestingT, name string, weight dose.Weight) string {
	switch name {
	case "ondansetron":
		return "8 mg"
	case "saline":
		return "450 mg"
	default:
		kilograms, ok := new(big.Rat).SetString(strings.TrimSuffix(weight.String(), " kg"))
		require.True(t, ok)
		half := kilograms.Quo(kilograms, big.NewRat(10, 1)).Add(kilograms, big.NewRat(1, 2))
		return new(big.Int).Quo(half.Num(), half.Denom()).String() + " mg"
	}
}

// monitored checks the visits of monitoring: those of a name have numbers of their own
// in the treatment that holds, and one that nobody moved is in its window, on a day on which it can be.
func (s *treatment) monitored() {
	type visit struct {
		name   string
		number int
	}
	seen := map[visit]bool{}
	for v := range s.plan.OtherVisits() {
		if v.Role != schedule.RoleMonitoring {
			continue
		}
		require.LessOrEqual(s, v.Earliest, v.Latest)
		if v.State == schedule.StatePlanned && v.Placed() && v.Revision == 0 {
			if v.Target >= s.plan.Start() { // each treatment counts its own
				require.False(s, seen[visit{v.Name, v.Number}], "%s %d twice", v.Name, v.Number)
				seen[visit{v.Name, v.Number}] = true
			}
			require.True(s, v.Earliest <= v.Date && v.Date <= v.Latest, "%+v", v)
			if v.Elsewhere != "" {
				require.Contains(s, []time.Weekday{time.Monday, time.Thursday, time.Saturday}, v.Date.Weekday(), "%+v", v)
			}
		}
	}
}

// late checks what a table says of a dose that was given, by the days since the last dose
// of the drug before it.
func (s *treatment) late(session schedule.Session, g schedule.Given) {
	if g.Nothing || g.Phase != "" && g.Phase != session.Phase() {
		return
	}
	last := date.Date(0)
	for _, other := range s.plan.All() {
		o, took := other.Given()
		before := other.Date() < session.Date() || other.Date() == session.Date() && other.Ordinal() < session.Ordinal()
		gave := givesDrug(other) || !o.Dose.IsZero() // a dose that was written down was given, whatever was planned
		if took && !o.Nothing && before && gave && protocol.SameDrug(other.Protocol().Drug(), session.Protocol().Drug()) {
			last = max(last, other.Date())
		}
	}
	if last == 0 {
		for _, b := range s.request.GivenBefore {
			if b.Date <= session.Date() && protocol.SameDrug(b.Drug, session.Protocol().Drug()) {
				last = max(last, b.Date)
			}
		}
	}
	var rows []protocol.MissedDose
	days := int(session.Date() - last)
	for _, p := range session.Protocol().Phases() {
		if p.Name == session.Phase() && last != 0 {
			for _, row := range p.MissedDoses {
				if row.From <= days && (row.To == 0 || days <= row.To) {
					rows = append(rows, row)
				}
			}
		}
	}
	got, late := session.Late()
	require.Equal(s, len(rows) > 0, late, "%v, %d days after %v: %v", session, days, last, got)
	if late {
		require.Equal(s, last, got.Since)
		require.Equal(s, days, got.Days)
		require.Equal(s, rows, got.Rows)
	}
}

// givesDrug reports whether the phase of a session gives a drug.
func givesDrug(session schedule.Session) bool {
	for _, p := range session.Protocol().Phases() {
		if p.Name == session.Phase() {
			return !p.Dose.IsZero()
		}
	}
	return false
}
