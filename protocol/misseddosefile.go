package protocol

import (
	"strconv"
	"strings"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/internal/document"
)

// How a table of missed doses stands in a file.

func readMissedDose(f *document.Fields) MissedDose {
	m := MissedDose{From: readDays(f.Optional("from"))}
	if n := f.Optional("to"); n.Exists() {
		if m.To = readDays(n); m.To == 0 && n.Kind() == document.KindText {
			n.Refuse(document.CodeChoice, "at least 1 day, or no last day")
		}
	}
	m.Condition = f.Optional("condition").Text()
	m.Then = oneOf(f.Optional("then"), GiveAsPlanned, AskPrescriber)
	m.Phase = f.Optional("phase").Text()
	m.Dose = textOf(f.Optional("dose"), "56 mg", dose.ParseLevel)
	if n := f.Optional("date"); n.Exists() {
		m.Date, m.Days = readSequelDate(n)
	}
	m.Source = f.Optional("source").Text()
	return m
}

// readSequelDate reads the words of a date, or a number of days after the last dose.
func readSequelDate(n document.Node) (d SequelDate, days int) {
	type dated struct {
		date SequelDate
		days int
	}
	v := textOf(n, "at once", func(s string) (dated, error) {
		for d := OnPlannedDay; d <= AtOnce; d++ {
			if s == d.String() {
				return dated{date: d}, nil
			}
		}
		days, err := ParseDays(s)
		if err != nil || days < 1 {
			return dated{}, &Error{Place: "date", Offset: -1, Value: kept(s), Want: "want as planned, at once or a number of days after the last dose, such as 28 days", Code: CodeValue, Err: ErrNotation}
		}
		return dated{OnDay, days}, nil
	})
	return v.date, v.days
}

func (w *writer) missedDose(m MissedDose) {
	w.days("from", m.From)
	w.days("to", m.To)
	w.text("condition", m.Condition)
	if m.Then != 0 {
		w.Field("then").Text(m.Then.String())
	}
	w.text("phase", m.Phase)
	w.text("dose", m.Dose.String())
	switch {
	case m.Date == OnDay:
		w.Field("date").Text(FormatDays(m.Days))
	case m.Days != 0: // does not compile
		w.Field("date").Text(m.Date.String() + ", " + FormatDays(m.Days))
	default:
		w.text("date", m.Date.String())
	}
	w.text("source", m.Source)
}

// missedDoses checks the table of a phase.
func (c *compiler) missedDoses(at string, index int, p Phase, givesDrug bool) {
	if len(p.MissedDoses) == 0 {
		return
	}
	at += "/missedDoses"
	if !givesDrug {
		c.errs.add(at, "", "want none in a phase that gives no drug", CodeValue, ErrInvalid)
		return
	}
	levels := map[dose.Level]bool{}
	var names []string
	for _, l := range p.Levels() {
		levels[l.Level] = true
		names = append(names, l.Level.String())
	}
	seen := map[string]int{} // of rows of the same days, by condition
	for i, m := range p.MissedDoses {
		row := at + "/" + strconv.Itoa(i)
		c.missedDays(at, i, p.MissedDoses, seen)
		c.line(row+"/condition", m.Condition)
		if m.Then < GiveAsPlanned || m.Then > AskPrescriber {
			c.errs.add(row+"/then", m.Then.String(), "want "+either(wordsOf(AskPrescriber)), CodeValue, ErrInvalid)
			continue
		}
		c.missedDate(row, m)
		switch known := !c.waits(index, FieldAmount, FieldBasis, FieldSteps); {
		case m.Then != GiveLevel && !m.Dose.IsZero():
			c.errs.add(row+"/dose", m.Dose.String(), "want no dose beside "+m.Then.String(), CodeValue, ErrInvalid)
		case m.Then == GiveLevel && m.Dose.IsZero():
			c.errs.add(row+"/dose", "", "want the level of the next dose", CodeMissing, ErrInvalid)
		case m.Then == GiveLevel && known && !levels[m.Dose]:
			c.errs.add(row+"/dose", m.Dose.String(), "want a level of the phase: "+strings.Join(names, ", "), CodeUnknownRef, ErrInvalid)
		case m.Then == RestartTitration && known && len(names) < 2:
			c.errs.add(row+"/then", m.Then.String(), "want a phase that names more than one level, or restart phase", CodeValue, ErrInvalid)
		}
		c.missedPhase(row, index, m)
		if m.Source != "" && !c.hasSource(m.Source) {
			c.errs.add(row+"/source", m.Source, "want the key of a source", CodeUnknownRef, ErrInvalid)
		}
	}
}

// missedDays checks that a row follows the one before it without a day between, or is
// an alternative to it.
func (c *compiler) missedDays(at string, i int, rows []MissedDose, seen map[string]int) {
	m, row := rows[i], at+"/"+strconv.Itoa(i)
	c.within(row+"/from", m.From, 1, maxNumber, "want 1 to 3650 days after the last dose")
	switch {
	case c.unread(row+"/from") || c.unread(row+"/to"):
		return
	case m.To != 0 && (m.To < m.From || m.To > maxNumber):
		c.errs.add(row+"/to", FormatDays(m.To), "want a last day from "+FormatDays(m.From)+" to 3650 days, or none", CodeOrder, ErrInvalid)
		return
	}
	if i == 0 {
		seen[m.Condition] = i
		return
	}
	before, place := rows[i-1], at+"/"+strconv.Itoa(i-1)
	if c.unread(place+"/from") || c.unread(place+"/to") || before.To != 0 && before.To < before.From {
		return
	}
	switch {
	case c.unread(row+"/condition") || c.unread(place+"/condition"):
		return
	case m.From == before.From && m.To == before.To:
		other, twice := seen[m.Condition]
		switch {
		case m.Condition == "" || before.Condition == "":
			c.errs.add(row+"/condition", m.Condition, "want a condition here and at "+place+", which is for the same days", CodeMissing, ErrInvalid)
		case twice:
			c.errs.add(row+"/condition", m.Condition, "want another condition than at "+at+"/"+strconv.Itoa(other)+", which is for the same days", CodeDuplicate, ErrInvalid)
		}
	case before.To == 0:
		c.errs.add(row+"/from", FormatDays(m.From), "want no row after "+place+", which has no last day", CodeOrder, ErrInvalid)
	case m.From <= before.To:
		c.errs.add(row+"/from", FormatDays(m.From), "want "+FormatDays(before.To+1)+": rows do not overlap, and "+place+" ends with "+FormatDays(before.To), CodeOrder, ErrInvalid)
	case m.From > before.To+1:
		c.errs.add(row+"/from", FormatDays(m.From), "want "+FormatDays(before.To+1)+": no day is left out, and "+place+" ends with "+FormatDays(before.To), CodeOrder, ErrInvalid)
	}
	if m.From != before.From {
		clear(seen)
	}
	seen[m.Condition] = i
}

// missedDate checks that a row states a date where there is something to state.
func (c *compiler) missedDate(row string, m MissedDose) {
	want := ""
	switch m.Then {
	case GiveLevel, RestartTitration:
		if m.Date < OnPlannedDay || m.Date > OnDay {
			want = "want as planned, at once or a number of days after the last dose"
		}
	case RestartPhase:
		if m.Date != AtOnce && m.Date != OnDay {
			want = "want at once or a number of days after the last dose"
		}
	default:
		if m.Date != 0 {
			want = "want no date beside " + m.Then.String()
		}
	}
	text := m.Date.String()
	if m.Date == OnDay {
		text = FormatDays(m.Days)
	}
	switch {
	case c.unread(row + "/date"):
	case want != "" && m.Date == 0:
		c.errs.add(row+"/date", "", want, CodeMissing, ErrInvalid)
	case want != "":
		c.errs.add(row+"/date", text, want, CodeValue, ErrInvalid)
	case (m.Date == OnDay) != (m.Days != 0) || m.Days < 0:
		c.errs.add(row+"/date", FormatDays(m.Days), "want a number of days exactly where the date is so many days after the last dose", CodeValue, ErrInvalid)
	case m.Date == OnDay && m.To != 0 && m.Days > m.To:
		c.errs.add(row+"/date", text, "want at most "+FormatDays(m.To)+", with which the row ends", CodeOrder, ErrInvalid)
	}
}

// missedPhase checks the phase that a row begins again.
func (c *compiler) missedPhase(row string, index int, m MissedDose) {
	switch {
	case m.Then != RestartPhase && m.Phase != "":
		c.errs.add(row+"/phase", m.Phase, "want no phase beside "+m.Then.String(), CodeValue, ErrInvalid)
	case m.Then != RestartPhase:
	case !c.hasPhase(m.Phase):
		c.errs.add(row+"/phase", m.Phase, "want the name of a phase", CodeUnknownRef, ErrInvalid)
	default:
		for i := range c.phases {
			if c.phases[i].Name != m.Phase {
				continue
			}
			switch planned := !c.phases[i].Cadence.IsZero() || c.waits(i, FieldCadence); {
			case i > index:
				c.errs.add(row+"/phase", m.Phase, "want the phase itself or one before it", CodeOrder, ErrInvalid)
			case !planned:
				c.errs.add(row+"/phase", m.Phase, "want a phase with a cadence", CodeValue, ErrInvalid)
			}
		}
	}
}
