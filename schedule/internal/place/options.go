package place

import "slices"

// Options knows what every day of every window would cost the whole placement.
type Options struct {
	placement     *Placement
	first         []int32
	before, after keeping
	// from is the position of the first slot that these are of, and others is the least
	// that all other slots come to, which none of these keeps from any day.
	from   int
	others int64
}

// An Option is a day that a slot could have.
type Option struct {
	// Reason is why it cannot, 0 where it can.
	Reason Reason
	// Squared is the squared shift of the slot itself on the day. Total is the
	// least sum of squared shifts of all slots with it there, and LeftOut the
	// number of slots that are left out then.
	Squared, Total, LeftOut int
	// Earliest is the earliest day of the slot before where that is [TooNear].
	Earliest int32
}

// Options returns what every day would cost: the best that the slots before can
// do, the shift of the slot itself, and the best that the slots after it can do.
// The slots must not change while it is used.
func (p *Placement) Options() *Options {
	p.reach()
	return &Options{placement: p, first: slices.Clone(p.first), before: p.keep(true), after: p.keep(false)}
}

// OptionsOf is Options for the days of one slot. Of slots so far from it that neither
// keeps the other from a day it only knows what they come to.
func (p *Placement) OptionsOf(i int) *Options {
	if p.MayLeave {
		return p.Options() // which slots are left out depends on all of them
	}
	p.reach()
	o := &Options{placement: p, first: slices.Clone(p.first)}
	for from := 0; from < len(p.Slots); {
		to := p.apart(from)
		part := &Placement{Days: p.Days, Slots: p.Slots[from:to], NotBefore: p.NotBefore}
		switch {
		case from <= i && i < to:
			o.from, o.before, o.after = from, part.keep(true), part.keep(false)
		case !part.fitTargets(0, to-from):
			o.others += part.keep(false).best
		}
		from = to
	}
	return o
}

// Of returns what slot i on a day of its window would cost.
func (o *Options) Of(i int, day int32) Option {
	p := o.placement
	s := &p.Slots[i]
	squared := squaredShift(s, day)
	total := o.before.cost(s, i-o.from, day) + o.after.cost(s, i-o.from, day) - squared + o.others
	switch reason := p.Refusal(s, day); {
	case reason != 0:
		return Option{Reason: reason}
	case total < leftOut || p.MayLeave && total < forbidden:
		return Option{Squared: int(squared), Total: int(total % leftOut), LeftOut: int(total / leftOut)}
	case !p.MayLeave && i < len(o.first) && day < o.first[i]: // and i > 0: what is before the first alone is refused
		return Option{Reason: TooNear, Earliest: o.first[i-1]}
	default:
		return Option{Reason: NoRoom}
	}
}
