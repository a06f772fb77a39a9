package sheet

import (
	"slices"

	"github.com/regimen-go/regimen/schedule"
)

// A pageNext is the box of the next visit: when and where, what to do before it, who takes
// the patient home, whom to call.
type pageNext struct {
	*pageVisit
	Was, Why string // what an earlier sheet said, what it depends on; "" for nothing
	Move     string // to which days it can be moved
	Facts    []pageFact
}

// A pageFact is what there is to know under one heading.
type pageFact struct {
	Term  string
	Boxes bool // its lines are to be ticked off on paper
	Lines []pageLine
}

// next fills the box of the next visit.
func (p *page) next() {
	at := p.view.next()
	if at == nil {
		return
	}
	v, w := p.view, &p.view.Locale.Words
	i := slices.IndexFunc(p.shown, func(shown *pageVisit) bool { return shown.at == at })
	box := &pageNext{pageVisit: p.shown[i]}
	box.Of = v.visitOf(at)
	box.LongDay = v.Locale.longDate(at.date)
	if at.was != "" {
		box.Was = fill(w.Was, "{was}", at.was)
	}
	if at.state == schedule.StateProvisional {
		box.Why = v.why(at)
	}
	box.Move, box.Facts = v.movable(at), v.facts(at)
	p.Next = box
}

// facts returns what there is to know for the next visit.
func (v *view) facts(at *visit) (facts []pageFact) {
	w := &v.Locale.Words
	add := func(term string, lines ...pageLine) {
		if len(lines) > 0 {
			facts = append(facts, pageFact{Term: term, Lines: lines})
		}
	}
	if place := v.place(at); place != "" {
		add(w.Where, pageLine{Text: place})
	}
	todo := len(facts)
	add(w.Before, taskLines(at, before)...)
	add(w.Bring, textLines(v.Details.Bring, at.own.Bring)...)
	for i := range facts[todo:] {
		facts[todo+i].Boxes = true
	}
	add(w.Note, textLines(v.Details.Notes, at.own.Notes)...)
	add(w.During, taskLines(at, during)...)
	if who, said := v.home(at); said {
		line := pageLine{Text: who}
		if who == "" {
			line = pageLine{Text: w.HomeOpen, Room: true}
		}
		add(w.Home, line)
	}
	add(w.After, taskLines(at, after)...)
	if v.Form != StaffSheet {
		add(w.Contact, v.calls()...)
	}
	return facts
}

// why says which open decision a visit depends on, "" where none comes before it.
func (v *view) why(at *visit) (text string) {
	for i := range v.checkpoints {
		if c := &v.checkpoints[i]; !c.decided && (at.kind != session || c.after < at.ordinal) {
			text = v.decision(c)
		}
	}
	return text
}

// calls says whom to call, one line for each contact that can be called or written to.
func (v *view) calls() (lines []pageLine) {
	for i := range v.Contacts {
		c := &v.Contacts[i]
		line := pageLine{When: v.purpose(c), Text: v.hours(c)}
		switch {
		case c.Phone != "":
			line.Tel, line.Link = dial(c.Phone), shownPhone(c.Phone)
		case c.Mail != "":
			line.Mail, line.Link = c.Mail, c.Mail
		case c.Page != "":
			line.Page, line.Link = c.Page[len("https:"):], c.Page[len("https://"):]
		case c.Name != "":
			line.Text = c.Name
		default:
			line.Text = c.Lines[0]
		}
		lines = append(lines, line)
	}
	if lines == nil {
		lines = append(lines, pageLine{Text: v.Locale.Words.AskClinic})
	}
	return lines
}

func taskLines(at *visit, p part) (lines []pageLine) {
	for _, t := range at.tasks {
		if t.part == p {
			lines = append(lines, pageLine{When: t.when, Text: t.text})
		}
	}
	return lines
}

func textLines(lists ...[]string) (lines []pageLine) {
	for _, list := range lists {
		for _, text := range list {
			lines = append(lines, pageLine{Text: text})
		}
	}
	return lines
}

// known words what there is to know of a visit.
func (v *view) known(d *Details) (lines []pageLine) {
	w := &v.Locale.Words
	add := func(term string, texts ...string) {
		for _, text := range texts {
			if text != "" {
				lines = append(lines, pageLine{Term: term, Text: text})
			}
		}
	}
	add(w.Where, d.Place)
	add(w.Bring, d.Bring...)
	add(w.Note, d.Notes...)
	add(w.Home, d.Home)
	return lines
}

// everyVisit words what holds for all visits, while any is to come.
func (v *view) everyVisit() []pageLine {
	if v.coming() == 0 {
		return nil
	}
	lines := v.known(&v.Details)
	if v.Escort && v.Details.Home == "" {
		lines = append(lines, pageLine{Term: v.Locale.Words.Home, Text: v.Locale.Words.HomeOpen})
	}
	return lines
}
