package fhir

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/rickb777/date/v2"

	"github.com/regimen-go/regimen/internal/civil"
	"github.com/regimen-go/regimen/internal/course"
	"github.com/regimen-go/regimen/protocol"
)

// A Draft is what phases say in the words of package protocol: on which days, and
// nothing else. What is given, what a visit consists of, gaps and windows are for the
// caller to state. Compiled as it is, its targets from Start on are the days of the
// phases.
type Draft struct {
	// Spec has a phase for each of the phases, named "dosage" and its sequence.
	Spec protocol.Spec
	// Start is the first day of the first phase, 0 where all there is is as needed.
	Start date.Date
}

// NewDraft returns phases as a protocol whose phases begin where they do. A phase of a
// protocol has no date of its own: "2/wk x4 then every 2w" has its first fortnightly
// session two weeks after the last session before it, and the second of two Dosages
// has it when the bounds of the first have ended. So a phase says from which week it
// is, or the phases before it are written as their days, in a cycle that happens
// once and ends where the next begins. The error is a [*Refusal] with code [NoCadence]:
// clock times, instants and times of the day have no cadence, nor have some phases
// without end.
func NewDraft(phases []Phase) (Draft, error) {
	d := drafting{stretches: make([]stretch, 0, len(phases))}
	if len(phases) == 0 {
		return Draft{}, refuse(Empty, dosagePath, "")
	}
	const most = 64 // segments of a cadence
	for i := range phases {
		s := stretch{Phase: &phases[i]}
		if i == most || !s.AsNeeded && !s.measure() {
			return Draft{}, s.refuse()
		}
		d.stretches = append(d.stretches, s)
	}
	if err := d.run(); err != nil {
		return Draft{}, err
	}
	draft := Draft{Start: d.stretches[0].first}
	for _, s := range d.stretches {
		draft.Spec.Phases = append(draft.Spec.Phases, s.said)
	}
	return draft, nil
}

// A stretch is a phase on its way to a cadence.
type stretch struct {
	*Phase
	first   date.Date   // the day on which it begins
	days    []date.Date // all of them; of one without end those of some years
	until   date.Date   // the last day of what is looked at of one without end
	endless bool
	said    protocol.Phase
}

func (s *stretch) refuse() error { return refuse(NoCadence, dosageAt(s.Index)+".timing", "") }

// measure finds the days of a stretch; it reports false where they are not all that
// there is to say.
func (s *stretch) measure() bool {
	r := s.reading
	if r == nil || s.Dates == nil || len(r.rule.When) > 0 {
		return false
	}
	const years = 3 * 366
	s.first, s.endless, s.days = r.start.day, r.endless(), s.Dates
	options := r.Options
	switch options.Until = 0; {
	case s.endless:
		s.until = min(s.first+years, date.New(civil.MaxYear, time.December, 31))
		options.Until = s.until
	case !s.Cut:
		return len(s.days) > 0
	}
	whole, err := r.timing.read(options)
	if err == nil {
		s.days = whole.result.Dates
	}
	return err == nil && len(s.days) > 0
}

// A drafting finds cadences from the first stretch to the last.
type drafting struct{ stretches []stretch }

func (d *drafting) run() error {
	listed := 0 // so many are written as their days
	for i := 0; i < len(d.stretches); i++ {
		s := &d.stretches[i]
		s.said.Name = "dosage " + strconv.Itoa(s.Sequence)
		if s.AsNeeded {
			s.said.Cadence, _ = protocol.ParseCadence("as needed")
			continue
		}
		if d.say(i) {
			continue
		}
		// Written as days, the one before ends where this one begins.
		for ; listed < i; listed++ {
			if !d.list(listed) {
				return d.stretches[listed].refuse()
			}
		}
		if d.say(i) {
			continue
		}
		if s.endless || !d.list(i) {
			return s.refuse()
		}
		listed++
	}
	return nil
}

// say gives a stretch the first of its cadences, if any, with which it and those
// before it have the days that they should.
func (d *drafting) say(i int) bool {
	s := &d.stretches[i]
	for _, candidate := range s.candidates(d.stretches[0].first) {
		cadence, err := protocol.ParseCadence(candidate.text)
		if err != nil {
			continue
		}
		s.said.Cadence, s.said.Weekdays = cadence, candidate.weekdays
		if d.holds(i + 1) {
			return true
		}
	}
	return false
}

// list writes a stretch as its days, in a cycle that ends where the next begins.
func (d *drafting) list(i int) bool {
	s := &d.stretches[i]
	end := s.days[len(s.days)-1] + 1
	if i+1 < len(d.stretches) && !d.stretches[i+1].AsNeeded {
		end = d.stretches[i+1].first
	}
	days := textsOf(s.days, func(day date.Date) string { return strconv.Itoa(civil.Days(s.first, day) + 1) })
	cadence, err := protocol.ParseCadence("days " + strings.Join(days, ", ") + " of " + strconv.Itoa(civil.Days(s.first, end)) + " x1")
	s.said.Cadence, s.said.Weekdays = cadence, nil
	return err == nil && d.holds(i+1)
}

// holds reports whether the targets of the first n stretches are their days, as the
// engine that counts targets has them.
func (d *drafting) holds(n int) bool {
	var spec protocol.Spec
	var want []date.Date
	var until date.Date
	for _, s := range d.stretches[:n] {
		spec.Phases = append(spec.Phases, s.said)
		want, until = append(want, s.days...), s.until
	}
	p, err := spec.Compile()
	if err != nil {
		return false
	}
	c := course.New(p, civil.Day(d.stretches[0].first), civil.Day(until), nil)
	sessions, _, err := c.Unfold(nil)
	return err == nil && slices.EqualFunc(sessions, want, func(s course.Session, day date.Date) bool { return civil.Date(s.Target) == day })
}

// A candidate is a cadence that may say a stretch.
type candidate struct {
	text     string
	weekdays []protocol.DaySet
}

// candidates returns cadences that may say a stretch of a plan that begins on a day,
// the plainest first.
func (s *stretch) candidates(start date.Date) (list []candidate) {
	r := s.reading
	if c := r.cadence(); !c.IsZero() {
		list = append(list, candidate{text: c.String()})
	}
	switch listed := len(r.rule.DayOfWeek); {
	case r.listed:
	case listed > 0 && !s.endless:
		list = append(list, candidate{s.countsText(), s.weekdays()})
	case r.week > 0 && s.endless:
		list = append(list, candidate{text: strconv.Itoa(r.week) + "/wk"})
	case listed > 1 && r.days <= 7:
		list = append(list, candidate{strconv.Itoa(listed) + "/wk", s.weekdays()})
	case listed == 1:
		list = append(list, candidate{text: "every " + strconv.Itoa(max(1, r.days/7)) + "w"})
	case len(r.rule.Extension) == 1 && s.endless:
		list = append(list, candidate{text: "every 1mo"})
	}
	// An interval may count from a week of the plan.
	if since := civil.Days(start, s.days[0]); since > 0 && since%7 == 0 {
		for _, c := range list {
			if strings.HasPrefix(c.text, "every") {
				list = append(list, candidate{text: c.text + " from week " + strconv.Itoa(since/7+1)})
			}
		}
	}
	return list
}

// countsText returns how many days there are in each week from the start.
func (s *stretch) countsText() string {
	counts := make([]int, civil.Days(s.first, s.days[len(s.days)-1])/7+1)
	for _, day := range s.days {
		counts[civil.Days(s.first, day)/7]++
	}
	return strings.Join(textsOf(counts, strconv.Itoa), "-")
}

// weekdays returns the days of the week that are listed.
func (s *stretch) weekdays() []protocol.DaySet {
	days := make([]time.Weekday, len(s.reading.rule.DayOfWeek))
	for i, code := range s.reading.rule.DayOfWeek {
		days[i], _ = weekdayOf(code)
	}
	return []protocol.DaySet{protocol.OnDays(days...)}
}
