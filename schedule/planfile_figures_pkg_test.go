package schedule

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/internal/civil"
	"github.com/regimen-go/regimen/internal/document"
	"github.com/regimen-go/regimen/protocol"
)

// The figures of a dose are kept each under its key, and so is why a part has none.
func TestFiguresInFull(t *testing.T) {
	const row = `"weight":"72 kg","surface":"1.8 m2","chosen":true,"sum":"1 mg a + 2 mg b","raw":"1 mg","bounded":"2 mg","dose":"3 mg","stock":"4 mL","nearest":"5 mL",` +
		`"diluent":"6 mL","total":"7 mL","delivered":"8 mg","waste":"9 mg","flow":"10 mL/h","containers":11,"computedPast":["soft max of the dose"],"past":["soft max of the dose","hard min of the rate"]}`
	figures := dose.Figures{
		Weight: dose.MustWeight("72 kg"), Surface: dose.MustSurface("1.8 m2"), Chosen: true, Sum: "1 mg a + 2 mg b", Raw: dose.MustMass("1 mg"), Bounded: dose.MustMass("2 mg"),
		Dose: dose.MustMass("3 mg"), Stock: dose.MustVolume("4 mL"), Nearest: dose.MustVolume("5 mL"), Diluent: dose.MustVolume("6 mL"), Total: dose.MustVolume("7 mL"),
		Delivered: dose.MustMass("8 mg"), Waste: dose.MustMass("9 mg"), Flow: dose.MustFlow("10 mL/h"), Containers: 11,
		Computed: []dose.PassedLimit{{Measure: dose.OfDose, Side: dose.SoftMax}}, Passed: []dose.PassedLimit{{Measure: dose.OfDose, Side: dose.SoftMax}, {Measure: dose.OfRate, Side: dose.HardMin}},
	}
	requireRow(t, "{"+row, figures, func(f *objectFields, d *dose.Figures) { figuresFields(f, d) })
	requireRow(t, `{"name":"bolus","refused":"why",`+row, keptPart{"bolus", "why", figures}, func(f *objectFields, k *keptPart) { k.fields(f) })
}

// Plans share the rules of their protocol; a rule that the phase does not have is its own.
func TestRuleOfPhase(t *testing.T) {
	phase := &protocol.Phase{Dose: dose.MustRule("20 mg"), Steps: []protocol.Step{{Dose: dose.MustRule("40 mg")}, {Dose: dose.MustRule("60 mg")}}}
	assert.Same(t, &phase.Dose, ruleOf(phase, dose.MustRule("20 mg")))
	assert.Same(t, &phase.Steps[0].Dose, ruleOf(phase, dose.MustRule("40 mg")))
	assert.Same(t, &phase.Steps[1].Dose, ruleOf(phase, dose.MustRule("60 mg")))
	assert.Equal(t, dose.MustRule("80 mg"), *ruleOf(phase, dose.MustRule("80 mg")))
}

// What a file has of the parts of a dose stays, part by part, whatever is found now. By hand:
// of 80 kg the first part is 40 mg; the third is refused, and the second is not in the file.
func TestKeptPartsStay(t *testing.T) {
	phase := &protocol.Phase{Dose: dose.MustRule("sum of parts"), Parts: []dose.Part{
		{Name: "first", Rule: dose.MustRule("0.5 mg/kg of actual weight, hard max 100 mg")},
		{Name: "second", Rule: dose.MustRule("5 mg")},
		{Name: "third", Rule: dose.MustRule("2 mg/kg of actual weight, hard max 150 mg"), Condition: "pain"},
		{Name: "fourth", Rule: dose.MustRule("7 mg"), Condition: "pain"},
	}}
	body := dose.Body{Weight: dose.MustWeight("80 kg")}
	_, now, err := phase.Sequence().For(body)
	require.NoError(t, err)
	require.Error(t, now[2].Err, "2 x 80 = 160 mg are more than 150")
	kept := keptParts(now)
	require.Len(t, kept, 4)
	assert.Equal(t, []string{"", "", now[2].Err.Error(), ""}, []string{kept[0].refused, kept[1].refused, kept[2].refused, kept[3].refused})
	assert.Equal(t, now, deliveriesOf(phase, kept, body), "by the same rules all is as it is found now")
	assert.Nil(t, deliveriesOf(phase, nil, body))

	few := deliveriesOf(phase, []keptPart{kept[3], kept[0]}, body)
	require.Len(t, few, 2, "in the order of the phase")
	assert.Equal(t, now[0], few[0])
	assert.Equal(t, now[3], few[1])

	kept[2].refused, kept[3].refused = "as it was said then", "not that day"
	other := deliveriesOf(phase, kept, body)
	require.EqualError(t, other[2].Err, "as it was said then")
	part, ok := errors.AsType[*dose.PartError](other[2].Err)
	require.True(t, ok, "and it is the limit that is found now")
	assert.Equal(t, "third", part.Name)
	require.EqualError(t, other[3].Err, "not that day")
	assert.NoError(t, errors.Unwrap(other[3].Err), "where nothing is found now")

	phase.Parts[0].Rule = dose.MustRule("0.5 mg/kg of actual weight, hard max 30 mg") // the whole has no dose now
	none := deliveriesOf(phase, kept, body)
	require.EqualError(t, none[2].Err, "as it was said then")
	assert.NoError(t, errors.Unwrap(none[2].Err))
	assert.Equal(t, now[0].Delivery.Dose(), none[0].Delivery.Dose())
}

// Days of answers are kept in as many bits.
func TestDaysAreBits(t *testing.T) {
	var days daysFrom
	for _, n := range []int{0, 63, 64, 109_999} {
		assert.True(t, days.add(n), n)
		assert.False(t, days.add(n), n)
	}
	assert.Len(t, days, 1719, "110,000 / 64 = 1718.75")
	assert.False(t, days.add(0))
	assert.True(t, days.add(1))
}

// A stretch that ends before it begins is refused where its last day is.
func TestStretchRefused(t *testing.T) {
	const after = "a last day after the first"
	for text, want := range map[string]document.Reason{
		"2025-01-06/2025-01-06": {Offset: 11, Want: after}, "2025-01-06/2025-01-05": {Offset: 11, Want: after}, "2025-01-06/2025-02-30": {Offset: 19, Want: civil.ErrDay.Error()},
		"2025-01-06/": {Offset: 11, Want: civil.ErrForm.Error()}, "2025-02-30/2025-03-01": {Offset: 8, Want: civil.ErrDay.Error()},
	} {
		_, err := parseStretch(text)
		reason, ok := errors.AsType[*document.Reason](err)
		require.True(t, ok, text)
		assert.Equal(t, want, document.Reason{Offset: reason.Offset, Want: reason.Want}, text)
	}
	for _, text := range []string{"", "2025-01-06/", "/2025-01-06", "2025-02-30", "2025-01-06/2025-02-30"} {
		s, err := parseStretch(text)
		require.Error(t, err, text)
		assert.Zero(t, s)
	}
	s, err := parseStretch("2025-01-06/2025-01-07")
	require.NoError(t, err)
	assert.Equal(t, [2]string{"2025-01-06", "2025-01-07"}, [2]string{s.From.String(), s.To.String()})
}
