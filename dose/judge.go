package dose

// A measured is what the limits of a rule judge: a dose that is or was delivered,
// and everything that is known of how.
type measured struct {
	dose        Mass
	perKilogram bool     // whether the limit per kilogram is judged too
	weight      Weight   // that limits per kilogram are for; zero: not known
	hours       quotient // the time over which it is given, in h; zero: none
	prepared    bool     // whether the volumes are known
	total       Volume
	flow        quotient // in mL/h; zero: none
}

// over returns dose / time as a rate in mg/h.
func (m *measured) rate() quotient { return rateOf(m.dose, m.hours) }

// rateOf returns m / time in mg/h; no result without a time.
func rateOf(m Mass, hours quotient) quotient { return quotient{hours.den.times(m.mg), hours.num} }

// judge returns every bound of l that is passed. An error says of the first limit
// that cannot be judged why; all others are judged.
func (m *measured) judge(l Limits) (passedSet, error) {
	passed := l.Dose.judgeValue(OfDose, m.dose)
	var err error
	if m.perKilogram {
		var perKilogram passedSet
		perKilogram, err = l.judgePerKilogram(quotient{product1(m.dose.mg), product1(whole(1))}, m.weight)
		passed |= perKilogram
	}
	if !m.hours.isZero() {
		rate := m.rate()
		passed |= l.Rate.judge(OfRate, func(bound Rate) int { return rate.compare(bound.mgPerH) })
		switch {
		case l.RatePerKilogram.IsZero():
		case !m.weight.IsZero():
			perKilogram := quotient{rate.num, rate.den.times(m.weight.kg)}
			passed |= l.RatePerKilogram.judge(OfRatePerKilogram, func(bound RatePerKilogram) int {
				return perKilogram.compare(bound.mgPerKgH)
			})
		case err == nil:
			err = &MissingError{"weight", "a limit of the rate per kilogram", ErrNoWeight}
		}
		seconds := quotient{m.hours.num.times(whole(3600)), m.hours.den}
		passed |= l.Duration.judge(OfDuration, func(bound Duration) int { return seconds.compare(bound.s) })
	}
	if !m.prepared {
		return passed, err
	}
	concentration := quotient{product1(m.dose.mg), product1(m.total.ml)}
	passed |= l.Concentration.judge(OfConcentration, func(bound Concentration) int {
		return concentration.compare(bound.mgPerML)
	})
	passed |= l.Volume.judgeValue(OfVolume, m.total)
	if !m.flow.isZero() {
		passed |= l.Flow.judge(OfFlow, func(bound Flow) int { return m.flow.compare(bound.mlPerH) })
	}
	return passed, err
}

// judgePerKilogram judges a dose by the limit per kilogram.
func (l Limits) judgePerKilogram(mg quotient, weight Weight) (passedSet, error) {
	if l.PerKilogram.IsZero() {
		return 0, nil
	}
	if weight.IsZero() {
		return 0, &MissingError{"weight", "a limit per kilogram", ErrNoWeight}
	}
	perKilogram := quotient{mg.num, mg.den.times(weight.kg)}
	return l.PerKilogram.judge(OfPerKilogram, func(bound PerKilogram) int {
		return perKilogram.compare(bound.mgPerKg)
	}), nil
}
