package dose

import (
	"iter"
	"strconv"
	"strings"
)

// A Worksheet is a dose as it is drawn up, diluted and given, with every line
// that a nurse needs to check it by hand. [Delivery.Worksheet] returns it.
//
// Like a [Calculation] it marshals to text and is never read back from text.
//
// The zero Worksheet is none: it has the empty text. Values are comparable with
// ==.
type Worksheet struct{ delivery Delivery }

// IsZero reports whether w is none.
func (w Worksheet) IsZero() bool { return w == Worksheet{} }

// Calculation returns the calculated dose.
func (w Worksheet) Calculation() Calculation { return w.delivery.calculation }

// Preparation returns how it is prepared.
func (w Worksheet) Preparation() Preparation { return w.delivery.preparation }

// Stock returns the volume of product to draw up.
func (w Worksheet) Stock() Volume { return w.delivery.stock }

// Delivered returns the dose really delivered: stock volume x strength.
func (w Worksheet) Delivered() Mass { return w.delivery.delivered }

// Deviation returns how far the delivered dose is from the calculated one.
func (w Worksheet) Deviation() Deviation {
	return Deviation{w.delivery.calculation.dose, w.delivery.delivered}
}

// Diluent returns the volume of diluent; 0 mL if undiluted.
func (w Worksheet) Diluent() Volume { return w.delivery.diluent }

// Total returns the volume that is given.
func (w Worksheet) Total() Volume { return w.delivery.total }

// Concentration returns the concentration of what is given, as
// [Delivery.Concentration] does.
func (w Worksheet) Concentration() string { return w.delivery.Concentration() }

// Flow returns the setting of the pump; zero if no time is stated.
func (w Worksheet) Flow() Flow { return w.delivery.flow }

// Time returns the real time, as [Delivery.Time] does.
func (w Worksheet) Time() string { return w.delivery.Time() }

// Rate returns the real rate of the delivered dose as text in a unit, as
// [Delivery.RateIn] does.
func (w Worksheet) Rate(u RateUnit) (string, error) { return w.delivery.RateIn(u) }

// Containers returns how many containers of the product are opened.
func (w Worksheet) Containers() int { return w.delivery.containers }

// Waste returns what is left in the opened containers.
func (w Worksheet) Waste() Mass { return w.delivery.waste }

// WasteVolume returns the volume that is left in the opened containers, as text;
// to 6 decimals half up where it has no finite decimal.
func (w Worksheet) WasteVolume() string { return w.delivery.wasteVolume() }

func (d *Delivery) wasteVolume() string {
	return quotient{product1(d.waste.mg), product1(d.preparation.Product.Strength.mgPerML)}.text("mL")
}

// SoftLimits yields the soft limits that are passed, as [Delivery.SoftLimits]
// does.
func (w Worksheet) SoftLimits() iter.Seq[PassedLimit] { return w.delivery.SoftLimits() }

// DeliveredAt returns what is delivered if the pump runs at f for the stated
// time and is then stopped, as text; to 6 decimals half up where it has no
// finite decimal. It is at most the delivered dose. The error is a [*RuleError]
// for no time or flow.
func (w Worksheet) DeliveredAt(f Flow) (string, error) {
	d := w.delivery
	during := d.Order().stated()
	if w.IsZero() || during.IsZero() || f.IsZero() {
		return "", &RuleError{"Flow", f.String(), "a flow, and a preparation with a time", nil}
	}
	given, all := product2(f.mlPerH, during.s), product2(d.total.ml, whole(3600)) // mL x 3600
	if given.compare(all) >= 0 {
		return d.delivered.String(), nil
	}
	return quotient{given.times(d.delivered.mg), all}.text("mg"), nil
}

// A Line is one line of a [Worksheet]: what it is about, and how it comes about.
type Line struct{ Label, Text string }

// Lines yields the lines in the order in which the work is done.
func (w Worksheet) Lines() iter.Seq[Line] { return w.delivery.Lines() }

func (d *Delivery) sheetLines() []Line {
	p, c := d.preparation, d.calculation
	return []Line{
		{"dose", c.String()},
		{"product", p.Product.Name + ", " + p.Product.Content.String() + " per container, " + p.Route.String()},
		{"stock", d.stockLine()},
		{"delivered", d.stock.String() + " x " + p.Product.Strength.String() + " = " +
			d.delivered.String() + ", " + Deviation{c.dose, d.delivered}.String()},
		{"diluent", d.diluentLine()},
		{"total", d.totalLine()},
		{"concentration", d.delivered.String() + " / " + d.total.String() + " = " + d.Concentration()},
		{"flow", d.flowLine()},
		{"time", d.timeLine()},
		{"rate", d.rateLine()},
		{"containers", strconv.Itoa(d.containers) + " x " + p.Product.Content.String() +
			", waste " + d.waste.String() + " in " + d.wasteVolume()},
	}
}

func (d *Delivery) stockLine() string {
	strength, g := d.preparation.Product.Strength, d.preparation.Graduation
	exact := quotient{product1(d.calculation.dose.mg), product1(strength.mgPerML)}.text("mL")
	text := d.calculation.dose.String() + " / " + strength.String() + " = " + exact
	if nearest := d.nearest.String(); nearest != exact {
		text += ", " + g.mode.String() + " to " + nearest
	}
	if d.stock != d.nearest {
		text += ", which would leave floor and cap, so " + d.stock.String()
	}
	return text
}

func (d *Delivery) diluentLine() string {
	dilution, name := d.preparation.Dilution, d.preparation.Diluent
	if name != "" {
		name = " of " + name
	}
	switch dilution.kind {
	case madeUpTo:
		return dilution.String() + ": " + d.total.String() + " - " + d.stock.String() + " = " + d.diluent.String() + name
	case addedTo:
		return dilution.String() + name
	}
	return ""
}

func (d *Delivery) totalLine() string {
	if d.preparation.Dilution.kind == addedTo {
		return d.diluent.String() + " + " + d.stock.String() + " = " + d.total.String()
	}
	return d.total.String()
}

func (d *Delivery) flowLine() string {
	if d.flow.IsZero() {
		return ""
	}
	during := d.Order().stated()
	exact := flowOf(d.total, during.hours()).text("mL/h")
	text := d.total.String() + " over " + during.String() + " = " + exact
	if flow := d.flow.String(); flow != exact {
		text += ", " + d.preparation.Pump.mode.String() + " to " + flow
	}
	return text
}

// timeLine returns how the real time comes about; "" where the pump runs for just
// the time that is stated.
func (d *Delivery) timeLine() string {
	if d.flow.IsZero() {
		return d.Time()
	}
	stated, hours := d.Order().stated(), d.hours()
	if (quotient{hours.num.times(whole(3600)), hours.den}).compare(stated.s) == 0 {
		return ""
	}
	return d.total.String() + " / " + d.flow.String() + " = " + d.Time() + " instead of " + stated.String()
}

func (d *Delivery) rateLine() string {
	if d.calculation.rule.Amount.IsSum() {
		return "" // each part has its own
	}
	var rates []string
	for u := MgPerH; u <= McgPerKgPerMin; u++ {
		if text, err := d.RateIn(u); err == nil { // without a weight there is no rate per kilogram
			rates = append(rates, text)
		}
	}
	return strings.Join(rates, ", ")
}

// String returns the lines, each as "label: text" and ended by a newline.
func (w Worksheet) String() string { return w.delivery.String() }

// AppendText appends the text of [Worksheet.String].
func (w Worksheet) AppendText(b []byte) ([]byte, error) { return w.delivery.append(b), nil }

// MarshalText returns the text of [Worksheet.String]. There is no UnmarshalText.
func (w Worksheet) MarshalText() ([]byte, error) { return w.delivery.append(nil), nil }
