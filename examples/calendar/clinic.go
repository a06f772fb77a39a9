package main

import (
	"time"

	"github.com/regimen-go/regimen/schedule/clinic"
)

// decidedByClinic are the flags that a clinic file decides.
func decidedByClinic() []string { return []string{"open", "hours", "closed", "zone"} }

// clinic reads when the clinic is open, from its file or from flags, and returns
// its zone.
func (r *reader) clinic() *time.Location {
	if r.given("clinic") {
		return r.clinicFile()
	}
	var zone *time.Location
	if p := r.patient; p != nil {
		// The zone that was written down with what happened is the clinic's.
		zone = p.record.Zone
		r.use("zone", zone.String(), "file")
		p.agrees(r, "zone", zone.String())
	} else {
		zone = value(r, "zone", parseZone)
	}
	open := value(r, "open", parseOpen)
	hours := value(r, "hours", parseHours)
	r.in.closed = optional(r, "closed", parseDates)
	spec := clinic.Spec{Zone: zone, Weekly: map[time.Weekday][]clinic.Hours{}}
	for day := range open.All() {
		spec.Weekly[day] = hours
	}
	for _, d := range r.in.closed {
		spec.Closed = append(spec.Closed, clinic.Closure{Date: d, Reason: "holiday"})
	}
	office, err := clinic.New(spec)
	if err != nil {
		r.request(err)
		return zone
	}
	r.in.clinic, r.in.weekly = office, spec.Weekly
	return zone
}

// clinicFile reads -clinic.
func (r *reader) clinicFile() *time.Location {
	name := r.text("clinic")
	r.beside("the clinic file "+quote(name), "says it", decidedByClinic())
	src, ok := r.source("clinic")
	if !ok {
		return time.UTC
	}
	spec, err := clinic.Parse(name, src, time.LoadLocation)
	if err == nil {
		r.in.clinic, err = clinic.New(spec)
	}
	if err != nil {
		r.file("clinic", err)
		return time.UTC
	}
	r.use("clinic", oneLine(name), "given")
	r.use("zone", spec.Zone.String(), "file")
	r.in.weekly = spec.Weekly
	if p := r.patient; p != nil && p.record.Zone.String() != spec.Zone.String() {
		r.wrong("patient", p.at("/zone"), quote(p.record.Zone.String()), "the zone of the clinic file, "+spec.Zone.String(), codeValue)
	}
	return spec.Zone
}

// opens says in a few words when the clinic is open.
func (in input) opens() string {
	if file := in.value("clinic"); file != "" {
		return "as " + file + " says, " + in.value("zone")
	}
	return in.value("open") + " " + in.value("hours") + ", " + in.value("zone")
}
