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
type prescription struct{ spec protocol.Spec }

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

func parseProtocol(s string) (prescription, error) {
	if spec, ok := catalog.Lookup(s); ok {
		if !fits(spec) {
			return prescription{}, errors.New("this entry of the catalogue leaves open what the flags do not give; want one of " + strings.Join(entries(), ", "))
		}
		return prescription{spec}, nil
	}
	cadence, err := protocol.ParseCadence(s)
	e, ok := errors.AsType[*protocol.Error](err)
	if digit := s != "" && '0' <= s[0] && s[0] <= '9'; ok && !digit && e.Code == protocol.CodeSyntax && e.Offset == 0 {
		// Nothing in it looks like a cadence, so it may be meant as an id.
		err = errors.New("neither an entry of the catalogue (" + strings.Join(entries(), ", ") + ") nor a cadence: " + e.Want)
	}
	return prescription{protocol.Spec{Phases: []protocol.Phase{{Name: "plan", Cadence: cadence}}}}, err
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
	for _, set := range []struct{ name, value string }{
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
