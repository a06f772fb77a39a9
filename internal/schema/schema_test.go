// Package schema tests the schema of protocol files against their reader.
package schema

import (
	"bytes"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/protocol"
)

const files = "../../protocol/"

func compile(t *testing.T) *jsonschema.Schema {
	t.Helper()
	src, err := os.ReadFile(files + "schema.json")
	if err != nil {
		t.Fatal(err)
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(src))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("schema.json", doc); err != nil {
		t.Fatal(err)
	}
	schema, err := c.Compile("schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

// valid are the files that the reader accepts.
func valid(t *testing.T) map[string][]byte {
	t.Helper()
	list := map[string][]byte{}
	for _, pattern := range []string{files + "testdata/*.json", files + "testdata/regimens/*.json", files + "testdata/beside/*.json", files + "catalog/*.json", "../../examples/protocols/testdata/*.json", "testdata/*.json"} {
		paths, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, path := range paths {
			src, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			// Accepted findings are a file of another format.
			if !strings.HasSuffix(path, "/broken.json") && !strings.HasSuffix(path, "/accepted.json") {
				list[path] = src
			}
		}
	}
	if len(list) < 40 {
		t.Fatalf("only %d files", len(list))
	}
	return list
}

// The schema accepts what the reader accepts.
func TestValidFiles(t *testing.T) {
	schema := compile(t)
	for path, src := range valid(t) {
		if _, err := protocol.Parse(path, src); err != nil {
			t.Error(err)
		}
		doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(src))
		if err != nil {
			t.Fatal(err)
		}
		if err := schema.Validate(doc); err != nil {
			t.Errorf("%s: %v", path, err)
		}
	}
}

// beyond are the broken files that only the reader refuses, since a schema
// cannot say what is wrong with them.
var beyond = []string{
	"json: half a surrogate pair",
	"keys: key twice",
	"keys: key twice with an escape",
	"monitoring: without end beside sessions that end",
	"monitoring: without end beside sessions as needed",
	"monitoring: names that others have",
	"monitoring: phases and sources that are not there",
	"monitoring: too many visits",
	"notations: segment after one without end",
	"notations: value and ends of a parameter",
	"references: gate beyond the phase",
	"references: parameter of an unknown phase",
	"references: parameter of a place that is given",
	"values: no phase with a cadence",
	"values: phase after one without end",
	"values: drug without gap and administration",
	"values: gap that a week cannot hold",
	"values: dose rules that contradict themselves",
	"values: open parts that nothing fills",
}

// The schema refuses what the reader refuses, as far as it can be said in one.
func TestBrokenFiles(t *testing.T) {
	schema := compile(t)
	paths, err := filepath.Glob(files + "testdata/bad/*.txt")
	if err != nil {
		t.Fatal(err)
	}
	var accepted []string
	refused := 0
	for _, path := range paths {
		src, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for chunk := range strings.SplitSeq("\n"+string(src), "\n-- ") {
			name, text, ok := strings.Cut(chunk, " --\n")
			if !ok {
				continue // the introduction
			}
			var file []byte
			for line := range strings.Lines(text) {
				line, _, _ = strings.Cut(line, " ### ")
				file = append(file, line...)
			}
			doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(file))
			if err != nil || schema.Validate(doc) != nil {
				refused++
				continue
			}
			accepted = append(accepted, strings.TrimSuffix(filepath.Base(path), ".txt")+": "+name)
		}
	}
	if !slices.Equal(accepted, beyond) {
		t.Errorf("the schema accepts\n%s", strings.Join(accepted, "\n"))
	}
	if refused < 60 {
		t.Errorf("only %d files are refused", refused)
	}
}

// A file of which one value is of another type, or one key is misspelt, is
// refused by both.
func TestChangedFiles(t *testing.T) {
	schema := compile(t)
	src, err := os.ReadFile(files + "testdata/example.json")
	if err != nil {
		t.Fatal(err)
	}
	var root any
	if err := json.Unmarshal(src, &root); err != nil {
		t.Fatal(err)
	}
	count := 0
	check := func(what string) {
		count++
		changed, err := json.Marshal(root)
		if err != nil {
			t.Fatal(err)
		}
		doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(changed))
		if err != nil {
			t.Fatal(err)
		}
		if schema.Validate(doc) == nil {
			t.Errorf("%s: the schema accepts it", what)
		}
		if _, err := protocol.Parse("f", changed); err == nil {
			t.Errorf("%s: the reader accepts it", what)
		}
	}
	var walk func(pointer string, v any)
	walk = func(pointer string, v any) {
		switch v := v.(type) {
		case map[string]any:
			for key, old := range v {
				for _, wrong := range []any{nil, 1.5, []any{[]any{}}, map[string]any{"x": 1}} {
					v[key] = wrong
					check(pointer + "/" + key)
				}
				delete(v, key)
				v[key+"x"] = old
				check(pointer + "/" + key + "x")
				delete(v, key+"x")
				v[key] = old
				walk(pointer+"/"+key, old)
			}
		case []any:
			for i, old := range v {
				v[i] = nil
				check(pointer)
				v[i] = old
				walk(pointer, old)
			}
		}
	}
	walk("", root)
	if count < 500 {
		t.Errorf("only %d changes", count)
	}
}

// The schema lists what the library lists.
func TestProducts(t *testing.T) {
	src, err := os.ReadFile(files + "schema.json")
	if err != nil {
		t.Fatal(err)
	}
	var doc struct {
		Defs struct {
			Preparation struct {
				Properties struct {
					Product struct{ AnyOf []struct{ Enum []string } }
				}
			}
		} `json:"$defs"`
	}
	d := json.NewDecoder(bytes.NewReader(src))
	if err := d.Decode(&doc); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Token(); err != io.EOF {
		t.Fatal(err)
	}
	var names []string
	for p := range dose.Products() {
		names = append(names, p.Name)
	}
	if got := doc.Defs.Preparation.Properties.Product.AnyOf[0].Enum; !slices.Equal(got, names) {
		t.Errorf("%q, want %q", got, names)
	}
}
