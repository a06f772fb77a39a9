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
// they are asked for.
//
// A text that a spreadsheet could take for a formula has an apostrophe before
// it. The only cells that can begin with a minus sign are numbers of days.
//
// The error is that of w.
func (s *Sheet) WriteCSV(w io.Writer) error {
	v := s.view
	out := csv.NewWriter(w)
	out.UseCRLF = true
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
		head = append(head, "dose", "allowed")
	}
	if err := out.Write(head); err != nil {
		return err
	}
	zone := civil.NewZone(v.zone)
	for i := range v.visits {
		if err := out.Write(v.record(zone, &v.visits[i])); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

func (v *view) record(zone *civil.Zone, at *visit) []string {
	kinds := [...]string{session: "session", companion: "companion", followUp: "follow-up"}
	begins, ends := instants(zone, at)
	week, shift, lost := "", "", ""
	if at.lost {
		lost = "yes"
	}
	if at.kind == session {
		week = strconv.Itoa(at.week)
	}
	if at.date != 0 {
		shift = strconv.Itoa(civil.Days(at.target, at.date))
	}
	record := []string{
		at.id, kinds[at.kind], strconv.Itoa(at.ordinal), class(at.state), lost, strconv.Itoa(at.revision), week,
		dateCell(at.date), at.start.String(), at.end.String(), cell(v.zone.String()), begins, ends,
		dateCell(at.target), dateCell(at.earliest), dateCell(at.latest), shift,
	}
	if v.Names {
		record = append(record, cell(at.name))
	}
	if v.Drug {
		record = append(record, cell(at.drug), cell(at.route))
	}
	if v.Doses {
		planned, allowed := "", ""
		if len(at.doses) > 0 {
			planned, allowed = at.doses[0], strings.Join(at.doses[1:], "; ")
		}
		record = append(record, cell(planned), cell(allowed))
	}
	return record
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
func cell(text string) string {
	if rest := strings.TrimSpace(text); rest != "" && strings.ContainsRune("=+-@＝＋－＠", []rune(rest)[0]) {
		return "'" + text
	}
	return text
}
