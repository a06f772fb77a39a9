package schedule_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/schedule"
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
