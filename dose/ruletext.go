package dose

import "strings"

// ParseRule reads the canonical text of a rule:
//
//	Rule   = Amount [ ", floor " Mass ] [ ", cap " Mass ] [ ", round " Step " " Mode ] { ", " Bound } .
//	Amount = Mass | PerKilogram " of " Basis " weight" .
//	Basis  = "actual" .
//	Mode   = "half up" | "half even" | "down" | "up" .
//	Bound  = ( "hard min" | "soft min" | "soft max" | "hard max" ) " " Quantity .
//
// for example
//
//	0.5 mg/kg of actual weight, cap 60 mg, round 0.1 mg half up, hard max 200 mg
//
// Quantities are read as by their own parsers; bounds as by [ParseLimits]. Each
// clause comes at most once and in this order. The error is a [*ParseError].
//
// ParseRule reads any rule that can be written, also one that makes no sense;
// [Rule.Check] reports all of that at once.
func ParseRule(s string) (Rule, error) {
	var r Rule
	c := clauses{what: "dose rule", text: s}
	if err := c.start(); err != nil {
		return Rule{}, err
	}
	c.next()
	var err error
	if r.Amount, err = parseAmount(c.clause); err != nil {
		return Rule{}, c.inside(err, 0)
	}
	for c.next() {
		if err := c.rule(&r); err != nil {
			return Rule{}, err
		}
	}
	return r, nil
}

// MustRule is like [ParseRule] and panics on an error. It is for tests and for
// constants in code.
func MustRule(s string) Rule { return must(ParseRule(s)) }

// rule reads the clause as a part of r.
func (c *clauses) rule(r *Rule) error {
	if text, ok := strings.CutPrefix(c.clause, "floor "); ok {
		return readClause(c, rankFloor, text, &r.Floor, ParseMass)
	}
	if text, ok := strings.CutPrefix(c.clause, "cap "); ok {
		return readClause(c, rankCap, text, &r.Cap, ParseMass)
	}
	if text, ok := strings.CutPrefix(c.clause, "round "); ok {
		return readClause(c, rankRound, text, &r.Rounding, ParseRounding)
	}
	return c.limit(&r.Limits)
}

// readClause reads text, the end of the clause, into *v. A zero value is
// refused: it would be none, which is written by leaving the clause out.
func readClause[Q interface{ IsZero() bool }](
	c *clauses, rank int, text string, v *Q, parse func(string) (Q, error),
) error {
	parsed, err := parse(text)
	at := len(c.clause) - len(text)
	if err != nil {
		return c.inside(err, at)
	}
	if parsed.IsZero() {
		return c.fail(c.at+at, "a value other than none")
	}
	*v = parsed
	return c.take(rank)
}

// String returns the canonical text, as [ParseRule] reads it; "" for no dose.
func (r Rule) String() string { return string(r.append(nil)) }

// AppendText appends the text of [Rule.String].
func (r Rule) AppendText(b []byte) ([]byte, error) { return append(b, r.append(nil)...), nil }

// MarshalText returns the text of [Rule.String].
func (r Rule) MarshalText() ([]byte, error) { return r.append(nil), nil }

// UnmarshalText reads what [ParseRule] reads; the empty text gives no dose. On
// an error r is unchanged.
func (r *Rule) UnmarshalText(text []byte) error { return unmarshalOptional(r, text, ParseRule) }

func (r Rule) append(b []byte) []byte {
	b = r.Amount.append(b)
	if !r.Floor.IsZero() {
		b = appendClause(b, "floor "+r.Floor.String())
	}
	if !r.Cap.IsZero() {
		b = appendClause(b, "cap "+r.Cap.String())
	}
	if !r.Rounding.IsZero() {
		b = appendClause(b, "round "+r.Rounding.String())
	}
	return r.Limits.append(b)
}
