package schedule_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/rickb777/date/v2"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/clinic"
)

// A treatment is a random plan and the record of how it went, which is as
// planned until a perturbation changes one thing.
type treatment struct {
	*rand.Rand
	spec    protocol.Spec
	clinic  clinic.Spec
	request schedule.Request
	plan    *schedule.Plan
	record  schedule.Record
}

const treatmentRule = "0.5 mg/kg of actual weight, cap 60 mg, round 0.1 mg half up, soft min 15 mg, soft max 70 mg, hard max 80 mg"

// cadences are those that a treatment may have, unless a perturbation needs
// others.
func cadences() []string {
	return []string{
		"3-2-1-1-1 then every 4w x3", "2/wk x4 then 1/wk x4 then every 2w x3", "3-3 then every 1w x4",
		"weeks 0, 2, 6 then every 8w x3", "days 1, 8 of 21 x4 then every 3w x1", "1/wk x4 then every 2w x4 then every 4w x2",
		"every 4w (1w..8w) x6", "every 2w (1w..4w) x8", "every 1mo x5", "2/wk x3 then as needed",
	}
}

// newTreatment draws a treatment whose plan and record have nothing to find. The
// plan must have nothing above info whatever was drawn.
func newTreatment(t *testing.T, r *rand.Rand, from []string, change func(*treatment)) *treatment {
	t.Helper()
	for {
		tr := &treatment{Rand: r}
		tr.spec.Phases = []protocol.Phase{{
			Name: "all", Cadence: protocol.MustCadence(from[r.IntN(len(from))]), MinGap: 2, Dose: dose.MustRule(treatmentRule),
			Visit: protocol.Visit{
				Administration: 40 * time.Minute, Observation: 2 * time.Hour,
				Tasks: []protocol.Task{{Text: "blood pressure", From: protocol.AdministrationEnd}},
			},
		}}
		tr.clinic = clinic.Spec{Zone: time.UTC, Weekly: map[time.Weekday][]clinic.Hours{}}
		for d := range time.Weekday(7) {
			if d != time.Sunday && d != time.Saturday || r.IntN(2) == 0 {
				tr.clinic.Weekly[d] = []clinic.Hours{clinic.MustHours("08:00-17:00")}
			}
		}
		start := schedule.MustDate("2024-01-01") + date.Date(r.IntN(1200))
		if r.IntN(2) == 0 {
			tr.close(start + date.Date(1+r.IntN(60)))
		}
		weight := dose.MustWeight(fmt.Sprintf("%d.%d kg", 45+r.IntN(55), r.IntN(10)))
		tr.request = schedule.Request{
			Start: start, Key: testKey(), AsOf: time.Unix(0, 0),
			Weighings: []schedule.Weighing{{Date: start, Weight: weight}},
		}
		if change != nil {
			change(tr)
		}
		tr.request.AsOf = noon(tr.request.Start.String()).Add(-12 * time.Hour) // nothing is planned before it
		if !tr.build(t) {
			continue
		}
		for _, f := range schedule.Validate(tr.plan) {
			require.Equal(t, schedule.Info, f.Severity, "a generated plan: %s", f)
		}
		if len(schedule.Validate(tr.plan))+len(tr.validate(t)) == 0 {
			return tr
		}
	}
}

// build makes the plan and the record, and reports whether there is a plan.
func (tr *treatment) build(t *testing.T) bool {
	t.Helper()
	p, err := tr.spec.Compile()
	require.NoError(t, err)
	office, err := clinic.New(tr.clinic)
	require.NoError(t, err)
	tr.request.Protocol, tr.request.Opening = p, office
	plan, err := schedule.Build(tr.request)
	if err != nil {
		return false
	}
	tr.plan = plan
	decided := tr.record.Decided
	tr.record = recordOf(plan)
	tr.record.Opening, tr.record.Weighings, tr.record.Height, tr.record.Sex = office, slices.Clone(tr.request.Weighings), tr.request.Height, tr.request.Sex
	tr.record.Decided = decided
	return true
}

// close closes the clinic on days that it is not closed on yet.
func (tr *treatment) close(days ...date.Date) {
	for _, d := range days {
		if !slices.ContainsFunc(tr.clinic.Closed, func(c clinic.Closure) bool { return c.Date == d }) {
			tr.clinic.Closed = append(tr.clinic.Closed, clinic.Closure{Date: d, Reason: "holiday"})
		}
	}
}

func (tr *treatment) validate(t *testing.T) []schedule.Finding {
	t.Helper()
	found, err := schedule.ValidateRecord(tr.record)
	require.NoError(t, err)
	return found
}

func (tr *treatment) session(i int) schedule.Session {
	for j, s := range tr.plan.All() {
		if i == j {
			return s
		}
	}
	return schedule.Session{}
}

func (tr *treatment) isOpen(d date.Date) bool {
	hours, _ := tr.request.Opening.Open(d)
	return len(hours) > 0
}

// clear reports whether a day keeps the gap to every entry but one, -1 for none.
func (tr *treatment) clear(d date.Date, but int) bool {
	for i, g := range tr.record.Given {
		if i != but && d-g.Date < 2 && g.Date-d < 2 {
			return false
		}
	}
	return true
}

// move moves entry i to a day, if the clinic is open and the gaps and the order
// of the entries stay.
func (tr *treatment) move(i int, d date.Date) bool {
	if d < tr.record.Start || !tr.isOpen(d) || !tr.clear(d, i) || i > 0 && d < tr.record.Given[i-1].Date ||
		i+1 < len(tr.record.Given) && d > tr.record.Given[i+1].Date {
		return false
	}
	tr.record.Given[i].Date = d
	return true
}

// weekOf returns how many sessions the cadence counts in the treatment week of a
// day, and how many entries it has. The weekly segments of the cadences here are
// their first ones.
func (tr *treatment) weekOf(d date.Date) (planned, taken int) {
	var counts []int
	for _, s := range tr.plan.Protocol().Cadence().Segments() {
		for week := range s.Weeks() {
			counts = append(counts, s.Count(week))
		}
	}
	week := int(d-tr.record.Start) / 7
	for _, g := range tr.record.Given {
		if int(g.Date-tr.record.Start)/7 == week {
			taken++
		}
	}
	if week < len(counts) {
		planned = counts[week]
	}
	return planned, taken
}

// onTargets reports whether no session was moved from its target.
func (tr *treatment) onTargets() bool {
	for _, s := range tr.plan.All() {
		if s.ShiftDays() != 0 {
			return false
		}
	}
	return true
}

// addEntry adds an entry like the first on a day that suits, and on which
// sessions do not take place as needed.
func (tr *treatment) addEntry(suits func(d date.Date) bool) bool {
	var days []date.Date
	end := tr.last().Date + 20
	if tr.plan.Protocol().Cadence().AsNeeded() {
		end = tr.session(tr.plan.Len() - 1).Target()
	}
	for d := tr.record.Start; d < end; d++ {
		if tr.isOpen(d) && tr.clear(d, -1) && suits(d) {
			days = append(days, d)
		}
	}
	if len(days) == 0 {
		return false
	}
	g := tr.record.Given[0]
	g.Date = days[tr.IntN(len(days))]
	tr.record.Given = append(tr.record.Given, g)
	return true
}

func (tr *treatment) any() *schedule.Given { return &tr.record.Given[tr.IntN(len(tr.record.Given))] }

func (tr *treatment) last() *schedule.Given { return &tr.record.Given[len(tr.record.Given)-1] }

func mass(t *testing.T, hundredths int) dose.Mass {
	t.Helper()
	m, err := dose.ParseMass(fmt.Sprintf("%d.%02d mg", hundredths/100, hundredths%100))
	require.NoError(t, err)
	return m
}

// plus returns a mass some hundredths of a milligram above another.
func plus(t *testing.T, m dose.Mass, hundredths int) dose.Mass {
	t.Helper()
	sum, err := m.Add(mass(t, hundredths))
	require.NoError(t, err)
	return sum
}

// Each of many treatments has nothing to find until one thing is wrong with it,
// and then just that is found.
func TestPerturbations(t *testing.T) {
	covered := map[schedule.Code]bool{
		schedule.Overlap: true, // needs a plan with visits: TestOverlap
		// These need several events, or come with another: TestFactsAreRecorded.
		schedule.GivenOnHold: true, schedule.MadeUpTwice: true, schedule.EntryCorrected: true, schedule.ReasonMissing: true,
		schedule.DayHolds: true, // needs a clinic to compare with: TestCheckOfEverything
		// These need a plan with visits: TestVisitsTakePlace.
		schedule.VisitOutsideWindow: true, schedule.VisitUnexpected: true,
		// TestCorrectedDecisions, TestCorrectedWeight.
		schedule.NotRestored: true, schedule.WeightWithdrawn: true,
		// These are of plans that were read from a file: TestNewerZoneRules, TestFirstFormatWithAnotherProtocol.
		schedule.ClockMoved: true, schedule.ZoneRenamed: true, schedule.ProtocolDiffers: true, schedule.FileDiffers: true,
	}
	for n, p := range perturbations() {
		covered[p.code] = true
		t.Run(string(p.code), func(t *testing.T) {
			t.Parallel() // each draws from a source of its own
			from := p.cadences
			if from == nil {
				from = cadences()
			}
			r := rand.New(rand.NewPCG(uint64(n), 7))
			for done := 0; done < many(1000); {
				tr := newTreatment(t, r, from, p.with)
				var found []schedule.Finding
				switch {
				case p.event != nil:
					found = schedule.Validate(tr.after(t, p.event))
				case p.request != nil:
					if !p.request(t, tr) || !tr.build(t) {
						continue
					}
					found = schedule.Validate(tr.plan)
				case p.change(t, tr):
					tr.Shuffle(len(tr.record.Given), func(i, j int) {
						tr.record.Given[i], tr.record.Given[j] = tr.record.Given[j], tr.record.Given[i]
					})
					found = tr.validate(t)
				default:
					continue
				}
				require.Len(t, found, 1, "%s from %s: %v", tr.plan.Protocol().Cadence(), tr.plan.Start(), found)
				require.Equal(t, p.code, found[0].Code, found[0].Text)
				done++
			}
		})
	}
	for _, c := range schedule.Checks() {
		require.True(t, covered[c.Code], "nothing perturbs for %s", c.Code)
	}
}
