package oracle

import "slices"

// bruteSearch writes down every combination.
type bruteSearch struct{}

// combinations returns every list of choices, whether it keeps the gaps or not.
func combinations(in Input, slots []slot, drop bool) [][]choice {
	all := [][]choice{{}}
	for _, s := range slots {
		var options []choice
		if drop {
			options = append(options, choice{left: true})
		}
		for _, day := range in.candidates(s) {
			options = append(options, choice{date: day})
		}
		var longer [][]choice
		for _, before := range all {
			for _, option := range options {
				longer = append(longer, append(slices.Clone(before), option))
			}
		}
		all = longer
	}
	return all
}

// keepsGaps looks at every pair of placed sessions with none placed between.
func keepsGaps(slots []slot, choices []choice) bool {
	for i := range choices {
		for j := i + 1; j < len(choices); j++ {
			if choices[i].left || choices[j].left || placedBetween(choices, i, j) {
				continue
			}
			if choices[j].date-choices[i].date < gap(slots[i], slots[j]) {
				return false
			}
		}
	}
	return true
}

func placedBetween(choices []choice, i, j int) bool {
	for _, c := range choices[i+1 : j] {
		if !c.left {
			return true
		}
	}
	return false
}

// feasible returns the combinations that keep the gaps.
func feasible(in Input, slots []slot, drop bool) [][]choice {
	var kept [][]choice
	for _, choices := range combinations(in, slots, drop) {
		if keepsGaps(slots, choices) {
			kept = append(kept, choices)
		}
	}
	return kept
}

func (bruteSearch) blocked(in Input, slots []slot) int {
	for b := 1; b <= len(slots); b++ {
		if len(feasible(in, slots[:b], false)) == 0 {
			return b
		}
	}
	return 0
}

func (bruteSearch) earliest(in Input, slots []slot) int {
	all := feasible(in, slots, false)
	last := len(slots) - 1
	earliest := all[0][last].date
	for _, choices := range all {
		earliest = min(earliest, choices[last].date)
	}
	return earliest
}

func (bruteSearch) best(in Input, slots []slot, drop bool) []choice {
	all := feasible(in, slots, drop)
	best := all[0]
	for _, choices := range all {
		if slices.Compare(score(slots, choices), score(slots, best)) > 0 {
			best = choices
		}
	}
	return best
}

// score is a list of numbers that is greater for a better placement: few left
// out, little cost, then the dates themselves.
func score(slots []slot, choices []choice) []int {
	leftOut, cost := 0, 0
	var dates []int
	for i, c := range choices {
		if c.left {
			leftOut++
		} else {
			cost += (c.date - slots[i].target) * (c.date - slots[i].target)
		}
		dates = append(dates, rank(c))
	}
	return append([]int{-leftOut, -cost}, dates...)
}
