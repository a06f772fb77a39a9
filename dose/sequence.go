package dose

import (
	"strconv"
	"time"
	"unicode/utf8"
)

// MaxParts is the largest number of parts of one dose.
const MaxParts = 16

// A Sequence is a dose in parts: everything that decides how one dose is given that
// consists of several, one after the other. It is to parts what an [Order] is to a dose
// that is given at once.
//
// Each part is calculated, rounded, drawn up and judged on its own. The dose as a whole
// is the sum of what is given of the parts, and is judged by the limits of the whole.
//
// The zero Sequence is no dose.
type Sequence struct {
	// Rule is that of the whole: [SumOfParts] and limits of the dose, of the dose per
	// kilogram and of the duration. The zero Rule stands for the sum without limits.
	Rule Rule
	// Parts are in the order in which they are given.
	Parts []Part
	// Administration is the time that the visit has for all of them. Zero: not stated.
	Administration Duration
	// RunsOn says that the last part goes on after the patient has left, as from an
	// ambulatory pump: it has to begin within the administration, but need not end in it.
	RunsOn bool
}

// A PartTime is when a part of a [Sequence] is given, counted from the beginning of the
// first.
type PartTime struct{ Begins, Ends time.Duration }

// Times returns when each part is given, by the times that are stated. Time is kept for
// the parts that have a condition.
func (s Sequence) Times() []PartTime {
	times := make([]PartTime, len(s.Parts))
	for i, p := range s.Parts {
		var begins time.Duration
		if i > 0 {
			after, fromStart := p.Start.After()
			if begins = times[i-1].Ends; fromStart {
				begins = times[i-1].Begins
			}
			begins += after.Time()
		}
		times[i] = PartTime{begins, begins + p.Time().Time()}
	}
	return times
}

// Duration returns how long it takes from the beginning of the first part to the end of
// the last, by the times that are stated; zero if none is.
func (s Sequence) Duration() Duration {
	var ends time.Duration
	for _, t := range s.Times() {
		ends = max(ends, t.Ends)
	}
	return durationOf(ends)
}

// durationOf returns d as a Duration; none for no time or one that is too long.
func durationOf(d time.Duration) Duration {
	during, err := NewDuration(d)
	if err != nil {
		return Duration{}
	}
	return during
}

// Whole returns the order of the whole: the sum, to judge what was given by the limits of
// the whole. It cannot be computed without the parts.
func (s Sequence) Whole() Order {
	if s.Rule.IsZero() {
		s.Rule.Amount = SumOfParts()
	}
	return Order{Rule: s.Rule, Administration: s.planned()}
}

// planned returns how long the parts that are planned take.
func (s Sequence) planned() Duration {
	var ends time.Duration
	for i, t := range s.Times() {
		if s.Parts[i].Condition == "" {
			ends = max(ends, t.Ends)
		}
	}
	return durationOf(ends)
}

// Part returns the part with a name.
func (s Sequence) Part(name string) (Part, bool) {
	for _, p := range s.Parts {
		if p.Name == name {
			return p, true
		}
	}
	return Part{}, false
}

// Check returns every problem of s at once, as [RuleErrors], or nil. Fields begin with
// "Rule." or "Parts.1.", or are "Parts", "Administration" or "RunsOn". Beside what
// [Order.Check] reports of each part:
//
//   - no part, none that is planned, more than [MaxParts], a part without a name, two of
//     one name;
//   - a start of the first part, a part that begins before the one before has ended;
//   - [ErrTimesDiffer]: a part and its amount or preparation state two times;
//   - [ErrVisitTooShort]: the parts do not fit the administration;
//   - [ErrNotJudged]: a limit of the whole by which only parts can be judged;
//   - a sequence that runs on without a time of its last part.
func (s Sequence) Check() error {
	problems := s.checkParts(nil)
	whole := s.Whole()
	if len(problems) > 0 && whole.Administration.IsZero() {
		whole.Rule.Limits.Duration = Limit[Duration]{} // what is missing of the parts was said
	}
	for _, e := range whole.checkWhole() {
		e.Field = "Rule." + e.Field
		problems = append(problems, e)
	}
	problems = s.checkTimes(problems)
	if len(problems) == 0 {
		return nil
	}
	return problems
}

// checkParts appends the problems of the parts, each for itself and beside the others.
func (s Sequence) checkParts(problems RuleErrors) RuleErrors {
	planned := false
	named := map[string]int{}
	for i, p := range s.Parts[:min(len(s.Parts), MaxParts)] {
		at := partField(i)
		add := func(field, value, want string) {
			problems = append(problems, &RuleError{at + field, value, want, nil})
		}
		planned = planned || p.Condition == ""
		other, again := named[p.Name]
		switch {
		case p.Name == "" || len(p.Name) > 100 || !utf8.ValidString(p.Name):
			add("Name", p.Name, "a name of 1 to 100 bytes")
		case again:
			add("Name", p.Name, "every name once: "+partName(other)+" has the same")
		default:
			named[p.Name] = i
		}
		for _, e := range p.problems() {
			e.Field = at + e.Field
			problems = append(problems, e)
		}
	}
	switch {
	case len(s.Parts) > MaxParts:
		problems = append(problems, &RuleError{"Parts", strconv.Itoa(len(s.Parts)), "at most " + strconv.Itoa(MaxParts) + " parts", nil})
	case !planned:
		problems = append(problems, &RuleError{"Parts", "", "a part without a condition, which is what is planned", nil})
	}
	return problems
}

func partName(i int) string { return "Parts." + strconv.Itoa(i) }

func partField(i int) string { return partName(i) + "." }

// checkWhole returns the problems of the rule of a whole.
func (o Order) checkWhole() RuleErrors {
	if !o.Rule.Amount.IsSum() {
		return RuleErrors{{"Amount", o.Rule.Amount.String(), SumOfParts().String() + ", since the parts say how much", nil}}
	}
	return o.checkSum(o.Rule.problems(nil))
}

// checkSum appends a problem for each limit by which only parts can be judged.
func (o Order) checkSum(problems RuleErrors) RuleErrors {
	for _, m := range [...]Measure{OfRate, OfRatePerKilogram, OfConcentration, OfVolume, OfFlow} {
		if one := o.Rule.Limits.only(m); !one.IsZero() {
			problems = append(problems, &RuleError{
				"Limits." + m.field(), one.String(), "a limit of the dose, of the dose per kilogram or of the duration: by the " + m.String() + " each part is judged, not the whole", ErrNotJudged,
			})
		}
	}
	if !o.Rule.Limits.Duration.IsZero() && o.Administration.IsZero() {
		problems = append(problems, &RuleError{"Limits.Duration", o.Rule.Limits.only(OfDuration).String(), "a time of a part, to judge it by", ErrNotJudged})
	}
	return problems
}

// only returns the limits of one measure.
func (l Limits) only(m Measure) Limits {
	switch m {
	case OfRate:
		return Limits{Rate: l.Rate}
	case OfRatePerKilogram:
		return Limits{RatePerKilogram: l.RatePerKilogram}
	case OfConcentration:
		return Limits{Concentration: l.Concentration}
	case OfVolume:
		return Limits{Volume: l.Volume}
	case OfFlow:
		return Limits{Flow: l.Flow}
	case OfDuration:
		return Limits{Duration: l.Duration}
	}
	return Limits{}
}

// checkTimes appends the problems of parts that begin at a wrong time or leave the
// administration.
func (s Sequence) checkTimes(problems RuleErrors) RuleErrors {
	if len(s.Parts) == 0 || len(s.Parts) > MaxParts {
		return problems
	}
	times, last := s.Times(), len(s.Parts)-1
	for i, p := range s.Parts {
		after, fromStart := p.Start.After()
		switch {
		case i == 0 && !p.Start.IsZero():
			problems = append(problems, &RuleError{partField(i) + "Start", p.Start.String(), "nothing, since the first part begins with the administration", nil})
		case fromStart && after.Compare(s.Parts[i-1].Time()) < 0:
			problems = append(problems, &RuleError{
				partField(i) + "Start", p.Start.String(), "at least " + s.Parts[i-1].Time().String() + " after start, when the part before has ended, " + partName(i-1), ErrPartsOverlap,
			})
		}
	}
	if s.RunsOn && s.Parts[last].Time().IsZero() {
		problems = append(problems, &RuleError{"RunsOn", "a dose that runs on", "how long, stated by " + partName(last), nil})
	}
	if s.Administration.IsZero() {
		return problems
	}
	for i, t := range times {
		ends, how := t.Ends, "ends"
		if s.RunsOn && i == last {
			ends, how = t.Begins, "begins"
		}
		if ends > s.Administration.Time() {
			return append(problems, &RuleError{
				"Administration", s.Administration.String(), "at least " + textOfTime(ends) + ", when part " + strconv.Quote(s.Parts[i].Name) + ", " + partName(i) + ", " + how, ErrVisitTooShort,
			})
		}
	}
	return problems
}

// textOfTime returns the text of a time of whole seconds.
func textOfTime(d time.Duration) string {
	if during := durationOf(d); !during.IsZero() {
		return during.String()
	}
	return d.String()
}
