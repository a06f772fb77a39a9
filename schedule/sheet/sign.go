package sheet

import (
	"cmp"
	"slices"
	"time"

	"github.com/rickb777/date/v2"

	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/clinic"
)

// A sign is something to be given at a session: staff write beside it what was given, when
// and by whom.
type sign struct {
	begins     time.Duration // from arrival
	when, what string
	dose       string
	condition  string // with the words for it, "" where it is planned
}

// signs returns what is given at a session, each with a line of its own, in the order of
// the clock: the parts of the dose, or the drug, and the medicines beside it. There is none
// where the drug is given at once and alone: its dose is signed as that of the session.
func (r *reader) signs(s schedule.Session) (list []sign) {
	visit, w := s.Visit(), &r.Locale.Words
	given := visit.SinceArrival(protocol.AdministrationStart, s.Number())
	for p := range s.Parts() {
		if p.Err != nil {
			continue // the worksheet says why it is not possible
		}
		line := sign{begins: given + p.Times.Begins, what: r.text(p.Part.Name), dose: r.Locale.quantity(p.Part.Rule.Amount.Written(p.Delivery.Dose())), condition: r.onlyIf(p.Part.Condition)}
		if line.when = r.around(protocol.AdministrationStart, p.Times.Begins); !p.Start.IsZero() {
			line.when = r.fromTo(s.Date(), p.Date, p.Start, p.EndDate, p.End)
		}
		list = append(list, line)
	}
	whole := len(list) == 0
	for m := range s.Beside() {
		line := sign{begins: 1 << 62, when: w.IfNeeded, what: r.text(m.Name), dose: r.besideDose(&m), condition: r.text(m.Condition)}
		if m.From != 0 {
			line.begins, line.condition = m.SinceArrival(visit, s.Number()), r.onlyIf(m.Condition)
			if line.when = r.around(m.From, m.At); !m.Start.IsZero() {
				line.when = r.fromTo(s.Date(), m.Date, m.Start, m.Date, m.End)
			}
		}
		for other := range m.Choices() {
			line.dose += " " + w.Or + " " + r.Locale.quantity(m.Dose.Amount.Written(other))
		}
		if route := m.GivenBy(); route != 0 && r.Locale.english() {
			line.what += r.Locale.Comma + route.String()
		}
		list = append(list, line)
	}
	if whole && len(list) > 0 && (s.DoseError() != nil || !s.Dose().IsZero()) {
		line := sign{begins: given, when: r.around(protocol.AdministrationStart, 0), what: r.text(s.Drug()), dose: w.NoDose}
		if from, _ := s.Administration(); !from.IsZero() {
			line.when = r.dayTime(s.Date(), s.Date(), from)
		}
		if s.DoseError() == nil {
			line.dose = r.Locale.quantity(s.Dose().Rule().Amount.Written(s.Dose().Dose()))
		}
		list = append([]sign{line}, list...)
	}
	slices.SortStableFunc(list, func(a, b sign) int { return cmp.Compare(a.begins, b.begins) })
	return list
}

// onlyIf says on which condition something is given, "" for none.
func (r *reader) onlyIf(condition string) string {
	if condition = r.text(condition); condition == "" {
		return ""
	}
	return r.Locale.Words.IfNeeded + ": " + condition
}

// fromTo writes when something begins and, where that is known, ends, as seen from the day
// of the visit.
func (r *reader) fromTo(visit, day date.Date, from clinic.TimeOfDay, endDay date.Date, to clinic.TimeOfDay) string {
	text := r.dayTime(visit, day, from)
	switch {
	case to.IsZero():
		return text
	case endDay == day:
		return fill(r.Locale.Words.Range, "{from}", text, "{to}", unbroken(r.Locale.clock(to)))
	default:
		return fill(r.Locale.Words.Range, "{from}", text, "{to}", r.dayTime(visit, endDay, to))
	}
}
