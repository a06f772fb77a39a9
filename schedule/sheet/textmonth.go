package sheet

import (
	"strings"
	"unicode/utf8"

	"github.com/regimen-go/regimen/schedule"
)

// dayColumns is the width of a day in a month of plain text: "[12]".
const dayColumns = 4

// months writes the months, as many beside one another as the width has room
// for.
func (t *textWriter) months() {
	months := t.view.months()
	if len(months) == 0 || t.width < 2+7*dayColumns {
		return
	}
	t.heading(t.Locale.Words.Calendar)
	const gap = 3
	beside := max(1, (t.width-2+gap)/(7*dayColumns+gap))
	for i := 0; i < len(months); i += beside {
		if i > 0 {
			t.line("")
		}
		var blocks [][]string
		tallest := 0
		for _, m := range months[i:min(i+beside, len(months))] {
			block := t.block(m)
			blocks, tallest = append(blocks, block), max(tallest, len(block))
		}
		for row := range tallest {
			var line strings.Builder
			line.WriteString("  ")
			for j, block := range blocks {
				if j > 0 {
					line.WriteString(strings.Repeat(" ", gap))
				}
				text := ""
				if row < len(block) {
					text = block[row]
				}
				line.WriteString(pad(text, 7*dayColumns))
			}
			t.line(line.String())
		}
	}
	t.line("")
	t.paragraph("  ", t.marks())
}

// block returns the lines of a month.
func (t *textWriter) block(m month) []string {
	var head strings.Builder
	for i := range 7 {
		head.WriteString(pad(" "+t.Locale.WeekdaysNarrow[(int(t.Locale.FirstWeekday)+i)%7], dayColumns))
	}
	lines := []string{" " + t.Locale.month(m.first), head.String()}
	for _, week := range m.weeks {
		var line strings.Builder
		for _, d := range week {
			line.WriteString(d.text())
		}
		lines = append(lines, line.String())
	}
	return lines
}

// text returns a day in four columns: in square brackets one with a visit that
// is planned or took place, in round ones any other.
func (d day) text() string {
	if d.date == 0 {
		return strings.Repeat(" ", dayColumns)
	}
	number := strings.TrimLeft(padded(d.date.Day(), true), "0")
	number = strings.Repeat(" ", 2-utf8.RuneCountInString(number)) + number
	open, shut := " ", " "
	for _, at := range d.visits {
		if !at.lost && (at.state == schedule.StatePlanned || at.state == schedule.StateGiven || at.state == schedule.StateDone) {
			return "[" + number + "]"
		}
		open, shut = "(", ")"
	}
	return open + number + shut
}

// marks explains the brackets that are used.
func (t *textWriter) marks() string {
	used, lost := make(map[schedule.State]bool), false
	for i := range t.visits {
		switch at := &t.visits[i]; {
		case at.date == 0:
		case at.lost:
			lost = true
		default:
			used[at.state] = true
		}
	}
	words := func(states ...schedule.State) string {
		var list []string
		for _, s := range states {
			if used[s] {
				list = append(list, t.stateWord(s))
			}
		}
		return strings.Join(list, t.Locale.Comma)
	}
	var parts []string
	if sure := words(schedule.StatePlanned, schedule.StateGiven); sure != "" {
		parts = append(parts, "[ ] "+sure)
	}
	rest := words(schedule.StateProvisional, schedule.StateMissed, schedule.StateCancelled, schedule.StateHeld)
	switch {
	case lost && rest != "":
		rest += t.Locale.Comma + t.Locale.Words.Lost
	case lost:
		rest = t.Locale.Words.Lost
	}
	if rest != "" {
		parts = append(parts, "( ) "+rest)
	}
	return strings.Join(parts, "   ")
}
