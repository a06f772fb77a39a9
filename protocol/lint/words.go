package lint

import (
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
)

// wordsOf splits a text into its words and numbers, in lower case. Hyphens and commas
// between them are no part of either, dots inside numbers are.
func wordsOf(text string) []string {
	var words []string
	for _, w := range strings.FieldsFunc(strings.ToLower(text), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '.'
	}) {
		if w = strings.Trim(w, "."); w != "" {
			words = append(words, w)
		}
	}
	return words
}

func oneOf(word string, of ...string) bool { return slices.Contains(of, word) }

// numberOf returns the number of a word, -1 where it is none.
func numberOf(word string) int {
	if n, err := strconv.Atoi(word); err == nil && n >= 0 && n <= 100_000 {
		return n
	}
	return slices.Index([]string{"none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"}, word)
}

// daysOf returns how many days the unit of a span has, 0 for none.
func daysOf(unit string) int {
	switch unit {
	case "day", "days":
		return 1
	case "week", "weeks":
		return 7
	default:
		return 0
	}
}

// durationIn returns the first length of time in hours or minutes that a text names.
func durationIn(words []string) (time.Duration, bool) {
	for i := 1; i < len(words); i++ {
		n := numberOf(words[i-1])
		if n <= 0 {
			continue
		}
		switch words[i] {
		case "h", "hour", "hours":
			return time.Duration(n) * time.Hour, true
		case "min", "minute", "minutes":
			return time.Duration(n) * time.Minute, true
		}
	}
	return 0, false
}

// under reports whether a place is another, or is in it.
func under(place, in string) bool { return place == in || strings.HasPrefix(place, in+"/") }
