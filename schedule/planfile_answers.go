package schedule

import (
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

// An answered is an answer with the days that have it.
type answered struct {
	hours  []clinic.Hours
	reason string
	days   []civil.Stretch
}

// An answerList has answers, each once.
type answerList struct {
	list []answered
	at   map[string]int
	last int    // the position of the answer of the day before
	key  []byte // of the one that is looked for
}

// add adds a day after all others.
func (l *answerList) add(day date.Date, hours []clinic.Hours, reason string) {
	same := func(a *answered) bool { return a.reason == reason && slices.Equal(a.hours, hours) }
	if len(l.list) == 0 || !same(&l.list[l.last]) {
		l.last = l.find(hours, reason)
	}
	a := &l.list[l.last]
	if last := len(a.days) - 1; last >= 0 && a.days[last].To+1 == day {
		a.days[last].To = day
	} else {
		a.days = append(a.days, civil.Stretch{From: day, To: day})
	}
}

// find returns the position of an answer, which is in the list then.
func (l *answerList) find(hours []clinic.Hours, reason string) int {
	if l.at == nil {
		l.at = make(map[string]int)
	}
	l.key = append(append(appendHours(l.key[:0], hours), ' '), reason...)
	at, known := l.at[string(l.key)]
	if !known {
		at = len(l.list)
		l.at[string(l.key)] = at
		const stretches = 16 // a clinic that has days off has as many in some months
		l.list = append(l.list, answered{hours: hours, reason: reason, days: make([]civil.Stretch, 0, stretches)})
	}
	return at
}

// appendAnswered appends answers as a list of objects.
func appendAnswered(b []byte, days iter.Seq[date.Date], answer func(date.Date) ([]clinic.Hours, string)) []byte {
	var l answerList
	for day := range days {
		hours, reason := answer(day)
		l.add(day, hours, reason)
	}
	b = append(b, '[')
	for i, a := range l.list {
		b = appendComma(b, i)
		b = append(b, '{')
		if len(a.hours) > 0 {
			b = append(appendHours(append(appendKey(b, "hours"), '['), a.hours), ']')
		}
		if a.reason != "" {
			b = appendString(appendKey(b, "reason"), a.reason)
		}
		b = append(appendDays(append(appendKey(b, "on"), '['), a.days), "]}"...)
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

// appendDays appends stretches as texts with commas between them, as [parseStretch] reads
// them.
func appendDays(b []byte, days []civil.Stretch) []byte {
	for i, s := range days {
		if i > 0 {
			b = append(b, ',')
		}
		b = civil.AppendDate(append(b, '"'), s.From)
		if s.To != s.From {
			b = civil.AppendDate(append(b, '/'), s.To)
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
		var hours []clinic.Hours
		if n := f.Optional("hours"); n.Exists() {
			hours = hoursIn(n)
			if err := clinic.CheckHours(hours); err != nil {
				n.Refuse(document.CodeValue, err.Want)
				hours = nil
			}
		}
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
		if last, err = ParseDate(to); err != nil {
			return civil.Stretch{}, inFile(err)
		}
	}
	if several && last <= first {
		return civil.Stretch{}, &document.Reason{Code: document.CodeValue, Offset: len(from) + 1, Want: "a last day after the first"}
	}
	return civil.Stretch{From: first, To: last}, nil
}
