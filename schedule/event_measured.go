package schedule

import (
	"github.com/rickb777/date/v2"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/internal/civil"
	"github.com/regimen-go/regimen/schedule/clinic"
)

// Measured says how tall the patient was on a date. The doses of the sessions to come on
// and after it are computed again; those of sessions before it follow from what was
// measured before. Of several measurements of a day the one recorded last holds.
type Measured struct {
	// Height is within the bounds of the plan's [dose.Plausibility], alone and with the
	// weight that holds that day.
	Height dose.Height
	Date   date.Date
}

func (Measured) kind() string { return "measured" }

func (m Measured) fields(f *objectFields) Happening {
	parsed(f, "height", &m.Height, must, dose.ParseHeight)
	f.date("date", &m.Date, must)
	return unlessWritten(f, m)
}

func (m Measured) describe() string {
	return "measured " + m.Height.String() + onDay(m.Date, clinic.TimeOfDay{})
}

func (m Measured) apply(e *edit) error { return e.learn(m) }

func (m Measured) check(e *edit) error {
	if err := e.happenedOn("Date", m.Date); err != nil {
		return err
	}
	if m.Height.IsZero() {
		return e.refuse(ErrEvent, "Height", "", "want a height")
	}
	p, body := e.plan, dose.Body{Height: m.Height, Sex: e.plan.sex}
	if at := p.weighingOn(civil.Day(m.Date)); at >= 0 {
		body.Weight = p.weighings.at(at).Weight
	}
	if err := p.plausible.CheckBody(body); err != nil {
		return e.refuse(err, "Height", m.Height.String(), err.Error())
	}
	return nil
}

// know notes the height, after what else was measured that day.
func (m Measured) know(k *known) {
	at := k.measuredBy(civil.Day(m.Date))
	k.heights = k.heights.insert(at, measurement{civil.Day(m.Date), m.Height})
}

// A measurement is a height and the day of it.
type measurement struct {
	day    int32
	height dose.Height
}

// measuredBy returns how many heights were measured up to a day.
func (k *known) measuredBy(day int32) int {
	return k.heights.position(func(m *measurement) bool { return m.day > day })
}

// heightOn returns the height that holds on a day: what was measured last up to it, else
// that of the request; zero where neither is known.
func (k *known) heightOn(day int32) dose.Height {
	if at := k.measuredBy(day); at > 0 {
		return k.heights.at(at - 1).height
	}
	return k.height
}
