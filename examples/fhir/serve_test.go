package main

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/fhir"
)

// An asker asks a server of one plan.
type asker struct {
	t    *testing.T
	plan *schedule.Plan
	url  string
}

func newAsker(t *testing.T) *asker {
	t.Helper()
	s := source{clinicFile: release + "clinic.json", protocolFiles: []string{release + "protocol.json"}, subject: "Patient/1"}
	plan, err := s.plan(release + "plan.json")
	require.NoError(t, err)
	b, err := fhir.NewBundle(plan, s.export())
	require.NoError(t, err)
	var all store
	require.NoError(t, all.add(b, plan.Zone()))
	server := httptest.NewServer(all.server())
	t.Cleanup(server.Close)
	return &asker{t, plan, server.URL}
}

// ask returns what is answered; headers are names and values in turn.
func (a *asker) ask(method, path string, headers ...string) (code int, header http.Header, body map[string]any) {
	a.t.Helper()
	request, err := http.NewRequestWithContext(a.t.Context(), method, a.url+path, nil)
	require.NoError(a.t, err)
	for i := 0; i < len(headers); i += 2 {
		request.Header.Set(headers[i], headers[i+1])
		if headers[i] == "Host" {
			request.Host = headers[i+1]
		}
	}
	response, err := http.DefaultClient.Do(request)
	require.NoError(a.t, err)
	defer response.Body.Close()
	_ = json.NewDecoder(response.Body).Decode(&body) // none of 304 and HEAD
	return response.StatusCode, response.Header, body
}

// total returns how many a search finds.
func (a *asker) total(path string) int {
	a.t.Helper()
	code, _, found := a.ask(http.MethodGet, path)
	require.Equal(a.t, http.StatusOK, code, "%s: %v", path, found)
	return int(found["total"].(float64))
}

func TestRead(t *testing.T) {
	a := newAsker(t)
	first, _ := a.plan.At(1)
	_, _, found := a.ask(http.MethodGet, "/Appointment?identifier="+first.ID().String())
	require.Equal(t, 1.0, found["total"])
	entry := found["entry"].([]any)[0].(map[string]any)["resource"].(map[string]any)
	path := "/Appointment/" + entry["id"].(string)
	code, header, body := a.ask(http.MethodGet, path)
	assert.Equal(t, http.StatusOK, code)
	assert.Equal(t, entry, body)
	tag := header.Get("ETag")
	assert.Equal(t, `W/"`+body["meta"].(map[string]any)["versionId"].(string)+`"`, tag)
	for _, have := range []string{tag, strings.TrimPrefix(tag, "W/"), "*", `W/"old", ` + tag} {
		code, header, body = a.ask(http.MethodGet, path, "If-None-Match", have)
		assert.Equal(t, http.StatusNotModified, code, have)
		assert.Equal(t, tag, header.Get("ETag"))
		assert.Empty(t, body)
	}
	code, _, _ = a.ask(http.MethodGet, path, "If-None-Match", `W/"old"`)
	assert.Equal(t, http.StatusOK, code)
	code, header, _ = a.ask(http.MethodHead, path)
	assert.Equal(t, http.StatusOK, code)
	assert.Equal(t, tag, header.Get("ETag"))

	// Every reference inside the plan leads to a resource.
	_, _, found = a.ask(http.MethodGet, "/CarePlan")
	plan := found["entry"].([]any)[0].(map[string]any)["resource"].(map[string]any)
	activities := plan["activity"].([]any)
	require.NotEmpty(t, activities)
	for _, activity := range activities {
		reference := activity.(map[string]any)["reference"].(map[string]any)["reference"].(string)
		code, _, _ := a.ask(http.MethodGet, "/"+reference)
		assert.Equal(t, http.StatusOK, code, reference)
	}
}

// Days are those of the clinic, and prefixes say what R4 has them say.
func TestSearchByDate(t *testing.T) {
	a := newAsker(t)
	want := func(holds func(start, end time.Time) bool) (n int) {
		_, _, found := a.ask(http.MethodGet, "/Appointment?_count=1000")
		for _, entry := range found["entry"].([]any) {
			// The start of a visit is one second, as it is written.
			if text, ok := entry.(map[string]any)["resource"].(map[string]any)["start"].(string); ok {
				start, err := time.Parse(time.RFC3339, text)
				require.NoError(t, err)
				if holds(start, start.Add(time.Second)) {
					n++
				}
			}
		}
		return n
	}
	third, _ := a.plan.At(3)
	year, month, day := third.Date().Date()
	from := time.Date(year, month, day, 0, 0, 0, 0, a.plan.Zone())
	until := from.AddDate(0, 0, 1)
	counts := map[string]int{}
	for prefix, holds := range map[string]func(start, end time.Time) bool{
		"":   func(start, end time.Time) bool { return !start.Before(from) && !end.After(until) },
		"eq": func(start, end time.Time) bool { return !start.Before(from) && !end.After(until) },
		"ne": func(start, end time.Time) bool { return start.Before(from) || end.After(until) },
		"gt": func(_, end time.Time) bool { return end.After(until) },
		"ge": func(start, _ time.Time) bool { return !start.Before(from) },
		"lt": func(start, _ time.Time) bool { return start.Before(from) },
		"le": func(_, end time.Time) bool { return !end.After(until) },
		"sa": func(start, _ time.Time) bool { return !start.Before(until) },
		"eb": func(_, end time.Time) bool { return !end.After(from) },
	} {
		counts[prefix] = a.total("/Appointment?date=" + prefix + third.Date().String())
		assert.Equal(t, want(holds), counts[prefix], "prefix %q", prefix)
	}
	assert.Positive(t, counts["eq"])
	assert.Positive(t, counts["lt"])
	assert.Positive(t, counts["gt"])
	assert.Equal(t, counts["eq"]+counts["lt"]+counts["gt"], counts["ge"]+counts["lt"])

	_, _, one := a.ask(http.MethodGet, "/Appointment?identifier="+third.ID().String())
	start, err := time.Parse(time.RFC3339, one["entry"].([]any)[0].(map[string]any)["resource"].(map[string]any)["start"].(string))
	require.NoError(t, err)
	for text, n := range map[string]int{
		url.QueryEscape(start.Format(time.RFC3339)): 1, start.UTC().Format("2006-01-02T15:04Z"): 1, url.QueryEscape("gt" + start.Format(time.RFC3339)): counts["gt"],
		third.Date().String()[:4]: want(func(start, _ time.Time) bool { return start.In(a.plan.Zone()).Year() == year }),
		third.Date().String()[:7]: want(func(start, _ time.Time) bool {
			in := start.In(a.plan.Zone())
			return in.Year() == year && in.Month() == month
		}),
		"eb1999,sa2150": 0, "eb1999," + third.Date().String(): counts["eq"],
	} {
		assert.Equal(t, n, a.total("/Appointment?date="+text), text)
	}
	assert.Equal(t, counts["eq"], a.total("/Appointment?date=ge"+third.Date().String()+"&date=le"+third.Date().String()))
	// The whole plan reaches over the day, and is not inside it.
	assert.Equal(t, 0, a.total("/CarePlan?date="+third.Date().String()))
	assert.Equal(t, 1, a.total("/CarePlan?date=ge"+third.Date().String()))
	assert.Equal(t, 1, a.total("/CarePlan?date=lt"+third.Date().String()))
}

func TestSearchByIdentifier(t *testing.T) {
	a := newAsker(t)
	first, _ := a.plan.At(1)
	second, _ := a.plan.At(2)
	_, _, found := a.ask(http.MethodGet, "/Appointment?identifier="+first.ID().String())
	id := found["entry"].([]any)[0].(map[string]any)["resource"].(map[string]any)["identifier"].([]any)[0].(map[string]any)
	system, value := id["system"].(string), id["value"].(string)
	all := a.total("/Appointment")
	require.Greater(t, all, 2)
	for query, n := range map[string]int{
		value: 1, system + "|" + value: 1, "other|" + value: 0, "|" + value: 0, system + "|": all, "none": 0,
		value + "," + second.ID().String(): 2, value + "&identifier=" + second.ID().String(): 0, value + "&identifier=" + value: 1,
	} {
		assert.Equal(t, n, a.total("/Appointment?identifier="+strings.ReplaceAll(query, "|", "%7C")), query)
	}
}

// Pages follow one another until everything that was found was there once.
func TestPages(t *testing.T) {
	a := newAsker(t)
	all := a.total("/Appointment")
	seen := map[string]bool{}
	pages := 0
	for path := "/Appointment?_count=2&date=ge1999"; path != ""; pages++ {
		_, _, found := a.ask(http.MethodGet, path)
		for _, entry := range found["entry"].([]any) {
			seen[entry.(map[string]any)["fullUrl"].(string)] = true
		}
		path = ""
		for _, link := range found["link"].([]any) {
			if link := link.(map[string]any); link["relation"] == "next" {
				path = strings.TrimPrefix(link["url"].(string), a.url)
				assert.Contains(t, path, "date=ge1999")
			}
		}
	}
	withStart := a.total("/Appointment?date=ge1999")
	assert.Len(t, seen, withStart)
	assert.LessOrEqual(t, withStart, all)
	assert.Equal(t, (withStart+1)/2, pages)
	_, _, found := a.ask(http.MethodGet, "/Appointment?_count=0")
	assert.NotContains(t, found, "entry")
	_, _, found = a.ask(http.MethodGet, "/Appointment?_offset=100000")
	assert.NotContains(t, found, "entry")
	assert.Equal(t, float64(all), found["total"])
}

// What is not answered is refused as an OperationOutcome, whatever it is.
func TestServerRefuses(t *testing.T) {
	a := newAsker(t)
	for _, tt := range []struct {
		method, path string
		code         int
		issue        string
	}{
		{"GET", "/Appointment/none", 404, "not-found"},
		{"GET", "/Patient/1", 404, "not-supported"},
		{"GET", "/Patient", 404, "not-supported"},
		{"GET", "/", 404, "not-supported"},
		{"GET", "/Appointment/none/_history", 404, "not-supported"},
		{"GET", "/Appointment?status=booked", 400, "not-supported"},
		{"GET", "/MedicationAdministration?date=2026-03-02", 400, "not-supported"},
		{"GET", "/Appointment?date=2026-02-30", 400, "invalid"},
		{"GET", "/Appointment?date=ap2026-03-02", 400, "invalid"},
		{"GET", "/Appointment?date=", 400, "invalid"},
		{"GET", "/Appointment?_count=-1", 400, "invalid"},
		{"GET", "/Appointment?_count=1&_count=2", 400, "invalid"},
		{"GET", "/Appointment?_offset=x", 400, "invalid"},
		{"GET", "/Appointment?a=%zz", 400, "invalid"},
		{"GET", "/Appointment?_format=xml", 406, "not-supported"},
		{"POST", "/Appointment", 405, "not-supported"},
		{"DELETE", "/Appointment/none", 405, "not-supported"},
	} {
		code, header, body := a.ask(tt.method, tt.path)
		assert.Equal(t, tt.code, code, tt.path)
		assert.Equal(t, "application/fhir+json; charset=utf-8", header.Get("Content-Type"))
		require.Equal(t, "OperationOutcome", body["resourceType"], tt.path)
		issue := body["issue"].([]any)[0].(map[string]any)
		assert.Equal(t, tt.issue, issue["code"], tt.path)
		assert.NotEmpty(t, issue["diagnostics"])
	}
	code, _, body := a.ask(http.MethodGet, "/metadata", "Host", "example.org")
	assert.Equal(t, http.StatusMisdirectedRequest, code)
	assert.Equal(t, "OperationOutcome", body["resourceType"])
	code, _, body = a.ask(http.MethodGet, "/metadata")
	assert.Equal(t, http.StatusOK, code)
	assert.Equal(t, "CapabilityStatement", body["resourceType"])
}
