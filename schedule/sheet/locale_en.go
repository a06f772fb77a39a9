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
			Title: "Your visits", Next: "Next visit", Calendar: "Calendar", Visits: "All visits", Timeline: "Timeline",
			AsOf: "As of {time}.", Zone: "Times are {zone}.", Replaced: "A newer sheet replaces this one.", None: "No visits are planned.",
			Visit: "Visit {n}", VisitOf: "Visit {n} of {all}", VisitList: "Visits {list}", Other: "Other visit", FollowUp: "Follow-up", Monitoring: "Check",
			ColumnVisit: "Visit", ColumnDate: "Date", ColumnTime: "Time", ColumnState: "Status", ColumnWindow: "Possible days", ColumnDose: "Dose", Or: "or", NoDose: "dose to be determined",
			Planned: "planned", Provisional: "to be confirmed", Given: "took place", Missed: "missed", Cancelled: "cancelled", Held: "on hold",
			Lost: "new date needed", LostNote: "Please do not come to these visits unless the clinic confirms them: {list}.",
			OnHold: "The treatment is on hold.", Stopped: "The treatment was stopped.", Completed: "The treatment is completed.", RunOut: "No further visits are planned yet.",
			LeftOut: "not scheduled", NoTime: "time to be arranged", NoDate: "date to be arranged",
			ToDo: "What to do", Before: "Before the visit", During: "At the visit", After: "After the visit",
			DayBefore: "{time} the day before", NextDay: "{time} the next day", DaysBefore: "{time}, {n} days before", DaysAfter: "{time}, {n} days after",
			Range: "{from} to {to}", Hours: "{n} h", Minutes: "{n} min",
			Arrival:   MomentWords{"{time} before you arrive", "when you arrive", "{time} after you arrive"},
			Start:     MomentWords{"{time} before the treatment begins", "when the treatment begins", "{time} after the treatment begins"},
			End:       MomentWords{"{time} before the treatment ends", "when the treatment ends", "{time} after the treatment ends"},
			Departure: MomentWords{"{time} before you leave", "when you leave", "{time} after you leave"},
			Take:      "take {what}", Medicine: "your medicine", IfNeeded: "if needed",
			Decisions: "Decisions", Decision: "After visit {n} it is decided with you how to go on.", Decided: "After visit {n} it was decided with you how to go on.",
			Depends: "Later visits are marked “{state}”: they depend on it.", Checkpoint: "decision", Worksheets: "Dose worksheets",
			ZoneTime: "{city} time", Today: "today", Tomorrow: "tomorrow", Coming: "Next visits", Later: "Later visits ({n})", Past: "Past visits ({n})", NoVisits: "no visits",
			Movable: "Can be moved to {days}: please call.", Overdue: "not recorded yet", GoesOn: "The treatment goes on.",
			Where: "Where", Bring: "Bring", Note: "Please note", Home: "Taking you home", HomeOpen: "not arranged yet", EveryVisit: "For every visit",
			Contact: "Whom to call", Appointments: "Questions or changes", Unwell: "If you feel unwell", Emergency: "In an emergency", Always: "day and night",
			AskClinic: "If you have a question, or a visit has to change, ask your clinic.",
			Since:     "Changed since {time}", Unchanged: "Nothing has changed since {time}.", New: "new", Changed: "changed", Was: "before: {was}",
			NowVisit: "{visit}: new, {now}", MovedVisit: "{visit}: now {now}, before {was}", OtherState: "{visit}: {state}", Gone: "no longer planned",
			OtherDays: "{visit}: other days or times, marked below", OtherTasks: "{visit}: what to do has changed",
			OtherDose: "{visit}: the dose has changed", OtherCount: "There are now {n} visits, before {was}.",
			Room: "Notes", More: "Visits that this page has no room for: {n}. Ask for a new sheet in time.",
			ResultDue: "{name}: result needed", ResultNotOK: "{name}: result not ok", ResultWithin: "at most {n} days old", ResultToday: "of the same day",
			Checks: "Checks", Verdict: "Treatment can go on", OK: "yes", NotOK: "no",
			ToGive: "To be given", ColumnMedicine: "Medicine",
			SignOff: "Sign-off", Task: "Task", PlannedTime: "Planned", Result: "Result", Initials: "Initials",
			DosePlanned: "Dose planned", DoseGiven: "Dose given", Weight: "Weight today", GivenBy: "Given by", CheckedBy: "Checked by", GivenTime: "Time given",
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
