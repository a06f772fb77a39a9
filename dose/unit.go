package dose

import "strings"

// An amount remembers the unit in which it was written, so that "20 mcg" and "5
// mcg/kg/min" are shown as whoever wrote them will read them, beside the value
// that is computed with. Quantities themselves have no memory: equal ones are
// equal.

// In returns a with its dose or rate written in a unit, such as "mcg" or
// "mcg/kg/min". It is the same amount of drug. The error, for a unit of another
// quantity and for bands, each of which has its own, is a [*RuleError].
func (a Amount) In(unit string) (Amount, error) {
	d, ok := a.dimension()
	if !ok {
		return Amount{}, &RuleError{"Amount", a.String(), "an amount with one unit", nil}
	}
	u, ok := d.find(unit)
	if !ok {
		return Amount{}, &RuleError{"Amount", unit, d.names(), nil}
	}
	a.unit = u
	return a, nil
}

// dimension returns how the dose or rate of a is written.
func (a Amount) dimension() (dimension, bool) {
	switch a.kind {
	case fixedAmount, devicesAmount:
		return massDimension(), true
	case perWeightAmount:
		return perKilogramDimension(), true
	case perSurfaceAmount:
		return perSurfaceDimension(), true
	case overTimeAmount:
		return rateDimension(), true
	case perWeightOverTimeAmount:
		return ratePerKilogramDimension(), true
	}
	return dimension{}, false
}

// appendValue appends the dose or rate of a in the unit it was written in.
func (a Amount) appendValue(b []byte) []byte {
	switch a.kind {
	case fixedAmount, devicesAmount:
		return massDimension().append(b, a.fixed.mg, a.unit)
	case perWeightAmount:
		if a.perKg.IsZero() {
			return b
		}
		return perKilogramDimension().append(b, a.perKg.mgPerKg, a.unit)
	case perSurfaceAmount:
		if a.perSurface.IsZero() {
			return b
		}
		return perSurfaceDimension().append(b, a.perSurface.mgPerM2, a.unit)
	case overTimeAmount:
		if a.rate.IsZero() {
			return b
		}
		return rateDimension().append(b, a.rate.mgPerH, a.unit)
	case perWeightOverTimeAmount:
		if a.ratePerKg.IsZero() {
			return b
		}
		return ratePerKilogramDimension().append(b, a.ratePerKg.mgPerKgH, a.unit)
	}
	return b
}

// canonical returns a in canonical units.
func (a Amount) canonical() Amount {
	a.unit = 0
	if a.kind == bandsAmount {
		a.bands = a.bands.canonical()
	}
	return a
}

// shown returns the dose or rate of a as it was written, and beside it in the
// canonical unit if that is another: "5 mcg/kg/min (0.3 mg/kg/h)".
func (a Amount) shown() string {
	text := string(a.appendValue(nil))
	if a.unit != 0 {
		text += " (" + string(a.canonical().appendValue(nil)) + ")"
	}
	return text
}

// Written returns m as whoever wrote a would write it: in mcg where a is written in mcg and m
// is below 1 mg, else in mg. "20 mcg" is read as 20 by somebody in a hurry, and "0.02 mg" may
// be read as 0.2: a dose is shown in the unit of its order.
func (a Amount) Written(m Mass) string {
	d, ok := a.dimension()
	if !ok || m.IsZero() || m.mg.Cmp(whole(1)) >= 0 || !strings.HasPrefix(d.units[a.unit].name, "mcg") {
		return m.String()
	}
	mass := massDimension()
	mcg, _ := mass.find("mcg")
	return string(mass.append(nil, m.mg, mcg))
}
