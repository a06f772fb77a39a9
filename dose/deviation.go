package dose

import (
	"github.com/govalues/decimal"
)

// A Deviation is how far one dose is from another. Values are comparable with
// ==.
type Deviation struct{ From, To Mass }

// Within reports whether the deviation is at most p of From, either way. It is
// exact, whatever is shown.
func (d Deviation) Within(p Percent) bool { return over(d.From.mg).near(d.To, p) }

// String returns the deviation in percent of From, with its sign and to 3
// decimals half up away from 0: "+0.21 %"; "+0 %" if there is none. A deviation
// that would show as 0 shows as "less than 0.001 %" with its sign.
func (d Deviation) String() string {
	sign, from, to := "+", d.From, d.To
	if to.Compare(from) < 0 {
		sign, from, to = "-", to, from
	}
	if from == to {
		return "+0 %"
	}
	distance, ok := sub(to.mg, from.mg)
	if ok {
		distance, ok = mul(distance, whole(100))
	}
	if !ok {
		return "more than can be shown"
	}
	pct, ok := quo(distance, d.From.mg, decimal.MustNew(1, 3), HalfUp)
	switch {
	case !ok:
		return "more than can be shown"
	case pct.IsZero():
		return sign + "less than 0.001 %"
	}
	return sign + string(appendQuantity(nil, pct, "%"))
}
