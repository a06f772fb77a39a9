package schedule_test

import (
	"slices"
	"testing"

	"github.com/rickb777/date/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/clinic"
)

// planIDs returns the ids of the sessions in their order.
func planIDs(p *schedule.Plan) (ids []schedule.ID) {
	for _, s := range p.All() {
		ids = append(ids, s.ID())
	}
	return ids
}

// inOrder returns ids by the numbers that they had.
func inOrder(ids []schedule.ID, numbers ...int) (list []schedule.ID) {
	for _, n := range numbers {
		list = append(list, ids[n-1])
	}
	return list
}

// What was given on one day is in the order in which it was recorded, on each such day,
// whatever was given on days of its own before.
func TestOrderOfOneDay(t *testing.T) {
	s := mondays(t, "1/wk x6").give(1)
	ids := planIDs(s.plan)
	for _, n := range []int{3, 2} {
		s.on("2025-01-13", schedule.Given{Session: ids[n-1], Date: day("2025-01-13")})
	}
	assert.Equal(t, inOrder(ids, 1, 3, 2, 4, 5, 6), planIDs(s.plan))
	for _, n := range []int{6, 4, 5} {
		s.on("2025-02-10", schedule.Given{Session: ids[n-1], Date: day("2025-02-10")})
	}
	assert.Equal(t, inOrder(ids, 1, 3, 2, 6, 4, 5), planIDs(s.plan))
	requireKept(t, s.plan)
}

// An entry that is put right keeps its place: of two doses of one day that were mixed up,
// the one that the first entry was about comes first, though it was planned later.
func TestOrderOfMixedUp(t *testing.T) {
	s := mondays(t, "1/wk x4").give(1)
	ids := planIDs(s.plan)
	s.on("2025-01-13", schedule.Given{Session: ids[1], Date: day("2025-01-13")}) // e2
	s.on("2025-01-13", schedule.Given{Session: ids[2], Date: day("2025-01-13")}) // e3
	require.Equal(t, ids, planIDs(s.plan))
	mixed := corrected("e2", schedule.Given{Session: ids[2], Date: day("2025-01-13")})
	mixed.Also = []schedule.Correction{{Of: "e3", Instead: schedule.Given{Session: ids[1], Date: day("2025-01-13")}}}
	s.on("2025-01-13", mixed)
	assert.Equal(t, inOrder(ids, 1, 3, 2, 4), planIDs(s.plan))
	requireKept(t, s.plan)

	// Where nothing else was given, too.
	s = mondays(t, "1/wk x3")
	s.on("2025-01-06", schedule.Given{Session: ids[0], Date: day("2025-01-06")}).on("2025-01-06", schedule.Given{Session: ids[1], Date: day("2025-01-06")})
	mixed = corrected("e1", schedule.Given{Session: ids[1], Date: day("2025-01-06")})
	mixed.Also = []schedule.Correction{{Of: "e2", Instead: schedule.Given{Session: ids[0], Date: day("2025-01-06")}}}
	s.on("2025-01-06", mixed)
	assert.Equal(t, inOrder(ids, 2, 1, 3), planIDs(s.plan))
}

// What is overdue comes after what was given since, in the order of its days, also where
// one was planned after the others.
func TestOrderOfOverdue(t *testing.T) {
	s := mondays(t, "1/wk x4")
	ids := planIDs(s.plan)
	s.on("2025-01-06", schedule.Added{Date: day("2025-01-09")})
	extra := s.id(2)
	s.on("2025-01-20", schedule.Given{Session: ids[2], Date: day("2025-01-20")})
	assert.Equal(t, "Mon 2025-01-20 given, Mon 2025-01-06, Thu 2025-01-09, Mon 2025-01-13, Mon 2025-01-27", s.calendar())
	assert.Equal(t, slices.Insert(inOrder(ids, 3, 1, 2, 4), 2, extra), planIDs(s.plan))
	requireKept(t, s.plan)
}

// Sessions that were left out stay behind the session that they followed, or before all
// others where they followed none.
func TestOrderOfLeftOut(t *testing.T) {
	r := request(bare(t, "3/wk x2", 2), weekdaysOnly(t, "2025-01-07", "2025-01-08", "2025-01-09", "2025-01-10"), "2025-01-06")
	r.ShortWeek = schedule.Drop
	s := living(t, r)
	ids := planIDs(s.plan)
	require.Equal(t, "Mon 2025-01-06, - left out, - left out, Mon 2025-01-13, Wed 2025-01-15, Fri 2025-01-17", s.calendar())
	s.on("2025-01-13", schedule.Given{Session: ids[5], Date: day("2025-01-13")})
	assert.Equal(t, inOrder(ids, 6, 1, 2, 3, 4, 5), planIDs(s.plan))
	requireKept(t, s.plan)

	r = request(withDose(t, "2/wk x2", 2, "40 mg"), shortFirstWeek{}, "2025-01-06")
	r.ShortWeek = schedule.Drop
	s = living(t, r)
	ids = planIDs(s.plan)
	require.Equal(t, "- left out, - left out, Mon 2025-01-13, Thu 2025-01-16", s.calendar())
	s.on("2025-01-13", schedule.Given{Session: ids[3], Date: day("2025-01-13")})
	assert.Equal(t, "- left out, - left out, Mon 2025-01-13 given, Mon 2025-01-13", s.calendar())
	assert.Equal(t, inOrder(ids, 1, 2, 4, 3), planIDs(s.plan))
	requireKept(t, s.plan)
}

// shortFirstWeek is a clinic that is open for half an hour on 2025-01-06, not until
// 2025-01-13, and all day from then on.
type shortFirstWeek struct{}

func (shortFirstWeek) Open(d date.Date) ([]clinic.Hours, string) {
	switch {
	case d == schedule.MustDate("2025-01-06"):
		return []clinic.Hours{clinic.MustHours("08:00-08:30")}, ""
	case d < schedule.MustDate("2025-01-13"):
		return nil, "holiday"
	}
	return allDay(), ""
}
