package dose

import (
	"strings"

	govalues "github.com/govalues/decimal"
	"github.com/regimen-go/regimen/dose"
	shopspring "github.com/shopspring/decimal"
)

// A Text computes cases from the text of a weight, "70.1 kg", to that of what a
// nurse needs: "35.1 mg, 3.51 mL, 5.27 mL/h".
type Text struct {
	weights []string
	compute func(b []byte, i int, weight string) ([]byte, error)
	out     []byte
}

func newText(cases []Case, compute func(b []byte, i int, weight string) ([]byte, error)) *Text {
	x := &Text{compute: compute}
	for _, c := range cases {
		x.weights = append(x.weights, tenths(c.Weight)+" kg")
	}
	return x
}

// Run computes n cases.
func (x *Text) Run(n int) {
	for i := range n {
		var err error
		x.out, err = x.compute(x.out[:0], i%Size, x.weights[i%Size])
		must(err)
	}
}

// At computes one case.
func (x *Text) At(i int) (Infusion, error) {
	b, err := x.compute(nil, i, x.weights[i])
	texts := strings.NewReplacer(" mg", "", " mL/h", "", " mL", "").Replace(string(b))
	parts := append(strings.Split(texts, ", "), "", "", "")
	return Infusion{parts[0], parts[1], parts[2]}, err
}

// NewInt64Text reads and writes the numbers by hand.
func NewInt64Text(cases []Case) *Text {
	x := NewInt64(cases)
	return newText(cases, func(b []byte, i int, weight string) ([]byte, error) {
		c := x.cases[i]
		var ok bool
		if c.weight, ok = grams(weight); !ok {
			return b, errWeight
		}
		r, err := c.infusion()
		b = append(appendFixed(b, r.dose, 1), " mg, "...)
		b = append(appendFixed(b, r.volume, 2), " mL, "...)
		return append(appendFixed(b, r.flow, 2), " mL/h"...), err
	})
}

// grams reads a weight such as "70.1 kg" that has one decimal.
func grams(s string) (int64, bool) {
	number, ok := strings.CutSuffix(s, " kg")
	n, point := int64(0), 0
	for i := range len(number) {
		switch c := number[i]; {
		case c == '.' && point == 0:
			point = i
		case c < '0' || c > '9' || i > 18:
			return 0, false
		default:
			n = n*10 + int64(c-'0')
		}
	}
	return n * 100, ok && point > 0 && point == len(number)-2
}

// NewGovaluesText is the text form of [Govalues].
func NewGovaluesText(cases []Case) *Text {
	x := NewGovalues(cases)
	return newText(cases, func(b []byte, i int, weight string) ([]byte, error) {
		c := x.cases[i]
		var err error
		if c.weight, err = govalues.Parse(strings.TrimSuffix(weight, " kg")); err != nil {
			return b, err
		}
		r, err := x.infusion(&c)
		b, _ = r.dose.AppendText(b)
		b, _ = r.volume.AppendText(append(b, " mg, "...))
		b, _ = r.flow.AppendText(append(b, " mL, "...))
		return append(b, " mL/h"...), err
	})
}

// NewShopspringText is the text form of [Shopspring].
func NewShopspringText(cases []Case) *Text {
	x := NewShopspring(cases)
	return newText(cases, func(b []byte, i int, weight string) ([]byte, error) {
		c := x.cases[i]
		var err error
		if c.weight, err = shopspring.NewFromString(strings.TrimSuffix(weight, " kg")); err != nil {
			return b, err
		}
		r, err := x.infusion(&c)
		b = append(append(b, r.dose.String()...), " mg, "...)
		b = append(append(b, r.volume.String()...), " mL, "...)
		return append(append(b, r.flow.String()...), " mL/h"...), err
	})
}

// NewRegimenText is the text form of [Regimen].
func NewRegimenText(cases []Case) *Text {
	x := NewRegimen(cases)
	return newText(cases, func(b []byte, i int, weight string) ([]byte, error) {
		c := x.cases[i]
		var err error
		if c.body.Weight, err = dose.ParseWeight(weight); err != nil {
			return b, err
		}
		r, err := x.infusion(&c)
		b, _ = r.dose.AppendText(b)
		b, _ = r.volume.AppendText(append(b, ", "...))
		b, _ = r.flow.AppendText(append(b, ", "...))
		return b, err
	})
}
