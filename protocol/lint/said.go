package lint

import (
	"slices"
	"strconv"
	"strings"

	"github.com/regimen-go/regimen/protocol"
)

// Rules that compare what words say of a cadence with the days that it comes to.

// A span is what a text says about how many sessions take place in how many days.
type span struct {
	sessions int // 0 where it does not say
	exactly  bool
	days     int
	words    string
}

// spansIn returns the spans that a text names: "six in 12 days", "over three to four
// weeks", "for four weeks". A length that is the least is none, and where one thing follows another
// "for" is about a part.
func spansIn(text string) (list []span) {
	words := wordsOf(text)
	for k := range words {
		unit := daysOf(words[k])
		if unit == 0 || k < 2 || numberOf(words[k-1]) <= 0 {
			continue
		}
		first := k - 1
		if first >= 2 && oneOf(words[first-1], "to", "or") && numberOf(words[first-2]) > 0 {
			first -= 2
		}
		at := first - 1
		for at >= 0 && oneOf(words[at], "a", "an", "the", "of", "about") {
			at--
		}
		if at < 0 || !oneOf(words[at], "in", "over", "within", "during", "for") || words[at] == "for" && slices.Contains(words, "then") || slices.Contains(words[max(0, at-1):first], "least") {
			continue
		}
		s := span{days: unit * numberOf(words[k-1]), words: strings.Join(words[max(0, at):k+1], " ")}
		for back := at - 1; back >= max(0, at-3); back-- {
			if n := numberOf(words[back]); n > 0 && !oneOf(words[back+1], "a", "times", "per", "week", "weeks", "day", "days", "mg", "h", "min") {
				s.sessions = n
				s.exactly = !slices.Contains(words[back:at], "more") && (back == 0 || !oneOf(words[back-1], "least", "most", "to", "than"))
				s.words = strings.Join(words[back:k+1], " ")
				break
			}
		}
		list = append(list, s)
	}
	return list
}

// checkSpan compares the days that phases take with what is stated.
func checkSpan(v *Variant, report Report) {
	spec := v.Protocol.Spec()
	for i, p := range v.phases {
		n, ok := p.Cadence.Sessions()
		if !ok || n == 0 || !v.Known(i, protocol.FieldCadence) {
			continue
		}
		stated := func(place, text string, all bool) {
			for _, s := range spansIn(text) {
				if s.sessions != 0 && s.sessions != n || s.sessions == 0 && !all {
					continue
				}
				if took, from := v.longest(i); took > s.days {
					report(place, "%q is stated (%s), and the %s of %q take %s from %s", s.words, plural(s.days, "day"), plural(n, "session"), p.Name, plural(took, "day"), from)
					return
				}
			}
		}
		stated(phaseAt(i)+"/cadence", p.Name, true)
		stated("/title", spec.Title, len(v.phases) == 1)
		for a, source := range spec.Sources {
			for b, f := range source.Facts {
				if f.About == phaseAt(i) || under(f.About, phaseAt(i)+"/cadence") {
					stated("/sources/"+strconv.Itoa(a)+"/facts/"+strconv.Itoa(b), f.Says, true)
				}
			}
		}
	}
}

// longest returns the most days that the sessions of a phase take, both ends counted,
// and from which start.
func (v *Variant) longest(phase int) (most int, from string) {
	for k, c := range v.allCourses() {
		first, last := int32(0), int32(0)
		for _, s := range c.sessions {
			if int(s.Phase) != phase {
				continue
			}
			if first == 0 {
				first = s.Target
			}
			last = s.Target
		}
		if took := int(last-first) + 1; first != 0 && took > most {
			most, from = took, startName(k, v)
		}
	}
	return most, from
}

// A saying is what a title says of a cadence, and whether a protocol does so.
type saying struct {
	words string
	holds func(v *Variant) bool
}

// checkTitle looks for what a title says that holds with no value of the parameters.
func checkTitle(s *Subject, report Report) {
	var known []*Variant
	for _, v := range s.variants {
		if v.plannedCadences() {
			known = append(known, v)
		}
	}
	if len(known) == 0 {
		return
	}
	for _, said := range sayings(s.Spec.Title) {
		if !slices.ContainsFunc(known, said.holds) {
			report("/title", "the title says %q, and the cadence is %s", said.words, known[0].Protocol.Cadence())
			return
		}
	}
}

// plannedCadences reports whether the cadence of every phase is known.
func (v *Variant) plannedCadences() bool {
	for i := range v.phases {
		if !v.Known(i, protocol.FieldCadence) {
			return false
		}
	}
	return true
}

// sayings returns what a title says of a cadence.
func sayings(title string) (list []saying) {
	for token := range strings.FieldsFuncSeq(title, func(r rune) bool { return strings.ContainsRune(" ,;:()", r) }) {
		if counts, ok := countsOf(token); ok {
			list = append(list, saying{token, func(v *Variant) bool { return v.hasCounts(counts) }})
		}
	}
	words := wordsOf(title)
	word := func(i int) string {
		if i >= 0 && i < len(words) {
			return words[i]
		}
		return ""
	}
	for i, w := range words {
		switch {
		case w == "every":
			if s, ok := everySaying(word, i); ok {
				list = append(list, s)
			}
		case w == "weekly" && word(i-1) != "bi", oneOf(w, "a", "per") && word(i+1) == "week":
			n, from := 1, i
			switch before := word(i - 1); {
			case before == "twice":
				n, from = 2, i-1
			case before == "thrice":
				n, from = 3, i-1
			case before == "once":
				from = i - 1
			case before == "times" && numberOf(word(i-2)) > 0:
				n, from = numberOf(word(i-2)), i-2
			case w != "weekly" && numberOf(before) > 0:
				n, from = numberOf(before), i-1
			case w != "weekly":
				continue // "a week" alone
			}
			end := i + 1
			if w != "weekly" {
				end++
			}
			list = append(list, saying{strings.Join(words[from:end], " "), func(v *Variant) bool { return v.hasPerWeek(n) }})
		case w == "monthly", oneOf(w, "a", "per") && word(i+1) == "month" && oneOf(word(i-1), "once", "one", "1"):
			list = append(list, saying{w, func(v *Variant) bool { return v.hasInterval(28, 31) }})
		case w == "single" && oneOf(word(i+1), "infusion", "injection", "dose", "session", "treatment"):
			list = append(list, saying{w + " " + words[i+1], func(v *Variant) bool {
				n, ok := v.Protocol.Cadence().Sessions()
				return ok && n == 1 && !v.Protocol.Cadence().AsNeeded()
			}})
		case oneOf(w, "days", "weeks") && numberOf(word(i+1)) >= 0 && oneOf(word(i+2), "and", "8", "2", "1", "15"):
			if s, ok := listSaying(words[i:]); ok {
				list = append(list, s)
			}
		}
	}
	for _, s := range spansIn(title) {
		if s.sessions > 1 && s.exactly {
			list = append(list, saying{s.words, func(v *Variant) bool { return v.hasSessions(s.sessions) }})
		}
	}
	return list
}

// countsOf reads a token such as 3-2-1-1-1: three counts a week or more.
func countsOf(token string) (counts []int, ok bool) {
	parts := strings.Split(token, "-")
	for _, part := range parts {
		if len(part) != 1 || part[0] < '0' || part[0] > '7' {
			return nil, false
		}
		counts = append(counts, int(part[0]-'0'))
	}
	return counts, len(parts) >= 3
}

// everySaying reads "every 4 weeks", "every 2 to 8 weeks", "every week", "every month".
func everySaying(word func(int) string, i int) (saying, bool) {
	low, high, at := 1, 1, i+1
	if n := numberOf(word(at)); n > 0 {
		low, high, at = n, n, at+1
		if m := numberOf(word(at + 1)); oneOf(word(at), "to", "or") && m > 0 {
			high, at = m, at+2
		}
	}
	var words strings.Builder
	words.WriteString("every")
	for k := i + 1; k <= at; k++ {
		words.WriteString(" " + word(k))
	}
	if days := daysOf(word(at)); days > 0 {
		return saying{words.String(), func(v *Variant) bool { return v.hasInterval(low*days, high*days) }}, true
	}
	if oneOf(word(at), "month", "months") {
		return saying{words.String(), func(v *Variant) bool { return v.hasInterval(low*28, high*31) }}, true
	}
	return saying{}, false
}

// listSaying reads "days 1 and 8 of 21" and "weeks 0, 2 and 6".
func listSaying(words []string) (saying, bool) {
	kind, length := protocol.AtWeeks, 0
	if words[0] == "days" {
		kind = protocol.Cyclical
	}
	var numbers []int
	end := 1
	for ; end < len(words); end++ {
		n := numberOf(words[end])
		if n < 0 && words[end] != "and" {
			break
		}
		if n >= 0 {
			numbers = append(numbers, n)
		}
	}
	if kind == protocol.Cyclical && end+1 < len(words) && words[end] == "of" {
		length = numberOf(words[end+1])
	}
	return saying{strings.Join(words[:end], " "), func(v *Variant) bool {
		for _, s := range v.Protocol.Segments() {
			same := s.Kind() == kind && s.Points() == len(numbers) && (length <= 0 || s.Length() == length)
			for i := range numbers {
				same = same && s.Point(i) == numbers[i]
			}
			if same {
				return true
			}
		}
		return false
	}}, len(numbers) > 1
}

// hasCounts reports whether a phase, or all of them together, has weeks in a row with
// these numbers of sessions and no others.
func (v *Variant) hasCounts(counts []int) bool {
	var run, whole []int
	found := false
	phase := -1
	end := func() { found = found || slices.Equal(run, counts) || slices.Equal(whole, counts) }
	for i, s := range v.Protocol.Segments() {
		if i != phase {
			end()
			run, phase = nil, i
		}
		if s.Kind() != protocol.Weekly {
			end()
			run, whole = nil, nil
			continue
		}
		for week := range max(1, s.Weeks()) {
			run, whole = append(run, s.Count(week)), append(whole, s.Count(week))
		}
	}
	end()
	return found
}

// hasPerWeek reports whether some week has so many sessions.
func (v *Variant) hasPerWeek(n int) bool {
	for _, s := range v.Protocol.Segments() {
		for week := range max(1, s.Weeks()) {
			if s.Count(week) == n {
				return true
			}
		}
	}
	return n == 1 && v.hasInterval(7, 7)
}

// hasInterval reports whether sessions are so many days apart, or may be by a stated
// range, somewhere.
func (v *Variant) hasInterval(low, high int) bool {
	for _, s := range v.Protocol.Segments() {
		switch s.Kind() {
		case protocol.Every:
			a, b := s.Range()
			if d := s.Interval().Days(); d >= low && d <= high || a.Days() >= low && b.Days() <= high && !a.IsZero() {
				return true
			}
			if s.Interval().Unit() == protocol.Months && 28*s.Interval().Number() <= low && high <= 31*s.Interval().Number() {
				return true
			}
		default:
			for _, r := range rates(v.Protocol.Cadence()) {
				if r.sessions == 1 && r.days >= low && r.days <= high {
					return true
				}
			}
		}
	}
	return false
}

// hasSessions reports whether a phase, or all of them, has so many sessions.
func (v *Variant) hasSessions(n int) bool {
	total, ok := v.Protocol.Cadence().Sessions()
	return ok && total == n || slices.ContainsFunc(v.phases, func(p protocol.Phase) bool {
		k, ok := p.Cadence.Sessions()
		return ok && k == n
	})
}

// checkMonth looks for months in what is said of a cadence that counts days or weeks.
func checkMonth(s *Subject, report Report) {
	said := slices.Clone(s.Spec.Notes)
	for _, source := range s.Spec.Sources {
		for _, f := range source.Facts {
			said = append(said, f.Says)
		}
	}
	if slices.ContainsFunc(said, explainsMonth) {
		return
	}
	for i, p := range s.Spec.Phases {
		if p.Cadence.IsZero() || countsMonths(p.Cadence) {
			continue
		}
		if hasMonth(p.Name) {
			report(phaseAt(i)+"/cadence", "%q is counted as %s", p.Name, p.Cadence)
			continue
		}
		for _, source := range s.Spec.Sources {
			at := slices.IndexFunc(source.Facts, func(f protocol.Fact) bool {
				return under(f.About, phaseAt(i)+"/cadence") && (hasMonth(f.Says) || hasMonth(f.Quote))
			})
			if at >= 0 {
				report(phaseAt(i)+"/cadence", "%q says %q, which is counted as %s", source.Key, shortened(source.Facts[at].Says), p.Cadence)
				break
			}
		}
	}
}

func countsMonths(c protocol.Cadence) bool {
	for _, s := range c.Segments() {
		if s.Interval().Unit() == protocol.Months {
			return true
		}
	}
	return false
}

func hasMonth(text string) bool {
	return slices.ContainsFunc(wordsOf(text), func(w string) bool { return oneOf(w, "month", "monthly", "months") })
}

// explainsMonth reports whether a text says what a month is.
func explainsMonth(text string) bool {
	words := wordsOf(text)
	return hasMonth(text) && slices.ContainsFunc(words, func(w string) bool { return oneOf(w, "calendar", "week", "weeks", "day", "days") })
}
