package protocol

import "strings"

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

func isLetter(c byte) bool { return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' }

func (p *parser) at(c byte) bool { return p.pos < len(p.text) && p.text[p.pos] == c }

// boundary reports whether a token may end here.
func (p *parser) boundary() bool { return p.pos == len(p.text) || p.text[p.pos] == ' ' }

// word reports whether the word stands here, whole.
func (p *parser) word(w string) bool {
	rest := p.text[min(p.pos, len(p.text)):]
	if !strings.HasPrefix(rest, w) {
		return false
	}
	return len(rest) == len(w) || !isLetter(rest[len(w)])
}

// nextWord moves over spaces, at least one, to the word if it comes next.
func (p *parser) nextWord(w string) bool {
	start := p.pos
	for p.at(' ') {
		p.pos++
	}
	if p.pos > start && p.word(w) {
		return true
	}
	p.pos = start
	return false
}

// skipTo moves over any spaces to c if it comes next.
func (p *parser) skipTo(c byte) bool {
	start := p.pos
	for p.at(' ') {
		p.pos++
	}
	if p.at(c) {
		return true
	}
	p.pos = start
	return false
}

// spaces reads the one or more spaces before what is named.
func (p *parser) spaces(before string) {
	start := p.pos
	for p.at(' ') {
		p.pos++
	}
	switch {
	case p.pos == len(p.text):
		p.fail(start, CodeSyntax, "want a space and "+before)
	case p.pos == start:
		p.fail(start, CodeSyntax, "want a space before "+before)
	}
}

// times moves over spaces, at least one, and the x of a number of times. The x
// and its digits are one token.
func (p *parser) times(required bool) bool {
	start := p.pos
	for p.at(' ') {
		p.pos++
	}
	if p.pos > start && p.at('x') {
		p.pos++
		return true
	}
	if !required {
		p.pos = start
	}
	return false
}

func (p *parser) timesNumber(of string) uint16 {
	n := p.number(1, maxTimes, of+" from 1 to 1000 right after x")
	if p.err == nil && !p.boundary() {
		p.fail(p.pos, CodeSyntax, "want a space or the end after "+of)
	}
	return n
}

func (p *parser) interval() Interval {
	n := p.number(1, maxNumber, "a number from 1 to 3650 and d, w or mo")
	if p.err != nil {
		return Interval{}
	}
	for _, unit := range []Unit{Months, Weeks, Days} {
		if name := unit.String(); strings.HasPrefix(p.text[p.pos:], name) {
			p.pos += len(name)
			if p.boundary() || p.at('(') || p.at(')') || p.at('.') {
				return Interval{number: n, unit: unit}
			}
			p.pos -= len(name)
			break
		}
	}
	p.fail(p.pos, CodeSyntax, "want d, w or mo right after the number, for days, weeks or calendar months")
	return Interval{}
}

// number reads a decimal number without leading zeros.
func (p *parser) number(low, high int, want string) uint16 {
	if p.err != nil {
		return 0
	}
	start, n := p.pos, 0
	for p.pos < len(p.text) && isDigit(p.text[p.pos]) {
		if n <= high {
			n = n*10 + int(p.text[p.pos]-'0')
		}
		p.pos++
	}
	switch {
	case p.pos == start:
		p.fail(start, CodeSyntax, "want "+want)
	case p.pos > start+1 && p.text[start] == '0':
		p.fail(start, CodeSyntax, "want "+want+", without leading zeros")
	case n < low || n > high:
		p.fail(start, CodeRange, "want "+want)
	}
	if p.err != nil {
		return 0
	}
	return uint16(n)
}
