package schedule

import (
	"errors"
	"strings"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/internal/document"
	"github.com/regimen-go/regimen/protocol"
)

// doseNumbers numbers the doses of a plan, from 1, in the order in which they are named:
// doses that say the same have one number.
type doseNumbers struct {
	numbers []int32 // by position in the plan, 0 for one that nobody named
	rows    [][]byte
	texts   map[string]int32 // the rows, once there is a second one
}

func (n *doseNumbers) number(p *Plan, at int32) int {
	if at < 0 {
		return 0
	}
	if n.numbers == nil {
		n.numbers = make([]int32, p.doses.len())
	}
	if n.numbers[at] == 0 {
		const row = 512
		n.numbers[at] = n.of(p.appendDose(make([]byte, 0, row), p.doses.at(at)))
	}
	return int(n.numbers[at])
}

// of returns the number of a row.
func (n *doseNumbers) of(row []byte) int32 {
	if len(n.rows) == 1 && n.texts == nil {
		n.texts = map[string]int32{string(n.rows[0]): 1}
	}
	number, known := n.texts[string(row)]
	if !known {
		n.rows = append(n.rows, row)
		number = int32(len(n.rows))
		if n.texts != nil {
			n.texts[string(row)] = number
		}
	}
	return number
}

// appendDose appends the row of a dose.
func (p *Plan) appendDose(b []byte, d *plannedDose) []byte {
	f := writing(append(b, '{'))
	numberOr(f, "phase", d.phase, 0)
	f.out.b = appendQuantity(f.key("rule"), *d.of)
	f.out.b = appendQuantity(f.key("level"), d.level)
	weighed := d.weighed
	nested(f, "weighed", &weighed, weighed != Weighing{}, (*Weighing).fields)
	f.out.text("height", d.height.String())
	if d.err != nil {
		f.out.text("refused", d.err.Error())
		if sum, ok := errors.AsType[*CumulativeError](d.err); ok {
			f.out.number("limit", sum.Limit+1)
			f.out.text("side", sum.Side.String())
		}
	}
	flagOr(f, "bySum", &d.bySum, false)
	figures := d.delivery.Figures()
	figuresFields(f, &figures)
	parts := keptParts(d.parts)
	nestedList(f, "parts", &parts, may, (*keptPart).fields)
	longer := d.longer
	flagOr(f, "longer", &longer, false)
	return append(f.out.b, '}')
}

// figuresFields are the figures of a delivery.
func figuresFields(f *objectFields, d *dose.Figures) {
	parsed(f, "weight", &d.Weight, may, dose.ParseWeight)
	parsed(f, "surface", &d.Surface, may, dose.ParseSurface)
	f.flag("chosen", &d.Chosen)
	f.text("sum", &d.Sum, may)
	parsed(f, "raw", &d.Raw, may, dose.ParseMass)
	parsed(f, "bounded", &d.Bounded, may, dose.ParseMass)
	parsed(f, "dose", &d.Dose, may, dose.ParseMass)
	parsed(f, "stock", &d.Stock, may, dose.ParseVolume)
	parsed(f, "nearest", &d.Nearest, may, dose.ParseVolume)
	parsed(f, "diluent", &d.Diluent, may, dose.ParseVolume)
	parsed(f, "total", &d.Total, may, dose.ParseVolume)
	parsed(f, "delivered", &d.Delivered, may, dose.ParseMass)
	parsed(f, "waste", &d.Waste, may, dose.ParseMass)
	parsed(f, "flow", &d.Flow, may, dose.ParseFlow)
	intOr(f, "containers", &d.Containers, 0, 0, maxEntries)
	passedLimits(f, "computedPast", &d.Computed)
	passedLimits(f, "past", &d.Passed)
}

// passedLimits are bounds that were passed, as "soft max of the dose".
func passedLimits(f *objectFields, key string, list *[]dose.PassedLimit) {
	const of = " of the "
	if f.in == nil {
		var texts []string
		for _, l := range *list {
			texts = append(texts, l.Side.String()+of+l.Measure.String())
		}
		f.out.texts(key, texts)
		return
	}
	*list = document.List(f.in.Optional(key), func(n document.Node) dose.PassedLimit {
		return document.Parsed(n, func(s string) (l dose.PassedLimit, err error) {
			side, measure, _ := strings.Cut(s, of)
			l.Side, err = dose.ParseSide(side)
			if err == nil {
				l.Measure, err = dose.ParseMeasure(measure)
			}
			return l, inFile(err)
		})
	})
}

// dose reads the position of a dose, -1 for none.
func (r *stateReader) dose(in *document.Fields) int32 {
	return int32(in.Optional("dose").Int(1, len(r.doses))) - 1
}

// A keptError is why there was no dose, in the words of when it was found.
type keptError struct {
	text string
	err  error // what is found now, nil where nothing is
}

func (e *keptError) Error() string { return e.text }

// Unwrap returns what is found now.
func (e *keptError) Unwrap() error { return e.err }

// doseRow reads the row of a dose.
func (r *stateReader) doseRow(in *document.Fields) plannedDose {
	f := &objectFields{in: in}
	d := plannedDose{workedDose: new(workedDose)}
	intOr(f, "phase", &d.phase, 0, 0, 1<<16-1)
	r.phase(in.Node(), d.phase)
	rule := document.Parsed(in.Required("rule"), func(s string) (dose.Rule, error) {
		rule, err := dose.ParseRule(s)
		return rule, inFile(err)
	})
	d.level = textIn(in.Required("level"), dose.ParseLevel)
	if n := in.Optional("weighed"); n.Exists() {
		d.weighed = document.Object(n, func(in *document.Fields) (w Weighing) {
			w.fields(&objectFields{in: in})
			return w
		})
	}
	d.height = optional(in, "height", dose.ParseHeight)
	refused, limit, side := "", 0, dose.Side(0)
	if n := in.Optional("refused"); n.Exists() {
		refused = n.Text()
		intOr(f, "limit", &limit, 0, 1, maxEntries)
		side = optional(in, "side", dose.ParseSide)
	}
	flagOr(f, "bySum", &d.bySum, false)
	var figures dose.Figures
	figuresFields(f, &figures)
	var parts []keptPart
	nestedList(f, "parts", &parts, may, (*keptPart).fields)
	flagOr(f, "longer", &d.longer, false)
	if int(d.phase) >= len(r.plan.phases) { // which was refused
		return d
	}
	phase := &r.plan.phases[d.phase]
	d.of = ruleOf(phase, rule)
	body := dose.Body{Weight: d.weighed.Weight, Height: d.height, Sex: r.plan.sex}
	switch {
	case refused == "":
		d.give(phase.OrderOf(rule).Kept(body, figures))
		d.parts = deliveriesOf(phase, parts, body)
	case limit > 0:
		d.err = r.sumError(limit-1, side, refused)
	default:
		d.err = r.doseError(phase, &d, body, refused)
	}
	return d
}

// ruleOf returns the rule of a phase that a rule is, or that itself: plans share them.
func ruleOf(phase *protocol.Phase, rule dose.Rule) *dose.Rule {
	if phase.Dose == rule {
		return &phase.Dose
	}
	for i := range phase.Steps {
		if phase.Steps[i].Dose == rule {
			return &phase.Steps[i].Dose
		}
	}
	return &rule
}

// sumError returns why a sum left no dose.
func (r *stateReader) sumError(limit int, side dose.Side, text string) error {
	for at := range r.plan.limits {
		if r.plan.limits[at].at != limit {
			continue
		}
		if err := r.plan.sumError(at, side); err.Error() == text {
			return err
		}
	}
	return &keptError{text: text, err: ErrCumulative}
}

// doseError returns why there was no dose: what is found again, in the same words.
func (r *stateReader) doseError(phase *protocol.Phase, d *plannedDose, body dose.Body, text string) error {
	var choice dose.Mass
	for _, l := range phase.Levels() {
		if l.Level == d.level && l.Rule == *d.of {
			choice = l.Choice
		}
	}
	_, err := deliver(phase, d.of, choice, body)
	if err == nil {
		return &keptError{text: text}
	}
	return keptReason(err, text)
}
