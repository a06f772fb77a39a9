package sheet

import "time"

func german() Locale {
	return Locale{
		Tag: "de", Paper: A4, FirstWeekday: time.Monday,
		Weekdays:       [7]string{"Sonntag", "Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag"},
		WeekdaysShort:  [7]string{"So", "Mo", "Di", "Mi", "Do", "Fr", "Sa"},
		WeekdaysNarrow: [7]string{"So", "Mo", "Di", "Mi", "Do", "Fr", "Sa"},
		Months:         [12]string{"Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember"},
		MonthsShort:    [12]string{"Jan.", "Feb.", "März", "Apr.", "Mai", "Juni", "Juli", "Aug.", "Sept.", "Okt.", "Nov.", "Dez."},
		LongDate:       "{weekday}, {day}. {month} {year}", Date: "{weekday}, {day}. {month} {year}", DayMonth: "{day}. {month}", Month: "{month} {year}",
		Comma: ", ", Decimal: ",", TimePattern: "{hour}:{minute}", PadHour: true,
		Words: Words{
			Title: "Ihre Termine", Next: "Nächster Termin", Calendar: "Kalender", Visits: "Alle Termine", Timeline: "Zeitleiste", Contact: "Fragen oder Änderungen",
			AsOf: "Stand: {time}.", Zone: "Die Uhrzeiten gelten für {zone}.", Replaced: "Ein neuerer Plan ersetzt diesen.", None: "Es sind keine Termine geplant.",
			Visit: "Termin {n}", VisitOf: "Termin {n} von {all}", VisitList: "Termine {list}", Other: "Weiterer Termin", FollowUp: "Kontrolle",
			ColumnVisit: "Termin", ColumnDate: "Datum", ColumnTime: "Uhrzeit", ColumnState: "Status", ColumnWindow: "Mögliche Tage", ColumnDose: "Dosis", Or: "oder", NoDose: "Dosis folgt",
			Planned: "geplant", Provisional: "vorläufig", Given: "fand statt", Missed: "versäumt", Cancelled: "abgesagt", Held: "pausiert",
			Lost: "nicht bestätigt", LostNote: "Bitte kommen Sie zu diesen Terminen nur, wenn die Praxis sie bestätigt: {list}.",
			OnHold: "Die Behandlung ist unterbrochen.", Stopped: "Die Behandlung wurde beendet.", Completed: "Die Behandlung ist abgeschlossen.", RunOut: "Weitere Termine sind noch nicht geplant.",
			LeftOut: "nicht vergeben", NoTime: "Uhrzeit folgt", NoDate: "Datum folgt",
			ToDo: "Was zu tun ist", Before: "Vor dem Termin", During: "Beim Termin", After: "Nach dem Termin",
			DayBefore: "{time} am Vortag", NextDay: "{time} am Folgetag", DaysBefore: "{time}, {n} Tage vorher", DaysAfter: "{time}, {n} Tage danach",
			Range: "{from} bis {to}", Hours: "{n} Std.", Minutes: "{n} Min.",
			Arrival:   MomentWords{"{time} vor Ihrer Ankunft", "bei Ihrer Ankunft", "{time} nach Ihrer Ankunft"},
			Start:     MomentWords{"{time} vor Beginn der Behandlung", "zu Beginn der Behandlung", "{time} nach Beginn der Behandlung"},
			End:       MomentWords{"{time} vor Ende der Behandlung", "am Ende der Behandlung", "{time} nach Ende der Behandlung"},
			Departure: MomentWords{"{time} bevor Sie gehen", "wenn Sie gehen", "{time} nachdem Sie gegangen sind"},
			Decisions: "Entscheidungen", Decision: "Nach Termin {n} wird mit Ihnen entschieden, wie es weitergeht.", Decided: "Nach Termin {n} wurde mit Ihnen entschieden, wie es weitergeht.",
			Depends: "Spätere Termine tragen den Vermerk „{state}“: Sie hängen davon ab.", Checkpoint: "Entscheidung", Worksheets: "Dosisberechnung",
		},
	}
}
