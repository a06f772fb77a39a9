package schedule

import (
	"bytes"
	"errors"
	"slices"

	"github.com/rickb777/date/v2"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/internal/civil"
	"github.com/regimen-go/regimen/internal/document"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule/clinic"
)

// A PlanFile is what a plan file says, as far as it can be read: for whoever must know
// what was planned and what happened, whether a plan can be made of the file or not. The
// zero PlanFile says nothing.
type PlanFile struct {
	// Format is what the file states, and Rules the number of the rules by which the plan
	// was built, 0 where it is not known.
	Format string
	Rules  int
	// Protocols are those of the file that can be compiled, in order, and for format 1
	// those that were passed in.
	Protocols []*protocol.Protocol
	// Request is what the plan was made from, with zero for what cannot be read. Zone is
	// the name of the zone that the file has.
	Request Request
	Zone    string
	// Journal has the entries that can be read. One that adopts or switches to a protocol
	// which cannot be had has none.
	Journal []Applied
	// Sessions are the rows of the sessions that can be read, in order.
	Sessions []FileSession
}

// An Applied is an entry and the number of the rules by which it was applied, 0 where
// that is not known.
type Applied struct {
	Entry
	Rules int
}

// A FileSession is what a plan file says of a session. What it does not say is zero.
type FileSession struct {
	ID ID
	// Phase is the name of the phase, "" where the protocols cannot be read, and Number
	// the number in it.
	Phase  string
	Number int
	// Target is the day that is asked for, Earliest and Latest are its window.
	Target, Earliest, Latest date.Date
	// Date is zero where there is none. End is on the next day where it is not after Start.
	Date       date.Date
	Start, End clinic.TimeOfDay
	State      State
	// Dose is what was planned.
	Dose     dose.Mass
	Revision int
}

// String returns the date or, where there is none, the target, the time, the phase, the
// state and the dose.
func (s FileSession) String() string {
	day := s.Date
	if day == 0 {
		day = s.Target
	}
	text := "no date"
	if day != 0 {
		text = dayText(day)
	}
	for _, more := range []string{s.Start.String(), s.Phase, s.State.String()} {
		if more != "" {
			text += " " + more
		}
	}
	if !s.Dose.IsZero() {
		text += " " + s.Dose.String()
	}
	return text
}

// ParsePlanFile reads what there is of a plan file of any format, also where [ParsePlan]
// refuses it: a part that is damaged, a protocol that does not compile any more, an entry
// that names nothing. Of a file that ends too early, or that is no JSON from somewhere
// on, it reads what is before that. Nothing of the source is required.
//
// The error is why ParsePlan refuses the file, nil where it does not: what is wrong, and
// where.
func ParsePlanFile(name string, src []byte, source PlanSource) (PlanFile, error) {
	_, err := ParsePlan(name, src, source)
	doc := document.ParseRecord(name, src)
	if doc.Root().Kind() != document.KindObject {
		doc = document.ParseRecord(name, sound(src, doc.Err()))
	}
	o := planOpener{planReader: planReader{source: source, eventReader: eventReader{protocols: source.Protocols}, anyZone: true, open: true}}
	if doc.Root().Kind() != document.KindObject {
		return PlanFile{}, err
	}
	return document.Object(doc.Root(), o.file), err
}

// sound returns what of a file that is no JSON from somewhere on could be read: up to the
// last row that ends before that, with everything closed that is open there.
func sound(src []byte, err error) []byte {
	if problems, ok := errors.AsType[*document.Problems](err); ok {
		for _, p := range problems.Kept() {
			if p.Offset > 0 { // they are in order
				src = src[:min(len(src), p.Offset)]
			}
		}
	}
	var open, at []byte // what is open now, and where the last value ended
	end := 0
	// A part may be cut short; half a row would say what is not so.
	note := func(i int) {
		if len(open) <= 2 || !bytes.ContainsRune(open[2:], '}') {
			end, at = i, append(at[:0], open...)
		}
	}
scan:
	for i := 0; i < len(src); i++ {
		switch src[i] {
		case '"':
			for i++; i < len(src) && src[i] != '"'; i++ {
				if src[i] == '\\' {
					i++
				}
			}
		case '{':
			open = append(open, '}')
		case '[':
			open = append(open, ']')
			note(i + 1)
		case '}', ']':
			last := len(open) - 1
			if last < 0 || open[last] != src[i] {
				break scan
			}
			open = open[:last]
			note(i + 1)
		case ',':
			note(i)
		}
	}
	slices.Reverse(at)
	return append(slices.Clip(src[:end]), at...)
}

// A planOpener reads what there is of a plan file. What is wrong is for ParsePlan to say.
type planOpener struct{ planReader }

// every reads the objects of a list, as far as it is one.
func every(n document.Node, read func(*document.Fields)) {
	for _, item := range n.Items() {
		if item.Kind() == document.KindObject {
			document.Object(item, func(f *document.Fields) bool {
				read(f)
				return true
			})
		}
	}
}

func (o *planOpener) file(f *document.Fields) (file PlanFile) {
	file.Format = f.Optional("format").Text()
	if file.Format == firstPlanFormat {
		o.takeInstead(f.Node())
		file.Protocols = o.source.Protocols
	} else {
		file.Rules = whole(f.Optional("rules"))
		every(f.Optional("protocols"), func(f *document.Fields) {
			if p := o.protocolFile(f); p != nil {
				file.Protocols = append(file.Protocols, p)
			}
		})
		o.protocols = append(slices.Clip(o.protocols), file.Protocols...)
	}
	if n := f.Optional("request"); n.Kind() == document.KindObject {
		file.Request = document.Object(n, o.request)
		file.Zone = o.zoneName
	}
	switch n := f.Optional("protocol"); {
	case n.Kind() == document.KindText:
		file.Request.Protocol, _ = o.protocol(n.Text())
	case len(file.Protocols) > 0:
		file.Request.Protocol = file.Protocols[0]
	}
	for _, key := range [...]string{"events", "journal"} {
		every(f.Optional(key), func(f *document.Fields) {
			if entry := o.entry(f); entry.Event.What != nil {
				file.Journal = append(file.Journal, Applied{Entry: entry, Rules: whole(f.Optional("rules"))})
			}
		})
	}
	every(f.Optional("sessions"), func(f *document.Fields) { file.Sessions = append(file.Sessions, firstRow(f).opened()) })
	if n := f.Optional("state"); n.Kind() == document.KindObject {
		document.Object(n, func(f *document.Fields) bool {
			file.Sessions = o.sessions(f, file.Protocols)
			return true
		})
	}
	return file
}

// whole returns a whole number, 0 for anything else.
func whole(n document.Node) int {
	if n.Kind() != document.KindNumber {
		return 0
	}
	return n.Int(0, maxEntries)
}

// sessions reads the rows of the sessions of a state.
func (o *planOpener) sessions(f *document.Fields, protocols []*protocol.Protocol) (list []FileSession) {
	var phases []string
	every(f.Optional("tenures"), func(f *document.Fields) {
		if at := whole(f.Optional("protocol")); at < len(protocols) {
			for _, phase := range protocols[at].Phases() {
				phases = append(phases, phase.Name)
			}
		}
	})
	var doses []dose.Mass
	every(f.Optional("doses"), func(f *document.Fields) {
		doses = append(doses, optional(f, "dose", dose.ParseMass))
	})
	every(f.Optional("sessions"), func(f *document.Fields) {
		s, base := placing{}, noPlacing()
		placingFields(&objectFields{in: f}, &s, &base)
		row := FileSession{
			ID: textIn(f.Optional("id"), ParseID), Number: int(s.Number), State: s.state, Revision: whole(f.Optional("revision")),
			Target: civil.Date(s.Target), Earliest: civil.Date(s.Earliest), Latest: civil.Date(s.Latest),
		}
		switch {
		case s.left:
			row.State = StateLeftOut
		case row.State == 0:
			row.State = StatePlanned
		}
		if !s.left && s.day != 0 {
			row.Date, row.Start, row.End = civil.Date(s.day), timeOf(s.start), timeOf(s.end)
		}
		if int(s.Phase) < len(phases) {
			row.Phase = phases[s.Phase]
		}
		if at := whole(f.Optional("dose")); at > 0 && at <= len(doses) {
			row.Dose = doses[at-1]
		}
		list = append(list, row)
	})
	return list
}

// opened returns what a file of format 1 has of a session.
func (s firstSession) opened() FileSession {
	row := FileSession{
		ID: s.id, Phase: s.phase, Target: s.target, Earliest: s.earliest, Latest: s.latest, Date: s.date, Start: s.start, End: s.end, Revision: s.revision,
	}
	row.State, _ = ParseState(s.state)
	row.Dose, _ = dose.ParseMass(s.dose)
	return row
}
