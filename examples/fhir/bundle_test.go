package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/schedule/fhir"
)

const release = "../../schedule/testdata/releases/plan-format-1/hold-with-visits/"

func runs(t *testing.T, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	var out, err strings.Builder
	code = command(args, strings.NewReader(""), &out, &err)
	return code, out.String(), err.String()
}

func TestBundleCommand(t *testing.T) {
	flags := []string{"-clinic", release + "clinic.json", "-protocol", release + "protocol.json"}
	code, out, msg := runs(t, append(append([]string{"bundle"}, flags...), release+"plan.json")...)
	require.Equal(t, exitDone, code, msg)
	_, err := fhir.ParseBundle([]byte(out))
	require.NoError(t, err)

	name := filepath.Join(t.TempDir(), "bundle.json")
	require.NoError(t, os.WriteFile(name, []byte(out), 0o600))
	code, found, _ := runs(t, "check", name)
	assert.Equal(t, exitDone, code, found)

	code, changed, _ := runs(t, append(append([]string{"bundle", "-since", release + "plan.json"}, flags...), release+"plan.json")...)
	assert.Equal(t, exitDone, code)
	assert.NotContains(t, changed, "resourceType\": \"Appointment")

	require.NoError(t, os.WriteFile(name, []byte(strings.Replace(out, `"intent": "plan"`, `"intent": "order"`, 1)), 0o600))
	code, found, _ = runs(t, "check", name)
	assert.Equal(t, exitFound, code)
	assert.Contains(t, found, "[")
}

func TestBundleMisuse(t *testing.T) {
	for _, tt := range []struct {
		args []string
		want string
	}{
		{[]string{"bundle"}, "want one plan file"},
		{[]string{"bundle", release + "plan.json"}, "want -clinic"},
		{[]string{"bundle", "-clinic", "none.json", release + "plan.json"}, "none.json"},
		{[]string{"bundle", "-x"}, "-x"},
		{[]string{"check"}, "want a command"},
		{[]string{"check", "none.json"}, "none.json"},
		{[]string{"serve"}, "want plan files"},
		{[]string{"serve", "-clinic", release + "clinic.json", "-protocol", release + "protocol.json", "-addr", "0.0.0.0:0", release + "plan.json"}, "loopback"},
	} {
		code, _, msg := runs(t, tt.args...)
		assert.Equal(t, exitMisuse, code, "%v", tt.args)
		assert.Contains(t, msg, tt.want)
	}
}
