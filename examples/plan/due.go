package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/rickb777/date/v2"

	"github.com/regimen-go/regimen/schedule"
)

// A worklist is what there is to do about a plan on a day.
type worklist struct {
	File string `json:"file"`
	// Due are the visits of the day, Overdue those before it of which nobody has said
	// what became of them, and Lost those from the day on whose day no longer holds.
	Due     []schedule.VisitRow `json:"due"`
	Overdue []schedule.VisitRow `json:"overdue"`
	Lost    []schedule.VisitRow `json:"lost"`
	// DecisionDue and WeightDue report that somebody has to decide, and to weigh;
	// MonitoringDue that a visit of a monitoring is among Due or Overdue.
	DecisionDue   bool `json:"decisionDue"`
	WeightDue     bool `json:"weightDue"`
	MonitoringDue bool `json:"monitoringDue"`
	// ResultDue are the results that the first session needs which waits for any, where
	// that is to take place by the day: by [schedule.Row.ResultBefore].
	ResultDue []schedule.ResultDue `json:"resultDue"`
	Row       schedule.Row         `json:"row"`
}

// worklistOf returns what there is to do, and false where there is nothing.
func worklistOf(file string, plan *schedule.Plan, on date.Date) (worklist, bool) {
	row := plan.Row()
	w := worklist{
		File: file, Row: row, DecisionDue: row.DecisionDueBy(on), WeightDue: row.WeightDueBy(on), MonitoringDue: row.MonitoringDueBy(on),
		ResultDue: []schedule.ResultDue{},
		Due:       []schedule.VisitRow{}, Overdue: []schedule.VisitRow{}, Lost: []schedule.VisitRow{},
	}
	for _, v := range plan.AppendVisitRows(nil, nil) {
		switch {
		case v.DueOn(on):
			w.Due = append(w.Due, v)
		case v.OverdueOn(on):
			w.Overdue = append(w.Overdue, v)
		case v.LostOn(on):
			w.Lost = append(w.Lost, v)
		}
	}
	if row.ResultDueBy(on) {
		w.ResultDue = resultsBefore(plan, row.ResultBefore)
	}
	return w, len(w.Due)+len(w.Overdue)+len(w.Lost)+len(w.ResultDue) > 0 || w.DecisionDue || w.WeightDue || w.MonitoringDue
}

// resultsBefore returns the results that sessions of a day need and that are not known.
func resultsBefore(plan *schedule.Plan, day date.Date) (due []schedule.ResultDue) {
	for _, s := range plan.All() {
		if s.Date() == day && (s.State() == schedule.StatePlanned || s.State() == schedule.StateProvisional) {
			due = append(due, s.ResultsDue()...)
		}
	}
	return due
}

// listDue lists who is due on a day, over all plans of a directory. A file that is no plan
// is named, and the others are listed all the same: nobody is left out in silence.
func listDue(a *asked) error {
	on, err := schedule.ParseDate(a.day.value)
	if err != nil {
		return &wrongUse{"-on: " + err.Error()}
	}
	entries, err := os.ReadDir(a.files[0])
	if err != nil {
		return err
	}
	list, unread := []worklist{}, 0
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), ".") {
			continue
		}
		name := filepath.Join(a.files[0], e.Name())
		k, err := openIn(name)
		switch {
		case errors.Is(err, errDirectory):
		case err != nil:
			unread++
			fmt.Fprintf(a.stderr, "plan: %v\n", err)
		default:
			if w, any := worklistOf(e.Name(), k.plan, on); any {
				list = append(list, w)
			}
		}
	}
	if err := a.writeDue(list, on); err != nil {
		return err
	}
	if unread > 0 {
		return fmt.Errorf("%d of the files in %s could not be read: who is due by them is not listed", unread, a.files[0])
	}
	return nil
}

var errDirectory = errors.New("is a directory")

// openIn opens a plan of a directory. What is no regular file is not waited for.
func openIn(name string) (*keeping, error) {
	info, err := os.Stat(name)
	switch {
	case err != nil:
		return nil, err
	case info.IsDir():
		return nil, errDirectory
	case !info.Mode().IsRegular():
		return nil, fmt.Errorf("%s: want a regular file", name)
	}
	return open(name)
}

func (a *asked) writeDue(list []worklist, on date.Date) error {
	if a.json() {
		text, err := json.Marshal(list)
		if err != nil {
			return err
		}
		_, err = a.stdout.Write(append(text, '\n'))
		return err
	}
	var b strings.Builder
	for _, w := range list {
		w.text(&b)
	}
	if len(list) == 0 {
		fmt.Fprintf(&b, "nothing is due on %s\n", dayOf(on))
	}
	_, err := io.WriteString(a.stdout, b.String())
	return err
}

// text writes what there is to do for people.
func (w *worklist) text(b *strings.Builder) {
	fmt.Fprintln(b, w.File)
	line := func(what, format string, args ...any) {
		fmt.Fprintf(b, "  %-8s "+format+"\n", append([]any{what}, args...)...)
	}
	for _, v := range w.Due {
		line("due", "%s%s", times(v), v.Name)
	}
	for _, v := range w.Overdue {
		line("overdue", "since %s %s", dayOf(v.Date), v.Name)
	}
	for _, v := range w.Lost {
		line("lost", "%s %s: %s", dayOf(v.Date), v.Name, v.Lost)
	}
	if w.DecisionDue {
		line("decide", "since %s %s", dayOf(w.Row.DecisionDue), w.Row.Gate)
	}
	if w.WeightDue {
		line("weigh", "before the session of %s", dayOf(w.Row.WeighBefore))
	}
	for _, due := range w.ResultDue {
		what := "not known"
		if !due.Visit.ID.IsZero() {
			what = "not ok on " + dayOf(due.Visit.Date)
		}
		line("result", "%s, before the session of %s: %s", due.Monitoring, dayOf(due.To), what)
	}
}

// times returns when a visit is, "" for one that is elsewhere at a time of its own.
func times(v schedule.VisitRow) string {
	if v.Start.IsZero() {
		return ""
	}
	return v.Start.String() + "-" + v.End.String() + " "
}

// dayOf returns a date with its weekday.
func dayOf(d date.Date) string { return d.Weekday().String()[:3] + " " + d.String() }
