package dose

import (
	"errors"
	"strconv"
	"strings"
)

// maxRuleText is the longest text of a rule or of limits, in bytes.
const maxRuleText = 4096

// clauses reads a text of clauses separated by ", ", in a fixed order and each
// at most once, so that a rule has one text and a repeated clause cannot
// silently win.
type clauses struct {
	what   string // the notation, for errors
	text   string
	at     int    // byte offset of the clause
	clause string // the clause last read
	end    int    // byte offset after it
	rank   int    // rank of the clause last taken
}

// start checks the text as a whole.
func (c *clauses) start() error {
	if len(c.text) > maxRuleText {
		return c.fail(maxRuleText, "at most 4096 bytes")
	}
	if c.text == "" {
		return c.fail(0, "a text that is not empty")
	}
	c.end = -len(", ")
	return nil
}

// next reads the next clause and reports whether there is one.
func (c *clauses) next() bool {
	if c.end >= len(c.text) {
		return false
	}
	c.at = c.end + len(", ")
	c.clause, _, _ = strings.Cut(c.text[c.at:], ", ")
	c.end = c.at + len(c.clause)
	return true
}

// take notes that the clause has this rank; ranks have to rise.
func (c *clauses) take(rank int) error {
	if rank <= c.rank {
		return c.fail(c.at, "each clause once, and in the order of the grammar")
	}
	c.rank = rank
	return nil
}

// rankLimits is the rank of the first bound: after every other clause.
const rankLimits = 100

// limit reads the clause as one bound of l.
func (c *clauses) limit(l *Limits) error {
	for s := HardMin; s <= HardMax; s++ {
		text, ok := strings.CutPrefix(c.clause, s.String()+" ")
		if !ok {
			continue
		}
		m, err := l.set(s, text)
		if err != nil {
			return c.inside(err, len(c.clause)-len(text))
		}
		return c.take(rankLimits + 4*int(m) + int(s))
	}
	return c.fail(c.at, `"hard min", "soft min", "soft max" or "hard max" and a quantity`)
}

func (c *clauses) fail(at int, want string) error {
	return &ParseError{c.what, cut(c.text, maxText), at, want, ErrSyntax}
}

// inside turns an error in a part of the clause, from its byte at on, into one
// in the whole text.
func (c *clauses) inside(err error, at int) error {
	return inside(err, c.text, c.what, c.at+at)
}

// inside turns an error in a part of s, from its byte at on, into one in s.
func inside(err error, s, what string, at int) error {
	if part, ok := errors.AsType[*ParseError](err); ok {
		return &ParseError{what, cut(s, maxText), at + part.Offset, part.Want, part.Err}
	}
	want := err.Error()
	if rule, ok := errors.AsType[*RuleError](err); ok {
		want = rule.Want + ", not " + strconv.Quote(cut(rule.Value, maxText))
	}
	return &ParseError{what, cut(s, maxText), at, want, ErrRange}
}
