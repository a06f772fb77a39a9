package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"net"
	"net/http"
	"net/url"
	"os/signal"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/regimen-go/regimen/schedule/fhir"
)

// server answers read and search, and everything else with what it answers.
func (s *store) server() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /metadata", func(w http.ResponseWriter, _ *http.Request) { reply(w, http.StatusOK, s.capabilities()) })
	mux.HandleFunc("GET /{kind}/{id}", s.read)
	mux.HandleFunc("GET /{kind}", s.search)
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			w.Header().Set("Allow", "GET, HEAD")
			outcome(w, http.StatusMethodNotAllowed, "not-supported", "want GET: this server only reads")
			return
		}
		outcome(w, http.StatusNotFound, "not-supported", "want /metadata, /TYPE or /TYPE/ID")
	})
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		// A page of the web could ask under a name of its own that leads here.
		if !loopback(r.Host) {
			outcome(w, http.StatusMisdirectedRequest, "forbidden", "want an address on the loopback interface")
			return
		}
		w.Header().Set("Cache-Control", "private, no-cache")
		w.Header().Set("X-Content-Type-Options", "nosniff")
		mux.ServeHTTP(w, r)
	})
}

// loopback reports whether a host, with or without a port, is this machine alone.
func loopback(host string) bool {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	ip := net.ParseIP(strings.Trim(host, "[]"))
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// capabilities says what is answered, as a CapabilityStatement.
func (s *store) capabilities() map[string]any {
	var resources []any
	for _, kind := range slices.Sorted(maps.Keys(whenParameters)) {
		parameters := []any{map[string]any{"name": "identifier", "type": "token"}}
		for name := range whenParameters[kind] {
			parameters = append(parameters, map[string]any{"name": name, "type": "date"})
		}
		resources = append(resources, map[string]any{
			"type": kind, "versioning": "versioned", "conditionalRead": "not-match", "searchParam": parameters,
			"interaction": []any{map[string]any{"code": "read"}, map[string]any{"code": "search-type"}},
		})
	}
	return map[string]any{
		"resourceType": "CapabilityStatement", "status": "active", "date": s.asOf.Format(time.RFC3339), "kind": "instance", "fhirVersion": "4.0.1", "format": []any{"json"},
		"implementation": map[string]any{"description": "Plans of a clinic, read only"},
		"rest":           []any{map[string]any{"mode": "server", "resource": resources}},
	}
}

// read answers one resource, or that the reader has it.
func (s *store) read(w http.ResponseWriter, r *http.Request) {
	kind, id := r.PathValue("kind"), r.PathValue("id")
	if _, known := whenParameters[kind]; !known {
		outcome(w, http.StatusNotFound, "not-supported", "no resources of type "+kind)
		return
	}
	for i := range s.resources {
		of := &s.resources[i]
		if of.kind != kind || of.id != id {
			continue
		}
		w.Header().Set("ETag", of.tag())
		for tag := range strings.SplitSeq(r.Header.Get("If-None-Match"), ",") {
			if tag = strings.TrimSpace(tag); tag == "*" || strings.TrimPrefix(tag, "W/") == strings.TrimPrefix(of.tag(), "W/") {
				w.WriteHeader(http.StatusNotModified)
				return
			}
		}
		reply(w, http.StatusOK, of.body)
		return
	}
	outcome(w, http.StatusNotFound, "not-found", "no "+kind+" with this id")
}

// Sizes of a page.
const (
	usualCount = 100
	mostCount  = 1000
)

// search answers identifier and the dates of the type, each of which may be there more
// than once: all have to hold. A page has _count resources from _offset on. Everything
// else is refused, since a search that leaves out a condition finds too much.
func (s *store) search(w http.ResponseWriter, r *http.Request) {
	kind := r.PathValue("kind")
	dates, known := whenParameters[kind]
	if !known {
		outcome(w, http.StatusNotFound, "not-supported", "no resources of type "+kind)
		return
	}
	query, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil {
		outcome(w, http.StatusBadRequest, "invalid", "the query cannot be read")
		return
	}
	page := map[string]int{"_count": usualCount, "_offset": 0}
	for _, name := range slices.Sorted(maps.Keys(query)) {
		_, isDate := dates[name]
		_, isPage := page[name]
		switch {
		case isPage:
			n, err := strconv.Atoi(query.Get(name))
			if err != nil || n < 0 || len(query[name]) > 1 {
				outcome(w, http.StatusBadRequest, "invalid", name+": want a whole number, once")
				return
			}
			page[name] = n
		case name == "_format":
			if format := query.Get(name); format != "json" && format != "application/json" && format != "application/fhir+json" {
				outcome(w, http.StatusNotAcceptable, "not-supported", "_format: want json")
				return
			}
		case name != "identifier" && !isDate:
			want := append([]string{"identifier"}, slices.Sorted(maps.Keys(dates))...)
			outcome(w, http.StatusBadRequest, "not-supported", "want "+strings.Join(want, ", ")+", _count or _offset, not "+name)
			return
		}
	}
	var found []*stored
	for i := range s.resources {
		of := &s.resources[i]
		if of.kind != kind {
			continue
		}
		holds, err := of.answers(query, dates)
		if err != nil {
			outcome(w, http.StatusBadRequest, "invalid", err.Error())
			return
		}
		if holds {
			found = append(found, of)
		}
	}
	reply(w, http.StatusOK, searchset(r, query, found, page["_offset"], min(page["_count"], mostCount)))
}

// answers reports whether a resource is one of those that a query asks for.
func (of *stored) answers(query url.Values, dates map[string][]string) (bool, error) {
	for name, elements := range dates {
		for _, value := range query[name] {
			if holds, err := of.on(elements, value); err != nil || !holds {
				if err != nil {
					err = fmt.Errorf("%s: %w", name, err)
				}
				return false, err
			}
		}
	}
	for _, value := range query["identifier"] {
		if !slices.ContainsFunc(strings.Split(value, ","), of.identified) {
			return false, nil
		}
	}
	return true, nil
}

// searchset returns a page of what was found, with the address of the next one. A count
// of 0 asks only how many there are.
func searchset(r *http.Request, query url.Values, found []*stored, offset, count int) map[string]any {
	address := "http://" + r.Host
	link := func(relation string, offset int) map[string]any {
		with := maps.Clone(query)
		with.Set("_count", strconv.Itoa(count))
		with.Set("_offset", strconv.Itoa(offset))
		return map[string]any{"relation": relation, "url": address + r.URL.Path + "?" + with.Encode()}
	}
	from := min(offset, len(found))
	until := min(from+count, len(found))
	links := []any{link("self", offset)}
	if count > 0 && until < len(found) {
		links = append(links, link("next", until))
	}
	bundle := map[string]any{"resourceType": "Bundle", "type": "searchset", "total": len(found), "link": links}
	var entries []any
	for _, of := range found[from:until] {
		entries = append(entries, map[string]any{"fullUrl": address + "/" + of.kind + "/" + of.id, "resource": of.body, "search": map[string]any{"mode": "match"}})
	}
	if entries != nil {
		bundle["entry"] = entries
	}
	return bundle
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
		if err := all.add(b, plan.Zone()); err != nil {
			return err
		}
	}
	if !loopback(*addr) {
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
