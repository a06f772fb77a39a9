package main

import (
	"bytes"
	"context"
	"flag"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/ical"
)

var update = flag.Bool("update", false, "write the golden file anew")

const token = "abcdefghijklmnopqrstuvwxyz"

var asOf = time.Date(2026, time.March, 1, 12, 0, 0, 0, time.UTC)

// published are feeds with one plan.
func published(t *testing.T) *Feeds {
	t.Helper()
	feeds := NewFeeds(options())
	require.NoError(t, feeds.Publish(token, plan(t, asOf)))
	return feeds
}

func plan(t *testing.T, asOf time.Time) *schedule.Plan {
	t.Helper()
	p, err := course(schedule.Key{15: 1}, asOf)
	require.NoError(t, err)
	return p
}

// ask returns the answer to a request and its body.
func ask(t *testing.T, feeds *Feeds, method, path string, header ...string) (*http.Response, string) {
	t.Helper()
	server := httptest.NewServer(feeds)
	defer server.Close()
	r, err := http.NewRequestWithContext(t.Context(), method, server.URL+path, nil)
	require.NoError(t, err)
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	answer, err := server.Client().Do(r)
	require.NoError(t, err)
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	require.NoError(t, err)
	return answer, string(body)
}

const path = "/calendar/" + token + ".ics"

func TestGolden(t *testing.T) {
	const golden = "testdata/feed.ics"
	answer, body := ask(t, published(t), http.MethodGet, path)
	assert.Equal(t, http.StatusOK, answer.StatusCode)
	if *update {
		require.NoError(t, os.WriteFile(golden, []byte(body), 0o644))
	}
	want, err := os.ReadFile(golden)
	require.NoError(t, err)
	assert.Equal(t, string(want), body)
}

func TestHeaders(t *testing.T) {
	answer, body := ask(t, published(t), http.MethodGet, path)
	assert.Equal(t, "text/calendar; charset=utf-8", answer.Header.Get("Content-Type"))
	assert.Equal(t, "private, no-cache", answer.Header.Get("Cache-Control"))
	assert.Empty(t, answer.Header.Get("Last-Modified"))
	assert.Regexp(t, `^"[0-9a-f]{32}"$`, answer.Header.Get("ETag"))
	assert.NotEmpty(t, body)

	head, nothing := ask(t, published(t), http.MethodHead, path)
	assert.Equal(t, http.StatusOK, head.StatusCode)
	assert.Equal(t, answer.Header.Get("ETag"), head.Header.Get("ETag"))
	assert.EqualValues(t, len(body), head.ContentLength)
	assert.Empty(t, nothing)
}

// A subscriber who has the calendar is told so, until the plan changes.
func TestNotModified(t *testing.T) {
	feeds := published(t)
	answer, _ := ask(t, feeds, http.MethodGet, path)
	etag := answer.Header.Get("ETag")
	for _, header := range []string{etag, `"other", ` + etag, "W/" + etag, "*"} {
		again, body := ask(t, feeds, http.MethodGet, path, "If-None-Match", header)
		assert.Equal(t, http.StatusNotModified, again.StatusCode, header)
		assert.Equal(t, etag, again.Header.Get("ETag"))
		assert.Equal(t, "private, no-cache", again.Header.Get("Cache-Control"))
		assert.Empty(t, body)
	}
	other, body := ask(t, feeds, http.MethodGet, path, "If-None-Match", `"other"`)
	assert.Equal(t, http.StatusOK, other.StatusCode)
	assert.NotEmpty(t, body)

	require.NoError(t, feeds.Publish(token, plan(t, asOf)))
	same, _ := ask(t, feeds, http.MethodGet, path, "If-None-Match", etag)
	assert.Equal(t, http.StatusNotModified, same.StatusCode, "the same plan again")
	require.NoError(t, feeds.Publish(token, plan(t, asOf.Add(time.Hour))))
	changed, _ := ask(t, feeds, http.MethodGet, path, "If-None-Match", etag)
	assert.Equal(t, http.StatusOK, changed.StatusCode, "a later plan")
	assert.NotEqual(t, etag, changed.Header.Get("ETag"))
}

// The last calendar has every event of the one before, and cancels those to come.
func TestEnd(t *testing.T) {
	feeds := published(t)
	_, before := ask(t, feeds, http.MethodGet, path)
	require.NoError(t, feeds.End(token, plan(t, asOf)))
	_, last := ask(t, feeds, http.MethodGet, path)
	events := strings.Count(before, "BEGIN:VEVENT")
	assert.Equal(t, events, strings.Count(last, "BEGIN:VEVENT"))
	assert.Equal(t, events, strings.Count(last, "STATUS:CANCELLED"))
	assert.Equal(t, events, strings.Count(last, "SEQUENCE:1"))
}

func TestNotFound(t *testing.T) {
	feeds := published(t)
	for _, path := range []string{
		"/", "/calendar/", "/calendar/.ics", "/calendar/" + token, "/calendar/" + token + ".ICS", "/" + token + ".ics", "/x/calendar/" + token + ".ics",
		"/calendar/" + token[1:] + ".ics", "/calendar/" + strings.ToUpper(token) + ".ics", "/calendar/" + token + "a.ics", "/calendar/%00" + token + ".ics",
	} {
		answer, body := ask(t, feeds, http.MethodGet, path)
		assert.Equal(t, http.StatusNotFound, answer.StatusCode, path)
		assert.Equal(t, "404 page not found\n", body, "the same answer everywhere")
		assert.Empty(t, answer.Header.Get("ETag"))
	}
	feeds.Withdraw("nobody's")
	answer, _ := ask(t, feeds, http.MethodGet, path)
	assert.Equal(t, http.StatusOK, answer.StatusCode)
	feeds.Withdraw(token)
	answer, _ = ask(t, feeds, http.MethodGet, path)
	assert.Equal(t, http.StatusNotFound, answer.StatusCode)
}

func TestMethods(t *testing.T) {
	for _, method := range []string{http.MethodPost, http.MethodPut, http.MethodDelete, "PROPFIND"} {
		answer, _ := ask(t, published(t), method, path)
		assert.Equal(t, http.StatusMethodNotAllowed, answer.StatusCode, method)
		assert.Equal(t, "GET, HEAD", answer.Header.Get("Allow"))
	}
}

func TestRefused(t *testing.T) {
	require.Error(t, published(t).Publish(token, nil))
	require.Error(t, NewFeeds(ical.Options{Publish: true}).Publish(token, plan(t, asOf)))
}

func TestNewToken(t *testing.T) {
	assert.GreaterOrEqual(t, len(NewToken()), 26)
	assert.NotEqual(t, NewToken(), NewToken())
}

// line is a writer that passes on what is written to it.
type line chan string

func (l line) Write(b []byte) (int, error) {
	l <- string(bytes.TrimSpace(b))
	return len(b), nil
}

func TestRun(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	printed, ended := make(line, 1), make(chan error, 1)
	go func() { ended <- run(ctx, printed, "127.0.0.1:0") }()
	select {
	case url := <-printed:
		answer, err := http.Get(url)
		require.NoError(t, err)
		answer.Body.Close()
		assert.Equal(t, http.StatusOK, answer.StatusCode)
	case err := <-ended:
		t.Fatal(err)
	}
	stop()
	require.NoError(t, <-ended)
	require.Error(t, run(t.Context(), printed, "256.0.0.1:0"))
}
