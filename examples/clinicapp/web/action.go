package web

import (
	"slices"
	"strconv"

	"github.com/regimen-go/regimen/examples/clinicapp/store"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
)

// A subject is what a form is about: a plan, and of it a session, a visit, or neither.
type subject struct {
	plan    *schedule.Plan
	session schedule.Session
	visit   schedule.OtherVisit
	user    store.User
	today   string
	// code is that of a finding to be accepted, and gate the name of one to be decided.
	code, gate string
}

// A deed is something that can be recorded: the form of one kind of event.
type deed struct {
	// Kind is what files call the event.
	Kind          string
	Title, Submit string
	// Says is what it does to the plan.
	Says string
	// Role is who may do it.
	Role store.Role
	// About says what the form needs: "session", "visit", "gate", or "" for the plan alone.
	About  string
	fields func(subject) []field
}

// deeds are the forms of events, in the order in which they are offered.
func deeds() []deed {
	return []deed{
		{
			"given", "Given", "Record what was given",
			"What happened is recorded, whatever the plan says of it. What does not fit is a finding.", store.Staff, "session",
			func(s subject) []field {
				list := []field{sessionField(s), dateField("date", "Day", s.date(), true), timeField("start", "Began at"), timeField("end", "Ended at")}
				list = append(list, doseFields(s)...)
				list = append(list, besideFields(s)...)
				list = append(list, text("weight", "Weight, if measured", `with its unit, "81.5 kg"`))
				if tasks := taskOptions(s); len(tasks) > 0 {
					list = append(list, field{Name: "notDone", Label: "Tasks that were not done", Type: fieldChecks, Options: tasks})
				}
				return append(list, reasonField("Reason, if it differs from the plan", false), whoField(s, "Who decided, if it differs from the plan", false))
			},
		},
		{
			"missed", "Missed", "Record that nobody came", "The session stays missed until somebody decides how to go on.", store.Staff, "session",
			func(s subject) []field { return []field{sessionField(s), reasonField("Reason", false)} },
		},
		{
			"cancelled", "Cancelled", "Record the cancellation", "The session will not take place.", store.Staff, "session",
			func(s subject) []field {
				list := []field{sessionField(s), {
					Name: "by", Label: "Cancelled by", Type: fieldRadio, Required: true,
					Options: []option{{"patient", "the patient"}, {"provider", "whoever treats"}, {"clinic", "the clinic"}, {"clinical", "a clinical reason"}},
				}, reasonField("Reason", false)}
				if s.user.Role == store.Prescriber {
					list = append(list, field{Name: "rest", Label: "All sessions after it too: the treatment ends", Type: fieldCheck})
				}
				return list
			},
		},
		{
			"moved", "Move", "Move the session", "The session gets another day or time. No other session moves.", store.Staff, "session",
			func(s subject) []field {
				return []field{
					sessionField(s), dateField("date", "New day", "", true), timeField("start", "Begins at"),
					reasonField("Reason, needed outside the window", false), whoField(s, "Who decided, needed outside the window", false),
				}
			},
		},
		{
			"weighed", "Weight", "Record the weight", "Doses on and after that day are computed again.", store.Staff, "",
			func(s subject) []field {
				list := []field{dateField("date", "Day", s.today, true), required(text("weight", "Weight", `with its unit, "81.5 kg"`)), timeField("time", "Time")}
				if !s.session.IsZero() {
					list = append(list, sessionField(s))
				}
				return list
			},
		},
		{
			"measured", "Height", "Record the height", "Doses that depend on it are computed again.", store.Staff, "",
			func(s subject) []field {
				return []field{dateField("date", "Day", s.today, true), required(text("height", "Height", `with its unit, "175 cm"`))}
			},
		},
		{
			"patient-away", "Patient away", "Record the absence", "Sessions on these days lose them until somebody decides on others. Nothing moves.", store.Staff, "",
			func(subject) []field {
				return []field{dateField("from", "First day", "", true), dateField("to", "Last day, if there are more", "", false), reasonField("Reason", false)}
			},
		},
		{
			"visit-done", "Visit done", "Record the visit", "The visit is done and stays what it was.", store.Staff, "visit",
			func(s subject) []field {
				list := []field{visitField(s), dateField("date", "Day", s.visitDate(), true), timeField("start", "Began at"), timeField("end", "Ended at")}
				if s.visit.Role == schedule.RoleMonitoring {
					list = append(list,
						field{Name: "result", Label: "Result, in words", Hint: "nothing judges it but people", Type: fieldText, Wide: true},
						field{Name: "verdict", Label: "Sessions that need the result", Type: fieldRadio, Options: []option{{"ok", "can go on"}, {"not ok", "cannot go on"}}})
				}
				return append(list, reasonField("Reason, if it differs from the plan", false))
			},
		},
		{
			"visit-missed", "Visit missed", "Record that nobody came", "It can be moved to another day of its window.", store.Staff, "visit",
			func(s subject) []field { return []field{visitField(s), reasonField("Reason", false)} },
		},
		{
			"visit-moved", "Move the visit", "Move the visit", "Inside its window. Its session stays.", store.Staff, "visit",
			func(s subject) []field {
				return []field{visitField(s), dateField("date", "New day", "", true), timeField("start", "Begins at"), reasonField("Reason", false)}
			},
		},
		{
			"dose-chosen", "Choose a dose", "Choose the dose", "It is planned from this session on, until another is chosen.", store.Prescriber, "session",
			func(s subject) []field {
				return []field{
					sessionField(s),
					{Name: "level", Label: "Dose", Type: fieldRadio, Required: true, Options: levelOptions(s)},
					reasonField("Reason", false), whoField(s, "Who chose it", true),
				}
			},
		},
		{
			"decided", "Decide", "Record the decision", "Sessions after the decision are planned, cancelled or changed by it.", store.Prescriber, "gate", decisionFields,
		},
		{
			"held", "Pause", "Pause the treatment", "The session and all after it wait until the treatment goes on.", store.Prescriber, "",
			func(s subject) []field {
				return []field{
					{Name: "session", Label: "First session that waits", Type: fieldSelect, Required: true, Options: sessionsToCome(s.plan), Value: s.first()},
					reasonField("Reason", false),
				}
			},
		},
		{
			"resumed", "Go on", "Go on with the treatment", "Sessions go on on the days that they had; those that are past are cancelled. Other ways on are among the repairs.", store.Prescriber, "",
			func(subject) []field { return []field{reasonField("Reason", false)} },
		},
		{
			"extended", "Plan further", "Set the last day", "A course without end is planned up to this day.", store.Prescriber, "",
			func(s subject) []field {
				return []field{dateField("until", "Last day", "", true), reasonField("Reason", false)}
			},
		},
		{
			"added", "Add a session", "Add the session", "A session besides those of the cadence, or one that makes up for another.", store.Prescriber, "",
			func(s subject) []field {
				list := []field{dateField("date", "Day", "", true), timeField("start", "Begins at")}
				if lost := sessionsGone(s.plan); len(lost) > 1 {
					list = append(list, field{Name: "for", Label: "Makes up for", Type: fieldSelect, Options: lost})
				}
				return append(list, reasonField("Reason", false))
			},
		},
		{
			"accepted", "Accept a finding", "Accept the finding", "Somebody knows of it and goes on. It is not open any more, for this session alone.", store.Prescriber, "session",
			func(s subject) []field {
				return []field{
					sessionField(s),
					{Name: "code", Label: "Finding", Type: fieldSelect, Required: true, Options: findingOptions(s), Value: s.code},
					reasonField("Reason", true), whoField(s, "Who accepts it", true),
				}
			},
		},
	}
}

// deedOf returns the form of a kind of event.
func deedOf(kind string) (deed, bool) {
	all := deeds()
	i := slices.IndexFunc(all, func(d deed) bool { return d.Kind == kind })
	if i < 0 {
		return deed{}, false
	}
	return all[i], true
}

func sessionField(s subject) field {
	return field{Name: "session", Type: fieldHidden, Value: s.session.ID().String()}
}

func visitField(s subject) field {
	return field{Name: "visit", Type: fieldHidden, Value: s.visit.ID.String()}
}

func text(name, label, hint string) field {
	return field{Name: name, Label: label, Hint: hint, Type: fieldText}
}

func dateField(name, label, value string, needed bool) field {
	return field{Name: name, Label: label, Type: fieldDate, Value: value, Required: needed}
}

func timeField(name, label string) field {
	return field{Name: name, Label: label, Type: fieldTime, Hint: "on the clinic's clock"}
}

func reasonField(label string, needed bool) field {
	return field{Name: "reason", Label: label, Type: fieldText, Wide: true, Required: needed}
}

// whoField is who decided: the prescriber who is logged in, or whom the staff names.
func whoField(s subject, label string, needed bool) field {
	f := field{Name: "who", Label: label, Type: fieldText, Required: needed}
	if s.user.Role == store.Prescriber && needed {
		f.Value = s.user.Name
	}
	return f
}

func required(f field) field {
	f.Required = true
	return f
}

// date is the day of the session, or today where it has none.
func (s subject) date() string {
	if s.session.IsZero() || !s.session.Placed() {
		return s.today
	}
	return s.session.Date().String()
}

func (s subject) visitDate() string {
	if s.visit.Date == 0 {
		return s.today
	}
	return s.visit.Date.String()
}

// first is the session of the form or, without one, the first to come.
func (s subject) first() string {
	if !s.session.IsZero() {
		return s.session.ID().String()
	}
	if list := sessionsToCome(s.plan); len(list) > 0 {
		return list[0].Value
	}
	return ""
}

func taskOptions(s subject) (list []option) {
	if s.session.IsZero() {
		return nil
	}
	for _, t := range s.session.Visit().Tasks {
		list = append(list, option{t.Text, t.Text})
	}
	return list
}

// levelOptions are the levels that may be chosen at a session: the planned one and what else
// the protocol allows.
func levelOptions(s subject) (list []option) {
	if level := s.session.Level(); !level.IsZero() {
		label := level.String()
		if amount := s.session.Amount(); !amount.IsZero() && amount.String() != label {
			label += " (" + amount.String() + ")"
		}
		list = append(list, option{level.String(), label + ", as planned"})
	}
	for allowed := range s.session.Allowed() {
		label := allowed.Level.String()
		if allowed.Dose.String() != label {
			label += " (" + allowed.Dose.String() + ")"
		}
		if allowed.Condition != "" {
			label += ", if " + allowed.Condition
		}
		list = append(list, option{allowed.Level.String(), label})
	}
	return list
}

func sessionLabel(s schedule.Session) string {
	label := strconv.Itoa(s.Ordinal()) + ", " + s.Phase() + ", "
	if s.Placed() {
		return label + dayWords(s.Date())
	}
	return label + s.State().String()
}

func sessionsToCome(p *schedule.Plan) (list []option) {
	for _, s := range p.All() {
		if s.State() == schedule.StatePlanned || s.State() == schedule.StateProvisional {
			list = append(list, option{s.ID().String(), sessionLabel(s)})
		}
	}
	return list
}

// sessionsGone are those for which another can make up, after none.
func sessionsGone(p *schedule.Plan) []option {
	list := []option{{"", "no other session"}}
	for _, s := range p.All() {
		if s.State() == schedule.StateMissed || s.State() == schedule.StateCancelled || s.State() == schedule.StateLeftOut {
			list = append(list, option{s.ID().String(), sessionLabel(s) + ", " + s.State().String()})
		}
	}
	return list
}

func findingOptions(s subject) (list []option) {
	for _, f := range schedule.Validate(s.plan) {
		if f.Open() && f.ID == s.session.ID() {
			list = append(list, option{string(f.Code), f.Text})
		}
	}
	return list
}

// decisionFields are the ways that the protocol names at a gate first, then all others.
func decisionFields(s subject) []field {
	var ways []option
	named := map[protocol.Decision]bool{}
	for c := range s.plan.Checkpoints() {
		if c.Gate.Name != s.gate || c.Decision != 0 {
			continue
		}
		for _, o := range c.Gate.Outcomes {
			label := o.Then.String()
			if o.When != "" {
				label += ", if " + o.When
			}
			if !named[o.Then] {
				ways = append(ways, option{o.Then.String(), label})
			} else if i := slices.IndexFunc(ways, func(w option) bool { return w.Value == o.Then.String() }); o.When != "" {
				ways[i].Label += ", or if " + o.When
			}
			named[o.Then] = true
		}
		break
	}
	for _, d := range []protocol.Decision{protocol.Continue, protocol.Stop, protocol.Extend, protocol.StepBack, protocol.Change} {
		if !named[d] {
			ways = append(ways, option{d.String(), d.String() + " (the protocol does not name this: give a reason)"})
		}
	}
	phases := []option{{"", "none"}}
	for _, p := range s.plan.Protocol().Phases() {
		phases = append(phases, option{p.Name, p.Name})
	}
	return []field{
		{Name: "gate", Type: fieldHidden, Value: s.gate},
		{Name: "then", Label: "Decision", Type: fieldRadio, Required: true, Options: ways},
		{Name: "sessions", Label: "How many sessions, to extend or to step back", Type: fieldNumber},
		{Name: "to", Label: "Phase to step back to", Type: fieldSelect, Options: phases},
		reasonField("Reason", false), whoField(s, "Who decided", true),
	}
}
