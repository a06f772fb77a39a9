package sheet

import "time"

func german() Locale {
	return Locale{
		Tag: "de", Paper: A4, FirstWeekday: time.Monday,
		Zones:          germanZones(),
		Weekdays:       [7]string{"Sonntag", "Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag"},
		WeekdaysShort:  [7]string{"So", "Mo", "Di", "Mi", "Do", "Fr", "Sa"},
		WeekdaysNarrow: [7]string{"So", "Mo", "Di", "Mi", "Do", "Fr", "Sa"},
		Months:         [12]string{"Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember"},
		MonthsShort:    [12]string{"Jan.", "Feb.", "März", "Apr.", "Mai", "Juni", "Juli", "Aug.", "Sept.", "Okt.", "Nov.", "Dez."},
		LongDate:       "{weekday}, {day}. {month} {year}", Date: "{weekday}, {day}. {month} {year}", DayMonth: "{day}. {month}", Month: "{month} {year}",
		Comma: ", ", Decimal: ",", TimePattern: "{hour}:{minute}", PadHour: true,
		Words: Words{
			Title: "Ihre Termine", Next: "Nächster Termin", Calendar: "Kalender", Visits: "Alle Termine", Timeline: "Zeitleiste",
			AsOf: "Stand: {time}.", Zone: "Die Uhrzeiten gelten für {zone}.", Replaced: "Ein neuerer Plan ersetzt diesen.", None: "Es sind keine Termine geplant.",
			Visit: "Termin {n}", VisitOf: "Termin {n} von {all}", VisitList: "Termine {list}", Other: "Weiterer Termin", FollowUp: "Kontrolle", Monitoring: "Verlaufskontrolle",
			ColumnVisit: "Termin", ColumnDate: "Datum", ColumnTime: "Uhrzeit", ColumnState: "Status", ColumnWindow: "Mögliche Tage", ColumnDose: "Dosis", Or: "oder", NoDose: "Dosis folgt",
			Planned: "geplant", Provisional: "noch offen", Given: "fand statt", Missed: "versäumt", Cancelled: "abgesagt", Held: "pausiert",
			Lost: "neuer Termin nötig", LostNote: "Bitte kommen Sie zu diesen Terminen nur, wenn die Praxis sie bestätigt: {list}.",
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
			ZoneTime: "{city}", Today: "heute", Tomorrow: "morgen", Coming: "Nächste Termine", Later: "Spätere Termine ({n})", Past: "Vergangene Termine ({n})", NoVisits: "keine Termine",
			Movable: "Verschiebbar auf {days}: bitte rufen Sie an.", Overdue: "noch nicht erfasst", GoesOn: "Die Behandlung geht weiter.",
			Where: "Wo", Bring: "Mitbringen", Note: "Bitte beachten", Home: "Heimweg mit", HomeOpen: "noch nicht geklärt", EveryVisit: "Für jeden Termin",
			Contact: "Wen Sie anrufen", Appointments: "Fragen oder Änderungen", Unwell: "Wenn es Ihnen nicht gut geht", Emergency: "Im Notfall", Always: "Tag und Nacht",
			AskClinic: "Bei Fragen oder Änderungen wenden Sie sich an Ihre Praxis.",
			Since:     "Geändert seit {time}", Unchanged: "Seit {time} hat sich nichts geändert.", New: "neu", Changed: "geändert", Was: "vorher: {was}",
			NowVisit: "{visit}: neu, {now}", MovedVisit: "{visit}: jetzt {now}, vorher {was}", OtherState: "{visit}: {state}", Gone: "nicht mehr geplant",
			OtherDays: "{visit}: andere Tage oder Uhrzeiten, unten markiert", OtherTasks: "{visit}: was zu tun ist, hat sich geändert",
			OtherDose: "{visit}: die Dosis hat sich geändert", OtherCount: "Es sind jetzt {n} Termine, vorher {was}.",
			Room: "Notizen", More: "Termine, die auf dieser Seite keinen Platz haben: {n}. Bitte lassen Sie sich rechtzeitig einen neuen Plan geben.",
			ResultDue: "{name}: Ergebnis nötig", ResultNotOK: "{name}: Ergebnis nicht in Ordnung", ResultWithin: "höchstens {n} Tage alt", ResultToday: "vom selben Tag",
			SignOff: "Abzeichnen", Task: "Aufgabe", PlannedTime: "Geplant", Result: "Ergebnis", Initials: "Kürzel",
			DosePlanned: "Dosis geplant", DoseGiven: "Dosis gegeben", Weight: "Gewicht heute", GivenBy: "Gegeben von", CheckedBy: "Geprüft von", GivenTime: "Uhrzeit der Gabe",
		},
	}
}
