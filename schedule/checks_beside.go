package schedule

import (
	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/protocol"
)

// eachBeside calls f for every session whose phase has medicines beside the drug, or at
// which any was given.
func (p *Plan) eachBeside(f func(s Session, planned []PlannedMedicine, given []MedicineGiven)) {
	for i := range p.slots {
		slot := &p.slots[i]
		var given []MedicineGiven
		if slot.given > 0 {
			given = p.given[slot.given-1].Beside
		}
		if s := (Session{p, i}); p.beside || given != nil {
			f(s, s.besides(), given)
		}
	}
}

// ofName returns the entries about a medicine.
func ofName(given []MedicineGiven, name string) (list []*MedicineGiven) {
	for i := range given {
		if protocol.SameDrug(given[i].Name, name) {
			list = append(list, &given[i])
		}
	}
	return list
}

// planOf returns the medicine that an entry is about, nil where the session has none of
// its name.
func planOf(planned []PlannedMedicine, g *MedicineGiven) *PlannedMedicine {
	for i := range planned {
		if planned[i].IsCalled(g.Name) {
			return &planned[i]
		}
	}
	return nil
}

func checkBesideNoDose(p *Plan, found []Finding) []Finding {
	p.eachBeside(func(s Session, planned []PlannedMedicine, _ []MedicineGiven) {
		for _, m := range planned {
			if slot := s.slot(); m.Err != nil && !m.AsNeeded() && slot.toCome() {
				found = report(found, s.index, "no dose of %s: %v", m.Name, m.Err)
			}
		}
	})
	return found
}

// checkBesideNotGiven reports what the protocol asks for beside a drug that was given. At
// a visit at which nothing was given nobody had to be given anything beside it.
func checkBesideNotGiven(p *Plan, found []Finding) []Finding {
	p.eachBeside(func(s Session, planned []PlannedMedicine, given []MedicineGiven) {
		if slot := s.slot(); !slot.took() || slot.nothing {
			return
		}
		for _, m := range planned {
			if m.AsNeeded() {
				continue
			}
			entries := ofName(given, m.Name)
			if len(entries) == 0 {
				found = report(found, s.index, "%s: not recorded", m.Name)
			}
			for _, g := range entries {
				if g.NotGiven {
					found = report(found, s.index, "%s", g)
					break
				}
			}
		}
	})
	return found
}

func checkBesideUnexpected(p *Plan, found []Finding) []Finding {
	p.eachBeside(func(s Session, planned []PlannedMedicine, given []MedicineGiven) {
		for i := range given {
			g := &given[i]
			if g.NotGiven {
				continue
			}
			switch m := planOf(planned, g); {
			case m == nil:
				found = report(found, s.index, "%s: the protocol has none of it at this session", g)
			case !m.AsNeeded() && ofName(given, g.Name)[0] != g:
				found = report(found, s.index, "%s: given more than once, and planned once", g)
			}
		}
	})
	return found
}

func checkBesideDoseMissing(p *Plan, found []Finding) []Finding {
	p.eachBeside(func(s Session, _ []PlannedMedicine, given []MedicineGiven) {
		for i := range given {
			if g := &given[i]; !g.NotGiven && g.Dose.IsZero() {
				found = report(found, s.index, "%s: how much was given is not entered yet", g)
			}
		}
	})
	return found
}

// checkBesideDoseDiffers says nothing of a dose for which there is a reason, and who
// decided it.
func checkBesideDoseDiffers(p *Plan, found []Finding) []Finding {
	p.eachBeside(func(s Session, planned []PlannedMedicine, given []MedicineGiven) {
		for i := range given {
			g := &given[i]
			m := planOf(planned, g)
			if m == nil || m.Err != nil || g.Dose.IsZero() || g.Reason != "" && g.Who != "" || m.allows(g.Dose) {
				continue
			}
			found = report(found, s.index, "%s: %s planned", g, m.Planned())
		}
	})
	return found
}

// allows reports whether a dose is the planned one, what is delivered of it, or a choice.
func (m *PlannedMedicine) allows(d dose.Mass) bool {
	return d == m.Planned() || d == m.Delivery.Delivered() || m.Dose.Or.Has(d)
}

func checkBesideHardLimit(p *Plan, found []Finding) []Finding {
	return p.checkBesideLimits(true, found)
}

func checkBesideSoftLimit(p *Plan, found []Finding) []Finding {
	return p.checkBesideLimits(false, found)
}

// checkBesideLimits reports each dose that passes a limit of its own, given or to come,
// and the session at which a sum does.
func (p *Plan) checkBesideLimits(hard bool, found []Finding) []Finding {
	p.eachBeside(func(s Session, planned []PlannedMedicine, given []MedicineGiven) {
		slot := s.slot()
		for i := range given {
			g := &given[i]
			m := planOf(planned, g)
			if m == nil || g.Dose.IsZero() {
				continue
			}
			judgement, _ := m.Order().Judge(g.Dose, g.During, p.bodyBeside(s.index)) // what cannot be judged has no dose, either
			var worst dose.PassedLimit
			for passed := range judgement.Passed() {
				if worst.Side == 0 || passed.Side.Hard() {
					worst = passed
				}
			}
			if worst.Side != 0 && worst.Side.Hard() == hard {
				found = report(found, s.index, "%s: passes the %s", g, worst)
			}
		}
		if !slot.pending() || hard {
			return
		}
		for _, m := range planned {
			for passed := range m.Delivery.SoftLimits() {
				if !m.AsNeeded() {
					found = report(found, s.index, "%s: passes the %s", m.Name, passed)
				}
			}
		}
	})
	for at := range p.besideLimits {
		found = p.checkBesideSum(&p.besideLimits[at], hard, found)
	}
	return found
}

func (p *Plan) checkBesideSum(l *besideLimit, hard bool, found []Finding) []Finding {
	said := make(map[int32]bool)
	side, kind, bound := dose.SoftMax, "soft", l.Limit.SoftMax
	if hard {
		side, kind, bound = dose.HardMax, "hard", l.Limit.HardMax
	}
	if bound.IsZero() {
		return found
	}
	p.sumBeside(l, func(i int, period int32, sum dose.Mass, over dose.Side, _ bool) bool {
		if over == side && !said[period] && p.tenureOf(p.slots[i].Phase).treatment == l.treatment {
			said[period] = true
			found = report(found, i, "the doses of %s of the %s up to this session are %s, the %s limit is %s", l.name, l.Per, sum, kind, bound)
		}
		return true
	})
	return found
}
