package fhir_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/big"
	"math/rand/v2"
	"os"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/internal/mangle"
	"github.com/regimen-go/regimen/schedule/fhir"
)

// A second reading of the JSON of Timings and Dosages: token by token with encoding/json
// into maps, then held against a table of R4's element definitions. It shares no code
// with the package, is slow, and has one answer: whether R4 and the limits of the
// documentation let the text through, and what it has.

// datatypes are the elements of R4's datatypes: a name, a colon, * for a list, and a type.
var datatypes = map[string]string{
	"Timing": "event:*string repeat:Repeat code:CodeableConcept",
	"Repeat": "boundsDuration:Quantity boundsRange:Range boundsPeriod:Period count:positiveInt countMax:positiveInt duration:decimal durationMax:decimal durationUnit:string " +
		"frequency:positiveInt frequencyMax:positiveInt period:nonzero periodMax:nonzero periodUnit:string dayOfWeek:*string timeOfDay:*string when:*string offset:unsignedInt " +
		"extension:*Extension",
	"Extension":       "url:string valuePositiveInt:dayOfMonth",
	"Period":          "start:string end:string",
	"Quantity":        "value:decimal comparator:string unit:string system:string code:string",
	"Range":           "low:Quantity high:Quantity",
	"Ratio":           "numerator:Quantity denominator:Quantity",
	"CodeableConcept": "coding:*Coding text:string",
	"Coding":          "system:string version:string code:string display:string userSelected:boolean",
	"Dosage": "sequence:integer text:string additionalInstruction:*CodeableConcept patientInstruction:string timing:Timing asNeededBoolean:boolean " +
		"asNeededCodeableConcept:CodeableConcept site:CodeableConcept route:CodeableConcept method:CodeableConcept doseAndRate:*DoseAndRate maxDosePerPeriod:Ratio " +
		"maxDosePerAdministration:Quantity maxDosePerLifetime:Quantity",
	"DoseAndRate": "type:CodeableConcept doseRange:Range doseQuantity:Quantity rateRatio:Ratio rateRange:Range rateQuantity:Quantity",
}

var errSecond = errors.New("not let through")

// secondRead returns what a text has as a datatype, or as a list of it: objects are maps,
// numbers [big.Rat].
func secondRead(src []byte, datatype string, list bool) (any, error) {
	if len(src) > 1<<20 || !utf8.Valid(src) || halfSurrogate(string(src)) {
		return nil, errSecond
	}
	d := json.NewDecoder(bytes.NewReader(src))
	d.UseNumber()
	tree, err := secondTree(d, 0)
	if err != nil {
		return nil, err
	}
	if _, err := d.Token(); err != io.EOF {
		return nil, errSecond
	}
	if list {
		datatype = "*" + datatype
	}
	return secondJudge(tree, datatype)
}

// halfSurrogate looks for an escape of half a pair.
func halfSurrogate(s string) bool {
	unit := func(i int) (uint64, bool) {
		if i+6 > len(s) || s[i:i+2] != `\u` {
			return 0, false
		}
		n, err := strconv.ParseUint(s[i+2:i+6], 16, 16)
		return n, err == nil
	}
	for i := 0; i < len(s); i++ {
		if s[i] != '\\' {
			continue
		}
		n, ok := unit(i)
		low, both := unit(i + 6)
		switch {
		case ok && n>>10 == 0x36 && both && low>>10 == 0x37:
			i += 11
		case ok && n>>11 == 0x1b:
			return true
		default:
			i++ // whatever is escaped
		}
	}
	return false
}

// secondTree reads a value. Nothing is null or empty, and no key is there twice.
func secondTree(d *json.Decoder, depth int) (any, error) {
	token, err := d.Token()
	if err != nil || depth > 16 {
		return nil, errSecond
	}
	switch token {
	case json.Delim('{'):
		members := map[string]any{}
		for d.More() {
			key, err := d.Token()
			if err != nil {
				return nil, errSecond
			}
			name := key.(string)
			if members[name] != nil {
				return nil, errSecond
			}
			if members[name], err = secondTree(d, depth+1); err != nil {
				return nil, err
			}
		}
		if _, err := d.Token(); err != nil || len(members) == 0 || len(members) > 1<<16 || depth == 16 {
			return nil, errSecond
		}
		return members, nil
	case json.Delim('['):
		var items []any
		for d.More() {
			item, err := secondTree(d, depth+1)
			if err != nil {
				return nil, err
			}
			items = append(items, item)
		}
		if _, err := d.Token(); err != nil || len(items) == 0 || depth == 16 {
			return nil, errSecond
		}
		return items, nil
	case nil, "":
		return nil, errSecond
	}
	return token, nil
}

// secondJudge holds a value against a type.
func secondJudge(value any, want string) (any, error) {
	if one, list := strings.CutPrefix(want, "*"); list {
		items, ok := value.([]any)
		if !ok {
			return nil, errSecond
		}
		for i := range items {
			var err error
			if items[i], err = secondJudge(items[i], one); err != nil {
				return nil, err
			}
		}
		return items, nil
	}
	ok := false
	switch want {
	case "string":
		_, ok = value.(string)
	case "boolean":
		_, ok = value.(bool)
	case "decimal", "nonzero", "integer", "unsignedInt", "positiveInt", "dayOfMonth":
		number, isNumber := value.(json.Number)
		if !isNumber {
			return nil, errSecond
		}
		return secondNumber(string(number), want)
	default:
		members, isObject := value.(map[string]any)
		if !isObject {
			return nil, errSecond
		}
		return secondObject(members, want)
	}
	if !ok {
		return nil, errSecond
	}
	return value, nil
}

func secondObject(members map[string]any, datatype string) (any, error) {
	types := map[string]string{"id": "string"}
	for field := range strings.FieldsSeq(datatypes[datatype]) {
		name, of, _ := strings.Cut(field, ":")
		types[name] = of
	}
	for name, value := range members {
		of, known := types[name]
		if !known {
			return nil, errSecond
		}
		var err error
		if members[name], err = secondJudge(value, of); err != nil {
			return nil, err
		}
	}
	if datatype == "Extension" && (members["url"] != fhir.DayOfMonthURL || members["valuePositiveInt"] == nil) {
		return nil, errSecond
	}
	return members, nil
}

// secondNumber reads a number exactly, without making one of more digits than it says.
func secondNumber(s, want string) (any, error) {
	whole := !strings.ContainsAny(s, ".eE")
	if want != "decimal" && want != "nonzero" && !whole {
		return nil, errSecond
	}
	mantissa, exponent, _ := strings.Cut(strings.ToLower(s), "e")
	by, err := strconv.Atoi(exponent)
	if exponent != "" && (err != nil || by > 2000 || by < -2000) {
		if strings.Trim(mantissa, "-0.") != "" {
			return nil, errSecond // outside every range
		}
		s = mantissa
	}
	n, ok := new(big.Rat).SetString(s)
	if !ok {
		return nil, errSecond
	}
	least, most := int64(0), int64(1_000_000_000)
	switch want {
	case "nonzero":
		if n.Sign() == 0 {
			return nil, errSecond
		}
	case "integer":
		least, most = -1<<31, 1<<31-1
	case "unsignedInt":
		most = 1<<31 - 1
		if strings.HasPrefix(s, "-") {
			return nil, errSecond
		}
	case "positiveInt":
		least, most = 1, 1<<31-1
	case "dayOfMonth":
		least, most = 1, 1<<31-1 // which days there are is judged with the rule
	}
	if n.Cmp(new(big.Rat).SetInt64(least)) < 0 || n.Cmp(new(big.Rat).SetInt64(most)) > 0 {
		return nil, errSecond
	}
	// At most 18 digits, those before the first that is not 0 not counted, and at most 18
	// decimals.
	digits := strings.TrimLeft(strings.NewReplacer("-", "", ".", "").Replace(mantissa), "0")
	decimals := new(big.Rat).Mul(n, new(big.Rat).SetInt64(1_000_000_000_000_000_000))
	if n.Sign() != 0 && (len(digits) > 18 || !decimals.IsInt()) {
		return nil, errSecond
	}
	return n.RatString(), nil
}

// compareReadings holds the package to letting through what the second reading does, and
// to losing nothing of it.
func compareReadings(t *testing.T, src []byte, dosages bool) (read bool) {
	t.Helper()
	var value any
	var err error
	datatype := "Timing"
	if dosages {
		datatype = "Dosage"
		value, err = fhir.ParseDosages(src)
	} else {
		var timing fhir.Timing
		timing, err = fhir.ParseTiming(src)
		value = &timing
	}
	want, wantErr := secondRead(src, datatype, dosages)
	if wantErr != nil {
		require.Error(t, err, "%.2000q", src)
		return false
	}
	require.NoError(t, err, "%.2000q", src)
	text, err := json.Marshal(value)
	require.NoError(t, err)
	got, err := secondRead(text, datatype, dosages)
	require.NoError(t, err, "%.2000q", text)
	require.Equal(t, dropFalse(want), got, "%.2000q", src)
	return true
}

// dropFalse leaves out Coding.userSelected where it is false, which says what leaving it
// out says.
func dropFalse(tree any) any {
	switch tree := tree.(type) {
	case []any:
		for _, item := range tree {
			dropFalse(item)
		}
	case map[string]any:
		for _, value := range tree {
			dropFalse(value)
		}
		if tree["userSelected"] == false {
			delete(tree, "userSelected")
		}
	}
	return tree
}

// corpus returns every Timing, or every list of Dosages, that tests have.
func corpus(t testing.TB, dosages bool) (texts [][]byte) {
	t.Helper()
	for _, name := range []string{"testdata/cases.json", "testdata/dosage.json", "testdata/worked.json"} {
		for _, c := range readCases(t, name) {
			if src := c.Timing; !dosages && src != nil {
				texts = append(texts, src)
			}
			if src := c.Dosage; dosages && src != nil {
				texts = append(texts, src)
			}
		}
	}
	if dosages {
		return texts
	}
	src, err := os.ReadFile("testdata/published.json")
	require.NoError(t, err)
	var published []publishedTiming
	require.NoError(t, json.Unmarshal(src, &published))
	for _, p := range published {
		texts = append(texts, p.Timing)
	}
	for _, tt := range malformed {
		texts = append(texts, []byte(tt.src))
	}
	return texts
}

// pieces are what a mutation puts into a text.
var pieces = strings.Split(`{}|[]|""|null|true|false|0|-0|1|-1|1.5|0.0|1e0|1E2|1e-18|1e-19|1e9|1e10|1000000000|1000000001|2147483647|2147483648|0.1234567890123456789|1e999999999999|0e99999999999|-0.0|1.|.5|01|`+
	`"x"|"\ud83d\ude00"|"\ud800"|"\udc00\ud800"|"\\ud800"|{"id":"a"}|[1]|[["mon"]]|{"value":1}|"id":"b",|"count":1,|"extension":[],|"_count":{"id":"a"},|"modifierExtension":[{}],|`+
	`"resourceType":"Timing",|,|:|"|{|}|[|]| |\|`+"\xff|\x00|\ufeff", "|")

// mutate puts pieces into a text at places where a value or a member could be, or
// anywhere.
func mutate(r *rand.Rand, src []byte) []byte {
	text := string(src)
	for range 1 + r.IntN(3) {
		piece := pick(r, pieces...)
		i := r.IntN(len(text) + 1)
		switch r.IntN(5) {
		case 0: // anywhere
			text = text[:i] + piece + text[i:]
		case 1: // in place of a few bytes
			text = text[:i] + piece + text[min(len(text), i+r.IntN(6)):]
		case 2: // less
			text = text[:i] + text[min(len(text), i+1+r.IntN(12)):]
		case 3: // as the value of a member
			if colon := strings.IndexByte(text[i:], ':'); colon >= 0 {
				from := i + colon + 1
				end := max(strings.IndexAny(text[from:], ",}]"), 0)
				text = text[:from] + piece + text[from+end:]
			}
		case 4: // as a member
			if open := strings.IndexByte(text[i:], '{'); open >= 0 {
				text = text[:i+open+1] + piece + text[i+open+1:]
			}
		}
	}
	return []byte(text)
}

// TestSecondReading compares both readings of every text that tests have, and of many
// that are a little different.
func TestSecondReading(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 11))
	for _, dosages := range []bool{false, true} {
		texts := corpus(t, dosages)
		require.NotEmpty(t, texts)
		read, tried := 0, 0
		for _, src := range texts {
			compareReadings(t, src, dosages)
			if len(src) > 5000 || len(src) == 0 {
				continue
			}
			for range 40 {
				tried++
				if compareReadings(t, mutate(r, src), dosages) {
					read++
				}
			}
		}
		require.Greater(t, read, tried/50, fmt.Sprint(dosages))
		require.Greater(t, tried-read, tried/10)
	}
}

// FuzzReading compares both readings of anything.
func FuzzReading(f *testing.F) {
	for _, dosages := range []bool{false, true} {
		for _, src := range corpus(f, dosages) {
			if len(src) < 1000 {
				f.Add(src, dosages)
			}
		}
	}
	f.Fuzz(mangle.Target(func(t *testing.T, src []byte, dosages bool) { compareReadings(t, src, dosages) }))
}
