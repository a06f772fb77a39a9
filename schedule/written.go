package schedule

import "github.com/regimen-go/regimen/dose"

// Written returns an amount that was given as the session's protocol writes it, which is
// [dose.Amount.Written]: of the part of the dose or of the medicine beside the drug that is
// called so, of the drug where name is "". An amount of what the protocol does not have is in
// mg.
func (s Session) Written(name string, m dose.Mass) string {
	if name == "" {
		return s.Dose().Rule().Amount.Written(m)
	}
	for part := range s.Parts() {
		if part.Part.Name == name {
			return part.Part.Rule.Amount.Written(m)
		}
	}
	for beside := range s.Beside() {
		if beside.IsCalled(name) {
			return beside.Dose.Amount.Written(m)
		}
	}
	return m.String()
}
