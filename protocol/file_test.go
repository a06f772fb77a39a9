package protocol_test

import (
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/protocol"
)

// smallFile is the smallest protocol file but for the rest of its title.
const smallFile = `{"format": "regimen/1", "phases": [{"name": "a", "cadence": "3-2"}], "title": "`

// goodFiles are files that are read: the example and the catalogue.
func goodFiles(t testing.TB) map[string][]byte {
	t.Helper()
	files := map[string][]byte{}
	for _, pattern := range []string{"testdata/*.json", "testdata/beside/*.json", "catalog/*.json"} {
		paths, err := filepath.Glob(pattern)
		require.NoError(t, err)
		for _, path := range paths {
			src, err := os.ReadFile(path)
			require.NoError(t, err)
			files[path] = src
		}
	}
	require.NotEmpty(t, files)
	return files
}

// checkFile checks what holds of every file that is read: it has one canonical
// form, which says the same and is its own.
func checkFile(t testing.TB, s protocol.Spec) {
	t.Helper()
	file := protocol.Format(s)
	again, err := protocol.Parse("again", file)
	if err != nil {
		t.Fatalf("the canonical form is refused: %v\n%s", err, file)
	}
	if !reflect.DeepEqual(s, again) {
		t.Fatalf("the canonical form says something else:\n%s", file)
	}
	if second := protocol.Format(again); string(second) != string(file) {
		t.Fatalf("the canonical form has another one:\n%s\n%s", file, second)
	}
}

func TestGoodFiles(t *testing.T) {
	for path, src := range goodFiles(t) {
		s, err := protocol.Parse(path, src)
		require.NoError(t, err)
		checkFile(t, s)
		assert.Equal(t, string(src), string(protocol.Format(s)), "%s is canonical", path)
	}
}

// The file in the package documentation is one.
func TestDocumentedFile(t *testing.T) {
	doc, err := os.ReadFile("doc.go")
	require.NoError(t, err)
	_, file, ok := strings.Cut(string(doc), "//\n//\t{\n")
	require.True(t, ok)
	file, _, ok = strings.Cut(file, "\n//\t}\n")
	require.True(t, ok)
	file = "{\n" + strings.ReplaceAll(strings.ReplaceAll(file, "//\t", ""), "\t", "") + "\n}\n"
	s, err := protocol.Parse("doc.go", []byte(file))
	require.NoError(t, err)
	assert.Equal(t, file, string(protocol.Format(s)))
}

// White space and the order of keys say nothing.
func TestOrderAndSpace(t *testing.T) {
	plain, err := protocol.Parse("a", []byte(smallFile+`"}`))
	require.NoError(t, err)
	turned, err := protocol.Parse("b", []byte("\r\n\t{ \"title\":\"\",\"phases\":[ {\"cadence\":\"3-2\" ,\"visit\":{},\"steps\":[],\"name\":\"\\u0061\"}]\n\n,\"format\":\"regimen\\/1\"} \n"))
	require.NoError(t, err)
	assert.Equal(t, plain, turned)
	assert.Equal(t, "{\n  \"format\": \"regimen/1\",\n  \"phases\": [\n    {\n      \"name\": \"a\",\n      \"cadence\": \"3-2\"\n    }\n  ]\n}\n", string(protocol.Format(plain)))
}

// One value may be written in several ways, and is printed in one.
func TestCanonicalValues(t *testing.T) {
	const file = `{"format": "regimen/1", "phases": [{"name": "a", "cadence": "3-3  then every 4w(1w..8w)", "weekdays": ["Thu,Mon"], "maxGap": "0 days",
		"visit": {"preparation": "120 min", "tasks": [{"text": "t", "from": "arrival", "at": "-120 min", "until": "0 h"}]},
		"dose": "?, floor 0.5 g", "preparation": {"product": {"name": "ketamine 50 mg/mL", "expressed": "ketamine base", "content": "0.5 g", "strength": "50 mg/mL"},
		"dilution": "undiluted", "route": "intramuscular", "during": "1 h", "pump": "exact"}}],
		"parameters": [{"name": "all", "fills": ["amount", "minGap", "administration"]}]}`
	s, err := protocol.Parse("values", []byte(file))
	require.NoError(t, err)
	checkFile(t, s)
	for _, text := range []string{
		`"3/wk x2 then every 4w (1w..8w)"`, `["Mon,Thu"]`, `"2 h"`, `"-2 h"`, `"0 min"`, `"?, floor 500 mg"`, `"60 min"`, `"intramuscular"`,
	} {
		assert.Contains(t, string(protocol.Format(s)), text)
	}
	for _, text := range []string{"maxGap", "pump"} {
		assert.NotContains(t, string(protocol.Format(s)), text)
	}
}

// A product that ships is known by its name; any other is written out.
func TestProducts(t *testing.T) {
	count := 0
	for product := range dose.Products() {
		count++
		s := phases(protocol.Phase{Name: "a", Cadence: protocol.MustCadence("1"), Preparation: dose.Preparation{Product: product, Route: dose.Intravenous, Dilution: dose.Undiluted()}})
		assert.Contains(t, string(protocol.Format(s)), `"product": "`+product.Name+`",`)
		s.Phases[0].Preparation.Product.Note += "!"
		assert.Contains(t, string(protocol.Format(s)), `"product": {`)
		if !product.Strength.IsZero() {
			checkFile(t, s)
		}
	}
	assert.Positive(t, count)
}

// What no text file can show.
func TestBadBytes(t *testing.T) {
	deep := func(n int) string {
		return smallFile + `", "notes": ` + strings.Repeat("[", n) + strings.Repeat("]", n) + "}"
	}
	tests := []struct {
		name, src string
		want      []string
	}{
		{"byte order mark", "\ufeff" + smallFile + `"}`, []string{"f:1:1: want a file without a byte order mark [byte-order-mark]"}},
		{"bad UTF-8", smallFile + "a\xffb\"}", []string{`f:1:81: /title: want UTF-8, got the byte 0xff [utf-8]`}},
		{"bad UTF-8 in a key", `{"form` + "\xc3" + `": 1}`, []string{
			`f:1:1: want the key "format" [missing-key]`, `f:1:1: /phases: want at least one phase [missing]`, `f:1:7: /form` + "\ufffd" + `: want UTF-8, got the byte 0xc3 [utf-8]`,
		}},
		{"bad UTF-8 outside", "\xff", []string{"f:1:1: want UTF-8, got the byte 0xff [utf-8]"}},
		{"NUL", smallFile + "\x00\"}", []string{`f:1:80: /title: want control characters escaped, as in \t or \u0001, got "\x00" [json-syntax]`}},
		{"NUL outside", "\x00", []string{`f:1:1: want a JSON document, got "\x00" [json-syntax]`}},
		{"tab", smallFile + "\t\"}", []string{`f:1:80: /title: want control characters escaped, as in \t or \u0001, got "\t" [json-syntax]`}},
		{"as deep as allowed", deep(15), []string{`f:1:93: /notes/0: want text in double quotes, got a list [json-type]`}},
		{"too deep", deep(16), []string{`f:1:107: /notes/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0: want at most 16 levels of { and [ [json-depth]`}},
		{"far too deep", strings.Repeat("[", 500_000), []string{`f:1:17: /0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0: want at most 16 levels of { and [ [json-depth]`}},
		{"1 MiB and 1", smallFile + strings.Repeat("x", 1<<20-len(smallFile)-1) + `"}`, []string{"f:1:1: want at most 1048576 bytes, got 1048577 [json-size]"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var got []string
			for _, e := range refusal(t, "f", []byte(test.src)) {
				got = append(got, e.Error())
			}
			assert.Equal(t, test.want, got)
		})
	}
	_, err := protocol.Parse("1 MiB", []byte(smallFile+strings.Repeat("x", 1<<20-len(smallFile)-2)+`"}`))
	require.NoError(t, err)
}

// A hundred problems are enough, and the first ones.
func TestManyProblems(t *testing.T) {
	src := smallFile + "\",\n" + strings.Repeat(`"x": 1,`+"\n", 150) + `"y": 1}`
	list := refusal(t, "f", []byte(src))
	require.Len(t, list, 100)
	for i, e := range list {
		assert.Equal(t, i+2, e.Line)
	}

	// They may be found by the checks that follow.
	src = `{"format": "regimen/1", "phases": [{"name": "a", "cadence": "1"}], "indications": [` + strings.Repeat(`"",`, 999) + `""]}`
	list = refusal(t, "f", []byte(src))
	require.Len(t, list, 100)
	assert.Equal(t, "/indications/99", list[99].Place)

	// A list that is too long is one problem, whatever is in it.
	src = `{"format": "regimen/1", "phases": [{"name": "a", "cadence": "1"}], "indications": [` + strings.Repeat(`"",`, 1000) + `""]}`
	list = refusal(t, "f", []byte(src))
	require.Len(t, list, 1)
	assert.Equal(t, "f:1:83: /indications: want at most 1000 entries, got \"1001\" [too-long]", list[0].Error())
}

// What an error unwraps to says what may be done about it.
func TestSentinels(t *testing.T) {
	for _, test := range []struct {
		src  string
		want []error
		code protocol.Code
	}{
		{"{", []error{protocol.ErrNotation}, protocol.CodeJSON},
		{"[]", []error{protocol.ErrNotation}, protocol.CodeType},
		{smallFile + `", "titel": ""}`, []error{protocol.ErrNotation}, protocol.CodeUnknownKey},
		{`{"phases": [{"name": "a", "cadence": "1"}]}`, []error{protocol.ErrInvalid}, protocol.CodeMissingKey},
		{smallFile + `", "id": "a"}`, []error{protocol.ErrInvalid}, protocol.CodeMissing},
		{smallFile + `", "labels": [{"status": "a", "since": "now"}]}`, []error{protocol.ErrInvalid}, protocol.CodeValue},
		{smallFile + `", "missed": [{"then": "skip"}]}`, []error{protocol.ErrInvalid}, protocol.CodeChoice},
		{smallFile + `", "gates": [{"name": "g", "phase": "a", "assess": "x", "after": 0}]}`, []error{protocol.ErrInvalid}, protocol.CodeNumber},
		{`{"format": "regimen/1", "phases": [{"name": "a", "cadence": "biweekly"}]}`, []error{protocol.ErrNotation}, protocol.CodeAmbiguous},
		{smallFile + `", "cumulative": [{"per": "day", "limit": "hard max 5 mL"}]}`, []error{protocol.ErrNotation}, protocol.CodeDose},
		{smallFile + `", "cumulative": [{"per": "day", "limit": "hard max 5"}]}`, []error{dose.ErrUnit}, protocol.CodeDose},
	} {
		_, err := protocol.Parse("f", []byte(test.src))
		for _, want := range test.want {
			assert.ErrorIs(t, err, want, test.src)
		}
		assert.NotErrorIs(t, err, protocol.ErrUnset)
		first, ok := errors.AsType[*protocol.Error](err)
		require.True(t, ok, test.src)
		assert.Equal(t, test.code, first.Code, test.src)
	}
}
