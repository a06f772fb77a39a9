package schedule

import (
	"strconv"
	"strings"
)

// String returns the diff in one sentence.
func (d Diff) String() string {
	var parts []string
	for _, part := range []struct{ of, text string }{
		{"sessions", d.sessionWords()}, {"visits", d.visitWords()}, {"decisions", d.checkpointWords()}, {"treatment", d.treatmentWords()},
	} {
		if part.text != "" {
			parts = append(parts, part.of+": "+part.text)
		}
	}
	switch {
	case parts != nil:
		return strings.Join(parts, "; ")
	case d.Empty():
		return "nothing changes"
	default:
		return "nothing changes but revisions"
	}
}

// A tally counts what happened to sessions or visits.
type tally struct {
	parts                                                                            []string
	later, earlier                                                                   moves
	states                                                                           map[State]int
	added, removed, lost, found, undated, dated, redosed, relevelled, allowed        int
	besides, retasked, resheeted, renamed, rephased, retargeted, renumbered, retimed int
}

// move counts a day and a time before and after.
func (t *tally) move(c *Change) {
	switch shift := int(c.After.Date - c.Before.Date); {
	case c.Undated():
		t.undated++
	case c.Dated():
		t.dated++
	case !c.Moved():
	case shift > 0:
		t.later.add(shift)
	case shift < 0:
		t.earlier.add(-shift)
	default:
		t.retimed++
	}
}

func (t *tally) part(n int, what string) {
	if n > 0 {
		t.parts = append(t.parts, strconv.Itoa(n)+" "+what)
	}
}

// text returns what was counted in words. What follows from something else is said only
// where there is nothing else.
func (t *tally) text() string {
	for state := StatePlanned; state <= StateDone; state++ {
		t.part(t.states[state], state.String())
	}
	t.part(t.added, "added")
	t.part(t.removed, "removed")
	t.part(t.lost, "lost")
	t.part(t.found, "no longer lost")
	t.part(t.undated, "without a date any more")
	t.part(t.dated, "with a date again")
	t.part(t.later.n, "moved "+t.later.String()+" later")
	t.part(t.earlier.n, "moved "+t.earlier.String()+" earlier")
	t.part(t.retimed, "moved to another time")
	t.part(t.redosed, "with another dose")
	t.part(t.relevelled, "with another level")
	t.part(t.allowed, "with other doses allowed")
	t.part(t.retasked, "with other tasks")
	t.part(t.besides, "with other medicines beside")
	t.part(t.rephased, "of another phase")
	t.part(t.renamed, "with another name, drug or route")
	if t.parts == nil {
		t.part(t.resheeted, "with another worksheet")
		t.part(t.retargeted, "with another window")
		t.part(t.renumbered, "with another number")
	}
	return strings.Join(t.parts, ", ")
}

func (d *Diff) sessionWords() string {
	t := tally{states: map[State]int{}}
	count := func(n *int, differs bool) {
		if differs {
			*n++
		}
	}
	for i := range d.Changes {
		c := &d.Changes[i]
		switch {
		case c.Added():
			t.added++
			continue
		case c.Removed():
			t.removed++
			continue
		}
		if c.Restated() {
			t.states[c.After.State]++
		}
		t.move(c)
		b, a := &c.Before, &c.After
		count(&t.lost, c.Lost())
		count(&t.found, c.Found() && !c.Moved() && !c.Restated())
		count(&t.redosed, c.Redosed())
		count(&t.relevelled, !c.Redosed() && b.Level != a.Level)
		count(&t.allowed, b.Allowed != a.Allowed && !c.Redosed() && !c.Restated())
		count(&t.retasked, b.Tasks != a.Tasks && !c.Moved() && !c.Restated())
		count(&t.besides, b.Beside != a.Beside && !c.Moved() && !c.Restated())
		count(&t.rephased, b.Phase != a.Phase)
		count(&t.renamed, b.Drug != a.Drug || b.Route != a.Route)
		count(&t.resheeted, b.Worksheet != a.Worksheet)
		count(&t.retargeted, c.Retargeted())
		count(&t.renumbered, b.Ordinal != a.Ordinal)
	}
	return t.text()
}

func (d *Diff) visitWords() string {
	t := tally{states: map[State]int{}}
	for i := range d.Visits {
		c := &d.Visits[i]
		switch {
		case c.Added():
			t.added++
			continue
		case c.Removed():
			t.removed++
			continue
		}
		b, a := &c.Before, &c.After
		as := Change{Snapshot{ID: b.ID, Date: b.Date, Start: b.Start, End: b.End, EndDate: b.EndDate}, Snapshot{ID: a.ID, Date: a.Date, Start: a.Start, End: a.End, EndDate: a.EndDate}}
		if b.State != a.State {
			t.states[a.State]++
		}
		t.move(&as)
		switch {
		case b.Lost == "" && a.Lost != "":
			t.lost++
		case b.Lost != "" && a.Lost == "" && !as.Moved() && b.State == a.State:
			t.found++
		}
		if b.Name != a.Name || b.Kind != a.Kind {
			t.renamed++
		}
		if b.Target != a.Target || b.Earliest != a.Earliest || b.Latest != a.Latest {
			t.retargeted++
		}
		if b.Session != a.Session {
			t.renumbered++
		}
	}
	return t.text()
}

func (d *Diff) checkpointWords() string {
	var t tally
	decided, moved, other := 0, 0, 0
	for _, c := range d.Checkpoints {
		switch {
		case c.Before == CheckpointSnapshot{}:
			t.added++
		case c.After == CheckpointSnapshot{}:
			t.removed++
		case c.Before.Decision != c.After.Decision && c.After.Decision != 0:
			decided++
		case c.Before.Date != c.After.Date:
			moved++
		default:
			other++
		}
	}
	t.part(decided, "made")
	t.part(t.added, "added")
	t.part(t.removed, "removed")
	t.part(moved, "on another date")
	t.part(other, "changed")
	return strings.Join(t.parts, ", ")
}

func (d *Diff) treatmentWords() string {
	b, a := &d.Before, &d.After
	var parts []string
	if b.Standing != a.Standing {
		parts = append(parts, a.Standing.String()+" instead of "+b.Standing.String())
	}
	if b.Protocol != a.Protocol || b.Versions != a.Versions {
		parts = append(parts, "another protocol")
	}
	return strings.Join(parts, ", ")
}

// moves are the days that sessions move by.
type moves struct{ n, least, most int }

func (m *moves) add(days int) {
	if m.n == 0 || days < m.least {
		m.least = days
	}
	m.n, m.most = m.n+1, max(m.most, days)
}

func (m moves) String() string {
	if m.least == m.most {
		return plural(m.most, "day")
	}
	return strconv.Itoa(m.least) + " to " + plural(m.most, "day")
}
