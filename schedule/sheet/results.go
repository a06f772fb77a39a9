package sheet

import (
	"strconv"

	"github.com/regimen-go/regimen/internal/civil"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
)

// results returns, for staff, the results that a session waits for: what has to be known
// before it.
func (r *reader) results(s schedule.Session) (tasks []task) {
	if !r.forStaff() {
		return nil
	}
	w := &r.Locale.Words
	for _, due := range s.ResultsDue() {
		within := civil.Days(due.From, due.To)
		made := task{part: before, begins: -within * civil.MinutesPerDay, when: fill(w.ResultWithin, "{n}", strconv.Itoa(within))}
		if within == 0 {
			made.when = w.ResultToday
		}
		if made.text = fill(w.ResultDue, "{name}", r.text(due.Monitoring)); !due.Visit.ID.IsZero() {
			made.text = fill(w.ResultNotOK, "{name}", r.text(due.Monitoring))
		}
		tasks = append(tasks, made)
	}
	return tasks
}

// forStaff reports whether the sheet is for staff, alone or too.
func (v *view) forStaff() bool { return v.For == protocol.ForStaff || v.For == protocol.ForBoth }
