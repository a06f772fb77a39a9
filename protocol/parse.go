package protocol

import (
	"slices"
	"strconv"
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
//   - s, or its canonical text, is longer than 4 KiB;
//   - s is empty or does not follow the notation, a number has leading zeros or
//     is out of range, or numbers that must increase do not;
//   - a segment without end, or "as needed", is not the last;
//   - s uses everyday words, such as "bi-weekly" or "every 4 weeks": the error
//     offers what they may mean.
func ParseCadence(s string) (Cadence, error) {
	p := &parser{text: s}
	c := p.cadence()
	var canonical [256]byte
	if p.err == nil && len(c.append(canonical[:0])) > maxText {
		p.fail(len(s), CodeTooLong, "want at most 4096 bytes in the canonical text, which has a space after each comma and before each bracket")
	}
	if p.err != nil {
		return Cadence{}, p.err
	}
	return c, nil
}

// A parser reads a cadence from left to right. It keeps the first problem; what
// it reads after that does not count.
type parser struct {
	text string
	pos  int
	err  *Error
}

func (p *parser) fail(offset int, code Code, want string) {
	if p.err == nil {
		p.err = &Error{
			Place: "cadence", Offset: offset, Value: kept(p.text),
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
	case p.at(' '):
		p.fail(0, CodeSyntax, "want no space at the start")
	}
	for p.err == nil {
		start := p.pos
		switch {
		case c.Endless():
			last, of := c.segments[len(c.segments)-1], "sessions, as in every 4w x13"
			if last.kind == Weekly {
				of = "weeks, as in 2/wk x4"
			}
			p.fail(start, CodeOrder, "want nothing after "+strconv.Quote(last.String())+", which has no end: give it x and a number of "+of)
			return c
		case p.word("as"):
			c.asNeeded = true
			p.asNeeded(start)
			return c
		case len(c.segments) == maxSegments:
			p.fail(start, CodeTooLong, "want at most 64 segments")
			return c
		}
		s := p.segment()
		c.segments = append(c.segments, s)
		if p.err == nil && p.pos < len(p.text) {
			p.then(s)
		} else if p.err == nil {
			return c
		}
		p.teach(start)
	}
	return c
}

// asNeeded reads what follows the "as" of a last segment.
func (p *parser) asNeeded(start int) {
	if p.spaces("needed"); !p.word("needed") {
		p.fail(p.pos, CodeSyntax, "want needed after as")
		p.teach(start)
	}
	if end := p.pos; p.pos < len(p.text) {
		if p.skipSpaces(); p.pos == len(p.text) {
			p.fail(end, CodeSyntax, "want no space at the end")
		}
		p.fail(p.pos, CodeOrder, "want nothing after as needed")
	}
}

// then reads the word between two segments.
func (p *parser) then(after Segment) {
	end := p.pos
	spaced := p.skipSpaces()
	switch {
	case p.pos == len(p.text):
		p.fail(end, CodeSyntax, "want no space at the end")
	case spaced && p.word("then"):
		p.spaces("a segment")
	default:
		want := "want the end, or then and another segment"
		if after.goesOn {
			want = "want the end, or x and the number of weeks after a space, as in 2/wk x4"
		}
		p.fail(p.pos, CodeSyntax, want+p.hint(after.kind))
	}
}

func (p *parser) segment() Segment {
	switch {
	case p.pos < len(p.text) && isDigit(p.text[p.pos]):
		return p.weekly()
	case p.word("every"):
		return p.every()
	case p.word("days"):
		return p.cycle()
	case p.word("weeks"):
		p.spaces("an offset")
		numbers, _ := p.list(0, maxOffset, "an offset in weeks from 0 to 520")
		return Segment{kind: AtWeeks, numbers: numbers}
	}
	want := "want a segment such as 3-2-1, 2/wk x4, every 4w, days 1, 8 of 21 x6 or weeks 0, 2, 6"
	if p.pos < len(p.text) && isUpper(p.text[p.pos]) {
		want += ", in lower case"
	}
	p.fail(p.pos, CodeSyntax, want)
	return Segment{}
}

func (p *parser) weekly() Segment {
	start := p.pos
	const want = "a number of sessions a week from 0 to 7"
	first := p.number(0, maxCount, want)
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
	}
	if first == 0 {
		p.fail(start, CodeOrder, "want at least 1 session in the first week of a segment")
	}
	if counts[len(counts)-1] == 0 {
		p.fail(p.pos-1, CodeOrder, "want at least 1 session in the last week of a segment")
	}
	return Segment{kind: Weekly, numbers: counts}
}

// perWeek reads what follows the count in "2/wk x4" or "2/wk".
func (p *parser) perWeek(start int, count uint16) Segment {
	p.pos++
	if !p.token("wk") {
		p.fail(p.pos, CodeSyntax, "want wk right after /, as in 2/wk x4")
	}
	s := Segment{kind: Weekly, numbers: []uint16{count}, goesOn: true}
	if p.err == nil && p.nextIs('x') {
		s.numbers, s.goesOn = slices.Repeat(s.numbers, p.timesNumber("the number of weeks")), false
	} else if !p.boundary() {
		p.fail(p.pos, CodeSyntax, "want the end, or x and the number of weeks after a space, as in 2/wk x4")
	}
	if count == 0 {
		p.fail(start, CodeRange, "want at least 1 session a week, as in 2/wk x4")
	}
	if p.err != nil {
		return Segment{}
	}
	return s
}

func (p *parser) every() Segment {
	p.spaces("an interval such as 4w")
	s := Segment{kind: Every, interval: p.interval()}
	if p.nextIs('(') {
		s.low, s.high = p.bounds(s.interval)
	}
	if p.nextIs('x') {
		s.times = p.timesNumber("the number of sessions")
	}
	if p.nextWord("from") {
		if p.spaces("week"); !p.word("week") {
			p.fail(p.pos, CodeSyntax, "want week and its number, as in from week 9")
		}
		p.spaces("the number of a week")
		s.from = int(p.number(1, maxNumber, "a treatment week from 1 to 3650"))
	}
	if !p.boundary() {
		p.fail(p.pos, CodeSyntax, "want a space or the end")
	}
	return s
}

// bounds reads the range of an interval, such as (1w..8w).
func (p *parser) bounds(planned Interval) (low, high Interval) {
	lowAt := p.pos
	low = p.interval()
	if p.err == nil && !p.token("..") {
		p.fail(p.pos, CodeSyntax, "want .. right after the shortest interval, as in (1w..8w)")
	}
	highAt := p.pos
	high = p.interval()
	if p.err == nil && !p.token(")") {
		p.fail(p.pos, CodeSyntax, "want ) right after the longest interval, as in (1w..8w)")
	}
	if low.Days() > planned.Days() {
		p.fail(lowAt, CodeOrder, "want a shortest interval that is not longer than the planned "+planned.String())
	}
	if high.Days() < planned.Days() {
		p.fail(highAt, CodeOrder, "want a longest interval that is not shorter than the planned "+planned.String())
	}
	return low, high
}

func (p *parser) cycle() Segment {
	p.spaces("the days of a cycle")
	days, lastAt := p.list(1, maxNumber, "a day of the cycle from 1 to 3650")
	if p.err != nil {
		return Segment{}
	}
	if p.skipSpaces(); !p.word("of") {
		p.fail(p.pos, CodeSyntax, "want a comma and another day, or of and the length of the cycle, as in days 1, 8 of 21 x6")
	}
	p.spaces("the length of the cycle")
	length := p.number(1, maxNumber, "the length of the cycle from 1 to 3650 days")
	times := p.times("the number of cycles", "days 1, 8 of 21 x6")
	if days[len(days)-1] > length {
		p.fail(lastAt, CodeOrder, "want a day within the cycle of "+strconv.Itoa(int(length))+" days")
	}
	return Segment{kind: Cyclical, numbers: days, length: int(length), times: times}
}

// list reads strictly increasing numbers with commas between them. It returns
// the offset of the last one as well.
func (p *parser) list(low, high int, want string) (numbers []uint16, lastAt int) {
	for {
		lastAt = p.pos
		n := p.number(low, high, want)
		if last := len(numbers) - 1; last >= 0 && n <= numbers[last] {
			p.fail(lastAt, CodeOrder, "want a number greater than the "+strconv.Itoa(int(numbers[last]))+" before it")
		}
		numbers = append(numbers, n)
		if p.err != nil || !p.token(",") {
			break
		}
		p.skipSpaces()
	}
	end := p.pos
	if p.skipSpaces() && p.at(',') {
		p.fail(end, CodeSyntax, "want no space before a comma")
	}
	if p.pos = end; !p.boundary() {
		p.fail(end, CodeSyntax, "want a comma, a space or the end")
	}
	return numbers, lastAt
}
