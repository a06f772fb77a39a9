package schedule

import (
	"errors"
	"strings"
	"time"

	"github.com/rickb777/date/v2"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/internal/civil"
	"github.com/regimen-go/regimen/internal/document"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule/clinic"
)

// RecordFormat is the format that record files state.
const RecordFormat = "regimen-record/1"

// The codes that problems of record files have besides those of every file and
// of clinic files.
const (
	codeBeforeStart = "before-start" // a date before the first day
	codeAfterAsOf   = "after-as-of"  // a date after the last that the record knows of
	codeEmptyText   = "empty-text"   // a text that has to say something
)

// ParseRecord reads a record file, which has all that a [Record] has but the
// protocol, the opening hours and what is plausible:
//
//	{
//	  "format": "regimen-record/1",
//	  "zone": "Europe/London",
//	  "start": "2025-01-06",
//	  "until": "2025-12-31",
//	  "asOf": "2025-06-30T16:00:00Z",
//	  "weekdays": ["Mon,Wed,Fri"],
//	  "height": "175 cm",
//	  "sex": "female",
//	  "weighings": [{"date": "2025-01-06", "weight": "72 kg"}],
//	  "givenBefore": [{"date": "2024-12-20", "drug": "ketamine", "dose": "41 mg", "weight": "82 kg", "source": "ward 2"}],
//	  "decided": ["response"],
//	  "accepted": [{"session": 3, "code": "too-late", "reason": "holiday", "who": "ward 2"}],
//	  "chosen": [{"session": 3, "level": "0.75 mg/kg of actual weight", "who": "Dr", "reason": "no response"}],
//	  "given": [
//	    {"date": "2025-01-06", "start": "09:00", "end": "11:40", "dose": "36 mg", "during": "42 min"},
//	    {"date": "2025-01-08", "phase": "taper", "dose": "36 mg", "weight": "72.5 kg",
//	     "notDone": ["blood pressure"], "reason": "cuff broken", "who": "ward 2"}
//	  ],
//	  "visits": [{"name": "call", "date": "2025-01-09"}, {"name": "blood count", "date": "2025-01-10", "result": "normal", "verdict": "ok"}]
//	}
//
// Only format, zone, start, asOf and given are required, and of an entry its
// date. Entries may be in any order. Every quantity has its unit; a weight may be in
// pounds, "158.7 lb", and is then exactly 0.45359237 kg for each.
//
// The zone is what load returns for its name, as for [clinic.Parse]. The name is
// that of the file, used in positions only. Everything that is not exactly as
// above is reported at once: the error is a [*FileProblems] with a
// [*FileProblem] for each. What only the protocol can tell is left to
// [Record.Plan].
func ParseRecord(name string, src []byte, load func(name string) (*time.Location, error)) (Record, error) {
	doc := document.Parse(name, src)
	r := recordReader{load: load}
	record := document.Object(doc.Root(), r.record)
	if err := doc.Err(); err != nil {
		return Record{}, err
	}
	return record, nil
}

type recordReader struct {
	load  func(name string) (*time.Location, error)
	start date.Date
	last  date.Date // the day of the as-of, zero where that is not known
}

// zone returns the location that a name stands for.
func (r *recordReader) zone(name string) (*time.Location, error) {
	zone, want, err := civil.LoadZone(name, r.load)
	if want != "" {
		return nil, &document.Reason{Code: document.CodeZone, Want: want, Offset: document.Whole, Err: err}
	}
	return zone, nil
}

func (r *recordReader) record(f *document.Fields) Record {
	f.Required("format").OneOf(RecordFormat)
	record := Record{Zone: document.Parsed(f.Required("zone"), r.zone)}
	until := f.Optional("until")
	record.Start, record.Until = dateIn(f.Required("start")), dateIn(until)
	r.start = record.Start
	if record.Until != 0 && record.Until < r.start {
		until.Refuse(codeBeforeStart, "a day that is not before the start, "+civil.Format(r.start))
	}
	asOf := f.Required("asOf")
	record.AsOf = document.Parsed(asOf, parseInstant)
	if record.Zone != nil && !record.AsOf.IsZero() {
		if r.last = civil.Of(record.AsOf, record.Zone); r.last < r.start {
			asOf.Refuse(codeBeforeStart, "an instant that is not before the start, "+civil.Format(r.start))
			r.last = 0
		}
	}
	record.Weekdays = document.List(f.Optional("weekdays"), func(n document.Node) protocol.DaySet { return textIn(n, protocol.ParseDaySet) })
	record.Height = textIn(f.Optional("height"), dose.ParseHeight)
	record.Sex = textIn(f.Optional("sex"), dose.ParseSex)
	record.Weighings = r.weighingsIn(f.Optional("weighings"))
	nestedList(&objectFields{in: f}, "givenBefore", &record.GivenBefore, may, func(g *GivenBefore, f *objectFields) { g.weighedIn(f, parseWeight) })
	record.Decided = document.List(f.Optional("decided"), wordsIn)
	record.Accepted = document.Objects(f.Optional("accepted"), func(f *document.Fields) Acceptance {
		return Acceptance{
			Session: f.Required("session").Int(1, maxPlanned), Code: Code(wordsIn(f.Required("code"))),
			Reason: wordsIn(f.Required("reason")), Who: wordsIn(f.Required("who")),
		}
	})
	record.Chosen = document.Objects(f.Optional("chosen"), func(f *document.Fields) ChosenLevel {
		return ChosenLevel{
			Session: f.Required("session").Int(1, maxPlanned), Level: textIn(f.Required("level"), dose.ParseLevel),
			Who: wordsIn(f.Required("who")), Reason: f.Optional("reason").Text(),
		}
	})
	record.Given = r.givenIn(f.Required("given"))
	if visits := f.Optional("visits"); visits.Exists() {
		record.Visits = append([]VisitTaken{}, document.Objects(visits, func(f *document.Fields) VisitTaken {
			return VisitTaken{
				Name: wordsIn(f.Required("name")), Date: r.dayIn(f.Required("date")),
				Result: f.Optional("result").Text(), Verdict: textIn(f.Optional("verdict"), ParseVerdict),
			}
		})...)
	}
	return record
}

func (r *recordReader) weighingsIn(n document.Node) []Weighing {
	seen := make(map[date.Date]bool)
	return document.Objects(n, func(f *document.Fields) Weighing {
		on := f.Required("date")
		w := Weighing{Date: dateIn(on), Weight: textIn(f.Required("weight"), parseWeight)}
		if seen[w.Date] {
			on.Refuse(document.CodeTwice, "one weighing a day")
		}
		seen[w.Date] = w.Date != 0
		r.notAfter(on, w.Date)
		return w
	})
}

func (r *recordReader) givenIn(n document.Node) []Given {
	return document.Objects(n, func(f *document.Fields) Given {
		var g Given
		g.weighedIn(&objectFields{in: f}, parseWeight)
		r.notAfter(f.Optional("date"), g.Date)
		return g
	})
}

// dayIn reads a day on which something took place.
func (r *recordReader) dayIn(n document.Node) date.Date {
	d := dateIn(n)
	r.notAfter(n, d)
	return d
}

// notAfter refuses a day after the as-of, if that is known.
func (r *recordReader) notAfter(n document.Node, d date.Date) {
	if r.last != 0 && d > r.last {
		n.Refuse(codeAfterAsOf, "a day that is not after the as-of, "+civil.Format(r.last))
	}
}

// wordsIn reads a text that is not empty.
func wordsIn(n document.Node) string {
	s := n.Text()
	if s == "" && n.Kind() == document.KindText {
		n.Refuse(codeEmptyText, "a text that is not empty")
	}
	return s
}

func clockIn(n document.Node) clinic.TimeOfDay { return textIn(n, clinic.ParseTimeOfDay) }

// parseWeight reads a weight in kilograms or pounds. In a record each weight says
// its unit, as the scales did.
func parseWeight(s string) (dose.Weight, error) {
	if strings.HasSuffix(s, " lb") {
		return dose.ParsePounds(s)
	}
	w, err := dose.ParseWeight(s)
	if e, ok := errors.AsType[*dose.ParseError](err); ok && errors.Is(e, dose.ErrUnit) {
		unit := *e
		unit.Want = "kg or lb"
		err = &unit
	}
	return w, err
}

// parseInstant reads an instant with its offset.
func parseInstant(s string) (time.Time, error) {
	t, err := time.Parse(time.RFC3339, s)
	if err != nil || t.IsZero() {
		return time.Time{}, &document.Reason{Code: document.CodeValue, Offset: document.Whole, Want: "an instant with its offset, such as 2025-06-30T16:00:00Z"}
	}
	return t, nil
}
