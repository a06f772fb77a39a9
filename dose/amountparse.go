package dose

import (
	"strconv"
	"strings"
)

// parseAmount reads what [Amount.String] writes, from the beginning of a rule.
func parseAmount(s string) (Amount, error) {
	switch {
	case s == sumText:
		return SumOfParts(), nil
	case strings.Contains(s, " device"):
		return parseDevices(s)
	case banded(s):
		b, err := ParseBands(s)
		return ByBands(b), err
	case strings.Contains(s, " of "):
		return parseByWeight(s)
	case strings.HasSuffix(s, "/m2"):
		v, u, err := perSurfaceDimension().read(s)
		return Amount{kind: perSurfaceAmount, perSurface: PerSurface{v}, unit: u}, err
	case strings.HasSuffix(s, "/kg"):
		return Amount{}, amountError(s, len(s), `" of actual weight": which weight the dose is for`)
	}
	if rate, during, ok := strings.Cut(s, " for "); ok {
		r, u, err := rateDimension().read(rate)
		if err != nil {
			return Amount{}, err
		}
		d, err := ParseDuration(during)
		if err != nil {
			return Amount{}, inside(err, s, "amount", len(rate)+len(" for "))
		}
		return Amount{kind: overTimeAmount, rate: Rate{r}, during: d, unit: u}, nil
	}
	return parseFixed(s)
}

func parseFixed(s string) (Amount, error) {
	mg, u, err := massDimension().read(s)
	return Amount{kind: fixedAmount, fixed: Mass{mg}, unit: u}, err
}

func amountError(s string, at int, want string) error {
	return &ParseError{"amount", cut(s, maxText), at, want, ErrSyntax}
}

// parseByWeight reads "0.5 mg/kg of actual weight" or
// "0.35 mg/kg/h of actual weight for 4 h".
func parseByWeight(s string) (Amount, error) {
	number, rest, _ := strings.Cut(s, " of ")
	at := len(number) + len(" of ")
	basis, during, timed := strings.Cut(rest, " for ")
	name, ok := strings.CutSuffix(basis, " weight")
	if !ok {
		return Amount{}, amountError(s, at, `a basis and "weight", such as "actual weight"`)
	}
	b, err := ParseBasis(name)
	if err != nil {
		return Amount{}, inside(err, s, "amount", at)
	}
	if !timed {
		r, u, err := perKilogramDimension().read(number)
		return Amount{kind: perWeightAmount, perKg: PerKilogram{r}, basis: b, unit: u}, err
	}
	r, u, err := ratePerKilogramDimension().read(number)
	if err != nil {
		return Amount{}, err
	}
	d, err := ParseDuration(during)
	if err != nil {
		return Amount{}, inside(err, s, "amount", at+len(basis)+len(" for "))
	}
	return Amount{kind: perWeightOverTimeAmount, ratePerKg: RatePerKilogram{r}, basis: b, during: d, unit: u}, nil
}

// maxDevices is the largest number of devices of one dose.
const maxDevices = 1000

// parseDevices reads "2 devices of 28 mg" or "2 devices of 28 mg 5 min apart".
func parseDevices(s string) (Amount, error) {
	n := digits(s)
	count, err := strconv.Atoi(s[:min(n, 5)])
	if err != nil || count > maxDevices || s[0] == '0' {
		return Amount{}, amountError(s, 0, "1 to 1000 devices")
	}
	noun := " devices of "
	if count == 1 {
		noun = " device of "
	}
	rest, ok := strings.CutPrefix(s[n:], noun)
	if !ok {
		return Amount{}, amountError(s, n, strconv.Quote(noun)+" and the content of each")
	}
	at := n + len(noun)
	var apart Duration
	if text, ok := strings.CutSuffix(rest, " apart"); ok {
		// The content is a number and a unit; the time follows.
		content, during, ok := cutAfter(text, 2)
		if !ok {
			return Amount{}, amountError(s, at, `a content and a time, such as "28 mg 5 min apart"`)
		}
		if apart, err = ParseDuration(during); err != nil {
			return Amount{}, inside(err, s, "amount", at+len(content)+1)
		}
		rest = content
	}
	content, u, err := massDimension().read(rest)
	if err != nil {
		return Amount{}, inside(err, s, "amount", at)
	}
	return Amount{kind: devicesAmount, count: count, fixed: Mass{content}, apart: apart, unit: u}, nil
}

// cutAfter cuts s at its n-th space.
func cutAfter(s string, n int) (before, after string, found bool) {
	for i := range len(s) {
		if s[i] == ' ' {
			if n--; n == 0 {
				return s[:i], s[i+1:], true
			}
		}
	}
	return s, "", false
}
