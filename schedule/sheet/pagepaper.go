package sheet

import (
	"strconv"
	"unicode/utf8"
)

// One page of paper has so many lines of text in the style of page.css, and a line so
// many characters. What is on the page is counted in them, generously: a line too few is
// room for notes, a line too many would be a second page.
const (
	paperLines   = 38
	paperColumns = 78
	cardColumns  = 60
	leastTicks   = 3
	mostTicks    = 22
	leastRoom    = 4
)

// onePage adds what is on one page: as many visits as there is room for.
func (p *page) onePage() {
	lines := paperLines - 4 - linesOf(p.Title, paperColumns/2) - linesOf(p.AsOf+p.Zone+p.W.Replaced, paperColumns)
	for _, text := range []string{p.Standing, p.Reserve, p.Since, p.Unchanged} {
		lines -= linesOf(text, paperColumns)
	}
	if p.Since != "" {
		lines -= 3 // its box
	}
	for _, text := range p.News {
		lines -= linesOf(text, paperColumns)
	}
	if p.Next != nil {
		lines -= 6
		for i := range p.Next.Facts {
			for _, line := range p.Next.Facts[i].Lines {
				lines -= linesOf(line.When+line.Text+line.Link, cardColumns)
			}
		}
	}
	for i := range p.Contacts {
		if !p.ShowContacts {
			break
		}
		c := &p.Contacts[i]
		lines -= linesOf(c.Name+c.Phone+c.Hours+c.Mail+c.Page, cardColumns) + 1
		for _, line := range c.Lines {
			lines -= linesOf(line, cardColumns)
		}
	}
	room := min(max((lines-leastRoom-2)*4/5, leastTicks), mostTicks)
	left := 0
	for _, shown := range p.shown {
		switch at := shown.at; {
		case at.date == 0 || at.lost || !p.view.comes(at):
		case len(p.Ticks) == room:
			left++
		default:
			p.Ticks = append(p.Ticks, shown)
		}
	}
	if left > 0 {
		p.More = fill(p.W.More, "{n}", strconv.Itoa(left))
		lines--
	}
	p.Room = make([]struct{}, max(leastRoom, (lines-len(p.Ticks)*5/4)*3/5))
}

// linesOf returns how many lines a text takes, 0 for none.
func linesOf(text string, columns int) int {
	return (utf8.RuneCountInString(text) + columns - 1) / columns
}
