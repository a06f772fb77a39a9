package schedule

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"time"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/internal/civil"
	"github.com/regimen-go/regimen/schedule/clinic"
)

// PlanFormat is the format that plan files state.
const PlanFormat = "regimen-plan/1"

// FormatPlan writes a plan as a file that [ParsePlan] makes the same plan of: what
// it was first made from, what the clinic answered, every event, and the sessions
// that follow from them. The same plan gives the same bytes.
//
// The file holds the plan's key and what is known of the patient's body. It does
// not hold the protocols, which it names by their digests.
//
// The plan of a [Record] was made from no request: FormatPlan returns nil for it.
func FormatPlan(p *Plan) []byte {
	if p.recorded() {
		return nil
	}
	b, digest := p.appendFile(nil)
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
	_, digest := p.appendFile(nil)
	return digest
}

// appendFile appends the file of the plan up to its digest, and returns that too.
func (p *Plan) appendFile(b []byte) ([]byte, string) {
	from := len(b)
	b = appendString(append(b, `{"format":`...), PlanFormat)
	b = appendString(append(b, ",\n\"protocol\":"...), p.built.Protocol.Digest().String())
	b = p.built.appendRequest(append(b, ",\n\"request\":"...))
	b = appendAnswers(append(b, ",\n\"calendar\":["...), p.calendar)
	b = append(b, "],\n\"events\":["...)
	for i, entry := range p.journal.all() {
		b = appendComma(b, i)
		b = entry.AppendJSON(b)
	}
	b = append(b, "],\n\"sessions\":["...)
	for i, s := range p.All() {
		b = appendComma(b, i)
		b = s.appendFile(b)
	}
	b = append(b, ']')
	sum := sha256.Sum256(b[from:])
	return b, "sha256:" + hex.EncodeToString(sum[:])
}

// appendComma begins the line of a list's next element.
func appendComma(b []byte, i int) []byte {
	if i > 0 {
		b = append(b, ',')
	}
	return append(b, '\n')
}

// appendFile appends what a plan file has of a session. What is zero is left out.
func (s Session) appendFile(b []byte) []byte {
	w := eventWriter{append(s.ID().append(append(b, `{"id":"`...)), '"')}
	w.text("phase", s.Phase())
	w.date("target", s.Target())
	w.date("earliest", s.Earliest())
	w.date("latest", s.Latest())
	w.date("date", s.Date())
	w.text("start", s.Start().String())
	w.text("end", s.End().String())
	w.mass("dose", s.Dose().Dose())
	w.text("state", s.State().String())
	w.number("revision", s.Revision())
	return append(w.b, '}')
}

// appendRequest appends what a plan was first made from.
func (r *Request) appendRequest(b []byte) []byte {
	w := eventWriter{appendString(append(b, `{"start":`...), civil.Format(r.Start))}
	w.date("until", r.Until)
	w.text("zone", r.location().String())
	w.text("asOf", r.AsOf.UTC().Format(time.RFC3339Nano))
	w.text("key", r.Key.String())
	w.text("shortWeek", r.ShortWeek.String())
	w.number("gridMinutes", int(r.grid()/time.Minute))
	if !r.Height.IsZero() {
		w.text("height", r.Height.String())
	}
	if r.Sex != 0 {
		w.text("sex", r.Sex.String())
	}
	if len(r.Weighings) > 0 {
		w.list("weighings", len(r.Weighings), func(i int) {
			w.object("date", civil.Format(r.Weighings[i].Date))
			w.weight("weight", r.Weighings[i].Weight)
		})
	}
	if r.plausible() != dose.Adult() {
		w.plausibility(r.plausible())
	}
	if len(r.Accepted) > 0 {
		w.list("accepted", len(r.Accepted), func(i int) {
			a := r.Accepted[i]
			w.b = appendNumber(append(w.b, `{"session":`...), a.Session)
			w.text("code", string(a.Code))
			w.text("reason", a.Reason)
			w.text("who", a.Who)
		})
	}
	nestedList(&objectFields{out: &w}, "givenBefore", &r.GivenBefore, may, (*GivenBefore).fields)
	r.Wishes.fields(&objectFields{out: &w})
	return append(w.b, '}')
}

// object begins an object with its first field.
func (w *eventWriter) object(key, value string) {
	w.b = appendString(append(append(append(w.b, `{"`...), key...), `":`...), value)
}

// list appends a list of n objects, each begun by a function.
func (w *eventWriter) list(key string, n int, begin func(i int)) {
	w.b = append(append(append(w.b, `,"`...), key...), `":[`...)
	for i := range n {
		if i > 0 {
			w.b = append(w.b, ',')
		}
		begin(i)
		w.b = append(w.b, '}')
	}
	w.b = append(w.b, ']')
}

// texts appends a list of texts, nothing where there are none.
func (w *eventWriter) texts(key string, texts []string) {
	for i, text := range texts {
		if i == 0 {
			w.b = append(append(append(w.b, `,"`...), key...), `":[`...)
		} else {
			w.b = append(w.b, ',')
		}
		w.b = appendString(w.b, text)
	}
	if len(texts) > 0 {
		w.b = append(w.b, ']')
	}
}

func (w *eventWriter) plausibility(p dose.Plausibility) {
	w.b = append(w.b, `,"plausible":{"format":1`...)
	writeLimit(w, "weight", p.Weight)
	writeLimit(w, "height", p.Height)
	writeLimit(w, "bmi", p.BMI)
	w.text("source", p.Source)
	w.b = append(w.b, '}')
}

// A bound is what limits of a body are stated in.
type bound[Q any] interface {
	dose.Weight | dose.Height | dose.BMI
	Compare(Q) int
	String() string
	IsZero() bool
}

// writeLimit writes the bounds of a limit, those that are not stated as "".
func writeLimit[Q bound[Q]](w *eventWriter, key string, l dose.Limit[Q]) {
	bounds := []Q{l.HardMin, l.SoftMin, l.SoftMax, l.HardMax}
	texts, stated := make([]string, len(bounds)), false
	for i, bound := range bounds {
		if !bound.IsZero() {
			texts[i], stated = bound.String(), true
		}
	}
	if stated {
		w.texts(key, texts)
	}
}

// appendAnswers appends what an opening answered: stretches of days with the same
// answer, days that were not asked about left out.
func appendAnswers(b []byte, t *clinic.Table) []byte {
	n := 0
	write := func(a answer) {
		if a.from == 0 {
			return
		}
		w := eventWriter{appendComma(b, n)}
		w.object("from", civil.Format(a.from))
		if a.to > a.from {
			w.text("to", civil.Format(a.to))
		}
		var hours []string
		for _, h := range a.hours {
			hours = append(hours, h.String())
		}
		w.texts("hours", hours)
		w.text("reason", a.reason)
		b = append(w.b, '}')
		n++
	}
	var last answer
	for day := range t.Days() {
		hours, reason := t.Answer(day)
		if last.from != 0 && last.to+1 == day && last.reason == reason && slices.Equal(last.hours, hours) {
			last.to = day
			continue
		}
		write(last)
		last = answer{from: day, to: day, hours: hours, reason: reason}
	}
	write(last)
	return b
}
