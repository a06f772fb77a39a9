// Package ics compares writing a plan as an iCalendar file with other writers.
//
// All write the same 20 events, whose texts need escaping, folding and care with
// characters of several bytes. The floor is code written by hand for exactly these
// events: it writes the same bytes as regimen, from strings and times that are
// ready. The libraries write the same properties, with a VTIMEZONE that they are
// handed; emersion/go-ical does not fold lines.
package ics

import (
	"fmt"
	"time"

	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/clinic"
	"github.com/regimen-go/regimen/schedule/ical"
)

// An Event is one event, ready to be written.
type Event struct {
	UID, Summary, Description, Location string
	Categories                          []string
	Start, End                          time.Time // in the zone
	Stamp                               time.Time
	Status, Class, Transparency         string
	Sequence                            int
	Trigger                             string
}

const (
	product  = "-//regimen-go//regimen ical 1//EN"
	name     = "Séances; cabinet №4, étage 2"
	title    = "Séance au cabinet; à jeun, accompagnateur nécessaire — téléphonez 🧠"
	location = "Maison Exemple; bâtiment B, 3ᵉ étage, salle «Ωméga», 1 rue de l’Exemple — entrée côté jardin"
	zoneName = "Europe/London"
	sessions = 20
)

// description is the text of the nth event, of about a thousand octets.
func description(n int) string {
	return fmt.Sprintf("Tension artérielle avant, à 40 min et à 120 min; ne pas conduire avant le lendemain.\n"+
		"Dossier: C:\\dossiers\\séances\\%d; «à jeun 6 h, boissons claires 2 h».\n"+
		"Пациент предупреждён: не садиться за руль до следующего утра; 已告知二十四小时内不得驾驶车辆或操作机械，须由家人陪同回家。"+
		"Détail %d 👩‍⚕️ 👍🏽 e\u0301tat ©®™ …fin. Apportez une pièce d’identité, la liste de vos traitements, un livre ou de la musique; "+
		"prévenez-nous au moins 24 h à l’avance si vous ne pouvez pas venir. ﬁligature—Ωμέγα—ไทย—עברית—عربى. "+
		"Nothing to eat for six hours before, clear drinks until two hours before; bring somebody who takes you home, "+
		"wear loose sleeves, and leave rings and contact lenses at home.", n, n)
}

// A Writer writes the plan with regimen.
type Writer struct {
	Plan    *schedule.Plan
	Options ical.Options
}

// NewWriter returns a plan of the events and the options to write them.
func NewWriter() *Writer {
	zone, err := time.LoadLocation(zoneName)
	must(err)
	course, err := protocol.Spec{Phases: []protocol.Phase{{
		Name: "course", Cadence: protocol.MustCadence("every 4w x20"), MinGap: 2,
		Visit: protocol.Visit{Administration: 40 * time.Minute, Observation: 2 * time.Hour},
	}}}.Compile()
	must(err)
	office, err := clinic.New(clinic.Spec{Zone: zone, Weekly: clinic.OpenOn(clinic.MustHours("09:20-17:00"), time.Monday)})
	must(err)
	plan, err := schedule.Build(schedule.Request{
		Protocol: course, Start: schedule.MustDate("2027-01-04"), Opening: office, Key: schedule.Key{15: 1},
		AsOf: time.Date(2026, time.December, 1, 12, 0, 0, 0, time.UTC),
	})
	must(err)
	texts := make([]string, sessions)
	for i := range texts {
		texts[i] = description(i + 1)
	}
	return &Writer{Plan: plan, Options: ical.Options{
		Class: ical.Private,
		Title: title, Location: location, Name: name, Categories: []string{"Rendez-vous", "Cabinet, étage 2"},
		Alarms: []time.Duration{24 * time.Hour},
		Detail: func(s schedule.Session) string { return texts[s.Ordinal()-1] },
	}}
}

// Append writes the plan.
func (w *Writer) Append(b []byte) []byte {
	b, err := ical.Append(b, w.Plan, w.Options)
	must(err)
	return b
}

// Events returns what the others write.
func (w *Writer) Events() []Event {
	var events []Event
	for _, s := range w.Plan.All() {
		year, month, day := s.Date().Date()
		start := time.Date(year, month, day, 0, s.Start().Minutes(), 0, 0, w.Plan.Zone())
		n := s.Ordinal()
		events = append(events, Event{
			UID: s.ID().String(), Summary: fmt.Sprintf("%s (%d of %d)", title, n, sessions), Description: description(n), Location: location,
			Categories: w.Options.Categories, Start: start, End: start.Add(160 * time.Minute), Stamp: w.Plan.AsOf(),
			Status: "CONFIRMED", Class: "PRIVATE", Transparency: "OPAQUE", Sequence: s.Revision(), Trigger: "-PT24H",
		})
	}
	return events
}

func must(err error) {
	if err != nil {
		panic(fmt.Sprintf("ics: %v", err))
	}
}
