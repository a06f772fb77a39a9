package protocol

import "strings"

// A phrase is a way of speaking that cadences refuse, with what its readers may
// have understood by it.
type phrase struct{ said, readings string }

// phrases lists what people write. "Bi-weekly" is read as twice a week and as
// every two weeks; BIW and TIW are on the error-prone abbreviation list of the
// Institute for Safe Medication Practices (TIW has been read as three times a
// day).
func phrases() []phrase {
	const (
		twice     = "2/wk x4"
		thrice    = "3/wk x4"
		biweekly  = "2/wk or every 2w?"
		monthly   = "every 4w or every 1mo?"
		weekly    = "1/wk x4 or every 1w?"
		fortnight = "every 2w"
		daily     = "every 1d or 7/wk x4?"
		prn       = "as needed"
	)
	return []phrase{
		{"bi-weekly", biweekly},
		{"biweekly", biweekly},
		{"bi weekly", biweekly},
		{"biw", twice + " or every 2w?"},
		{"tiw", thrice + " or every 1d?"},
		{"semi-weekly", twice},
		{"semiweekly", twice},
		{"twice weekly", twice},
		{"twice a week", twice},
		{"thrice weekly", thrice},
		{"three times a week", thrice},
		{"bi-monthly", "every 2w or every 2mo?"},
		{"bimonthly", "every 2w or every 2mo?"},
		{"monthly", monthly},
		{"once a month", monthly},
		{"once per month", monthly},
		{"every month", monthly},
		{"every fortnight", fortnight},
		{"fortnightly", fortnight},
		{"fortnight", fortnight},
		{"every other week", fortnight},
		{"every second week", fortnight},
		{"every week", weekly},
		{"weekly", weekly},
		{"once weekly", weekly},
		{"once a week", weekly},
		{"once per week", weekly},
		{"every other day", "every 2d"},
		{"alternate days", "every 2d"},
		{"qod", "every 2d"},
		{"eod", "every 2d"},
		{"every day", daily},
		{"daily", daily},
		{"once daily", daily},
		{"qd", daily},
		{"quarterly", "every 12w or every 3mo?"},
		{"every quarter", "every 12w or every 3mo?"},
		{"yearly", "every 52w or every 12mo?"},
		{"annually", "every 52w or every 12mo?"},
		{"every year", "every 52w or every 12mo?"},
		{"prn", prn},
		{"as-needed", prn},
		{"as required", prn},
		{"when needed", prn},
		{"once", "1"},
		{"single", "1"},
	}
}

// teachAt replaces the error with one that offers readings, if the segment that
// begins at start is a known way of speaking.
func (p *parser) teachAt(start int) {
	if p.err == nil {
		return
	}
	at := p.pos
	p.pos = start
	p.teach()
	p.pos = at
}

// teach does that for the segment that begins here.
func (p *parser) teach() {
	rest := p.text[p.pos:min(len(p.text), p.pos+maxText)]
	rest, _, _ = strings.Cut(rest, " then ")
	said := strings.ToLower(strings.Join(strings.Fields(rest), " "))
	for _, known := range phrases() {
		if after, ok := strings.CutPrefix(said, known.said); ok && (after == "" || after[0] == ' ' || after[0] == ',') {
			p.err = nil
			p.fail(p.pos, CodeAmbiguous, "\""+known.said+"\" is not used here, write what is meant: "+known.readings)
			return
		}
	}
	if reading, ok := shorthand(said); ok {
		p.err = nil
		p.fail(p.pos, CodeAmbiguous, "want "+reading)
	}
}

// shorthand reads the prescriber's q2w, 3x/week and the like.
func shorthand(said string) (reading string, ok bool) {
	digits := func(s string) (string, string) {
		n := 0
		for n < len(s) && isDigit(s[n]) {
			n++
		}
		return s[:n], s[n:]
	}
	if rest, found := strings.CutPrefix(said, "every "); found {
		n, unit := digits(rest)
		unit = strings.TrimPrefix(unit, " ")
		for _, u := range []struct{ said, unit string }{
			{"day", "d"}, {"week", "w"}, {"wk", "w"}, {"month", "mo"},
		} {
			if n != "" && strings.HasPrefix(unit, u.said) {
				return "every " + n + u.unit, true
			}
		}
		return "", false
	}
	if rest, found := strings.CutPrefix(said, "q"); found {
		n, unit := digits(rest)
		switch {
		case n != "" && (unit == "d" || unit == "w"):
			return "every " + n + unit, true
		case n != "" && (unit == "m" || unit == "mo"):
			return "every " + n + "mo", true
		}
		return "", false
	}
	n, rest := digits(said)
	if len(n) != 1 || n[0] > '7' || n[0] == '0' {
		return "", false
	}
	for _, suffix := range []string{"/week", "x/week", "x/wk", "x per week", "x a week", " per week", " a week", " times a week", " times per week", " times weekly", "x weekly"} {
		if strings.HasPrefix(rest, suffix) {
			return n + "/wk and the number of weeks, as in " + n + "/wk x4", true
		}
	}
	return "", false
}

// hint says what is wrong with a word that is right but for its case.
func (p *parser) hint() string {
	end := p.pos
	for end < len(p.text) && isLetter(p.text[end]) {
		end++
	}
	switch word := p.text[p.pos:end]; strings.ToLower(word) {
	case "every", "days", "weeks", "then", "as":
		if word != strings.ToLower(word) {
			return ", in lower case"
		}
	}
	return ""
}
