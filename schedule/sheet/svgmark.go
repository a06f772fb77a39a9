package sheet

import (
	"github.com/regimen-go/regimen/schedule"
)

// An entry of the legend is a mark and what it means.
type entry struct {
	draw func(x, y int)
	word string
}

// legend explains the marks that are used.
func (d *drawing) legend() (entries []entry) {
	for _, state := range []schedule.State{
		schedule.StatePlanned, schedule.StateProvisional, schedule.StateGiven, schedule.StateMissed, schedule.StateCancelled, schedule.StateHeld,
	} {
		if d.hasMark[state] {
			entries = append(entries, entry{func(x, y int) { d.mark(state, x, y, radius, "") }, d.stateWord(state)})
		}
	}
	if d.hasLost {
		entries = append(entries, entry{func(x, y int) { d.lost(x, y, radius) }, d.Locale.Words.Lost})
	}
	if d.hasOther {
		entries = append(entries, entry{func(x, y int) { d.other(&visit{state: schedule.StatePlanned}, x, y) }, d.Locale.Words.Other})
	}
	if d.hasMonitoring {
		entries = append(entries, entry{func(x, y int) { d.other(&visit{kind: monitoring, state: schedule.StatePlanned}, x, y) }, d.Locale.Words.Monitoring})
	}
	if len(d.windows) > 0 {
		entries = append(entries, entry{func(x, y int) { d.window(x-radius, x+radius, y-2) }, d.Locale.Words.ColumnWindow})
	}
	for i := range d.checkpoints {
		if d.checkpoints[i].date != 0 {
			return append(entries, entry{d.decision, d.Locale.Words.Checkpoint})
		}
	}
	return entries
}

// visit draws a visit with its middle at x, y.
func (d *drawing) visit(at *visit, x, y int) {
	switch at.kind {
	case session:
	case monitoring:
		d.other(at, x, y+d.monitoringStep())
		return
	default:
		d.other(at, x, y+otherStep)
		return
	}
	if at.lost {
		d.lost(x, y, d.radius)
		return
	}
	number := decimal(at.ordinal)
	if d.radius < leastRound || len(number) > 3 {
		number = ""
	}
	d.mark(at.state, x, y, d.radius, number)
}

// mark draws a state. Each has a shape of its own, so that none depends on
// colour; the number stands where the shape leaves it room.
func (d *drawing) mark(state schedule.State, x, y, r int, number string) {
	const stroke = `" stroke-width="1.5`
	colour := white
	switch state {
	case schedule.StateGiven:
		d.square(x, y, r, green, green)
	case schedule.StateMissed:
		d.square(x, y, r, white, ink)
		d.rule(x-r/2, y, x+r/2, y, ink, "2", "")
		return
	case schedule.StateCancelled:
		d.circle(x, y, r, white, ink+stroke)
		d.rule(x-r/2, y-r/2, x+r/2, y+r/2, ink, "2", "")
		d.rule(x-r/2, y+r/2, x+r/2, y-r/2, ink, "2", "")
		return
	case schedule.StateHeld:
		d.circle(x, y, r, white, ink+stroke)
		d.rule(x-r/4, y-r/2, x-r/4, y+r/2, ink, "2", "")
		d.rule(x+(r+3)/4, y-r/2, x+(r+3)/4, y+r/2, ink, "2", "")
		return
	case schedule.StateProvisional:
		d.circle(x, y, r, white, blue+stroke)
		colour = blue
	default:
		d.circle(x, y, r, blue, blue)
	}
	if number != "" {
		size := 10
		if len(number) > 2 {
			size = 8
		}
		d.text(x, y+4-(10-size)/2, "middle", colour, size, number)
	}
}

// lost draws a visit on a day that no longer holds: a circle struck through once.
func (d *drawing) lost(x, y, r int) {
	d.circle(x, y, r, white, ink+`" stroke-dasharray="3 2" stroke-width="1.5`)
	d.rule(x-r/2, y+r/2, x+r/2, y-r/2, ink, "2", "")
}

// other draws a visit that is no session: a triangle, which is filled and marked like a
// session that is so. That of a monitoring stands on its point.
func (d *drawing) other(at *visit, x, y int) {
	fill, stroke, dashes := white, ink, ""
	switch {
	case at.lost:
		dashes = `" stroke-dasharray="3 2`
	case at.state == schedule.StatePlanned:
		fill, stroke = blue, blue
	case at.state == schedule.StateProvisional:
		stroke = blue
	case at.state == schedule.StateGiven, at.state == schedule.StateDone:
		fill, stroke = green, green
	}
	tip, shape := y-7, "l7 12h-14z"
	if at.kind == monitoring {
		tip, shape = y+7, "l7 -12h-14z"
		y -= 2 // what marks it stands in the middle
	}
	d.write(
		`<path d="M`, decimal(x), ` `, decimal(tip), shape, `" fill="`, fill, `" stroke="`, stroke, dashes, `" stroke-width="1.5"/>`, "\n",
	)
	const r = 2
	switch {
	case at.lost:
		d.rule(x-r, y+r+1, x+r, y-r+1, ink, "1.5", "")
	case at.state == schedule.StateMissed:
		d.rule(x-r-1, y+2, x+r+1, y+2, ink, "1.5", "")
	case at.state == schedule.StateCancelled:
		d.rule(x-r, y-r+2, x+r, y+r+2, ink, "1.5", "")
		d.rule(x-r, y+r+2, x+r, y-r+2, ink, "1.5", "")
	case at.state == schedule.StateHeld:
		d.rule(x-r+1, y-1, x-r+1, y+3, ink, "1.5", "")
		d.rule(x+r-1, y-1, x+r-1, y+3, ink, "1.5", "")
	}
}

// decision draws a diamond.
func (d *drawing) decision(x, y int) {
	d.write(`<path d="M`, decimal(x), ` `, decimal(y-6), `l6 6l-6 6l-6-6z" fill="`, ink, `"/>`, "\n")
}

// window draws a bar from one x to another, its top at y.
func (d *drawing) window(from, to, y int) {
	from, to = min(from, to), max(from, to)
	d.write(
		`<rect x="`, decimal(from+1), `" y="`, decimal(y), `" width="`, decimal(to-from-2),
		`" height="4" rx="2" fill="`, line, `"/>`, "\n",
	)
}

func (d *drawing) circle(x, y, r int, fill, stroke string) {
	d.write(`<circle cx="`, decimal(x), `" cy="`, decimal(y), `" r="`, decimal(r), `" fill="`, fill, `" stroke="`, stroke, `"/>`, "\n")
}

func (d *drawing) square(x, y, r int, fill, stroke string) {
	side := decimal(2*r - 1)
	d.write(
		`<rect x="`, decimal(x-r), `" y="`, decimal(y-r), `" width="`, side, `" height="`, side,
		`" rx="2" fill="`, fill, `" stroke="`, stroke, `" stroke-width="1.5"/>`, "\n",
	)
}

func (d *drawing) rule(x1, y1, x2, y2 int, stroke, width, dashes string) {
	d.write(
		`<path d="M`, decimal(x1), ` `, decimal(y1), `L`, decimal(x2), ` `, decimal(y2),
		`" stroke="`, stroke, `" stroke-width="`, width,
	)
	if dashes != "" {
		d.write(`" stroke-dasharray="`, dashes)
	}
	d.write(`"/>`, "\n")
}

func (d *drawing) text(x, y int, anchor, fill string, size int, text string) {
	weight := ""
	if anchor == "middle" && fill != muted {
		weight = `" font-weight="700`
	}
	d.write(
		`<text x="`, decimal(x), `" y="`, decimal(y), `" text-anchor="`, anchor, `" font-size="`, decimal(size), weight,
		`" fill="`, fill, `">`, escape(text), "</text>\n",
	)
}
