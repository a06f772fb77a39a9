package dose

import "strconv"

// An Order is everything that decides how one dose is given: how much, out of
// what, and over which time. It is data: [Order.Check] says what is wrong with
// it, [Order.For] computes what is delivered to a body, and [Order.Judge] judges
// what was given. All of them judge every limit of the rule.
//
// The zero Order is no dose. Values are comparable with ==.
type Order struct {
	// Rule is how much. Required.
	Rule Rule
	// Preparation is out of what, and how. Zero: not stated, so that nothing is
	// known of volumes and flows, and the dose is given as it is.
	Preparation Preparation
	// Administration is the time that the visit has for giving the dose. Zero: not
	// stated.
	Administration Duration
	// RunsOn says that the dose goes on after the patient has left, as from an
	// ambulatory pump: it need not fit the administration.
	RunsOn bool
}

// IsZero reports whether o is no dose.
func (o Order) IsZero() bool { return o == Order{} }

// Time returns the one time over which the dose is given: that of the amount,
// such as 96 h of "22 mg/h for 96 h"; else that of the preparation; else the
// administration. It is zero if none is stated.
func (o Order) Time() Duration {
	if stated := o.stated(); !stated.IsZero() {
		return stated
	}
	return o.Administration
}

// TimeStated reports whether the amount or the preparation states the time. Only
// then do a flow and the setting of a pump follow from it: the administration is
// how long the visit has, which gives a rate and a duration to judge.
func (o Order) TimeStated() bool { return !o.stated().IsZero() }

// stated returns the time of the amount or of the preparation.
func (o Order) stated() Duration {
	if !o.Rule.Amount.during.IsZero() {
		return o.Rule.Amount.during
	}
	return o.Preparation.During
}

// Check returns every problem of o at once, as [RuleErrors], or nil. Fields begin
// with "Rule.", "Preparation." or are "Administration" or "RunsOn". Beside what
// [Rule.Check] and, if there is one, [Preparation.Check] report:
//
//   - [ErrTimesDiffer]: amount and preparation state two times;
//   - [ErrVisitTooShort]: the stated time does not fit the administration, and the
//     dose does not run on;
//   - [ErrDevicesTooFast]: the rests between the devices of the dose, or of a
//     choice, take longer than the time there is;
//   - [ErrNotJudged]: a limit that nothing could ever judge: a rate or a duration
//     without a time, a concentration, volume or flow without a preparation;
//   - a pump, or a dose that runs on, without a time of the amount or of the
//     preparation.
//
// An order of [SumOfParts] is that of a whole, which is judged; only a [Sequence], which
// has the parts, computes it.
func (o Order) Check() error {
	problems := o.Rule.problems(nil)
	sum := o.Rule.Amount.IsSum()
	if sum {
		problems = o.checkSum(problems)
	}
	for _, p := range problems {
		p.Field = "Rule." + p.Field
	}
	switch {
	case o.Preparation.IsZero():
	case sum:
		problems = append(problems, &RuleError{"Preparation", o.Preparation.Product.Name, "none, since each part has its own", nil})
	default:
		ours := o.Preparation.problems(nil)
		for _, p := range ours {
			p.Field = "Preparation." + p.Field
		}
		problems = append(problems, ours...)
	}
	if !sum {
		problems = o.checkTimes(problems)
		problems = o.checkDevices(problems)
		problems = o.checkJudged(problems)
	}
	if len(problems) == 0 {
		return nil
	}
	return problems
}

// checkTimes appends the problems of times that do not agree.
func (o Order) checkTimes(problems RuleErrors) RuleErrors {
	amount, preparation, visit := o.Rule.Amount.during, o.Preparation.During, o.Administration
	if !amount.IsZero() && !preparation.IsZero() && amount != preparation {
		problems = append(problems, &RuleError{
			"Preparation.During", preparation.String(), amount.String() + ", as the amount states", ErrTimesDiffer,
		})
	}
	if o.RunsOn && !o.TimeStated() {
		problems = append(problems, &RuleError{
			"RunsOn", "a dose that runs on", "how long, stated by the amount or by the preparation", nil,
		})
	}
	if !o.Preparation.Pump.IsZero() && !o.TimeStated() {
		problems = append(problems, &RuleError{
			"Preparation.Pump", o.Preparation.Pump.String(), "nothing, since neither amount nor preparation states a time", nil,
		})
	}
	if o.RunsOn || visit.IsZero() {
		return problems
	}
	if stated := o.stated(); stated.Compare(visit) > 0 {
		by := "amount"
		if amount.IsZero() {
			by = "preparation"
		}
		problems = append(problems, &RuleError{
			"Administration", visit.String(), "at least " + stated.String() + ", as the " + by + " states", ErrVisitTooShort,
		})
	}
	return problems
}

// checkDevices appends a problem if there is too little time for the rests
// between the devices of the planned dose or of a choice.
func (o Order) checkDevices(problems RuleErrors) RuleErrors {
	count, content, apart, ok := o.Rule.Amount.Devices()
	if o.Preparation.Product.Apart.Compare(apart) > 0 {
		apart = o.Preparation.Product.Apart
	}
	if !ok || count < 1 || count > maxDevices || content.IsZero() || apart.IsZero() {
		return problems
	}
	for m := range o.Rule.Or.All() {
		if n, whole := m.devices(content); whole {
			count = max(count, n)
		}
	}
	rests, ok := mul(apart.s, whole(int64(count-1)))
	if !ok {
		return problems // cannot happen: 1000 rests of 100 days
	}
	least := "at least " + Duration{s: rests}.String() + ": " + strconv.Itoa(count-1) + " x " + apart.String() +
		" between " + strconv.Itoa(count) + " devices"
	for _, time := range [...]struct {
		field string
		is    Duration
	}{{"Preparation.During", o.stated()}, {"Administration", o.Administration}} {
		if !time.is.IsZero() && time.is.s.Cmp(rests) < 0 {
			problems = append(problems, &RuleError{time.field, time.is.String(), least, ErrDevicesTooFast})
		}
	}
	return problems
}

// checkJudged appends a problem for each limit that nothing could ever judge.
func (o Order) checkJudged(problems RuleErrors) RuleErrors {
	l := o.Rule.Limits
	const (
		noTime        = "a time over which the dose is given, to judge it by"
		noPreparation = "a preparation, to judge it by"
	)
	report := func(m Measure, bounds []byte, needed string) {
		problems = append(problems, &RuleError{"Rule.Limits." + m.field(), string(bounds), needed, ErrNotJudged})
	}
	timed, prepared := !o.Time().IsZero(), !o.Preparation.IsZero()
	if !l.Rate.IsZero() && !timed {
		report(OfRate, l.Rate.append(nil), noTime)
	}
	if !l.RatePerKilogram.IsZero() && !timed {
		report(OfRatePerKilogram, l.RatePerKilogram.append(nil), noTime)
	}
	if !l.Concentration.IsZero() && !prepared {
		report(OfConcentration, l.Concentration.append(nil), noPreparation)
	}
	if !l.Volume.IsZero() && !prepared {
		report(OfVolume, l.Volume.append(nil), noPreparation)
	}
	switch {
	case l.Flow.IsZero():
	case !prepared:
		report(OfFlow, l.Flow.append(nil), noPreparation)
	case !timed:
		report(OfFlow, l.Flow.append(nil), noTime)
	}
	if !l.Duration.IsZero() && !timed {
		report(OfDuration, l.Duration.append(nil), noTime)
	}
	return problems
}

// For returns what is delivered to a body: the dose of the rule, calculated,
// drawn up and timed, with every limit judged on what is really delivered.
//
// Any error comes with the zero Delivery, and never has the dose: what
// [Order.Check] reports, and what [Rule.Calculate] and the preparation report.
// A hard limit that would be passed is a [*LimitError].
func (o Order) For(b Body) (Delivery, error) {
	if err := o.Check(); err != nil {
		return Delivery{}, err
	}
	c, err := o.Rule.calculate(b)
	if err != nil {
		return Delivery{}, err
	}
	return o.deliver(c)
}

// Choice returns what is delivered to a body if m is given, one of the choices of
// the rule. A choice is not rounded, but drawn and judged like the planned dose.
// The errors are those of [Order.For], and a [*RuleError] if m is no choice.
func (o Order) Choice(m Mass, b Body) (Delivery, error) {
	if err := o.Check(); err != nil {
		return Delivery{}, err
	}
	if !o.Rule.Or.Has(m) {
		return Delivery{}, &RuleError{"Choice", m.String(), "one of " + o.Rule.Or.String(), nil}
	}
	c, err := o.Rule.choose(m, b)
	if err == nil {
		err = c.passed.err(o.Rule.Limits)
	}
	if err != nil {
		return Delivery{}, err
	}
	return o.deliver(c)
}

// deliver draws up, times and judges a calculated dose.
func (o Order) deliver(c Calculation) (Delivery, error) {
	d, err := o.prepared(c)
	if err == nil {
		err = d.judge()
	}
	if err == nil {
		err = d.passed.err(c.rule.Limits)
	}
	if err != nil {
		return Delivery{}, err
	}
	return d, nil
}

// prepared draws up and times a calculated dose, and judges nothing.
func (o Order) prepared(c Calculation) (Delivery, error) {
	d := Delivery{
		calculation: c, preparation: o.Preparation, administration: o.Administration, runsOn: o.RunsOn, delivered: c.dose,
	}
	if o.Preparation.IsZero() {
		return d, nil
	}
	err := d.draw()
	if err == nil {
		err = d.dilute()
	}
	if err == nil {
		err = d.set()
	}
	if err == nil {
		err = d.open()
	}
	return d, err
}
