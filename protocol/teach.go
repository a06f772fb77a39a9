package protocol

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// teach replaces the error, if there is one, with one that offers readings if the
// segment that begins at start is written in everyday words.
func (p *parser) teach(start int) {
	if p.err == nil {
		return
	}
	segment, _, _ := strings.Cut(p.text[start:], " then ")
	readings := readingsOf(plainWords(segment))
	after, written := strings.CutPrefix(segment, readings)
	if readings == "" || written && (after == "" || !isLetter(after[0])) {
		return
	}
	code, want := CodeSyntax, "want "+readings
	count, _, weekly := strings.Cut(readings, "/wk")
	switch several := strings.Contains(readings, " or "); {
	case several && weekly:
		code, want = CodeAmbiguous, "want one meaning: "+readings+"? ("+count+"/wk with its number of weeks, as in "+count+"/wk x4)"
	case several:
		code, want = CodeAmbiguous, "want one meaning: "+readings+"?"
	case weekly:
		want += " and the number of weeks, as in " + count + "/wk x4"
	}
	p.err = nil
	p.fail(start, code, want)
}

// readingsOf returns what the words may mean, joined by "or", or "" if they are
// not known. "Biweekly" is read as twice a week and as every two weeks; BIW and
// TIW are on the error-prone abbreviation list of the Institute for Safe
// Medication Practices.
func readingsOf(words []string) string {
	said := strings.Join(words, " ") + " "
	if after, ok := strings.CutPrefix(said, "1 x "); ok && after != "" {
		said, words = after, words[2:] // once a month is every month
	}
	for _, known := range [...]struct{ said, readings string }{
		{"bi weekly", "2/wk or every 2w"},
		{"biweekly", "2/wk or every 2w"},
		{"biw", "2/wk or every 2w"},
		{"tiw", "3/wk or 2/wk"},
		{"semi weekly", "2/wk"},
		{"semiweekly", "2/wk"},
		{"weekly", "1/wk or every 1w"},
		{"every week", "1/wk or every 1w"},
		{"every day", "7/wk or every 1d"},
		{"every month", "every 4w or every 1mo"},
		{"bi every month", "every 2w or every 2mo"},
		{"bimonthly", "every 2w or every 2mo"},
		{"every quarter", "every 12w or every 3mo"},
		{"every year", "every 52w or every 12mo"},
		{"alternate day", "every 2d"},
		{"as needed", "as needed"},
		{"as required", "as needed"},
		{"when needed", "as needed"},
		{"single", "1"},
	} {
		if strings.HasPrefix(said, known.said+" ") {
			return known.readings
		}
	}
	if said == "1 x " {
		return "1"
	}
	return readingsOfNumber(words)
}

// readingsOfNumber does that for "every 4 weeks", "3 times a week" and the like.
func readingsOfNumber(words []string) string {
	word := func(i int) string {
		if i < len(words) {
			return words[i]
		}
		return ""
	}
	if word(0) == "every" {
		unit, ok := map[string]Unit{"day": Days, "week": Weeks, "month": Months}[word(2)]
		if n := word(1); ok && isNumber(n, maxNumber) {
			return "every " + n + unit.String()
		}
		return ""
	}
	n := word(0)
	if !isNumber(n, maxCount) {
		return ""
	}
	next := 1
	if word(1) == "x" {
		next = 2
	}
	switch {
	case word(next) == "every" && word(next+1) == "week", word(next) == "weekly" && next == 2:
		return n + "/wk"
	case word(next) == "weekly":
		return n + "/wk or every " + n + "w"
	default:
		return ""
	}
}

// isNumber reports whether the word is a number from 1 to most as cadences
// write it.
func isNumber(word string, most int) bool {
	n, err := strconv.Atoi(word)
	return err == nil && 1 <= n && n <= most && strconv.Itoa(n) == word
}

// plainWords splits a text into its first words and numbers, in lower case and
// with one word for all that mean the same. Dots do not count, as in p.r.n.
func plainWords(text string) []string {
	const most = 8
	var words []string
	text = strings.ReplaceAll(text, ".", "")
	for text != "" && len(words) < most {
		class, n := classOf(text[0]), 1
		for n < len(text) && classOf(text[n]) == class {
			n++
		}
		if class != between {
			words = append(words, strings.Fields(plain(strings.ToLower(text[:n])))...)
		}
		text = text[n:]
	}
	return words
}

// Classes of bytes: a word ends where the class changes.
const (
	between = iota
	letter
	digit
	slash
)

func classOf(c byte) int {
	switch {
	case isLetter(c) || c >= utf8.RuneSelf:
		return letter
	case isDigit(c):
		return digit
	case c == '/':
		return slash
	default:
		return between
	}
}

// plain returns the word, or words, for a word that means the same.
func plain(word string) string {
	switch word {
	case "q", "a", "per", "each", "/":
		return "every"
	case "d", "days":
		return "day"
	case "w", "wk", "wks", "weeks":
		return "week"
	case "m", "mo", "months":
		return "month"
	case "daily", "qd":
		return "every day"
	case "qw":
		return "every week"
	case "monthly", "qm":
		return "every month"
	case "quarterly":
		return "every quarter"
	case "yearly", "annually":
		return "every year"
	case "fortnightly":
		return "every 2 week"
	case "fortnight":
		return "2 week"
	case "qod", "eod":
		return "every 2 day"
	case "prn":
		return "as needed"
	case "times":
		return "x"
	case "once":
		return "1 x"
	case "twice":
		return "2 x"
	case "thrice":
		return "3 x"
	case "one":
		return "1"
	case "two", "second", "other":
		return "2"
	case "three", "third":
		return "3"
	case "four":
		return "4"
	case "five":
		return "5"
	case "six":
		return "6"
	case "seven":
		return "7"
	case "eight":
		return "8"
	case "twelve":
		return "12"
	default:
		return word
	}
}
