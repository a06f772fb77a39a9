package dose

import (
	"iter"
	"strconv"
)

// A Delivery is one dose as it is really given: calculated, drawn up, timed and
// judged by every limit. Only [Order.For] and [Order.Choice] make one.
//
// Like a [Calculation] it marshals to text and is never read back from text.
//
// The zero Delivery is none: it has the empty text. Values are comparable with
// ==.
type Delivery struct {
	calculation    Calculation
	preparation    Preparation
	administration Duration
	runsOn         bool
	stock, nearest Volume // nearest: before it is brought back within floor and cap
	delivered      Mass
	diluent, total Volume
	flow           Flow
	containers     int
	waste          Mass
	passed         passedSet
}

// IsZero reports whether d is none.
func (d Delivery) IsZero() bool { return d == Delivery{} }

// Order returns what was computed. For a choice it is the order that allows it.
func (d Delivery) Order() Order {
	return Order{d.calculation.rule, d.preparation, d.administration, d.runsOn}
}

// Calculation returns the dose that was ordered and the steps that led to it.
func (d Delivery) Calculation() Calculation { return d.calculation }

// Worksheet returns how the dose is prepared; zero without a preparation.
func (d Delivery) Worksheet() Worksheet {
	if d.preparation.IsZero() {
		return Worksheet{}
	}
	return Worksheet{d}
}

// Dose returns the dose that was ordered, after rounding.
func (d Delivery) Dose() Mass { return d.calculation.dose }

// Delivered returns the dose that is really given: stock volume x strength, and
// the ordered dose without a preparation.
func (d Delivery) Delivered() Mass { return d.delivered }

// Stock returns the volume of product to draw up; 0 mL without a preparation.
func (d Delivery) Stock() Volume { return d.stock }

// Volume returns the volume that is given; 0 mL without a preparation.
func (d Delivery) Volume() Volume { return d.total }

// Flow returns the setting of the pump; zero without a preparation, or if neither
// it nor the amount states a time.
func (d Delivery) Flow() Flow { return d.flow }

// Devices returns how many devices are given; 0 if the rule gives none.
func (d Delivery) Devices() int {
	n, content, _, ok := d.calculation.rule.Amount.Devices()
	if chosen, whole := d.calculation.dose.devices(content); ok && whole {
		return chosen
	}
	return n
}

// Concentration returns the concentration of what is given, in mg/mL, as text;
// "" without a preparation. Like every text that comes from a division it is
// exact, and to 6 decimals half up where it has no finite decimal of at most 19
// digits.
func (d Delivery) Concentration() string { return d.concentration().text("mg/mL") }

func (d *Delivery) concentration() quotient {
	if d.preparation.IsZero() {
		return quotient{}
	}
	return quotient{product1(d.delivered.mg), product1(d.total.ml)}
}

// Time returns the real time over which the dose is given, as text: volume /
// flow, which is another than the stated time where the pump rounds the flow; else
// the time of the order. Whole seconds are written like a [Duration], other times
// in min. The text is "" if no time is stated.
func (d Delivery) Time() string { return timeText(d.hours()) }

// timeText returns a time in h as text.
func timeText(hours quotient) string {
	if hours.isZero() {
		return ""
	}
	seconds := quotient{hours.num.times(whole(3600)), hours.den}
	if s, ok := seconds.decimal(); ok && s.IsInt() && seconds.compare(s) == 0 {
		return Duration{s: s}.String()
	}
	return quotient{hours.num.times(whole(60)), hours.den}.text("min")
}

// hours returns the real time in h.
func (d *Delivery) hours() quotient {
	if !d.flow.IsZero() {
		return quotient{product1(d.total.ml), product1(d.flow.mlPerH)}
	}
	return d.Order().Time().hours()
}

// Minutes returns the real time in whole minutes, rounded up; 0 if no time is
// stated. A pump that is set to next to nothing may need longer than a billion: that is
// a billion.
func (d Delivery) Minutes() int {
	hours := d.hours()
	if hours.isZero() {
		return 0
	}
	minutes, ok := quotient{hours.num.times(whole(60)), hours.den}.up()
	if !ok {
		return mostMinutes
	}
	return minutes
}

// Longer reports whether the real time is longer than an administration, as it
// can be where the pump rounds the flow down. A dose that runs on never is.
func (d Delivery) Longer(administration Duration) bool {
	hours := d.hours()
	if d.runsOn || administration.IsZero() || hours.isZero() {
		return false
	}
	return quotient{hours.num.times(whole(3600)), hours.den}.compare(administration.s) > 0
}

// Rate returns the rate at which the dose is really given, in mg/h, as text; "" if
// no time is stated.
func (d Delivery) Rate() string { return rateOf(d.delivered, d.hours()).text("mg/h") }

// RatePerKilogram is [Delivery.Rate] in mg/kg/h, for the weight that the rule doses
// by and for the actual weight where it does not dose by weight; "" if that is
// unknown.
func (d Delivery) RatePerKilogram() string {
	text, _ := MgPerKgPerH.text(d.delivered, d.calculation.limitWeight(), d.hours())
	return text
}

// RateIn returns the rate at which the dose is really given as text in a unit;
// the error is that of [RateUnit.Text].
func (d Delivery) RateIn(u RateUnit) (string, error) {
	return u.text(d.delivered, d.calculation.limitWeight(), d.hours())
}

// SoftLimits yields every soft limit that is passed: those of the dose as it was
// calculated, and all of them judged on what is delivered.
func (d Delivery) SoftLimits() iter.Seq[PassedLimit] {
	return d.passed.all(d.calculation.rule.Limits, softSides)
}

// measured returns what the limits judge.
func (d *Delivery) measured() measured {
	m := measured{
		dose: d.delivered, weight: d.calculation.limitWeight(), hours: d.hours(),
		prepared: !d.preparation.IsZero(), total: d.total,
	}
	// Without a preparation the limit per kilogram was judged before rounding.
	m.perKilogram = m.prepared
	switch {
	case !d.flow.IsZero():
		m.flow = quotient{product1(d.flow.mlPerH), product1(whole(1))}
	case m.prepared:
		m.flow = flowOf(d.total, m.hours)
	}
	return m
}

// flowOf returns v / time in mL/h; no result without a time.
func flowOf(v Volume, hours quotient) quotient { return quotient{hours.den.times(v.ml), hours.num} }

// judge judges every limit of the rule on what is delivered.
func (d *Delivery) judge() error {
	m := d.measured()
	passed, err := m.judge(d.calculation.rule.Limits)
	d.passed = d.calculation.passed | passed
	return err
}

// Lines yields the lines of the worksheet if there is a preparation; else the
// dose, how many devices it is, its time, its rate and the soft limits passed.
func (d Delivery) Lines() iter.Seq[Line] {
	return func(yield func(Line) bool) {
		if d.IsZero() {
			return
		}
		lines := d.shortLines
		if !d.preparation.IsZero() {
			lines = d.sheetLines
		}
		for _, line := range lines() {
			if line.Text != "" && !yield(line) {
				return
			}
		}
		for passed := range d.SoftLimits() {
			if !yield(Line{"passes", passed.String()}) {
				return
			}
		}
	}
}

func (d *Delivery) shortLines() []Line {
	devices := ""
	if _, content, _, ok := d.calculation.rule.Amount.Devices(); ok {
		devices = strconv.Itoa(d.Devices()) + " x " + content.String()
	}
	return []Line{
		{"dose", d.calculation.String()},
		{"devices", devices},
		{"time", d.Time()},
		{"rate", d.rateLine()},
	}
}

// String returns the lines, each as "label: text" and ended by a newline.
func (d Delivery) String() string { return string(d.append(make([]byte, 0, 96))) }

// AppendText appends the text of [Delivery.String].
func (d Delivery) AppendText(b []byte) ([]byte, error) { return d.append(b), nil }

// MarshalText returns the text of [Delivery.String]. There is no UnmarshalText.
func (d Delivery) MarshalText() ([]byte, error) { return d.append(nil), nil }

func (d Delivery) append(b []byte) []byte {
	for line := range d.Lines() {
		b = append(append(b, line.Label...), ": "...)
		b = append(append(b, line.Text...), '\n')
	}
	return b
}
