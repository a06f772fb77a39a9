package protocoltest

import (
	"errors"
	"io/fs"
	"strings"

	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/protocol/lint"
)

// A problem is what was found in a file.
type problem struct {
	code, place, text string
	line              int
	// open says that it is a failure unless it is expected.
	open bool
}

// key is what is compared.
func (p problem) key() string { return strings.TrimSpace(p.code + " " + p.place) }

const wantHead = "# Expected problems: the code and the place of each. What stands after the colon is not compared.\n"

// expect compares the problems of a file with those that are expected beside it.
func (k *kit) expect(t *tested) {
	name := base(t.name) + ".want"
	src, err := fs.ReadFile(k.fsys, name)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		k.fail(name, 0, "cannot be read", err)
		return
	}
	found := map[string]int{}
	for _, p := range t.problems {
		found[p.key()]++
	}
	failures := Failures{}
	number := 0
	for line := range strings.SplitSeq(string(src), "\n") {
		number++
		key, _, _ := strings.Cut(strings.TrimSpace(line), ": ")
		key = strings.TrimSuffix(strings.Join(strings.Fields(key), " "), ":")
		switch {
		case key == "" || strings.HasPrefix(key, "#"):
		case found[key] > 0:
			found[key]--
		default:
			failures = append(failures, &Failure{File: name, Line: number, Text: "expected and not found: " + key})
		}
	}
	expected := ""
	for _, p := range t.problems {
		text, _, _ := strings.Cut(p.text, "\n")
		expected += p.key() + ": " + text + "\n"
		if found[p.key()] > 0 && p.open {
			found[p.key()]--
			failures = append(failures, &Failure{File: t.name, Line: p.line, Text: p.key() + ": " + p.text})
		}
	}
	if len(failures) == 0 {
		return
	}
	if k.options.Write == nil {
		k.failures = append(k.failures, failures...)
		return
	}
	if expected != "" {
		expected = wantHead + expected
	}
	k.write(name, expected)
}

func (k *kit) write(name, text string) {
	if err := k.options.Write(name, []byte(text)); err != nil {
		k.fail(name, 0, "cannot be written", err)
	}
}

// cannotPlan is the rule that every variant of a protocol of which all is known has a
// plan for somebody, in a clinic that is always open.
func cannotPlan() lint.Rule {
	return lint.Rule{
		Code: "no-plan", Severity: lint.Violation, Title: "No plan for a patient of 75 kg in a clinic that is always open",
		Means: "The protocol compiles, and a plan by it is refused.", Mend: "Correct what the refusal names.",
		Check: func(s *lint.Subject, report lint.Report) {
			for _, v := range s.Variants() {
				if !allKnown(v) {
					continue
				}
				if _, err := build(v.Protocol, setting{}); err != nil {
					with := ""
					if v.With != "" {
						with = " with " + v.With
					}
					text, _, _ := strings.Cut(err.Error(), "\n")
					report("", "no plan for a patient of 75 kg%s: %s", with, text)
					return
				}
			}
		},
	}
}

// allKnown reports whether nothing of a variant is open.
func allKnown(v *lint.Variant) bool {
	var fields []protocol.Field
	for f := protocol.FieldCadence; f <= protocol.FieldSteps; f++ {
		fields = append(fields, f)
	}
	for i := range v.Phases() {
		if !v.Known(i, fields...) {
			return false
		}
	}
	return true
}
