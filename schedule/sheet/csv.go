package sheet

import (
	"cmp"
	"encoding/csv"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/rickb777/date/v2"

	"github.com/regimen-go/regimen/internal/civil"
	"github.com/regimen-go/regimen/schedule/clinic"
)

// WriteCSV writes a line for each session and each other visit, after one with
// the names of the columns: RFC 4180, UTF-8, in the same words and forms for
// every locale, to be read by programs. Dates are YYYY-MM-DD and times HH:MM on
// the clock of the zone; begins and ends are the same as RFC 3339 instants. A
// cell is empty where something is not known; lost is "yes" where the day or the time of
// a visit to come no longer holds. Names, drugs and doses are there if
// they are asked for: planned_dose and allowed of a session that is to come, given_dose of
// one that took place, "0 mg" where nothing was given. The tasks of a session that is to
// come are those that the sheet shows, each as "when: what".
//
// Some columns are there only if a line has something for them: planned_parts and given_parts
// of doses in parts; given_beside, where drugs and doses are asked for, what was recorded as
// given beside the drug; result and verdict, where the sheet is for staff, what came of a visit of
// a monitoring. What was recorded stands in the words in which it was, in every locale.
//
// With Options.Spreadsheet the file opens in the spreadsheets of the locale by itself: it
// begins with the mark of UTF-8, without which some take it for another encoding, and its
// separator is a semicolon where a comma separates decimals.
//
// A text that a spreadsheet could take for a formula has an apostrophe before
// it; for a spreadsheet so has what would be one if another separator were read. The only
// cells that can begin with a minus sign are numbers of days.
//
// The error is that of w.
func (s *Sheet) WriteCSV(w io.Writer) error {
	v := s.view
	out := csv.NewWriter(w)
	out.UseCRLF = true
	if v.Spreadsheet {
		if v.Locale.Decimal != "." {
			out.Comma = ';'
		}
		if _, err := io.WriteString(w, "\ufeff"); err != nil {
			return err
		}
	}
	has := v.optional()
	if err := out.Write(v.columns(has)); err != nil {
		return err
	}
	zone := civil.NewZone(v.zone)
	for i := range v.visits {
		if err := out.Write(v.record(zone, has, &v.visits[i])); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

// columns returns the names of the columns.
func (v *view) columns(has optional) []string {
	head := []string{
		"id", "kind", "session", "state", "lost", "revision", "week", "date", "start", "end", "zone", "begins", "ends", "target", "earliest", "latest", "shift_days",
	}
	if v.Names {
		head = append(head, "name")
	}
	if v.Drug {
		head = append(head, "drug", "route")
	}
	if v.Doses {
		head = append(head, "planned_dose", "allowed", "given_dose")
		if has.parts {
			head = append(head, "planned_parts", "given_parts")
		}
		if has.beside {
			head = append(head, "given_beside")
		}
	}
	if has.result {
		head = append(head, "result", "verdict")
	}
	return append(head, "tasks_before", "tasks_during", "tasks_after")
}

// optional says which of the columns are there that a line has to have something for.
type optional struct{ parts, beside, result bool }

func (v *view) optional() (o optional) {
	for i := range v.visits {
		at := &v.visits[i]
		o.parts = o.parts || len(at.parts) > 0
		o.beside = o.beside || at.gave != ""
		o.result = o.result || at.result != "" || at.verdict != ""
	}
	return o
}

func (v *view) record(zone *civil.Zone, has optional, at *visit) []string {
	kinds := [...]string{session: "session", companion: "companion", followUp: "follow-up", monitoring: "monitoring"}
	begins, ends := instants(zone, at)
	week, shift, lost := "", "", ""
	if at.lost {
		lost = "yes"
	}
	if at.kind == session {
		week = strconv.Itoa(at.week)
	}
	ordinal := strconv.Itoa(at.ordinal)
	if at.kind == monitoring {
		ordinal = "" // it belongs to no session
	}
	if at.date != 0 {
		shift = strconv.Itoa(civil.Days(at.target, at.date))
	}
	record := []string{
		at.id, kinds[at.kind], ordinal, class(at.state), lost, strconv.Itoa(at.revision), week,
		dateCell(at.date), at.start.String(), at.end.String(), v.cell(v.zone.String()), begins, ends,
		dateCell(at.target), dateCell(at.earliest), dateCell(at.latest), shift,
	}
	if v.Names {
		record = append(record, v.cell(at.name))
	}
	if v.Drug {
		record = append(record, v.cell(at.drug), v.cell(at.route))
	}
	if v.Doses {
		record = append(record, v.doseCells(at)...)
		if has.parts {
			record = append(record, v.partCells(at)...)
		}
		if has.beside {
			record = append(record, v.cell(at.gave))
		}
	}
	if has.result {
		record = append(record, v.cell(at.result), at.verdict)
	}
	for part := range parts {
		var tasks []string
		for _, t := range at.tasks {
			if t.part == part {
				tasks = append(tasks, t.when+": "+t.text)
			}
		}
		record = append(record, v.cell(strings.ReplaceAll(strings.Join(tasks, "; "), "\u00a0", " ")))
	}
	return record
}

// doseCells returns the planned dose, the others that are allowed, and the given one.
func (v *view) doseCells(at *visit) []string {
	planned, allowed := "", ""
	if len(at.doses) > 0 && at.ahead() {
		planned, allowed = at.doses[0], strings.Join(at.doses[1:], "; ")
	}
	return []string{v.cell(planned), v.cell(allowed), v.cell(at.given)}
}

// instants returns when a visit begins and ends.
func instants(zone *civil.Zone, at *visit) (begins, ends string) {
	if at.date == 0 || at.start.IsZero() {
		return "", ""
	}
	begin := instant(zone, at.date, at.start)
	if at.end.IsZero() {
		return begin.Format(time.RFC3339), ""
	}
	end := instant(zone, cmp.Or(at.endDate, at.date), at.end)
	return begin.Format(time.RFC3339), end.Format(time.RFC3339)
}

func instant(zone *civil.Zone, d date.Date, t clinic.TimeOfDay) time.Time {
	at, _ := zone.Instant(d, t.Minutes())
	return at
}

func dateCell(d date.Date) string {
	if d == 0 {
		return ""
	}
	return civil.Format(d)
}

// cell makes a text safe for spreadsheets, which take more than one character
// for the beginning of a formula and skip spaces before it.
func (v *view) cell(text string) string {
	if !v.Spreadsheet {
		if beginsFormula(text) {
			return "'" + text
		}
		return text
	}
	// A spreadsheet that is told, or guesses, another separator begins a cell after it.
	var b strings.Builder
	for {
		if beginsFormula(text) {
			b.WriteByte('\'')
		}
		i := strings.IndexAny(text, ",;|\"\t\n")
		b.WriteString(text[:i+1])
		if i < 0 {
			b.WriteString(text)
			return b.String()
		}
		text = text[i+1:]
	}
}

func beginsFormula(text string) bool {
	rest := strings.TrimSpace(text)
	return rest != "" && strings.ContainsRune("=+-@＝＋－＠", []rune(rest)[0])
}
