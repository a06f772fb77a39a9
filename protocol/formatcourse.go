package protocol

// visit writes a visit that is not zero.
func (w *writer) visit(v Visit) {
	if v.isZero() {
		return
	}
	w.Field("visit").Object(func() {
		w.text("kind", v.Kind.String())
		w.time("preparation", v.Preparation)
		w.time("administration", v.Administration)
		switch {
		case v.Unobserved && v.Observation != 0: // does not compile
			w.Field("observation").Text(formatTime(v.Observation) + ", 0 min")
		case v.Unobserved:
			w.Field("observation").Text(formatTime(0))
		default:
			w.time("observation", v.Observation)
		}
		w.text("observedFrom", v.ObservedFrom.String())
		objects(w, "later", v.Later, (*writer).later)
		objects(w, "tasks", v.Tasks, (*writer).task)
	})
}

func (v Visit) isZero() bool {
	return v.Kind == 0 && v.Preparation == 0 && v.Administration == 0 && v.Observation == 0 && !v.Unobserved && v.ObservedFrom == 0 &&
		len(v.Later) == 0 && len(v.Tasks) == 0
}

func (w *writer) later(l LaterObservation) {
	w.number("from", l.From)
	w.Field("observation").Text(formatTime(l.Observation))
	w.text("note", l.Note)
}

func (w *writer) task(t Task) {
	w.text("text", t.Text)
	w.text("for", t.For.String())
	w.text("from", t.From.String())
	w.time("at", t.At)
	if t.Until != nil {
		w.Field("until").Text(formatTime(*t.Until))
	}
	w.text("stage", t.Stage.String())
}

func (w *writer) followUp(f FollowUpVisit) {
	w.text("name", f.Name)
	w.visit(f.Visit)
	if len(f.Days) > 0 {
		w.Field("days").List(func() {
			for _, day := range f.Days {
				w.Int(day)
			}
		})
	}
	if f.Window != (Window{}) {
		w.window(f.Window)
	}
}

func (w *writer) gate(g Gate) {
	w.text("name", g.Name)
	w.text("phase", g.Phase)
	w.number("after", g.After)
	w.text("assess", g.Assess)
	objects(w, "outcomes", g.Outcomes, (*writer).outcome)
}

func (w *writer) outcome(o Outcome) {
	w.text("when", o.When)
	w.decision(o.Then)
	w.text("text", o.Text)
}

func (w *writer) decision(d Decision) {
	if d != 0 {
		w.Field("then").Text(d.String())
	}
}

func (w *writer) missed(m MissedRule) {
	w.text("phase", m.Phase)
	w.text("condition", m.Condition)
	w.decision(m.Then)
	w.text("to", m.To)
	w.text("source", m.Source)
}

func (w *writer) cumulative(l CumulativeLimit) {
	if l.Per != 0 {
		w.Field("per").Text(l.Per.String())
	}
	w.text("limit", formatLimit(l.Limit))
}

func (w *writer) parameter(p Parameter) {
	w.text("name", p.Name)
	w.text("doc", p.Doc)
	if len(p.Fills) > 0 {
		w.Field("fills").List(func() {
			for _, to := range p.Fills {
				w.Text(to.String())
			}
		})
	}
	w.texts("choices", p.Choices)
	w.text("multipleOf", p.MultipleOf)
	w.text("low", p.Low)
	w.text("high", p.High)
	w.text("value", p.Value)
}

func (w *writer) source(s Source) {
	w.text("key", s.Key)
	w.text("citation", s.Citation)
	w.text("address", s.Address)
	objects(w, "facts", s.Facts, (*writer).fact)
}

func (w *writer) fact(f Fact) {
	w.text("about", f.About)
	w.text("says", f.Says)
	w.text("quote", f.Quote)
	switch f.Grade {
	case 0:
	case Unverified:
		w.Field("verified").Bool(false)
	default:
		w.Field("grade").Text(f.Grade.String())
	}
}
