package place

// Options knows what every day of every window would cost the whole placement.
type Options struct {
	placement     *Placement
	first         []int32
	before, after keeping
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
	return &Options{p, append([]int32(nil), p.first...), p.keep(true), p.keep(false)}
}

// Of returns what slot i on a day of its window would cost.
func (o *Options) Of(i int, day int32) Option {
	p := o.placement
	s := &p.Slots[i]
	squared := squaredShift(s, day)
	total := o.before.cost(s, i, day) + o.after.cost(s, i, day) - squared
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
