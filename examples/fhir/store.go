package main

import (
	"encoding/json"
	"strings"
	"time"

	"github.com/regimen-go/regimen/schedule/fhir"
)

// A stored is a resource as the server has it.
type stored struct {
	kind, id, version string
	body              map[string]any
	// zone is that of the clinic: a day that is searched for is a day there.
	zone *time.Location
}

// A store is the resources of some plans.
type store struct {
	resources []stored
	// asOf is the latest as-of time of the plans.
	asOf time.Time
}

// add takes the resources of the Bundle of a plan. Their ids are the UUIDs of their
// addresses.
func (s *store) add(b *fhir.Bundle, zone *time.Location) error {
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
		s.resources = append(s.resources, stored{kind, idOf(e.FullURL), version, body, zone})
	}
	if asOf, err := time.Parse(time.RFC3339, b.Timestamp); err == nil && asOf.After(s.asOf) {
		s.asOf = asOf
	}
	return nil
}

func idOf(address string) string { return strings.TrimPrefix(address, "urn:uuid:") }

// tag is the ETag of a resource.
func (of *stored) tag() string { return `W/"` + of.version + `"` }

// identified reports whether a resource has an identifier: system|value, value of any
// system, |value without one, or system| of any value.
func (of *stored) identified(want string) bool {
	system, value, both := strings.Cut(want, "|")
	if !both {
		value = want
	}
	list, _ := of.body["identifier"].([]any)
	for _, item := range list {
		id, _ := item.(map[string]any)
		hasSystem, _ := id["system"].(string)
		hasValue, _ := id["value"].(string)
		if (hasValue == value || both && value == "" && system != "") && (!both || hasSystem == system) {
			return true
		}
	}
	return false
}
