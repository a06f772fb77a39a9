package protocol

import (
	"strconv"
	"strings"
	"time"
)

// maxVisit is the longest administration or observation: one day.
const maxVisit = 24 * time.Hour

// ParseDuration reads the length of an administration or an observation in
// whole minutes or hours, such as "40 min" or "2 h". It returns an [*Error] if s
// is anything else or longer than 24 hours.
func ParseDuration(s string) (time.Duration, error) {
	number, unit, found := strings.Cut(s, " ")
	n, err := strconv.ParseUint(number, 10, 16)
	d := time.Duration(n) * time.Minute
	if unit == "h" {
		d = time.Duration(n) * time.Hour
	}
	if !found || err != nil || strconv.FormatUint(n, 10) != number || unit != "min" && unit != "h" || d > maxVisit {
		return 0, &Error{
			Place: "duration", Offset: -1, Value: kept(s),
			Want: "want whole minutes or hours up to 24 h, such as 40 min or 2 h", Code: CodeValue, Err: ErrNotation,
		}
	}
	return d, nil
}

// FormatDuration returns d as [ParseDuration] reads it: hours where they are
// whole, else minutes. Seconds are dropped.
func FormatDuration(d time.Duration) string {
	if d >= time.Hour && d%time.Hour == 0 {
		return strconv.FormatInt(int64(d/time.Hour), 10) + " h"
	}
	return strconv.FormatInt(int64(d/time.Minute), 10) + " min"
}
