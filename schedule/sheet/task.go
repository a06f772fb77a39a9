package sheet

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/rickb777/date/v2"

	"github.com/regimen-go/regimen/internal/civil"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/clinic"
)

// A part is when a task is to be done.
type part uint8

const (
	before part = iota
	during
	after
	parts
)

// A task is something to be done, and when, in words.
type task struct {
	part       part
	begins     int // minutes from the start of the day of the visit, 0 where that is not known
	when, text string
	medicine   bool // one beside the drug, which a sheet for staff has among what is given
}

// tasks returns what is to be done around a session that is ahead, in the order
// of the clock. Where its time is not known the tasks count from the moments of
// the visit, in the order of the protocol.
func (r *reader) tasks(s schedule.Session) (tasks []task) {
	timed := false
	add := func(made task, text string) {
		if made.text = r.text(text); made.text != "" {
			tasks = append(tasks, made)
		}
	}
	for t := range s.Tasks() {
		if timed = true; r.shows(t.For, t.Stage) {
			add(r.timed(s.Date(), t), t.Text)
		}
	}
	if !timed {
		visit := s.Visit()
		for _, t := range visit.Tasks {
			if stage := visit.StageOf(t, s.Number()); r.shows(t.For, stage) {
				add(r.untimed(t, stage), t.Text)
			}
		}
	}
	tasks = append(tasks, r.besides(s)...)
	slices.SortStableFunc(tasks, func(a, b task) int { return cmp.Compare(a.begins, b.begins) })
	return tasks
}

// shows reports whether the sheet has a task. One of which the protocol does not say for
// whom it is, most often that of the staff where it is done during the visit, is asked
// for.
func (r *reader) shows(who protocol.Audience, at protocol.Stage) bool {
	if r.For == protocol.ForStaff || r.For == protocol.ForBoth {
		return true
	}
	return who.Concerns(protocol.ForPatient) && (who != 0 || at != protocol.DuringVisit || r.During)
}

// partOf returns where a task stands.
func partOf(at protocol.Stage) part {
	return [...]part{protocol.BeforeVisit: before, protocol.DuringVisit: during, protocol.AfterVisit: after}[at]
}

// timed puts a task on the clock.
func (r *reader) timed(day date.Date, at schedule.TimedTask) task {
	made := task{part: partOf(at.Stage), begins: civil.Days(day, at.Date)*24*60 + at.At.Minutes(), when: r.dayTime(day, at.Date, at.At)}
	if !at.Until.IsZero() {
		made.when = fill(r.Locale.Words.Range, "{from}", made.when, "{to}", r.dayTime(day, at.UntilDate, at.Until))
	}
	return made
}

// dayTime writes a time of another day as seen from the day of the visit.
func (r *reader) dayTime(day, on date.Date, t clinic.TimeOfDay) string {
	w, clock, days := &r.Locale.Words, unbroken(r.Locale.clock(t)), civil.Days(day, on)
	switch {
	case days == 0:
		return clock
	case days == -1:
		return fill(w.DayBefore, "{time}", clock)
	case days == 1:
		return fill(w.NextDay, "{time}", clock)
	case days < 0:
		return fill(w.DaysBefore, "{time}", clock, "{n}", strconv.Itoa(-days))
	default:
		return fill(w.DaysAfter, "{time}", clock, "{n}", strconv.Itoa(days))
	}
}

// untimed counts a task from a moment of the visit.
func (r *reader) untimed(t protocol.Task, at protocol.Stage) task {
	made := task{part: partOf(at), when: r.around(t.From, t.At)}
	if t.Until != nil {
		made.when = fill(r.Locale.Words.Range, "{from}", made.when, "{to}", r.around(t.From, *t.Until))
	}
	return made
}

func (r *reader) around(m protocol.Moment, d time.Duration) string {
	w := &r.Locale.Words
	words := w.Arrival
	switch m {
	case protocol.AdministrationStart:
		words = w.Start
	case protocol.AdministrationEnd:
		words = w.End
	case protocol.Departure:
		words = w.Departure
	}
	switch {
	case d < 0:
		return fill(words.Before, "{time}", r.Locale.duration(-d))
	case d > 0:
		return fill(words.After, "{time}", r.Locale.duration(d))
	default:
		return words.At
	}
}

// Instructions are what is to be done around each of some visits.
type instructions struct {
	ordinals []int
	tasks    []task
}

// in returns the tasks of a part, in order.
func (i *instructions) in(p part) (tasks []task) {
	for _, t := range i.tasks {
		if t.part == p {
			tasks = append(tasks, t)
		}
	}
	return tasks
}

// instructions gathers the visits with the same tasks at the same times, in the
// order of the first of them, and says which of them are those of a visit: its
// position by ordinal, or none.
func (v *view) instructions() (groups []instructions, of map[int]int) {
	byTasks := make(map[string]int)
	of = make(map[int]int)
	for i := range v.visits {
		at := &v.visits[i]
		if at.kind != session || len(at.tasks) == 0 {
			continue
		}
		var key strings.Builder
		for _, t := range at.tasks {
			// No text has a control character, so nothing can look like the end of one.
			key.WriteString(strconv.Itoa(int(t.part)) + t.when + "\x00" + t.text + "\x00")
		}
		group, known := byTasks[key.String()]
		if !known {
			group = len(groups)
			byTasks[key.String()] = group
			groups = append(groups, instructions{tasks: at.tasks})
		}
		groups[group].ordinals = append(groups[group].ordinals, at.ordinal)
		of[at.ordinal] = group
	}
	for i := range groups {
		slices.Sort(groups[i].ordinals)
	}
	return groups, of
}

// partWord returns the heading of a part.
func (v *view) partWord(p part) string {
	switch p {
	case before:
		return v.Locale.Words.Before
	case during:
		return v.Locale.Words.During
	default:
		return v.Locale.Words.After
	}
}

// visitList names visits by their numbers.
func (v *view) visitList(ordinals []int) string {
	if len(ordinals) == 1 {
		return fill(v.Locale.Words.Visit, "{n}", strconv.Itoa(ordinals[0]))
	}
	return fill(v.Locale.Words.VisitList, "{list}", v.Locale.ranges(ordinals))
}
