package main

import (
	"cmp"
	"errors"
	"slices"
	"strconv"
	"strings"

	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/protocol/catalog"
)

// A prescription is what -protocol names.
type prescription struct {
	spec protocol.Spec
	// file is the name of its file and src what that has; both are empty where
	// it is in none.
	file string
	src  []byte
	// whole reports that it says everything but what -set gives: it is a file,
	// or an entry of the catalogue beside -set. Else the flags complete it.
	whole bool
}

// String returns what the prescription is known by.
func (p prescription) String() string {
	if p.spec.ID != "" {
		return p.spec.ID
	}
	if len(p.spec.Phases) == 0 {
		return ""
	}
	return p.spec.Phases[0].Cadence.String()
}

// decidedByProtocol are the flags that a whole prescription decides.
func decidedByProtocol() []string {
	return []string{"maintenance", "rate", "fixed", "max", "cap", "round", "mode", "min-gap", "administer", "observe"}
}

// prescription reads -protocol and, for what is a file or in the catalogue, -set.
func (r *reader) prescription() (p prescription) {
	name := r.text("protocol")
	sets := r.sets()
	entry, inCatalogue := catalog.Lookup(name)
	_, unlike := protocol.ParseCadence(name)
	switch {
	case isPath(name) || !inCatalogue && unlike != nil && r.exists(name):
		p = prescription{file: name, whole: true}
		src, ok := r.source("protocol")
		if !ok {
			return p
		}
		spec, err := protocol.Parse(name, src)
		if err != nil {
			r.file("protocol", err)
			return p
		}
		p.spec, p.src = spec, src
		r.use("protocol", oneLine(name), "given")
		r.beside("the file "+quote(name), "says it", decidedByProtocol())
	case inCatalogue && len(r.flags.sets) > 0:
		p = prescription{spec: entry, whole: true}
		r.use("protocol", name, map[bool]string{true: "given", false: "default"}[r.given("protocol")])
		r.beside("-set", "gives the parameters of "+name, decidedByProtocol())
	default:
		p = value(r, "protocol", parseProtocol)
		if len(r.flags.sets) > 0 && unlike == nil {
			r.refuse("set", r.flags.sets[0], "want it only with a protocol file or an entry of the catalogue: a cadence has no parameters")
		}
		return p
	}
	r.fill(&p, sets)
	return p
}

// exists reports whether a text is the name of something that can be read.
func (r *reader) exists(name string) bool {
	_, err := r.around.file(name)
	return err == nil
}

// sets reads -set.
func (r *reader) sets() (sets []setting) {
	for _, s := range r.flags.sets {
		name, value, ok := strings.Cut(s, "=")
		switch {
		case !ok || name == "" || value == "":
			r.refuse("set", s, "want NAME=VALUE")
		case slices.ContainsFunc(sets, func(t setting) bool { return t.name == name }):
			r.refuse("set", s, "want every parameter once")
		default:
			sets = append(sets, setting{name, value})
		}
	}
	return sets
}

// fill gives the parameters of a prescription their values.
func (r *reader) fill(p *prescription, sets []setting) {
	for _, s := range sets {
		spec, err := p.spec.Set(s.name, s.value)
		if err != nil {
			r.refuse("set", s.String(), wanted(err))
			continue
		}
		p.spec = spec
	}
	for _, q := range p.spec.Parameters {
		source := "file"
		if slices.ContainsFunc(sets, func(s setting) bool { return s.name == q.Name }) {
			source = "given"
		}
		if q.Value != "" {
			r.use(oneLine(q.Name), oneLine(q.Value), source)
		}
	}
}

func parseProtocol(s string) (prescription, error) {
	if spec, ok := catalog.Lookup(s); ok {
		if !fits(spec) {
			return prescription{}, errors.New("this entry of the catalogue leaves open what the flags do not give; want one of " +
				strings.Join(entries(), ", ") + ", or -set for each of its parameters: " + strings.Join(unset(spec), ", "))
		}
		return prescription{spec: spec}, nil
	}
	cadence, err := protocol.ParseCadence(s)
	e, ok := errors.AsType[*protocol.Error](err)
	if digit := s != "" && '0' <= s[0] && s[0] <= '9'; ok && !digit && e.Code == protocol.CodeSyntax && e.Offset == 0 {
		// Nothing in it looks like a cadence, so it may be meant as an id.
		err = errors.New("neither an entry of the catalogue (" + strings.Join(entries(), ", ") + ") nor a cadence: " + e.Want)
	}
	return prescription{spec: protocol.Spec{Phases: []protocol.Phase{{Name: "plan", Cadence: cadence}}}}, err
}

// unset returns the names of the parameters that an entry leaves open.
func unset(spec protocol.Spec) (names []string) {
	for _, p := range spec.Parameters {
		if p.Value == "" {
			names = append(names, p.Name)
		}
	}
	return names
}

// entries returns the entries of the catalogue that the flags complete.
func entries() []string {
	var ids []string
	for spec := range catalog.All() {
		if fits(spec) {
			ids = append(ids, spec.ID)
		}
	}
	return ids
}

// fits reports whether an entry leaves open exactly what the flags give.
func fits(spec protocol.Spec) bool {
	open := []string{"administration", "basis", "dose", "maintenance", "maximum", "min-gap", "observation", "rounding"}
	var names []string
	for _, p := range spec.Parameters {
		if len(p.Choices) > 0 || p.Low != "" || p.High != "" {
			return false
		}
		names = append(names, p.Name)
	}
	slices.Sort(names)
	return slices.Equal(names, open)
}

// complete returns the prescription with everything that it leaves open.
func (p prescription) complete(t treatment) (spec protocol.Spec, err error) {
	spec = p.spec.Clone()
	if p.whole {
		return spec, nil
	}
	if spec.ID == "" {
		phase := &spec.Phases[0]
		phase.Dose, phase.MinGap = t.rule, t.minGap
		phase.Visit = protocol.Visit{Administration: t.administer, Observation: t.observe}
		return spec, nil
	}
	if !t.rule.Cap.IsZero() {
		// The entry has no cap: a copy that has one is a version of its own.
		spec.Version += "+cap"
		spec.Parameters = append(spec.Parameters, protocol.Parameter{
			Name: "cap", Doc: "the dose that larger doses become", Fills: []protocol.Place{{Field: protocol.FieldCap}}, Value: t.rule.Cap.String(),
		})
	}
	basis := ""
	if _, b, ok := t.rule.Amount.PerWeight(); ok {
		basis = b.String()
	}
	for _, set := range []setting{
		{"maintenance", t.maintenance.String()},
		{"dose", amountText(t.rule)},
		{"basis", basis},
		{"rounding", t.rule.Rounding.String()},
		{"maximum", t.rule.Limits.Dose.HardMax.String()},
		{"min-gap", strconv.Itoa(t.minGap)},
		{"administration", protocol.FormatDuration(t.administer)},
		{"observation", protocol.FormatDuration(t.observe)},
	} {
		var problem error
		spec, problem = spec.Set(set.name, set.value)
		err = cmp.Or(err, problem)
	}
	return spec, err
}
