package schedule

import (
	"time"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/internal/civil"
	"github.com/regimen-go/regimen/internal/document"
)

// appendRequest appends what a plan was first made from.
func (r *Request) appendRequest(b []byte) []byte {
	f := writing(append(b, '{'))
	w := f.out
	w.date("start", r.Start)
	w.date("until", r.Until)
	w.text("zone", r.location().String())
	w.b = appendInstant(appendKey(w.b, "asOf"), r.AsOf)
	w.text("key", r.Key.String())
	w.text("shortWeek", r.ShortWeek.String())
	w.number("gridMinutes", int(r.grid()/time.Minute))
	w.text("height", r.Height.String())
	if r.Sex != 0 {
		w.text("sex", r.Sex.String())
	}
	w.list("weighings", len(r.Weighings), func(i int) {
		w.object("date", civil.Format(r.Weighings[i].Date))
		w.weight("weight", r.Weighings[i].Weight)
	})
	if r.plausible() != dose.Adult() {
		w.plausibility(r.plausible())
	}
	w.list("accepted", len(r.Accepted), func(i int) {
		a := r.Accepted[i]
		w.b = appendNumber(append(w.b, `{"session":`...), a.Session)
		w.text("code", string(a.Code))
		w.text("reason", a.Reason)
		w.text("who", a.Who)
	})
	nestedList(f, "givenBefore", &r.GivenBefore, may, (*GivenBefore).fields)
	r.Wishes.fields(f)
	return append(w.b, '}')
}

// object begins an object with its first field.
func (w *eventWriter) object(key, value string) {
	w.b = appendString(appendKey(append(w.b, '{'), key), value)
}

// list appends a list of n objects, each begun by a function, nothing where there are none.
func (w *eventWriter) list(key string, n int, begin func(i int)) {
	if n == 0 {
		return
	}
	w.b = append(appendKey(w.b, key), '[')
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
			w.b = append(appendKey(w.b, key), '[')
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
		r.zoneAt = n
		request.Zone = document.Parsed(n, r.zone)
	}
	nestedList(&objectFields{in: f}, "givenBefore", &request.GivenBefore, may, (*GivenBefore).fields)
	request.Wishes.fields(&objectFields{in: f})
	return request
}

// zone returns the zone that was passed in, which must have the name of the file.
func (r *planReader) zone(name string) (*time.Location, error) {
	passed := (&Request{Opening: r.source.Opening, Zone: r.source.Zone}).location()
	if r.open {
		r.zoneName = name
		return passed, nil
	}
	switch {
	case passed == nil:
		return nil, &document.Reason{Code: codePlanZone, Offset: document.Whole, Want: "a plan file with the clinic's time zone passed in"}
	case r.anyZone && name != "" && !civil.IsLocal(passed):
		r.zoneName = name
	case passed.String() != name || civil.IsLocal(passed):
		return nil, &document.Reason{Code: codePlanZone, Offset: document.Whole, Want: "the zone that was passed in, " + passed.String()}
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
func limitIn[Q bound[Q]](n document.Node, parse func(string) (Q, error)) dose.Limit[Q] {
	if !n.Exists() {
		return dose.Limit[Q]{}
	}
	bounds := document.List(n, func(n document.Node) (q Q) {
		if n.Text() == "" {
			return q
		}
		return document.Parsed(n, parse)
	})
	if len(bounds) != 4 {
		n.Refuse(document.CodeValue, "four bounds: hard and soft minimum, soft and hard maximum")
		return dose.Limit[Q]{}
	}
	return dose.Limit[Q]{HardMin: bounds[0], SoftMin: bounds[1], SoftMax: bounds[2], HardMax: bounds[3]}
}
