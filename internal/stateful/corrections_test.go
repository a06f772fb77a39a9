package stateful_test

import (
	"slices"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/regimen-go/regimen/schedule"
)

// corrected corrects entries of the history, most often a late one, by nothing or by
// anything that may happen.
func (s *treatment) corrected() schedule.Happening {
	var ids []string
	for entry := range s.plan.History() {
		ids = append(ids, entry.Event.ID)
	}
	if len(ids) == 0 || s.rarely(3) {
		return schedule.Corrected{Of: s.text("none", ""), Reason: "r", Who: "w"}
	}
	if n := len(ids); n > 12 && !s.rarely(4) {
		ids = ids[n-12:]
	}
	c := schedule.Corrected{Of: s.text(ids...), Reason: s.text("", "mistyped", "mistyped", "mistyped"), Who: "desk"}
	if s.rarely(3) {
		actions := s.actions()
		name := s.text("given", "missed", "moved", "weighed", "closed", "away", "cancelled", "visit done", "shifted", "held")
		c.Instead = actions[name]()
		if _, nested := c.Instead.(schedule.Corrected); nested {
			c.Instead = nil
		}
	}
	for s.rarely(4) && len(c.Also) < 3 {
		c.Also = append(c.Also, schedule.Correction{Of: rapid.SampledFrom(ids).Draw(s.T, "also")})
	}
	return c
}

// cameBack checks a session that is to take place after a correction: if it was to
// before, and something else holds of its day now, that is a day that could be planned.
func (s *treatment) cameBack(was, now schedule.Session, c schedule.Corrected) {
	if was.IsZero() || !toTakePlace(was) || was.Date() == now.Date() && was.Start() == now.Start() {
		return
	}
	require.GreaterOrEqual(s, now.Date(), s.today(), "%v became %v by %v", was, now, c)
}

// holding returns the facts and decisions of a history that hold, as the words define
// it: the last correction of an entry that is not itself corrected has the word.
func holding(p *schedule.Plan) (list []schedule.Happening) {
	history := slices.Collect(p.History())
	number := map[string]int{}
	for i, e := range history {
		number[e.Event.ID] = i
	}
	type word struct {
		by, item int
		instead  schedule.Happening
	}
	words := map[int]word{}
	for i := len(history) - 1; i >= 0; i-- { // a later word is there already
		c, ok := history[i].Event.What.(schedule.Corrected)
		if _, corrected := words[i]; !ok || corrected {
			continue
		}
		for k, item := range append([]schedule.Correction{{Of: c.Of, Instead: c.Instead}}, c.Also...) {
			of := number[item.Of]
			for item.Instead != nil {
				inner, ok := history[of].Event.What.(schedule.Corrected)
				if !ok {
					break
				}
				if _, later := words[of]; !later {
					words[of] = word{i, k, nil}
				}
				of = number[inner.Of]
			}
			if _, later := words[of]; !later {
				words[of] = word{i, k, item.Instead}
			}
		}
	}
	for i, e := range history {
		w, corrected := words[i]
		_, correction := e.Event.What.(schedule.Corrected)
		switch {
		case !corrected && !correction:
			list = append(list, e.Event.What)
		case corrected && !correction && fact(e.Event.What) && fact(w.instead):
			list = append(list, w.instead)
		case !corrected:
			for of := range history {
				if w, ok := words[of]; ok && w.by == i && w.instead != nil && (!fact(history[of].Event.What) || !fact(w.instead)) {
					list = append(list, w.instead)
				}
			}
		}
	}
	return list
}

func fact(h schedule.Happening) bool {
	switch h.(type) {
	case schedule.Given, schedule.Missed, schedule.Weighed, schedule.ClinicClosed, schedule.ClinicChanged, schedule.PatientAway, schedule.Measured, schedule.Wished, schedule.VisitDone,
		schedule.VisitMissed:
		return true
	default:
		return false
	}
}
