package ical

import (
	"cmp"
	"io"
	"slices"
	"time"

	"github.com/regimen-go/regimen/internal/civil"
	"github.com/regimen-go/regimen/schedule"
)

// product names this package in a file.
const product = "-//regimen-go//regimen ical 1//EN"

// Append appends the calendar of a plan to b. It returns
//
//   - an error that joins an [*OptionError] for each option that cannot be
//     written, or for a plan that [schedule.Build] did not make;
//   - [ErrNoEvents] if the calendar would be empty.
//
// With an error b is returned as it was.
func Append(b []byte, p *schedule.Plan, o Options) ([]byte, error) {
	w, err := newWriter(p, &o)
	if err != nil {
		return b, err
	}
	w.b = b
	if err := w.calendar(); err != nil {
		return b, err
	}
	return w.b, nil
}

// Write writes what [Append] appends, and returns the same errors or that of out.
// Nothing is written if the plan or the options are refused. However many events
// there are, it needs one small buffer.
func Write(out io.Writer, p *schedule.Plan, o Options) error {
	w, err := newWriter(p, &o)
	if err != nil {
		return err
	}
	w.out = out
	w.b = make([]byte, 0, full+full/2)
	return w.calendar()
}

// full is when a buffer is handed on to a writer.
const full = 4 << 10

// A writer writes one calendar.
type writer struct {
	lines
	out     io.Writer // nil to keep everything in lines
	options *Options
	plan    *schedule.Plan
	reader  *reader
	zone    *civil.Zone
	rule    zoneRule
	changes zoneChanges // of a zone without a rule
	local   bool        // times have the name of the zone, whose rule is rule
	count   int         // events
	err     error

	// What is the same in every event: DTSTAMP, the texts that titles and
	// descriptions begin with, and whole lines.
	stamp, visit, text, location, last []byte
}

func newWriter(p *schedule.Plan, o *Options) (*writer, error) {
	if p == nil || p.Protocol() == nil {
		return nil, &OptionError{Field: "Plan", Want: "want a plan made by schedule.Build"}
	}
	if err := o.check(); err != nil {
		return nil, err
	}
	r := newReader(p)
	r.now = max(r.now, o.Changed.Unix())
	return &writer{options: o, plan: p, reader: r, zone: r.zone}, nil
}

// look goes over the events to learn how many there are and what is known of
// the zone in their years.
func (w *writer) look() error {
	n, timed, named := 0, false, false // named: some event can have times of the zone
	var first, last int64
	w.reader.times = true
	defer func() { w.reader.times = false }()
	w.reader.each(w.options, func(e *event) bool {
		n++
		if !e.allDay() {
			if !timed {
				first, last, timed = e.start, e.end, true
			}
			first, last = min(first, e.start), max(last, e.end)
			named = named || w.same(e.start) && w.same(e.end)
		}
		return true
	})
	if n == 0 {
		return ErrNoEvents
	}
	if named {
		zone := w.plan.Zone()
		year := func(unix int64) int { return time.Unix(unix, 0).In(zone).Year() }
		w.rule, w.local = findRule(zone, year(first), year(last))
		if !w.local && w.options.Observances {
			w.changes, w.local = findChanges(zone, year(first), year(last))
			w.rule.name = w.changes.name
		}
	}
	w.count = n
	return nil
}

// calendar writes everything.
func (w *writer) calendar() error {
	if err := w.look(); err != nil {
		return err
	}
	w.prepare()
	if w.out == nil {
		// About what the events need; more of it only where sessions have texts of
		// their own.
		const header, event = 700, 350
		w.b = slices.Grow(w.b, header+w.count*(event+len(w.text)+len(w.location)+len(w.last)))
	}
	o := w.options
	w.lit("BEGIN:VCALENDAR" + crlf + "VERSION:2.0" + crlf + "PRODID:" + product)
	if o.Publish {
		w.lit("METHOD:PUBLISH")
	}
	if w.count > 1 {
		// Outlook opens a file that names a calendar as a new one, which for a
		// single event nobody wants.
		name := cmp.Or(o.Name, "Clinic visits")
		w.property("NAME", name)
		w.property("X-WR-CALNAME", name)
	}
	if o.Refresh > 0 {
		w.begin("REFRESH-INTERVAL;VALUE=DURATION:")
		w.b = appendLength(w.b, o.Refresh)
		w.end()
		w.begin("X-PUBLISHED-TTL:")
		w.b = appendLength(w.b, o.Refresh)
		w.end()
	}
	switch {
	case w.local && w.changes.name != "":
		w.lines.zoneChanges(&w.changes)
	case w.local:
		w.lines.zone(&w.rule)
	}
	w.reader.each(w.options, func(e *event) bool {
		w.event(e)
		return w.flush(full)
	})
	w.lit("END:VCALENDAR")
	w.flush(0)
	return w.err
}

// flush hands more than so many octets on, and reports whether to continue.
func (w *writer) flush(most int) bool {
	if w.out == nil || w.err != nil || len(w.b) <= most {
		return w.err == nil
	}
	_, w.err = w.out.Write(w.b)
	w.b, w.start = w.b[:0], 0
	return w.err == nil
}
