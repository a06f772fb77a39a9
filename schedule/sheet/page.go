package sheet

import (
	"strconv"
	"strings"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/internal/civil"
	"github.com/regimen-go/regimen/schedule"
)

// Markup is text that is HTML already.
type markup string

// A page has what page.html shows, in words: nothing is decided there.
type page struct {
	Lang, Dir, Title, Class     string
	A4, Letter                  bool
	OnePage, Staff              bool
	Comma                       string
	W                           *Words
	Standing, Reserve           string // "" for nothing to say
	Since                       string // the heading of what has changed
	News                        []string
	Unchanged                   string // that nothing has
	Next                        *pageNext
	Contacts                    []pageContact
	ShowContacts                bool // beside the box of the next visit
	Empty                       bool // no visits at all
	Timeline                    markup
	Months                      []pageMonth
	Coming                      []*pageVisit
	Later, Past                 []pageAgenda
	LaterTitle, PastTitle       string
	LaterOpen                   bool
	Visits                      []*pageVisit
	Doses                       bool
	EveryVisit                  []pageLine
	HasToDo                     bool
	ToDo                        []pageToDo
	Decisions                   []pageDecision
	Depends                     string
	Worksheets                  []*pageVisit
	Ticks                       []*pageVisit // of one page
	More                        string
	Room                        []struct{} // a line to write on for each
	Sessions                    []pageSession
	AsOf                        string
	ZoneBefore, Zone, ZoneAfter string // what stands before the name of the zone, and after it

	*view
	of     map[int]int  // the instructions of each session
	shown  []*pageVisit // by visit
	times  map[span]string
	toDoOf []pageToDo
}

// A span is what the words for the times of a visit depend on.
type span struct {
	start, end int
	next, soon bool
}

type pageVisit struct {
	ID                  string
	Label, Of           string
	What                []string // the name and what is given
	Day, LongDay, Times string
	Brief               string // the day without the year
	Soon                string // today, tomorrow
	Moment, Time        string // the day as HTML has it, with the time
	State, Class        string
	StruckDay, Struck   bool // its day, its times do not hold
	Shown               bool // its state is worth a word beside its time
	Mark                string
	Lines               []pageLine
	DoseTerm            string // "" for no dose
	Doses               []string
	Or                  string // between doses
	ToDo                int    // the number of its instructions, 0 for none
	ToDoText            string
	Worksheet           []dose.Line

	at *visit
}

// A pageLine is something to know, under what it is. At most one of the links is there.
type pageLine struct {
	Term, Text      string
	When            string
	Tel, Mail, Page string // "" for no link
	Link            string // what a link shows
	Room            bool   // something is to be written here
}

type pageContact struct {
	For                     string // "" for that of the contact before
	Name, Hours             string
	Tel, Phone              string
	Mail, Page, PageAddress string
	Lines                   []string
}

type pageToDo struct {
	Number int
	Title  string
	Parts  []pagePart
}

type pagePart struct {
	Title string
	Tasks []pageTask
}

type pageTask struct{ When, Text string }

type pageDecision struct{ Date, Day, Text, Name, Assess string }

func (v *view) page() *page {
	l := &v.Locale
	p := &page{
		Lang: l.Tag, Dir: l.dir(), A4: l.Paper == A4, Letter: l.Paper == Letter, Title: v.title(), Class: v.Form.String(), Comma: l.Comma, W: &l.Words,
		OnePage: v.Form == OnePage, Staff: v.Form == StaffSheet,
		Doses: v.Doses, AsOf: v.asOfText(), Standing: v.standingText(), Reserve: v.reserve(), News: v.news,
		view: v, times: make(map[span]string), Empty: len(v.visits) == 0,
	}
	p.ZoneBefore, p.ZoneAfter = around(l.Words.Zone, "{zone}")
	p.Zone = v.zoneName()
	switch {
	case v.compared && len(v.news) > 0:
		p.Since = fill(l.Words.Since, "{time}", v.earlier)
	case v.compared:
		p.Unchanged = fill(l.Words.Unchanged, "{time}", v.earlier)
	}
	groups, of := v.instructions()
	p.of = of
	for i := range groups {
		p.toDoOf = append(p.toDoOf, v.pageToDo(i, &groups[i]))
	}
	room := make([]pageVisit, len(v.visits))
	p.shown = make([]*pageVisit, len(v.visits))
	for i := range v.visits {
		p.shown[i] = &room[i]
		p.visit(p.shown[i], &v.visits[i])
	}
	for i := range v.Contacts {
		p.Contacts = append(p.Contacts, v.pageContact(i))
	}
	p.next()
	p.ShowContacts = v.Form != OnePage || p.Next == nil
	switch v.Form {
	case OnePage:
		p.onePage()
	case StaffSheet:
		p.staff()
	default:
		p.full()
	}
	return p
}

// full adds what only the full page has.
func (p *page) full() {
	v, l := p.view, &p.view.Locale
	p.Visits, p.ToDo = p.shown, p.toDoOf
	p.agenda()
	p.months()
	if len(p.Months) > 0 {
		p.Timeline = markup(v.svg()) // every text in it is escaped there
	}
	p.EveryVisit = v.everyVisit()
	p.HasToDo = len(p.ToDo) > 0 || len(p.EveryVisit) > 0
	for i := range v.checkpoints {
		c := &v.checkpoints[i]
		d := pageDecision{Text: v.decision(c), Name: c.name, Assess: c.assess}
		if c.date != 0 {
			d.Date, d.Day = civil.Format(c.date), l.shortDate(c.date)
		}
		p.Decisions = append(p.Decisions, d)
	}
	for _, at := range p.shown {
		if at.at.state == schedule.StateProvisional {
			p.Depends = fill(l.Words.Depends, "{state}", l.Words.Provisional)
		}
		if len(at.Worksheet) > 0 {
			p.Worksheets = append(p.Worksheets, at)
		}
	}
}

// visit words a visit.
func (p *page) visit(to *pageVisit, at *visit) {
	v, l := p.view, &p.view.Locale
	*to = pageVisit{
		ID: at.id, Label: v.label(at), Day: v.day(at), Times: p.span(at), State: v.word(at), Class: class(at.state),
		Mark: at.mark, Or: l.Words.Or, ToDoText: l.Words.ToDo, Worksheet: at.worksheet, at: at,
	}
	if at.name != "" || at.drug != "" || at.route != "" {
		to.What = v.what(at)
	}
	if at.ahead() && v.ended(at) {
		to.Class = "overdue"
	}
	if at.lost {
		to.Class = "lost"
	}
	to.Shown = to.Class != "planned"
	to.StruckDay, to.Struck = at.off() && at.date != 0, at.off() && !at.start.IsZero()
	if len(at.doses) > 0 {
		to.DoseTerm, to.Doses = l.Words.ColumnDose, l.shownDoses(at)
	}
	if at.kind == session {
		if group, ok := p.of[at.ordinal]; ok {
			to.ToDo = group + 1
		}
	}
	if at.date != 0 {
		to.Moment, to.Time, to.Soon = moment(at.date, at.start), p.clock(at), v.soon(at.date)
	}
	if at.was != "" {
		to.Lines = append(to.Lines, pageLine{Text: fill(l.Words.Was, "{was}", at.was)})
	}
	if text := v.movable(at); text != "" {
		to.Lines = append(to.Lines, pageLine{Text: text})
	}
	if !at.own.empty() {
		to.Lines = append(to.Lines, v.known(&at.own)...)
	}
}

// visitOf returns what a visit is called beside the number of all.
func (v *view) visitOf(at *visit) string {
	if at.kind != session || v.sessions == 0 {
		return v.label(at)
	}
	return fill(v.Locale.Words.VisitOf, "{n}", strconv.Itoa(at.ordinal), "{all}", strconv.Itoa(v.sessions))
}

// span returns the times of a visit; most visits share theirs with others.
func (p *page) span(at *visit) string {
	key := span{at.start.Minutes(), at.end.Minutes(), at.endDate > at.date, at.ahead() && at.date != 0}
	if at.start.IsZero() {
		return p.view.times(at)
	}
	text, known := p.times[key]
	if !known {
		text = p.view.times(at)
		p.times[key] = text
	}
	return text
}

// clock returns the beginning of a visit.
func (p *page) clock(at *visit) string {
	if at.start.IsZero() {
		return ""
	}
	key := span{start: at.start.Minutes(), end: -1}
	text, known := p.times[key]
	if !known {
		text = unbroken(p.view.Locale.clock(at.start))
		p.times[key] = text
	}
	return text
}

// shownDoses returns the doses of a visit as the locale writes numbers, none of
// which breaks between its number and its unit.
func (l *Locale) shownDoses(at *visit) []string {
	shown := make([]string, len(at.doses))
	for i, dose := range at.doses {
		if shown[i] = l.quantity(dose); i < len(at.devices) && at.devices[i] != "" {
			amount, condition, _ := strings.Cut(shown[i], " ")
			shown[i] = strings.TrimRight(amount+" ("+l.quantity(strings.Replace(at.devices[i], " × ", "\u00A0×\u00A0", 1))+") "+condition, " ")
		}
		if i == 0 && len(at.parts) > 0 {
			shown[i] += l.shownParts(at.parts)
		}
	}
	return shown
}

// quantity writes a text that may begin with a number and a unit.
func (l *Locale) quantity(text string) string {
	number, rest, ok := strings.Cut(text, " ")
	if !ok {
		return text
	}
	if strings.ContainsAny(number[:min(1, len(number))], "0123456789") {
		number = strings.ReplaceAll(number, ".", l.Decimal)
	}
	return number + "\u00A0" + rest
}

// class returns the name of a state for the style of the page, in one word.
func class(s schedule.State) string { return strings.ReplaceAll(s.String(), " ", "-") }

func (v *view) pageToDo(i int, group *instructions) pageToDo {
	p := pageToDo{Number: i + 1, Title: v.visitList(group.ordinals)}
	for at := range parts {
		tasks := group.in(at)
		if len(tasks) == 0 {
			continue
		}
		shown := pagePart{Title: v.partWord(at), Tasks: make([]pageTask, len(tasks))}
		for i, t := range tasks {
			shown.Tasks[i] = pageTask{t.when, t.text}
		}
		p.Parts = append(p.Parts, shown)
	}
	return p
}

// pageContact words a contact. What it is for stands once where contacts of one purpose
// follow one another.
func (v *view) pageContact(i int) pageContact {
	c := &v.Contacts[i]
	p := pageContact{For: v.purpose(c), Name: c.Name, Hours: v.hours(c), Mail: c.Mail, Lines: c.Lines}
	if i > 0 && v.purpose(&v.Contacts[i-1]) == p.For {
		p.For = ""
	}
	if c.Phone != "" {
		p.Tel, p.Phone = dial(c.Phone), shownPhone(c.Phone)
	}
	if c.Page != "" {
		p.PageAddress = strings.TrimPrefix(c.Page, "https:")
		p.Page = strings.TrimPrefix(c.Page, "https://")
	}
	return p
}

// shownPhone keeps a number on one line.
func shownPhone(s string) string { return strings.NewReplacer(" ", "\u00A0", "-", "\u2011").Replace(s) }
