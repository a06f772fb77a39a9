package schedule

import (
	"math"
	"slices"

	"github.com/rickb777/date/v2"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/internal/civil"
	"github.com/regimen-go/regimen/internal/course"
	"github.com/regimen-go/regimen/internal/document"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule/clinic"
)

// A stateReader reads the journal and the state of a plan file. What one part of them
// says of another it holds against that: a state that could not be is refused by the
// place, also where somebody has made the digests true again.
type stateReader struct {
	plan      *Plan
	protocols []*protocol.Protocol
	calendar  *clinic.Table
	doses     []plannedDose
	rows      []slotAt
	named     []namedAt      // what entries name
	serials   map[uint32]int // the positions of sessions
	visits    map[ID]bool    // those that there are
	visitsUTC []int32        // by which offset from UTC people were told of each
	sessions  map[ID]uint32  // the serials of sessions
	notes     []*note        // of the journal
	inner     objectFields
}

// fields returns the fields of an object, in the same memory for all: they are read before
// those of any object within it.
func (r *stateReader) fields(in *document.Fields) *objectFields {
	r.inner = objectFields{in: in}
	return &r.inner
}

// A slotAt is where the row of a session is.
type slotAt struct {
	node, id document.Node
	utc      int32
}

// A namedAt is a session that an entry names, and where.
type namedAt struct {
	node document.Node
	ids  []ID
}

// journal reads the entries.
func (r *stateReader) journal(list document.Node, from *planReader) {
	p := r.plan
	last := p.built.AsOf
	document.Objects(list, func(f *document.Fields) bool {
		rules := f.Required("rules").Int(0, maxEntries)
		entry, ids := from.entryNaming(f)
		corrects := false
		switch c := entry.Event.What.(type) {
		case nil:
			return false
		case Corrected:
			corrects = r.corrects(f.Node(), c)
		default:
			if entry.AsOf.Before(last) {
				f.Node().Refuse(codeState, "an entry that is not as of before the one before it")
			}
		}
		last = entry.AsOf
		if p.journal.load(entry, rules) {
			f.Required("id").Refuse(codeTwice, "an id of its own")
			return false
		}
		if corrects {
			p.corrections = append(p.corrections, int32(p.journal.len()))
		}
		if len(ids) > 0 {
			r.named = append(r.named, namedAt{f.Node(), ids})
		}
		return true
	})
	r.notes = p.journal.notes()
	p.words = p.journal.words(p.corrections)
}

// required refuses a value that has to be there and to be something.
func required(in *document.Fields, key, want string) {
	if n := in.Required(key); n.Exists() {
		n.Refuse(codeState, want)
	}
}

// corrects refuses a correction of what is not before it.
func (r *stateReader) corrects(at document.Node, c Corrected) bool {
	for _, correction := range c.all() {
		if r.plan.journal.note(correction.Of) == nil {
			at.Refuse(codeUnknown, "a correction of an entry before it: there is none with the id "+document.Cut(correction.Of))
			return false
		}
	}
	return true
}

// read reads the state into the plan, and reports whether there is one.
func (r *stateReader) read(f *document.Fields) bool {
	p := r.plan
	p.asOf = document.Parsed(f.Required("asOf"), parseUTC)
	out := &objectFields{in: f}
	intOr(out, "serials", &p.serials, 0, 1, maxSerial)
	if !r.course(f, out) {
		f.Known("courses", "carried", "heights", "weighings", "wishes", "wishedBy", "changes", "attendance", "sessions", "visits", "given", "once", "doses",
			"chosen", "decided", "accepted", "appointees", "afterwards", "unrestored", "notices", "wished")
		return false
	}
	p.carried = read(f, "carried", func(f *objectFields) (c course.Carried) {
		carriedFields(f, &c)
		return c
	})
	r.known(f, out)
	p.rule()
	r.doses = document.List(f.Optional("doses"), func(n document.Node) plannedDose {
		d := document.Object(n, r.doseRow)
		if d.workedDose == nil { // it is no object, and refused
			d.workedDose = new(workedDose)
		}
		return d
	})
	p.doses.tail = r.doses
	p.slots = document.List(f.Optional("sessions"), func(n document.Node) slot {
		r.rows = append(r.rows, slotAt{node: n})
		return document.Object(n, r.slot)
	})
	r.index()
	p.visits = read(f, "visits", func(f *objectFields) OtherVisit { return r.visit(f) })
	r.given(f)
	p.chosen = read(f, "chosen", func(f *objectFields) (c chosenDose) {
		c.fields(f)
		r.serial(f.in.Node(), c.serial)
		return c
	})
	p.decided = read(f, "decided", func(f *objectFields) (d decision) {
		d.fields(f)
		r.step(f.in.Node(), d.at)
		r.serial(f.in.Node(), d.serial)
		return d
	})
	p.accepted = sharing(read(f, "accepted", func(f *objectFields) (a Acceptance) {
		a.fields(f)
		return a
	}))
	for _, a := range read(f, "appointees", func(f *objectFields) (a appointee) {
		a.fields(f)
		r.entry(f.in.Node(), a.by)
		return a
	}) {
		a.before = p.appointees
		p.appointees = &a
	}
	p.afterwards = read(f, "afterwards", func(f *objectFields) (a afterAll) {
		a.fields(f)
		r.entry(f.in.Node(), a.entry)
		r.entry(f.in.Node(), a.by)
		return a
	})
	p.unrestored = read(f, "unrestored", func(f *objectFields) (u unrestored) {
		u.fields(f)
		r.step(f.in.Node(), u.at)
		r.step(f.in.Node(), u.by)
		return u
	})
	p.notices = read(f, "notices", func(f *objectFields) (n notice) {
		n.fields(f)
		return n
	})
	r.refersTo()
	return r.derive(f)
}

// course reads the course, and reports whether there is one.
func (r *stateReader) course(f *document.Fields, out *objectFields) bool {
	p := r.plan
	var versions []course.Version
	var phases []int // how many each has
	held := 0        // how many protocols have held
	p.tenures = read(f, "tenures", func(f *objectFields) (t tenure) {
		var number int
		var v course.Version
		intOr(f, "protocol", &number, -1, 0, len(r.protocols)-1)
		dayOr(f, "start", &v.Start, 0)
		dayOr(f, "until", &v.Until, 0)
		intOr(f, "treatment", &t.treatment, 0, 0, maxEntries)
		intOr(f, "gap", &t.gap, 0, 0, longestGap)
		intOr(f, "goesOnFrom", &t.from, 0, 0, max(0, len(versions)-1))
		switch {
		case number < 0:
			f.in.Required("protocol")
			number = 0
		case number > held:
			f.in.Required("protocol").Refuse(codeState, "protocols in the order in which they came to hold, of which the next is "+itoa(held))
		case number == held:
			held++
		}
		if v.Start == 0 {
			required(f.in, "start", "a day")
		}
		t.protocol = r.protocols[number]
		v.Protocol = t.protocol
		if n := f.in.Optional("goesOn"); n.Exists() {
			t.goOn = goOnIn(n)
		}
		versions, phases = append(versions, v), append(phases, phasesOf(t.protocol))
		return t
	})
	holds := 0
	intOr(out, "holds", &holds, 0, 0, max(0, len(versions)-1))
	weekdays := daySetsIn(f.Optional("weekdays"))
	wished := read(f, "wished", func(f *objectFields) []protocol.DaySet { return daySetsIn(f.in.Optional("weekdays")) })
	switch tenures := f.Required("tenures"); {
	case len(p.tenures) == 0:
		tenures.Refuse(codeState, "at least one")
		return false
	case len(versions) < len(p.tenures) || slices.ContainsFunc(versions, func(v course.Version) bool { return v.Start == 0 }):
		return false // which was refused
	case held < len(r.protocols):
		tenures.Refuse(codeState, "one of each protocol, "+itoa(len(r.protocols)))
		return false
	case len(wished) > course.MaxWishes:
		f.Optional("wished").Refuse(codeState, "at most "+itoa(course.MaxWishes)+" times that weekdays were asked for before")
		return false
	}
	total := 0
	for at, n := range phases {
		for from, to := range p.tenures[at].goOn {
			if from >= total || to < total || to >= total+n {
				f.Optional("tenures").Refuse(codeState, "phases that go on with those before them")
				return false
			}
		}
		total += n
	}
	for _, sets := range append(wished, weekdays) {
		if err := protocol.CheckWeekdays(sets); err != nil {
			f.Node().RefuseError(&document.Reason{Code: codeState, Offset: document.Whole, Err: err})
			return false
		}
	}
	p.course = course.Kept(versions, holds, weekdays, wished)
	p.protocol = p.tenures[holds].protocol
	var list []*courseSetting
	for k, n := range f.Optional("courses").Items() {
		s := document.Object(n, func(in *document.Fields) *courseSetting {
			f, s := &objectFields{in: in}, new(courseSetting)
			courseFields(f, s)
			like := int32(0)
			intOr(f, "like", &like, 0, 0, k)
			if s.version >= len(versions) {
				in.Node().Refuse(codeState, "a version that there is")
				s.version = 0
			}
			s.protocol = p.tenures[s.version].protocol
			if k > 0 && k <= len(list) {
				s.before = list[k-1]
			}
			if like > 0 && int(like) <= len(list) {
				s.like = list[like-1]
			}
			r.step(in.Node(), s.at)
			return s
		})
		if s == nil {
			return false
		}
		list = append(list, s)
		p.courses = s
	}
	return true
}

// phasesOf returns how many phases a protocol has.
func phasesOf(p *protocol.Protocol) (n int) {
	for range p.Phases() {
		n++
	}
	return n
}

// goOnIn reads pairs of phases.
func goOnIn(n document.Node) map[int]int {
	goOn := make(map[int]int)
	for _, pair := range n.Items() {
		if ends := document.List(pair, func(n document.Node) int { return n.Int(0, 1<<16-1) }); len(ends) == 2 {
			goOn[ends[0]] = ends[1]
		} else {
			pair.Refuse(codeState, "a phase and the one that goes on with it")
		}
	}
	return goOn
}

// known reads what is known.
func (r *stateReader) known(f *document.Fields, out *objectFields) {
	p := r.plan
	p.known = known{height: p.built.Height, calendar: r.calendar, since: p.start}
	heights := read(f, "heights", func(f *objectFields) (m measurement) {
		m.fields(f)
		if m.day == 0 {
			required(f.in, "date", "a day")
		}
		return m
	})
	weighings := read(f, "weighings", func(f *objectFields) (w Weighing) {
		w.fields(f)
		return w
	})
	if !slices.IsSortedFunc(heights, func(a, b measurement) int { return int(a.day - b.day) }) {
		f.Optional("heights").Refuse(codeState, "heights in the order of their dates")
	}
	if !slices.IsSortedFunc(weighings, func(a, b Weighing) int { return int(a.Date - b.Date) }) {
		f.Optional("weighings").Refuse(codeState, "weighings in the order of their dates")
	}
	p.heights, p.weighings, p.atSessions = sharing(heights), sharing(weighings), atSessions(weighings)
	p.wishes = document.Object(f.Required("wishes"), func(in *document.Fields) (w Wishes) {
		w.fields(&objectFields{in: in})
		return w
	})
	// What was recorded later may begin on the day of an absence that was known.
	wished := p.wishes
	wished.Absences = nil
	var errs requestErrors
	for _, a := range p.wishes.Absences {
		errs.stretch("Absences", a.From, a.last())
	}
	wished.check(&errs)
	if err := errs.err(); err != nil {
		f.Optional("wishes").RefuseError(&document.Reason{Code: codeState, Offset: document.Whole, Err: err})
	}
	intOr(out, "wishedBy", &p.wishedBy, 0, 0, maxEntries)
	r.entry(f.Node(), p.wishedBy)
	if n := f.Optional("changes"); n.Exists() {
		answersIn(n, p.start, func(d date.Date, hours []clinic.Hours, reason string) {
			if r.calendar.Known(d) {
				r.calendar.Change(d, hours, reason)
			} else {
				n.Refuse(codeUnknown, "days that the clinic has answered for, not "+civil.Format(d))
			}
		})
	}
	p.attendance = read(f, "attendance", func(f *objectFields) (a attendance) {
		a.fields(f)
		r.entry(f.in.Node(), a.entry)
		if !a.missed && a.date == 0 {
			f.in.Required("date")
		}
		return a
	})
	r.calendar.Freeze()
}

// index finds sessions by their serials and ids.
func (r *stateReader) index() {
	p := r.plan
	r.serials, r.sessions = make(map[uint32]int, len(p.slots)), make(map[ID]uint32, len(p.slots))
	for i := range p.slots {
		s, at := &p.slots[i], &r.rows[i]
		r.phase(at.node, s.Phase)
		r.step(at.node, s.made)
		r.entry(at.node, s.by)
		if _, twice := r.serials[s.serial]; twice || s.serial == 0 || s.serial > p.serials {
			at.node.Refuse(codeTwice, "a serial of its own, 1 to "+itoa(p.serials))
			continue
		}
		r.serials[s.serial] = i
		id := sessionID(p.request.Key, s.serial)
		r.sessions[id] = s.serial
		var text [idLength]byte
		if !at.id.Says(string(id.append(text[:0]))) && at.id.Kind() == document.KindText {
			at.id.Refuse(codeState, "the id that follows from the key of the plan and the serial, "+id.String())
		}
		r.sound(at.node, s)
	}
}

// sound refuses a session that could not be.
func (r *stateReader) sound(at document.Node, s *slot) {
	switch {
	case s.Target == 0:
		at.Refuse(codeState, "a session with a target")
	case s.day == 0 && (s.pending() || s.state == StateGiven):
		at.Refuse(codeState, "a session with a date")
	case s.state != 0 && s.state != StateGiven && s.state != StateMissed && s.state != StateCancelled && s.state != StateHeld:
		at.Refuse(codeState, "given, missed, cancelled, held or none as the state of a session")
	case s.dose >= 0 && r.doses[s.dose].phase != s.Phase:
		at.Refuse(codeState, "a dose of the session's phase")
	case s.end >= 0 && s.start < 0 && (s.pending() || s.state == StateHeld): // what was recorded may lack its start, also once that is withdrawn
		at.Refuse(codeState, "a start where there is an end")
	}
}

// visit reads the row of a companion or a follow-up.
func (r *stateReader) visit(f *objectFields) (v OtherVisit) {
	visitFields(f, &v)
	utc := noUTC
	utcOf(f, "utc", &utc)
	v.told = r.told(f.in, v.by, uint32(v.Revision))
	at := f.in.Node()
	r.entry(at, v.by)
	r.entry(at, v.decided)
	r.serial(at, v.serial)
	if r.visits == nil {
		r.visits = make(map[ID]bool)
	}
	if r.visits[v.ID] {
		at.Refuse(codeTwice, "an id of its own")
	}
	r.visits[v.ID] = true
	switch v.State {
	case 0, StateGiven, StateLeftOut:
		required(f.in, "state", "planned, provisional, held, done, missed or cancelled as the state of a visit")
	}
	if i, ok := r.serials[v.serial]; ok {
		v.Session, v.SessionID = i+1, sessionID(r.plan.request.Key, v.serial)
	}
	r.visitsUTC = append(r.visitsUTC, utc)
	return v
}

// given reads what was given and what once was.
func (r *stateReader) given(f *document.Fields) {
	p := r.plan
	list := f.Optional("given")
	room := list.Len()
	p.given, p.gave, p.reached = slices.Grow(p.given, room), slices.Grow(p.gave, room), slices.Grow(p.reached, room)
	for _, n := range list.Items() {
		document.Object(n, func(in *document.Fields) bool {
			var g gave
			var level dose.Level
			gaveFields(r.fields(in), &g, &level)
			i, known := r.serials[g.serial]
			what, ok := r.givenBy(g.at)
			switch {
			case !r.step(n, g.at) || !r.entry(n, g.by):
			case !ok:
				n.Refuse(codeUnknown, "an entry that says what was given")
			case !known || p.slots[i].state != StateGiven || p.slots[i].given > 0:
				n.Refuse(codeState, "a session that was given, once")
			case len(p.given) == math.MaxUint16:
				n.Refuse(codeState, "at most 65535 doses")
			default:
				p.given, p.gave, p.reached = append(p.given, what.summed()), append(p.gave, g), append(p.reached, level)
				p.slots[i].given = uint16(len(p.given))
			}
			return true
		})
	}
	for i := range p.slots {
		if s := &p.slots[i]; s.state == StateGiven && s.given == 0 {
			r.rows[i].node.Refuse(codeState, "what was given at a session that was")
		}
	}
	for _, n := range f.Optional("once").Items() {
		document.Object(n, func(in *document.Fields) bool {
			o := &onceGiven{before: p.once}
			onceFields(&objectFields{in: in}, o)
			o.dose = r.dose(in)
			r.step(n, o.at)
			r.entry(n, o.by)
			r.serial(n, o.serial)
			r.phase(n, o.asked.Phase)
			p.once = o
			return true
		})
	}
}

// givenBy returns what a step says that was given, as it holds.
func (r *stateReader) givenBy(at step) (Given, bool) {
	if at.entry < 1 || int(at.entry) > len(r.notes) {
		return Given{}, false
	}
	what := r.notes[at.entry-1].Event.What
	if c, ok := what.(Corrected); ok {
		if list := c.all(); int(at.item) < len(list) {
			g, ok := list[at.item].Instead.(Given)
			return g, ok
		}
		return Given{}, false
	}
	if said, corrected := r.plan.words[at.entry]; corrected {
		what = said.instead
	}
	g, ok := what.(Given)
	return g, ok
}

// entry refuses the number of an entry that there is not.
func (r *stateReader) entry(at document.Node, number int32) bool {
	if int(number) <= r.plan.journal.len() {
		return true
	}
	at.Refuse(codeUnknown, "the numbers of entries of the journal, up to "+itoa(r.plan.journal.len())+", not "+itoa(number))
	return false
}

// step refuses a step of an entry that there is not.
func (r *stateReader) step(at document.Node, s step) bool {
	if !r.entry(at, s.entry) {
		return false
	}
	items := 1
	if s.entry > 0 {
		if c, ok := r.notes[s.entry-1].Event.What.(Corrected); ok {
			items = len(c.all())
		}
	}
	if int(s.item) < items {
		return true
	}
	at.Refuse(codeUnknown, "what an entry corrects, up to "+itoa(items-1)+", not "+itoa(s.item))
	return false
}

// serial refuses the serial of a session that there is not, other than 0.
func (r *stateReader) serial(at document.Node, serial uint32) {
	if _, known := r.serials[serial]; !known && serial > 0 {
		at.Refuse(codeUnknown, "the serial of a session, not "+itoa(serial))
	}
}

// phase refuses a phase that the protocols do not have.
func (r *stateReader) phase(at document.Node, phase uint16) {
	if int(phase) >= len(r.plan.course.Phases) {
		at.Refuse(codeUnknown, "a phase of the protocols, 0 to "+itoa(len(r.plan.course.Phases)-1))
	}
}

// refersTo refuses entries that name sessions which there are not.
func (r *stateReader) refersTo() {
	for _, n := range r.named {
		for _, id := range n.ids {
			if _, ok := r.sessions[id]; !ok {
				n.node.Refuse(codeUnknown, "sessions that the plan has, not "+id.String())
			}
		}
	}
}

// derive makes what follows from the state, and reports whether it could.
func (r *stateReader) derive(f *document.Fields) bool {
	p := r.plan
	at := f.Optional("sessions")
	switch {
	case f.Failed():
		return false
	case int(p.serials) != len(p.slots) || len(p.slots) > maxPlanned:
		f.Node().Refuse(codeState, "as many serials as there are sessions, "+itoa(len(p.slots))+", and at most "+itoa(maxPlanned))
		return false
	case !slices.IsSorted(p.order()):
		at.Refuse(codeState, "sessions in the order of their days, what is to come after what was given")
		return false
	}
	if last := p.journal.last; last != nil && !last.AsOf.Equal(p.asOf) || last == nil && !p.asOf.Equal(p.built.AsOf) {
		f.Optional("asOf").Refuse(codeState, "the instant of the last entry or, without entries, that of the request")
		return false
	}
	p.idsBySerial = make([]ID, p.serials)
	for id, serial := range r.sessions {
		p.idsBySerial[serial-1] = id
	}
	p.derive()
	zone := civil.NewZone(p.zone)
	for i := range p.slots {
		if s := &p.slots[i]; s.toCome() && !s.left {
			p.noticeClock(zone, p.id(i), s.day, s.start, r.rows[i].utc)
		}
	}
	for i := range p.visits {
		if v := &p.visits[i]; v.Placed() {
			p.noticeClock(zone, v.ID, civil.Day(v.Date), int16(v.Start.Minutes()), r.visitsUTC[i])
		}
	}
	return true
}
