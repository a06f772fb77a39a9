package fhir

import (
	"slices"
	"strconv"
	"strings"
	"time"
)

// shape judges the elements of a rule one by one and in pairs, before their bounds.
// A Timing that was parsed passes the first part; one that was written in Go may not.
func (r *Repeat) shape() error {
	for _, n := range []struct {
		name  string
		value int
	}{{"count", r.Count}, {"countMax", r.CountMax}, {"frequency", r.Frequency}, {"frequencyMax", r.FrequencyMax}} {
		if n.value < 0 {
			return refuse(NotPositive, "repeat."+n.name, strconv.Itoa(n.value))
		}
	}
	if r.Offset != nil && *r.Offset < 0 {
		return refuse(Negative, "repeat.offset", strconv.Itoa(*r.Offset))
	}
	if err := r.daysOfMonthShape(); err != nil {
		return err
	}
	if r.DurationUnit != "" && !isUnit(r.DurationUnit) {
		return refuse(UnknownUnit, "repeat.durationUnit", r.DurationUnit)
	}
	if r.PeriodUnit != "" && !isUnit(r.PeriodUnit) {
		return refuse(UnknownUnit, "repeat.periodUnit", r.PeriodUnit)
	}
	if err := r.pairs(); err != nil {
		return err
	}
	return r.clocks()
}

// daysOfMonthShape judges the extensions of a rule.
func (r *Repeat) daysOfMonthShape() error {
	const path = "repeat.extension"
	var seen [32]bool
	for _, e := range r.Extension {
		switch {
		case e.URL == daysOfCycleURL:
			return refuse(MisplacedExtension, path, e.URL)
		case e.URL != DayOfMonthURL:
			return refuse(UnknownExtension, path, e.URL)
		case e.ValuePositiveInt < 1 || e.ValuePositiveInt > 31 || seen[e.ValuePositiveInt]:
			return refuse(BadDayOfMonth, path, strconv.Itoa(e.ValuePositiveInt))
		}
		seen[e.ValuePositiveInt] = true
	}
	return nil
}

// pairs judges elements that need each other, and ranges.
func (r *Repeat) pairs() error {
	none := Decimal{}
	switch {
	case (r.Period != none || r.PeriodMax != none) && r.PeriodUnit == "":
		if r.Period == none {
			return refuse(MaxWithoutMin, "repeat.periodMax", r.PeriodMax.String())
		}
		return refuse(PeriodWithoutUnit, "repeat.period", r.Period.String())
	case r.PeriodUnit != "" && r.Period == none && r.PeriodMax == none:
		return refuse(UnitWithoutPeriod, "repeat.periodUnit", r.PeriodUnit)
	case r.Duration != nil && r.DurationUnit == "":
		return refuse(DurationWithoutUnit, "repeat.duration", r.Duration.String())
	case r.DurationUnit != "" && r.Duration == nil && r.DurationMax == nil:
		return refuse(UnitWithoutDuration, "repeat.durationUnit", r.DurationUnit)
	}
	decimals := func(d *Decimal) Decimal {
		if d == nil {
			return Decimal{}
		}
		return *d
	}
	for _, pair := range []struct {
		name              string
		hasLow, hasHigh   bool
		below             bool
		lowText, highText string
	}{
		{"count", r.Count > 0, r.CountMax > 0, r.CountMax < r.Count, strconv.Itoa(r.Count), strconv.Itoa(r.CountMax)},
		{
			"duration", r.Duration != nil, r.DurationMax != nil, decimals(r.DurationMax).Compare(decimals(r.Duration)) < 0,
			decimals(r.Duration).String(), decimals(r.DurationMax).String(),
		},
		{"frequency", r.Frequency > 0, r.FrequencyMax > 0, r.FrequencyMax < r.Frequency, strconv.Itoa(r.Frequency), strconv.Itoa(r.FrequencyMax)},
		{
			"period", r.Period != none, r.PeriodMax != none, r.PeriodMax.Compare(r.Period) < 0,
			r.Period.String(), r.PeriodMax.String(),
		},
	} {
		at := "repeat." + pair.name + "Max"
		switch {
		case pair.hasHigh && !pair.hasLow:
			return refuse(MaxWithoutMin, at, pair.highText)
		case pair.hasHigh && pair.below:
			return refuse(MaxBelowMin, at, pair.highText+" below "+pair.lowText)
		}
	}
	return nil
}

// clocks judges days of the week, clock times and times of the day.
func (r *Repeat) clocks() error {
	for i, day := range r.DayOfWeek {
		if _, ok := weekdayOf(day); !ok {
			return refuse(UnknownDay, "repeat.dayOfWeek", day)
		}
		if slices.Contains(r.DayOfWeek[:i], day) {
			return refuse(DuplicateDay, "repeat.dayOfWeek", day)
		}
	}
	for _, clock := range r.TimeOfDay {
		if _, ok := parseTimeOfDay(clock); !ok {
			return refuse(BadTime, "repeat.timeOfDay", clock)
		}
	}
	times := slices.Sorted(slices.Values(r.TimeOfDay))
	for i := 1; i < len(times); i++ {
		if times[i] == times[i-1] {
			return refuse(DuplicateTime, "repeat.timeOfDay", times[i])
		}
	}
	for i, when := range r.When {
		if !slices.Contains(strings.Fields(eventTimings), when) {
			return refuse(UnknownWhen, "repeat.when", when)
		}
		if slices.Contains(r.When[:i], when) {
			return refuse(DuplicateWhen, "repeat.when", when)
		}
	}
	switch {
	case len(r.When) > 0 && len(r.TimeOfDay) > 0:
		return refuse(WhenAndTime, "repeat.when", "")
	case r.Offset == nil:
		return nil
	case len(r.When) == 0 || slices.ContainsFunc(r.When, func(when string) bool { return slices.Contains(strings.Fields("C CM CD CV"), when) }):
		return refuse(OffsetWithoutWhen, "repeat.offset", strconv.Itoa(*r.Offset))
	case *r.Offset >= 24*60:
		return refuse(OffsetTooLong, "repeat.offset", strconv.Itoa(*r.Offset))
	}
	return nil
}

// eventTimings are the codes of the R4 value set EventTiming.
const eventTimings = "MORN MORN.early MORN.late NOON AFT AFT.early AFT.late EVE EVE.early EVE.late NIGHT PHS " +
	"HS WAKE C CM CD CV AC ACM ACD ACV PC PCM PCD PCV"

// weekdayOf returns the day of a code.
func weekdayOf(code string) (time.Weekday, bool) {
	for i, known := range [...]string{"sun", "mon", "tue", "wed", "thu", "fri", "sat"} {
		if code == known {
			return time.Weekday(i), true
		}
	}
	return 0, false
}
