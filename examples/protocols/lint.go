package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"slices"

	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/protocol/lint"
)

// lint prints what the rules find in files, alone and together.
func (p program) lint(args []string) int {
	set := flag.NewFlagSet("lint", flag.ContinueOnError)
	asJSON := set.Bool("json", false, "print a JSON array")
	asSARIF := set.Bool("sarif", false, "print SARIF 2.1.0, for tools that show findings in a review")
	accepted := set.String("accepted", "", "the `FILE` of findings that are accepted")
	earlier := set.String("earlier", "", "the `DIR` with the files as they were before")
	names, code, done := p.flags(set, args)
	if done {
		return code
	}
	if *asJSON && *asSARIF {
		return p.misuse("want -json or -sarif, not both")
	}
	var o lint.Options
	if *accepted != "" {
		src, err := os.ReadFile(*accepted)
		if err == nil {
			o.Accepted, err = lint.ParseAccepted(*accepted, src)
		}
		if err != nil {
			return p.fail(err)
		}
	}
	found, err := lintFiles(names, *earlier, o)
	if err != nil {
		return p.fail(err)
	}
	code = exitWell
	if len(lint.Open(found)) > 0 {
		code = exitProblems
	}
	switch {
	case *asJSON:
		if found == nil {
			found = []lint.Finding{}
		}
		return p.printJSON(found, code)
	case *asSARIF:
		return p.printJSON(sarif(found), code)
	}
	var out []byte
	for _, f := range found {
		out = fmt.Appendln(out, f)
	}
	return p.print(out, code)
}

func (p program) printJSON(v any, code int) int {
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(v); err != nil {
		return p.fail(err)
	}
	return p.print(out.Bytes(), code)
}

// lintFiles returns what is found in files. What cannot be read as a protocol is a
// violation with the code of its problem; the error is that of a file that cannot be
// read at all.
func lintFiles(names []string, earlier string, o lint.Options) (found []lint.Finding, err error) {
	var files []lint.File
	for _, name := range names {
		src, s, err := read(name)
		if list, ok := errors.AsType[protocol.ErrorList](err); ok {
			for _, e := range list {
				found = append(found, lint.Finding{
					Code: lint.Code(e.Code), Severity: lint.Violation, File: name, Line: e.Line, Column: e.Column, Place: e.Place, Text: wanted(e),
				})
			}
			continue
		}
		if err != nil {
			return nil, err
		}
		f := lint.File{Name: name, Spec: s, Source: src}
		if earlier != "" {
			switch _, before, err := read(filepath.Join(earlier, filepath.Base(name))); {
			case err == nil:
				f.Earlier = &before
			case !errors.Is(err, fs.ErrNotExist):
				return nil, err
			}
		}
		files = append(files, f)
	}
	return append(found, lint.Collection(files, o)...), nil
}

func wanted(e *protocol.Error) string {
	if e.Value == "" {
		return e.Want
	}
	return e.Want + ", got " + e.Value
}

// A sarifLog is a log of the Static Analysis Results Interchange Format, version 2.1.0,
// as far as it is needed here.
type sarifLog struct {
	Schema  string     `json:"$schema"`
	Version string     `json:"version"`
	Runs    []sarifRun `json:"runs"`
}

type sarifRun struct {
	Tool struct {
		Driver struct {
			Name  string      `json:"name"`
			Rules []sarifRule `json:"rules"`
		} `json:"driver"`
	} `json:"tool"`
	// Columns are counted in characters.
	ColumnKind string        `json:"columnKind"`
	Results    []sarifResult `json:"results"`
}

type sarifRule struct {
	ID      string    `json:"id"`
	Short   sarifText `json:"shortDescription"`
	Full    sarifText `json:"fullDescription"`
	Help    sarifText `json:"help"`
	Default struct {
		Level string `json:"level"`
	} `json:"defaultConfiguration"`
}

type sarifText struct {
	Text string `json:"text"`
}

type sarifResult struct {
	Rule         string             `json:"ruleId"`
	Level        string             `json:"level"`
	Message      sarifText          `json:"message"`
	Locations    []sarifLocation    `json:"locations,omitempty"`
	Suppressions []sarifSuppression `json:"suppressions,omitempty"`
}

type sarifLocation struct {
	Physical struct {
		Artifact struct {
			URI string `json:"uri"`
		} `json:"artifactLocation"`
		Region *sarifRegion `json:"region,omitempty"`
	} `json:"physicalLocation"`
	Logical []sarifLogical `json:"logicalLocations,omitempty"`
}

type sarifRegion struct {
	Line   int `json:"startLine"`
	Column int `json:"startColumn"`
}

type sarifLogical struct {
	Name string `json:"fullyQualifiedName"`
}

type sarifSuppression struct {
	Kind   string `json:"kind"`
	Reason string `json:"justification"`
}

// sarif returns findings as a log.
func sarif(found []lint.Finding) sarifLog {
	run := sarifRun{ColumnKind: "unicodeCodePoints", Results: []sarifResult{}}
	run.Tool.Driver.Name = "regimen protocols"
	for _, r := range lint.Rules() {
		rule := sarifRule{ID: string(r.Code), Short: sarifText{r.Title}, Full: sarifText{r.Means}, Help: sarifText{r.Mend}}
		rule.Default.Level = sarifLevel(r.Severity)
		run.Tool.Driver.Rules = append(run.Tool.Driver.Rules, rule)
	}
	for _, f := range found {
		result := sarifResult{Rule: string(f.Code), Level: sarifLevel(f.Severity), Message: sarifText{f.Text}}
		if f.File != "" {
			var at sarifLocation
			at.Physical.Artifact.URI = (&url.URL{Path: filepath.ToSlash(f.File)}).String()
			if f.Line > 0 {
				at.Physical.Region = &sarifRegion{f.Line, f.Column}
			}
			if f.Place != "" {
				at.Logical = []sarifLogical{{f.Place}}
			}
			result.Locations = []sarifLocation{at}
		}
		if f.Accepted != (lint.Acceptance{}) {
			result.Suppressions = []sarifSuppression{{"external", f.Accepted.Reason}}
		}
		run.Results = append(run.Results, result)
	}
	return sarifLog{"https://json.schemastore.org/sarif-2.1.0.json", "2.1.0", []sarifRun{run}}
}

func sarifLevel(s lint.Severity) string {
	return [...]string{"none", "note", "warning", "error"}[slices.Index([]lint.Severity{0, lint.Info, lint.Warning, lint.Violation}, s)]
}
