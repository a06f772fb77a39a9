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
			line.WriteString(t.dayText(d))
		}
		lines = append(lines, line.String())
	}
	return lines
}

// A look is what a visit is shown as in a month of plain text: a mark of its own for
// each word that a sheet has for one. Of several visits on a day the first look is shown.
type look uint8

const (
	looksPlanned look = iota
	looksLost
	looksProvisional
	looksOverdue
	looksHeld
	looksGiven
	looksMissed
	looksCancelled
	looks
)

// marks returns what stands before and after the number of a day.
func (l look) marks() (open, shut string) {
	pairs := [looks]string{
		looksPlanned: "[]", looksLost: "!!", looksProvisional: "??", looksOverdue: "<>", looksHeld: "()", looksGiven: "**", looksMissed: "--", looksCancelled: "xx",
	}
	return pairs[l][:1], pairs[l][1:]
}

// lookOf returns the look of a visit that has a date, and its word.
func (v *view) lookOf(at *visit) (l look, word string) {
	switch {
	case at.lost:
		return looksLost, v.Locale.Words.Lost
	case at.ahead() && v.ended(at):
		return looksOverdue, v.Locale.Words.Overdue
	}
	switch at.state {
	case schedule.StateProvisional:
		l = looksProvisional
	case schedule.StateGiven, schedule.StateDone:
		l = looksGiven
	case schedule.StateMissed:
		l = looksMissed
	case schedule.StateCancelled:
		l = looksCancelled
	case schedule.StateHeld:
		l = looksHeld
	}
	return l, v.stateWord(at.state)
}

// dayText returns a day in four columns.
func (v *view) dayText(d day) string {
	if d.date == 0 {
		return strings.Repeat(" ", dayColumns)
	}
	number := strings.TrimLeft(padded(d.date.Day(), true), "0")
	number = strings.Repeat(" ", 2-utf8.RuneCountInString(number)) + number
	first := looks
	for _, at := range d.visits {
		l, _ := v.lookOf(at)
		first = min(first, l)
	}
	if first == looks {
		return " " + number + " "
	}
	open, shut := first.marks()
	return open + number + shut
}

// marks explains the marks that are used.
func (t *textWriter) marks() string {
	var used [looks]string
	for i := range t.visits {
		if at := &t.visits[i]; at.date != 0 {
			l, word := t.lookOf(at)
			used[l] = word
		}
	}
	var parts []string
	for l, word := range used {
		if word != "" {
			open, shut := look(l).marks()
			parts = append(parts, open+"\u00a0"+shut+"\u00a0"+strings.ReplaceAll(word, " ", "\u00a0"))
		}
	}
	return strings.Join(parts, " ")
}
