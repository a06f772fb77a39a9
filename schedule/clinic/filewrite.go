package clinic

import (
	"slices"
	"strconv"
	"time"

	"github.com/rickb777/date/v2"

	"github.com/regimen-go/regimen/internal/civil"
	"github.com/regimen-go/regimen/internal/document"
)

// Format writes a clinic file in its canonical form: the bytes that
// [Parse] reads as the same clinic. Stretches and dates come in order,
// yearly rules as they are, since of two for one day the first gives the reason.
// What [New] would refuse gives a file that Parse refuses, unless it
// is the machine's own zone: where that has a name, the file has it too.
func Format(spec Spec) []byte {
	var w document.Writer
	w.Object(func() {
		w.Field("format").Text(FileFormat)
		zone := ""
		if spec.Zone != nil {
			zone = spec.Zone.String()
		}
		w.Field("zone").Text(zone)
		writeWeekly(&w, spec.Weekly)
		writeList(&w, "seasons", spec.Seasons, func(s Season) date.Date { return s.From }, func(s Season) {
			w.Field("from").Text(civil.Format(s.From))
			w.Field("to").Text(civil.Format(s.To))
			writeWeekly(&w, s.Weekly)
		})
		writeSpecial(&w, "half", spec.Half)
		writeList(&w, "closed", spec.Closed, func(c Closure) date.Date { return c.Date }, func(c Closure) {
			if c.To == 0 || c.To == c.Date {
				w.Field("date").Text(civil.Format(c.Date))
			} else {
				w.Field("from").Text(civil.Format(c.Date))
				w.Field("to").Text(civil.Format(c.To))
			}
			writeReason(&w, c.Reason)
		})
		writeList(&w, "yearly", spec.Yearly, func(YearlyClosure) date.Date { return 0 }, func(y YearlyClosure) {
			w.Field("month").Int(int(y.Month))
			if y.Day != 0 {
				w.Field("day").Int(y.Day)
			}
			if y.Nth != 0 {
				w.Field("weekday").Text(dayKey(y.Weekday))
				w.Field("nth").Int(y.Nth)
			}
			writeReason(&w, y.Reason)
		})
		writeSpecial(&w, "extra", spec.Extra)
	})
	return w.Bytes()
}

// writeList writes a list of objects in the order of their dates, nothing where
// it is empty.
func writeList[T any](w *document.Writer, key string, items []T, on func(T) date.Date, fields func(T)) {
	if len(items) == 0 {
		return
	}
	sorted := slices.Clone(items)
	slices.SortStableFunc(sorted, func(a, b T) int { return int(on(a) - on(b)) })
	w.Field(key).List(func() {
		for _, item := range sorted {
			w.Object(func() { fields(item) })
		}
	})
}

func writeWeekly(w *document.Writer, weekly map[time.Weekday][]Hours) {
	w.Field("weekly").Object(func() {
		for d := range mondayFirst {
			if len(weekly[d]) > 0 {
				writeHours(w, dayKey(d), weekly[d])
			}
		}
		for d := range weekly {
			if d < time.Sunday || d > time.Saturday {
				writeHours(w, strconv.Itoa(int(d)), weekly[d]) // which is no weekday
			}
		}
	})
}

func writeSpecial(w *document.Writer, key string, days []SpecialDay) {
	writeList(w, key, days, func(d SpecialDay) date.Date { return d.Date }, func(d SpecialDay) {
		w.Field("date").Text(civil.Format(d.Date))
		writeHours(w, "hours", d.Hours)
	})
}

func writeHours(w *document.Writer, key string, hours []Hours) {
	texts := make([]string, len(hours))
	for i, h := range hours {
		texts[i] = h.String()
	}
	w.Field(key).Texts(texts)
}

func writeReason(w *document.Writer, reason string) {
	if reason != "" {
		w.Field("reason").Text(reason)
	}
}
