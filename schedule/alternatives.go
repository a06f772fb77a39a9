package schedule

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/rickb777/date/v2"

	"github.com/regimen-go/regimen/internal/civil"
	"github.com/regimen-go/regimen/schedule/internal/place"
)

// An Alternative is another date that a session could have, and what that does
// to the rest of the plan.
type Alternative struct {
	// Date is the other date of the session.
	Date date.Date
	// Total is the sum of squared shifts of the whole plan then, and LeftOut
	// the number of sessions that are left out.
	Total, LeftOut int
	// Moves are the sessions that change their dates, in order, the session
	// itself among them.
	Moves []Move
}

// A Move is a session that changes its date.
type Move struct {
	// Session is the number of the session, counted from 1, and ID its id.
	Session int
	ID      ID
	// From and To are its dates before and after, zero where it is left out.
	From, To date.Date
}

// Alternatives returns the other dates that the session with the id could have,
// with the effect of each on the rest of the plan: the cheapest first, and of
// those that cost the same the latest. Every alternative keeps every rule that
// the plan keeps. It returns [ErrUnknownSession] if the plan has no such session.
func (p *Plan) Alternatives(id ID) ([]Alternative, error) {
	s, ok := p.Session(id)
	if !ok {
		return nil, fmt.Errorf("alternatives of %s: %w", id, ErrUnknownSession)
	}
	e := p.explainerOf(s)
	var list []Alternative
	for _, c := range e.candidates(s.index) {
		if c.Cause != "" || c.Chosen {
			continue
		}
		list = append(list, Alternative{Date: c.Date, Total: c.Total, LeftOut: c.LeftOut, Moves: e.ripple(s.index, civil.Day(c.Date))})
	}
	slices.SortFunc(list, func(a, b Alternative) int {
		return cmp.Or(cmp.Compare(a.LeftOut, b.LeftOut), cmp.Compare(a.Total, b.Total), cmp.Compare(b.Date, a.Date))
	})
	return list, nil
}

// ripple returns which sessions move if one of them is fixed to a day that it
// could have.
func (e *explainer) ripple(index int, day int32) []Move {
	before := e.placer.placement.Slots
	moved := place.Placement{
		Days: e.placer, Slots: slices.Clone(before), NotBefore: e.placer.placement.NotBefore,
		MayLeave: e.placer.placement.MayLeave,
	}
	moved.Slots[e.at[index]].Fixed = day
	_ = moved.Solve() // a day that the session could have is never blocked
	var moves []Move
	for i := range moved.Slots {
		from, to := dateOf(&before[i]), dateOf(&moved.Slots[i])
		if from != to {
			moves = append(moves, Move{Session: e.back[i] + 1, ID: e.plan.id(e.back[i]), From: from, To: to})
		}
	}
	return moves
}

// dateOf returns the date of a slot, zero where it was left out.
func dateOf(s *place.Slot) date.Date {
	if s.Left {
		return 0
	}
	return civil.Date(s.Day)
}
