package dose

import (
	"iter"
	"slices"
)

// A Product is what a dose is drawn from or consists of, as data. Its numbers
// are in what its doses are expressed in; nothing is converted from salt to
// base.
//
// The zero Product is none. Values are comparable with ==.
type Product struct {
	Name      string
	Expressed string        // what the mass is of, such as "ketamine base"
	Content   Mass          // of one container: vial, ampoule or device
	Strength  Concentration // zero: not a ready solution, counted in containers only
	// MaxIntravenous is the highest concentration that may be given
	// intravenously. Zero: undiluted use is not restricted here.
	MaxIntravenous Concentration
	// Apart is the least time from one device of a dose to the next. Zero: not a
	// device, or none stated.
	Apart  Duration
	Note   string // what else a source says
	Source string // where the numbers are from
}

// Products yields the products that ship with this library: the presentations
// of ketamine, the esketamine device, infliximab and natalizumab.
func Products() iter.Seq[Product] {
	const ketamine = "ASHP Injectable Drug Information; Ketalar label"
	return slices.Values([]Product{
		{
			Name: "ketamine 10 mg/mL", Expressed: "ketamine base",
			Content: MustMass("200 mg"), Strength: MustConcentration("10 mg/mL"),
			Note: "no further dilution advised", Source: ketamine,
		},
		{
			Name: "ketamine 50 mg/mL", Expressed: "ketamine base",
			Content: MustMass("500 mg"), Strength: MustConcentration("50 mg/mL"),
			Source: ketamine,
		},
		{
			Name: "ketamine 100 mg/mL", Expressed: "ketamine base",
			Content: MustMass("500 mg"), Strength: MustConcentration("100 mg/mL"),
			MaxIntravenous: MustConcentration("50 mg/mL"),
			Note:           "never intravenous undiluted: at least an equal volume of diluent",
			Source:         "Ketalar label (Henry Schein, 2024); " + ketamine,
		},
		{
			Name: "esketamine 28 mg nasal spray", Expressed: "esketamine base",
			Content: MustMass("28 mg"), Apart: MustDuration("5 min"),
			Note:   "two sprays, one per nostril; no priming",
			Source: "openFDA NDC 50458-028; spravatohcp.com, dosing and administration",
		},
		{
			Name: "infliximab 100 mg", Expressed: "infliximab",
			Content: MustMass("100 mg"),
			Note:    "powder: counted in vials",
			Source:  "Inflectra, pfizerpro.com",
		},
		{
			Name: "natalizumab 300 mg", Expressed: "natalizumab",
			Content: MustMass("300 mg"), Strength: MustConcentration("20 mg/mL"),
			Note:   "300 mg in 15 mL, added to 100 mL",
			Source: "tysabrihcp.com",
		},
	})
}

// ProductNamed returns the shipped product of this name.
func ProductNamed(name string) (p Product, ok bool) {
	for p := range Products() {
		if p.Name == name {
			return p, true
		}
	}
	return Product{}, false
}

// IsZero reports whether p is none.
func (p Product) IsZero() bool { return p == Product{} }

// Containers returns how many containers hold m, and how much of them is left
// over. The error, for a product without content, is a [*RuleError], and a
// [*RangeError] for more than 1000 containers.
func (p Product) Containers(m Mass) (n int, waste Mass, err error) {
	if p.Content.IsZero() {
		return 0, Mass{}, &RuleError{"Product.Content", p.Content.String(), "the mass in one container", nil}
	}
	count, ok := quo(m.mg, p.Content.mg, whole(1), Up)
	if !ok || !within(count, maxContainers) {
		return 0, Mass{}, &RangeError{"containers of " + p.Content.String(), "at most 1000 containers"}
	}
	n = int(count.Coef()) // a trimmed whole number
	opened, err := p.Content.Times(n)
	if err != nil {
		return 0, Mass{}, err
	}
	waste, err = opened.Sub(m)
	return n, waste, err
}

// maxContainers is the largest number of containers of one dose.
const maxContainers = 1000

// WholeContainers returns the rounding of a dose to whole containers. The error
// is that of [NewRounding].
func (p Product) WholeContainers(mode Mode) (Rounding, error) {
	return NewRounding(p.Content, mode)
}

// check appends the problems of p.
func (p Product) check(problems RuleErrors) RuleErrors {
	if p.Content.IsZero() {
		problems = append(problems, &RuleError{"Product.Content", p.Content.String(), "the mass in one container", nil})
	}
	if p.Strength.IsZero() {
		problems = append(problems, &RuleError{"Product.Strength", "", "the mass per mL, to draw up a volume", nil})
	}
	return problems
}
