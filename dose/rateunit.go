package dose

import (
	"strconv"

	"github.com/govalues/decimal"
)

// A RateUnit is a unit in which the rate of an infusion is shown. The zero
// RateUnit is invalid.
type RateUnit uint8

// The units of rates.
const (
	_ RateUnit = iota
	MgPerH
	MgPerMin
	MgPerKgPerH
	McgPerKgPerMin
)

// String returns the unit, such as "mcg/kg/min", and "RateUnit(0)" for a value
// that is none of them.
func (u RateUnit) String() string {
	switch u {
	case MgPerH:
		return "mg/h"
	case MgPerMin:
		return "mg/min"
	case MgPerKgPerH:
		return "mg/kg/h"
	case McgPerKgPerMin:
		return "mcg/kg/min"
	}
	return "RateUnit(" + strconv.Itoa(int(u)) + ")"
}

// Text returns the rate of giving m to a body of weight w during d in this
// unit: "12.5 mcg/kg/min". A rate without finite decimal of at most 19 digits
// is shown to 6 decimals half up; it is one division of exact numbers, whatever
// the unit. The weight is needed only for the units per kilogram.
//
// The error is a [*MissingError], a [*RangeError] or, for an unknown unit or no
// time, a [*RuleError].
func (u RateUnit) Text(m Mass, w Weight, d Duration) (string, error) {
	perKg := u == MgPerKgPerH || u == McgPerKgPerMin
	switch {
	case u < MgPerH || u > McgPerKgPerMin:
		return "", &RuleError{"RateUnit", u.String(), "mg/h, mg/min, mg/kg/h or mcg/kg/min"}
	case d.IsZero():
		return "", &RuleError{"Duration", "", "a time of more than 0 s"}
	case perKg && w.IsZero():
		return "", &MissingError{"weight", "a rate in " + u.String(), ErrNoWeight}
	}
	factor := int64(3600) // seconds per h
	switch u {
	case MgPerMin:
		factor = 60
	case McgPerKgPerMin:
		factor = 60_000 // mcg per mg x seconds per min
	}
	r := perTime(m, d, factor)
	if perKg {
		den, ok := mul(r.den, w.kg)
		if !ok {
			den = decimal.Decimal{} // the zero ratio: no result
		}
		r.den = den
	}
	text, ok := r.text(u.String())
	if !ok {
		return "", &RangeError{m.String() + " during " + d.String() + " in " + u.String(), wantExact}
	}
	return text, nil
}

// perTime returns m x factor / d in s.
func perTime(m Mass, d Duration, factor int64) ratio {
	num, ok := mul(m.mg, whole(factor))
	if !ok {
		return ratio{}
	}
	return ratio{num, d.s}
}

// text returns r with a unit; to 6 decimals half up if it is not finite. It
// fails if r is out of range, or if a value that is not zero would show as 0.
func (r ratio) text(unit string) (string, bool) {
	if r.den.IsZero() {
		return "", false
	}
	v, ok := exactQuo(r.num, r.den)
	if !ok {
		v, ok = r.round(millionth(), HalfUp)
	}
	if !ok || v.IsZero() && !r.num.IsZero() {
		return "", false
	}
	return string(appendQuantity(nil, v, unit)), true
}
