package dose

import "strconv"

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

// ParseRateUnit reads the name that [RateUnit.String] writes. The error is a [*ParseError] that
// wraps [ErrSyntax].
func ParseRateUnit(s string) (RateUnit, error) {
	return parseEnum(s, "unit of a rate", MgPerH, McgPerKgPerMin)
}

// AppendText appends the text of [RateUnit.String]; nothing for the zero RateUnit. A value that
// is none of them is a [*RangeError].
func (u RateUnit) AppendText(b []byte) ([]byte, error) {
	return marshalEnum(b, u, "unit of a rate", MgPerH, McgPerKgPerMin)
}

// MarshalText returns what [RateUnit.AppendText] appends.
func (u RateUnit) MarshalText() ([]byte, error) { return u.AppendText(nil) }

// UnmarshalText reads what [ParseRateUnit] reads; the empty text gives the zero RateUnit. On an
// error u is unchanged.
func (u *RateUnit) UnmarshalText(text []byte) error { return unmarshalOptional(u, text, ParseRateUnit) }

// Text returns the rate of giving m to a body of weight w during d in this
// unit: "12.5 mcg/kg/min". A rate without finite decimal of at most 19 digits
// is shown to 6 decimals half up; it is one division of exact numbers, whatever
// the unit. The weight is needed only for the units per kilogram.
//
// The error is a [*MissingError] or, for an unknown unit or no time, a
// [*RuleError].
func (u RateUnit) Text(m Mass, w Weight, d Duration) (string, error) {
	return u.text(m, w, d.hours())
}

// text is Text for a time in h.
func (u RateUnit) text(m Mass, w Weight, hours quotient) (string, error) {
	perKg := u == MgPerKgPerH || u == McgPerKgPerMin
	switch {
	case u < MgPerH || u > McgPerKgPerMin:
		return "", &RuleError{"RateUnit", u.String(), "mg/h, mg/min, mg/kg/h or mcg/kg/min", nil}
	case hours.isZero():
		return "", &RuleError{"Duration", "", "a time of more than 0 s", nil}
	case perKg && w.IsZero():
		return "", &MissingError{"weight", "a rate in " + u.String(), ErrNoWeight}
	}
	r := rateOf(m, hours)
	if u == McgPerKgPerMin {
		r.num = r.num.times(whole(1000)) // mcg per mg
	}
	if u == MgPerMin || u == McgPerKgPerMin {
		r.den = r.den.times(whole(60)) // min per h
	}
	if perKg {
		r.den = r.den.times(w.kg)
	}
	return r.text(u.String()), nil
}
