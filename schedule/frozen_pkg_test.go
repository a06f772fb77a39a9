package schedule

import (
	"fmt"
	"testing"
	"time"

	"github.com/rickb777/date/v2"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule/clinic"
)

// officePlan is a plan of three weekly sessions from Mon 2025-01-06 in Berlin.
func officePlan(t *testing.T) *Plan {
	t.Helper()
	zone, err := time.LoadLocation("Europe/Berlin")
	require.NoError(t, err)
	p, err := protocol.Spec{Phases: []protocol.Phase{{Name: "all", Cadence: protocol.MustCadence("1/wk x3"), MinGap: 2}}}.Compile()
	require.NoError(t, err)
	start := MustDate("2025-01-06")
	plan, err := Build(Request{Protocol: p, Start: start, Opening: alwaysOpen{}, Zone: zone, AsOf: time.Date(2025, 1, 6, 0, 0, 0, 0, zone), Key: Key{15: 1}})
	require.NoError(t, err)
	return plan
}

// What a plan knows of the clinic may be read by any number of goroutines: reading it
// changes nothing in it, after every event.
func TestPlansShareWhatTheyKnowOfTheClinic(t *testing.T) {
	plan := officePlan(t)
	asOf := time.Date(2025, 1, 6, 12, 0, 0, 0, time.UTC)
	for i, what := range []Happening{
		ClinicClosed{From: MustDate("2025-01-13")}, PatientAway{From: MustDate("2025-01-20")}, Shifted{Session: plan.id(2), Weeks: 1}, Added{Date: MustDate("2025-01-10")},
	} {
		next, err := plan.Apply(Event{ID: fmt.Sprint("e", i), What: what}, asOf)
		require.NoError(t, err)
		before := fmt.Sprintf("%+v", *next.calendar)
		next.calendar.Clone()
		next.calendar.At(MustDate("2025-01-13"), 60, 9*60)
		next.calendar.Times(MustDate("2025-01-14"), next.need(30))
		require.Equal(t, before, fmt.Sprintf("%+v", *next.calendar), "%T", what)
		plan = next
	}
}

// A plan with as many sessions as there can be takes no more, agreed or given.
func TestMostSessionsOfAPlan(t *testing.T) {
	plan := officePlan(t)
	full := *plan
	full.slots = make([]slot, maxPlanned)
	copy(full.slots, plan.slots)
	added, given := Added{Date: MustDate("2025-01-10")}, Given{Date: MustDate("2025-01-06")}
	e, err := full.edit(Event{ID: "e", What: added}, time.Date(2025, 1, 6, 12, 0, 0, 0, time.UTC))
	require.NoError(t, err)
	want := &EventError{Field: "plan", Value: "20001", Want: "want at most 20000 sessions in a plan", Err: ErrEvent}
	require.Equal(t, want, added.apply(e))
	require.Equal(t, want, given.apply(e))

	// As many serials were taken, and one more is planned again.
	full = *plan
	full.serials = maxPlanned
	e, err = full.edit(Event{ID: "e", What: added}, time.Date(2025, 1, 6, 12, 0, 0, 0, time.UTC))
	require.NoError(t, err)
	tail := []slot{plan.slots[2]}
	require.NoError(t, e.replan(2, tail, 0))
	tail[0].serial = someNew
	require.Equal(t, want, e.replan(2, tail, 0))
}

// Days in order are found whatever the order of the sessions.
func TestDaysTakenAreInOrder(t *testing.T) {
	plan := officePlan(t)
	p := *plan
	for _, days := range [][3]int32{{1, 2, 3}, {3, 2, 1}, {2, 3, 1}, {-3, -1, -2}, {-1, -2, -3}, {2, 2, 1}} {
		p.slots = make([]slot, 3)
		for i, day := range days {
			p.slots[i].day = day
		}
		taken := p.daysTaken()
		require.Len(t, taken, 3)
		for k := 1; k < 3; k++ {
			a, b := taken[k-1], taken[k]
			require.True(t, days[a] < days[b] || days[a] == days[b] && a < b, "%v: %v", days, taken)
		}
	}
}

// closedClinic is closed every day.
type closedClinic struct{}

func (closedClinic) Open(date.Date) ([]clinic.Hours, string) { return nil, "moved away" }

// A plan that cannot be built any more, since its clinic is said to have been closed on the
// first day, is known as of no earlier time, and the error says so.
func TestAsKnownOfAPlanThatCannotBeBuilt(t *testing.T) {
	built := officePlan(t)
	plan, err := built.Apply(Event{ID: "e1", What: PatientAway{From: MustDate("2025-03-01")}}, time.Date(2025, 1, 6, 12, 0, 0, 0, time.UTC))
	require.NoError(t, err)
	closed := *plan
	closed.calendar = clinic.NewTable(closedClinic{}, plan.zone)
	_, err = closed.AsKnown(built.asOf)
	require.ErrorContains(t, err, "2025-01-06")
}
