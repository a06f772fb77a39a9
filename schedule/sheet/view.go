package sheet

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/rickb777/date/v2"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/internal/civil"
	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/clinic"
)

// A view is what there is to show of a plan, in order and in words that may be
// shown. Everything that writes a sheet writes it from here.
type view struct {
	Options
	zone        *time.Location
	asOf        time.Time
	visits      []visit // by date, then by time; those without a date by their target
	sessions    int     // 0 where nobody knows how many there will be
	standing    schedule.Standing
	checkpoints []checkpoint

	today  date.Date // the day from which on visits are to come
	minute int       // and the minute of it

	compared bool     // with an earlier state
	earlier  string   // when that was
	news     []string // what has changed since
}

// A kind says what a visit is.
type kind uint8

const (
	session kind = iota
	companion
	followUp
	monitoring
)

// A visit is a session, or another visit of the plan.
type visit struct {
	id       string
	kind     kind
	ordinal  int // of the session, or of that which the visit belongs to
	state    schedule.State
	lost     bool // its day or time no longer holds
	revision int
	week     int
	name     string // of the phase or the visit, "" unless asked for

	drug, route string // "" unless asked for
	elsewhere   string // where it is if not at the clinic

	date                     date.Date // zero: not known
	target, earliest, latest date.Date
	start, end               clinic.TimeOfDay
	endDate                  date.Date // zero: that of the date

	tasks     []task
	signs     []sign     // what is given, each to be signed, on a sheet for staff
	doses     []string   // the planned one and what else is allowed, or the one that was given
	given     string     // the dose that was given, "0 mg" where nothing was
	devices   []string   // of each dose that is given in devices, "2 × 28 mg"
	parts     []dosePart // of the first of the doses
	gave      string     // what was given beside the drug, for programs
	result    string     // what came of a visit of a monitoring, for staff
	verdict   string
	worksheet []dose.Line

	own       Details // what there is to know of this visit beyond what holds for all
	mark, was string  // how it differs from an earlier sheet, and what that said; "" for not at all
	hasDose   bool    // something is to be given
}

// A checkpoint is a decision after a session.
type checkpoint struct {
	after        int
	date         date.Date
	decided      bool
	name, assess string // "" unless asked for
}

// on returns the day that the visit is sorted by.
func (v *visit) on() date.Date { return cmp.Or(v.date, v.target) }

// ahead reports whether the visit is to take place.
func (v *visit) ahead() bool {
	return v.state == schedule.StatePlanned || v.state == schedule.StateProvisional
}

// off reports whether the visit does not take place when its date says.
func (v *visit) off() bool {
	return v.lost || v.state == schedule.StateCancelled || v.state == schedule.StateHeld
}

func (v *view) sort() {
	slices.SortStableFunc(v.visits, func(a, b visit) int {
		return cmp.Or(cmp.Compare(a.on(), b.on()), a.start.Compare(b.start), cmp.Compare(a.kind, b.kind), cmp.Compare(a.ordinal, b.ordinal))
	})
}

// begin says from when on visits are to come: from the as-of of the plan, or from the
// beginning of the day that the caller calls today, where that is later.
func (v *view) begin() {
	v.today, v.minute = civil.NewZone(v.zone).Read(v.asOf.Unix())
	if v.Today > v.today {
		v.today, v.minute = v.Today, 0
	}
}

// comes reports whether a visit is to take place and has not ended yet.
func (v *view) comes(at *visit) bool { return at.ahead() && !v.ended(at) }

// ended reports whether the time of a visit is past.
func (v *view) ended(at *visit) bool {
	ends := cmp.Or(at.endDate, at.date)
	return at.date != 0 && (ends < v.today || ends == v.today && !at.end.IsZero() && at.end.Minutes() <= v.minute)
}

// next returns the first visit to come on a day that holds, nil where there is none:
// nobody is told to come on any other.
func (v *view) next() *visit {
	for i := range v.visits {
		if at := &v.visits[i]; at.date != 0 && !at.lost && v.comes(at) {
			return at
		}
	}
	return nil
}

// coming returns how many visits are to come on days that hold.
func (v *view) coming() (n int) {
	for i := range v.visits {
		if at := &v.visits[i]; at.date != 0 && !at.lost && v.comes(at) {
			n++
		}
	}
	return n
}

// reserve says which visits to come are on days that no longer hold, "" for none.
func (v *view) reserve() string {
	var list []string
	for i := range v.visits {
		if at := &v.visits[i]; at.lost && v.comes(at) {
			list = append(list, v.label(at)+" ("+v.day(at)+")")
		}
	}
	if list == nil {
		return ""
	}
	return fill(v.Locale.Words.LostNote, "{list}", strings.Join(list, v.Locale.Comma))
}

// standingText says what has become of the treatment, "" while it goes on.
func (v *view) standingText() string {
	switch w := &v.Locale.Words; v.standing {
	case schedule.OnHold:
		return w.OnHold
	case schedule.Stopped:
		return w.Stopped
	case schedule.Completed:
		return w.Completed
	case schedule.RunOut:
		return w.RunOut
	default:
		return ""
	}
}

// word returns the word for what a visit is: lost, overdue, or its state.
func (v *view) word(at *visit) string {
	if at.ahead() && v.ended(at) && !at.lost {
		return v.Locale.Words.Overdue
	}
	return v.settledWord(at)
}

// settledWord returns the word for what a visit is whatever the hour is: lost, or its
// state.
func (v *view) settledWord(at *visit) string {
	if at.lost {
		return v.Locale.Words.Lost
	}
	return v.stateWord(at.state)
}

// stateWord returns the word for the state of a visit.
func (v *view) stateWord(s schedule.State) string {
	w := &v.Locale.Words
	switch s {
	case schedule.StatePlanned:
		return w.Planned
	case schedule.StateProvisional:
		return w.Provisional
	case schedule.StateGiven, schedule.StateDone:
		return w.Given
	case schedule.StateMissed:
		return w.Missed
	case schedule.StateCancelled:
		return w.Cancelled
	case schedule.StateHeld:
		return w.Held
	default:
		return w.LeftOut
	}
}

// label returns what a visit is called.
func (v *view) label(at *visit) string {
	w := &v.Locale.Words
	switch at.kind {
	case companion:
		return w.Other
	case followUp:
		return w.FollowUp
	case monitoring:
		return w.Monitoring
	default:
		return fill(w.Visit, "{n}", strconv.Itoa(at.ordinal))
	}
}

// what returns the name of a visit and what is given at it, as far as they are
// asked for, and where it is if not at the clinic.
func (v *view) what(at *visit) []string {
	return slices.DeleteFunc([]string{at.name, at.drug, at.route, at.elsewhere}, func(text string) bool { return text == "" })
}

// times returns the times of a visit, or that they are not known.
func (v *view) times(at *visit) string {
	switch text := v.Locale.clocks(at.start, at.end, at.endDate > at.date); {
	case text != "":
		return text
	case at.date == 0 || !at.ahead():
		return ""
	default:
		return v.Locale.Words.NoTime
	}
}

// decision returns what there is to say of a checkpoint.
func (v *view) decision(c *checkpoint) string {
	pattern := v.Locale.Words.Decision
	if c.decided {
		pattern = v.Locale.Words.Decided
	}
	return fill(pattern, "{n}", strconv.Itoa(c.after))
}

// day returns the date of a visit, or that it is not known.
func (v *view) day(at *visit) string {
	switch {
	case at.date != 0:
		return v.Locale.shortDate(at.date)
	case at.state == schedule.StateLeftOut:
		return v.Locale.Words.LeftOut
	default:
		return v.Locale.Words.NoDate
	}
}

// title returns the heading of the sheet.
func (v *view) title() string { return cmp.Or(v.Title, v.Locale.Words.Title) }

// asOfText returns the instant at which the plan was made.
func (v *view) asOfText() string {
	return fill(v.Locale.Words.AsOf, "{time}", v.instantText(v.asOf))
}

// instantText returns an instant on the clock of the clinic.
func (v *view) instantText(at time.Time) string {
	d, minute := civil.NewZone(v.zone).Read(at.Unix())
	t, _ := clinic.NewTimeOfDay(minute)
	return v.Locale.longDate(d) + v.Locale.Comma + unbroken(v.Locale.clock(t))
}

// soon says that a day is today or tomorrow, "" of any other day and where the caller
// does not say what today is.
func (v *view) soon(d date.Date) string {
	switch {
	case v.Today == 0 || d == 0:
		return ""
	case d == v.Today:
		return v.Locale.Words.Today
	case d == v.Today+1:
		return v.Locale.Words.Tomorrow
	default:
		return ""
	}
}

// movable says to which days a visit can be moved, "" where that is not asked for and
// where there is no other day.
func (v *view) movable(at *visit) string {
	from := max(at.earliest, v.today)
	if !v.Movable || at.lost || at.date == 0 || !v.comes(at) || from >= at.latest {
		return ""
	}
	return fill(v.Locale.Words.Movable, "{days}", v.Locale.window(from, at.latest))
}

// moment returns a day and a time as HTML has them, the day alone where no time
// is known.
func moment(d date.Date, t clinic.TimeOfDay) string {
	var room [24]byte
	text := civil.AppendDate(room[:0], d)
	if !t.IsZero() && t.Minutes() < 24*60 {
		text, _ = t.AppendText(append(text, 'T'))
	}
	return string(text)
}
