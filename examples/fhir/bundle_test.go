package main

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
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

// The server reads and searches what the Bundle has.
func TestServer(t *testing.T) {
	s := source{clinicFile: release + "clinic.json", protocolFiles: []string{release + "protocol.json"}, subject: "Patient/1"}
	plan, err := s.plan(release + "plan.json")
	require.NoError(t, err)
	b, err := fhir.NewBundle(plan, s.export())
	require.NoError(t, err)
	var all store
	require.NoError(t, all.add(b))
	server := httptest.NewServer(all.server())
	defer server.Close()
	get := func(path string, headers ...string) (int, http.Header, map[string]any) {
		request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, server.URL+path, nil)
		require.NoError(t, err)
		for i := 0; i < len(headers); i += 2 {
			request.Header.Set(headers[i], headers[i+1])
		}
		response, err := http.DefaultClient.Do(request)
		require.NoError(t, err)
		defer response.Body.Close()
		var body map[string]any
		_ = json.NewDecoder(response.Body).Decode(&body) // none of 304
		return response.StatusCode, response.Header, body
	}
	first, _ := plan.At(1)
	code, _, found := get("/Appointment?identifier=" + first.ID().String())
	require.Equal(t, http.StatusOK, code)
	require.Equal(t, 1.0, found["total"])
	entry := found["entry"].([]any)[0].(map[string]any)["resource"].(map[string]any)
	path := "/Appointment/" + entry["id"].(string)
	code, header, body := get(path)
	assert.Equal(t, http.StatusOK, code)
	assert.Equal(t, "Appointment", body["resourceType"])
	code, _, _ = get(path, "If-None-Match", header.Get("ETag"))
	assert.Equal(t, http.StatusNotModified, code)

	day := first.Date().String()
	_, _, found = get("/Appointment?date=" + day)
	assert.Equal(t, 1.0, found["total"])
	_, _, all2 := get("/Appointment?date=ge" + day + "&date=le" + day)
	assert.Equal(t, found["total"], all2["total"])
	for path, want := range map[string]int{
		"/Appointment?date=2026-02-30": http.StatusBadRequest, "/Appointment?status=booked": http.StatusBadRequest, "/Appointment/none": http.StatusNotFound, "/metadata": http.StatusOK,
	} {
		code, _, body := get(path)
		assert.Equal(t, want, code, path)
		assert.NotEmpty(t, body["resourceType"])
	}
}
