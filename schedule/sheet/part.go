package sheet

import (
	"strings"

	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/clinic"
)

// A dosePart is one of the parts of a dose, as it is planned or was given.
type dosePart struct {
	name, amount string
	start        clinic.TimeOfDay
	condition    string // "" where it is planned or was given
}

// partsPlanned adds the parts of a planned dose. One that cannot be given to the patient
// is left to the worksheet.
func (r *reader) partsPlanned(at *visit, s schedule.Session) {
	for p := range s.Parts() {
		if p.Err == nil {
			at.parts = append(at.parts, dosePart{r.text(p.Part.Name), p.Part.Rule.Amount.Written(p.Delivery.Dose()), p.Start, r.text(p.Part.Condition)})
		}
	}
}

func (r *reader) partsGiven(at *visit, s schedule.Session, given []schedule.GivenPart) {
	for _, g := range given {
		p := dosePart{name: r.text(g.Name), start: g.Start}
		switch {
		case g.Nothing:
			p.amount = "0 mg"
		case !g.Dose.IsZero():
			p.amount = s.Written(g.Name, g.Dose)
		}
		at.parts = append(at.parts, p)
	}
}

// shownParts returns what stands after a dose in parts: " (first rate 40 mg 08:30; second
// rate 120 mg 10:30) + third rate 20 mg 14:00 (pain above 4)". A part on a condition comes
// on top of the dose, so it stands outside.
func (l *Locale) shownParts(list []dosePart) string {
	var planned []string
	var more strings.Builder
	for _, p := range list {
		text := p.name
		if p.amount != "" {
			text += " " + l.quantity(p.amount)
		}
		if !p.start.IsZero() {
			text += " " + unbroken(l.clock(p.start))
		}
		if p.condition != "" {
			more.WriteString(" + " + text + " (" + p.condition + ")")
		} else {
			planned = append(planned, text)
		}
	}
	return " (" + strings.Join(planned, "; ") + ")" + more.String()
}

// partCells returns the parts of the planned dose and of the given one, for programs.
func (v *view) partCells(at *visit) []string {
	var planned, given []string
	for _, p := range at.parts {
		text := p.name + " " + p.amount
		switch {
		case !at.ahead():
			given = append(given, strings.TrimSpace(text))
		case p.condition != "":
			planned = append(planned, "+ "+text+" ("+p.condition+")")
		default:
			planned = append(planned, text)
		}
	}
	return []string{v.cell(strings.Join(planned, "; ")), v.cell(strings.Join(given, "; "))}
}
