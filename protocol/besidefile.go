package protocol

import (
	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/internal/document"
)

// medicine writes a medicine beside the drug, readMedicine reads it.
func (w *writer) medicine(m Medicine) {
	w.text("name", m.Name)
	if m.Route != 0 {
		w.Field("route").Text(m.Route.String())
	}
	w.text("dose", formatRule(m.Dose))
	if !m.Preparation.IsZero() {
		w.Field("preparation").Object(func() { w.preparation(m.Preparation) })
	}
	w.time("administration", m.Administration)
	w.text("from", m.From.String())
	w.time("at", m.At)
	w.text("condition", m.Condition)
	if len(m.Sessions) > 0 {
		w.Field("sessions").List(func() {
			for _, n := range m.Sessions {
				w.Int(n)
			}
		})
	}
	objects(w, "cumulative", m.Cumulative, (*writer).cumulative)
	w.text("source", m.Source)
}

func readMedicine(f *document.Fields) Medicine {
	return Medicine{
		Name:           f.Optional("name").Text(),
		Route:          textOf(f.Optional("route"), "oral", dose.ParseRoute),
		Dose:           readRule(f.Optional("dose")),
		Preparation:    document.Object(f.Optional("preparation"), readPreparation),
		Administration: readDuration(f.Optional("administration")),
		From:           oneOf(f.Optional("from"), Arrival, Departure),
		At:             textOf(f.Optional("at"), "-30 min", parseTime),
		Condition:      f.Optional("condition").Text(),
		Sessions:       document.List(f.Optional("sessions"), readOrdinal),
		Cumulative:     document.Objects(f.Optional("cumulative"), readCumulative),
		Source:         f.Optional("source").Text(),
	}
}

// withoutSources takes from medicines what is no meaning but wording.
func withoutSources(list []Medicine) {
	for i := range list {
		list[i].Source = ""
		product := &list[i].Preparation.Product
		product.Note, product.Source = "", ""
	}
}
