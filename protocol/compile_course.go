package protocol

import (
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/regimen-go/regimen/dose"
)

// timetable checks the lengths and tasks of a visit.
func (c *compiler) timetable(at string, v Visit) {
	if v.Kind > Assessment {
		c.errs.add(at+"/kind", v.Kind.String(), "want dosing, preparation, integration, follow-up or assessment", CodeValue, ErrInvalid)
	}
	c.length(at+"/preparation", v.Preparation)
	c.length(at+"/administration", v.Administration)
	c.length(at+"/observation", v.Observation)
	if v.Unobserved && v.Observation != 0 {
		c.errs.add(at+"/observation", FormatDuration(v.Observation), "want 0 min: the visit says that nobody is watched", CodeValue, ErrInvalid)
	}
	if v.ObservedFrom != 0 && v.ObservedFrom != AdministrationStart && v.ObservedFrom != AdministrationEnd {
		c.errs.add(at+"/observedFrom", v.ObservedFrom.String(), "want administration start or administration end", CodeValue, ErrInvalid)
	}
	for i, later := range v.Later {
		at := at + "/later/" + strconv.Itoa(i)
		c.length(at+"/observation", later.Observation)
		c.line(at+"/note", later.Note)
		if later.From < 1 || i > 0 && later.From <= v.Later[i-1].From {
			c.errs.add(at+"/from", strconv.Itoa(later.From), "want the number of a session, increasing", CodeOrder, ErrInvalid)
		}
	}
	for i, task := range v.Tasks {
		at := at + "/tasks/" + strconv.Itoa(i)
		c.required(at+"/text", task.Text)
		if task.From < Arrival || task.From > Departure {
			c.errs.add(at+"/from", task.From.String(), "want arrival, administration start, administration end or departure", CodeValue, ErrInvalid)
		}
		if task.For > ForBoth {
			c.errs.add(at+"/for", task.For.String(), "want patient, staff or both", CodeValue, ErrInvalid)
		}
		if task.Stage > AfterVisit {
			c.errs.add(at+"/stage", task.Stage.String(), "want before, during or after", CodeValue, ErrInvalid)
		}
		if !wholeMinutes(task.At) {
			c.errs.add(at+"/at", task.At.String(), "want whole minutes, at most 7 days away", CodeValue, ErrInvalid)
		}
		if task.Until != nil && (!wholeMinutes(*task.Until) || *task.Until < task.At && !c.unread(at+"/at")) {
			c.errs.add(at+"/until", task.Until.String(), "want whole minutes that are not before the beginning", CodeValue, ErrInvalid)
		}
	}
}

func wholeMinutes(d time.Duration) bool {
	const furthest = 7 * 24 * time.Hour
	return d%time.Minute == 0 && -furthest <= d && d <= furthest
}

func (c *compiler) length(at string, d time.Duration) {
	if d < 0 || d > maxVisit || d%time.Minute != 0 {
		c.errs.add(at, d.String(), "want whole minutes from 0 to 24 h", CodeValue, ErrInvalid)
	}
}

// text checks a text that may have any lines. Its place comes in two parts, to
// be joined if need be: there are many of them.
func (c *compiler) text(at, key, text string) {
	if !utf8.ValidString(text) {
		c.errs.add(at+key, text, "want UTF-8", CodeValue, ErrInvalid)
	}
}

// line checks a text that may be empty, required one that may not.
func (c *compiler) line(at, text string) {
	if !isLine(text) {
		c.errs.add(at, text, "want one line", CodeValue, ErrInvalid)
	}
}

func (c *compiler) required(at, text string) {
	if text == "" || !isLine(text) {
		c.errs.add(at, text, "want one line that is not empty", CodeValue, ErrInvalid)
	}
}

func (c *compiler) within(at string, n, low, high int, want string) {
	if n < low || n > high {
		c.errs.add(at, strconv.Itoa(n), want, CodeValue, ErrInvalid)
	}
}

// unique checks a name that is used once in its list.
func (c *compiler) unique(at, name string, seen map[string]bool) {
	c.required(at, name)
	if seen[name] {
		c.errs.add(at, name, "want every name once", CodeDuplicate, ErrInvalid)
	}
	seen[name] = true
}

// course checks what else a phase has: when its steps begin, how its levels follow
// each other, weights, the largest gap and companions.
func (c *compiler) course(at string, index int, p Phase, givesDrug bool) {
	planned := 1
	for i, step := range p.Steps {
		at := at + "/steps/" + strconv.Itoa(i)
		c.line(at+"/condition", step.Condition)
		switch {
		case !givesDrug:
			c.errs.add(at, "", "want no step in a phase that gives no drug", CodeValue, ErrInvalid)
		case c.unread(at+"/condition") || c.waits(index, FieldSteps):
		case step.From < 1 || step.Condition == "" && step.From <= planned:
			c.errs.add(at+"/from", strconv.Itoa(step.From), "want the number of a session; a planned step comes after the ones before it, the first after session 1", CodeOrder, ErrInvalid)
		}
		if step.Condition == "" {
			planned = step.From
		}
	}
	c.levels(at, index, p, givesDrug)
	c.runsOn(at, index, p, givesDrug)
	c.beside(at, index, p)
	c.within(at+"/weights/staleAfter", p.Weights.StaleAfter, 0, maxNumber, "want 0 to 3650 days")
	c.within(at+"/maxGap", p.MaxGap, 0, maxNumber, "want 0 to 3650 days")
	if p.MaxGap > 0 && p.MaxGap < p.MinGap {
		c.errs.add(at+"/maxGap", strconv.Itoa(p.MaxGap), "want at least the minimum gap, "+days(p.MinGap), CodeOrder, ErrInvalid)
	}
	c.line(at+"/until", p.Until)
	seen := map[string]bool{}
	for i, companion := range p.Companions {
		at := at + "/companions/" + strconv.Itoa(i)
		c.unique(at+"/name", companion.Name, seen)
		c.timetable(at+"/visit", companion.Visit)
		c.within(at+"/from", companion.From, -maxWindow, maxWindow, "want -365 to 365 days after the session")
		earliest := companion.From
		if c.unread(at + "/from") {
			earliest = -maxWindow
		}
		c.within(at+"/to", companion.To, earliest, maxWindow, "want a last day that is not before the first, at most 365 days after the session")
	}
	c.missedDoses(at, index, p, givesDrug)
}

// around checks what a protocol has besides its phases.
func (c *compiler) around() {
	s := c.spec
	c.besideAll()
	for i, text := range s.Indications {
		c.required("/indications/"+strconv.Itoa(i), text)
	}
	for i, x := range s.Contraindications {
		c.required("/contraindications/"+strconv.Itoa(i)+"/text", x.Text)
	}
	for i, l := range s.Labels {
		at := "/labels/" + strconv.Itoa(i)
		c.required(at+"/status", l.Status)
		c.line(at+"/region", l.Region)
		if _, err := time.Parse(time.DateOnly, l.Since); l.Since != "" && err != nil {
			c.errs.add(at+"/since", l.Since, "want a date that exists, written YYYY-MM-DD", CodeValue, ErrInvalid)
		}
	}
	seen := map[string]bool{}
	for i, f := range s.FollowUps {
		at := "/followUps/" + strconv.Itoa(i)
		c.unique(at+"/name", f.Name, seen)
		c.timetable(at+"/visit", f.Visit)
		if len(f.Days) == 0 {
			c.errs.add(at+"/days", "", "want the days of the visits, counted from the last session", CodeMissing, ErrInvalid)
		}
		for j, day := range f.Days {
			if day < 1 || day > maxNumber || j > 0 && day <= f.Days[j-1] {
				c.errs.add(at+"/days/"+strconv.Itoa(j), strconv.Itoa(day), "want 1 to 3650 days, increasing", CodeOrder, ErrInvalid)
			}
		}
		c.window(at+"/window", f.Window)
	}
	c.monitoring()
	c.gates()
	for i, m := range s.Missed {
		at := "/missed/" + strconv.Itoa(i)
		c.phaseNamed(at+"/phase", m.Phase, true)
		c.line(at+"/condition", m.Condition)
		switch m.Then {
		case Continue, Extend:
		case StepBack:
			c.phaseNamed(at+"/to", m.To, false)
		default:
			c.errs.add(at+"/then", m.Then.String(), "want continue, extend or step back", CodeValue, ErrInvalid)
		}
		if m.Source != "" && !c.hasSource(m.Source) {
			c.errs.add(at+"/source", m.Source, "want the key of a source", CodeUnknownRef, ErrInvalid)
		}
	}
	c.cumulative("", s.Cumulative)
	for i, note := range s.Notes {
		c.required("/notes/"+strconv.Itoa(i), note)
	}
}

// cumulative checks limits on sums of doses.
func (c *compiler) cumulative(at string, list []CumulativeLimit) {
	for i, l := range list {
		at := at + "/cumulative/" + strconv.Itoa(i)
		if l.Per < PerDay || l.Per > PerPlan {
			c.errs.add(at+"/per", l.Per.String(), "want day, treatment week or plan", CodeValue, ErrInvalid)
		}
		rule := dose.Rule{Amount: dose.Fixed(dose.MustMass("1 mg")), Limits: dose.Limits{Dose: l.Limit}}
		if l.Limit == (dose.Limit[dose.Mass]{}) {
			c.errs.add(at+"/limit", "", "want at least one bound", CodeMissing, ErrInvalid)
		}
		for _, e := range ruleErrors(rule.Check()) {
			if strings.HasPrefix(e.Field, "Limits") {
				c.errs.add(at+"/limit", e.Value, "want "+e.Want, CodeDose, e)
			}
		}
	}
}

func (c *compiler) gates() {
	seen := map[string]bool{}
	for i, g := range c.spec.Gates {
		at := "/gates/" + strconv.Itoa(i)
		c.unique(at+"/name", g.Name, seen)
		c.phaseNamed(at+"/phase", g.Phase, false)
		c.required(at+"/assess", g.Assess)
		for i := range c.phases {
			if n, ok := c.phases[i].Cadence.Sessions(); c.phases[i].Name == g.Phase && (g.After < 0 || ok && g.After > n) && !c.waits(i, FieldCadence) {
				c.errs.add(at+"/after", strconv.Itoa(g.After), "want the number of a session of the phase, or none for its last", CodeValue, ErrInvalid)
			}
		}
		for j, o := range g.Outcomes {
			at := at + "/outcomes/" + strconv.Itoa(j)
			c.required(at+"/when", o.When)
			c.line(at+"/text", o.Text)
			if o.Then < Continue || o.Then > Change {
				c.errs.add(at+"/then", o.Then.String(), "want continue, stop, extend, step back or change", CodeValue, ErrInvalid)
			}
		}
	}
}

func (c *compiler) phaseNamed(at, name string, optional bool) {
	if c.hasPhase(name) || name == "" && optional {
		return
	}
	c.errs.add(at, name, "want the name of a phase", CodeUnknownRef, ErrInvalid)
}

// hasPhase reports whether a phase has the name, or may have it.
func (c *compiler) hasPhase(name string) bool {
	for i := range c.phases {
		if c.phases[i].Name == name || c.unread("/phases/"+strconv.Itoa(i)+"/name") {
			return true
		}
	}
	return c.unread("/phases")
}

// hasSource reports whether a source has the key, or may have it.
func (c *compiler) hasSource(key string) bool {
	for i := range c.spec.Sources {
		if c.spec.Sources[i].Key == key || c.unread("/sources/"+strconv.Itoa(i)+"/key") {
			return true
		}
	}
	return c.unread("/sources")
}
