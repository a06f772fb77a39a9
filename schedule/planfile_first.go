package schedule

import (
	"crypto/sha256"
	"slices"
	"strconv"
	"strings"

	"github.com/rickb777/date/v2"

	"github.com/regimen-go/regimen/internal/civil"
	"github.com/regimen-go/regimen/internal/document"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule/clinic"
)

// firstPlanFormat is the format of plan files that have no state: what the sessions are
// follows from the request, the answers and the entries by the rules of the present.
const firstPlanFormat = "regimen-plan/1"

// first reads a plan of format 1.
func (r *planReader) first(f *document.Fields) *Plan {
	r.anyZone = true
	differs := r.takeInstead(f.Node())
	at := f.Required("request")
	request := document.Object(at, r.requestFile)
	request.Protocol = document.Parsed(f.Required("protocol"), r.protocol)
	calendar, events, sessions, digest := f.Required("calendar"), f.Required("events"), f.Required("sessions"), f.Required("digest")
	answers := r.firstAnswers(calendar, request.Start)
	var places []document.Node
	entries := document.Objects(events, func(f *document.Fields) Entry {
		places = append(places, f.Node())
		return r.entry(f)
	})
	rows := document.Objects(sessions, firstRow)
	if want := firstDigest(f.Node()); digest.Text() != want {
		digest.Refuse(codeDigest, "the digest of what the file says, "+want)
	}
	if f.Failed() {
		return nil
	}
	p, err := again(&request, answers, entries, at, places)
	if err != nil {
		return nil
	}
	p.notices = append(p.notices, differs...)
	p.keepRows(rows)
	r.renamed(p)
	return p
}

// again makes the plan of a request again, through its entries. What is refused is a
// problem of the file.
func again(request *Request, answers []firstAnswer, entries []Entry, at document.Node, places []document.Node) (*Plan, error) {
	refuse := func(at document.Node, err error) error {
		at.RefuseError(&document.Reason{Code: codeRebuild, Offset: document.Whole, Err: err})
		return err
	}
	if err := request.check(); err != nil {
		return nil, refuse(at, err)
	}
	c := clinic.NewTable(request.Opening, request.location())
	for _, a := range answers {
		for day := a.from; day <= a.to; day++ {
			c.Know(day, a.hours, a.reason)
		}
	}
	p, err := request.build(c)
	if err != nil {
		return nil, refuse(at, err)
	}
	for i, entry := range entries {
		next, err := p.Apply(entry.Event, entry.AsOf)
		if err != nil {
			return nil, refuse(places[i], err)
		}
		p = next
	}
	return p, nil
}

// takeInstead takes the one protocol that was passed in and that the file does not name
// for the one digest of the file that none of them has: the file was written when the
// digest of what it says was another, or the protocol was changed since.
func (r *planReader) takeInstead(root document.Node) []notice {
	var unknown []string
	named := make(map[*protocol.Protocol]bool)
	for _, digest := range digestsNamed(root, nil) {
		known := false
		for _, p := range r.source.Protocols {
			if p != nil && p.HasDigest(digest) {
				named[p], known = true, true
			}
		}
		if !known && !slices.Contains(unknown, digest) {
			unknown = append(unknown, digest)
		}
	}
	var others []*protocol.Protocol
	for _, p := range r.source.Protocols {
		if p != nil && !named[p] && !slices.Contains(others, p) {
			others = append(others, p)
		}
	}
	if len(unknown) != 1 || len(others) != 1 {
		return nil
	}
	r.instead = map[string]*protocol.Protocol{unknown[0]: others[0]}
	return []notice{{
		code: ProtocolDiffers,
		text: "the file names the protocol " + unknown[0] + ", and was read with " + strconv.Quote(nameOf(others[0])) + ", " + others[0].Digest().String(),
	}}
}

// digestsNamed returns the digests of protocols that a file of format 1 names.
func digestsNamed(n document.Node, list []string) []string {
	switch n.Kind() {
	case document.KindObject:
		for k, v := range n.Members() {
			if k.Text() == "protocol" && v.Kind() == document.KindText {
				list = append(list, v.Text())
			} else {
				list = digestsNamed(v, list)
			}
		}
	case document.KindList:
		for _, v := range n.Items() {
			list = digestsNamed(v, list)
		}
	}
	return list
}

// A firstAnswer is that of an opening for a stretch of days, as format 1 has it.
type firstAnswer struct {
	from, to date.Date
	hours    []clinic.Hours
	reason   string
}

func (r *planReader) firstAnswers(list document.Node, start date.Date) []firstAnswer {
	before := start - 1
	return document.Objects(list, func(f *document.Fields) firstAnswer {
		from := dateIn(f.Required("from"))
		a := firstAnswer{from: from, to: from}
		if to := f.Optional("to"); to.Exists() {
			a.to = dateIn(to)
		}
		a.hours = answeredIn(f.Optional("hours"))
		a.reason = f.Optional("reason").Text()
		if a.from <= before || a.to < a.from {
			f.Node().Refuse(codeAnswers, "days in order, none before the start")
			return firstAnswer{from: before + 1, to: before}
		}
		before = a.to
		return a
	})
}

// A firstSession is what a file of format 1 has of a session.
type firstSession struct {
	id                             ID
	phase                          string
	target, earliest, latest, date date.Date
	start, end                     clinic.TimeOfDay
	dose, state                    string
	revision                       int
}

func firstRow(f *document.Fields) (s firstSession) {
	s.id = textIn(f.Required("id"), ParseID)
	s.phase = f.Required("phase").Text()
	s.target, s.earliest, s.latest = dateIn(f.Required("target")), dateIn(f.Required("earliest")), dateIn(f.Required("latest"))
	s.date = optionalDate(f, "date")
	s.start, s.end = clockIn(f.Optional("start")), clockIn(f.Optional("end"))
	s.dose = f.Optional("dose").Text()
	s.state = f.Required("state").Text()
	s.revision = f.Optional("revision").Int(0, maxEntries)
	return s
}

// firstDigest returns the digest of a file of format 1, whatever white space it has.
func firstDigest(root document.Node) string {
	b := []byte{'{'}
	n := 0
	for k, v := range root.Members() {
		if k.Text() == "digest" {
			break
		}
		if n > 0 {
			b = append(b, ",\n"...)
		}
		n++
		b = append(append(b, k.Source()...), ':')
		switch k.Text() {
		case "calendar", "events", "sessions":
			b = append(b, '[')
			if v.Kind() == document.KindList {
				for i, item := range v.Items() {
					b = document.AppendCompact(appendComma(b, i), item.Source())
				}
			}
			b = append(b, ']')
		default:
			b = document.AppendCompact(b, v.Source())
		}
	}
	return textOfSum(sha256.Sum256(b))
}

// keepRows lets sessions be as a file of format 1 has them: that is what people were
// told. No revision is below that of the file. What differs from what was made again is noticed.
func (p *Plan) keepRows(rows []firstSession) {
	p.name()
	found := make(map[ID]bool, len(rows))
	changed := false
	for k := range rows {
		row := &rows[k]
		found[row.id] = true
		i := p.named(row.id)
		if i < 0 {
			p.notices = append(p.notices, notice{code: FileDiffers, text: "the file has a session of the phase " + strconv.Quote(row.phase) + " with the target " +
				civil.Format(row.target) + ", id " + row.id.String() + ", that does not follow from its entries now"})
			continue
		}
		if s := &p.slots[i]; uint32(row.revision) > s.revision { // what calendars were sent
			s.revision, changed = uint32(row.revision), true
		}
		said := Session{p, i}
		differs := row.differs(said)
		if len(differs) == 0 {
			continue
		}
		p.notices = append(p.notices, notice{code: FileDiffers, about: row.id, text: "the file has " + strings.Join(differs, ", ") + " by the present rules"})
		changed = p.keepRow(i, row) || changed
	}
	for i := range p.slots {
		if id := p.id(i); !found[id] {
			p.notices = append(p.notices, notice{code: FileDiffers, about: id, text: "the file does not have the session, which follows from its entries now"})
		}
	}
	if !changed {
		return
	}
	p.kept, p.builtBy = true, 0 // by which rules is not known
	for _, n := range p.journal.notes() {
		n.rules = 0
	}
	e := &edit{plan: p, old: p}
	e.sort()
	p.dosePending()
	p.derive()
}

// differs says what the row has otherwise than the session, and how that is.
func (s *firstSession) differs(now Session) (list []string) {
	add := func(what, file, here string) {
		if file != here {
			list = append(list, what+" "+orNone(file)+", which is "+orNone(here))
		}
	}
	day := func(d date.Date) string {
		if d == 0 {
			return ""
		}
		return civil.Format(d)
	}
	doseText := ""
	if d := now.ordered(); !d.IsZero() {
		doseText = d.String()
	}
	add("the phase", s.phase, now.Phase())
	add("the target", day(s.target), day(now.Target()))
	add("a window from", day(s.earliest), day(now.Earliest()))
	add("a window to", day(s.latest), day(now.Latest()))
	add("the date", day(s.date), day(now.Date()))
	add("the start", s.start.String(), now.Start().String())
	add("the end", s.end.String(), now.End().String())
	add("the dose", s.dose, doseText)
	add("the state", s.state, now.State().String())
	return list
}

func orNone(text string) string {
	if text == "" {
		return "none"
	}
	return text
}

// keepRow lets a session that is to come, and has a date, be when the file has it, and
// reports whether anything changed.
func (p *Plan) keepRow(i int, row *firstSession) (changed bool) {
	s := &p.slots[i]
	state, err := ParseState(row.state)
	toCome := err == nil && (state == StatePlanned || state == StateProvisional || state == StateHeld)
	if !s.toCome() || s.left || !toCome || row.date == 0 || row.target == 0 {
		return false
	}
	was := s.placing
	s.Target, s.Earliest, s.Latest = civil.Day(row.target), civil.Day(row.earliest), civil.Day(row.latest)
	s.day, s.start, s.end = civil.Day(row.date), int16(row.start.Minutes()), int16(row.end.Minutes())
	if s.end >= 0 && s.end <= s.start {
		s.end += civil.MinutesPerDay
	}
	if s.placing == was {
		return false
	}
	if s.set != nil {
		s.set = &setting{placing: s.placing, before: s.set}
	}
	return true
}
