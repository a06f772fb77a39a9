package protocol

import "github.com/regimen-go/regimen/internal/document"

// whileTreated is how long a series goes on with the treatment, the one thing there is
// to say.
const whileTreated = "treated"

func readMonitoring(f *document.Fields) Monitoring {
	m := Monitoring{
		Name:         f.Optional("name").Text(),
		Cadence:      textOf(f.Optional("cadence"), "every 4w", ParseCadence),
		From:         f.Optional("from").Text(),
		WhileTreated: f.Optional("while").OneOf(whileTreated) != "",
		Visit:        document.Object(f.Optional("visit"), readVisit),
		Elsewhere:    f.Optional("elsewhere").Text(),
		Open:         readDaySet(f.Optional("open")),
	}
	if n := f.Optional("window"); n.Exists() {
		m.Window = new(document.Object(n, readWindow))
	}
	m.Weekdays = document.List(f.Optional("weekdays"), readDaySet)
	m.Before = document.Objects(f.Optional("before"), readResultNeeded)
	m.Source = f.Optional("source").Text()
	return m
}

func readDaySet(n document.Node) DaySet { return textOf(n, "Mon,Thu", ParseDaySet) }

func readResultNeeded(f *document.Fields) ResultNeeded {
	return ResultNeeded{
		Phase:  f.Optional("phase").Text(),
		From:   readOrdinal(f.Optional("from")),
		To:     readOrdinal(f.Optional("to")),
		Within: readDays(f.Required("within")),
	}
}

func (w *writer) monitoring(m Monitoring) {
	w.text("name", m.Name)
	w.text("cadence", m.Cadence.String())
	w.text("from", m.From)
	if m.WhileTreated {
		w.Field("while").Text(whileTreated)
	}
	w.visit(m.Visit)
	w.text("elsewhere", m.Elsewhere)
	w.text("open", m.Open.String())
	if m.Window != nil {
		w.window(*m.Window)
	}
	w.weekdays(m.Weekdays)
	objects(w, "before", m.Before, (*writer).resultNeeded)
	w.text("source", m.Source)
}

func (w *writer) weekdays(sets []DaySet) {
	if len(sets) == 0 {
		return
	}
	w.Field("weekdays").List(func() {
		for _, set := range sets {
			w.Text(set.String())
		}
	})
}

func (w *writer) resultNeeded(n ResultNeeded) {
	w.text("phase", n.Phase)
	w.number("from", n.From)
	w.number("to", n.To)
	w.Field("within").Text(FormatDays(n.Within))
}
