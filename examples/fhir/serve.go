package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os/signal"
	"strings"
	"syscall"
	"time"

	"github.com/regimen-go/regimen/schedule/fhir"
)

// A stored is a resource as the server has it.
type stored struct {
	kind, id, version string
	body              map[string]any
}

// A store is the resources of some plans.
type store []stored

// add takes the resources of a Bundle. Their ids are the UUIDs of their addresses.
func (s *store) add(b *fhir.Bundle) error {
	// References inside the Bundle become those of a server.
	var replace []string
	texts := make([]string, len(b.Entry))
	for i, e := range b.Entry {
		src, err := json.Marshal(e.Resource)
		if err != nil {
			return err
		}
		var of struct{ ResourceType string }
		if err := json.Unmarshal(src, &of); err != nil {
			return err
		}
		texts[i] = string(src)
		replace = append(replace, `"reference":"`+e.FullURL+`"`, `"reference":"`+of.ResourceType+"/"+idOf(e.FullURL)+`"`)
	}
	replacer := strings.NewReplacer(replace...)
	for i, e := range b.Entry {
		d := json.NewDecoder(strings.NewReader(replacer.Replace(texts[i])))
		d.UseNumber() // exact decimals stay so
		var body map[string]any
		if err := d.Decode(&body); err != nil {
			return err
		}
		body["id"] = idOf(e.FullURL)
		kind, _ := body["resourceType"].(string)
		version := "0"
		if meta, ok := body["meta"].(map[string]any); ok {
			version, _ = meta["versionId"].(string)
		}
		*s = append(*s, stored{kind, idOf(e.FullURL), version, body})
	}
	return nil
}

func idOf(address string) string { return strings.TrimPrefix(address, "urn:uuid:") }

// server answers read and search.
func (s store) server() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /metadata", func(w http.ResponseWriter, _ *http.Request) {
		var resources []any
		seen := map[string]bool{}
		for _, r := range s {
			if !seen[r.kind] {
				seen[r.kind] = true
				resources = append(resources, map[string]any{"type": r.kind, "interaction": []any{map[string]any{"code": "read"}, map[string]any{"code": "search-type"}}})
			}
		}
		reply(w, http.StatusOK, map[string]any{
			"resourceType": "CapabilityStatement", "status": "active", "date": "2026-01-01", "kind": "instance", "fhirVersion": "4.0.1", "format": []any{"json"},
			"rest": []any{map[string]any{"mode": "server", "resource": resources}},
		})
	})
	mux.HandleFunc("GET /{kind}/{id}", func(w http.ResponseWriter, r *http.Request) {
		for _, of := range s {
			if of.kind != r.PathValue("kind") || of.id != r.PathValue("id") {
				continue
			}
			tag := `W/"` + of.version + `"`
			w.Header().Set("ETag", tag)
			if r.Header.Get("If-None-Match") == tag {
				w.WriteHeader(http.StatusNotModified)
				return
			}
			reply(w, http.StatusOK, of.body)
			return
		}
		outcome(w, http.StatusNotFound, "not-found", "no such resource")
	})
	mux.HandleFunc("GET /{kind}", func(w http.ResponseWriter, r *http.Request) { s.search(w, r) })
	return mux
}

// search answers identifier=system|value, identifier=value, and date=2026-03-02 or
// with the prefixes ge and le, which may be there twice.
func (s store) search(w http.ResponseWriter, r *http.Request) {
	query := r.URL.Query()
	for name := range query {
		if name != "identifier" && name != "date" && name != "_format" {
			outcome(w, http.StatusBadRequest, "not-supported", "want identifier or date, not "+name)
			return
		}
	}
	entries := []any{}
	for _, of := range s {
		if of.kind != r.PathValue("kind") {
			continue
		}
		all := true
		for _, want := range query["identifier"] {
			all = all && of.identified(want)
		}
		for _, want := range query["date"] {
			ok, err := of.on(want)
			if err != nil {
				outcome(w, http.StatusBadRequest, "invalid", err.Error())
				return
			}
			all = all && ok
		}
		if all {
			entries = append(entries, map[string]any{"fullUrl": "http://" + r.Host + "/" + of.kind + "/" + of.id, "resource": of.body, "search": map[string]any{"mode": "match"}})
		}
	}
	bundle := map[string]any{"resourceType": "Bundle", "type": "searchset", "total": len(entries)}
	if len(entries) > 0 {
		bundle["entry"] = entries
	}
	reply(w, http.StatusOK, bundle)
}

// identified reports whether a resource has an identifier.
func (of *stored) identified(want string) bool {
	system, value, both := strings.Cut(want, "|")
	if !both {
		value = want
	}
	list, _ := of.body["identifier"].([]any)
	for _, item := range list {
		id, _ := item.(map[string]any)
		has, _ := id["system"].(string)
		if id["value"] == value && (!both || has == system) {
			return true
		}
	}
	return false
}

// on reports whether a resource is of a day, or from or up to one.
func (of *stored) on(want string) (bool, error) {
	prefix, day := "eq", want
	if len(want) > 2 && strings.Contains("eq ge le", want[:2]) {
		prefix, day = want[:2], want[2:]
	}
	if _, err := time.Parse(time.DateOnly, day); err != nil {
		return false, fmt.Errorf("date %q: want eq, ge or le and a day YYYY-MM-DD", want)
	}
	at := ""
	for _, name := range []string{"start", "effectiveDateTime"} {
		if text, ok := of.body[name].(string); ok {
			at = text
		}
	}
	for _, name := range []string{"period", "effectivePeriod"} {
		if period, ok := of.body[name].(map[string]any); ok {
			at, _ = period["start"].(string)
		}
	}
	if len(at) < len(time.DateOnly) {
		return false, nil
	}
	switch at = at[:len(time.DateOnly)]; prefix {
	case "ge":
		return at >= day, nil
	case "le":
		return at <= day, nil
	default:
		return at == day, nil
	}
}

func reply(w http.ResponseWriter, code int, body any) {
	w.Header().Set("Content-Type", "application/fhir+json; charset=utf-8")
	w.WriteHeader(code)
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	_ = e.Encode(body) // the reader has gone
}

func outcome(w http.ResponseWriter, status int, code, text string) {
	reply(w, status, map[string]any{"resourceType": "OperationOutcome", "issue": []any{map[string]any{"severity": "error", "code": code, "diagnostics": text}}})
}

// serve answers until it is interrupted.
func serve(args []string, stdout io.Writer) error {
	var s source
	f := s.flags("serve")
	addr := f.String("addr", "127.0.0.1:0", "")
	if err := f.Parse(args); err != nil {
		return err
	}
	if f.NArg() == 0 {
		return fmt.Errorf("serve: want plan files\n%s", usage)
	}
	var all store
	for _, name := range f.Args() {
		plan, err := s.plan(name)
		if err != nil {
			return err
		}
		b, err := fhir.NewBundle(plan, s.export())
		if err != nil {
			return err
		}
		if err := all.add(b); err != nil {
			return err
		}
	}
	host, _, err := net.SplitHostPort(*addr)
	if ip := net.ParseIP(host); err != nil || ip == nil || !ip.IsLoopback() {
		return fmt.Errorf("serve: want -addr on the loopback interface, such as 127.0.0.1:8080, not %q", *addr)
	}
	listener, err := net.Listen("tcp", *addr)
	if err != nil {
		return err
	}
	fmt.Fprintf(stdout, "http://%s\n", listener.Addr())
	server := &http.Server{Handler: all.server(), ReadHeaderTimeout: 5 * time.Second}
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	go func() {
		<-ctx.Done()
		_ = server.Close() // nobody waits
	}()
	if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}
