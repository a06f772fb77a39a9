package dose_test

import (
	"encoding"
	"encoding/json"
	"errors"
	"math/big"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/dose"
)

// Every unit and how many of the canonical unit it is, worked from definitions:
//
//   - the prefixes micro, milli and kilo are 10^-6, 10^-3 and 10^3 (NIST SP 811,
//     2008 edition, table 5), so a gram is 1000 mg and a microgram 1/1000 mg;
//   - an hour is 60 min and 3600 s, a litre 1000 mL (NIST SP 811, table 6);
//   - an inch is 2.54 cm and a pound 0.45359237 kg, exactly (NIST SP 811, appendix
//     B.6; the international yard and pound agreement of 1959).
//
// A rate per minute is 60 of them per hour.
var everyUnit = []struct {
	quantity string
	parse    func(string) (dose.Quantity, error)
	limit    dose.Measure // in which limits take it; 0: none
	units    map[string]string
}{
	{"mass", quantityOf(dose.ParseMass), dose.OfDose, map[string]string{"mg": "1", "mcg": "1/1000", "g": "1000"}},
	{"volume", quantityOf(dose.ParseVolume), dose.OfVolume, map[string]string{"mL": "1", "L": "1000"}},
	{"duration", quantityOf(dose.ParseDuration), dose.OfDuration, map[string]string{"s": "1", "min": "60", "h": "3600"}},
	{"weight", quantityOf(dose.ParseWeight), 0, map[string]string{"kg": "1"}},
	{"weight in pounds", quantityOf(dose.ParsePounds), 0, map[string]string{"lb": "45359237/100000000"}},
	{"height", quantityOf(dose.ParseHeight), 0, map[string]string{"cm": "1"}},
	{"height in inches", quantityOf(dose.ParseInches), 0, map[string]string{"in": "254/100"}},
	{"body surface", quantityOf(dose.ParseSurface), 0, map[string]string{"m2": "1"}},
	{"body mass index", quantityOf(dose.ParseBMI), 0, map[string]string{"kg/m2": "1"}},
	{"percentage", quantityOf(dose.ParsePercent), 0, map[string]string{"%": "1"}},
	{"dose per kilogram", quantityOf(dose.ParsePerKilogram), dose.OfPerKilogram, map[string]string{
		"mg/kg": "1", "mcg/kg": "1/1000", "g/kg": "1000",
	}},
	{"dose per square metre", quantityOf(dose.ParsePerSurface), 0, map[string]string{
		"mg/m2": "1", "mcg/m2": "1/1000", "g/m2": "1000",
	}},
	{"concentration", quantityOf(dose.ParseConcentration), dose.OfConcentration, map[string]string{
		"mg/mL": "1", "mcg/mL": "1/1000", "g/mL": "1000",
	}},
	{"rate", quantityOf(dose.ParseRate), dose.OfRate, map[string]string{
		"mg/h": "1", "mcg/h": "1/1000", "g/h": "1000",
		"mg/min": "60", "mcg/min": "60/1000", "g/min": "60000", // 60 per h; 60/1000; 60 x 1000
	}},
	{"rate per kilogram", quantityOf(dose.ParseRatePerKilogram), dose.OfRatePerKilogram, map[string]string{
		"mg/kg/h": "1", "mcg/kg/h": "1/1000", "g/kg/h": "1000",
		"mg/kg/min": "60", "mcg/kg/min": "60/1000", "g/kg/min": "60000",
	}},
	{"flow", quantityOf(dose.ParseFlow), dose.OfFlow, map[string]string{
		"mL/h": "1", "mL/min": "60", "L/h": "1000",
	}},
}

func quantityOf[T dose.Quantity](parse func(string) (T, error)) func(string) (dose.Quantity, error) {
	return func(s string) (dose.Quantity, error) { return parse(s) }
}

// If any factor were off by ten, or any unit not in the table, this fails.
func TestEveryUnit(t *testing.T) {
	for _, q := range everyUnit {
		for unit, factor := range q.units {
			want, ok := new(big.Rat).SetString(factor)
			require.True(t, ok)
			want.Mul(want, whole(7))
			got, err := q.parse("7 " + unit)
			require.NoError(t, err, unit)
			assert.Equal(t, want, number(t, got), "7 %s of %s", unit, q.quantity)
			if q.limit == 0 {
				continue
			}
			limits, err := dose.ParseLimits("hard max 7 " + unit)
			require.NoError(t, err)
			assert.Equal(t, "hard max "+got.String(), limits.String(), "a limit of 7 %s", unit)
			o := dose.Order{Rule: dose.Rule{Amount: dose.Fixed(dose.MustMass("1 mcg")), Limits: limits}}
			name := "Rule.Limits." + map[dose.Measure]string{
				dose.OfDose: "Dose", dose.OfPerKilogram: "PerKilogram", dose.OfRate: "Rate", dose.OfRatePerKilogram: "RatePerKilogram",
				dose.OfConcentration: "Concentration", dose.OfVolume: "Volume", dose.OfFlow: "Flow", dose.OfDuration: "Duration",
			}[q.limit]
			if e, ok := errors.AsType[*dose.RuleError](o.Check()); ok {
				assert.Equal(t, name, e.Field)
			} else {
				assert.Contains(t, []dose.Measure{dose.OfDose, dose.OfPerKilogram}, q.limit, "a limit that needs nothing more to be judged")
			}
		}
		_, err := q.parse("7 parsec")
		e, ok := errors.AsType[*dose.ParseError](err)
		require.True(t, ok)
		names, _, _ := strings.Cut(e.Want, ";")
		var known []string
		for name := range strings.FieldsFuncSeq(strings.ReplaceAll(names, " or ", ", "), func(r rune) bool { return r == ',' || r == ' ' }) {
			known = append(known, name)
		}
		var table []string
		for unit := range q.units {
			table = append(table, unit)
		}
		assert.ElementsMatch(t, table, known, "every unit of %s is in the table", q.quantity)
	}
}

func number(t *testing.T, q dose.Quantity) *big.Rat {
	t.Helper()
	r, ok := new(big.Rat).SetString(q.Number().String())
	require.True(t, ok)
	return r
}

// The units in which a rate is shown, of 36 mg to 72 kg over 40 min: 36 x 60/40 =
// 54 mg/h; 36/40 = 0.9 mg/min; 54/72 = 0.75 mg/kg/h; 0.9/72 x 1000 = 12.5 mcg/kg/min.
func TestEveryRateUnit(t *testing.T) {
	want := map[dose.RateUnit]string{
		dose.MgPerH: "54 mg/h", dose.MgPerMin: "0.9 mg/min", dose.MgPerKgPerH: "0.75 mg/kg/h", dose.McgPerKgPerMin: "12.5 mcg/kg/min",
	}
	for u := dose.MgPerH; ; u++ {
		if _, err := dose.ParseRateUnit(u.String()); err != nil {
			assert.Len(t, want, int(u-dose.MgPerH))
			return
		}
		text, err := u.Text(dose.MustMass("36 mg"), dose.MustWeight("72 kg"), dose.MustDuration("40 min"))
		require.NoError(t, err)
		assert.Equal(t, want[u], text)
	}
}

// Every quantity has an exact number and its unit, from which it is made again.
func TestNumbers(t *testing.T) {
	for _, c := range []struct {
		quantity dose.Quantity
		number   string
		unit     string
	}{
		{dose.MustMass("0.036 g"), "36", "mg"},
		{dose.MustMass("0.1234567890123456789 mg"), "0.1234567890123456789", "mg"},
		{dose.MustVolume("0.36 mL"), "0.36", "mL"},
		{dose.MustPounds("165 lb"), "74.84274105", "kg"},
		{dose.MustInches("70 in"), "177.8", "cm"},
		{dose.MustSurface("1.818119 m2"), "1.818119", "m2"},
		{dose.MustBMI("30 kg/m2"), "30", "kg/m2"},
		{dose.MustPerKilogram("500 mcg/kg"), "0.5", "mg/kg"},
		{dose.MustPerSurface("1250 mg/m2"), "1250", "mg/m2"},
		{dose.MustConcentration("50 mg/mL"), "50", "mg/mL"},
		{dose.MustRate("0.9 mg/min"), "54", "mg/h"},
		{dose.MustRatePerKilogram("12.5 mcg/kg/min"), "0.75", "mg/kg/h"},
		{dose.MustFlow("75 mL/h"), "75", "mL/h"},
		{dose.MustDuration("40 min"), "2400", "s"},
		{dose.MustPercent("5 %"), "5", "%"},
		{dose.MustFactor("0.4"), "0.4", ""},
		{dose.MustIdealShare("120 % of ideal"), "120", "% of ideal"},
		{dose.Weight{}, "0", "kg"},
	} {
		n := c.quantity.Number()
		assert.Equal(t, c.number, n.String())
		assert.Equal(t, c.unit, c.quantity.Unit())
		back, err := dose.ParseNumber(c.number)
		require.NoError(t, err)
		assert.Equal(t, n, back)
		asJSON, err := json.Marshal(n)
		require.NoError(t, err)
		assert.Equal(t, c.number, string(asJSON))
		var read dose.Number
		require.NoError(t, json.Unmarshal(asJSON, &read))
		assert.Equal(t, n, read)
		require.NoError(t, json.Unmarshal([]byte(`"`+c.number+`"`), &read))
		assert.Equal(t, n, read)
	}
	n := dose.MustMass("36.3 mg").Number()
	assert.Equal(t, uint64(363), n.Coef())
	assert.Equal(t, 1, n.Scale())
	assert.Equal(t, []int{-1, 0, 1}, []int{dose.Number{}.Compare(n), n.Compare(n), n.Compare(dose.Number{})})
	for in, want := range map[string]string{
		"":    `parsing number "": wrong syntax at offset 0: want a number and no unit`,
		"1 ":  `parsing number "1 ": wrong syntax at offset 1: want a number and nothing else`,
		"1e3": `parsing number "1e3": wrong syntax at offset 1: want a number without exponent`,
		"-1":  `parsing number "-1": wrong syntax at offset 0: want a number without sign`,
	} {
		_, err := dose.ParseNumber(in)
		require.EqualError(t, err, want)
	}
	require.Error(t, json.Unmarshal([]byte("1.12345678901234567890"), &n))
	assert.Equal(t, "36.3", n.String(), "unchanged on an error")
}

// A textual is any type that is written and read as text.
type textual interface {
	encoding.TextMarshaler
	encoding.TextAppender
	String() string
}

// checkText checks that a type writes a text, reads it back, and leaves a value
// alone when it refuses one.
func checkText[T interface {
	comparable
	textual
}, P interface {
	*T
	encoding.TextUnmarshaler
}](t *testing.T, text string, want T, refused string) {
	t.Helper()
	var got T
	require.NotEqual(t, want, got, "a value that is not the zero value")
	require.NoError(t, P(&got).UnmarshalText([]byte(text)), text)
	assert.Equal(t, want, got, "UnmarshalText of %q", text)
	assert.Equal(t, text, got.String())
	marshalled, err := got.MarshalText()
	require.NoError(t, err)
	assert.Equal(t, text, string(marshalled))
	appended, err := got.AppendText([]byte("before "))
	require.NoError(t, err)
	assert.Equal(t, "before "+text, string(appended))
	require.Error(t, P(&got).UnmarshalText([]byte(refused)), refused)
	assert.Equal(t, want, got, "unchanged by %q", refused)
}

func TestEveryText(t *testing.T) {
	checkText(t, "36.3 mg", dose.MustMass("36.3 mg"), "36.3")
	checkText(t, "0.36 mL", dose.MustVolume("0.36 mL"), "0.36")
	checkText(t, "72.5 kg", dose.MustWeight("72.5 kg"), "72.5 lb")
	checkText(t, "180 cm", dose.MustHeight("180 cm"), "180 in")
	checkText(t, "1.8 m2", dose.MustSurface("1.8 m2"), "1.8")
	checkText(t, "30 kg/m2", dose.MustBMI("30 kg/m2"), "30")
	checkText(t, "0.5 mg/kg", dose.MustPerKilogram("0.5 mg/kg"), "0.5 mg")
	checkText(t, "1250 mg/m2", dose.MustPerSurface("1250 mg/m2"), "1250 mg")
	checkText(t, "50 mg/mL", dose.MustConcentration("50 mg/mL"), "50 mg")
	checkText(t, "54 mg/h", dose.MustRate("54 mg/h"), "54 mg")
	checkText(t, "0.75 mg/kg/h", dose.MustRatePerKilogram("0.75 mg/kg/h"), "0.75 mg/h")
	checkText(t, "75 mL/h", dose.MustFlow("75 mL/h"), "75 mL")
	checkText(t, "40 min", dose.MustDuration("40 min"), "0 min")
	checkText(t, "5 %", dose.MustPercent("5 %"), "5")
	checkText(t, "0.4", dose.MustFactor("0.4"), "1.4")
	checkText(t, "120 % of ideal", dose.MustIdealShare("120 % of ideal"), "120 %")
	checkText(t, "0.1 mg half up", dose.MustRounding("0.1 mg half up"), "0.1 mg")
	checkText(t, "0.01 mL half up", dose.MustGraduation("0.01 mL half up"), "0.01 mL")
	checkText(t, "0.1 mL/h half up", dose.MustPumpSetting("0.1 mL/h half up"), "0.1 mL/h")
	checkText(t, "made up to 50 mL", dose.MustDilution("made up to 50 mL"), "made up to 0 mL")
	checkText(t, "28 mg or 84 mg", dose.MustChoices("28 mg or 84 mg"), "84 mg or 28 mg")
	checkText(t, "500 mg below 60 kg; 750 mg from 60 kg", dose.MustBands("500 mg below 60 kg; 750 mg from 60 kg"), "500 mg")
	checkText(t, "56 mg, hard max 84 mg", dose.MustRule("56 mg, hard max 84 mg"), "56")
	checkText(t, "hard max 84 mg", dose.AtMost(dose.MustMass("84 mg")), "84 mg")
	checkText(t, "84 mg", dose.MustLevel("84 mg"), "84")
}

// checkEnum checks that every value of an enumeration has a name of its own that
// reads back, that the zero value is none or one of them, and that no other value
// is written.
func checkEnum[E interface {
	~uint8
	textual
}, P interface {
	*E
	encoding.TextUnmarshaler
}](t *testing.T, parse func(string) (E, error), names ...string) {
	t.Helper()
	var got []string
	for e := range E(len(names) + 2) {
		text, err := e.MarshalText()
		if err == nil && len(text) > 0 {
			got = append(got, string(text))
			var back E
			require.NoError(t, P(&back).UnmarshalText(text))
			assert.Equal(t, e, back)
			back, err = parse(e.String())
			require.NoError(t, err)
			assert.Equal(t, e, back)
			appended, err := e.AppendText([]byte("a "))
			require.NoError(t, err)
			assert.Equal(t, "a "+string(text), string(appended))
		}
	}
	assert.Equal(t, names, got)
	_, err := E(200).MarshalText()
	require.ErrorIs(t, err, dose.ErrRange)
	last, err := parse(names[len(names)-1])
	require.NoError(t, err)
	require.ErrorIs(t, P(&last).UnmarshalText([]byte("nonsense")), dose.ErrSyntax)
	assert.Equal(t, names[len(names)-1], last.String(), "unchanged on an error")
	require.NoError(t, P(&last).UnmarshalText(nil))
	assert.Zero(t, last, "the empty text is the zero value")
	assert.Len(t, slices.Compact(slices.Sorted(slices.Values(names))), len(names))
}

func TestEveryEnumeration(t *testing.T) {
	checkEnum(t, dose.ParseMode, "half up", "half even", "down", "up")
	checkEnum(t, dose.ParseBasis, "actual", "ideal", "adjusted", "lean", "ideal-from-BMI")
	checkEnum(t, dose.ParseSex, "female", "male")
	checkEnum(t, dose.ParseRoute, "intravenous", "intramuscular", "subcutaneous", "intradermal", "intranasal", "oral", "sublingual", "buccal",
		"rectal", "epidural", "intrathecal", "transdermal", "topical", "inhalation", "ophthalmic", "otic", "vaginal", "intravitreal",
		"intra-articular", "intraosseous")
	checkEnum(t, dose.ParseSide, "hard min", "soft min", "soft max", "hard max")
	checkEnum(t, dose.ParseMeasure, "dose", "dose per kilogram", "rate", "rate per kilogram", "concentration", "volume", "flow", "duration")
	checkEnum(t, dose.ParseShortStature, "linear", "clamp", "actual")
	checkEnum(t, dose.ParseExcessIdeal, "ideal", "actual")
	checkEnum(t, dose.ParseRateUnit, "mg/h", "mg/min", "mg/kg/h", "mcg/kg/min")
	checkEnum(t, dose.ParseStepKind, "BMI", "ideal", "adjusted", "lean", "basis", "surface", "choice", "raw", "floor", "cap", "round", "inside", "limit")
	checkEnum(t, dose.ParseThousands, "ungrouped", "comma", "space")
}
