package schedule

import (
	"errors"
	"iter"
	"slices"
	"strings"

	"github.com/rickb777/date/v2"

	"github.com/regimen-go/regimen/internal/civil"
	"github.com/regimen-go/regimen/internal/document"
	"github.com/regimen-go/regimen/schedule/clinic"
)

// A plan file has what a clinic answered by value: each answer once, in the order of the
// first days that had it, with the stretches of days in order. It does not depend on the
// order in which days were asked about.

// An answered is an answer with the days that have it: the positions of their first and
// last stretch.
type answered struct {
	hours       []clinic.Hours
	reason      string
	first, last int32
}

// A stretchOf is a stretch of the days of an answer, with the position of the next one.
type stretchOf struct{ from, to, next int32 }

// An answerList has answers, each once.
type answerList struct {
	list []answered
	days []stretchOf // of all of them, in order
	last int         // the position of the answer of the day before
	// at are the positions of answers by their texts, once there are more than a few. key
	// is the text of the one that is looked for.
	at  map[string]int
	key []byte
}

// fewAnswers are as many as are looked through.
const fewAnswers = 8

// add adds a day after all others.
func (l *answerList) add(day date.Date, hours []clinic.Hours, reason string) {
	if len(l.list) == 0 || !l.list[l.last].is(hours, reason) {
		l.last = l.find(hours, reason)
	}
	a, number, added := &l.list[l.last], civil.Day(day), int32(len(l.days))
	switch {
	case a.last < 0:
		a.first = added
	case l.days[a.last].to+1 == number:
		l.days[a.last].to = number
		return
	default:
		l.days[a.last].next = added
	}
	a.last = added
	l.days = append(l.days, stretchOf{from: number, to: number, next: -1})
}

func (a *answered) is(hours []clinic.Hours, reason string) bool {
	return a.reason == reason && slices.Equal(a.hours, hours)
}

// find returns the position of an answer, which is in the list then. Most clinics have a
// few answers for the days of the week and holidays, and some one for every day.
func (l *answerList) find(hours []clinic.Hours, reason string) int {
	for i := range min(fewAnswers, len(l.list)) {
		if l.list[i].is(hours, reason) {
			return i
		}
	}
	at := len(l.list)
	if at >= fewAnswers {
		if l.at == nil {
			l.at = make(map[string]int)
		}
		l.key = append(append(appendHours(l.key[:0], hours), ' '), reason...)
		if known, ok := l.at[string(l.key)]; ok {
			return known
		}
		l.at[string(l.key)] = at
	}
	l.list = append(l.list, answered{hours: hours, reason: reason, first: -1, last: -1})
	return at
}

// appendAnswered appends answers as a list of objects.
func appendAnswered(b []byte, days iter.Seq[date.Date], answer func(date.Date) ([]clinic.Hours, string)) []byte {
	const stretches = 128 // a clinic that has days off has about as many in a year
	l := answerList{list: make([]answered, 0, fewAnswers), days: make([]stretchOf, 0, stretches)}
	for day := range days {
		hours, reason := answer(day)
		l.add(day, hours, reason)
	}
	b = append(b, '[')
	for i := range l.list {
		a := &l.list[i]
		b = append(appendComma(b, i), '{')
		if len(a.hours) > 0 {
			b = append(appendHours(append(appendKey(b, "hours"), '['), a.hours), ']')
		}
		if a.reason != "" {
			b = appendString(appendKey(b, "reason"), a.reason)
		}
		b = append(l.appendDays(append(appendKey(b, "on"), '['), a), "]}"...)
	}
	return append(b, ']')
}

// appendHours appends hours as texts with commas between them.
func appendHours(b []byte, hours []clinic.Hours) []byte {
	for i, h := range hours {
		if i > 0 {
			b = append(b, ',')
		}
		b, _ = h.From.AppendText(append(b, '"'))
		b, _ = h.To.AppendText(append(b, '-'))
		b = append(b, '"')
	}
	return b
}

// appendDays appends the stretches of an answer as texts with commas between them, as
// [parseStretch] reads them.
func (l *answerList) appendDays(b []byte, a *answered) []byte {
	for at := a.first; at >= 0; at = l.days[at].next {
		if at != a.first {
			b = append(b, ',')
		}
		s := &l.days[at]
		b = civil.AppendDate(append(b, '"'), civil.Date(s.from))
		if s.to != s.from {
			b = civil.AppendDate(append(b, '/'), civil.Date(s.to))
		}
		b = append(b, '"')
	}
	return b
}

// answersIn reads what appendAnswered writes, and gives each day its answer. A day has
// one, and none is before the first.
func answersIn(list document.Node, first date.Date, know func(date.Date, []clinic.Hours, string)) {
	var known daysFrom
	document.Objects(list, func(f *document.Fields) bool {
		hours := answeredIn(f.Optional("hours"))
		reason := f.Optional("reason").Text()
		var before date.Date
		for _, n := range f.Required("on").Items() {
			s := document.Brief(n, parseStretch) // of what is refused no day is in order
			if s.From < first || s.From <= before {
				n.Refuse(codeAnswers, "days in order, none before "+civil.Format(first))
				continue
			}
			before = s.To
			for day := s.From; day <= s.To; day++ {
				if !known.add(int(day - first)) {
					n.Refuse(codeAnswers, "one answer for "+civil.Format(day))
					break
				}
				know(day, hours, reason)
			}
		}
		return true
	})
}

// daysFrom are days, each as how many it is after a first one.
type daysFrom []uint64

// add adds a day, and reports whether it was not there.
func (d *daysFrom) add(n int) bool {
	at, bit := n/64, uint64(1)<<(n%64)
	if at >= len(*d) {
		*d = append(*d, make([]uint64, at+1-len(*d))...)
	}
	was := (*d)[at]
	(*d)[at] = was | bit
	return was&bit == 0
}

// parseStretch reads a day, or the first and the last of several: "2025-01-06/2025-01-10".
func parseStretch(s string) (civil.Stretch, error) {
	from, to, several := strings.Cut(s, "/")
	first, err := ParseDate(from)
	if err != nil {
		return civil.Stretch{}, inFile(err)
	}
	last := first
	if several {
		second := len(from) + 1 // where it begins
		if last, err = ParseDate(to); err != nil {
			e, _ := errors.AsType[*ParseError](err)
			return civil.Stretch{}, &document.Reason{Code: document.CodeValue, Offset: second + e.Offset, Want: e.Want, Err: err}
		}
		if last <= first {
			return civil.Stretch{}, &document.Reason{Code: document.CodeValue, Offset: second, Want: "a last day after the first"}
		}
	}
	return civil.Stretch{From: first, To: last}, nil
}
