package ics

import (
	"io"

	arran4 "github.com/arran4/golang-ical"
)

// Arran4 makes and writes the calendar with arran4/golang-ical.
func Arran4(out io.Writer, events []Event) error {
	c := arran4.NewCalendar()
	c.SetProductId(product)
	c.SetVersion("2.0")
	c.SetName(name)
	c.SetXWRCalName(name)
	zone := c.AddTimezone(zoneName)
	daylight := &arran4.Daylight{}
	daylight.AddProperty("DTSTART", "19700329T010000")
	daylight.AddProperty("TZOFFSETFROM", "+0000")
	daylight.AddProperty("TZOFFSETTO", "+0100")
	daylight.AddRrule("FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU")
	daylight.AddProperty("TZNAME", "BST")
	zone.Components = append(zone.Components, daylight)
	standard := zone.AddStandard()
	standard.AddProperty("DTSTART", "19701025T020000")
	standard.AddProperty("TZOFFSETFROM", "+0100")
	standard.AddProperty("TZOFFSETTO", "+0000")
	standard.AddRrule("FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU")
	standard.AddProperty("TZNAME", "GMT")
	for i := range events {
		e := &events[i]
		v := c.AddEvent(e.UID)
		v.SetDtStampTime(e.Stamp)
		v.SetLastModifiedAt(e.Stamp)
		v.SetSequence(e.Sequence)
		v.SetProperty(arran4.ComponentPropertyDtStart, e.Start.Format("20060102T150405"), arran4.WithTZID(zoneName))
		v.SetProperty(arran4.ComponentPropertyDtEnd, e.End.Format("20060102T150405"), arran4.WithTZID(zoneName))
		v.SetSummary(e.Summary)
		v.SetDescription(e.Description)
		v.SetLocation(e.Location)
		v.SetStatus(arran4.ObjectStatus(e.Status))
		v.SetClass(arran4.Classification(e.Class))
		v.SetTimeTransparency(arran4.TimeTransparency(e.Transparency))
		for _, category := range e.Categories {
			v.AddCategory(category)
		}
		a := v.AddAlarm()
		a.SetAction(arran4.ActionDisplay)
		a.SetTrigger(e.Trigger)
		a.SetDescription(e.Summary)
	}
	return c.SerializeTo(out, arran4.WithNewLineWindows)
}
