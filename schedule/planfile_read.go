package schedule

import (
	"strconv"
	"time"

	"github.com/rickb777/date/v2"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/internal/civil"
	"github.com/regimen-go/regimen/internal/document"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule/clinic"
)

// The codes that problems of plan files have besides those of every file.
const (
	codeDigest   = "digest"       // not the digest of what is there
	codeChanged  = "changed"      // not what follows from the request and the events
	codeRebuild  = "rebuild"      // a request or an event that gives no plan
	codeAnswers  = "answers"      // answers of a calendar out of order
	codePlanZone = "zone-differs" // not the zone that was passed in
)

// A PlanSource is what a plan file does not hold.
type PlanSource struct {
	// Protocols has the protocol that the plan was made from, and every one
	// that an event adopts or switches to, in any order.
	Protocols []*protocol.Protocol
	// Opening is asked about days that the plan has no answer for yet, when
	// events move sessions to them. Required.
	Opening clinic.Opening
	// Zone is the clinic's time zone. It must have the name that the file has.
	// It may be nil where Opening is a [*clinic.Clinic], whose zone is then taken.
	Zone *time.Location
}

// ParsePlan reads what [FormatPlan] writes and makes the plan again: from what it
// was first made from, by the answers that the clinic gave then, through every
// event. What the file has must be what that plan is written as, and its digest
// that of what it says; so a file with a byte changed, or one of another protocol,
// is refused by the place of what differs. Only white space may differ.
//
// The name is that of the file, used in positions only. The error is a
// [*FileProblems] with a [*FileProblem] for each problem.
func ParsePlan(name string, src []byte, source PlanSource) (*Plan, error) {
	doc := document.ParseRecord(name, src)
	r := planReader{source: source, eventReader: eventReader{source.Protocols}}
	read := document.Object(doc.Root(), r.plan)
	if err := doc.Err(); err != nil {
		return nil, err
	}
	p, err := read.build()
	if err != nil {
		return nil, doc.Err()
	}
	again := FormatPlan(p)
	want := document.ParseRecord(name, again)
	// What the file has must be what the plan that follows would be written as: a
	// day less that the clinic would give the same answer for is a change too.
	same(read.from, member(want.Root(), "request"))
	same(read.calendar, member(want.Root(), "calendar"))
	same(read.events, member(want.Root(), "events"))
	same(read.sessions, member(want.Root(), "sessions"))
	if read.digest.Text() != member(want.Root(), "digest").Text() {
		read.digest.Refuse(codeDigest, "the digest of what the plan says, "+member(want.Root(), "digest").Text())
	}
	if err := doc.Err(); err != nil {
		return nil, err
	}
	return p, nil
}

// member returns a member of an object.
func member(n document.Node, key string) document.Node {
	for k, v := range n.Members() {
		if k.Text() == key {
			return v
		}
	}
	return document.Node{}
}

// same refuses every value that is not the one wanted.
func same(found, want document.Node) {
	if found.Kind() != want.Kind() {
		found.Refuse(codeChanged, "what follows from the request and the events: "+want.Kind().String())
		return
	}
	switch found.Kind() {
	case document.KindObject:
		keys := map[string]bool{}
		for k, v := range found.Members() {
			keys[k.Text()] = true
			if w := member(want, k.Text()); w.Exists() {
				same(v, w)
			} else {
				k.Refuse(codeChanged, "what follows from the request and the events, which has no such key")
			}
		}
		for k := range want.Members() {
			if !keys[k.Text()] {
				found.Refuse(codeChanged, "what follows from the request and the events, which has "+k.Text()+" too")
			}
		}
	case document.KindList:
		var wanted []document.Node
		for _, w := range want.Items() {
			wanted = append(wanted, w)
		}
		n := 0
		for i, v := range found.Items() {
			if n++; i < len(wanted) {
				same(v, wanted[i])
			} else {
				v.Refuse(codeChanged, "what follows from the request and the events, which has no more")
			}
		}
		if n < len(wanted) {
			found.Refuse(codeChanged, "what follows from the request and the events, which has "+plural(len(wanted), "element"))
		}
	case document.KindNumber:
		if found.Number() != want.Number() {
			found.Refuse(codeChanged, want.Number()+", which follows from the request and the events")
		}
	case document.KindBool:
		if found.Bool() != want.Bool() {
			found.Refuse(codeChanged, strconv.FormatBool(want.Bool())+", which follows from the request and the events")
		}
	default:
		if found.Text() != want.Text() {
			found.Refuse(codeChanged, want.Text()+", which follows from the request and the events")
		}
	}
}

// planRead is what a plan file says, with the places of it.
type planRead struct {
	request                Request
	answers                []answer
	entries                []Entry
	at                     []document.Node // of the entries
	from, calendar, events document.Node
	sessions, digest       document.Node
}

// An answer is that of an opening for a stretch of days.
type answer struct {
	from, to date.Date
	hours    []clinic.Hours
	reason   string
}

// build makes the plan. What is wrong with it is a problem of the file.
func (r *planRead) build() (*Plan, error) {
	if err := r.request.check(); err != nil {
		r.from.RefuseError(&document.Reason{Code: codeRebuild, Offset: -1, Err: err})
		return nil, err
	}
	c := clinic.NewTable(r.request.Opening, r.request.location())
	for _, a := range r.answers {
		for day := a.from; day <= a.to; day++ {
			c.Know(day, a.hours, a.reason)
		}
	}
	p, err := r.request.build(c)
	if err != nil {
		r.from.RefuseError(&document.Reason{Code: codeRebuild, Offset: -1, Err: err})
		return nil, err
	}
	for i, entry := range r.entries {
		next, err := p.Apply(entry.Event, entry.AsOf)
		if err != nil {
			r.at[i].RefuseError(&document.Reason{Code: codeRebuild, Offset: -1, Err: err})
			return nil, err
		}
		p = next
	}
	return p, nil
}

type planReader struct {
	source PlanSource
	eventReader
}

func (r *planReader) plan(f *document.Fields) planRead {
	f.Required("format").OneOf(PlanFormat)
	read := planRead{from: f.Required("request")}
	read.request = document.Object(read.from, r.requestFile)
	read.request.Protocol = document.Parsed(f.Required("protocol"), r.protocol)
	before := read.request.Start - 1
	read.calendar, read.events = f.Required("calendar"), f.Required("events")
	read.answers = document.Objects(read.calendar, func(f *document.Fields) answer {
		a := r.answer(f)
		if a.from <= before || a.to < a.from {
			f.Node().Refuse(codeAnswers, "days in order, none before the start")
			return answer{from: before + 1, to: before}
		}
		before = a.to
		return a
	})
	read.entries = document.Objects(read.events, func(f *document.Fields) Entry {
		read.at = append(read.at, f.Node())
		return r.entry(f)
	})
	read.sessions, read.digest = f.Required("sessions"), f.Required("digest")
	read.digest.Text()
	return read
}

func (r *planReader) answer(f *document.Fields) answer {
	from := dateIn(f.Required("from"))
	a := answer{from: from, to: from}
	if to := f.Optional("to"); to.Exists() {
		a.to = dateIn(to)
	}
	if hours := f.Optional("hours"); hours.Exists() {
		a.hours = hoursIn(hours)
	}
	a.reason = f.Optional("reason").Text()
	return a
}

// requestFile reads the request of a plan file, which states everything.
func (r *planReader) requestFile(f *document.Fields) Request {
	for _, key := range [...]string{"zone", "shortWeek", "gridMinutes"} {
		f.Required(key)
	}
	return r.request(f)
}

// request reads a request, which may leave out what has a value that stands for
// it in a [Request].
func (r *planReader) request(f *document.Fields) Request {
	request := Request{
		Start: dateIn(f.Required("start")), Until: optionalDate(f, "until"), Opening: r.source.Opening, Zone: r.source.Zone,
		AsOf: document.Parsed(f.Required("asOf"), parseUTC), Key: document.Parsed(f.Required("key"), ParseKey),
		ShortWeek: optional(f, "shortWeek", ParseShortWeek),
		Height:    optional(f, "height", dose.ParseHeight), Sex: optional(f, "sex", dose.ParseSex),
		Weighings: document.Objects(f.Optional("weighings"), func(f *document.Fields) Weighing {
			return Weighing{Date: dateIn(f.Required("date")), Weight: textIn(f.Required("weight"), dose.ParseWeight)}
		}),
		Accepted: document.Objects(f.Optional("accepted"), func(f *document.Fields) Acceptance {
			return Acceptance{
				Session: f.Required("session").Int(1, maxPlanned), Code: Code(f.Required("code").Text()),
				Reason: f.Required("reason").Text(), Who: f.Required("who").Text(),
			}
		}),
	}
	if n := f.Optional("gridMinutes"); n.Exists() {
		request.Grid = time.Duration(n.Int(1, civil.MinutesPerDay)) * time.Minute
	}
	if n := f.Optional("plausible"); n.Exists() {
		request.Plausible = document.Object(n, plausibilityIn)
	}
	if n := f.Optional("zone"); n.Exists() {
		request.Zone = document.Parsed(n, r.zone)
	}
	nestedList(&objectFields{in: f}, "givenBefore", &request.GivenBefore, may, (*GivenBefore).fields)
	request.Wishes.fields(&objectFields{in: f})
	return request
}

// zone returns the zone that was passed in, which must have the name of the file.
func (r *planReader) zone(name string) (*time.Location, error) {
	passed := (&Request{Opening: r.source.Opening, Zone: r.source.Zone}).location()
	switch {
	case passed == nil:
		return nil, &document.Reason{Code: codePlanZone, Offset: -1, Want: "a plan file with the clinic's time zone passed in"}
	case passed.String() != name || civil.IsLocal(passed):
		return nil, &document.Reason{Code: codePlanZone, Offset: -1, Want: "the zone that was passed in, " + passed.String()}
	}
	return passed, nil
}

func plausibilityIn(f *document.Fields) dose.Plausibility {
	f.Required("format").Int(1, 1)
	return dose.Plausibility{
		Weight: limitIn(f.Optional("weight"), dose.ParseWeight), Height: limitIn(f.Optional("height"), dose.ParseHeight),
		BMI: limitIn(f.Optional("bmi"), dose.ParseBMI), Source: f.Optional("source").Text(),
	}
}

// limitIn reads the four bounds of a limit.
func limitIn[Q bound[Q]](n document.Node, parse func(string) (Q, error)) (l dose.Limit[Q]) {
	if !n.Exists() {
		return l
	}
	bounds := document.List(n, func(n document.Node) (q Q) {
		if n.Text() == "" {
			return q
		}
		return document.Parsed(n, parse)
	})
	if len(bounds) != 4 {
		n.Refuse(document.CodeValue, "four bounds: hard and soft minimum, soft and hard maximum")
		return l
	}
	return dose.Limit[Q]{HardMin: bounds[0], SoftMin: bounds[1], SoftMax: bounds[2], HardMax: bounds[3]}
}
