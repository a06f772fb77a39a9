package ical

import "github.com/regimen-go/regimen/schedule"

// partTexts returns a line for each part of a dose: what was given of it or, of a session
// that is to come, what is planned and when it begins.
func partTexts(s schedule.Session) (list []string) {
	if given, ok := s.Given(); ok {
		for _, part := range given.Parts {
			text := part.Name
			switch {
			case part.Nothing:
				text += " not given"
			case !part.Dose.IsZero():
				text += " " + s.Written(part.Name, part.Dose)
			}
			if !part.Nothing && !part.During.IsZero() {
				text += " in " + part.During.String()
			}
			list = append(list, text)
		}
		return list
	}
	for part := range s.Parts() {
		if part.Err != nil {
			continue // nobody is told of a part that cannot be given
		}
		text := part.Part.Name + " " + part.Part.Rule.Amount.Written(part.Delivery.Dose())
		if !part.Start.IsZero() {
			text += ", " + part.Start.String()
		}
		if !part.Planned() {
			text += ", only if " + part.Part.Condition
		}
		list = append(list, text)
	}
	return list
}
