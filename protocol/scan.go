package protocol

import "strings"

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

func isUpper(c byte) bool { return 'A' <= c && c <= 'Z' }

func isLetter(c byte) bool { return 'a' <= c && c <= 'z' || isUpper(c) }

func (p *parser) at(c byte) bool { return p.pos < len(p.text) && p.text[p.pos] == c }

// boundary reports whether a token may end here.
func (p *parser) boundary() bool { return p.pos == len(p.text) || p.text[p.pos] == ' ' }

// token moves over t if it stands here.
func (p *parser) token(t string) bool {
	ok := strings.HasPrefix(p.text[p.pos:], t)
	if ok {
		p.pos += len(t)
	}
	return ok
}

// word moves over the word if it stands here, whole.
func (p *parser) word(w string) bool {
	start := p.pos
	if p.token(w) && (p.pos == len(p.text) || !isLetter(p.text[p.pos])) {
		return true
	}
	p.pos = start
	return false
}

// skipSpaces moves over any spaces and reports whether there were some.
func (p *parser) skipSpaces() bool {
	start := p.pos
	for p.at(' ') {
		p.pos++
	}
	return p.pos > start
}

// spaces reads the one or more spaces before what is named.
func (p *parser) spaces(before string) {
	switch {
	case p.pos == len(p.text):
		p.fail(p.pos, CodeSyntax, "want a space and "+before)
	case !p.skipSpaces():
		p.fail(p.pos, CodeSyntax, "want a space before "+before)
	}
}

// nextWord moves over spaces, at least one, and the word if it comes next.
func (p *parser) nextWord(w string) bool {
	start := p.pos
	if p.skipSpaces() && p.word(w) {
		return true
	}
	p.pos = start
	return false
}

// nextIs moves over spaces and c if it comes next. Only a bracket needs no space
// before it.
func (p *parser) nextIs(c byte) bool {
	start := p.pos
	if spaced := p.skipSpaces(); p.at(c) && (spaced || c == '(') {
		p.pos++
		return true
	}
	p.pos = start
	return false
}

// times reads the x and the number of times that must follow here.
func (p *parser) times(what, example string) int {
	if !p.nextIs('x') {
		p.skipSpaces()
		p.fail(p.pos, CodeSyntax, "want x and "+what+" after a space, as in "+example)
	}
	return p.timesNumber(what)
}

// timesNumber reads the digits after an x: they are one token.
func (p *parser) timesNumber(what string) int {
	n := p.number(1, maxTimes, what+" from 1 to 1000 right after x")
	if p.err == nil && !p.boundary() {
		p.fail(p.pos, CodeSyntax, "want a space or the end after "+what)
	}
	return int(n)
}

func (p *parser) interval() Interval {
	n := p.number(1, maxNumber, "a number from 1 to 3650 and d, w or mo")
	if p.err != nil {
		return Interval{}
	}
	at := p.pos
	for _, unit := range []Unit{Months, Weeks, Days} {
		if p.token(unit.String()) {
			if p.at('x') || p.pos == len(p.text) || !isLetter(p.text[p.pos]) && !isDigit(p.text[p.pos]) {
				return Interval{number: n, unit: unit}
			}
			break
		}
	}
	p.fail(at, CodeSyntax, "want d, w or mo right after the number, for days, weeks or calendar months")
	return Interval{}
}

// number reads a decimal number without leading zeros.
func (p *parser) number(low, high int, want string) uint16 {
	start, n := p.pos, 0
	for p.pos < len(p.text) && isDigit(p.text[p.pos]) {
		if n <= high {
			n = n*10 + int(p.text[p.pos]-'0')
		}
		p.pos++
	}
	switch {
	case p.pos == start && p.at(' '):
		p.fail(start, CodeSyntax, "want "+want+", without a space before it")
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

// hint adds to what is wanted after a segment, if what stands there is nearly
// right.
func (p *parser) hint(after Kind) string {
	switch c := p.text[p.pos]; {
	case isUpper(c):
		return ", in lower case"
	case after == Weekly && (c == '-' || c == '/' || isDigit(c)):
		return ", without spaces inside 3-2-1 or 2/wk"
	case after == AtWeeks && isDigit(c):
		return ", with a comma before each further offset"
	case after == Every && (c == '(' || c == 'x'):
		return ", in the order every 2w (1w..3w) x13 from week 9"
	case c == 'x':
		return "; x goes with 2/wk, every 4w and days 1, 8 of 21"
	default:
		return ""
	}
}
