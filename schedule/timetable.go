package schedule

import (
	"iter"
	"slices"
	"time"

	"github.com/rickb777/date/v2"

	"github.com/regimen-go/regimen/internal/civil"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule/clinic"
)

// A TimedTask is a task of a visit on the clinic's clock.
type TimedTask struct {
	// Text says what to do.
	Text string
	// For says who has to know of it, zero where the protocol does not state that.
	For protocol.Audience
	// Stage is where it stands in relation to the visit, as planned: stated by the
	// protocol or by its times, see [protocol.Visit.StageOf].
	Stage protocol.Stage
	// Date and At are when it is done, or when it begins.
	Date date.Date
	At   clinic.TimeOfDay
	// UntilDate and Until are when a task that lasts ends, zero for one that
	// does not.
	UntilDate date.Date
	Until     clinic.TimeOfDay
}

// Tasks returns the tasks of the session's visit in the order in which the
// protocol has them, at the times that follow from its start. It returns none
// for a session without a start: one that was left out, or was given at a time
// that nobody wrote down.
func (s Session) Tasks() iter.Seq[TimedTask] {
	return func(yield func(TimedTask) bool) {
		if s.Start().IsZero() {
			return
		}
		slot := s.slot()
		visit := s.visit()
		zone := civil.NewZone(s.plan.zone)
		arrival, _ := zone.Resolve(s.Date(), s.Start().Minutes())
		for _, task := range visit.Tasks {
			moment := arrival + seconds(visit.SinceArrival(task.From, int(slot.Number)))
			timed := TimedTask{Text: task.Text, For: task.For, Stage: visit.StageOf(task, int(slot.Number))}
			timed.Date, timed.At = clockAt(zone, moment+seconds(task.At))
			if task.Until != nil {
				timed.UntilDate, timed.Until = clockAt(zone, moment+seconds(*task.Until))
			}
			if !yield(timed) {
				return
			}
		}
	}
}

// TasksFor returns the tasks of [Session.Tasks] that concern a reader, a zero one
// everybody, and that stand at one of some stages, at any where none is named.
func (s Session) TasksFor(reader protocol.Audience, at ...protocol.Stage) iter.Seq[TimedTask] {
	return func(yield func(TimedTask) bool) {
		for task := range s.Tasks() {
			if task.For.Concerns(reader) && (len(at) == 0 || slices.Contains(at, task.Stage)) && !yield(task) {
				return
			}
		}
	}
}

// Administration returns the times on the clinic's clock at which giving the
// drug begins and ends, zero for a session without a start.
func (s Session) Administration() (from, to clinic.TimeOfDay) {
	if s.Start().IsZero() {
		return clinic.TimeOfDay{}, clinic.TimeOfDay{}
	}
	visit := s.visit()
	zone := civil.NewZone(s.plan.zone)
	arrival, _ := zone.Resolve(s.Date(), s.Start().Minutes())
	_, from = clockAt(zone, arrival+seconds(visit.Preparation))
	_, to = clockAt(zone, arrival+seconds(visit.Preparation+visit.Administration))
	return from, to
}

func seconds(d time.Duration) int64 { return int64(d / time.Second) }

// clockTime is a number of seconds as a time.
func clockTime(s int64) time.Duration { return time.Duration(s) * time.Second }

func clockAt(zone *civil.Zone, unix int64) (date.Date, clinic.TimeOfDay) {
	d, minute := zone.Read(unix)
	t, _ := clinic.NewTimeOfDay(minute)
	return d, t
}

// timesAfter returns the minutes of its day at which a session begins and ends: after
// one of the day before that lasts past midnight, where the day leaves room for it.
func (p *Plan) timesAfter(s *slot, need clinic.Need, others ...[]slot) (start, end int) {
	later := need
	for _, list := range others {
		for i := range list {
			if before := &list[i]; before.end > civil.MinutesPerDay && before.day == s.day-1 && before.takesPlace() {
				ends, _ := civil.NewZone(p.zone).Resolve(civil.Date(before.day), int(before.end))
				later.NotBefore = max(later.NotBefore, ends)
			}
		}
	}
	if start, end, ok := p.calendar.Times(civil.Date(s.day), later); ok {
		return start, end
	}
	start, end, _ = p.calendar.Times(civil.Date(s.day), need)
	return start, end
}
