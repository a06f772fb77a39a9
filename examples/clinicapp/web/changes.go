package web

import (
	"fmt"
	"strings"

	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/clinic"
	"github.com/rickb777/date/v2"
)

// Changes are what is different in a plan after something, for people.
type changes struct {
	Summary string
	Lines   []changeLine
	// Same is how many other sessions have another number or window, and the day, the time and
	// the dose that they had.
	Same int
	// Found is what is found then and was not before.
	Found []string
}

// A changeLine says of a session or a visit what it was and what it is.
type changeLine struct{ What, Before, After string }

func changesOf(before, after *schedule.Plan) *changes {
	c := diffWords(before.Diff(after))
	known := map[string]bool{}
	for _, f := range schedule.Validate(before) {
		known[string(f.Code)+f.ID.String()+f.Text] = true
	}
	for _, f := range schedule.Validate(after) {
		if f.Severity > schedule.Info && !known[string(f.Code)+f.ID.String()+f.Text] {
			c.Found = append(c.Found, f.Severity.String()+": "+f.Text)
		}
	}
	return c
}

// diffWords words what differs. What only calendars have to know is left out.
func diffWords(d schedule.Diff) *changes {
	c := &changes{Summary: upper(d.String()) + "."}
	for _, one := range d.Changes {
		if one.Quiet() {
			continue
		}
		s := one.After
		if one.Removed() {
			s = one.Before
		}
		line := changeLine{What: fmt.Sprintf("Session %d, %s", s.Ordinal, s.Phase), Before: "none", After: "none"}
		if !one.Added() {
			line.Before = snapshotWords(one.Before)
		}
		if !one.Removed() {
			line.After = snapshotWords(one.After)
		}
		if line.Before == line.After {
			c.Same++
			continue
		}
		c.Lines = append(c.Lines, line)
	}
	for _, one := range d.Visits {
		v := one.After
		if one.Removed() {
			v = one.Before
		}
		line := changeLine{What: v.Name, Before: "none", After: "none"}
		if !one.Added() {
			line.Before = whenWords(one.Before.Date, one.Before.Start) + stateWords(one.Before.State, one.Before.Lost)
		}
		if !one.Removed() {
			line.After = whenWords(one.After.Date, one.After.Start) + stateWords(one.After.State, one.After.Lost)
		}
		if line.Before != line.After {
			c.Lines = append(c.Lines, line)
		}
	}
	for _, one := range d.Checkpoints {
		before, after := one.Before, one.After
		line := changeLine{What: "Decision: " + before.Gate, Before: "none", After: "none"}
		if before.Gate != "" {
			line.Before = decisionWords(before)
		}
		if after.Gate != "" {
			line.What, line.After = "Decision: "+after.Gate, decisionWords(after)
		}
		if line.Before != line.After {
			c.Lines = append(c.Lines, line)
		}
	}
	return c
}

func decisionWords(c schedule.CheckpointSnapshot) string {
	if c.Decision != 0 {
		return c.Decision.String()
	}
	if c.Date == 0 {
		return "open"
	}
	return "due " + dayWords(c.Date)
}

func snapshotWords(s schedule.Snapshot) string {
	text := whenWords(s.Date, s.Start) + stateWords(s.State, s.Lost)
	if !s.Amount.IsZero() {
		text += ", " + s.Amount.String()
	}
	return text
}

func whenWords(d date.Date, t clinic.TimeOfDay) string {
	if d == 0 {
		return "no day"
	}
	text := dayWords(d)
	return strings.TrimSpace(text + " " + t.String())
}

func stateWords(s schedule.State, lost string) string {
	text := ""
	if s != schedule.StatePlanned {
		text = ", " + s.String()
	}
	if lost != "" {
		text += ", lost: " + lost
	}
	return text
}

// entryWords says what an entry of a journal says, by the clock of the clinic.
func entryWords(e schedule.Entry, p *schedule.Plan) string {
	text := e.AsOf.In(p.Zone()).Format("Mon 2 Jan 2006 15:04") + ": " + eventWords(e.Event, p)
	if e.Event.RecordedBy != "" {
		text += ", recorded by " + e.Event.RecordedBy
	}
	return text
}

// eventWords says what happened, to which sessions and visits, and why.
func eventWords(e schedule.Event, p *schedule.Plan) string {
	var about []string
	for _, id := range e.About() {
		if s, ok := p.Session(id); ok {
			about = append(about, fmt.Sprintf("session %d", s.Ordinal()))
		} else if v, ok := p.OtherVisit(id); ok {
			about = append(about, v.Name)
		}
	}
	words := e.String()
	if len(about) > 0 {
		words = upper(strings.Join(about, ", ")) + ": " + words
	}
	return upper(words)
}

func upper(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}
