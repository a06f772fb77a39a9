package protocol

import (
	"time"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/internal/document"
)

// afterDeparture is until when a dose runs on, the one thing there is to say.
const afterDeparture = "after departure"

// Format returns the file of a protocol in its canonical form. [Parse] reads it
// back as it was if the Spec compiles once its parameters are set; Format is
// total, and Parse says what is wrong with anything else.
//
// The keys are those of the fields of [Spec] and the types in it, in the same
// order. What is empty is left out.
func Format(s Spec) []byte {
	var w writer
	w.spec(s)
	return w.Bytes()
}

// A writer writes the parts of a protocol file.
type writer struct {
	document.Writer
	// products says that products are written out even if they ship.
	products bool
}

// text writes a text that is not empty.
func (w *writer) text(key, s string) {
	if s != "" {
		w.Field(key).Text(s)
	}
}

func (w *writer) texts(key string, list []string) {
	if len(list) > 0 {
		w.Field(key).Texts(list)
	}
}

// days writes a number of days that is not zero.
func (w *writer) days(key string, n int) {
	if n != 0 {
		w.Field(key).Text(FormatDays(n))
	}
}

// number writes a number that is not zero.
func (w *writer) number(key string, n int) {
	if n != 0 {
		w.Field(key).Int(n)
	}
}

// time writes a time that is not zero.
func (w *writer) time(key string, d time.Duration) {
	if d != 0 {
		w.Field(key).Text(formatTime(d))
	}
}

// objects writes a list of objects that is not empty.
func objects[T any](w *writer, key string, list []T, fields func(*writer, T)) {
	if len(list) == 0 {
		return
	}
	w.Field(key).List(func() {
		for _, v := range list {
			w.Object(func() { fields(w, v) })
		}
	})
}

func (w *writer) spec(s Spec) {
	w.Object(func() {
		w.Field("format").Text(fileFormat)
		w.text("id", s.ID)
		w.text("version", s.Version)
		w.text("title", s.Title)
		w.text("drug", s.Drug)
		w.text("route", s.Route)
		w.texts("indications", s.Indications)
		objects(w, "contraindications", s.Contraindications, (*writer).contraindication)
		objects(w, "labels", s.Labels, (*writer).label)
		objects(w, "phases", s.Phases, (*writer).phase)
		objects(w, "beside", s.Beside, (*writer).medicine)
		objects(w, "followUps", s.FollowUps, (*writer).followUp)
		objects(w, "monitoring", s.Monitoring, (*writer).monitoring)
		objects(w, "gates", s.Gates, (*writer).gate)
		objects(w, "missed", s.Missed, (*writer).missed)
		objects(w, "cumulative", s.Cumulative, (*writer).cumulative)
		objects(w, "parameters", s.Parameters, (*writer).parameter)
		objects(w, "sources", s.Sources, (*writer).source)
		w.texts("notes", s.Notes)
	})
}

func (w *writer) contraindication(c Contraindication) {
	w.text("text", c.Text)
	w.Field("hard").Bool(c.Hard)
}

func (w *writer) label(l Label) {
	w.text("status", l.Status)
	w.text("region", l.Region)
	w.text("since", l.Since)
}

func (w *writer) phase(p Phase) {
	w.text("name", p.Name)
	w.text("cadence", p.Cadence.String())
	w.visit(p.Visit)
	w.text("dose", formatRule(p.Dose))
	objects(w, "parts", p.Parts, (*writer).part)
	objects(w, "steps", p.Steps, (*writer).step)
	w.text("climb", p.Climb.String())
	w.text("follows", p.Follows.String())
	if !p.Preparation.IsZero() {
		w.Field("preparation").Object(func() { w.preparation(p.Preparation) })
	}
	if p.RunsOn {
		w.Field("runsOn").Text(afterDeparture)
	}
	objects(w, "beside", p.Beside, (*writer).medicine)
	if p.Weights != (Weights{}) {
		w.Field("weights").Object(func() {
			w.days("staleAfter", p.Weights.StaleAfter)
			w.text("change", p.Weights.Change.String())
		})
	}
	w.days("minGap", p.MinGap)
	w.days("maxGap", p.MaxGap)
	w.text("until", p.Until)
	if p.Window != nil {
		w.window(*p.Window)
	}
	w.weekdays(p.Weekdays)
	objects(w, "companions", p.Companions, (*writer).companion)
	objects(w, "missedDoses", p.MissedDoses, (*writer).missedDose)
}

func (w *writer) window(v Window) {
	w.Field("window").Object(func() {
		w.Field("before").Text(FormatDays(v.Before))
		w.Field("after").Text(FormatDays(v.After))
	})
}

func (w *writer) step(s Step) {
	w.number("from", s.From)
	w.text("dose", formatRule(s.Dose))
	w.text("condition", s.Condition)
}

func (w *writer) preparation(p dose.Preparation) {
	switch known, ok := dose.ProductNamed(p.Product.Name); {
	case p.Product.IsZero():
	case ok && known == p.Product && !w.products:
		w.Field("product").Text(p.Product.Name)
	default:
		w.Field("product").Object(func() { w.product(p.Product) })
	}
	if p.Route != 0 {
		w.Field("route").Text(p.Route.String())
	}
	if !p.Graduation.IsZero() {
		w.Field("graduation").Text(p.Graduation.String())
	}
	w.text("dilution", p.Dilution.String())
	w.text("diluent", p.Diluent)
	w.text("during", p.During.String())
	if !p.Pump.IsZero() {
		w.Field("pump").Text(p.Pump.String())
	}
	w.text("maxDeviation", p.MaxDeviation.String())
}

func (w *writer) product(p dose.Product) {
	w.text("name", p.Name)
	w.text("expressed", p.Expressed)
	if !p.Content.IsZero() {
		w.Field("content").Text(p.Content.String())
	}
	w.text("strength", p.Strength.String())
	w.text("maxIntravenous", p.MaxIntravenous.String())
	w.text("apart", p.Apart.String())
	w.text("note", p.Note)
	w.text("source", p.Source)
}

func (w *writer) companion(c Companion) {
	w.text("name", c.Name)
	w.visit(c.Visit)
	w.Field("from").Text(FormatDays(c.From))
	w.Field("to").Text(FormatDays(c.To))
}
