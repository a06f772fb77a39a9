package sheet

import (
	"slices"
	"strconv"

	"github.com/regimen-go/regimen/schedule"
)

// Details are what there is to know of a visit that a plan does not say. The zero
// Details say nothing.
type Details struct {
	// Place is where it is: "3rd floor, room 12".
	Place string
	// Bring is what to bring.
	Bring []string
	// Notes are what else to know.
	Notes []string
	// Home says who takes the patient home.
	Home string
}

func (d *Details) check(at string, found *problems) {
	found.text(at+".Place", d.Place)
	found.text(at+".Home", d.Home)
	for i, text := range d.Bring {
		found.text(at+".Bring, line "+strconv.Itoa(i+1), text)
	}
	for i, text := range d.Notes {
		found.text(at+".Notes, line "+strconv.Itoa(i+1), text)
	}
}

func (d *Details) clone() Details {
	return Details{Place: d.Place, Bring: slices.Clone(d.Bring), Notes: slices.Clone(d.Notes), Home: d.Home}
}

// empty reports whether there is nothing to say.
func (d *Details) empty() bool {
	return d.Place == "" && len(d.Bring) == 0 && len(d.Notes) == 0 && d.Home == ""
}

// details asks what there is to know of one visit.
func (r *reader) details(at *visit, id schedule.ID) {
	if r.DetailsOf == nil || !at.ahead() {
		return
	}
	own := r.DetailsOf(id)
	own.check("DetailsOf "+at.id, &r.found)
	at.own = own.clone()
}

// place returns where a visit is.
func (v *view) place(at *visit) string {
	if at.own.Place != "" {
		return at.own.Place
	}
	if at.elsewhere != "" {
		return at.elsewhere
	}
	return v.Details.Place
}

// home returns who takes the patient home after a visit, and whether that is to be said:
// where nobody is known it is where somebody is needed.
func (v *view) home(at *visit) (who string, said bool) {
	if who = at.own.Home; who == "" && at.kind == session {
		who = v.Details.Home
	}
	return who, who != "" || v.Escort && at.kind == session
}
