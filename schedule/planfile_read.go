package schedule

import (
	"slices"
	"strconv"
	"time"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/internal/document"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule/clinic"
)

// The codes that problems of plan files have besides those of every file.
const (
	codeDigest   = "digest"       // not the digest of what is there
	codeRebuild  = "rebuild"      // a request or an event that gives no plan
	codeAnswers  = "answers"      // answers of a calendar out of order
	codePlanZone = "zone-differs" // not the zone that was passed in
	codeState    = "state"        // a state that contradicts itself or the rest
	codeTwice    = "twice"        // an id or a serial that another has
	codeUnknown  = "refers"       // what refers to nothing that is there
)

// A PlanSource is what a plan file does not hold.
type PlanSource struct {
	// Protocols are those that files name by their digests: of a plan file of format
	// 1 all that the plan was made from, adopted and switched to, in any order. A plan
	// file of format 2 has its protocols; one that is passed and has the digest of one of
	// them is taken instead, so that plans share it and show its wording.
	Protocols []*protocol.Protocol
	// Opening is asked about days that the plan has no answer for yet, when
	// events move sessions to them. Required.
	Opening clinic.Opening
	// Zone is the clinic's time zone. It may be nil where Opening is a
	// [*clinic.Clinic], whose zone is then taken. It has the name that the file has, or
	// another one of a zone whose clocks are the same, which is a finding.
	Zone *time.Location
}

// ParsePlan reads what [FormatPlan] writes: the plan as it was when it was written, in
// time that is linear in the size of the file. Nothing is planned, computed or applied
// again, and [Plan.Apply] goes on from it; whether the state is what its journal comes to
// by the present rules, [Plan.Verify] says.
//
// A file is refused where a digest is not that of what the file says, which names the
// part, and where its state contradicts itself; only white space may differ. It is never
// refused because of newer rules of the time zone, nor because the wording of a protocol
// has changed: what newer rules move is a finding, [ClockMoved].
//
// Files of format 1 are read too. They have no state: the plan is made again from the
// request through every entry, and where that gives a session another day or time than
// the file has, the file's holds and there is a finding, [FileDiffers].
//
// The name is that of the file, used in positions only. The error is a
// [*FileProblems] with a [*FileProblem] for each problem. [ParsePlanFile] gives what can
// be read of a file that is refused.
func ParsePlan(name string, src []byte, source PlanSource) (*Plan, error) {
	doc := document.ParseRecord(name, src)
	r := planReader{source: source, eventReader: eventReader{protocols: source.Protocols}}
	p := document.Object(doc.Root(), r.plan)
	if err := doc.Err(); err != nil {
		return nil, err
	}
	return p, nil
}

type planReader struct {
	source PlanSource
	eventReader
	// anyZone reports that a zone may have another name than the file has: zoneName, at
	// zoneAt.
	anyZone  bool
	open     bool // any zone will do, and none
	zoneName string
	zoneAt   document.Node
}

// plan reads a plan of any format, nil where there is none.
func (r *planReader) plan(f *document.Fields) *Plan {
	switch f.Required("format").OneOf(PlanFormat, firstPlanFormat) {
	case PlanFormat:
		return r.second(f)
	case firstPlanFormat:
		return r.first(f)
	default:
		// What else is there is not known.
		f.Known("rules", "protocol", "protocols", "request", "calendar", "answers", "events", "journal", "sessions", "state", "digests", "digest")
		return nil
	}
}

// second reads a plan of format 2.
func (r *planReader) second(f *document.Fields) *Plan {
	rules := f.Required("rules").Int(0, maxEntries)
	r.digests(f, rules)
	list := document.Objects(f.Required("protocols"), r.protocolFile)
	known := len(list) > 0
	for _, p := range list {
		known = known && p != nil
	}
	if !known {
		f.Known("request", "answers", "journal", "state")
		if n := f.Required("protocols"); len(list) == 0 && n.Kind() == document.KindList {
			n.Refuse(codeUnknown, "at least one protocol")
		}
		return nil
	}
	r.protocols = list
	for k, n := range f.Required("protocols").Items() {
		if slices.ContainsFunc(list[:k], func(p *protocol.Protocol) bool { return p.Digest() == list[k].Digest() }) {
			n.Refuse(codeTwice, "each protocol once")
		}
	}
	at := f.Required("request")
	r.anyZone = true
	request := document.Object(at, r.requestFile)
	request.Protocol = list[0]
	answers, entries, state := f.Required("answers"), f.Required("journal"), f.Required("state")
	if request.Start == 0 || request.location() == nil || request.Opening == nil {
		if request.Opening == nil {
			at.Refuse(codeRebuild, "a plan file with the clinic's opening passed in")
		}
		return nil
	}
	if err := request.check(); err != nil {
		at.RefuseError(&document.Reason{Code: codeRebuild, Offset: document.Whole, Err: err})
		return nil
	}
	p := newPlan()
	p.origin.from(request, new(dose.Adult()))
	p.builtBy, p.kept = rules, true
	calendar := clinic.NewTable(request.Opening, p.zone)
	answersIn(answers, request.Start, calendar.Know)
	s := stateReader{plan: p, protocols: list, calendar: calendar}
	s.journal(entries, r)
	if !document.Object(state, s.read) {
		return nil
	}
	r.renamed(p)
	return p
}

// digests refuses parts that have another digest than the file says.
func (r *planReader) digests(f *document.Fields, rules int) {
	at, whole := f.Required("digests"), f.Required("digest")
	var found []string
	same := true
	document.Object(at, func(stated *document.Fields) bool {
		for _, key := range planParts() {
			part, n := f.Optional(key), stated.Required(key)
			if !part.Exists() || !n.Exists() {
				same = false
				found = append(found, "")
				continue
			}
			digest := digestOf(part.Source())
			found = append(found, digest)
			if text := n.Text(); text != digest && n.Kind() == document.KindText {
				same = false
				part.Refuse(codeDigest, "what has the digest that the file says of it, "+text)
			}
		}
		return true
	})
	if !same || at.Kind() != document.KindObject {
		whole.Text()
		return
	}
	if want := wholeDigest(PlanFormat, rules, appendDigests(nil, found)); whole.Text() != want {
		whole.Refuse(codeDigest, "the digest of the format, the rules and the digests of the parts, "+want)
	}
}

// protocolFile reads a protocol of the file, nil where it is refused. One that was passed
// in and has its digest is taken instead.
func (r *planReader) protocolFile(f *document.Fields) *protocol.Protocol {
	digest, file := f.Required("digest"), f.Required("protocol")
	text := digest.Text()
	for _, p := range r.source.Protocols {
		if p != nil && p.HasDigest(text) {
			return p
		}
	}
	if file.Kind() != document.KindObject {
		document.Object(file, func(*document.Fields) bool { return false })
		return nil
	}
	p, err := protocolOf(file.Source())
	if err != nil {
		file.RefuseError(&document.Reason{Code: codeRebuild, Offset: document.Whole, Err: err})
		return nil
	}
	if !p.HasDigest(text) {
		digest.Refuse(codeDigest, "the digest of the protocol that is there, "+p.Digest().String())
		return nil
	}
	return p
}

// protocolOf reads a protocol file and compiles it.
func protocolOf(src []byte) (*protocol.Protocol, error) {
	spec, err := protocol.Parse("", src)
	if err != nil {
		return nil, err
	}
	return spec.Compile()
}

// renamed notices a zone of another name than the file has, and refuses one by which
// sessions to come would begin at other instants: that is another zone.
func (r *planReader) renamed(p *Plan) {
	if r.zoneName == "" || r.zoneName == p.zone.String() {
		return
	}
	for i := range p.notices {
		if _, was, now, ok := p.instants(&p.notices[i]); ok && !was.Equal(now) {
			r.zoneAt.Refuse(codePlanZone, "a zone that was passed in with this name or with the same clocks: by "+p.zone.String()+" what the file has at "+
				was.Format(time.RFC3339)+" would be at "+now.Format(time.RFC3339))
			return
		}
	}
	p.notices = append(p.notices, notice{
		code: ZoneRenamed, text: "the file has the time zone " + strconv.Quote(r.zoneName) + ", and was read with " + strconv.Quote(p.zone.String()),
	})
}
