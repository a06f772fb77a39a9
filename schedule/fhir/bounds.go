package fhir

// bounds are the outer limits of a rule: a length, or low to high, or a period.
type bounds struct {
	at         string // path of the element, "" without bounds
	low, high  *bound // of a length both are the same; high may be missing
	start, end Moment // of a period; either may be the zero one
}

// A bound is a length of whole days or whole months, or of elapsed time that is whole
// days.
type bound struct {
	length
	elapsed bool // written in hours or less
}

const (
	boundsDurationPath = "repeat.boundsDuration"
	boundsRangePath    = "repeat.boundsRange"
	boundsPeriodPath   = "repeat.boundsPeriod"
)

// readBounds reads and judges the bounds of a rule.
func (r *Repeat) readBounds() (b bounds, err error) {
	for _, element := range []struct {
		path  string
		there bool
	}{
		{boundsDurationPath, r.BoundsDuration != nil},
		{boundsRangePath, r.BoundsRange != nil},
		{boundsPeriodPath, r.BoundsPeriod != nil},
	} {
		switch {
		case element.there && b.at != "":
			return b, refuse(TwoBounds, element.path, "")
		case element.there:
			b.at = element.path
		}
	}
	switch b.at {
	case boundsDurationPath:
		b.low, err = readBound(r.BoundsDuration, b.at)
		b.high = b.low
	case boundsRangePath:
		err = b.readRange(r.BoundsRange)
	case boundsPeriodPath:
		err = b.readPeriod(r.BoundsPeriod)
	}
	return b, err
}

// readBound reads one length.
func readBound(q *Quantity, at string) (*bound, error) {
	switch {
	case q.Comparator != "":
		return nil, refuse(Comparator, at+".comparator", q.Comparator)
	case q.Value == nil:
		return nil, refuse(Empty, at+".value", "")
	case q.System != UCUM || !isUnit(q.Code):
		return nil, refuse(UnknownUnit, at+".code", q.Code)
	case *q.Value == Decimal{}:
		return nil, refuse(ZeroBounds, at, q.Value.String())
	}
	l, _ := newLength(*q.Value, q.Code)
	if _, _, ok := l.whole(); !ok {
		return nil, refuse(FractionalBounds, at, q.Value.String()+" "+q.Code)
	}
	return &bound{l, byClock(q.Code)}, nil
}

func (b *bounds) readRange(r *Range) (err error) {
	if r.Low == nil {
		return refuse(MaxWithoutMin, b.at, "")
	}
	if b.low, err = readBound(r.Low, b.at+".low"); err != nil {
		return err
	}
	if r.High == nil {
		return nil
	}
	if b.high, err = readBound(r.High, b.at+".high"); err != nil {
		return err
	}
	if b.high.compare(b.low.length) < 0 {
		return refuse(MaxBelowMin, b.at, "")
	}
	return nil
}

func (b *bounds) readPeriod(p *Period) (err error) {
	if p.Start == "" && p.End == "" {
		return refuse(Empty, b.at, "")
	}
	for _, end := range []struct {
		name, text string
		moment     *Moment
	}{{"start", p.Start, &b.start}, {"end", p.End, &b.end}} {
		if end.text == "" {
			continue
		}
		var code Code
		if *end.moment, code = parseMoment(end.text); code != "" {
			return refuse(code, b.at+"."+end.name, end.text)
		}
	}
	if !b.start.IsZero() && !b.end.IsZero() && b.end.before(b.start) {
		return refuse(BoundsReversed, b.at, b.start.String()+" to "+b.end.String())
	}
	return nil
}
