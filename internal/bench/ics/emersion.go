package ics

import (
	"io"
	"strconv"

	emersion "github.com/emersion/go-ical"
	"github.com/teambition/rrule-go"
)

// Emersion makes and writes the calendar with emersion/go-ical.
func Emersion(out io.Writer, events []Event) error {
	c := emersion.NewCalendar()
	c.Props.SetText(emersion.PropProductID, product)
	c.Props.SetText(emersion.PropVersion, "2.0")
	c.Props.SetText(emersion.PropName, name)
	c.Props.SetText("X-WR-CALNAME", name)
	zone := emersion.NewComponent(emersion.CompTimezone)
	zone.Props.SetText(emersion.PropTimezoneID, zoneName)
	for _, o := range [][6]string{
		{emersion.CompTimezoneDaylight, "19700329T010000", "+0000", "+0100", "FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU", "BST"},
		{emersion.CompTimezoneStandard, "19701025T020000", "+0100", "+0000", "FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU", "GMT"},
	} {
		k := emersion.NewComponent(o[0])
		for i, name := range []string{emersion.PropDateTimeStart, emersion.PropTimezoneOffsetFrom, emersion.PropTimezoneOffsetTo} {
			p := emersion.NewProp(name)
			p.Value = o[i+1]
			k.Props.Set(p)
		}
		rule, err := rrule.StrToROption(o[4])
		if err != nil {
			return err
		}
		k.Props.SetRecurrenceRule(rule)
		k.Props.SetText(emersion.PropTimezoneName, o[5])
		zone.Children = append(zone.Children, k)
	}
	c.Children = append(c.Children, zone)
	for i := range events {
		e := &events[i]
		v := emersion.NewEvent()
		v.Props.SetText(emersion.PropUID, e.UID)
		v.Props.SetDateTime(emersion.PropDateTimeStamp, e.Stamp)
		v.Props.SetDateTime(emersion.PropLastModified, e.Stamp)
		sequence := emersion.NewProp(emersion.PropSequence)
		sequence.Value = strconv.Itoa(e.Sequence)
		v.Props.Set(sequence)
		v.Props.SetDateTime(emersion.PropDateTimeStart, e.Start)
		v.Props.SetDateTime(emersion.PropDateTimeEnd, e.End)
		v.Props.SetText(emersion.PropSummary, e.Summary)
		v.Props.SetText(emersion.PropDescription, e.Description)
		v.Props.SetText(emersion.PropLocation, e.Location)
		v.SetStatus(emersion.EventStatus(e.Status))
		v.Props.SetText(emersion.PropClass, e.Class)
		v.Props.SetText(emersion.PropTransparency, e.Transparency)
		for _, category := range e.Categories {
			p := emersion.NewProp(emersion.PropCategories)
			p.SetText(category)
			v.Props.Add(p)
		}
		a := emersion.NewComponent(emersion.CompAlarm)
		a.Props.SetText(emersion.PropAction, "DISPLAY")
		trigger := emersion.NewProp(emersion.PropTrigger)
		trigger.Value = e.Trigger
		a.Props.Set(trigger)
		a.Props.SetText(emersion.PropDescription, e.Summary)
		v.Children = append(v.Children, a)
		c.Children = append(c.Children, v.Component)
	}
	return emersion.NewEncoder(out).Encode(c)
}
