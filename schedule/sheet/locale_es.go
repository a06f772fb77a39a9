package sheet

import "time"

func spanish() Locale {
	return Locale{
		Tag: "es", Paper: A4, FirstWeekday: time.Monday,
		Zones:          spanishZones(),
		Weekdays:       [7]string{"domingo", "lunes", "martes", "miércoles", "jueves", "viernes", "sábado"},
		WeekdaysShort:  [7]string{"dom", "lun", "mar", "mié", "jue", "vie", "sáb"},
		WeekdaysNarrow: [7]string{"do", "lu", "ma", "mi", "ju", "vi", "sá"},
		Months:         [12]string{"enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"},
		MonthsShort:    [12]string{"ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sept", "oct", "nov", "dic"},
		LongDate:       "{weekday}, {day} de {month} de {year}", Date: "{weekday}, {day} {month} {year}", DayMonth: "{day} {month}", Month: "{month} de {year}",
		Comma: ", ", Decimal: ",", TimePattern: "{hour}:{minute}",
		Words: Words{
			Title: "Sus visitas", Next: "Próxima visita", Calendar: "Calendario", Visits: "Todas las visitas", Timeline: "Cronología",
			AsOf: "Actualizado: {time}.", Zone: "Las horas son las de {zone}.", Replaced: "Una hoja más reciente sustituye a esta.", None: "No hay visitas previstas.",
			Visit: "Visita {n}", VisitOf: "Visita {n} de {all}", VisitList: "Visitas {list}", Other: "Otra visita", FollowUp: "Control", Monitoring: "Control periódico",
			ColumnVisit: "Visita", ColumnDate: "Fecha", ColumnTime: "Hora", ColumnState: "Estado", ColumnWindow: "Días posibles", ColumnDose: "Dosis", Or: "o", NoDose: "dosis por determinar",
			Planned: "prevista", Provisional: "por confirmar", Given: "realizada", Missed: "no realizada", Cancelled: "cancelada", Held: "en pausa",
			Lost: "necesita otra fecha", LostNote: "No acuda a estas visitas si la clínica no las confirma: {list}.",
			OnHold: "El tratamiento está en pausa.", Stopped: "El tratamiento se ha suspendido.", Completed: "El tratamiento ha terminado.", RunOut: "Todavía no hay más visitas previstas.",
			LeftOut: "sin asignar", NoTime: "hora por acordar", NoDate: "fecha por acordar",
			ToDo: "Qué hacer", Before: "Antes de la visita", During: "Durante la visita", After: "Después de la visita",
			DayBefore: "{time} del día anterior", NextDay: "{time} del día siguiente", DaysBefore: "{time}, {n} días antes", DaysAfter: "{time}, {n} días después",
			Range: "{from} a {to}", Hours: "{n} h", Minutes: "{n} min",
			Arrival:   MomentWords{"{time} antes de llegar", "al llegar", "{time} después de llegar"},
			Start:     MomentWords{"{time} antes de empezar el tratamiento", "al empezar el tratamiento", "{time} después de empezar el tratamiento"},
			End:       MomentWords{"{time} antes de terminar el tratamiento", "al terminar el tratamiento", "{time} después de terminar el tratamiento"},
			Departure: MomentWords{"{time} antes de irse", "al irse", "{time} después de irse"},
			Decisions: "Decisiones", Decision: "Después de la visita {n} se decide con usted cómo continuar.", Decided: "Después de la visita {n} se decidió con usted cómo continuar.",
			Depends: "Las visitas posteriores llevan la indicación «{state}»: dependen de ello.", Checkpoint: "decisión", Worksheets: "Cálculo de dosis",
			ZoneTime: "{city}", Today: "hoy", Tomorrow: "mañana", Coming: "Próximas visitas", Later: "Visitas posteriores ({n})", Past: "Visitas anteriores ({n})", NoVisits: "sin visitas",
			Movable: "Se puede cambiar al período {days}: llame, por favor.", Overdue: "sin registrar", GoesOn: "El tratamiento continúa.",
			Where: "Dónde", Bring: "Traiga", Note: "Tenga en cuenta", Home: "Le acompaña a casa", HomeOpen: "aún sin acordar", EveryVisit: "Para todas las visitas",
			Contact: "A quién llamar", Appointments: "Preguntas o cambios", Unwell: "Si se siente mal", Emergency: "En una emergencia", Always: "día y noche",
			AskClinic: "Si tiene preguntas o necesita un cambio, consulte con su clínica.",
			Since:     "Cambios desde {time}", Unchanged: "No ha cambiado nada desde {time}.", New: "nueva", Changed: "cambio", Was: "antes: {was}",
			NowVisit: "{visit}: nueva, {now}", MovedVisit: "{visit}: ahora {now}, antes {was}", OtherState: "{visit}: {state}", Gone: "ya no está prevista",
			OtherDays: "{visit}: otros días u horas, indicados abajo", OtherTasks: "{visit}: ha cambiado lo que hay que hacer",
			OtherDose: "{visit}: ha cambiado la dosis", OtherCount: "Ahora son {n} visitas; antes, {was}.",
			Room: "Notas", More: "Visitas que no caben en esta página: {n}. Pida a tiempo una hoja nueva.",
			ResultDue: "{name}: falta el resultado", ResultNotOK: "{name}: resultado no adecuado", ResultWithin: "de {n} días como máximo", ResultToday: "del mismo día",
			SignOff: "Firmas", Task: "Tarea", PlannedTime: "Previsto", Result: "Resultado", Initials: "Iniciales",
			DosePlanned: "Dosis prevista", DoseGiven: "Dosis administrada", Weight: "Peso hoy", GivenBy: "Administrada por", CheckedBy: "Comprobada por", GivenTime: "Hora",
		},
	}
}
