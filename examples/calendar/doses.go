package main

import (
	"errors"
	"strconv"
	"strings"

	"github.com/rickb777/date/v2"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/schedule"
)

// The codes of what can be wrong with a patient's dose.
var doseCodes = []struct {
	err  error
	code string
}{
	{dose.ErrHardLimit, codeHardLimit},
	{schedule.ErrCumulative, codeHardLimit},
	{dose.ErrNoWeight, "no-weight"},
	{dose.ErrNoHeight, "no-height"},
	{dose.ErrNoSex, "no-sex"},
	{dose.ErrImplausible, codeImplausible},
	{dose.ErrDeviation, "deviation"},
	{dose.ErrZeroDose, "zero-dose"},
	{dose.ErrNoMultiple, "no-multiple"},
	{dose.ErrUndiluted, "undiluted"},
	{dose.ErrRange, "range"},
}

const (
	codeHardLimit   = "hard-limit"
	codeImplausible = "implausible"
)

// codeOf returns the code of what is wrong with a dose.
func codeOf(err error) string {
	if e, ok := errors.AsType[*dose.RuleError](err); ok && e.Field == "Dilution" {
		return "dilution"
	}
	for _, c := range doseCodes {
		if errors.Is(err, c.err) {
			return c.code
		}
	}
	return codeValue
}

// session names a session as messages about its dose begin.
func session(ordinal int, phase string, day date.Date) string {
	return "session " + strconv.Itoa(ordinal) + " (" + phase + ") on " + day.String()
}

// refusedDose says why a session has no dose. It never shows one.
func (r *reader) refusedDose(e *schedule.DoseError) {
	why := refusal(e.Err)
	if sum, ok := errors.AsType[*schedule.CumulativeError](e.Err); ok {
		why = r.cumulative(sum) + ": " + why
	}
	r.say("", oneLine(session(e.Ordinal, e.Phase, e.Date)+": "+why+" ["+codeOf(e.Err)+"]"))
}

// refusal says why there is no dose.
func refusal(err error) string {
	if limit, ok := errors.AsType[*dose.LimitError](err); ok {
		return "the dose passes the " + limit.Limit.String()
	}
	return err.Error()
}

// cumulative returns the place of a limit on a sum of doses.
func (r *reader) cumulative(e *schedule.CumulativeError) string {
	i := 0
	for limit := range r.in.request.Protocol.Cumulative() {
		if limit.Per == e.Per && (limit.Limit.HardMax.String() == e.Bound || limit.Limit.HardMin.String() == e.Bound) {
			return "/cumulative/" + strconv.Itoa(i)
		}
		i++
	}
	return "/cumulative"
}

// doses refuses a plan in which a session to come has no dose, as Build does: since
// the plan was made a weight or a dose that was given may have made it so.
func (r *reader) doses() {
	for _, s := range r.in.plan.All() {
		if err := s.DoseError(); err != nil && s.State() != schedule.StateGiven {
			r.refusedDose(&schedule.DoseError{Ordinal: s.Ordinal(), Phase: s.Phase(), Date: s.Date(), Err: err})
		}
	}
}

// plausible refuses measurements that nobody has, with the session that would use
// them: every weighing up to the first day is there for the first session.
func (r *reader) plausible() {
	request := r.in.request
	for _, w := range request.Weighings {
		err := dose.Adult().CheckBody(dose.Body{Weight: w.Weight, Height: request.Height})
		if err == nil {
			continue
		}
		where := "found -weight " + quote(r.text("weight"))
		if p := r.patient; p != nil {
			where = p.weighing(w)
		}
		r.implausible(where, err, r.first())
	}
}

// implausible says where a weight is and what was found, what would be believed
// and which session would use it, "" where that is not known.
func (r *reader) implausible(where string, err error, session string) {
	e, ok := errors.AsType[*dose.PlausibilityError](err)
	if ok && e.Fact != "weight" {
		where += " with the " + e.Fact + " " + e.Value
	}
	if session != "" {
		where = session + ": " + where
	}
	r.say("weight", oneLine(where+", "+wanted(err)+" ["+codeImplausible+"]"))
}

// first names the first session, as far as that can be known before there are
// doses.
func (r *reader) first() string {
	request := r.in.request
	request.Plausible = dose.Plausibility{Weight: dose.Limit[dose.Weight]{HardMax: dose.MustWeight("1000 kg")}}
	plan, err := schedule.Build(request)
	if e, ok := errors.AsType[*schedule.DoseError](err); ok && e.Ordinal == 1 {
		return session(1, e.Phase, e.Date)
	}
	if err != nil || plan.Len() == 0 {
		return ""
	}
	s, _ := plan.At(1)
	return session(1, s.Phase(), s.Date())
}

// firstFrom names the first session on a day or after it.
func (r *reader) firstFrom(day date.Date) string {
	for _, s := range r.in.plan.All() {
		if s.Placed() && s.Date() >= day {
			return session(s.Ordinal(), s.Phase(), s.Date())
		}
	}
	return ""
}

// A portion is a dose as it is given, in the texts of the library; what there is
// none of is empty.
type portion struct {
	Dose            string   `json:"dose"`
	Delivered       string   `json:"delivered"`
	Stock           string   `json:"stock,omitempty"`
	Volume          string   `json:"volume,omitempty"`
	Concentration   string   `json:"concentration,omitempty"`
	Flow            string   `json:"flow,omitempty"`
	Time            string   `json:"time,omitempty"`
	Rate            string   `json:"rate,omitempty"`
	RatePerKilogram string   `json:"ratePerKilogram,omitempty"`
	Devices         int      `json:"devices,omitempty"`
	Passed          []string `json:"passed"`
	// Level and Condition are of the protocol, not of how the dose is given: JSON has
	// them beside.
	Level     string `json:"-"`
	Condition string `json:"-"`
}

// A levelNote says of which level a dose that is allowed is, and on which condition.
type levelNote struct {
	Dose      string `json:"dose"`
	Level     string `json:"level"`
	Condition string `json:"condition,omitempty"`
}

// levelNotes returns the levels of doses that are allowed.
func levelNotes(allowed []portion) []levelNote {
	notes := make([]levelNote, len(allowed))
	for i, p := range allowed {
		notes[i] = levelNote{p.Dose, p.Level, p.Condition}
	}
	return notes
}

// portionOf returns a delivery as it is shown.
func portionOf(d dose.Delivery) portion {
	p := portion{
		Dose: d.Dose().String(), Delivered: d.Delivered().String(), Concentration: d.Concentration(),
		Time: d.Time(), Rate: d.Rate(), RatePerKilogram: d.RatePerKilogram(), Devices: d.Devices(), Passed: []string{},
	}
	if !d.Worksheet().IsZero() {
		p.Stock, p.Volume = d.Stock().String(), d.Volume().String()
	}
	if flow := d.Flow(); !flow.IsZero() {
		p.Flow = flow.String()
	}
	for limit := range d.SoftLimits() {
		p.Passed = append(p.Passed, limit.String())
	}
	return p
}

// planned returns what is planned at a session, and false where no drug is.
func planned(s schedule.Session) (portion, bool) {
	d := s.Delivery()
	p := portionOf(d)
	p.Level = s.Level().String()
	return p, !d.IsZero()
}

// allowed returns what else the protocol allows at a session, the lightest first.
func allowed(s schedule.Session) []portion {
	list := []portion{}
	for a := range s.Allowed() {
		p := portionOf(a.Delivery)
		p.Level, p.Condition = a.Level.String(), a.Condition
		list = append(list, p)
	}
	return list
}

// String returns the portion as a person reads it, such as "36.3 mg, delivered
// 36.5 mg: 0.73 mL of stock, 50 mL in all, 0.73 mg/mL, pump 75 mL/h, over 40 min =
// 54.75 mg/h".
func (p portion) String() string {
	var s strings.Builder
	s.WriteString(p.Dose)
	if p.Level != "" && p.Level != p.Dose && p.Devices == 0 {
		s.WriteString(" (" + p.Level + ")")
	}
	if p.Devices > 0 {
		s.WriteString(" in " + count(p.Devices, "device"))
	}
	if p.Delivered != p.Dose {
		s.WriteString(", delivered " + p.Delivered)
	}
	if p.Stock != "" {
		s.WriteString(": " + p.Stock + " of stock, " + p.Volume + " in all, " + p.Concentration)
	}
	if p.Flow != "" {
		s.WriteString(", pump " + p.Flow)
	}
	if p.Time != "" {
		s.WriteString(", over " + p.Time + " = " + p.Rate)
	}
	if p.RatePerKilogram != "" {
		s.WriteString(", " + p.RatePerKilogram)
	}
	for _, limit := range p.Passed {
		s.WriteString(", passes the " + limit)
	}
	if p.Condition != "" {
		s.WriteString(", if " + p.Condition)
	}
	return s.String()
}
