package schedule

import (
	"cmp"
	"iter"
	"strconv"
	"strings"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/internal/civil"
	"github.com/regimen-go/regimen/schedule/clinic"
)

// A GivenPart is what was given of one part of a dose: a bolus, an infusion, a rate; all
// of it or, if it was stopped in the middle, less. The zero GivenPart is not valid: a name
// is required.
type GivenPart struct {
	// Name is that of the part in the protocol.
	Name string
	// Dose is what was really given of it; zero: the amount is not entered yet.
	Dose dose.Mass
	// Nothing says that the part was not given, "0 mg" in files.
	Nothing bool
	// Start and End are when it began and ended on the clinic's clock, zero where that
	// was not written down. A Start before that of the visit is on the next day, and so
	// is an End that is not after Start. One that takes longer than that says it by
	// During.
	Start, End clinic.TimeOfDay
	// During is how long giving it really took, zero where that was not written down: it
	// is then the time from Start to End, or the one that was planned.
	During dose.Duration
}

func (g *GivenPart) fields(f *objectFields) {
	f.text("name", &g.Name, must)
	f.doseGiven("dose", &g.Dose, &g.Nothing)
	f.clock("start", &g.Start)
	f.clock("end", &g.End)
	parsed(f, "during", &g.During, may, dose.ParseDuration)
}

// MarshalJSON returns the part as a JSON object. It never fails.
func (g GivenPart) MarshalJSON() ([]byte, error) { return marshalValue(g.fields) }

// UnmarshalJSON reads what [GivenPart.MarshalJSON] writes. Everything else is a
// [*FileProblems].
func (g *GivenPart) UnmarshalJSON(src []byte) error {
	return unmarshalValue(g, src, (*GivenPart).fields)
}

func (g GivenPart) compare(other GivenPart) int {
	return cmp.Or(cmp.Compare(g.Name, other.Name), g.Dose.Compare(other.Dose), cmp.Compare(g.Start.Minutes(), other.Start.Minutes()),
		cmp.Compare(g.End.Minutes(), other.End.Minutes()), g.During.Compare(other.During))
}

// String says what was given: "bolus 700 mg", "infusion not given".
func (g GivenPart) String() string {
	switch {
	case g.Nothing:
		return g.Name + " not given"
	case g.Dose.IsZero():
		return g.Name
	}
	text := g.Name + " " + g.Dose.String()
	if !g.During.IsZero() {
		text += " in " + g.During.String()
	}
	return text
}

func partsText(parts []GivenPart) string {
	texts := make([]string, len(parts))
	for i, part := range parts {
		texts[i] = part.String()
	}
	return strings.Join(texts, ", ")
}

// sum returns what was given of the parts together, and whether the amount of each is
// entered.
func (g Given) sum() (sum dose.Mass, known bool, err error) {
	known = true
	for i := range g.Parts {
		if sum, err = sum.Add(g.Parts[i].Dose); err != nil {
			return dose.Mass{}, false, err
		}
		known = known && (g.Parts[i].Nothing || !g.Parts[i].Dose.IsZero())
	}
	return sum, known, nil
}

// summed returns a copy that shares nothing, with the sum of its parts as its dose where
// that is not stated and all of them are entered.
func (g Given) summed() Given {
	g = g.clone()
	if sum, known, err := g.sum(); g.Dose.IsZero() && !g.Nothing && known && err == nil {
		g.Dose = sum
	}
	return g
}

// A partProblem is what is wrong with what was given of a part.
type partProblem struct{ value, want string }

// partProblems yields what cannot be of the parts, by the field that has it.
func (g Given) partProblems() iter.Seq2[string, partProblem] {
	return func(yield func(string, partProblem) bool) {
		named, given := map[string]int{}, false
		for i := range g.Parts {
			part := &g.Parts[i]
			at := partField(i)
			given = given || !part.Nothing
			other, again := named[part.Name]
			switch {
			case part.Name == "":
				if !yield(at+"Name", partProblem{"", "want the name of a part"}) {
					return
				}
			case again:
				if !yield(at+"Name", partProblem{part.Name, "want every part once: " + strings.TrimSuffix(partField(other), ".") + " is the same"}) {
					return
				}
			}
			named[part.Name] = i
			if part.Nothing && !part.Dose.IsZero() && !yield(at+"Dose", partProblem{part.Dose.String(), "want none where nothing was given"}) {
				return
			}
			if part.Start.Minutes() == civil.MinutesPerDay && !yield(at+"Start", partProblem{part.Start.String(), "want a time before 24:00"}) {
				return
			}
			if part.Start.IsZero() && !part.End.IsZero() && !yield(at+"Start", partProblem{"", "want the time at which the part began, since it has one at which it ended"}) {
				return
			}
		}
		sum, known, err := g.sum()
		switch {
		case len(g.Parts) == 0:
		case err != nil:
			yield("Parts", partProblem{partsText(g.Parts), "want parts that come to at most " + strconv.Itoa(dose.MaxMass) + " mg"})
		case g.Nothing && given:
			yield("Parts", partProblem{partsText(g.Parts), "want none that was given where nothing was given"})
		case !g.Nothing && !given:
			yield("Parts", partProblem{partsText(g.Parts), "want what was given of another part; or, where nothing was given at all, the dose " + nothingGiven})
		case !g.Dose.IsZero() && (known && g.Dose != sum || g.Dose.Compare(sum) < 0):
			yield("Dose", partProblem{g.Dose.String(), "want the sum of the parts, " + sum.String() + ", or none"})
		}
	}
}

func partField(i int) string { return "Parts." + strconv.Itoa(i) + "." }

// partMinutes returns the minutes, counted from 00:00 of the day of the visit, at which a
// part began and ended, -1 where that was not written down.
func (g Given) partMinutes(zone *civil.Zone, i int) (from, to int) {
	part := &g.Parts[i]
	if from = part.Start.Minutes(); from < 0 {
		return -1, -1
	}
	if begins := g.Start.Minutes(); begins > from {
		from += civil.MinutesPerDay
	}
	to = part.End.Minutes()
	switch {
	case to < 0:
	case from >= civil.MinutesPerDay:
		if to += civil.MinutesPerDay; to <= from {
			to += civil.MinutesPerDay
		}
	default:
		to = endOf(zone, g.Date, from, to)
	}
	return from, to
}

// partDuring returns how long giving a part took, zero where that was not written down.
func (g Given) partDuring(zone *civil.Zone, i int) dose.Duration {
	if part := &g.Parts[i]; !part.During.IsZero() {
		return part.During
	}
	from, to := g.partMinutes(zone, i)
	if from < 0 || to < 0 {
		return dose.Duration{}
	}
	begins, _ := zone.Resolve(g.Date, from)
	ends, _ := zone.Resolve(g.Date, to)
	during, err := dose.NewDuration(clockTime(ends - begins))
	if err != nil {
		return dose.Duration{}
	}
	return during
}
