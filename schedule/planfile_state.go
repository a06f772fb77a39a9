package schedule

import (
	"iter"
	"slices"
	"strconv"

	"github.com/rickb777/date/v2"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/internal/civil"
	"github.com/regimen-go/regimen/internal/course"
	"github.com/regimen-go/regimen/internal/document"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule/clinic"
)

func itoa[I ~int | ~int32 | ~uint32](n I) string { return strconv.Itoa(int(n)) }

// rows appends a list of rows, each on a line of its own, where there are any.
func rows[E any](f *objectFields, key string, list iter.Seq[E], row func(*objectFields, E)) {
	n := 0
	for e := range list {
		if n == 0 {
			f.out.b = append(append(append(f.out.b, ",\n\""...), key...), `":[`...)
		}
		f.out.b = append(appendComma(f.out.b, n), '{')
		row(f, e)
		f.out.b = append(f.out.b, '}')
		n++
	}
	if n > 0 {
		f.out.b = append(f.out.b, ']')
	}
}

// read reads a list of rows, of which none keeps the fields.
func read[E any](in *document.Fields, key string, row func(*objectFields) E) []E {
	n := in.Optional(key)
	if !n.Exists() {
		return nil
	}
	f := new(objectFields)
	return document.Objects(n, func(in *document.Fields) E {
		*f = objectFields{in: in}
		return row(f)
	})
}

// appendState appends the state of the plan. Protocols are named by their positions.
func (p *Plan) appendState(b []byte, protocols []*protocol.Protocol) []byte {
	w := stateWriter{plan: p, zone: civil.ZoneOf(p.zone)}
	f := writing(append(b, '{'))
	f.instant("asOf", &p.asOf)
	numberOr(f, "serials", p.serials, 0)
	numberOr(f, "holds", p.course.Holds(), 0)
	weekdays := daySets(p.course.Weekdays())
	f.texts("weekdays", &weekdays)
	p.tenureRows(f, protocols)
	rows(f, "wished", slices.Values(p.course.Wished()), func(f *objectFields, sets []protocol.DaySet) {
		weekdays := daySets(sets)
		f.texts("weekdays", &weekdays)
	})
	rows(f, "courses", slices.Values(coursesOf(p.courses)), func(f *objectFields, s *courseSetting) { p.courseRow(f, s) })
	rows(f, "carried", slices.Values(p.carried), func(f *objectFields, c course.Carried) { carriedFields(f, &c) })
	p.known.write(f)
	rows(f, "sessions", positions(len(p.slots)), func(f *objectFields, i int) { w.slotRow(f, i) })
	rows(f, "visits", positions(len(p.visits)), func(f *objectFields, i int) { w.visitRow(f, &p.visits[i]) })
	rows(f, "given", positions(len(p.gave)), func(f *objectFields, i int) { gaveFields(f, &p.gave[i], &p.reached[i]) })
	rows(f, "once", slices.Values(onceOf(p.once)), func(f *objectFields, o *onceGiven) {
		onceFields(f, o)
		w.dose(f, "dose", o.dose)
	})
	rows(f, "doses", slices.Values(w.doses.rows), func(f *objectFields, row []byte) {
		f.out.b = append(f.out.b, row[1:len(row)-1]...)
	})
	rows(f, "chosen", pointers(p.chosen), func(f *objectFields, c *chosenDose) { c.fields(f) })
	rows(f, "decided", pointers(p.decided), func(f *objectFields, d *decision) { d.fields(f) })
	rows(f, "accepted", pointers(p.accepted.slice()), func(f *objectFields, a *Acceptance) { a.fields(f) })
	rows(f, "appointees", slices.Values(appointeesOf(p.appointees)), func(f *objectFields, a *appointee) { a.fields(f) })
	rows(f, "afterwards", pointers(p.afterwards), func(f *objectFields, a *afterAll) { a.fields(f) })
	rows(f, "unrestored", pointers(p.unrestored), func(f *objectFields, u *unrestored) { u.fields(f) })
	rows(f, "notices", pointers(slices.DeleteFunc(slices.Clone(p.notices), func(n notice) bool { return n.code == ClockMoved })), func(f *objectFields, n *notice) { n.fields(f) })
	return append(f.out.b, '}')
}

// positions yields 0 to n-1.
func positions(n int) iter.Seq[int] {
	return func(yield func(int) bool) {
		for i := range n {
			if !yield(i) {
				return
			}
		}
	}
}

// pointers yields pointers to the elements of a list.
func pointers[E any](list []E) iter.Seq[*E] {
	return func(yield func(*E) bool) {
		for i := range list {
			if !yield(&list[i]) {
				return
			}
		}
	}
}

func daySets(sets []protocol.DaySet) []string {
	var texts []string
	for _, set := range sets {
		texts = append(texts, set.String())
	}
	return texts
}

func daySetsIn(n document.Node) []protocol.DaySet {
	return document.List(n, func(n document.Node) protocol.DaySet { return textIn(n, protocol.ParseDaySet) })
}

// tenureRows writes the versions of the course.
func (p *Plan) tenureRows(f *objectFields, protocols []*protocol.Protocol) {
	rows(f, "tenures", positions(len(p.tenures)), func(f *objectFields, at int) {
		t := &p.tenures[at]
		start, until := p.course.Version(at)
		number := slices.IndexFunc(protocols, func(p *protocol.Protocol) bool { return p.Digest() == t.protocol.Digest() })
		numberOr(f, "protocol", number, -1)
		dayOr(f, "start", &start, 0)
		dayOr(f, "until", &until, 0)
		numberOr(f, "treatment", t.treatment, 0)
		numberOr(f, "gap", t.gap, 0)
		numberOr(f, "goesOnFrom", t.from, 0)
		if len(t.goOn) == 0 {
			return
		}
		b, first := append(f.key("goesOn"), '['), true
		for phase := range p.phases { // in order
			if to, ok := t.goOn[phase]; ok {
				if !first {
					b = append(b, ',')
				}
				first = false
				b = appendNumber(append(appendNumber(append(b, '['), phase), ','), to)
				b = append(b, ']')
			}
		}
		f.out.b = append(b, ']')
	})
}

// coursesOf returns the settings of the course from the first on.
func coursesOf(last *courseSetting) (list []*courseSetting) {
	for s := last; s != nil; s = s.before {
		list = append(list, s)
	}
	slices.Reverse(list)
	return list
}

func (p *Plan) courseRow(f *objectFields, s *courseSetting) {
	courseFields(f, s)
	if s.like != nil {
		numberOr(f, "like", slices.Index(coursesOf(p.courses), s.like)+1, 0)
	}
}

func courseFields(f *objectFields, s *courseSetting) {
	version := int32(s.version)
	intOr(f, "version", &version, 0, 0, 1<<16-1)
	if s.version != int(version) { // a plan that is written is shared
		s.version = int(version)
	}
	dayOr(f, "start", &s.start, 0)
	dayOr(f, "until", &s.until, 0)
	stepOf(f, "by", "item", &s.at)
}

func carriedFields(f *objectFields, c *course.Carried) {
	intOr(f, "segment", &c.Segment, 0, 0, 1<<16-1)
	intOr(f, "weeks", &c.Weeks, 0, 0, 1<<16-1)
}

// write writes what is known.
func (k *known) write(f *objectFields) {
	rows(f, "heights", pointers(k.heights.slice()), func(f *objectFields, m *measurement) { m.fields(f) })
	rows(f, "weighings", pointers(k.weighings.slice()), func(f *objectFields, w *Weighing) { w.fields(f) })
	f.out.b = f.appendObject(f.key("wishes"), k.wishes.fields)
	numberOr(f, "wishedBy", k.wishedBy, 0)
	if k.calendar.HasChanges() {
		f.out.b = appendAnswered(append(f.out.b, ",\n\"changes\":"...), k.calendar.Changes(), func(d date.Date) ([]clinic.Hours, string) {
			return k.calendar.Hours(d), k.calendar.Reason(d)
		})
	}
	rows(f, "attendance", pointers(k.attendance), func(f *objectFields, a *attendance) { a.fields(f) })
}

func (m *measurement) fields(f *objectFields) {
	dayOr(f, "date", &m.day, 0)
	parsed(f, "height", &m.height, must, dose.ParseHeight)
}

func (a *attendance) fields(f *objectFields) {
	parsed(f, "visit", &a.visit, must, ParseID)
	intOr(f, "entry", &a.entry, 0, 1, maxEntries)
	f.flag("missed", &a.missed)
	f.date("date", &a.date, may)
	f.clockOr("start", &a.start)
	f.clockOr("end", &a.end)
	f.texts("notDone", &a.notDone)
	f.text("reason", &a.reason, may)
	f.text("result", &a.result, may)
	visitVerdict(f, &a.verdict)
}

// visitVerdict is a verdict, left out where there is none.
func visitVerdict(f *objectFields, v *Verdict) {
	if f.form != nil || f.in != nil || *v != 0 {
		maybeOneOf(f, "verdict", v, ParseVerdict)
	}
}

// gaveFields are a dose that was given: what it was, the entry says.
func gaveFields(f *objectFields, g *gave, reached *dose.Level) {
	stepOf(f, "at", "item", &g.at)
	intOr(f, "by", &g.by, g.at.entry, 1, maxEntries)
	intOr(f, "serial", &g.serial, 0, 1, maxSerial)
	parsed(f, "level", reached, may, dose.ParseLevel)
}

// onceOf returns what was given once, from the first on.
func onceOf(last *onceGiven) (list []*onceGiven) {
	for o := last; o != nil; o = o.before {
		list = append(list, o)
	}
	slices.Reverse(list)
	return list
}

func onceFields(f *objectFields, o *onceGiven) {
	gaveFields(f, &o.gave, &o.level)
	askedFields(f, &o.asked, new(course.Session))
	minuteOr(f, "start", &o.start, -1)
	minuteOr(f, "end", &o.end, -1)
}

func (c *chosenDose) fields(f *objectFields) {
	intOr(f, "serial", &c.serial, 0, 1, maxSerial)
	parsed(f, "level", &c.level, must, dose.ParseLevel)
	f.text("who", &c.who, may)
	f.text("reason", &c.reason, may)
}

func (d *decision) fields(f *objectFields) {
	f.text("gate", &d.gate, must)
	intOr(f, "serial", &d.serial, 0, 1, maxSerial)
	if f.in != nil {
		d.then = textIn(f.in.Required("then"), protocol.ParseDecision)
	} else {
		f.out.text("then", d.then.String())
	}
	f.flag("open", &d.open)
	stepOf(f, "by", "item", &d.at)
	f.flag("withdrawn", &d.off)
}

// appointeesOf returns the sessions that had numbers, from the first on.
func appointeesOf(last *appointee) (list []*appointee) {
	for a := last; a != nil; a = a.before {
		list = append(list, a)
	}
	slices.Reverse(list)
	return list
}

func (a *appointee) fields(f *objectFields) {
	intOr(f, "by", &a.by, 0, 1, maxEntries)
	intOr(f, "ordinal", &a.ordinal, 0, 1, maxEntries)
	intOr(f, "serial", &a.serial, 0, 1, maxSerial)
}

func (a *afterAll) fields(f *objectFields) {
	intOr(f, "entry", &a.entry, 0, 1, maxEntries)
	intOr(f, "by", &a.by, 0, 1, maxEntries)
	parsed(f, "session", &a.session, may, ParseID)
}

func (u *unrestored) fields(f *objectFields) {
	stepOf(f, "at", "atItem", &u.at)
	stepOf(f, "by", "byItem", &u.by)
	intOr(f, "serial", &u.serial, 0, 1, maxSerial)
	parsed(f, "visit", &u.visit, may, ParseID)
}

// visitRow writes the row of a companion or a follow-up.
func (w *stateWriter) visitRow(f *objectFields, v *OtherVisit) {
	visitFields(f, v)
	utc := w.plan.visitUTC(&w.zone, v)
	utcOf(f, "utc", &utc)
	w.told(f, v.told)
}

// visitFields are what the state has of a visit.
func visitFields(f *objectFields, v *OtherVisit) {
	parsed(f, "id", &v.ID, must, ParseID)
	f.text("name", &v.Name, may)
	if f.in != nil {
		if n := f.in.Optional("kind"); n.Exists() {
			v.Kind = textIn(n, protocol.ParseVisitKind)
		}
	} else if v.Kind != 0 {
		f.out.text("kind", v.Kind.String())
	}
	oneOf(f, "role", &v.Role, ParseVisitRole)
	intOr(f, "serial", &v.serial, 0, 1, maxSerial)
	f.count("day", &v.Day, 1, may)
	f.count("number", &v.Number, 1, may)
	f.text("elsewhere", &v.Elsewhere, may)
	target := civil.Day(v.Target)
	early, late := target-civil.Day(v.Earliest), civil.Day(v.Latest)-target
	farDay(f, "target", &target)
	intOr(f, "daysBefore", &early, 0, -maxDays, maxDays)
	intOr(f, "daysAfter", &late, 0, -maxDays, maxDays)
	f.date("date", &v.Date, may)
	start, end := int16(v.Start.Minutes()), int16(-1)
	if f.in == nil {
		end = int16(v.end())
	}
	minuteOr(f, "start", &start, -1)
	minuteOr(f, "end", &end, -1)
	intOr(f, "minutes", &v.minutes, 0, 0, 1<<16-1)
	stateOr(f, "state", &v.State, 0)
	f.texts("notDone", &v.NotDone)
	f.text("reason", &v.Reason, may)
	f.text("result", &v.Result, may)
	visitVerdict(f, &v.Verdict)
	intOr(f, "revision", &v.Revision, 0, 0, maxEntries)
	intOr(f, "decidedBy", &v.decided, 0, 0, maxEntries)
	intOr(f, "by", &v.by, 0, 0, maxEntries)
	if f.in != nil {
		v.Target, v.Earliest, v.Latest = civil.Date(target), civil.Date(target-early), civil.Date(target+late)
		if v.Placed() {
			v.put(v.Date, int(start), int(end))
		}
	}
}
