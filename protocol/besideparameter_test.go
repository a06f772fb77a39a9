package protocol_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/protocol"
)

// openBeside leaves the doses of medicines beside the drug to parameters: of the second
// drug the amount, of the premedication of all phases everything.
func openBeside() protocol.Spec {
	s := besideSpec()
	s.Phases[0].Beside[0].Dose = dose.MustRule("450 mg, hard max 500 mg")
	s.Phases[0].Beside[0].Dose.Amount = dose.Amount{}
	s.Beside = []protocol.Medicine{{Name: "Dexamethasone", Route: dose.Oral, From: protocol.Arrival}}
	s.Parameters = []protocol.Parameter{
		{Name: "carboplatin", Doc: "by the area under the curve", Fills: []protocol.Place{{Phase: "cycles", Field: protocol.FieldAmount, Medicine: "carboplatin"}}, Low: "300 mg", High: "500 mg"},
		{Name: "steroid", Fills: []protocol.Place{{Field: protocol.FieldAmount, Medicine: "dexamethasone"}}, Choices: []string{"8 mg", "0.1 mg/kg"}},
		{Name: "basis", Fills: []protocol.Place{{Field: protocol.FieldBasis, Medicine: "dexamethasone"}}},
		{Name: "cap", Fills: []protocol.Place{{Field: protocol.FieldCap, Medicine: "dexamethasone"}}, Value: "12 mg"},
		{Name: "rounding", Fills: []protocol.Place{{Field: protocol.FieldRounding, Medicine: "dexamethasone"}}, Value: "1 mg half up"},
		{Name: "maximum", Fills: []protocol.Place{{Field: protocol.FieldMaximum, Medicine: "dexamethasone"}}, Value: "16 mg"},
	}
	return s
}

// A parameter fills the dose of a medicine beside the drug, of one phase or of all: by
// hand 0.1 mg/kg of 84 kg are 8.4 mg, to 1 mg 8 mg; of 130 kg 13 mg, at most 12 mg.
func TestParametersFillMedicines(t *testing.T) {
	s := openBeside()
	assert.Equal(t, []string{
		`/parameters/0 "carboplatin": want a value: by the area under the curve [parameter-unset]`,
		`/parameters/1 "steroid": want a value [parameter-unset]`,
	}, compileErrors(t, s))
	assert.Equal(t, []string{`/parameters/2 "basis": want a value [parameter-unset]`}, compileErrors(t, set(t, s, "carboplatin", "450 mg", "steroid", "0.1 mg/kg")))
	assert.Empty(t, compileErrors(t, set(t, s, "carboplatin", "450 mg", "steroid", "8 mg")), "whose weight a fixed dose counts is not asked")

	p, err := set(t, s, "carboplatin", "450 mg", "steroid", "0.1 mg/kg", "basis", "actual").Compile()
	require.NoError(t, err)
	for _, phase := range p.Phases() {
		var rules []string
		for _, m := range phase.BesideAt(1) {
			rules = append(rules, m.Name+" "+m.Dose.String())
		}
		assert.Equal(t, []string{
			"Dexamethasone 0.1 mg/kg of actual weight, cap 12 mg, round 1 mg half up, hard max 16 mg", "carboplatin 450 mg, hard max 500 mg", "ondansetron 8 mg", "metoclopramide 10 mg",
		}, rules)
		for weight, want := range map[string]string{"84 kg": "8 mg", "130 kg": "12 mg"} {
			d, err := phase.BesideAt(1)[0].Order().For(dose.Body{Weight: dose.MustWeight(weight)})
			require.NoError(t, err)
			assert.Equal(t, want, d.Dose().String(), weight)
		}
	}
	assert.True(t, p.Spec().Beside[0].Dose.IsZero(), "the Spec stays open")
	other, err := set(t, s, "carboplatin", "400 mg", "steroid", "0.1 mg/kg", "basis", "actual").Compile()
	require.NoError(t, err)
	assert.NotEqual(t, p.Digest(), other.Digest(), "another dose is another protocol")
}

// Limits hold over the whole range of a parameter, and for what it fills.
func TestParametersOfMedicinesRefused(t *testing.T) {
	filled := func() protocol.Spec {
		return set(t, openBeside(), "carboplatin", "450 mg", "steroid", "0.1 mg/kg", "basis", "actual")
	}
	for value, want := range map[string]string{
		"299 mg":    `/parameters/0/value "299 mg": want at least 300 mg [value]`,
		"501 mg":    `/parameters/0/value "501 mg": want at most 500 mg [value]`,
		"0.1 mg/kg": `/parameters/0/value "0.1 mg/kg": want at least 300 mg [value]`,
	} {
		assert.Equal(t, []string{want}, compileErrors(t, set(t, filled(), "carboplatin", value)))
	}
	wide := filled()
	wide.Parameters[0].High, wide.Parameters[0].Value = "600 mg", "600 mg"
	assert.Equal(t, []string{`/phases/0/beside/0/dose/amount "600 mg": want at most the hard max, 500 mg [dose-rule]`}, compileErrors(t, wide))

	for place, want := range map[string]string{
		"medicine cisplatin amount of cycles":    `/parameters/0/fills/0/medicine "cisplatin": want the name of a medicine beside the drug of phase "cycles" [unknown-reference]`,
		"medicine cisplatin amount":              `/parameters/0/fills/0/medicine "cisplatin": want the name of a medicine beside the drug [unknown-reference]`,
		"medicine dexamethasone cap of cycles":   `/parameters/0/fills/0/medicine "dexamethasone": want the name of a medicine beside the drug of phase "cycles" [unknown-reference]`,
		"medicine carboplatin amount of nowhere": `/parameters/0/fills/0/phase "nowhere": want the name of a phase [unknown-reference]`,
		"medicine ondansetron amount of cycles":  `/parameters/0/fills/0 "amount": want a field that nothing else gives, neither medicine "ondansetron" of phase "cycles" nor another place [duplicate]`,
		"medicine DEXAMETHASONE cap":             `/parameters/3/fills/0 "cap": want a field that nothing else gives, neither medicine "Dexamethasone" nor another place [duplicate]`,
	} {
		to, err := protocol.ParsePlace(place)
		require.NoError(t, err)
		assert.Equal(t, place, to.String())
		s := filled()
		s.Parameters[0] = protocol.Parameter{Name: "p", Fills: []protocol.Place{to}, Value: "12 mg"}
		s.Phases[0].Beside[0].Dose = dose.MustRule("450 mg, hard max 500 mg")
		assert.Contains(t, strings.Join(compileErrors(t, s), "\n"), want, place)
	}
	for _, text := range []string{"medicine ondansetron minGap", "medicine amount", "medicine  amount of", "medicine ondansetron", "medicine ondansetron amount of "} {
		_, err := protocol.ParsePlace(text)
		assert.Error(t, err, text)
	}
	both := protocol.Place{Field: protocol.FieldAmount, Part: "bolus", Medicine: "ondansetron"}
	_, err := both.MarshalText()
	assert.Error(t, err)
	s := filled()
	s.Parameters[0].Fills[0] = both
	assert.Contains(t, compileErrors(t, s), `/parameters/0/fills/0/medicine "ondansetron": want a part or a medicine, not both [value]`)
	s = filled()
	s.Parameters[0].Fills[0] = protocol.Place{Field: protocol.FieldMinGap, Medicine: "ondansetron"}
	assert.Contains(t, compileErrors(t, s), `/parameters/0/fills/0/field "minGap": want the amount, basis, cap, rounding or maximum of a medicine [value]`)
}

// A place in a medicine is written, read back, told in a difference, and one of all
// phases names the medicine wherever it is.
func TestPlacesOfMedicinesInFiles(t *testing.T) {
	s := set(t, openBeside(), "carboplatin", "450 mg", "steroid", "0.1 mg/kg", "basis", "actual")
	src := string(protocol.Format(s))
	assert.Contains(t, src, `"fills": ["medicine carboplatin amount of cycles"]`)
	assert.Contains(t, src, `"dose": "?, hard max 500 mg"`)
	again, err := protocol.Parse("f", []byte(src))
	require.NoError(t, err)
	assert.Equal(t, s, again)

	b := s.Clone()
	b.Parameters[0].Fills[0].Phase = ""
	b.Parameters[1].Value = "8 mg"
	d, err := protocol.Diff(s, b)
	require.NoError(t, err)
	assert.Equal(t, "parameter carboplatin, place medicine carboplatin amount of cycles -> medicine carboplatin amount\nparameter steroid, value 0.1 mg/kg -> 8 mg\n", d.String())
	applied, err := d.Apply(s)
	require.NoError(t, err)
	assert.Equal(t, string(protocol.Format(b)), string(protocol.Format(applied)))

	// Two phases have one each.
	second := b.Phases[0].Beside[0]
	second.Sessions = nil
	b.Phases = append(b.Phases, besideSpec().Phases[0])
	b.Phases[1].Name, b.Phases[1].Beside = "more", []protocol.Medicine{second}
	p, err := b.Compile()
	require.NoError(t, err)
	var filled []string
	for _, phase := range p.Phases() {
		for _, m := range phase.BesideAt(1) {
			if m.IsCalled("carboplatin") {
				filled = append(filled, phase.Name+" "+m.Dose.String())
			}
		}
	}
	assert.Equal(t, []string{"cycles 450 mg, hard max 500 mg", "more 450 mg, hard max 500 mg"}, filled)

	// What cannot be read of the medicines hides a name, and is one problem.
	broken := strings.Replace(src, `"name": "Dexamethasone"`, `"name": 7`, 1)
	problems := refusal(t, "f", []byte(broken))
	assert.Len(t, slices.DeleteFunc(problems, func(e *protocol.Error) bool { return e.Place == "/beside/0/name" }), 0)
}
