package web

import (
	"strconv"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/schedule"
)

// doseFields ask how much was given of the drug: the planned dose stands there, to be looked at. Of
// a dose in parts each part is asked for, and the dose is their sum.
func doseFields(s subject) []field {
	if s.session.IsZero() || s.session.Level().IsZero() && s.session.Amount().IsZero() && s.session.DoseError() == nil {
		return nil // a phase that gives no drug
	}
	nothing := field{Name: "nothing", Label: "The patient came, and nothing was given", Type: fieldCheck}
	if parts := partFields(s.session); len(parts) > 0 {
		return append(parts, text("dose", "Dose in all", "only if it is not known what was given of each part"), nothing)
	}
	amount := text("dose", "Dose that was given", `with its unit, "36 mg"`)
	if planned := s.session.Amount(); !planned.IsZero() {
		amount.Value = planned.String()
		amount.Hint = "planned: " + planned.String()
	}
	for allowed := range s.session.Allowed() {
		amount.Hint += "; allowed: " + allowed.Dose.String()
		if allowed.Condition != "" {
			amount.Hint += " if " + allowed.Condition
		}
	}
	return []field{amount, text("during", "Given over", `if it differs, "42 min"`), nothing}
}

// partFields ask how much was given of each part of a dose.
func partFields(s schedule.Session) (list []field) {
	n := 0
	for part := range s.Parts() {
		at := "parts/" + strconv.Itoa(n) + "/"
		n++
		planned := dose.Mass{}
		if part.Err == nil {
			planned = part.Delivery.Dose()
		}
		list = append(list, namedFields(at, part.Part.Name, planned, part.Part.Condition, "given over, if it differs")...)
	}
	return list
}

// besideFields ask what was given of the medicines beside the drug, and of one that nobody has
// planned.
func besideFields(s subject) (list []field) {
	if s.session.IsZero() || !s.session.HasBeside() {
		return nil
	}
	n := 0
	at := func() string {
		n++
		return "beside/" + strconv.Itoa(n-1) + "/"
	}
	named := map[string]int{}
	for m := range s.session.Beside() {
		path := at()
		named[m.Name]++
		list = append(list, namedFields(path, m.Name, m.Planned(), m.Condition, "given over, if it differs")...)
		list = append(list, besideMore(path, m.Name)...)
	}
	// What was given and is in no protocol, or more often than planned, is to be put right too.
	if given, ok := s.session.Given(); ok {
		for _, m := range given.Beside {
			if named[m.Name]--; named[m.Name] < 0 {
				path := at()
				list = append(list, namedFields(path, m.Name, dose.Mass{}, "", "given over, if it differs")...)
				list = append(list, besideMore(path, m.Name)...)
			}
		}
	}
	path := at()
	list = append(list, text(path+"name", "Another medicine", "its name, if another was given"), text(path+"dose", "Dose of the other medicine", `with its unit, "4 mg"`))
	return append(list, besideMore(path, "the other medicine")...)
}

// namedFields ask how much was given of something that has a name, in how much time, or that it
// was not given. What has a condition is not planned: nothing stands there.
func namedFields(path, name string, planned dose.Mass, condition, during string) []field {
	amount := text(path+"dose", upper(name)+": dose that was given", `with its unit, "36 mg"`)
	switch {
	case planned.IsZero():
	case condition == "":
		amount.Value, amount.Hint = planned.String(), "planned: "+planned.String()
	default:
		amount.Hint = planned.String() + " if " + condition
	}
	return []field{
		{Name: path + "name", Type: fieldHidden, Value: name},
		amount,
		timeField(path+"start", upper(name)+": began at"), text(path+"during", upper(name)+": "+during, `such as "42 min"`),
		{Name: path + "nothing", Label: upper(name) + " was not given", Type: fieldCheck},
	}
}

func besideMore(path, name string) []field {
	return []field{{Name: path + "reason", Label: "Reason, if " + name + " was not given or differs", Type: fieldText, Wide: true}, text(path+"who", "Who decided about "+name, "if it differs from the plan")}
}
