package clinic_test

import (
	"encoding/json"
	"maps"
	"os"
	"regexp"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/schedule/clinic"
)

// TestSchemaKeys compares the keys of the schema with those that the reader asks for.
func TestSchemaKeys(t *testing.T) {
	src, err := os.ReadFile("schema.json")
	require.NoError(t, err)
	var schema map[string]any
	require.NoError(t, json.Unmarshal(src, &schema))
	said := map[string]bool{}
	var walk func(v any)
	walk = func(v any) {
		switch v := v.(type) {
		case map[string]any:
			if properties, ok := v["properties"].(map[string]any); ok {
				for key := range properties {
					said[key] = true
				}
			}
			for _, value := range v {
				walk(value)
			}
		case []any:
			for _, item := range v {
				walk(item)
			}
		}
	}
	walk(schema)

	reader, err := os.ReadFile("file.go")
	require.NoError(t, err)
	asked := map[string]bool{}
	for _, m := range regexp.MustCompile(`\b(?:Required|Optional)\("(\w+)"\)`).FindAllStringSubmatch(string(reader), -1) {
		asked[m[1]] = true
	}
	require.Greater(t, len(asked), 10)
	for _, day := range []string{"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"} {
		asked[day] = true
	}
	require.Equal(t, slices.Sorted(maps.Keys(asked)), slices.Sorted(maps.Keys(said)))
	format := schema["properties"].(map[string]any)["format"].(map[string]any)["const"]
	require.Equal(t, clinic.FileFormat, format)
}
