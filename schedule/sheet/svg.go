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
// a plan of any length stays readable: of as many weeks as leave the marks of sessions
// apart, which is a year where they are weeks apart and five weeks of a daily course. All
// measures are in pixels of a drawing that is laneWidth wide and scales.
const (
	mostWeeks  = 13 // in a lane of sessions that are some days apart
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
	otherStep   = 16 // from the line of time to the middle of visits that are no session
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

// A lane is a line of the timeline: its days, whole weeks from the first one, their
// width, and how large the marks of sessions are.
type lane struct{ first, days, dayWidth, radius int }

// A drawing is an SVG text that is being written.
type drawing struct {
	*view
	b        strings.Builder
	origin   date.Date // the first day of the first lane
	days     int
	lanes    []lane
	dayWidth int // of the lane that is drawn
	windows  []stretch
	rows     int // of windows
	radius   int
	hasMark  map[schedule.State]bool
	hasOther bool
	// hasMonitoring reports that there are visits on a cadence of their own, which have a
	// row of theirs.
	hasMonitoring bool
	hasLost       bool
}

// svg returns the timeline.
func (v *view) svg() string {
	d := &drawing{view: v, radius: radius, hasMark: make(map[schedule.State]bool)}
	d.measure()
	lanes := len(d.lanes)
	laneHeight := d.windowTop() + d.rows*windowStep + laneBottom
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
	var on []int32 // the days of sessions
	for i := range d.visits {
		at := &d.visits[i]
		extend(at.date)
		d.hasLost = d.hasLost || at.lost
		switch at.kind {
		case session:
		case monitoring:
			d.hasMonitoring = d.hasMonitoring || at.date != 0
			continue
		default:
			d.hasOther = d.hasOther || at.date != 0
			continue
		}
		d.hasMark[at.state] = d.hasMark[at.state] || !at.lost
		extend(at.earliest)
		extend(at.latest)
		if at.date != 0 {
			on = append(on, civil.Day(at.date))
		}
	}
	if first == 0 {
		return
	}
	d.origin = weekOf(first, d.Locale.FirstWeekday)
	d.days = civil.Days(d.origin, last) + 1
	for i := range on {
		on[i] -= civil.Day(d.origin)
	}
	d.divide(on)
	d.stack()
}

// divide breaks the days into lanes. On is when sessions are, in order.
func (d *drawing) divide(on []int32) {
	weeks := (d.days + 6) / 7
	for first := 0; first < weeks*7; {
		rest := weeks - first/7
		var next lane
		for _, span := range [...]int{52, 26, mostWeeks, 8, 5} {
			span = min(span, rest)
			next = lane{first: first, days: span * 7, dayWidth: min(widestDay, (laneWidth-2*margin)/(span*7))}
			next.radius = max(leastMark, min(radius, (nearest(on, first, first+next.days)*next.dayWidth-2)/2))
			if span <= mostWeeks && next.radius > leastRound || next.radius == radius {
				break
			}
		}
		d.lanes = append(d.lanes, next)
		first += next.days
	}
	d.even(on, weeks)
}

// even gives lanes the same length where all would have one but the last.
func (d *drawing) even(on []int32, weeks int) {
	n := len(d.lanes)
	for i := range n - 1 {
		if d.lanes[i].days != d.lanes[0].days {
			return
		}
	}
	days := (weeks + n - 1) / n * 7
	width := min(widestDay, (laneWidth-2*margin)/days)
	for i := range d.lanes {
		l := lane{first: i * days, days: days, dayWidth: width}
		l.radius = max(leastMark, min(radius, (nearest(on, l.first, l.first+days)*width-2)/2))
		d.lanes[i] = l
	}
}

// nearest returns the least number of days between two sessions of which one is in
// a lane, and the other in it or next to it.
func nearest(on []int32, from, to int) int {
	least := mostWeeks * 7
	for i := 1; i < len(on); i++ {
		if int(on[i]) >= from && int(on[i-1]) < to {
			if apart := int(on[i] - on[i-1]); apart > 0 {
				least = min(least, apart)
			}
		}
	}
	return least
}

// windowTop is the top of the windows in a lane.
func (d *drawing) windowTop() int {
	top := windowRow
	for _, row := range [...]bool{d.hasOther, d.hasMonitoring} {
		if row {
			top += otherStep - 2
		}
	}
	return top
}

// monitoringStep returns how far below the line of time the visits of a monitoring are.
func (d *drawing) monitoringStep() int {
	if d.hasOther {
		return 2*otherStep - 2
	}
	return otherStep
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
	first, end := d.lanes[i].first, d.lanes[i].first+d.lanes[i].days
	d.dayWidth, d.radius = d.lanes[i].dayWidth, d.lanes[i].radius
	d.write("<g>\n")
	d.rule(d.x(first, first), y+visitRow, d.x(end, first), y+visitRow, line, "1", "")
	d.calendar(first, end, y)
	for _, w := range d.windows {
		if from, to := max(w.from, first), min(w.to+1, end); from < to {
			d.window(d.x(from, first), d.x(to, first), y+d.windowTop()+w.row*windowStep)
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

// calendar writes the months and weeks of a lane.
func (d *drawing) calendar(first, end, y int) {
	const roomForName, roomForShort, roomForDay = 82, 50, 22
	daysRow := y + d.windowTop() + d.rows*windowStep + 12
	for day := first; day < end; day++ {
		on := civil.AddDays(d.origin, day)
		if day == first || on.Day() == 1 {
			// The name of a month does not begin where the next one would run into it.
			room := min(civil.Days(on, civil.AddMonths(firstOf(on), 1)), end-day) * d.dayWidth
			name := d.Locale.month(on)
			if d.dayWidth*28 < roomForName {
				name = d.Locale.MonthsShort[on.Month()-1]
				if day == first || on.Month() == 1 {
					name += " " + decimal(on.Year())
				}
			}
			if on.Day() == 1 && room >= roomForShort || room >= roomForName {
				d.text(d.x(day, first), y+monthLine, "start", ink, 12, name)
			}
			if on.Day() == 1 {
				d.rule(d.x(day, first), y+monthLine+5, d.x(day, first), y+visitRow, line, "1", "2 3")
			}
		}
		if (day-first)%7 == 0 && d.dayWidth*7 >= roomForDay {
			d.rule(d.x(day, first), y+visitRow-4, d.x(day, first), y+visitRow+4, line, "1", "")
			d.text(d.middle(day, first), daysRow, "middle", muted, 10, decimal(on.Day()))
		}
	}
	if d.dayWidth*7 >= roomForDay {
		return
	}
	// There is no room for the day of every week: that of each session.
	written := first - roomForDay
	for i := range d.visits {
		at := &d.visits[i]
		day := civil.Days(d.origin, at.date)
		if at.kind == session && at.date != 0 && first <= day && day < end && (day-written)*d.dayWidth >= roomForDay {
			d.text(d.middle(day, first), daysRow, "middle", muted, 10, decimal(at.date.Day()))
			written = day
		}
	}
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
