package dose

import (
	"strings"
)

// An Amount is how the raw dose of a [Rule] comes about. It is made by exactly
// one of the constructors ([Fixed], [PerWeight]), so a rule with two amounts
// cannot be written.
//
// The zero Amount is none. Values are comparable with ==.
type Amount struct {
	kind  amountKind
	fixed Mass
	perKg PerKilogram
	basis Basis
}

type amountKind uint8

const (
	noAmount amountKind = iota
	fixedAmount
	perWeightAmount
)

// Fixed is the same mass for everybody.
func Fixed(m Mass) Amount { return Amount{kind: fixedAmount, fixed: m} }

// PerWeight is a dose per kilogram of the weight that b says.
func PerWeight(r PerKilogram, b Basis) Amount {
	return Amount{kind: perWeightAmount, perKg: r, basis: b}
}

// IsZero reports whether a is none.
func (a Amount) IsZero() bool { return a == Amount{} }

// Fixed returns the mass of a [Fixed] amount.
func (a Amount) Fixed() (m Mass, ok bool) { return a.fixed, a.kind == fixedAmount }

// PerWeight returns the dose per kilogram and the basis of a [PerWeight]
// amount.
func (a Amount) PerWeight() (r PerKilogram, b Basis, ok bool) {
	return a.perKg, a.basis, a.kind == perWeightAmount
}

// String returns the text that begins the text of a rule: "56 mg" or
// "0.5 mg/kg of actual weight"; "" if a is none.
func (a Amount) String() string { return string(a.append(nil)) }

func (a Amount) append(b []byte) []byte {
	switch a.kind {
	case fixedAmount:
		return a.fixed.append(b)
	case perWeightAmount:
		return append(a.basisClause(a.perKg.append(b)), " weight"...)
	}
	return b
}

func (a Amount) basisClause(b []byte) []byte {
	return append(append(b, " of "...), a.basis.String()...)
}

// parseAmount reads what [Amount.String] writes, from the beginning of a rule.
func parseAmount(s string) (Amount, error) {
	fail := func(at int, want string) (Amount, error) {
		return Amount{}, &ParseError{"amount", cut(s, maxText), at, want, ErrSyntax}
	}
	quantity, basis, ok := strings.Cut(s, " of ")
	if !ok {
		if strings.HasSuffix(s, "/kg") {
			return fail(len(s), `" of actual weight": which weight the dose is for`)
		}
		m, err := ParseMass(s)
		return Fixed(m), err
	}
	r, err := ParsePerKilogram(quantity)
	if err != nil {
		return Amount{}, err
	}
	at := len(quantity) + len(" of ")
	name, ok := strings.CutSuffix(basis, " weight")
	if !ok {
		return fail(at, `a basis and "weight", such as "actual weight"`)
	}
	b, err := ParseBasis(name)
	if err != nil {
		return Amount{}, inside(err, s, "amount", at)
	}
	return PerWeight(r, b), nil
}
