package dose

// A Body is what is known of the body a dose is for. Each fact is optional and
// has no default: a rule that needs one that is unknown fails by name.
//
// The zero Body is one of which nothing is known. Values are comparable with
// ==.
type Body struct {
	Weight Weight // the measured (actual) weight
}
