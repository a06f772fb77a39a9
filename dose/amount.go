package dose

import (
	"strconv"
)

// An Amount is how the raw dose of a [Rule] comes about. It is made by exactly
// one constructor ([Fixed], [PerWeight], [PerBodySurface], [OverTime],
// [PerWeightOverTime], [ByBands], [Devices], [SumOfParts]), so a rule with two amounts cannot
// be written.
//
// The zero Amount is none. Values are comparable with ==.
type Amount struct {
	kind          amountKind
	basis         Basis
	unit          written // in which the dose or rate was written
	fixed         Mass    // also the content of a device
	perKg         PerKilogram
	perSurface    PerSurface
	rate          Rate
	ratePerKg     RatePerKilogram
	during, apart Duration
	count         int // of devices
	bands         Bands
}

type amountKind uint8

const (
	noAmount amountKind = iota
	fixedAmount
	perWeightAmount
	perSurfaceAmount
	overTimeAmount
	perWeightOverTimeAmount
	bandsAmount
	devicesAmount
	partsAmount
)

// Fixed is the same mass for everybody.
func Fixed(m Mass) Amount { return Amount{kind: fixedAmount, fixed: m} }

// PerWeight is a dose per kilogram of the weight that b says.
func PerWeight(r PerKilogram, b Basis) Amount {
	return Amount{kind: perWeightAmount, perKg: r, basis: b}
}

// PerBodySurface is a dose per square metre of body surface (Mosteller).
func PerBodySurface(r PerSurface) Amount {
	return Amount{kind: perSurfaceAmount, perSurface: r}
}

// OverTime is a rate for a time: 22 mg/h for 96 h.
func OverTime(r Rate, d Duration) Amount {
	return Amount{kind: overTimeAmount, rate: r, during: d}
}

// PerWeightOverTime is a rate per kilogram of the weight that b says, for a
// time: 0.35 mg/kg/h for 4 h.
func PerWeightOverTime(r RatePerKilogram, b Basis, d Duration) Amount {
	return Amount{kind: perWeightOverTimeAmount, ratePerKg: r, basis: b, during: d}
}

// ByBands is a dose, fixed or per kilogram, for each band of actual weight.
func ByBands(b Bands) Amount { return Amount{kind: bandsAmount, bands: b} }

// Devices is n whole devices of a content each, such as 2 of 28 mg, given at
// least apart from one to the next; apart may be none.
func Devices(n int, content Mass, apart Duration) Amount {
	return Amount{kind: devicesAmount, count: n, fixed: content, apart: apart}
}

// SumOfParts is the sum of the parts of a dose that is given in parts, which a
// [Sequence] has.
func SumOfParts() Amount { return Amount{kind: partsAmount} }

// sumText is the text of [SumOfParts].
const sumText = "sum of parts"

// IsSum reports whether a is [SumOfParts].
func (a Amount) IsSum() bool { return a.kind == partsAmount }

// IsZero reports whether a is none.
func (a Amount) IsZero() bool { return a == Amount{} }

// Fixed returns the mass of a [Fixed] amount.
func (a Amount) Fixed() (m Mass, ok bool) {
	if a.kind != fixedAmount {
		return Mass{}, false
	}
	return a.fixed, true
}

// PerWeight returns the dose per kilogram and the basis of a [PerWeight]
// amount.
func (a Amount) PerWeight() (r PerKilogram, b Basis, ok bool) {
	if a.kind != perWeightAmount {
		return PerKilogram{}, 0, false
	}
	return a.perKg, a.basis, true
}

// PerBodySurface returns the dose per square metre of a [PerBodySurface]
// amount.
func (a Amount) PerBodySurface() (r PerSurface, ok bool) {
	return a.perSurface, a.kind == perSurfaceAmount
}

// OverTime returns the rate and the time of an [OverTime] amount.
func (a Amount) OverTime() (r Rate, d Duration, ok bool) {
	if a.kind != overTimeAmount {
		return Rate{}, Duration{}, false
	}
	return a.rate, a.during, true
}

// PerWeightOverTime returns the rate per kilogram, the basis and the time of a
// [PerWeightOverTime] amount.
func (a Amount) PerWeightOverTime() (r RatePerKilogram, b Basis, d Duration, ok bool) {
	if a.kind != perWeightOverTimeAmount {
		return RatePerKilogram{}, 0, Duration{}, false
	}
	return a.ratePerKg, a.basis, a.during, true
}

// Bands returns the bands of a [ByBands] amount.
func (a Amount) Bands() (b Bands, ok bool) { return a.bands, a.kind == bandsAmount }

// Devices returns the number of devices, the content of each and the time from
// one to the next of a [Devices] amount.
func (a Amount) Devices() (n int, content Mass, apart Duration, ok bool) {
	if a.kind != devicesAmount {
		return 0, Mass{}, Duration{}, false
	}
	return a.count, a.fixed, a.apart, true
}

// String returns the text that begins the text of a rule, such as "56 mg" or
// "0.5 mg/kg of actual weight", in the unit in which it was read; "" if a is none.
func (a Amount) String() string { return string(a.append(make([]byte, 0, 48))) }

func (a Amount) append(b []byte) []byte {
	switch a.kind {
	case fixedAmount, perSurfaceAmount:
		return a.appendValue(b)
	case perWeightAmount:
		return a.appendBasis(a.appendValue(b))
	case overTimeAmount:
		return a.during.append(append(a.appendValue(b), " for "...))
	case perWeightOverTimeAmount:
		return a.during.append(append(a.appendBasis(a.appendValue(b)), " for "...))
	case bandsAmount:
		return append(b, a.bands.text...)
	case devicesAmount:
		return a.appendDevices(b)
	case partsAmount:
		return append(b, sumText...)
	}
	return b
}

func (a Amount) appendBasis(b []byte) []byte {
	b = append(append(b, " of "...), a.basis.String()...)
	return append(b, " weight"...)
}

func (a Amount) appendDevices(b []byte) []byte {
	b = append(strconv.AppendInt(b, int64(a.count), 10), " device"...)
	if a.count != 1 {
		b = append(b, 's')
	}
	b = a.appendValue(append(b, " of "...))
	if !a.apart.IsZero() {
		b = append(a.apart.append(append(b, ' ')), " apart"...)
	}
	return b
}

// byWeight reports whether the dose is multiplied by a weight, which for bands
// depends on the body.
func (a Amount) byWeight() bool {
	return a.kind == perWeightAmount || a.kind == perWeightOverTimeAmount
}

// bases returns the bases of every weight that the dose may be multiplied by.
func (a Amount) bases() basisSet {
	var s basisSet
	if a.byWeight() {
		s = s.with(a.basis)
	}
	for band := range a.bands.All() {
		s |= band.Dose.bases()
	}
	return s
}

// scales reports whether the dose grows with the body without bound.
func (a Amount) scales() bool { return a.bases() != 0 || a.kind == perSurfaceAmount }

// of returns the amount for a body: that of the band of its weight for bands,
// else a itself.
func (a Amount) of(b Body) (Amount, error) {
	if a.kind != bandsAmount {
		return a, nil
	}
	band, err := a.bands.For(b.Weight)
	return band.Dose, err
}
