package lint

import (
	"errors"
	"slices"
	"strconv"
	"strings"

	"github.com/regimen-go/regimen/internal/civil"
	"github.com/regimen-go/regimen/internal/course"
	"github.com/regimen-go/regimen/protocol"
)

// A Variant is a protocol with one value for each of its parameters.
type Variant struct {
	// Protocol is the protocol with these values.
	Protocol *protocol.Protocol
	// With names the parameter whose value is another than in the first variant, and
	// the value, such as "maintenance every 8w". It is empty for the first.
	With string

	phases  []protocol.Phase
	assumed map[field]bool // what no value is known of
	// assumedBeside has the fields of medicines beside the drug of which that holds.
	assumedBeside map[placedField]bool
	courses       []days
}

// A field is one of a phase.
type field struct {
	phase int
	of    protocol.Field
}

// A placedField is one of a medicine at a place.
type placedField struct {
	place string
	of    protocol.Field
}

// Phases returns the phases with the values filled in.
func (v *Variant) Phases() []protocol.Phase { return v.phases }

// Known reports whether the values of fields of a phase are known: the file states
// them, or a parameter that has a value, choices or a range.
func (v *Variant) Known(phase int, fields ...protocol.Field) bool {
	return !slices.ContainsFunc(fields, func(f protocol.Field) bool { return v.assumed[field{phase, f}] })
}

// A refusal is a value that a parameter allows and that does not compile.
type refusal struct {
	parameter, choice int // choice is -1 for an end of a range
	value             string
	err               *protocol.Error
}

// place returns where the file has the value.
func (r refusal) place(p protocol.Parameter) string {
	at := "/parameters/" + strconv.Itoa(r.parameter)
	switch {
	case r.choice >= 0:
		return at + "/choices/" + strconv.Itoa(r.choice)
	case r.value == p.Low:
		return at + "/low"
	default:
		return at + "/high"
	}
}

// newSubject compiles a protocol with the values that its parameters may have.
func newSubject(f File) *Subject {
	s := &Subject{Name: f.Name, Spec: f.Spec.Clone(), places: protocol.NewPlaces(f.Source)}
	if f.Earlier != nil {
		s.Earlier = new(f.Earlier.Clone())
	}
	values := make([][]string, len(s.Spec.Parameters))
	for i, p := range s.Spec.Parameters {
		values[i] = candidates(p)
	}
	chosen := s.first(values)
	if chosen == nil {
		return s
	}
	const most = 200 // compiled, so that a hostile file costs little
	tried := 0
	for i, list := range values {
		for k, value := range list {
			if value == chosen.Parameters[i].Value || tried == most {
				continue
			}
			tried++
			other := chosen.Clone()
			other.Parameters[i].Value = value
			p, err := other.Compile()
			if err != nil {
				r := refusal{i, k, value, firstOf(err)}
				if len(s.Spec.Parameters[i].Choices) == 0 {
					r.choice = -1
				}
				s.refused = append(s.refused, r)
				continue
			}
			s.add(p, s.Spec.Parameters[i].Name+" "+value)
		}
	}
	return s
}

// first compiles the protocol with the first value of each parameter or, where that
// is refused, with later ones. It returns what it compiled.
func (s *Subject) first(values [][]string) *protocol.Spec {
	const attempts = 6
	for k := range attempts {
		spec := s.Spec.Clone()
		for i := range spec.Parameters {
			p := &spec.Parameters[i]
			list := values[i]
			if len(list) == 0 {
				list = assumptions(s.Spec, *p)
			}
			if len(list) > 0 {
				p.Value = list[min(k, len(list)-1)]
			}
		}
		p, err := spec.Compile()
		if err == nil {
			s.problems = nil
			s.add(p, "")
			return &spec
		}
		if list, ok := errors.AsType[protocol.ErrorList](err); ok && k == 0 {
			s.problems = slices.DeleteFunc(list, func(e *protocol.Error) bool { return errors.Is(e, protocol.ErrUnset) })
		}
	}
	return nil
}

// add adds a variant.
func (s *Subject) add(p *protocol.Protocol, with string) {
	v := &Variant{Protocol: p, With: with, assumed: map[field]bool{}, assumedBeside: map[placedField]bool{}}
	for _, phase := range p.Phases() {
		v.phases = append(v.phases, phase)
	}
	for _, parameter := range s.Spec.Parameters {
		if len(candidates(parameter)) > 0 {
			continue
		}
		for _, place := range parameter.Fills {
			if place.Medicine != "" {
				for _, m := range v.besides() {
					if m.isFilledBy(s.Spec, place) {
						v.assumedBeside[placedField{m.place, place.Field}] = true
					}
				}
				continue
			}
			for i, phase := range v.phases {
				if place.Phase == "" || place.Phase == phase.Name {
					v.assumed[field{i, place.Field}] = true
				}
			}
		}
	}
	s.variants = append(s.variants, v)
}

// candidates returns the values that a parameter is known to allow: the one that it
// has, else its choices, else the ends of its range.
func candidates(p protocol.Parameter) []string {
	switch {
	case p.Value != "":
		return []string{p.Value}
	case len(p.Choices) > 0:
		return p.Choices
	}
	var ends []string
	for _, end := range []string{p.Low, p.High} {
		if end != "" && !slices.Contains(ends, end) {
			ends = append(ends, end)
		}
	}
	return ends
}

// assumptions returns values with which a parameter that says nothing of its own may
// compile, so that the rest can be looked at. No rule looks at what they fill.
func assumptions(s protocol.Spec, p protocol.Parameter) []string {
	if len(p.Fills) == 0 {
		return nil
	}
	switch p.Fills[0].Field {
	case protocol.FieldCadence:
		return []string{"1"}
	case protocol.FieldAmount:
		if p.MultipleOf != "" {
			return []string{p.MultipleOf}
		}
		return []string{"0.5 mg/kg", "1 mg", "28 mg", "50 mg", "100 mg"}
	case protocol.FieldBasis:
		return []string{"actual"}
	case protocol.FieldCap:
		return []string{"100000 mg", "100 mg", "50 mg"}
	case protocol.FieldRounding:
		return []string{"0.1 mg half up", "0.001 mg half up"}
	case protocol.FieldMaximum:
		return []string{"100000 mg"}
	case protocol.FieldMinGap:
		return []string{"1 day"}
	case protocol.FieldAdministration:
		return []string{"24 h", "40 min", "1 min"}
	case protocol.FieldObservation:
		return []string{"1 h"}
	case protocol.FieldClimb:
		return []string{"free"}
	case protocol.FieldFollows:
		return []string{"rule"}
	case protocol.FieldSteps:
		for _, phase := range s.Phases {
			if (p.Fills[0].Phase == "" || p.Fills[0].Phase == phase.Name) && len(phase.Steps) > 0 {
				var sessions []string
				for k := range phase.Steps {
					sessions = append(sessions, strconv.Itoa(k+2))
				}
				return []string{strings.Join(sessions, ", ")}
			}
		}
		return nil
	default:
		return nil
	}
}

// firstOf returns the first problem of a protocol that does not compile.
func firstOf(err error) *protocol.Error {
	if list, ok := errors.AsType[protocol.ErrorList](err); ok && len(list) > 0 {
		return list[0]
	}
	return &protocol.Error{Want: err.Error(), Offset: -1}
}

// days are the sessions that a variant asks for from a start on.
type days struct {
	start    int32
	sessions []course.Session
	err      error
}

// firstStart returns a Monday, as a day number. A start in another month comes to
// other days only where months are counted.
func firstStart() int32 {
	monday, _, _ := civil.Parse("2025-01-06")
	return civil.Day(monday)
}

// allCourses returns what the protocol asks for from each day of a week on. A cadence
// without end goes on for some of its intervals.
func (v *Variant) allCourses() []days {
	if v.courses != nil {
		return v.courses
	}
	weekdays := slices.ContainsFunc(v.phases, func(p protocol.Phase) bool { return len(p.Weekdays) > 0 })
	for k := range int32(7) {
		if k > 0 && !weekdays {
			break // the same, later
		}
		start := firstStart() + k
		c := course.New(v.Protocol, start, start+int32(length(v.Protocol)), nil)
		list, _, err := c.Unfold(nil)
		v.courses = append(v.courses, days{start, list, err})
	}
	return v.courses
}

// length returns at most how many days a protocol takes, and some intervals more
// where it has no end.
func length(p *protocol.Protocol) int {
	const intervals = 4
	n := 0
	for _, s := range p.Segments() {
		switch s.Kind() {
		case protocol.Weekly:
			n += 7 * s.Weeks()
			if s.Endless() {
				n += 7 * intervals
			}
		case protocol.Every:
			times := s.Times()
			if times == 0 {
				times = intervals
			}
			n = max(n, 7*s.FromWeek()) + (times+1)*(s.Interval().Days()+s.Interval().Number())
		case protocol.Cyclical:
			n += s.Length() * s.Times()
		case protocol.AtWeeks:
			n += 7 * (s.Point(s.Points()-1) + 1)
		}
	}
	return min(n, 200*365)
}

// perVariant makes a check of one that looks at a variant. What it finds at a place is
// found with one variant only, the first.
func perVariant(look func(v *Variant, report Report)) func(*Subject, Report) {
	return func(s *Subject, report Report) {
		found := map[string]bool{}
		for _, v := range s.variants {
			var now []string
			look(v, func(place, format string, args ...any) {
				if found[place] {
					return
				}
				if v.With != "" {
					format += ", with %s"
					args = append(slices.Clip(args), v.With)
				}
				now = append(now, place)
				report(place, format, args...)
			})
			for _, place := range now {
				found[place] = true
			}
		}
	}
}

// comparePlaces orders places as the values stand in a list: numbers by size.
func comparePlaces(a, b string) int {
	x, y := strings.Split(a, "/"), strings.Split(b, "/")
	for i := range min(len(x), len(y)) {
		m, errM := strconv.Atoi(x[i])
		n, errN := strconv.Atoi(y[i])
		switch {
		case errM == nil && errN == nil && m != n:
			return m - n
		case x[i] != y[i]:
			return strings.Compare(x[i], y[i])
		}
	}
	return len(x) - len(y)
}
