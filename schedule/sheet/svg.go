package sheet

import (
	"cmp"
	"html"
	"io"
	"slices"
	"strings"

	"github.com/rickb777/date/v2"

	"github.com/regimen-go/regimen/internal/civil"
	"github.com/regimen-go/regimen/schedule"
)

// The timeline is broken into lanes of some weeks, like text into lines, so that
// a plan of any length stays readable. All measures are in pixels of a drawing
// that is laneWidth wide and scales.
const (
	mostWeeks  = 13 // in a lane
	widestDay  = 18
	margin     = 14
	laneWidth  = 760
	radius     = 8
	leastMark  = 3 // the radius of marks on consecutive days
	leastRound = 6 // that a number has room in

	topSpace    = 8
	monthLine   = 12 // baseline of the names of months, from the top of a lane
	decisionRow = 26 // centre of the marks of decisions
	visitRow    = 46 // centre of the marks of visits, and the line of time
	windowRow   = 62 // top of the windows
	windowStep  = 8
	laneBottom  = 30 // from the last window to the next lane: the days, and a space
	legendStep  = 24
	legendWidth = laneWidth / 3

	ink   = "#1a1f26"
	muted = "#47525e"
	line  = "#77818c"
	blue  = "#0a4b8c"
	green = "#1d6338"
	white = "#ffffff"
)

// WriteSVG writes the timeline: each visit on its day, the stretch of days it
// can be moved to, and the decisions. It has a title and a description, and
// needs a list of the visits beside it. The error is that of w.
func (s *Sheet) WriteSVG(w io.Writer) error {
	_, err := io.WriteString(w, s.view.svg())
	return err
}

// A stretch is a window on the timeline, in days from its first one, both
// included, and the row that it is drawn in.
type stretch struct{ from, to, row int }

// A drawing is an SVG text that is being written.
type drawing struct {
	*view
	b        strings.Builder
	origin   date.Date // the first day of the first lane
	days     int
	laneDays int // whole weeks
	dayWidth int
	windows  []stretch
	rows     int // of windows
	radius   int
	hasMark  map[schedule.State]bool
	hasOther bool
	hasLost  bool
}

// svg returns the timeline.
func (v *view) svg() string {
	d := &drawing{view: v, radius: radius, hasMark: make(map[schedule.State]bool)}
	d.measure()
	lanes := d.divide()
	laneHeight := windowRow + d.rows*windowStep + laneBottom
	legend := d.legend()
	height := topSpace + lanes*laneHeight + (len(legend)+2)/3*legendStep + margin

	d.write(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 `, decimal(laneWidth), ` `, decimal(height), `" role="img"`)
	d.write(` lang="`, v.Locale.Tag, `" direction="`, v.Locale.dir(), `" aria-labelledby="timeline-title timeline-text"`)
	d.write(` font-family="system-ui, 'Noto Sans', 'Noto Sans Arabic', sans-serif" font-size="11" fill="`, ink, `">`, "\n")
	d.write(`<title id="timeline-title">`, escape(v.title()+": "+v.Locale.Words.Timeline), "</title>\n")
	d.write(`<desc id="timeline-text">`, escape(d.description()), "</desc>\n")
	d.write(`<rect width="`, decimal(laneWidth), `" height="`, decimal(height), `" fill="`, white, `"/>`, "\n")
	for i := range lanes {
		d.lane(i, topSpace+i*laneHeight)
	}
	for i, entry := range legend {
		x := margin + i%3*legendWidth
		y := topSpace + lanes*laneHeight + i/3*legendStep + 12
		d.write("<g>")
		entry.draw(d.mirror(x+radius), y)
		d.text(d.mirror(x+2*radius+8), y+4, "start", muted, 12, entry.word)
		d.write("</g>\n")
	}
	d.write("</svg>\n")
	return d.b.String()
}

// measure finds the days that the timeline goes over, the rows that windows
// need and how large marks can be.
func (d *drawing) measure() {
	var first, last date.Date
	extend := func(on date.Date) {
		if on != 0 {
			first, last = min(cmp.Or(first, on), on), max(last, on)
		}
	}
	before, nearest := date.Date(0), mostWeeks*7
	for i := range d.visits {
		at := &d.visits[i]
		extend(at.date)
		d.hasLost = d.hasLost || at.lost
		if at.kind != session {
			d.hasOther = d.hasOther || at.date != 0
			continue
		}
		d.hasMark[at.state] = d.hasMark[at.state] || !at.lost
		extend(at.earliest)
		extend(at.latest)
		if at.date != 0 {
			if before != 0 {
				nearest = min(nearest, civil.Days(before, at.date))
			}
			before = at.date
		}
	}
	if first == 0 {
		return
	}
	d.origin = weekOf(first, d.Locale.FirstWeekday)
	d.days = civil.Days(d.origin, last) + 1
	d.divide()
	d.radius = max(leastMark, min(radius, (nearest*d.dayWidth-2)/2))
	d.stack()
}

// divide breaks the days into lanes of about the same length and returns how
// many there are.
func (d *drawing) divide() (lanes int) {
	weeks := (d.days + 6) / 7
	lanes = (weeks + mostWeeks - 1) / mostWeeks
	if lanes == 0 {
		return 0
	}
	d.laneDays = (weeks + lanes - 1) / lanes * 7
	d.dayWidth = min(widestDay, (laneWidth-2*margin)/d.laneDays)
	return lanes
}

// stack gives each window the first row that is free.
func (d *drawing) stack() {
	for i := range d.visits {
		if at := &d.visits[i]; at.kind == session && at.earliest != 0 {
			d.windows = append(d.windows, stretch{from: civil.Days(d.origin, at.earliest), to: civil.Days(d.origin, at.latest)})
		}
	}
	slices.SortFunc(d.windows, func(a, b stretch) int { return cmp.Or(cmp.Compare(a.from, b.from), cmp.Compare(a.to, b.to)) })
	d.windows = slices.Compact(d.windows)
	const mostRows = 12 // more windows over one day are drawn over one another
	var ends []int
	for i := range d.windows {
		w := &d.windows[i]
		for w.row < len(ends) && w.row < mostRows-1 && ends[w.row] >= w.from {
			w.row++
		}
		if w.row == len(ends) {
			ends = append(ends, 0)
		}
		ends[w.row] = max(ends[w.row], w.to)
	}
	d.rows = len(ends)
}

// lane draws the weeks of lane i with its top at y.
func (d *drawing) lane(i, y int) {
	first := i * d.laneDays
	end := min(first+d.laneDays, (d.days+6)/7*7)
	d.write("<g>\n")
	d.rule(d.x(first, first), y+visitRow, d.x(end, first), y+visitRow, line, "1", "")
	daysRow := y + windowRow + d.rows*windowStep + 12
	for day := first; day < end; day++ {
		on := civil.AddDays(d.origin, day)
		if day == first || on.Day() == 1 {
			// The name of a month does not begin where the next one would run into it.
			if on.Day() == 1 || civil.Days(on, civil.AddMonths(firstOf(on), 1)) > 10 {
				d.text(d.x(day, first), y+monthLine, "start", ink, 12, d.Locale.month(on))
			}
			if on.Day() == 1 {
				d.rule(d.x(day, first), y+monthLine+5, d.x(day, first), y+visitRow, line, "1", "2 3")
			}
		}
		if (day-first)%7 == 0 {
			d.rule(d.x(day, first), y+visitRow-4, d.x(day, first), y+visitRow+4, line, "1", "")
			d.text(d.middle(day, first), daysRow, "middle", muted, 10, decimal(on.Day()))
		}
	}
	for _, w := range d.windows {
		if from, to := max(w.from, first), min(w.to+1, end); from < to {
			d.window(d.x(from, first), d.x(to, first), y+windowRow+w.row*windowStep)
		}
	}
	for j := range d.checkpoints {
		c := &d.checkpoints[j]
		if day := civil.Days(d.origin, c.date); c.date != 0 && first <= day && day < end {
			d.rule(d.middle(day, first), y+decisionRow, d.middle(day, first), y+visitRow, ink, "1.5", "")
			d.decision(d.middle(day, first), y+decisionRow)
		}
	}
	for j := range d.visits {
		at := &d.visits[j]
		if day := civil.Days(d.origin, at.date); at.date != 0 && first <= day && day < end {
			d.visit(at, d.middle(day, first), y+visitRow)
		}
	}
	d.write("</g>\n")
}

// x returns where a day begins in the lane that begins with first: on the right
// where writing runs from right to left.
func (d *drawing) x(day, first int) int { return d.mirror(margin + (day-first)*d.dayWidth) }

// middle returns the middle of a day.
func (d *drawing) middle(day, first int) int {
	return d.mirror(margin + (day-first)*d.dayWidth + d.dayWidth/2)
}

func (d *drawing) mirror(x int) int {
	if d.Locale.RightToLeft {
		return laneWidth - x
	}
	return x
}

// description says in words what the timeline shows.
func (d *drawing) description() string {
	if d.days == 0 {
		return d.Locale.Words.None
	}
	dated := slices.DeleteFunc(slices.Clone(d.visits), func(at visit) bool { return at.date == 0 })
	if len(dated) == 0 {
		return d.Locale.Words.NoDate
	}
	first, last := &dated[0], &dated[len(dated)-1]
	text := d.label(first) + d.Locale.Comma + d.Locale.shortDate(first.date)
	if len(dated) > 1 {
		text += " – " + d.label(last) + d.Locale.Comma + d.Locale.shortDate(last.date)
	}
	return text
}

func (d *drawing) write(texts ...string) {
	for _, text := range texts {
		d.b.WriteString(text)
	}
}

// escape makes a text fit for XML and HTML, in elements and in attributes.
func escape(s string) string { return html.EscapeString(s) }
