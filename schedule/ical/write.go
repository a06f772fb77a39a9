package ical

import (
	"cmp"
	"strconv"

	"github.com/regimen-go/regimen/internal/civil"
	"github.com/regimen-go/regimen/schedule"
)

// event writes one VEVENT.
func (w *writer) event(e *event) {
	w.lit("BEGIN:VEVENT")
	w.begin("UID:")
	w.b, _ = e.id.AppendText(w.b)
	if e.task > 0 {
		w.b = strconv.AppendInt(append(w.b, "-task-"...), int64(e.task), 10)
	}
	w.end()
	w.begin("DTSTAMP:")
	w.b = append(w.b, w.stamp...)
	w.end()
	w.begin("LAST-MODIFIED:")
	w.b = append(w.b, w.stamp...)
	w.end()
	w.begin("SEQUENCE:")
	w.b = strconv.AppendInt(w.b, int64(max(e.revision, 0)+w.options.Edition), 10)
	w.end()
	w.times(e)
	w.begin("SUMMARY:")
	w.title(e)
	w.end()
	if e.task == 0 || e.lost {
		w.description(e)
	}
	switch {
	case e.place != "" && w.options.Location != "":
		w.begin("LOCATION:")
		w.b = appendText(w.b, e.place)
		w.end()
	case e.place == "" && e.task == 0:
		w.b = append(w.b, w.location...)
	}
	status := e.status()
	w.lit(status.line())
	if class := w.options.Class; class != 0 {
		w.begin("CLASS:")
		w.b = append(w.b, class.String()...)
		w.end()
	}
	if e.allDay() || e.task > 0 || status == cancelled {
		w.lit("TRANSP:TRANSPARENT")
	} else {
		w.lit("TRANSP:OPAQUE")
	}
	w.b = append(w.b, w.last...)
	if !e.allDay() && e.task == 0 && status != cancelled && !e.lost {
		w.alarms(e)
	}
	w.lit("END:VEVENT")
}

// prepare writes once what is the same in every event.
func (w *writer) prepare() {
	o := w.options
	l := lines{b: make([]byte, 0, 512)}
	// All parts share a buffer until it is full.
	from := 0
	part := func() []byte {
		p := l.b[from:len(l.b):len(l.b)]
		from = len(l.b)
		return p
	}
	l.b = appendUTC(l.b, max(w.plan.LastModified().Unix(), o.Changed.Unix()))
	w.stamp = part()
	l.b = appendText(l.b, cmp.Or(o.Title, "Clinic visit"))
	w.visit = part()
	l.b = appendText(l.b, o.Description)
	w.text = part()
	if o.Location != "" {
		l.property("LOCATION", o.Location)
	}
	w.location = part()
	if o.Categories == nil {
		l.lit("CATEGORIES:Appointment")
	}
	for _, c := range o.Categories {
		if c != "" {
			// Some readers take a list in one line for one category.
			l.property("CATEGORIES", c)
		}
	}
	if o.Organizer != "" {
		l.begin("ORGANIZER")
		if o.OrganizerName != "" {
			l.b = appendQuoted(append(l.b, ";CN="...), o.OrganizerName)
		}
		l.b = append(append(l.b, ':'), o.Organizer...)
		l.end()
	}
	w.last = part()
	w.long = l.long
}

// times writes when an event begins and, if it takes time, when it ends.
func (w *writer) times(e *event) {
	if e.allDay() {
		w.begin("DTSTART;VALUE=DATE:")
		w.b = appendDate(w.b, e.day)
		w.end()
		w.begin("DTEND;VALUE=DATE:")
		w.b = appendDate(w.b, civil.AddDays(e.day, 1))
		w.end()
		return
	}
	local := w.local && w.same(e.start) && w.same(e.end)
	w.time("DTSTART", e.start, local)
	if e.end > e.start {
		w.time("DTEND", e.end, local)
	}
}

// same reports whether what the clock shows at an instant means that instant and no
// other. The first of two hours that it shows does by RFC 5545, but readers take it for
// the second.
func (w *writer) same(unix int64) bool {
	d, minute := w.zone.Read(unix)
	means, how := w.zone.Resolve(d, minute)
	return means == unix && how != civil.Fold
}

func (w *writer) time(name string, unix int64, local bool) {
	w.begin(name)
	if local {
		w.b = append(append(append(w.b, ";TZID="...), w.rule.name...), ':')
		w.b = appendLocal(w.b, w.zone, unix)
	} else {
		w.b = appendUTC(append(w.b, ':'), unix)
	}
	w.end()
}

// title appends the title of an event.
func (w *writer) title(e *event) {
	switch e.state {
	case schedule.StateCancelled:
		w.b = appendText(w.b, cmp.Or(w.options.Cancelled, "Cancelled: "))
	case schedule.StateMissed:
		w.b = appendText(w.b, cmp.Or(w.options.Missed, "Missed: "))
	case schedule.StateHeld:
		w.b = appendText(w.b, cmp.Or(w.options.Held, "On hold: "))
	default:
		if e.lost {
			w.b = appendText(w.b, cmp.Or(w.options.Lost, "Not confirmed: "))
		}
	}
	if e.task > 0 {
		w.b = appendText(w.b, e.title)
		switch {
		case e.when.IsZero():
			return
		case e.lasts:
			w.b = append(w.b, " from "...)
		default:
			w.b = append(w.b, " at "...)
		}
		w.b, _ = e.when.AppendText(w.b)
		return
	}
	w.b = append(w.b, w.visit...)
	if e.number > 0 && !w.options.NoCount {
		w.b = strconv.AppendInt(append(w.b, " ("...), int64(e.number), 10)
		if e.of > 0 {
			w.b = strconv.AppendInt(append(w.b, " of "...), int64(e.of), 10)
		}
		w.b = append(w.b, ')')
	}
}

// lostNote says in words what a calendar may show with a mark only, or not at all.
const lostNote = "This date no longer holds. Please do not come unless the clinic confirms it: another may be named."

// description writes the description of a visit if it has any. That of a task says no
// more than that the date of its visit no longer holds.
func (w *writer) description(e *event) {
	o := w.options
	w.begin("DESCRIPTION:")
	empty := len(w.b)
	if e.lost {
		w.b = appendText(w.b, cmp.Or(w.options.LostNote, lostNote))
		if e.task > 0 {
			w.end()
			return
		}
		if len(w.text) > 0 {
			w.b = append(w.b, `\n`...)
		}
	}
	w.b = append(w.b, w.text...)
	paragraph := func(label string) {
		if len(w.b) > empty {
			w.b = append(w.b, `\n`...)
		}
		w.b = append(w.b, label...)
	}
	if o.Detail != nil && e.number > 0 {
		if text := o.Detail(e.session); text != "" {
			paragraph("")
			w.b = appendText(w.b, text)
		}
	}
	if o.ShowNames && e.name != "" {
		paragraph("Visit: ")
		w.b = appendText(w.b, e.name)
	}
	if e.number > 0 && o.ShowDrug {
		drug, route := e.session.Drug(), e.session.Route()
		if drug != "" || route != "" {
			paragraph("Drug: ")
			w.b = appendText(w.b, drug)
			if drug != "" && route != "" {
				w.b = append(w.b, `\, `...)
			}
			w.b = appendText(w.b, route)
		}
	}
	if e.number > 0 && o.ShowDose {
		if dose := e.session.Amount(); !dose.IsZero() {
			paragraph("Dose: ")
			w.b = appendText(w.b, e.session.Written("", dose))
		}
		for _, text := range partTexts(e.session) {
			paragraph("Part: ")
			w.b = appendText(w.b, text)
		}
	}
	if e.number > 0 && e.session.HasBeside() {
		for _, line := range o.beside(e) {
			paragraph("")
			w.b = appendText(w.b, line)
		}
	}
	if len(w.b) == empty {
		w.b = w.b[:w.start]
		return
	}
	w.end()
}

// alarms writes the reminders of a visit. They have no UID, since a reader was
// seen to lose those that have one.
func (w *writer) alarms(e *event) {
	for _, before := range w.options.Alarms {
		w.lit("BEGIN:VALARM" + crlf + "ACTION:DISPLAY")
		w.begin("TRIGGER:-")
		w.b = appendLength(w.b, before)
		w.end()
		// Some calendars stop at an alarm without a description.
		w.begin("DESCRIPTION:")
		w.title(e)
		w.end()
		w.lit("END:VALARM")
	}
}
