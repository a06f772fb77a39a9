package dose

import (
	"iter"
	"strconv"
	"strings"
)

// A Worksheet is a dose as it is drawn up, diluted and given, with every line
// that a nurse needs to check it by hand. Only [Preparation.Prepare] makes one.
//
// Like a [Calculation] it marshals to text and is never read back from text.
//
// The zero Worksheet is none: it has the empty text. Values are comparable with
// ==.
type Worksheet struct {
	calculation    Calculation
	preparation    Preparation
	stock, nearest Volume // nearest: before it is brought back within floor and cap
	delivered      Mass
	diluent, total Volume
	flow           Flow
	containers     int
	waste          Mass
	passed         passedSet
}

// IsZero reports whether w is none.
func (w Worksheet) IsZero() bool { return w == Worksheet{} }

// Calculation returns the calculated dose.
func (w Worksheet) Calculation() Calculation { return w.calculation }

// Preparation returns how it is prepared.
func (w Worksheet) Preparation() Preparation { return w.preparation }

// Stock returns the volume of product to draw up.
func (w Worksheet) Stock() Volume { return w.stock }

// Delivered returns the dose really delivered: stock volume x strength.
func (w Worksheet) Delivered() Mass { return w.delivered }

// Deviation returns how far the delivered dose is from the calculated one.
func (w Worksheet) Deviation() Deviation { return Deviation{w.calculation.dose, w.delivered} }

// Diluent returns the volume of diluent; 0 mL if undiluted.
func (w Worksheet) Diluent() Volume { return w.diluent }

// Total returns the volume that is given.
func (w Worksheet) Total() Volume { return w.total }

// Concentration returns the concentration of what is given, as text; to 6
// decimals half up where it has no finite decimal.
func (w Worksheet) Concentration() string {
	text, _ := w.concentration().text("mg/mL")
	return text
}

// Flow returns the setting of the pump; zero if no time is stated.
func (w Worksheet) Flow() Flow { return w.flow }

// Rate returns the rate of the delivered dose as text in a unit, as
// [RateUnit.Text] gives it.
func (w Worksheet) Rate(u RateUnit) (string, error) {
	return u.Text(w.delivered, w.calculation.limitWeight(), w.preparation.During)
}

// Containers returns how many containers of the product are opened.
func (w Worksheet) Containers() int { return w.containers }

// Waste returns what is left in the opened containers.
func (w Worksheet) Waste() Mass { return w.waste }

// WasteVolume returns the volume that is left in the opened containers, as text;
// to 6 decimals half up where it has no finite decimal.
func (w Worksheet) WasteVolume() string {
	text, _ := ratio{w.waste.mg, w.preparation.Product.Strength.mgPerML}.text("mL")
	return text
}

// SoftLimits yields the soft limits that are passed, judged on what is
// delivered.
func (w Worksheet) SoftLimits() iter.Seq[PassedLimit] {
	return w.passed.all(w.calculation.rule.Limits, false)
}

// DeliveredAt returns what is delivered if the pump runs at f for the stated
// time and is then stopped, as text; to 6 decimals half up where it has no
// finite decimal. It is at most the delivered dose. The error is a [*RuleError]
// for no time or flow, or a [*RangeError].
func (w Worksheet) DeliveredAt(f Flow) (string, error) {
	during := w.preparation.During
	if w.IsZero() || during.IsZero() || f.IsZero() {
		return "", &RuleError{"Flow", f.String(), "a flow, and a preparation with a time"}
	}
	fail := &RangeError{"delivery at " + f.String() + " during " + during.String(), wantExact}
	given, ok := mul(f.mlPerH, during.s) // mL x 3600
	if !ok {
		return "", fail
	}
	all, ok := mul(w.total.ml, whole(3600))
	if !ok {
		return "", fail
	}
	if given.Cmp(all) >= 0 {
		return w.delivered.String(), nil
	}
	num, ok := mul(w.delivered.mg, given)
	if !ok {
		return "", fail
	}
	text, ok := ratio{num, all}.text("mg")
	if !ok {
		return "", fail
	}
	return text, nil
}

// A Line is one line of a [Worksheet]: what it is about, and how it comes about.
type Line struct{ Label, Text string }

// Lines yields the lines in the order in which the work is done.
func (w Worksheet) Lines() iter.Seq[Line] {
	return func(yield func(Line) bool) {
		if w.IsZero() {
			return
		}
		for _, line := range w.lines() {
			if line.Text != "" && !yield(line) {
				return
			}
		}
		for passed := range w.SoftLimits() {
			if !yield(Line{"passes", passed.String()}) {
				return
			}
		}
	}
}

func (w Worksheet) lines() []Line {
	p, c := w.preparation, w.calculation
	return []Line{
		{"dose", c.String()},
		{"product", p.Product.Name + ", " + p.Product.Content.String() + " per container, " + p.Route.String()},
		{"stock", w.stockLine()},
		{"delivered", w.stock.String() + " x " + p.Product.Strength.String() + " = " +
			w.delivered.String() + ", " + w.Deviation().String()},
		{"diluent", w.diluentLine()},
		{"total", w.totalLine()},
		{"concentration", w.delivered.String() + " / " + w.total.String() + " = " + w.Concentration()},
		{"flow", w.flowLine()},
		{"rate", w.rateLine()},
		{"containers", strconv.Itoa(w.containers) + " x " + p.Product.Content.String() +
			", waste " + w.waste.String() + " in " + w.WasteVolume()},
	}
}

func (w Worksheet) stockLine() string {
	strength, g := w.preparation.Product.Strength, w.preparation.Graduation
	exact, _ := ratio{w.calculation.dose.mg, strength.mgPerML}.text("mL")
	text := w.calculation.dose.String() + " / " + strength.String() + " = " + exact
	if nearest := w.nearest.String(); nearest != exact {
		text += ", " + g.mode.String() + " to " + nearest
	}
	if w.stock != w.nearest {
		text += ", which would leave floor and cap, so " + w.stock.String()
	}
	return text
}

func (w Worksheet) diluentLine() string {
	d, name := w.preparation.Dilution, w.preparation.Diluent
	if name != "" {
		name = " of " + name
	}
	switch d.kind {
	case madeUpTo:
		return d.String() + ": " + w.total.String() + " - " + w.stock.String() + " = " + w.diluent.String() + name
	case addedTo:
		return d.String() + name
	}
	return ""
}

func (w Worksheet) totalLine() string {
	if w.preparation.Dilution.kind == addedTo {
		return w.diluent.String() + " + " + w.stock.String() + " = " + w.total.String()
	}
	return w.total.String()
}

func (w Worksheet) flowLine() string {
	if w.flow.IsZero() {
		return ""
	}
	p := w.preparation
	exact, _ := perTime(Mass{mg: w.total.ml}, p.During, 3600).text("mL/h")
	text := w.total.String() + " over " + p.During.String() + " = " + exact
	if flow := w.flow.String(); flow != exact {
		text += ", " + p.Pump.mode.String() + " to " + flow
	}
	return text
}

func (w Worksheet) rateLine() string {
	if w.preparation.During.IsZero() {
		return ""
	}
	var rates []string
	for u := MgPerH; u <= McgPerKgPerMin; u++ {
		if text, err := w.Rate(u); err == nil { // without a weight there is no rate per kilogram
			rates = append(rates, text)
		}
	}
	return strings.Join(rates, ", ")
}

// String returns the lines, each as "label: text" and ended by a newline.
func (w Worksheet) String() string { return string(w.append(nil)) }

// AppendText appends the text of [Worksheet.String].
func (w Worksheet) AppendText(b []byte) ([]byte, error) { return w.append(b), nil }

// MarshalText returns the text of [Worksheet.String]. There is no UnmarshalText.
func (w Worksheet) MarshalText() ([]byte, error) { return w.append(nil), nil }

func (w Worksheet) append(b []byte) []byte {
	for line := range w.Lines() {
		b = append(append(b, line.Label...), ": "...)
		b = append(append(b, line.Text...), '\n')
	}
	return b
}
