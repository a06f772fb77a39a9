package schedule

import (
	"iter"
	"slices"
	"strconv"

	"github.com/rickb777/date/v2"

	"github.com/regimen-go/regimen/internal/civil"
	"github.com/regimen-go/regimen/schedule/clinic"
)

// ClinicChanged says which hours the clinic has on some days, whatever it said of
// them before: new hours, a closure, a day that opens, a strike that is called off.
// The last word about a day holds; days that it does not name stay as they were, and
// those that the plan has not asked about yet are asked of its opening. Nothing moves:
// a session or visit whose day or time no longer holds is lost ([Session.Lost]) until
// somebody decides.
//
// An app states the days, or has them asked of an opening ([Plan.ClinicChange]).
type ClinicChanged struct {
	// Days are 1 to 3660, each date once, in any order. They may have passed.
	Days []ClinicDay
}

// A ClinicDay is what a clinic says of one day. The zero ClinicDay is invalid.
type ClinicDay struct {
	Date date.Date
	// Hours are in order and do not overlap. None says that the clinic is closed.
	Hours []clinic.Hours
	// Reason is shown to people. It may be empty.
	Reason string
}

func (ClinicChanged) kind() string { return "clinic-changed" }

func (c ClinicChanged) fields(f *objectFields) Happening {
	nestedList(f, "days", &c.Days, must, (*ClinicDay).fields)
	return unlessWritten(f, c)
}

func (d *ClinicDay) fields(f *objectFields) {
	f.date("date", &d.Date, must)
	f.hours("hours", &d.Hours)
	f.text("reason", &d.Reason, may)
}

func (c ClinicChanged) describe() string {
	const text = "the hours of the clinic changed"
	switch len(c.Days) {
	case 0:
		return text
	case 1:
		return text + onDay(c.Days[0].Date, clinic.TimeOfDay{}) + ": " + c.Days[0].what()
	}
	first, last := c.Days[0].Date, c.Days[0].Date
	for i := range c.Days {
		first, last = min(first, c.Days[i].Date), max(last, c.Days[i].Date)
	}
	return text + " on " + plural(len(c.Days), "day") + stretchText(first, last)
}

// what returns the hours of a day, or that it is closed, and why.
func (d *ClinicDay) what() string {
	if text := hoursText(d.Hours); text != "" {
		return text + bracketed(d.Reason)
	}
	return "closed" + bracketed(d.Reason)
}

func (c ClinicChanged) apply(e *edit) error { return e.learn(c) }

func (c ClinicChanged) check(e *edit) error {
	switch n := len(c.Days); {
	case n == 0:
		return e.refuse(ErrEvent, "Days", "", "want the days that changed")
	case n > longestStretch:
		return e.refuse(ErrEvent, "Days", strconv.Itoa(n), "want at most "+strconv.Itoa(longestStretch)+" days")
	}
	seen := make(map[date.Date]bool, len(c.Days))
	for i := range c.Days {
		d := &c.Days[i]
		if err := e.exists("Days", d.Date); err != nil {
			return err
		}
		if seen[d.Date] {
			return e.refuse(ErrEvent, "Days", civil.Format(d.Date), "want every day once")
		}
		seen[d.Date] = true
		if err := clinic.CheckHours(d.Hours); err != nil {
			return e.refuse(ErrEvent, "Days", civil.Format(d.Date)+" "+err.Value, err.Want)
		}
	}
	return nil
}

func (c ClinicChanged) know(k *known) { k.lay(c.days()) }

func (c ClinicChanged) days() iter.Seq[ClinicDay] { return slices.Values(c.Days) }

// ClinicClosed says that the clinic is closed on days in a row: a short form of
// [ClinicChanged]. To end or to lengthen a closure, correct it.
type ClinicClosed struct {
	// From is the first day, To the last; To is zero for a single day.
	From, To date.Date
	// Reason is shown to people. It may be empty.
	Reason string
}

func (ClinicClosed) kind() string { return "clinic-closed" }

func (c ClinicClosed) fields(f *objectFields) Happening {
	f.date("from", &c.From, must)
	f.date("to", &c.To, may)
	f.reason(&c.Reason, may)
	return unlessWritten(f, c)
}

func (c ClinicClosed) describe() string { return "the clinic closed" + stretchText(c.From, c.To) }

func (c ClinicClosed) apply(e *edit) error { return e.learn(c) }

func (c ClinicClosed) check(e *edit) error { return e.stretch(c.From, c.To) }

func (c ClinicClosed) know(k *known) { k.lay(c.days()) }

func (c ClinicClosed) days() iter.Seq[ClinicDay] {
	return func(yield func(ClinicDay) bool) {
		for day := c.From; day <= max(c.From, c.To) && yield(ClinicDay{Date: day, Reason: c.Reason}); day++ {
		}
	}
}

// lay lays what the clinic says of some days over what it answered. Those before a
// plan's start, on which nothing is placed, matter to nothing.
func (k *known) lay(days iter.Seq[ClinicDay]) {
	for d := range days {
		if d.Date >= k.since {
			k.table().Change(d.Date, d.Hours, d.Reason)
		}
	}
}

// ClinicChange asks an opening about every day from one on up to the latest of which
// the plan knows what the clinic said, and returns that as an event: for a clinic
// whose hours are others from a day on. Each day is asked about once, and the answers
// are kept in the event by value. An app that subtracts what is busy leaves out what
// this plan itself occupies, or its own sessions would be lost.
//
// The error is a [*RequestError] for an answer that makes no sense, and where there is
// no day to ask about.
func (p *Plan) ClinicChange(opening clinic.Opening, from date.Date) (ClinicChanged, error) {
	var last date.Date
	for day := range p.calendar.Days() {
		last = day
	}
	from = max(from, p.start)
	switch {
	case opening == nil:
		return ClinicChanged{}, &RequestError{Field: "Opening", Want: "want an opening to ask"}
	case from > last:
		return ClinicChanged{}, &RequestError{Field: "From", Value: civil.Format(from), Want: "want a day up to " + civil.Format(last) + ", the latest that the plan knows of"}
	case civil.Days(from, last) >= longestStretch:
		from = civil.AddDays(last, 1-longestStretch)
	}
	var changed ClinicChanged
	zone, asked := civil.NewZone(p.zone), clinic.NewTable(opening, p.zone)
	for day := from; day <= last; day++ {
		if !zone.Skips(day) {
			changed.Days = append(changed.Days, ClinicDay{Date: day, Hours: slices.Clone(asked.Hours(day)), Reason: asked.Reason(day)})
		}
	}
	if err := calendarError(asked); err != nil {
		return ClinicChanged{}, err
	}
	return changed, nil
}
