package ics

import (
	"math/bits"
	"strconv"
	"unsafe"
)

// floor writes lines and folds them while it does.
type floor struct {
	b    []byte
	line int // where the line begins
}

// clean returns how much of s[:n] needs no escape, eight bytes at a time.
func clean(s string, n int) int {
	const l, h = 0x0101010101010101, 0x8080808080808080
	i := 0
	for ; i+8 <= n; i += 8 {
		x := *(*uint64)(unsafe.Add(unsafe.Pointer(unsafe.StringData(s)), i))
		c, e, k := x^(l*','), x^(l*';'), x^(l*'\\')
		m := ((x-l*0x20)&^x | (c-l)&^c | (e-l)&^e | (k-l)&^k) & h
		if m != 0 {
			return i + bits.TrailingZeros64(m)>>3
		}
	}
	for ; i < n; i++ {
		if c := s[i]; c < 0x20 || c == ',' || c == ';' || c == '\\' {
			break
		}
	}
	return i
}

// text appends a text that is UTF-8 and has no control characters but LF.
func (w *floor) text(s string) {
	for len(s) > 0 {
		room := 75 - (len(w.b) - w.line)
		n := min(len(s), room)
		i := clean(s, n)
		if i == n {
			if i == len(s) {
				w.b = append(w.b, s...)
				return
			}
			for i > 0 && s[i]&0xC0 == 0x80 {
				i--
			}
			w.b = append(w.b, s[:i]...)
			w.fold()
			s = s[i:]
			continue
		}
		w.b = append(w.b, s[:i]...)
		if room-i < 2 {
			w.fold()
		}
		c := s[i]
		if c == '\n' {
			c = 'n'
		}
		w.b = append(w.b, '\\', c)
		s = s[i+1:]
	}
}

func (w *floor) fold() {
	w.b = append(w.b, '\r', '\n', ' ')
	w.line = len(w.b) - 1
}

func (w *floor) end() {
	w.b = append(w.b, '\r', '\n')
	w.line = len(w.b)
}

func (w *floor) lit(s string) {
	w.b = append(w.b, s...)
	w.line = len(w.b)
}

func (w *floor) property(name, s string) {
	w.b = append(append(w.b, name...), ':')
	w.text(s)
	w.end()
}

const timeZone = "BEGIN:VTIMEZONE\r\nTZID:Europe/London\r\n" +
	"BEGIN:DAYLIGHT\r\nDTSTART:19700329T010000\r\nTZOFFSETFROM:+0000\r\nTZOFFSETTO:+0100\r\nRRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\r\nTZNAME:BST\r\nEND:DAYLIGHT\r\n" +
	"BEGIN:STANDARD\r\nDTSTART:19701025T020000\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0000\r\nRRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\r\nTZNAME:GMT\r\nEND:STANDARD\r\n" +
	"END:VTIMEZONE\r\n"

func two(b []byte, n int) []byte { return append(b, byte('0'+n/10), byte('0'+n%10)) }

func (w *floor) time(e *Event, end bool) {
	t := &e.Start
	if end {
		t = &e.End
	}
	year, month, day := t.Date()
	hour, minute, second := t.Clock()
	b := two(two(w.b, year/100), year%100)
	b = append(two(two(b, int(month)), day), 'T')
	w.b = two(two(two(b, hour), minute), second)
	w.end()
}

// Floor appends the calendar of the events.
func Floor(b []byte, events []Event) []byte {
	w := floor{b: b, line: len(b)}
	w.lit("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:" + product + "\r\n")
	w.property("NAME", name)
	w.property("X-WR-CALNAME", name)
	w.lit(timeZone)
	for i := range events {
		e := &events[i]
		w.lit("BEGIN:VEVENT\r\n")
		w.property("UID", e.UID)
		for _, name := range []string{"DTSTAMP:", "LAST-MODIFIED:"} {
			w.b = e.Stamp.AppendFormat(append(w.b, name...), "20060102T150405Z")
			w.end()
		}
		w.b = strconv.AppendInt(append(w.b, "SEQUENCE:"...), int64(e.Sequence), 10)
		w.end()
		w.b = append(w.b, "DTSTART;TZID=Europe/London:"...)
		w.time(e, false)
		w.b = append(w.b, "DTEND;TZID=Europe/London:"...)
		w.time(e, true)
		w.property("SUMMARY", e.Summary)
		w.property("DESCRIPTION", e.Description)
		w.property("LOCATION", e.Location)
		w.property("STATUS", e.Status)
		w.property("CLASS", e.Class)
		w.property("TRANSP", e.Transparency)
		for _, c := range e.Categories {
			w.property("CATEGORIES", c)
		}
		w.lit("BEGIN:VALARM\r\nACTION:DISPLAY\r\n")
		w.property("TRIGGER", e.Trigger)
		w.property("DESCRIPTION", e.Summary)
		w.lit("END:VALARM\r\nEND:VEVENT\r\n")
	}
	w.lit("END:VCALENDAR\r\n")
	return w.b
}
