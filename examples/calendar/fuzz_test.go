package main

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/regimen-go/regimen/internal/mangle"
)

// FuzzRun gives the program arbitrary arguments, one a line, and an arbitrary file
// x.json beside good ones. Whatever they are, it ends with a plan, with the reason
// why there is none, or with what is wrong with them.
func FuzzRun(f *testing.F) {
	for _, args := range [][]string{
		nil,
		{"-h"},
		{"-explain"},
		{"-format", "json", "-explain"},
		patientArgs("-closed", "2025-01-20", "-explain"),
		patientArgs("-closed", "2025-01-08,2025-01-10", "-format", "json"),
		patientArgs("-open", "", "-format", "json"),
		{"-start", "2025-03-28", "-fixed", "56 mg", "-protocol", "days 1, 8 of 21 x4 then every 3w", "-until", "2026-01-01", "-zone", "Europe/London", "-hours", "00:30-02:30,08:00-24:00"},
		{"-start", "2025-01-06", "-weight", "158.7 lb", "-rate", "500 mcg/kg", "-max", "0.2 g", "-cap", "60 mg", "-round", "exact", "-until", "2025-09-01", "-maintenance", "every 1mo"},
		{"-weight", "72", "-rate", "x", "-start", "y", "-until", "z", "-key", "u", "-mode", "o", "-protocol", "bi-weekly"},
	} {
		f.Add(strings.Join(args, "\n"), "")
	}
	set := []string{"-set", "dose=0.5 mg/kg"}
	f.Add(strings.Join(append(set, "-protocol", "x.json", "-clinic", "c.json", "-patient", "r.json", "-explain"), "\n"), infusionFile)
	f.Add(strings.Join(append(set, "-protocol", "p.json", "-clinic", "x.json", "-patient", "r.json"), "\n"), clinicFile)
	f.Add(strings.Join(append(set, "-protocol", "p.json", "-patient", "x.json", "-format", "json"), "\n"), patientFile)
	f.Fuzz(mangle.Target(func(t *testing.T, lines, file string) {
		if len(lines) > 1<<11 || len(file) > 1<<13 {
			return
		}
		var args []string
		if lines != "" {
			args = strings.Split(lines, "\n")
		}
		var stdout, stderr bytes.Buffer
		code := run(args, &stdout, &stderr, inTests(map[string]string{"x.json": file, "p.json": infusionFile, "c.json": clinicFile, "r.json": patientFile}))
		isJSON := json.Valid(stdout.Bytes())
		switch {
		case code == 0 && stdout.Len() > 0 && stderr.Len() == 0:
		case code == 1 && isJSON && stderr.Len() == 0:
		case (code == 1 || code == 2) && stdout.Len() == 0 && strings.HasPrefix(stderr.String(), "calendar: "):
		default:
			t.Fatalf("exit %d, stdout %q, stderr %q", code, stdout.String(), stderr.String())
		}
		for line := range strings.Lines(stdout.String()) {
			if code == 0 && !isJSON && len([]rune(strings.TrimSuffix(line, "\n"))) > width {
				t.Fatalf("wider than %d columns: %q", width, line)
			}
		}
	}))
}
