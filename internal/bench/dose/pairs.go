package dose

import "github.com/regimen-go/regimen/internal/bench"

// Pairs returns the comparisons of this package, at 0.5 mg/kg.
func Pairs() []bench.Pair {
	cases := Cases(500)
	var (
		int64s     = NewInt64(cases)
		govalues   = NewGovalues(cases)
		regimen    = NewRegimen(cases)
		integer    = bench.Side{Name: "scaled int64", Run: int64s.Run}
		prepare    = bench.Side{Name: "regimen, Order.For", Run: regimen.Run}
		calculate  = bench.Side{Name: "regimen, Calculate", Run: regimen.RunDose}
		compiled   = bench.Side{Name: "regimen, CompiledRule.Calculate", Run: regimen.RunCompiled}
		amounts    = bench.Side{Name: "regimen, CompiledRule.Dose", Run: regimen.RunAmounts}
		goDose     = bench.Side{Name: "govalues, dose only", Run: govalues.RunDose}
		apd        = bench.Side{Name: "apd", Run: NewApd(cases).Run}
		eric       = bench.Side{Name: "ericlagergren", Run: NewEriclagergren(cases).Run}
		shopspring = bench.Side{Name: "shopspring", Run: NewShopspring(cases).Run}
		direct     = bench.Side{Name: "govalues", Run: govalues.Run}
		floats     = bench.Side{Name: "float64", Run: NewFloat64(cases, nil).Run}
		fromText   = bench.Side{Name: "regimen, text to text", Run: NewRegimenText(cases).Run}
	)
	pair := func(group string, a, b bench.Side) bench.Pair { return bench.Pair{Group: group, A: a, B: b} }
	return []bench.Pair{
		pair("dose", floats, integer),
		pair("dose", direct, integer),
		pair("dose", eric, integer),
		pair("dose", shopspring, integer),
		pair("dose", apd, integer),
		pair("dose", prepare, integer),
		pair("dose", prepare, direct),
		pair("dose", eric, prepare),
		pair("dose", shopspring, prepare),
		pair("dose", apd, prepare),
		pair("dose only", calculate, bench.Side{Name: "scaled int64, dose only", Run: int64s.RunDose}),
		pair("dose only", calculate, goDose),
		pair("dose only", compiled, goDose),
		pair("dose only", amounts, goDose),
		pair("dose only", calculate, compiled),
		pair("dose text", fromText, bench.Side{Name: "scaled int64, text to text", Run: NewInt64Text(cases).Run}),
		pair("dose text", fromText, bench.Side{Name: "govalues, text to text", Run: NewGovaluesText(cases).Run}),
		pair("dose text", bench.Side{Name: "shopspring, text to text", Run: NewShopspringText(cases).Run}, fromText),
	}
}
