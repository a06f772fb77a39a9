package protocol

import (
	"slices"
	"strconv"
	"strings"
)

// The limits of the notation.
const (
	maxText      = 4096
	maxSegments  = 64
	maxWeeks     = 1000
	maxCount     = 7
	maxNumber    = 3650
	maxTimes     = 1000
	maxOffset    = 520
	maxSessions  = 20000
	weekdayCount = 7
)

// ParseCadence reads a cadence; the package documentation has the notation. It
// returns an [*Error] with the byte offset of the first problem if
//
//   - s is empty or longer than 4 KiB;
//   - s does not follow the notation, a number has leading zeros or is out of
//     range, or numbers that must increase do not;
//   - a segment without end, or "as needed", is not the last;
//   - s uses words with more than one reading, such as "bi-weekly": the error
//     offers the readings.
func ParseCadence(s string) (Cadence, error) {
	p := &parser{text: s}
	c := p.cadence()
	if p.err != nil {
		return Cadence{}, p.err
	}
	return c, nil
}

// A parser reads a cadence from left to right and stops at the first problem:
// once err is set every method does nothing.
type parser struct {
	text string
	pos  int
	err  *Error
}

func (p *parser) fail(offset int, code Code, want string) {
	if p.err == nil {
		// The offset points into the value, so a value that would be cut in a
		// message is kept whole up to the limit of the notation.
		p.err = &Error{
			Place: "cadence", Offset: offset, Value: p.text[:min(len(p.text), maxText)],
			Want: want, Code: code, Err: ErrNotation,
		}
	}
}

func (p *parser) cadence() (c Cadence) {
	switch {
	case p.text == "":
		p.fail(0, CodeSyntax, "want a cadence such as 3-2-1-1-1 then every 4w")
	case len(p.text) > maxText:
		p.fail(maxText, CodeTooLong, "want at most 4096 bytes")
	}
	for p.err == nil {
		start := p.pos
		if last := len(c.segments) - 1; last >= 0 {
			if _, finite := c.segments[last].Sessions(); !finite {
				p.fail(start, CodeOrder, "want nothing after "+strconv.Quote(c.segments[last].String())+
					", which has no end: give it x and a number of sessions, as in every 4w x13")
				break
			}
		}
		if p.word("as") {
			p.asNeeded()
			c.asNeeded = true
			break
		}
		if len(c.segments) == maxSegments {
			p.fail(start, CodeTooLong, "want at most 64 segments")
			break
		}
		c.segments = append(c.segments, p.segment())
		if p.err != nil || p.pos == len(p.text) {
			break
		}
		if p.then(); p.err != nil {
			p.teachAt(start)
		}
	}
	return c
}

func (p *parser) asNeeded() {
	p.pos += len("as")
	if p.spaces("needed"); !p.word("needed") {
		p.fail(p.pos, CodeSyntax, "want as needed")
		return
	}
	p.pos += len("needed")
	if p.err == nil && p.pos < len(p.text) {
		p.fail(p.pos, CodeOrder, "want nothing after as needed")
	}
}

// then reads the word between two segments.
func (p *parser) then() {
	end := p.pos
	for p.pos < len(p.text) && p.text[p.pos] == ' ' {
		p.pos++
	}
	switch {
	case p.pos == len(p.text):
		p.fail(end, CodeSyntax, "want no space at the end")
	case p.pos == end || !p.word("then"):
		p.fail(p.pos, CodeSyntax, "want the end, or then and another segment"+p.hint())
	default:
		p.pos += len("then")
		p.spaces("a segment")
	}
}

func (p *parser) segment() Segment {
	switch {
	case p.pos < len(p.text) && isDigit(p.text[p.pos]):
		return p.weekly()
	case p.word("every"):
		p.pos += len("every")
		return p.every()
	case p.word("days"):
		p.pos += len("days")
		return p.cycle()
	case p.word("weeks"):
		p.pos += len("weeks")
		p.spaces("an offset")
		return Segment{kind: AtWeeks, numbers: p.list(0, maxOffset, "an offset in weeks from 0 to 520")}
	default:
		p.fail(p.pos, CodeSyntax, "want a segment such as 3-2-1, 2/wk x4, every 4w, days 1, 8 of 21 x6 or weeks 0, 2, 6"+p.hint())
		p.teach()
		return Segment{}
	}
}

func (p *parser) weekly() Segment {
	start := p.pos
	const want = "a number of sessions a week from 0 to 7"
	first := p.number(0, maxCount, want)
	if p.err != nil {
		p.teachAt(start)
		return Segment{}
	}
	if p.at('/') {
		return p.perWeek(start, first)
	}
	counts := []uint16{first}
	for p.at('-') && p.err == nil {
		if len(counts) == maxWeeks {
			p.fail(p.pos, CodeTooLong, "want at most 1000 weeks in a segment")
		}
		p.pos++
		counts = append(counts, p.number(0, maxCount, want))
	}
	if p.err != nil {
		return Segment{}
	}
	if !p.boundary() {
		p.fail(p.pos, CodeSyntax, "want -, /wk, a space or the end after a number of sessions")
		p.teachAt(start)
	}
	if first == 0 {
		p.fail(start, CodeOrder, "want at least 1 session in the first week of a segment")
	}
	if counts[len(counts)-1] == 0 {
		p.fail(p.pos-1, CodeOrder, "want at least 1 session in the last week of a segment")
	}
	return Segment{kind: Weekly, numbers: counts}
}

// perWeek reads what follows the count in "2/wk x4".
func (p *parser) perWeek(start int, count uint16) Segment {
	p.pos++
	if !p.word("wk") {
		p.fail(p.pos, CodeSyntax, "want wk, as in 2/wk x4")
		p.teachAt(start)
		return Segment{}
	}
	p.pos += len("wk")
	if !p.times(true) {
		p.fail(p.pos, CodeSyntax, "want x and the number of weeks, as in 2/wk x4")
	}
	weeks := p.timesNumber("the number of weeks")
	if count == 0 {
		p.fail(start, CodeRange, "want at least 1 session a week, as in 2/wk x4")
	}
	if p.err != nil {
		return Segment{}
	}
	return Segment{kind: Weekly, numbers: slices.Repeat([]uint16{count}, int(weeks))}
}

func (p *parser) every() Segment {
	start := p.pos - len("every")
	s := Segment{kind: Every}
	p.spaces("an interval such as 4w")
	if s.interval = p.interval(); p.err != nil {
		p.teachAt(start)
		return Segment{}
	}
	if p.skipTo('(') {
		p.pos++
		lowAt := p.pos
		s.low = p.interval()
		if !strings.HasPrefix(p.text[p.pos:], "..") {
			p.fail(p.pos, CodeSyntax, "want .. and the longest interval, as in (1w..8w)")
			return Segment{}
		}
		p.pos += len("..")
		highAt := p.pos
		s.high = p.interval()
		if !p.at(')') {
			p.fail(p.pos, CodeSyntax, "want ) after the longest interval")
			return Segment{}
		}
		p.pos++
		if s.low.Days() > s.interval.Days() {
			p.fail(lowAt, CodeOrder, "want a shortest interval that is not longer than the planned "+s.interval.String())
		}
		if s.high.Days() < s.interval.Days() {
			p.fail(highAt, CodeOrder, "want a longest interval that is not shorter than the planned "+s.interval.String())
		}
	}
	if p.times(false) {
		s.times = int(p.timesNumber("the number of sessions"))
	}
	if p.nextWord("from") {
		p.pos += len("from")
		if p.spaces("week"); !p.word("week") {
			p.fail(p.pos, CodeSyntax, "want week and its number, as in from week 9")
			return Segment{}
		}
		p.pos += len("week")
		p.spaces("the number of a week")
		s.from = int(p.number(1, maxNumber, "a treatment week from 1 to 3650"))
	}
	if p.err == nil && !p.boundary() {
		p.fail(p.pos, CodeSyntax, "want a space or the end")
	}
	return s
}

func (p *parser) cycle() Segment {
	p.spaces("the days of a cycle")
	daysAt := p.pos
	s := Segment{kind: Cyclical, numbers: p.list(1, maxNumber, "a day of the cycle from 1 to 3650")}
	if p.err != nil {
		return Segment{}
	}
	if !p.nextWord("of") {
		p.fail(p.pos, CodeSyntax, "want of and the length of the cycle, as in days 1, 8 of 21 x6")
		return Segment{}
	}
	p.pos += len("of")
	p.spaces("the length of the cycle")
	s.length = int(p.number(1, maxNumber, "the length of the cycle from 1 to 3650 days"))
	if !p.times(true) {
		p.fail(p.pos, CodeSyntax, "want x and the number of cycles, as in days 1, 8 of 21 x6")
	}
	s.times = int(p.timesNumber("the number of cycles"))
	if last := s.Point(s.Points() - 1); last > s.length {
		p.fail(daysAt, CodeOrder, "want days within the cycle of "+strconv.Itoa(s.length)+" days, not day "+strconv.Itoa(last))
	}
	return s
}

// list reads strictly increasing numbers with commas between them.
func (p *parser) list(low, high int, want string) []uint16 {
	var numbers []uint16
	for p.err == nil {
		at := p.pos
		n := p.number(low, high, want)
		if last := len(numbers) - 1; p.err == nil && last >= 0 && n <= numbers[last] {
			p.fail(at, CodeOrder, "want a number greater than "+strconv.Itoa(int(numbers[last]))+" before it")
		}
		numbers = append(numbers, n)
		if !p.at(',') {
			break
		}
		p.pos++
		for p.at(' ') {
			p.pos++
		}
	}
	if p.err == nil && !p.boundary() {
		p.fail(p.pos, CodeSyntax, "want a comma, a space or the end")
	}
	return numbers
}
