// Package civil is the only place where a [date.Date] meets text, calendar
// months and instants.
//
// The date type it serves is an integer count of days whose own parsers repair
// impossible dates, whose month arithmetic overflows into the next month and
// whose conversions to an instant go wrong on days when clocks change. Nothing
// else in this module uses those; it comes here instead.
package civil
