package dose

import "strings"

// ParseRule reads the canonical text of a rule:
//
//	Rule    = Amount { ", " Clause } .
//	Amount  = Mass | PerSurface | Rate " for " Duration | Bands | Devices | "sum of parts"
//	        | PerKilogram " of " Basis " weight"
//	        | RatePerKilogram " of " Basis " weight for " Duration .
//	Basis   = "actual" | "ideal" | "adjusted" | "lean" | "ideal-from-BMI" .
//	Bands   = Band { "; " Band } .
//	Band    = Dose [ ( " over " | " from " ) Weight ] [ ( " up to " | " below " ) Weight ] .
//	Dose    = Mass | PerKilogram " of " Basis " weight" .
//	Devices = ( "1 device" | Number " devices" ) " of " Mass [ " " Duration " apart" ] .
//	Clause  = "factor " Factor [ " above " IdealShare ]
//	        | "from " BMI
//	        | "below 60 in " ( "linear" | "clamp" | "actual" )
//	        | "where ideal exceeds actual " ( "ideal" | "actual" )
//	        | "or " Mass { " or " Mass }
//	        | "floor " Mass
//	        | "cap " Mass
//	        | "round " Mass " " Mode [ " within " Percent " else " Mass " " Mode ]
//	        | "max deviation " Percent
//	        | Bound .
//	Mode    = "half up" | "half even" | "down" | "up" .
//	Bound   = ( "hard min" | "soft min" | "soft max" | "hard max" ) " " Quantity .
//
// for example
//
//	0.5 mg/kg of actual weight, cap 60 mg, round 0.1 mg half up, hard max 200 mg
//	2 devices of 28 mg 5 min apart, or 84 mg, hard max 84 mg
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

// The clauses after the amount, by rank: the order in which they come.
const (
	clauseFactor = 1 + iota
	clauseFromBMI
	clauseShort
	clauseExcess
	clauseOr
	clauseFloor
	clauseCap
	clauseRound
	clauseDeviation
)

// clauseWord returns the word that a clause begins with.
func clauseWord(rank int) string {
	switch rank {
	case clauseFactor:
		return "factor"
	case clauseFromBMI:
		return "from"
	case clauseShort:
		return "below 60 in"
	case clauseExcess:
		return "where ideal exceeds actual"
	case clauseOr:
		return "or"
	case clauseFloor:
		return "floor"
	case clauseCap:
		return "cap"
	case clauseRound:
		return "round"
	case clauseDeviation:
		return "max deviation"
	}
	return ""
}

// rule reads the clause as a part of r.
func (c *clauses) rule(r *Rule) error {
	for rank := clauseFactor; rank <= clauseDeviation; rank++ {
		text, ok := strings.CutPrefix(c.clause, clauseWord(rank)+" ")
		if !ok {
			continue
		}
		switch rank {
		case clauseFactor:
			return c.factor(text, &r.Policy)
		case clauseFromBMI:
			return readClause(c, rank, text, &r.Policy.FromBMI, ParseBMI)
		case clauseShort:
			return readClause(c, rank, text, &r.Policy.Short, ParseShortStature)
		case clauseExcess:
			return readClause(c, rank, text, &r.Policy.Excess, ParseExcessIdeal)
		case clauseOr:
			return readClause(c, rank, text, &r.Or, ParseChoices)
		case clauseFloor:
			return readClause(c, rank, text, &r.Floor, ParseMass)
		case clauseCap:
			return readClause(c, rank, text, &r.Cap, ParseMass)
		case clauseRound:
			return readClause(c, rank, text, &r.Rounding, ParseRounding)
		case clauseDeviation:
			return readClause(c, rank, text, &r.MaxDeviation, ParsePercent)
		}
	}
	return c.limit(&r.Limits)
}

// aboveWord stands between a factor and the share of the ideal weight above which
// it is used.
const aboveWord = " above "

// factor reads "0.4" or "0.4 above 120 % of ideal", the end of the clause.
func (c *clauses) factor(text string, p *WeightPolicy) error {
	factor, share, two := strings.Cut(text, aboveWord)
	if two {
		var err error
		if p.Above, err = ParseIdealShare(share); err != nil {
			return c.inside(err, len(c.clause)-len(share))
		}
	}
	f, err := ParseFactor(factor)
	if err != nil {
		return c.inside(err, len(c.clause)-len(text))
	}
	p.Factor = f
	return c.take(clauseFactor)
}

// readClause reads text, the end of the clause, into *v. A zero value is
// refused: it would be none, which is written by leaving the clause out.
func readClause[Q comparable](
	c *clauses, rank int, text string, v *Q, parse func(string) (Q, error),
) error {
	parsed, err := parse(text)
	at := len(c.clause) - len(text)
	if err != nil {
		return c.inside(err, at)
	}
	if parsed == *new(Q) {
		return c.fail(c.at+at, "a value other than none")
	}
	*v = parsed
	return c.take(rank)
}

// String returns the canonical text, as [ParseRule] reads it; "" for no dose.
func (r Rule) String() string {
	var room [ruleRoom]byte
	return string(r.append(room[:0]))
}

// ruleRoom is room for the text of most rules.
const ruleRoom = 128

// AppendText appends the text of [Rule.String].
func (r Rule) AppendText(b []byte) ([]byte, error) {
	var room [ruleRoom]byte
	return append(b, r.append(room[:0])...), nil
}

// MarshalText returns the text of [Rule.String].
func (r Rule) MarshalText() ([]byte, error) { return r.append(nil), nil }

// UnmarshalText reads what [ParseRule] reads; the empty text gives no dose. On
// an error r is unchanged.
func (r *Rule) UnmarshalText(text []byte) error { return unmarshalOptional(r, text, ParseRule) }

func (r Rule) append(b []byte) []byte {
	b = r.Amount.append(b)
	p := &r.Policy
	if !p.Factor.IsZero() || !p.Above.IsZero() {
		b = p.Factor.append(beginClause(b, clauseFactor))
	}
	if !p.Above.IsZero() {
		b = p.Above.append(append(b, aboveWord...))
	}
	if !p.FromBMI.IsZero() {
		b = p.FromBMI.append(beginClause(b, clauseFromBMI))
	}
	if p.Short != 0 {
		b = append(beginClause(b, clauseShort), p.Short.String()...)
	}
	if p.Excess != 0 {
		b = append(beginClause(b, clauseExcess), p.Excess.String()...)
	}
	if !r.Or.IsZero() {
		b = append(beginClause(b, clauseOr), r.Or.text...)
	}
	if !r.Floor.IsZero() {
		b = r.Floor.append(beginClause(b, clauseFloor))
	}
	if !r.Cap.IsZero() {
		b = r.Cap.append(beginClause(b, clauseCap))
	}
	if !r.Rounding.IsZero() {
		b = r.Rounding.append(beginClause(b, clauseRound))
	}
	if !r.MaxDeviation.IsZero() {
		b = r.MaxDeviation.append(beginClause(b, clauseDeviation))
	}
	return r.Limits.append(b)
}

// beginClause begins the next of a list of clauses with its word.
func beginClause(b []byte, rank int) []byte {
	return append(appendClause(b, clauseWord(rank)), ' ')
}
