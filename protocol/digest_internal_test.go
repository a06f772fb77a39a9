package protocol

import (
	"fmt"
	"reflect"
	"regexp"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/dose"
)

// fullSpec has a value in every field, and two elements in every list.
func fullSpec() Spec {
	visit := func(kind VisitKind) Visit {
		end := func() *time.Duration { return new(10 * time.Minute) }
		return Visit{
			Kind: kind, Preparation: 30 * time.Minute, Administration: 40 * time.Minute, Observation: 2 * time.Hour, ObservedFrom: AdministrationEnd,
			Later: []LaterObservation{{13, time.Hour, "optional"}, {20, 0, "none"}},
			Tasks: []Task{
				{"blood pressure", ForStaff, AdministrationStart, -time.Minute, end(), DuringVisit},
				{"escort", ForPatient, Departure, time.Minute, end(), BeforeVisit},
			},
		}
	}
	preparation := dose.Preparation{Route: dose.Intravenous, Dilution: dose.MadeUpTo(dose.MustVolume("50 mL")), Diluent: "saline", MaxDeviation: dose.MustPercent("5 %"), During: dose.MustDuration("50 min"), Graduation: dose.MustGraduation("0.01 mL half up"), Pump: dose.MustPumpSetting("1 mL/h half up"), Product: dose.Product{Name: "vial", Expressed: "base", MaxIntravenous: dose.MustConcentration("50 mg/mL"), Apart: dose.MustDuration("5 min"), Note: "note", Source: "source", Content: dose.MustMass("500 mg"), Strength: dose.MustConcentration("100 mg/mL")}}
	limits := func(per Period) CumulativeLimit {
		m := dose.MustMass
		return CumulativeLimit{per, dose.Limit[dose.Mass]{HardMin: m("1 mg"), SoftMin: m("2 mg"), SoftMax: m("30 mg"), HardMax: m("40 mg")}}
	}
	medicine := func(name string) Medicine {
		return Medicine{
			Name: name, Route: dose.Intravenous, Dose: dose.MustRule("56 mg, hard max 84 mg"), Administration: 55 * time.Minute, From: AdministrationStart, At: -30 * time.Minute,
			Condition: "nausea", Sessions: []int{1, 3}, Source: "s", Preparation: preparation, Cumulative: []CumulativeLimit{limits(PerDay), limits(PerPlan)},
		}
	}
	phase := func(name, cadence string) Phase {
		return Phase{
			Beside: []Medicine{medicine("ondansetron"), medicine("saline")},
			Name:   name, Cadence: MustCadence(cadence), Dose: dose.MustRule("56 mg, hard max 84 mg"), MinGap: 2, MaxGap: 40,
			Visit: visit(Dosing), Window: &Window{1, 2}, Until: "remission",
			Weekdays: []DaySet{OnDays(time.Monday), OnDays(time.Monday, time.Thursday)},
			Steps:    []Step{{2, dose.MustRule("84 mg"), "tolerated"}, {3, dose.MustRule("58 mg"), "tolerability"}},
			Climb:    ClimbFree, Follows: FollowsRule, RunsOn: true,
			Preparation: preparation,
			Weights:     Weights{7, dose.MustPercent("10 %")},
			Companions:  []Companion{{"i", visit(Integration), 1, 3}, {"j", visit(Preparatory), -3, -1}},
			MissedDoses: []MissedDose{
				{50, 60, "stable", GiveLevel, "b", dose.MustLevel("84 mg"), OnDay, 55, "s"},
				{61, 0, "worse", RestartPhase, "a", dose.MustLevel("84 mg"), AtOnce, 0, "t"},
			},
		}
	}
	parameter := func(name string) Parameter {
		return Parameter{
			Name: name, Doc: "doc", Fills: []Place{{"a", FieldMinGap, "", ""}, {"b", FieldMinGap, "", ""}},
			Choices: []string{"2", "3"}, MultipleOf: "1", Low: "1", High: "4", Value: "2",
		}
	}
	source := func(key string) Source {
		return Source{key, "citation", "address", []Fact{{"about", "says", "quote", Primary}, {"this", "more", "words", Secondary}}}
	}
	mg := dose.MustMass
	limit := dose.Limit[dose.Mass]{HardMin: mg("1 mg"), SoftMin: mg("2 mg"), SoftMax: mg("3 mg"), HardMax: mg("4 mg")}
	return Spec{
		ID: "id", Version: "1", Title: "title", Drug: "drug", Route: "route",
		Phases:     []Phase{phase("a", "3-2"), phase("b", "every 4w")},
		Beside:     []Medicine{medicine("dexamethasone"), medicine("paracetamol")},
		Parameters: []Parameter{parameter("p"), parameter("q")},
		Sources:    []Source{source("s"), source("t")},

		Indications: []string{"depression", "pain"}, Notes: []string{"one", "two"},
		Contraindications: []Contraindication{{"mania", true}, {"age", false}},
		Labels:            []Label{{"approved", "US", "2019-03-05"}, {"off-label", "EU", "2019-12-18"}},
		FollowUps:         []FollowUpVisit{{"f", visit(FollowUp), []int{7, 14}, Window{1, 2}}, {"g", visit(FollowUp), []int{7, 28}, Window{3, 4}}},
		Monitoring: []Monitoring{
			{"m", MustCadence("3-2"), "a", true, visit(Assessment), "laboratory", OnDays(time.Monday), &Window{1, 2}, []DaySet{OnDays(time.Monday), OnDays(time.Monday, time.Friday)}, []ResultNeeded{{"a", 1, 3, 7}, {"b", 2, 4, 8}}, "s"},
			{"n", MustCadence("every 4w"), "b", false, visit(Assessment), "home", OnDays(time.Friday), &Window{3, 4}, []DaySet{OnDays(time.Friday), OnDays(time.Tuesday, time.Friday)}, []ResultNeeded{{"a", 5, 6, 1}, {"a", 7, 8, 2}}, "t"},
		},
		Gates: []Gate{
			{"response", "a", 2, "MADRS", []Outcome{{"yes", Continue, "text"}, {"no", Stop, "words"}}},
			{"end", "b", 1, "benefit", []Outcome{{"yes", Extend, "text"}, {"no", StepBack, "words"}}},
		},
		Missed:     []MissedRule{{"a", "worse", StepBack, "b", "s"}, {"b", "always", Continue, "a", "t"}},
		Cumulative: []CumulativeLimit{{PerDay, limit}, {PerPlan, limit}},
	}
}

// partsSpec has a value in every field of a dose in parts, which has no steps.
func partsSpec() Spec {
	s := fullSpec()
	for i := range s.Phases {
		p := &s.Phases[i]
		part := func(name, rule, start string) dose.Part {
			preparation := p.Preparation
			return dose.Part{
				Name: name, Rule: dose.MustRule(rule), Preparation: preparation, During: preparation.During, Start: dose.MustPartStart(start), Condition: "if needed",
			}
		}
		p.Dose, p.Steps, p.Climb, p.Follows = dose.MustRule("sum of parts, hard max 90 mg"), nil, 0, 0
		p.Parts = []dose.Part{part("first", "56 mg, hard max 84 mg", "1 min after end"), part("second", "28 mg, hard max 84 mg", "2 h after start")}
		p.Preparation, p.Window = dose.Preparation{}, nil
	}
	s.Parameters[0].Fills = []Place{{"a", FieldCap, "second", ""}, {"b", FieldCap, "second", ""}}
	return s
}

// eachChange calls f after each single change of a field below v, and undoes it.
// A field of a type that it does not know fails the test.
func eachChange(t *testing.T, path string, v reflect.Value, f func(path string)) {
	t.Helper()
	set := func(how string, changed any) {
		old := reflect.ValueOf(v.Interface())
		if reflect.DeepEqual(reflect.ValueOf(changed).Convert(v.Type()).Interface(), v.Interface()) {
			return
		}
		v.Set(reflect.ValueOf(changed).Convert(v.Type()))
		f(path + how)
		v.Set(old)
	}
	switch value := v.Interface().(type) {
	case Cadence:
		for _, text := range []string{"1", "3-2-1", "3-2 then as needed", "every 4w x3", "every 4w (1w..8w)", "every 28d", "every 4w from week 9"} {
			set(" "+text, MustCadence(text))
		}
		set(" zero", Cadence{})
		return
	case dose.Rule:
		for _, text := range []string{
			"57 mg, hard max 84 mg", "56 mg", "56 mg, hard max 85 mg", "56 mg, soft max 84 mg", "56 mg, floor 1 mg, hard max 84 mg", "56 mg, cap 60 mg, hard max 84 mg",
			"56 mg, round 0.1 mg half up, hard max 84 mg", "56 mg, round 0.1 mg half even, hard max 84 mg", "0.5 mg/kg of actual weight, hard max 84 mg",
		} {
			set(" "+text, dose.MustRule(text))
		}
		set(" zero", dose.Rule{})
		return
	case DaySet:
		set(" other", OnDays(time.Sunday))
		set(" zero", DaySet{})
		return
	case dose.Mass:
		set(" other", dose.MustMass("77 mg"))
		set(" zero", dose.Mass{})
		return
	case dose.Level:
		set(" other", dose.MustLevel("58 mg"))
		set(" zero", dose.Level{})
		return
	case dose.Percent:
		set(" other", dose.MustPercent("7 %"))
		set(" zero", dose.Percent{})
		return
	case dose.Concentration:
		set(" other", dose.MustConcentration("7 mg/mL"))
		set(" zero", dose.Concentration{})
		return
	case dose.Dilution:
		set(" other", dose.AddedTo(dose.MustVolume("50 mL")))
		set(" zero", dose.Dilution{})
		return
	case dose.Duration:
		set(" other", dose.MustDuration("40 min"))
		return
	case dose.Graduation:
		set(" other", dose.MustGraduation("0.1 mL half up"))
		return
	case dose.PartStart:
		set(" other", dose.MustPartStart("5 min after end"))
		set(" of the start", dose.MustPartStart("5 min after start"))
		set(" zero", dose.PartStart{})
		return
	case dose.PumpSetting:
		set(" other", dose.MustPumpSetting("0.1 mL/h half up"))
		return
	case bool:
		set(" not", !value)
		return
	case string:
		set(" longer", value+"x")
		set(" quoted", value+"\"\n")
		set(" zero", "")
		return
	}
	switch v.Kind() {
	case reflect.Int, reflect.Int64, reflect.Uint8:
		one := reflect.New(v.Type()).Elem()
		if v.CanInt() {
			one.SetInt(v.Int() + 1)
		} else {
			one.SetUint(v.Uint() + 1)
		}
		set(" more", one.Interface())
	case reflect.Pointer:
		if v.IsNil() {
			return // the other Spec has one
		}
		set(" nil", reflect.Zero(v.Type()).Interface())
		eachChange(t, path, v.Elem(), f)
	case reflect.Slice:
		if v.Len() == 0 {
			return // the other Spec has some
		}
		require.Equal(t, 2, v.Len(), path)
		set(" shorter", v.Slice(0, 1).Interface())
		set(" empty", v.Slice(0, 0).Interface())
		turned := reflect.Append(reflect.Append(reflect.MakeSlice(v.Type(), 0, 2), v.Index(1)), v.Index(0))
		set(" turned", turned.Interface())
		for i := range v.Len() {
			eachChange(t, fmt.Sprintf("%s[%d]", path, i), v.Index(i), f)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			require.True(t, v.Type().Field(i).IsExported(), "%s is opaque: give it changes of its own", path)
			eachChange(t, path+"."+v.Type().Field(i).Name, v.Field(i), f)
		}
	default:
		t.Fatalf("%s: unknown type %s", path, v.Type())
	}
}

// isWording reports whether a path is of what a protocol says in words for people and
// means nothing by: the list that the doc of Digest has.
func isWording(path string) bool { return wordingPath.MatchString(path) }

var (
	wordingPath = regexp.MustCompile(`^Spec\.(Title|Notes|Sources|Parameters\[\d\]\.Doc|Missed\[\d\]\.Source|Monitoring\[\d\]\.Source|(Phases\[\d\]\.)?((Beside|Parts)\[\d\]\.)?Preparation\.Product\.(Note|Source)|(Phases\[\d\]\.)?(Beside|MissedDoses)\[\d\]\.Source)\b`)
	afterName   = regexp.MustCompile(`[^a-zA-Z.].*`)
)

// Every change of a field changes the digest, but for those of the wording, which do not.
func TestDigestCoversEveryField(t *testing.T) {
	t.Run("at once", func(t *testing.T) { digestCovers(t, fullSpec(), 8) })
	t.Run("in parts", func(t *testing.T) { digestCovers(t, partsSpec(), 8) })
}

func digestCovers(t *testing.T, s Spec, wording int) {
	t.Helper()
	whole, worded := digest(s), wordedDigest(s)
	seen, said := map[Digest]string{whole: "unchanged"}, map[Digest]string{worded: "unchanged"}
	words := map[string]bool{}
	eachChange(t, "Spec", reflect.ValueOf(&s).Elem(), func(path string) {
		d := wordedDigest(s)
		if other, ok := said[d]; ok {
			t.Errorf("%s has the worded digest of %s", path, other)
		}
		said[d] = path
		d = digest(s)
		if isWording(path) {
			assert.Equal(t, whole, d, path)
			words[afterName.ReplaceAllString(path, "")] = true
			return
		}
		if other, ok := seen[d]; ok {
			t.Errorf("%s has the digest of %s", path, other)
		}
		seen[d] = path
	})
	assert.Equal(t, whole, digest(s), "every change was undone")
	assert.Greater(t, len(seen), 200)
	assert.Len(t, words, wording, "%v", words)
}

// The digest is part of what apps store: it never changes for the same Spec.
func TestDigestIsStable(t *testing.T) {
	assert.Equal(t, "sha256:f9668e8eae685de0b577c0d4baeba0202d692df3944f78bff1d068cd01e37b00", digest(fullSpec()).String())

	// What came later says nothing where it is not stated.
	before := fullSpec()
	before.Beside = nil
	for i := range before.Phases {
		before.Phases[i].Beside, before.Phases[i].MissedDoses = nil, nil
	}
	assert.Equal(t, "sha256:8739fc10be0a1010d48504242dcf8aefb61b6542d86a61cc13808a37a6ea56c3", digest(before).String())
	assert.Equal(t, "sha256:347a91bf8c9d8dfb51a33abd73ffdf28a6967fdb503cca1baa7f14ac8a5d488b", wordedDigest(before).String())
	before.Monitoring = nil
	for i := range before.Phases {
		before.Phases[i].Climb, before.Phases[i].Follows, before.Phases[i].RunsOn = 0, 0, false
		stateNothing(before.Phases[i].Visit.Tasks)
		for _, c := range before.Phases[i].Companions {
			stateNothing(c.Visit.Tasks)
		}
	}
	for _, f := range before.FollowUps {
		stateNothing(f.Visit.Tasks)
	}
	for i := range before.Parameters {
		before.Parameters[i].MultipleOf = ""
	}
	assert.Equal(t, "sha256:0124c792e891b1201341a234b136c50a58a2d72d8d01418ed7757e2b1c575313", wordedDigest(before).String())
	assert.Equal(t, "sha256:8a3a7234e56296564c85b1e337f9db9918a6ae8697e886c72a7f5749d7017ba9", wordedDigest(Spec{}).String())
	text, err := digest(Spec{}).MarshalText()
	require.NoError(t, err)
	assert.Equal(t, digest(Spec{}).String(), string(text))
}

// Files name a protocol by its digest, and those of format 1 by the digest of before.
func TestHasDigest(t *testing.T) {
	p, err := compilableSpec().Compile()
	require.NoError(t, err)
	assert.True(t, p.HasDigest(p.Digest().String()))
	assert.True(t, p.HasDigest(wordedDigest(compilableSpec()).String()))
	assert.False(t, p.HasDigest(""))
	assert.False(t, p.HasDigest(digest(Spec{}).String()))
}

// possibleRows takes from rows what no row of their kind has.
func possibleRows(rows []MissedDose) { rows[0].Phase, rows[1].Dose = "", dose.Level{} }

func stateNothing(tasks []Task) {
	for i := range tasks {
		tasks[i].For, tasks[i].Stage = 0, 0
	}
}

// Text cannot pretend to be structure.
func TestDigestIsUnambiguous(t *testing.T) {
	a := Spec{Sources: []Source{{Key: "k", Citation: "c", Facts: []Fact{{Says: "x", Grade: Primary}}}}}
	b := Spec{Sources: []Source{{Key: "k", Citation: "c\" \"\"\nfact \"x\" \"\" \"primary"}}}
	assert.NotEqual(t, wordedDigest(a), wordedDigest(b))
	assert.NotEqual(t, digest(Spec{Drug: "a b"}), digest(Spec{Drug: "a", Route: "b"}))
	assert.NotEqual(t, digest(Spec{Drug: "\xff"}), digest(Spec{Drug: "\uFFFD"}))
	assert.NotEqual(t, digest(Spec{Drug: "\xff"}), digest(Spec{Drug: `\xff`}))
}

// eachPart calls f for every slice and pointer below v, outermost last.
func eachPart(v reflect.Value, f func(reflect.Value)) {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			eachPart(v.Elem(), f)
			f(v)
		}
	case reflect.Slice:
		for i := range v.Len() {
			eachPart(v.Index(i), f)
		}
		f(v)
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				eachPart(v.Field(i), f)
			}
		}
	}
}

// spoil overwrites everything that can be reached from a value.
func spoil(v reflect.Value) {
	eachPart(v, func(part reflect.Value) {
		if part.Kind() == reflect.Pointer {
			part.Elem().SetZero()
			return
		}
		for i := range part.Len() {
			part.Index(i).SetZero()
		}
	})
}

// compilableSpec is fullSpec with its parameters at work: the gaps are theirs.
func compilableSpec() Spec {
	s := fullSpec()
	for i := range s.Phases {
		s.Phases[i].MinGap = 0
		possibleRows(s.Phases[i].MissedDoses)
	}
	compilableBeside(s)
	s.Parameters[0].Fills = []Place{{"a", FieldMinGap, "", ""}}
	s.Parameters[1].Fills = []Place{{"b", FieldMinGap, "", ""}}
	return s
}

// compilableBeside takes from medicines what does not compile, which are minima.
func compilableBeside(s Spec) {
	for _, list := range [][]Medicine{s.Beside, s.Phases[0].Beside, s.Phases[1].Beside} {
		for i := range list {
			for k := range list[i].Cumulative {
				list[i].Cumulative[k].Limit.HardMin, list[i].Cumulative[k].Limit.SoftMin = dose.Mass{}, dose.Mass{}
			}
		}
	}
}

func TestProtocolIsImmutable(t *testing.T) {
	s := compilableSpec()
	p, err := s.Compile()
	require.NoError(t, err)
	fresh, err := compilableSpec().Compile()
	require.NoError(t, err)

	spoil(reflect.ValueOf(&s).Elem())
	require.Equal(t, fresh, p, "the Spec that was compiled")
	require.NotEqual(t, compilableSpec(), s)

	got := p.Spec()
	require.Equal(t, compilableSpec(), got)
	spoil(reflect.ValueOf(&got).Elem())
	require.Equal(t, fresh, p, "the Spec that was returned")

	for range 2 { // the second time the first one's changes would show
		for i, phase := range p.Phases() {
			require.Equal(t, 2, phase.MinGap)
			require.Equal(t, 2, phase.Weekdays[1].Len(), i)
			spoil(reflect.ValueOf(&phase).Elem())
		}
		for parameter := range p.Parameters() {
			require.Equal(t, FieldMinGap, parameter.Fills[0].Field)
			spoil(reflect.ValueOf(&parameter).Elem())
		}
		for _, segment := range p.Segments() {
			spoil(reflect.ValueOf(&segment).Elem())
		}
	}
	require.Equal(t, fresh, p, "what the accessors returned")
	require.Equal(t, digest(compilableSpec()), p.Digest())
}

func TestFormatIsReadBack(t *testing.T) {
	s := compilableSpec()
	file := Format(s)
	read, err := Parse("full.json", file)
	require.NoError(t, err)
	require.Equal(t, s, read)
	require.Equal(t, string(file), string(Format(read)))
}

func TestCloneSharesNothing(t *testing.T) {
	s := fullSpec()
	clone := s.Clone()
	require.Equal(t, s, clone)
	spoil(reflect.ValueOf(&clone).Elem())
	require.Equal(t, fullSpec(), s)

	set, err := s.Set("q", "3")
	require.NoError(t, err)
	assert.Equal(t, "2", s.Parameters[1].Value)
	assert.Equal(t, "3", set.Parameters[1].Value)
	spoil(reflect.ValueOf(&set).Elem())
	require.Equal(t, fullSpec(), s)

	parted := partsSpec()
	clone = parted.Clone()
	spoil(reflect.ValueOf(&clone).Elem())
	require.Equal(t, partsSpec(), parted)
}
