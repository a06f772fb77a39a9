package sheet

import (
	_ "embed" // for the page
	"html/template"
	"io"
	"strconv"
	"strings"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/internal/civil"
	"github.com/regimen-go/regimen/schedule"
)

//go:embed page.html
var pageText string

//go:embed page.css
var pageStyle string

// WriteHTML writes the page, a whole HTML document. The error is that of w.
func (s *Sheet) WriteHTML(w io.Writer) error {
	t, err := template.New("page").Parse(pageText)
	if err != nil {
		return err
	}
	if _, err := t.New("style").Parse(pageStyle); err != nil {
		return err
	}
	return t.Execute(w, s.view.page())
}

// A page has what the template shows, in words.
type page struct {
	Lang, Dir, Paper, Title string
	Comma                   string
	W                       *Words
	Standing, Reserve       string // "" for nothing to say
	Next                    *pageVisit
	Contact                 []string
	Timeline                template.HTML
	Months                  []pageMonth
	Agenda                  []pageAgenda
	Visits                  []pageVisit
	Names, Doses            bool
	ToDo                    []pageToDo
	Decisions               []pageDecision
	Depends                 string
	Worksheets              []pageVisit
	AsOf                    string
	ZoneBefore              string // what stands before the name of the zone, and after it
	Zone                    string
	ZoneAfter               string
}

type pageVisit struct {
	ID                  string
	Label, Of           string
	What                []string // the name and what is given
	Day, LongDay, Times string
	Moment, Time        string // the day as HTML has it, with the time
	State, Class        string
	Off                 bool // its time no longer holds
	Shown               bool // its state is worth a word beside its time
	Window              string
	Doses               []string
	Or                  string // between doses
	ToDo                int    // the number of its instructions, 0 for none
	Worksheet           []dose.Line
}

type pageMonth struct {
	Title    string
	Weekdays []pageWeekday
	Weeks    [][]pageDay
}

type pageWeekday struct{ Short, Long string }

type pageDay struct {
	Number int // 0 for a day of another month
	Date   string
	Visits []pageVisit
}

type pageAgenda struct {
	Title  string
	Visits []pageVisit
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
		Lang: l.Tag, Dir: l.dir(), Paper: l.Paper.String(), Title: v.title(), Comma: l.Comma, W: &l.Words, Contact: v.Contact,
		Names: v.Names, Doses: v.Doses, AsOf: v.asOfText(), Zone: v.zone.String(),
		Standing: v.standingText(), Reserve: v.reserve(),
	}
	p.ZoneBefore, p.ZoneAfter = around(l.Words.Zone, "{zone}")
	groups, of := v.instructions()
	for i := range v.visits {
		at := v.pageVisit(&v.visits[i], of)
		p.Visits = append(p.Visits, at)
		p.agenda(v, &v.visits[i], at)
		if len(at.Worksheet) > 0 {
			p.Worksheets = append(p.Worksheets, at)
		}
	}
	if next := v.next(); next != nil {
		at := v.pageVisit(next, of)
		p.Next = &at
	}
	for _, m := range v.months() {
		p.Months = append(p.Months, v.pageMonth(m, of))
	}
	if len(p.Months) > 0 {
		p.Timeline = template.HTML(v.svg()) // every text in it is escaped there
	}
	for i := range groups {
		p.ToDo = append(p.ToDo, v.pageToDo(i, &groups[i]))
	}
	for i := range v.checkpoints {
		c := &v.checkpoints[i]
		d := pageDecision{Text: v.decision(c), Name: c.name, Assess: c.assess}
		if c.date != 0 {
			d.Date, d.Day = civil.Format(c.date), l.shortDate(c.date)
		}
		p.Decisions = append(p.Decisions, d)
	}
	for i := range v.visits {
		if v.visits[i].state == schedule.StateProvisional {
			p.Depends = fill(l.Words.Depends, "{state}", l.Words.Provisional)
		}
	}
	return p
}

// agenda adds a visit to the list of a narrow screen, under its month.
func (p *page) agenda(v *view, at *visit, shown pageVisit) {
	title := v.Locale.month(firstOf(at.on()))
	if n := len(p.Agenda); n == 0 || p.Agenda[n-1].Title != title {
		p.Agenda = append(p.Agenda, pageAgenda{Title: title})
	}
	last := &p.Agenda[len(p.Agenda)-1]
	last.Visits = append(last.Visits, shown)
}

func (v *view) pageVisit(at *visit, of map[int]int) pageVisit {
	p := pageVisit{
		ID: at.id, Label: v.label(at), What: v.what(at), Day: v.day(at), Times: v.times(at),
		State: v.word(at), Class: class(at.state), Off: at.off(), Shown: at.lost || at.state != schedule.StatePlanned,
		Window: v.Locale.window(at.earliest, at.latest), Doses: v.Locale.shownDoses(at), Or: v.Locale.Words.Or, Worksheet: at.worksheet,
	}
	p.Of = p.Label
	if at.lost {
		p.Class = "lost"
	}
	if at.kind == session {
		if v.sessions > 0 {
			p.Of = fill(v.Locale.Words.VisitOf, "{n}", strconv.Itoa(at.ordinal), "{all}", strconv.Itoa(v.sessions))
		}
		if group, ok := of[at.ordinal]; ok {
			p.ToDo = group + 1
		}
	}
	if at.date != 0 {
		p.LongDay, p.Moment, p.Time = v.Locale.longDate(at.date), moment(at.date, at.start), unbroken(v.Locale.clock(at.start))
	}
	return p
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

func (v *view) pageMonth(m month, of map[int]int) pageMonth {
	l := &v.Locale
	p := pageMonth{Title: l.month(m.first)}
	for i := range 7 {
		weekday := (int(l.FirstWeekday) + i) % 7
		p.Weekdays = append(p.Weekdays, pageWeekday{l.WeekdaysShort[weekday], l.Weekdays[weekday]})
	}
	for _, week := range m.weeks {
		var days []pageDay
		for _, d := range week {
			var shown pageDay
			if d.date != 0 {
				shown = pageDay{Number: d.date.Day(), Date: civil.Format(d.date)}
			}
			for _, at := range d.visits {
				shown.Visits = append(shown.Visits, v.pageVisit(at, of))
			}
			days = append(days, shown)
		}
		p.Weeks = append(p.Weeks, days)
	}
	return p
}

func (v *view) pageToDo(i int, group *instructions) pageToDo {
	p := pageToDo{Number: i + 1, Title: v.visitList(group.ordinals)}
	for at := range parts {
		tasks := group.in(at)
		if len(tasks) == 0 {
			continue
		}
		shown := pagePart{Title: v.partWord(at)}
		for _, t := range tasks {
			shown.Tasks = append(shown.Tasks, pageTask{t.when, t.text})
		}
		p.Parts = append(p.Parts, shown)
	}
	return p
}
