package bench

import (
	"fmt"
	"html"
	"math"
	"strings"
)

// A Chart shows values as bars on a logarithmic scale, so that a thousandfold fits.
type Chart struct {
	Title, Unit string
	Bars        []Bar
}

// A Bar is a value with its name.
type Bar struct {
	Name  string
	Value float64
}

// lengths returns how long the bars are, the longest 1. A tenth of the length is there
// for the least of them.
func (c Chart) lengths() []float64 {
	least, most := math.Inf(1), 0.0
	for _, b := range c.Bars {
		least, most = min(least, b.Value), max(most, b.Value)
	}
	lengths := make([]float64, len(c.Bars))
	for i, b := range c.Bars {
		lengths[i] = 1
		if most > least {
			lengths[i] = 0.1 + 0.9*math.Log(b.Value/least)/math.Log(most/least)
		}
	}
	return lengths
}

// Text returns the chart in lines of text.
func (c Chart) Text() string {
	const widest = 40
	name := 0
	for _, b := range c.Bars {
		name = max(name, len([]rune(b.Name)))
	}
	var text strings.Builder
	fmt.Fprintf(&text, "%s, %s, on a logarithmic scale\n", c.Title, c.Unit)
	for i, length := range c.lengths() {
		b := c.Bars[i]
		fmt.Fprintf(&text, "%-*s %s %s\n", name, b.Name, strings.Repeat("#", max(1, int(math.Round(widest*length)))), significant(b.Value))
	}
	return text.String()
}

// SVG returns the chart as a picture that needs nothing else.
func (c Chart) SVG() string {
	const row, left, widest, width = 24, 300, 340, 720
	var svg strings.Builder
	height := row*(len(c.Bars)+1) + 16
	fmt.Fprintf(&svg, `<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %[1]d %[2]d" font-family="sans-serif" font-size="13" role="img">`+"\n", width, height)
	fmt.Fprintf(&svg, "<title>%s</title>\n<rect width=\"100%%\" height=\"100%%\" fill=\"#fff\"/>\n", html.EscapeString(c.Title))
	fmt.Fprintf(&svg, `<text x="8" y="18" font-weight="bold" fill="#222">%s, %s, on a logarithmic scale</text>`+"\n", html.EscapeString(c.Title), html.EscapeString(c.Unit))
	for i, length := range c.lengths() {
		b, y, long := c.Bars[i], row*(i+1)+8, length*widest
		fmt.Fprintf(&svg, `<text x="%d" y="%d" text-anchor="end" fill="#222">%s</text>`+"\n", left-8, y+15, html.EscapeString(b.Name))
		fmt.Fprintf(&svg, `<rect x="%d" y="%d" width="%.0f" height="%d" fill="%s"/>`+"\n", left, y+2, long, row-6, fillOf(b.Name))
		fmt.Fprintf(&svg, `<text x="%.0f" y="%d" fill="#222">%s</text>`+"\n", left+long+6, y+15, significant(b.Value))
	}
	svg.WriteString("</svg>\n")
	return svg.String()
}

// fillOf tells what is of this module from what is not.
func fillOf(name string) string {
	for _, own := range []string{"regimen", "Build", "Planner", "Outline", "Append", "Write", "Compiled"} {
		if strings.HasPrefix(name, own) {
			return "#2a6f97"
		}
	}
	return "#b0b7bf"
}

// significant writes x with two or three digits that mean something.
func significant(x float64) string {
	switch {
	case x >= 99.5:
		return fmt.Sprintf("%.0f", x)
	case x >= 9.95:
		return fmt.Sprintf("%.3g", x)
	default:
		return fmt.Sprintf("%.2g", x)
	}
}
