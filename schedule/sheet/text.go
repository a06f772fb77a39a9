package sheet

import (
	"bufio"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/regimen-go/regimen/schedule"
)

// The widths of plain text, in columns.
const (
	narrowest = 20
	widest    = 1000
)

// WriteText writes the sheet as plain text for a terminal of so many columns, 20
// to 1000. Lines break between words; only a word that is longer than a line
// passes the width. There are no colours and no control characters but line
// ends. The error is an [*OptionError] for the width, or that of w.
func (s *Sheet) WriteText(w io.Writer, width int) error {
	if width < narrowest || width > widest {
		return &OptionError{Field: "width", Value: strconv.Itoa(width), Want: "want 20 to 1000 columns"}
	}
	out := &textWriter{Writer: bufio.NewWriter(w), view: s.view, width: width}
	out.sheet()
	return out.Flush()
}

// A textWriter writes lines. Its errors come with the last Flush.
type textWriter struct {
	*bufio.Writer
	*view
	width int
}

func (t *textWriter) sheet() {
	w := &t.Locale.Words
	title := wrap(t.title(), t.width)
	longest := 0
	for _, line := range title {
		longest = max(longest, utf8.RuneCountInString(line))
		t.line(line)
	}
	t.line(strings.Repeat("=", min(longest, t.width)))
	t.paragraph("", t.asOfText()+" "+fill(w.Zone, "{zone}", t.zoneName())+" "+w.Replaced)
	for _, text := range []string{t.standingText(), t.reserve()} {
		if text != "" {
			t.line("")
			t.paragraph("", text)
		}
	}
	t.changes()
	t.nextVisit()
	if len(t.visits) == 0 {
		t.paragraph("", "")
		t.paragraph("", w.None)
	}
	t.months()
	t.list()
	t.toDo()
	t.decisions()
	t.worksheets()
	t.contacts()
}

// changes writes what has changed since an earlier sheet.
func (t *textWriter) changes() {
	if !t.compared {
		return
	}
	w := &t.Locale.Words
	if len(t.news) == 0 {
		t.line("")
		t.paragraph("", fill(w.Unchanged, "{time}", t.earlier))
		return
	}
	t.heading(fill(w.Since, "{time}", t.earlier))
	for _, text := range t.news {
		t.item("  ", text)
	}
}

// nextVisit writes when and where the next visit is and what has to be done for it.
func (t *textWriter) nextVisit() {
	next := t.next()
	if next == nil {
		return
	}
	t.heading(t.Locale.Words.Next)
	parts := []string{t.Locale.longDate(next.date), t.view.times(next), t.label(next)}
	if next.state != schedule.StatePlanned {
		parts = append(parts, t.word(next))
	}
	t.paragraph("  ", strings.Join(parts, t.Locale.Comma))
	for _, fact := range t.facts(next) {
		for _, line := range fact.Lines {
			text := strings.TrimSpace(line.Link + " " + line.Text)
			if line.When != "" {
				text = line.When + ": " + text
			}
			t.item("  ", fact.Term+": "+text)
		}
	}
	if text := t.movable(next); text != "" {
		t.item("  ", text)
	}
}

// contacts writes whom to call.
func (t *textWriter) contacts() {
	t.heading(t.Locale.Words.Contact)
	if len(t.Contacts) == 0 {
		t.paragraph("  ", t.Locale.Words.AskClinic)
	}
	for i := range t.Contacts {
		c := t.pageContact(i)
		if c.For != "" {
			t.paragraph("  ", c.For)
		}
		for _, line := range append([]string{c.Name, strings.TrimSpace(t.Contacts[i].Phone + " " + c.Hours), c.Mail, t.Contacts[i].Page}, c.Lines...) {
			if line != "" {
				t.paragraph("    ", line)
			}
		}
	}
}

// list writes the visits, those of a month under its name.
func (t *textWriter) list() {
	if len(t.visits) == 0 {
		return
	}
	t.heading(t.Locale.Words.Visits)
	label, day, times := 0, 0, 0
	for i := range t.visits {
		at := &t.visits[i]
		label = max(label, utf8.RuneCountInString(t.label(at)))
		day = max(day, utf8.RuneCountInString(t.day(at)))
		times = max(times, utf8.RuneCountInString(t.times(at)))
	}
	for i := range t.visits {
		at := &t.visits[i]
		rest := strings.Join(append([]string{t.word(at)}, t.what(at)...), t.Locale.Comma)
		if at.mark != "" {
			rest += t.Locale.Comma + at.mark
		}
		if at.was != "" {
			rest += t.Locale.Comma + fill(t.Locale.Words.Was, "{was}", at.was)
		}
		if len(at.doses) > 0 {
			rest += t.Locale.Comma + strings.Join(t.Locale.shownDoses(at), " "+t.Locale.Words.Or+" ")
		}
		columns := "  " + pad(t.label(at), label) + "  " + pad(t.day(at), day) + "  " + pad(t.times(at), times) + "  "
		if indent := utf8.RuneCountInString(columns); indent+12 <= t.width {
			lines := wrap(rest, t.width-indent)
			t.line(columns + lines[0])
			for _, line := range lines[1:] {
				t.line(strings.Repeat(" ", indent) + line)
			}
			continue
		}
		t.paragraph("  ", t.label(at)+": "+t.day(at))
		if text := t.times(at); text != "" {
			t.paragraph("    ", text)
		}
		t.paragraph("    ", rest)
	}
}

func (t *textWriter) toDo() {
	groups, _ := t.instructions()
	if len(groups) == 0 {
		return
	}
	t.heading(t.Locale.Words.ToDo)
	for i := range groups {
		if i > 0 {
			t.line("")
		}
		t.paragraph("  ", t.visitList(groups[i].ordinals))
		for at := range parts {
			tasks := groups[i].in(at)
			if len(tasks) == 0 {
				continue
			}
			t.paragraph("    ", t.partWord(at)+":")
			for _, task := range tasks {
				t.item("      ", task.when+": "+task.text)
			}
		}
	}
}

func (t *textWriter) decisions() {
	if len(t.checkpoints) == 0 {
		return
	}
	w := &t.Locale.Words
	t.heading(w.Decisions)
	provisional := false
	for i := range t.checkpoints {
		c := &t.checkpoints[i]
		text := t.decision(c)
		if c.date != 0 {
			text = t.Locale.shortDate(c.date) + ": " + text
		}
		switch {
		case c.name != "" && c.assess != "":
			text += " (" + c.name + ": " + c.assess + ")"
		case c.name != "":
			text += " (" + c.name + ")"
		}
		t.item("  ", text)
	}
	for i := range t.visits {
		provisional = provisional || t.visits[i].state == schedule.StateProvisional
	}
	if provisional {
		t.paragraph("  ", fill(w.Depends, "{state}", w.Provisional))
	}
}

func (t *textWriter) worksheets() {
	first := true
	for i := range t.visits {
		at := &t.visits[i]
		if len(at.worksheet) == 0 {
			continue
		}
		if first {
			t.heading(t.Locale.Words.Worksheets)
		} else {
			t.line("")
		}
		first = false
		t.paragraph("  ", t.label(at)+t.Locale.Comma+t.day(at))
		for _, line := range at.worksheet {
			t.item("    ", line.Label+": "+line.Text)
		}
	}
}

func (t *textWriter) heading(text string) {
	t.line("")
	t.paragraph("", text)
}

// item writes a line of a list.
func (t *textWriter) item(indent, text string) {
	for i, line := range wrap(text, t.width-len(indent)-2) {
		mark := "  "
		if i == 0 {
			mark = "- "
		}
		t.line(indent + mark + line)
	}
}

func (t *textWriter) paragraph(indent, text string) {
	for _, line := range wrap(text, t.width-len(indent)) {
		t.line(indent + line)
	}
}

// line writes a line without the spaces at its end. A terminal has no need of
// the ones that do not break.
func (t *textWriter) line(text string) {
	text = strings.ReplaceAll(text, "\u00A0", " ")
	_, _ = t.WriteString(strings.TrimRight(text, " ")) // the error comes with Flush
	_ = t.WriteByte('\n')
}

// pad fills a text up to a width.
func pad(text string, width int) string {
	return text + strings.Repeat(" ", max(0, width-utf8.RuneCountInString(text)))
}

// wrap breaks a text into lines between words, one at least.
func wrap(text string, width int) []string {
	lines, length := []string{""}, 0
	for word := range strings.SplitSeq(text, " ") {
		if word == "" {
			continue
		}
		n := utf8.RuneCountInString(word)
		last := len(lines) - 1
		switch {
		case length == 0:
			lines[last], length = word, n
		case length+1+n <= width:
			lines[last] += " " + word
			length += 1 + n
		default:
			lines, length = append(lines, word), n
		}
	}
	return lines
}
