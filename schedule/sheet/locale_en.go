package sheet

import "time"

func americanEnglish() Locale {
	return Locale{
		Tag: "en-US", Paper: Letter, FirstWeekday: time.Sunday, Clock12: true, AM: "AM", PM: "PM",
		Weekdays:       [7]string{"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"},
		WeekdaysShort:  [7]string{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"},
		WeekdaysNarrow: [7]string{"Su", "Mo", "Tu", "We", "Th", "Fr", "Sa"},
		Months:         [12]string{"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"},
		MonthsShort:    [12]string{"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"},
		LongDate:       "{weekday}, {month} {day}, {year}", Date: "{weekday}, {month} {day}, {year}", DayMonth: "{month} {day}", Month: "{month} {year}",
		Comma: ", ", Decimal: ".", TimePattern: "{hour}:{minute} {half}",
		Words: Words{
			Title: "Your visits", Next: "Next visit", Calendar: "Calendar", Visits: "All visits", Timeline: "Timeline", Contact: "Questions or changes",
			AsOf: "As of {time}.", Zone: "Times are those of {zone}.", Replaced: "A newer sheet replaces this one.", None: "No visits are planned.",
			Visit: "Visit {n}", VisitOf: "Visit {n} of {all}", VisitList: "Visits {list}", Other: "Other visit", FollowUp: "Follow-up",
			ColumnVisit: "Visit", ColumnDate: "Date", ColumnTime: "Time", ColumnState: "Status", ColumnWindow: "Possible days", ColumnDose: "Dose", Or: "or", NoDose: "dose to be determined",
			Planned: "planned", Provisional: "provisional", Given: "took place", Missed: "missed", Cancelled: "cancelled", Held: "on hold",
			Lost: "not confirmed", LostNote: "Please do not come to these visits unless the clinic confirms them: {list}.",
			OnHold: "The treatment is on hold.", Stopped: "The treatment was stopped.", Completed: "The treatment is completed.", RunOut: "No further visits are planned yet.",
			LeftOut: "not scheduled", NoTime: "time to be arranged", NoDate: "date to be arranged",
			ToDo: "What to do", Before: "Before the visit", During: "At the visit", After: "After the visit",
			DayBefore: "{time} the day before", NextDay: "{time} the next day", DaysBefore: "{time}, {n} days before", DaysAfter: "{time}, {n} days after",
			Range: "{from} to {to}", Hours: "{n} h", Minutes: "{n} min",
			Arrival:   MomentWords{"{time} before you arrive", "when you arrive", "{time} after you arrive"},
			Start:     MomentWords{"{time} before the treatment begins", "when the treatment begins", "{time} after the treatment begins"},
			End:       MomentWords{"{time} before the treatment ends", "when the treatment ends", "{time} after the treatment ends"},
			Departure: MomentWords{"{time} before you leave", "when you leave", "{time} after you leave"},
			Decisions: "Decisions", Decision: "After visit {n} it is decided with you how to go on.", Decided: "After visit {n} it was decided with you how to go on.",
			Depends: "Later visits are marked “{state}”: they depend on it.", Checkpoint: "decision", Worksheets: "Dose worksheets",
		},
	}
}

func britishEnglish() Locale {
	l := americanEnglish()
	l.Tag, l.Paper, l.FirstWeekday, l.Clock12, l.AM, l.PM = "en-GB", A4, time.Monday, false, "", ""
	l.LongDate, l.Date, l.DayMonth = "{weekday} {day} {month} {year}", "{weekday} {day} {month} {year}", "{day} {month}"
	l.TimePattern, l.PadHour = "{hour}:{minute}", true
	return l
}
