package dose

import (
	"strconv"
	"strings"

	"github.com/regimen-go/regimen/dose"
)

// Regimen computes with regimen's package dose: Rule.Calculate for a dose alone,
// Order.For for the dose with volume and flow.
//
// Besides what the other sides do, both check the rule, find the weight that the
// rule doses by, fail on anything that is not exact, judge the limits and keep the
// rule, the body and every step, so that the dose can explain itself. For checks
// the preparation and the times, computes the dose really delivered, keeps it
// within the cap, computes dilution, containers and waste, and judges every limit
// on what is delivered over the real time.
type Regimen struct {
	cases []regimenCase
	rule  dose.Rule
	once  *dose.CompiledRule
	with  map[int64]*dose.Preparation
	out   regimenResult
}

type regimenCase struct {
	body        dose.Body
	preparation *dose.Preparation
}

type regimenResult struct {
	dose   dose.Mass
	volume dose.Volume
	flow   dose.Flow
}

// NewRegimen returns the side for cases, which have one rate.
func NewRegimen(cases []Case) *Regimen {
	x := &Regimen{
		rule: dose.MustRule(thousandths(cases[0].Rate) + " mg/kg of actual weight, cap " + strconv.Itoa(capMg) + " mg, round 0.1 mg half up, " +
			"hard max " + strconv.Itoa(maxMg) + " mg, hard max " + strconv.Itoa(maxML) + " mL, hard max " + strconv.Itoa(maxMLPerH) + " mL/h"),
		with: make(map[int64]*dose.Preparation),
	}
	var err error
	x.once, err = x.rule.Compile()
	must(err)
	for _, c := range cases {
		if x.with[c.Strength] == nil {
			x.with[c.Strength] = &dose.Preparation{
				Product: dose.Product{Content: dose.MustMass("200 mg"), Strength: dose.MustConcentration(strconv.FormatInt(c.Strength, 10) + " mg/mL")},
				Route:   dose.Intravenous, Graduation: dose.MustGraduation("0.01 mL half up"), Dilution: dose.Undiluted(),
				During: dose.MustDuration("40 min"), Pump: dose.MustPumpSetting("0.01 mL/h half up"),
			}
		}
		x.cases = append(x.cases, regimenCase{dose.Body{Weight: dose.MustWeight(tenths(c.Weight) + " kg")}, x.with[c.Strength]})
	}
	return x
}

func (x *Regimen) infusion(c *regimenCase) (regimenResult, error) {
	d, err := dose.Order{Rule: x.rule, Preparation: *c.preparation}.For(c.body)
	if err != nil {
		return regimenResult{}, err
	}
	return regimenResult{d.Dose(), d.Stock(), d.Flow()}, nil
}

// Run computes n cases.
func (x *Regimen) Run(n int) {
	for i := range n {
		var err error
		x.out, err = x.infusion(&x.cases[i%Size])
		must(err)
	}
}

// RunDose computes the doses of n cases.
func (x *Regimen) RunDose(n int) {
	for i := range n {
		calculation, err := x.rule.Calculate(x.cases[i%Size].body)
		must(err)
		x.out.dose = calculation.Dose()
	}
}

// RunCompiled computes the doses of n cases, with all that explains them, by the rule as it
// was compiled.
func (x *Regimen) RunCompiled(n int) {
	for i := range n {
		calculation, err := x.once.Calculate(x.cases[i%Size].body)
		must(err)
		x.out.dose = calculation.Dose()
	}
}

// RunAmounts computes the doses of n cases and nothing that explains them.
func (x *Regimen) RunAmounts(n int) {
	for i := range n {
		var err error
		x.out.dose, err = x.once.Dose(x.cases[i%Size].body)
		must(err)
	}
}

// At computes one case.
func (x *Regimen) At(i int) (Infusion, error) {
	r, err := x.infusion(&x.cases[i])
	number := func(text string) string {
		number, _, _ := strings.Cut(text, " ")
		return number
	}
	return Infusion{number(r.dose.String()), number(r.volume.String()), number(r.flow.String())}, err
}
