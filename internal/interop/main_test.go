package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestWrite checks what the readers are given: calendars with as many events as
// expected, in a named zone where its rules can be written, and in UTC elsewhere.
func TestWrite(t *testing.T) {
	folder := t.TempDir()
	if err := write(folder); err != nil {
		t.Fatal(err)
	}
	inUTC := map[string]bool{"Africa/Casablanca": true, "Asia/Gaza": true, "America/Santiago": true, "UTC": true}
	for _, zone := range zones {
		location, err := time.LoadLocation(zone)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range courses {
			name := filepath.Join(folder, strings.ReplaceAll(zone, "/", "-")+"."+c.name)
			calendar, err := os.ReadFile(name + ".ics")
			if err != nil {
				t.Fatal(err)
			}
			data, err := os.ReadFile(name + ".json")
			if err != nil {
				t.Fatal(err)
			}
			var events []event
			if err := json.Unmarshal(data, &events); err != nil {
				t.Fatal(err)
			}
			if n := strings.Count(string(calendar), "BEGIN:VEVENT"); n != len(events) || n < 12 {
				t.Errorf("%s has %d events, and %d are expected", name, n, len(events))
			}
			if named := strings.Contains(string(calendar), "TZID:"+zone+"\r\n"); named == inUTC[zone] {
				t.Errorf("%s: a VTIMEZONE is %t", name, named)
			}
			if _, err := os.Stat(name + ".renamed.ics"); (err == nil) == inUTC[zone] {
				t.Errorf("%s renamed: %v", name, err)
			}
			// Expected instants are those at which the clock shows the opening.
			for _, e := range events {
				if c.name != "day" {
					continue
				}
				start, err := time.Parse(time.RFC3339, e.Start)
				if err != nil {
					t.Fatal(err)
				}
				if start.In(location).Format("15:04") != "09:00" {
					t.Errorf("%s: %s begins at %s", name, e.UID, start.In(location))
				}
			}
		}
	}
}
