package stateful_test

import (
	"errors"
	"slices"
	"time"

	"github.com/rickb777/date/v2"
	"pgregory.net/rapid"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/clinic"
)

// asPlanned records the next session as planned, on its date or soon after.
func (s *treatment) asPlanned() {
	for _, session := range s.plan.All() {
		if !toTakePlace(session) {
			continue
		}
		if session.Date() > s.today() {
			s.now = noon(session.Date(), s.zone())
		}
		given := schedule.Given{Session: session.ID(), Date: session.Date(), Dose: session.Dose().Dose()}
		if s.rarely(4) {
			given.Date = max(given.Date, s.today())
		}
		if s.rarely(2) {
			given.Parts, given.Beside = plannedParts(session), plannedBeside(session)
		}
		if session.DoseError() != nil {
			given.Parts = nil
			given.Dose, given.Reason, given.Who = dose.MustMass("40 mg"), "as discussed", "attending"
		}
		for range session.Dose().SoftLimits() {
			given.Reason, given.Who = "tolerated before", "attending"
		}
		s.try(given)
		return
	}
	s.pass(1)
}

// actions returns what can happen, each drawn with values of which some are
// wrong.
func (s *treatment) actions() map[string]func() schedule.Happening {
	return map[string]func() schedule.Happening{
		"given": func() schedule.Happening {
			given := schedule.Given{
				Session: s.id(), Date: s.day(-10, 1), Start: s.clock(), End: s.clock(), Dose: s.dose(), Reason: s.text("", "as discussed"),
				Who: s.text("", "attending"),
			}
			if s.rarely(3) {
				given.Weight = drawWeight(s.T)
			}
			switch {
			case s.rarely(12):
				given.Session = schedule.ID{} // outside the plan
			case s.rarely(12):
				given.Dose, given.Nothing = dose.Mass{}, true
			}
			if session, ok := s.plan.Session(given.Session); ok && s.rarely(2) {
				given.Parts = s.parts(session)
				if len(given.Parts) > 0 && !s.rarely(6) {
					given.Dose = dose.Mass{} // the sum of its parts
				}
			}
			if s.rarely(3) {
				given.NotDone = []string{"call a friend", ""}
			}
			if s.rarely(3) {
				given.Beside = s.besideGiven()
			}
			return given
		},
		"missed": func() schedule.Happening {
			if session := s.session(); !session.IsZero() && session.Placed() && session.Date() > s.today() && session.Date() < s.today()+20 && !s.rarely(3) {
				s.pass(int(session.Date() - s.today()))
				return schedule.Missed{Session: session.ID()}
			}
			return schedule.Missed{Session: s.id(), Reason: s.text("", "no-show")}
		},
		"cancelled": func() schedule.Happening {
			return schedule.Cancelled{Session: s.id(), By: schedule.Canceller(rapid.SampledFrom([]int{0, 1, 1, 2, 2, 3, 4, 5}).Draw(s.T, "by")), Rest: s.rarely(60)}
		},
		"moved": func() schedule.Happening {
			session := s.session()
			if session.IsZero() || !session.Placed() || s.rarely(4) {
				return schedule.Moved{Session: s.id(), Date: s.day(-1, 9), Start: s.clock()}
			}
			if s.rarely(4) {
				return schedule.Moved{Session: session.ID(), Date: session.Latest() + date.Date(rapid.IntRange(-1, 4).Draw(s.T, "day")), Reason: s.text("", "exam", "exam"), Who: "attending"}
			}
			first := max(session.Earliest(), s.today())
			return schedule.Moved{Session: session.ID(), Date: first + date.Date(rapid.IntRange(0, max(0, int(session.Latest()-first))).Draw(s.T, "day")), Start: s.clock()}
		},
		"added": func() schedule.Happening {
			added := schedule.Added{Date: s.day(-9, 12), Start: s.clock(), Reason: s.text("", "relapse")}
			if s.rarely(4) {
				added.Phase = s.text("induction", "all", "induction", "none")
			}
			if s.rarely(2) {
				added.For = s.broken()
			}
			return added
		},
		"held": func() schedule.Happening {
			if s.rarely(2) {
				return schedule.Resumed{}
			}
			return schedule.Held{Session: s.id(), Reason: s.text("", "infection")}
		},
		"resumed": func() schedule.Happening { return schedule.Resumed{} },
		"shifted": func() schedule.Happening {
			return schedule.Shifted{Session: s.broken(), Weeks: rapid.SampledFrom([]int{0, 0, 1, 1, 1, 2, 2, 3, 521, -1}).Draw(s.T, "weeks")}
		},
		"shifted several": func() schedule.Happening {
			return schedule.Shifted{Sessions: s.several(), Weeks: rapid.SampledFrom([]int{0, 1, 1, 2, 3}).Draw(s.T, "weeks")}
		},
		"recomputed": func() schedule.Happening {
			return schedule.Recomputed{Sessions: s.several(), Who: s.text("", "attending", "attending")}
		},
		"placed again": func() schedule.Happening {
			return schedule.PlacedAgain{Sessions: s.several(), Reason: s.text("", "closed")}
		},
		"restarted earlier": func() schedule.Happening {
			id := s.broken()
			phase := "maintenance"
			if session, ok := s.plan.Session(id); ok && !s.rarely(5) {
				phase = s.text(append(s.earlier(session.Phase()), session.Phase())...)
			}
			return schedule.Restarted{Session: id, Phase: phase, Date: s.day(0, 10)}
		},
		"anchored": func() schedule.Happening {
			if s.rarely(2) {
				return schedule.Reanchored{Session: s.lastGiven()}
			}
			return schedule.Reanchored{Session: s.broken(), Date: s.day(-1, 14)}
		},
		"appended":      func() schedule.Happening { return schedule.Appended{Session: s.broken()} },
		"restarted":     func() schedule.Happening { return schedule.Restarted{Session: s.broken(), Date: s.day(-1, 10)} },
		"restarted too": func() schedule.Happening { return schedule.Restarted{Session: s.id(), Date: s.day(0, 5)} },
		"stepped back too": func() schedule.Happening {
			session := s.session()
			if session.IsZero() {
				return schedule.Resumed{}
			}
			return schedule.SteppedBack{Session: session.ID(), To: s.text(s.earlier(session.Phase())...), Reason: "worse"}
		},
		"stepped back": func() schedule.Happening {
			id := s.broken()
			to := []string{"maintenance"}
			if session, ok := s.plan.Session(id); ok && !s.rarely(5) {
				to = s.earlier(session.Phase())
			}
			return schedule.SteppedBack{
				Session: id, To: s.text(to...), Sessions: rapid.IntRange(-1, 4).Draw(s.T, "sessions"),
				Reason: s.text("", "worse", "worse"),
			}
		},
		"decided": s.decided, "decided too": s.decided,
		"weighed": func() schedule.Happening {
			if s.rarely(6) {
				return schedule.Weighed{Date: s.day(-3, 1), Weight: dose.MustWeight("12 kg")}
			}
			weighed := schedule.Weighed{Date: s.day(-3, 1), Weight: drawWeight(s.T)}
			if s.rarely(3) {
				weighed.Session = s.id()
			}
			return weighed
		},
		"dose chosen": func() schedule.Happening {
			session := s.session()
			chosen := schedule.DoseChosen{Session: s.id(), Level: dose.MustLevel("50 mg"), Who: s.text("", "attending", "attending"), Reason: s.text("", "response")}
			if session.IsZero() || s.rarely(6) {
				return chosen
			}
			chosen.Session = session.ID()
			for _, phase := range session.Protocol().Phases() {
				if levels := phase.Levels(); phase.Name == session.Phase() && len(levels) > 0 {
					chosen.Level = rapid.SampledFrom(levels).Draw(s.T, "level").Level
				}
			}
			return chosen
		},
		"closed": func() schedule.Happening {
			from := s.day(-1, 60)
			return schedule.ClinicClosed{From: from, To: from + date.Date(rapid.IntRange(-1, 2).Draw(s.T, "to")), Reason: s.text("", "storm")}
		},
		"extended": func() schedule.Happening {
			return schedule.Extended{Until: max(s.plan.Until(), s.today()) + date.Date(rapid.IntRange(-60, 60).Draw(s.T, "until")), Reason: s.text("", "goes on")}
		},
		"clinic changed": func() schedule.Happening {
			var changed schedule.ClinicChanged
			from := s.day(-1, 40)
			for i := range rapid.IntRange(0, 9).Draw(s.T, "days") {
				day := schedule.ClinicDay{Date: from + date.Date(i), Reason: s.text("", "moving")}
				for _, text := range rapid.SampledFrom([][]string{{}, {"08:00-17:00"}, {"08:00-17:00"}, {"10:00-12:00", "13:00-20:00"}, {"20:00-02:00"}, {"12:00-13:00", "08:00-09:00"}}).Draw(s.T, "hours") {
					day.Hours = append(day.Hours, clinic.MustHours(text))
				}
				changed.Days = append(changed.Days, day)
			}
			return changed
		},
		"away": func() schedule.Happening {
			from := s.day(-1, 60)
			return schedule.PatientAway{From: from, To: from + date.Date(rapid.IntRange(-1, 2).Draw(s.T, "to")), Reason: s.text("", "travels")}
		},
		"measured": func() schedule.Happening {
			height := rapid.SampledFrom([]string{"150 cm", "168 cm", "175.5 cm", "190 cm", "20 cm"}).Draw(s.T, "height")
			return schedule.Measured{Date: s.day(-20, 1), Height: dose.MustHeight(height)}
		},
		"wished": func() schedule.Happening {
			var wishes schedule.Wishes
			if s.rarely(2) {
				from := s.day(-5, 40)
				wishes.Absences = []schedule.Absence{{From: from, To: from + date.Date(rapid.IntRange(-1, 6).Draw(s.T, "to")), Reason: s.text("", "trip")}}
			}
			if s.rarely(3) {
				wishes.Never = protocol.OnDays(time.Weekday(rapid.IntRange(0, 6).Draw(s.T, "never")))
			}
			if s.rarely(3) {
				wishes.Weekdays = []protocol.DaySet{protocol.OnDays(time.Weekday(rapid.IntRange(1, 3).Draw(s.T, "weekday")), time.Friday)}
			}
			if s.rarely(3) {
				if session := s.session(); !session.IsZero() {
					wishes.Appointments = []schedule.Appointment{{Ordinal: session.Ordinal(), Date: session.Target() + date.Date(rapid.IntRange(-2, 2).Draw(s.T, "day"))}}
				}
			}
			wishes.Preferred = s.clock()
			return schedule.Wished{Wishes: wishes}
		},
		"visit done": func() schedule.Happening {
			done := schedule.VisitDone{Visit: s.visit(), Date: s.day(-10, 1), Start: s.clock(), End: s.clock(), Reason: s.text("", "late")}
			if v, ok := s.plan.OtherVisit(done.Visit); ok && v.Role == schedule.RoleMonitoring || s.rarely(20) {
				done.Result = s.text("", "4.1 G/L")
				done.Verdict = schedule.Verdict(rapid.IntRange(0, 2).Draw(s.T, "verdict"))
			}
			if s.rarely(3) {
				done.NotDone = []string{"questionnaire"}
			}
			return done
		},
		"visit missed": func() schedule.Happening {
			return schedule.VisitMissed{Visit: s.visit(), Reason: s.text("", "no-show")}
		},
		"visit moved": func() schedule.Happening {
			moved := schedule.VisitMoved{Visit: s.visit(), Date: s.day(-1, 14), Start: s.clock()}
			if v, ok := s.plan.OtherVisit(moved.Visit); ok && !s.rarely(5) {
				moved.Date = max(v.Earliest, s.today()) + date.Date(rapid.IntRange(0, 2).Draw(s.T, "day"))
			}
			return moved
		},
		"corrected": func() schedule.Happening { return s.corrected() }, "corrected too": func() schedule.Happening { return s.corrected() },
		"accepted": func() schedule.Happening {
			code := rapid.SampledFrom([]schedule.Code{schedule.SoftLimit, schedule.GapTooLong}).Draw(s.T, "code")
			return schedule.Accepted{Session: s.id(), Code: code, Reason: s.text("", "known", "known"), Who: s.text("", "attending", "attending")}
		},
		"adopted": func() schedule.Happening {
			if !s.rarely(3) {
				return schedule.Weighed{Date: s.today() - 1, Weight: drawWeight(s.T)}
			}
			adopted := schedule.Adopted{
				Protocol: rapid.SampledFrom(append(s.protocols, s.others...)).Draw(s.T, "version"), Who: s.text("", "attending", "attending"), Reason: s.text("", "asked"),
			}
			if s.rarely(2) {
				adopted.Phases = map[string]string{}
				old, next := s.plan.Protocol().Phases(), adopted.Protocol.Phases()
				var names []string
				for _, phase := range next {
					names = append(names, phase.Name)
				}
				at := 0
				for _, phase := range old {
					if to := names[min(at, len(names)-1)]; to != phase.Name || s.rarely(4) {
						adopted.Phases[phase.Name] = to
					}
					at++
				}
			}
			return adopted
		},
		"switched": func() schedule.Happening {
			if !s.rarely(2) {
				return schedule.Weighed{Date: s.today() - 1, Weight: drawWeight(s.T)}
			}
			switched := schedule.Switched{
				Protocol: rapid.SampledFrom(append(s.others, s.protocols[0])).Draw(s.T, "protocol"), Start: s.day(-1, 30), Gap: rapid.SampledFrom([]int{1, 1, 2, 7, 14, 0, 3651}).Draw(s.T, "gap"),
				Who: s.text("", "attending", "attending"), Reason: s.text("", "no response", "no response"),
			}
			if !s.rarely(4) {
				switched.Until = switched.Start + date.Date(rapid.IntRange(-1, 120).Draw(s.T, "until"))
			}
			return switched
		},
	}
}

func (s *treatment) decided() schedule.Happening {
	d := schedule.Decided{
		Gate: "none", Then: protocol.Decision(rapid.SampledFrom([]int{0, 1, 1, 1, 1, 2, 3, 3, 4, 5, 5, 6}).Draw(s.T, "then")),
		Reason: s.text("", "response", "response"), Who: s.text("", "attending", "attending", "attending"),
	}
	for c := range s.plan.Checkpoints() {
		if c.Decision == 0 {
			d.Gate = c.Gate.Name
			break
		}
	}
	if d.Gate == "none" && !s.rarely(8) {
		return schedule.Missed{Session: s.id()}
	}
	if d.Then == protocol.Stop && !s.rarely(8) {
		d.Then = protocol.Continue
	}
	if d.Then == protocol.Extend || d.Then == protocol.StepBack || s.rarely(20) {
		d.Sessions = rapid.IntRange(0, 3).Draw(s.T, "sessions")
	}
	if d.Then == protocol.StepBack {
		d.To = s.text("induction", "taper")
	}
	return d
}

// several draws some sessions that were not given: broken ones, and those beside them.
func (s *treatment) several() []schedule.ID {
	var list []schedule.ID
	for _, session := range s.plan.All() {
		if session.State() != schedule.StateGiven {
			list = append(list, session.ID())
		}
	}
	if len(list) == 0 || s.rarely(12) {
		return []schedule.ID{s.id(), s.id()}
	}
	from := rapid.IntRange(0, min(len(list)-1, 8)).Draw(s.T, "from")
	return list[from:min(len(list), from+rapid.IntRange(1, 4).Draw(s.T, "several"))]
}

// visit returns the id of a visit beside the sessions, most often of one that is to come.
func (s *treatment) visit() schedule.ID {
	var ids []schedule.ID
	for v := range s.plan.OtherVisits() {
		if v.State == schedule.StatePlanned && v.Date < s.today()+20 || s.rarely(10) {
			ids = append(ids, v.ID)
		}
	}
	if len(ids) == 0 || s.rarely(20) {
		return s.id()
	}
	return rapid.SampledFrom(ids).Draw(s.T, "visit")
}

// earlier returns the names of the phases before one.
func (s *treatment) earlier(phase string) []string {
	names := []string{"none"}
	for _, p := range s.plan.Protocol().Phases() {
		if p.Name == phase {
			break
		}
		names = append(names, p.Name, p.Name, p.Name)
	}
	return names
}

func (s *treatment) lastGiven() schedule.ID {
	var last schedule.ID
	for _, session := range s.plan.All() {
		if session.State() == schedule.StateGiven {
			last = session.ID()
		}
	}
	return last
}

func (s *treatment) dose() dose.Mass {
	return rapid.SampledFrom([]dose.Mass{{}, {}, dose.MustMass("40 mg"), dose.MustMass("56 mg"), dose.MustMass("84 mg")}).Draw(s.T, "dose")
}

// parts draws what was given of each part of a session's dose: all of it, less, nothing,
// or what nobody asked for.
func (s *treatment) parts(session schedule.Session) (list []schedule.GivenPart) {
	for part := range session.Parts() {
		given := schedule.GivenPart{Name: part.Part.Name, Dose: part.Delivery.Dose()}
		switch {
		case s.rarely(5):
			continue
		case s.rarely(5):
			given.Dose = s.dose()
		case s.rarely(6):
			given.Dose, given.Nothing = dose.Mass{}, true
		}
		if s.rarely(5) {
			given.Start, given.End = s.clock(), s.clock()
		}
		if s.rarely(6) {
			given.During = dose.MustDuration(s.text("5 min", "40 min", "3 h"))
		}
		list = append(list, given)
	}
	if s.rarely(15) {
		list = append(list, schedule.GivenPart{Name: s.text("flush", "bolus", ""), Dose: dose.MustMass("1 mg")})
	}
	return list
}

// repair takes one of the ways on from a session, each of which must hold
// together, and returns how many there were.
func (s *treatment) repair() int {
	session := s.session()
	if session.IsZero() {
		return 0
	}
	ids := []schedule.ID{session.ID()}
	if s.rarely(3) {
		if ids = s.several(); slices.Contains(ids[1:], ids[0]) {
			ids = ids[:1]
		}
	}
	repairs, err := s.plan.Repairs(s.now, ids...)
	if errors.Is(err, schedule.ErrUnknownSession) {
		return 0
	}
	s.noError(err)
	repairs = slices.DeleteFunc(repairs, func(r schedule.Repair) bool {
		if r.Possible() == (r.Plan == nil) || r.Text == "" || r.Source == "" {
			s.Fatalf("%s: %v", r, r.Err)
		}
		return !r.Possible()
	})
	if len(repairs) == 0 {
		return 0
	}
	r := rapid.SampledFrom(repairs).Draw(s.T, "way")
	again, err := r.Diff.Apply(s.plan)
	s.noError(err)
	s.equal(string(schedule.FormatPlan(r.Plan)), string(schedule.FormatPlan(again)))
	plan, file := s.plan, s.file
	for _, entry := range r.Entries {
		next, err := plan.Apply(entry.Event, entry.AsOf)
		s.noError(err)
		file = s.follows(plan, next, entry.Event.What)
		plan = next
	}
	s.equal(string(schedule.FormatPlan(r.Plan)), file)
	if !s.rarely(3) { // most are only looked at
		return len(repairs)
	}
	s.plan, s.file = plan, file
	return len(repairs)
}
