package scheduletest

import "strings"

// difference returns two lists line by line: what both have after a blank, what
// only the first has after a minus, and only the second after a plus. Long
// stretches that both have are shortened.
func difference(want, got []string) string {
	before := 0
	for before < len(want) && before < len(got) && want[before] == got[before] {
		before++
	}
	after := 0
	for after < len(want)-before && after < len(got)-before && want[len(want)-1-after] == got[len(got)-1-after] {
		after++
	}
	var b strings.Builder
	same(&b, want[:before], false)
	differing(&b, want[before:len(want)-after], got[before:len(got)-after])
	same(&b, want[len(want)-after:], true)
	return b.String()
}

// same writes lines that both lists have: the few that are next to what differs.
func same(b *strings.Builder, lines []string, head bool) {
	const few = 3
	switch {
	case len(lines) <= few:
		write(b, "  ", lines)
	case head:
		write(b, "  ", lines[:few])
		b.WriteString("  ...\n")
	default:
		b.WriteString("  ...\n")
		write(b, "  ", lines[len(lines)-few:])
	}
}

func write(b *strings.Builder, sign string, lines []string) {
	for _, l := range lines {
		b.WriteString(sign + l + "\n")
	}
}

// differing writes the lines of two lists by their longest common subsequence,
// where that is not too much work.
func differing(b *strings.Builder, want, got []string) {
	const most = 4_000_000
	if len(want)*len(got) > most {
		write(b, "- ", want)
		write(b, "+ ", got)
		return
	}
	// longest[i][j] is the length of that of want[i:] and got[j:].
	longest := make([][]int32, len(want)+1)
	for i := range longest {
		longest[i] = make([]int32, len(got)+1)
	}
	for i := len(want) - 1; i >= 0; i-- {
		for j := len(got) - 1; j >= 0; j-- {
			if want[i] == got[j] {
				longest[i][j] = longest[i+1][j+1] + 1
			} else {
				longest[i][j] = max(longest[i+1][j], longest[i][j+1])
			}
		}
	}
	i, j := 0, 0
	for i < len(want) && j < len(got) {
		switch {
		case want[i] == got[j]:
			write(b, "  ", want[i:i+1])
			i, j = i+1, j+1
		case longest[i+1][j] >= longest[i][j+1]:
			write(b, "- ", want[i:i+1])
			i++
		default:
			write(b, "+ ", got[j:j+1])
			j++
		}
	}
	write(b, "- ", want[i:])
	write(b, "+ ", got[j:])
}
