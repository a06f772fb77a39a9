package schedule

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"hash"
	"slices"

	"github.com/regimen-go/regimen/internal/document"
	"github.com/regimen-go/regimen/protocol"
)

// PlanFormat is the format that plan files state.
const PlanFormat = "regimen-plan/2"

// FormatPlan writes a plan as a file that [ParsePlan] reads: the protocols it was made
// from, what it was first made from, what the clinic answered, every entry, and the state
// that all that came to, with a digest of each part. The same plan gives the same bytes,
// whatever the order in which days were asked about. docs/FILES.md has the format, key by
// key.
//
// The file holds the plan's key and what is known of the patient's body.
//
// The plan of a [Record] was made from no request: FormatPlan returns nil for it.
func FormatPlan(p *Plan) []byte {
	if p.recorded() {
		return nil
	}
	b, digest := p.appendFile(p.roomForFile())
	b = appendString(append(b, ",\n\"digest\":"...), digest)
	return append(b, "}\n"...)
}

// Digest returns the digest that the plan's file ends in, "sha256:" and 64
// hexadecimal digits: plans with the same digest are the same to the byte. It
// costs what [FormatPlan] does, and is "" for the plan of a [Record].
func (p *Plan) Digest() string {
	if p.recorded() {
		return ""
	}
	_, digest := p.appendFile(p.roomForFile())
	return digest
}

// roomForFile returns room for what a file mostly needs.
func (p *Plan) roomForFile() []byte {
	const head, session, entry = 4 << 10, 320, 192
	return make([]byte, 0, head+session*len(p.slots)+entry*p.journal.len())
}

// planParts are the parts of a plan file that have a digest, in order.
func planParts() []string { return []string{"protocols", "request", "answers", "journal", "state"} }

// appendFile appends the file of the plan up to its digest, and returns that too.
func (p *Plan) appendFile(b []byte) ([]byte, string) {
	b = appendString(append(b, `{"format":`...), PlanFormat)
	b = appendNumber(append(b, ",\n\"rules\":"...), p.builtBy)
	protocols := p.distinctProtocols()
	digests, h := make([]string, 0, len(planParts())), sha256.New()
	for _, key := range planParts() {
		b = append(append(append(b, ",\n\""...), key...), `":`...)
		from := len(b)
		b = p.appendPart(b, key, protocols)
		digests = append(digests, digestOfLines(h, b[from:]))
	}
	b = append(b, ",\n\"digests\":"...)
	from := len(b)
	b = appendDigests(b, digests)
	return b, wholeDigest(PlanFormat, p.builtBy, b[from:])
}

func (p *Plan) appendPart(b []byte, key string, protocols []*protocol.Protocol) []byte {
	switch key {
	case "protocols":
		b = append(b, '[')
		for i, p := range protocols {
			b = appendComma(b, i)
			b = appendString(append(b, `{"digest":`...), p.Digest().String())
			b = append(p.AppendJSON(append(b, `,"protocol":`...)), '}')
		}
		return append(b, ']')
	case "request":
		return p.built.appendRequest(b)
	case "answers":
		return appendAnswered(b, p.calendar.Days(), p.calendar.Answer)
	case "journal":
		f := writing(append(b, '['))
		for i, n := range p.journal.notes() {
			f.out.b = appendNumber(append(appendComma(f.out.b, i), `{"rules":`...), n.rules)
			n.write(f)
			f.out.b = append(f.out.b, '}')
		}
		return append(f.out.b, ']')
	default:
		return p.appendState(b, protocols)
	}
}

// distinctProtocols returns the protocols of the plan, each once, in the order in which
// they came to hold.
func (p *Plan) distinctProtocols() (list []*protocol.Protocol) {
	for i := range p.tenures {
		t := p.tenures[i].protocol
		if !slices.ContainsFunc(list, func(p *protocol.Protocol) bool { return p.Digest() == t.Digest() }) {
			list = append(list, t)
		}
	}
	return list
}

// digestOf returns the digest of a part: of its bytes without white space between values.
func digestOf(part []byte) string {
	h := sha256.New()
	document.Compact(part, func(piece []byte) { h.Write(piece) }) // it never fails
	return digestText(h)
}

// digestOfLines returns what digestOf does of a part that this package has written: all
// white space of it are the ends of lines, which no string has. It begins h anew.
func digestOfLines(h hash.Hash, part []byte) string {
	h.Reset()
	for line := range bytes.SplitSeq(part, []byte{'\n'}) {
		h.Write(line) // it never fails
	}
	return digestText(h)
}

func digestText(h hash.Hash) string {
	var sum [sha256.Size]byte
	return textOfSum([sha256.Size]byte(h.Sum(sum[:0])))
}

func textOfSum(sum [sha256.Size]byte) string {
	var text [len("sha256:") + 2*sha256.Size]byte
	return string(hex.AppendEncode(append(text[:0], "sha256:"...), sum[:]))
}

// appendDigests appends the digests of the parts as an object.
func appendDigests(b []byte, digests []string) []byte {
	b = append(b, '{')
	for i, key := range planParts() {
		if i > 0 {
			b = append(b, ',')
		}
		b = appendString(append(appendString(b, key), ':'), digests[i])
	}
	return append(b, '}')
}

// wholeDigest returns the digest of a file: that of what it says but for its parts, which
// have digests of their own.
func wholeDigest(format string, rules int, digests []byte) string {
	var room [640]byte // as much as it is
	b := appendString(append(room[:0], `{"format":`...), format)
	b = appendNumber(append(b, `,"rules":`...), rules)
	return textOfSum(sha256.Sum256(append(append(append(b, `,"digests":`...), digests...), '}'))) // there is no white space in it
}

// appendComma begins the line of a list's next element.
func appendComma(b []byte, i int) []byte {
	if i > 0 {
		b = append(b, ',')
	}
	return append(b, '\n')
}
