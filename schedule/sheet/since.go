package sheet

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
)

// mostNews is how many visits with another day are named one by one.
const mostNews = 6

// News are what has changed since an earlier state of the plan, in the order in which a
// person wants to know it.
type news struct {
	treatment []string // what has become of the treatment
	days      []string // a line for each visit with another day, and the visits
	moved     []*visit
	states    []group // visits with another state, by its word
	gone      []string
	tasks     []*visit
	doses     []*visit
}

// A group of visits has one word.
type group struct {
	word   string
	visits []*visit
}

// since compares the plan with an earlier state of it, marks the visits that differ and
// says at the top how.
func (r *reader) since(plan *schedule.Plan) {
	old := r.Since
	if old == nil {
		return
	}
	if old.Key() != plan.Key() || old.AsOf().After(plan.AsOf()) {
		r.found.add("Since", "", "want an earlier state of the same plan")
		return
	}
	byID := make(map[string]*visit, len(r.visits))
	for i := range r.visits {
		byID[r.visits[i].id] = &r.visits[i]
	}
	var n news
	d := old.Diff(plan)
	n.standing(r.view, &d)
	for i := range d.Changes {
		r.changed(&n, byID, old, plan, &d.Changes[i])
	}
	for i := range d.Visits {
		c := &d.Visits[i]
		was := appearance{date: c.Before.Date, start: c.Before.Start, end: c.Before.End, endDate: c.Before.EndDate, state: c.Before.State, lost: c.Before.Lost != ""}
		if at := byID[c.After.ID.String()]; at != nil && !c.Removed() {
			r.compare(&n, at, &was, c.Added())
		} else if c.Removed() && was.ahead() {
			gone := visit{kind: kindOf(c.Before.Role)}
			n.gone = append(n.gone, r.removed(&gone, &was))
		}
	}
	for _, c := range d.Checkpoints {
		if c.After.Decision != 0 && c.Before.Decision == 0 {
			n.treatment = append(n.treatment, fill(r.Locale.Words.Decided, "{n}", strconv.Itoa(c.After.Session)))
		}
	}
	r.news = n.lines(r.view)
	r.compared, r.earlier = true, r.instantText(old.AsOf())
}

// standing says what has become of the treatment as a whole.
func (n *news) standing(v *view, d *schedule.Diff) {
	if was, now := d.Before.Standing, d.After.Standing; was != now {
		n.treatment = append(n.treatment, cmp.Or(v.standingText(), v.Locale.Words.GoesOn))
	}
	if was, now := d.Before.Of, d.After.Of; was != now && was > 0 && now > 0 {
		n.treatment = append(n.treatment, fill(v.Locale.Words.OtherCount, "{n}", strconv.Itoa(now), "{was}", strconv.Itoa(was)))
	}
}

// An appearance is what a plan says of when a visit is and of what becomes of it.
type appearance = visit

func (r *reader) changed(n *news, byID map[string]*visit, old, plan *schedule.Plan, c *schedule.Change) {
	b := &c.Before
	was := appearance{ordinal: b.Ordinal, date: b.Date, start: b.Start, end: b.End, endDate: b.EndDate, state: b.State, lost: b.Lost != ""}
	at := byID[c.After.ID.String()]
	if c.Removed() || at == nil {
		if c.Removed() && was.ahead() {
			n.gone = append(n.gone, r.removed(&visit{ordinal: b.Ordinal}, &was))
		}
		return
	}
	r.compare(n, at, &was, c.Added())
	if c.Added() || !at.ahead() || at.lost {
		return
	}
	before, _ := old.Session(c.After.ID)
	after, _ := plan.Session(c.After.ID)
	if !slices.EqualFunc(before.Visit().Tasks, after.Visit().Tasks, sameTask) || besideChanged(before, after) {
		n.tasks = append(n.tasks, at)
		at.mark = r.Locale.Words.Changed
	}
	if r.Doses && c.Redosed() {
		n.doses = append(n.doses, at)
		at.mark = r.Locale.Words.Changed
		at.addWas(r.Locale.quantity(b.Amount.String()), r.Locale.Comma)
	}
	if was.ordinal != at.ordinal {
		at.mark = r.Locale.Words.Changed
		at.addWas(r.label(&was), r.Locale.Comma)
	}
}

func sameTask(a, b protocol.Task) bool {
	if (a.Until == nil) != (b.Until == nil) || a.Until != nil && *a.Until != *b.Until {
		return false
	}
	a.Until, b.Until = nil, nil
	return a == b
}

func (v *visit) addWas(text, comma string) {
	if v.was != "" {
		text = v.was + comma + text
	}
	v.was = text
}

// removed says that a visit is no longer planned.
func (r *reader) removed(gone, was *visit) string {
	return fill(r.Locale.Words.OtherState, "{visit}", r.label(gone)+" ("+r.day(was)+")", "{state}", r.Locale.Words.Gone)
}

// compare compares a visit with what an earlier sheet said of it. What took place needs
// no mark: the patient was there.
func (r *reader) compare(n *news, at *visit, was *appearance, added bool) {
	w := &r.Locale.Words
	if at.state == schedule.StateGiven || at.state == schedule.StateDone {
		return
	}
	coming := at.ahead() && !at.lost
	if added {
		if coming {
			at.mark = w.New
			n.days = append(n.days, fill(w.NowVisit, "{visit}", r.label(at), "{now}", r.when(at)))
			n.moved = append(n.moved, at)
		}
		return
	}
	word, before := r.settledWord(at), r.settledWord(was)
	moved := at.date != was.date || at.start != was.start || at.end != was.end
	switch {
	case moved && coming:
		at.mark = w.Changed
		at.was = r.when(was)
		if word != before {
			at.was += r.Locale.Comma + before
		}
		n.days = append(n.days, fill(w.MovedVisit, "{visit}", r.label(at), "{now}", r.when(at), "{was}", at.was))
		n.moved = append(n.moved, at)
	case word != before:
		at.mark = w.Changed
		at.was = before
		i := slices.IndexFunc(n.states, func(g group) bool { return g.word == word })
		if i < 0 {
			i = len(n.states)
			n.states = append(n.states, group{word: word})
		}
		n.states[i].visits = append(n.states[i].visits, at)
	}
}

// when returns the day of a visit and its times, on one line.
func (v *view) when(at *visit) string {
	text := v.day(at)
	if times := v.times(at); times != "" {
		text += v.Locale.Comma + times
	}
	return text
}

// lines returns what is said at the top.
func (n *news) lines(v *view) []string {
	w := &v.Locale.Words
	lines := n.treatment
	shown := n.days
	if len(n.days) > mostNews+1 {
		shown = n.days[:mostNews]
	}
	lines = append(lines, shown...)
	if rest := n.moved[len(shown):]; len(rest) > 0 {
		lines = append(lines, fill(w.OtherDays, "{visit}", v.names(rest)))
	}
	for _, g := range n.states {
		lines = append(lines, fill(w.OtherState, "{visit}", v.names(g.visits), "{state}", g.word))
	}
	lines = append(lines, n.gone...)
	if len(n.tasks) > 0 {
		lines = append(lines, fill(w.OtherTasks, "{visit}", v.names(n.tasks)))
	}
	if len(n.doses) > 0 {
		lines = append(lines, fill(w.OtherDose, "{visit}", v.names(n.doses)))
	}
	return lines
}

// names names visits: sessions by their numbers, others with their days.
func (v *view) names(visits []*visit) string {
	var ordinals []int
	var parts []string
	for _, at := range visits {
		if at.kind == session {
			ordinals = append(ordinals, at.ordinal)
		} else {
			parts = append(parts, v.label(at)+" ("+v.day(at)+")")
		}
	}
	if len(ordinals) > 0 {
		slices.Sort(ordinals)
		parts = slices.Insert(parts, 0, v.visitList(ordinals))
	}
	return strings.Join(parts, v.Locale.Comma)
}
