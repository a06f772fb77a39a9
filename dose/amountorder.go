package dose

// Compare orders two amounts where one is the larger for everybody: two doses per
// kilogram of the same weight, or two that are each a mass. ok is false where that
// depends on the body, or on a time.
func (a Amount) Compare(b Amount) (order int, ok bool) {
	x, basisX, okX := a.PerWeight()
	y, basisY, okY := b.PerWeight()
	if okX && okY {
		return x.Compare(y), basisX == basisY
	}
	m, okM := a.Mass()
	n, okN := b.Mass()
	return m.Compare(n), okM && okN
}

// Mass returns the mass that the amount is for everybody: a fixed one, or that of
// devices. ok is false for any other amount.
func (a Amount) Mass() (m Mass, ok bool) {
	if m, ok := a.Fixed(); ok {
		return m, true
	}
	n, content, _, ok := a.Devices()
	if !ok {
		return Mass{}, false
	}
	m, err := content.Times(n)
	return m, err == nil
}
