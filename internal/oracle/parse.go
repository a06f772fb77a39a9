package oracle

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// Bounds of the notation.
const (
	maxText     = 4096
	maxSegments = 64
	maxWeeks    = 1000
	maxNumber   = 3650
	maxTimes    = 1000
	maxOffset   = 520
)

const (
	num  = `[1-9][0-9]{0,5}`
	num0 = `(?:0|` + num + `)`
	intv = `(` + num + `)(d|w|mo)`
)

var (
	thenRE     = regexp.MustCompile(` +then +`)
	asNeededRE = regexp.MustCompile(`^as +needed$`)
	countsRE   = regexp.MustCompile(`^[0-7](?:-[0-7])*$`)
	rateRE     = regexp.MustCompile(`^([1-7])/wk(?: +x(` + num + `))?$`)
	everyRE    = regexp.MustCompile(`^every +` + intv + `(?: *\(` + intv + `\.\.` + intv + `\))?` +
		`(?: +x(` + num + `))?(?: +from +week +(` + num + `))?$`)
	cycleRE = regexp.MustCompile(`^days +(` + num + `(?:, *` + num + `)*) +of +(` + num + `) +x(` + num + `)$`)
	weeksRE = regexp.MustCompile(`^weeks +(` + num0 + `(?:, *` + num0 + `)*)$`)
)

// Parse reads a cadence. Its errors say what is wrong, not where.
func Parse(text string) (Cadence, error) {
	if len(text) > maxText {
		return Cadence{}, errors.New("text too long")
	}
	var c Cadence
	parts := thenRE.Split(text, -1)
	if asNeededRE.MatchString(parts[len(parts)-1]) {
		c.AsNeeded = true
		parts = parts[:len(parts)-1]
	}
	if len(parts) > maxSegments {
		return Cadence{}, errors.New("too many segments")
	}
	for _, part := range parts {
		s, err := parseSegment(part)
		if err != nil {
			return Cadence{}, fmt.Errorf("%q: %w", part, err)
		}
		c.Segments = append(c.Segments, s)
	}
	return c, c.checkEnd()
}

// checkEnd refuses anything after a segment without end.
func (c Cadence) checkEnd() error {
	for i, s := range c.Segments {
		last := i == len(c.Segments)-1 && !c.AsNeeded
		if s.endless() && !last {
			return errors.New("a segment without end must be the last")
		}
	}
	return nil
}

// join puts one cadence after another, as if by "then".
func (c Cadence) join(next Cadence) (Cadence, error) {
	if c.AsNeeded {
		return Cadence{}, errors.New("nothing may follow as needed")
	}
	joined := Cadence{
		Segments: append(append([]Segment{}, c.Segments...), next.Segments...),
		AsNeeded: next.AsNeeded,
	}
	return joined, joined.checkEnd()
}

func parseSegment(text string) (Segment, error) {
	if countsRE.MatchString(text) {
		return parseCounts(text)
	}
	if m := rateRE.FindStringSubmatch(text); m != nil {
		return parseRate(m)
	}
	if m := everyRE.FindStringSubmatch(text); m != nil {
		return parseEvery(m)
	}
	if m := cycleRE.FindStringSubmatch(text); m != nil {
		return parseCycle(m)
	}
	if m := weeksRE.FindStringSubmatch(text); m != nil {
		offsets := toInts(m[1])
		if !increasing(offsets) || offsets[len(offsets)-1] > maxOffset {
			return Segment{}, errors.New("offsets must rise and stay within bounds")
		}
		return Segment{Kind: Weeks, Offsets: offsets}, nil
	}
	return Segment{}, errors.New("not a segment")
}

func parseCounts(text string) (Segment, error) {
	var counts []int
	for digit := range strings.SplitSeq(text, "-") {
		counts = append(counts, toInt(digit))
	}
	if counts[0] == 0 || counts[len(counts)-1] == 0 {
		return Segment{}, errors.New("the first and the last week need a session")
	}
	if len(counts) > maxWeeks {
		return Segment{}, errors.New("too many weeks")
	}
	return Segment{Kind: Weekly, Counts: counts}, nil
}

func parseRate(m []string) (Segment, error) {
	if m[2] == "" {
		return Segment{Kind: Weekly, Counts: toInts(m[1]), GoesOn: true}, nil
	}
	times := toInt(m[2])
	if times > maxTimes {
		return Segment{}, errors.New("too many times")
	}
	s := Segment{Kind: Weekly}
	for range times {
		s.Counts = append(s.Counts, toInt(m[1]))
	}
	return s, nil
}

func parseEvery(m []string) (Segment, error) {
	s := Segment{
		Kind:     Every,
		Interval: Interval{toInt(m[1]), m[2]},
		HasRange: m[3] != "",
		Times:    toInt(m[7]),
		FromWeek: toInt(m[8]),
	}
	numbers := []int{s.Interval.Number, s.FromWeek}
	if s.HasRange {
		s.Low = Interval{toInt(m[3]), m[4]}
		s.High = Interval{toInt(m[5]), m[6]}
		numbers = append(numbers, s.Low.Number, s.High.Number)
		if s.Low.days() > s.Interval.days() || s.Interval.days() > s.High.days() {
			return Segment{}, errors.New("the interval must lie in its range")
		}
	}
	for _, n := range numbers {
		if n > maxNumber {
			return Segment{}, errors.New("number too large")
		}
	}
	if s.Times > maxTimes {
		return Segment{}, errors.New("too many times")
	}
	return s, nil
}

func parseCycle(m []string) (Segment, error) {
	s := Segment{Kind: Cycle, Days: toInts(m[1]), Length: toInt(m[2]), Times: toInt(m[3])}
	if s.Length > maxNumber || s.Times > maxTimes {
		return Segment{}, errors.New("number too large")
	}
	if !increasing(s.Days) || s.Days[len(s.Days)-1] > s.Length {
		return Segment{}, errors.New("days must rise and lie in the cycle")
	}
	return s, nil
}

func increasing(list []int) bool {
	for i := 1; i < len(list); i++ {
		if list[i] <= list[i-1] {
			return false
		}
	}
	return true
}

// toInt reads a number that a pattern has already matched; nothing is 0.
func toInt(text string) int {
	n, _ := strconv.Atoi(text)
	return n
}

func toInts(text string) []int {
	var list []int
	for part := range strings.SplitSeq(text, ",") {
		list = append(list, toInt(strings.Trim(part, " ")))
	}
	return list
}
