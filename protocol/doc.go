// Package protocol describes what is prescribed, for anybody: how often, how
// much, for how long. It knows no patient and no calendar.
//
// # Model
//
// A [Spec] is a plain description, written as a Go literal or copied from the
// catalogue: phases, each with its [Cadence], its dose rule, its minimum gap and
// the length of its visit. [Spec.Compile] checks all of it, reports every
// problem at once and returns an immutable [*Protocol] with a digest.
//
// A value that a source does not give, or gives as a range, is a [Parameter].
// Compile refuses while one is unset: a missing clinical choice is an error,
// never a default.
//
// # Cadence notation
//
// A cadence says how often sessions take place:
//
//	Cadence  = Segment { "then" Segment } [ "then" "as needed" ] | "as needed" .
//	Segment  = Weekly | Every | Cycle | Weeks .
//	Weekly   = Count { "-" Count } | Count "/wk" "x" Times .
//	Every    = "every" Interval [ "(" Interval ".." Interval ")" ] [ "x" Times ] [ "from" "week" Number ] .
//	Cycle    = "days" Number { "," Number } "of" Number "x" Times .
//	Weeks    = "weeks" Offset { "," Offset } .
//	Interval = Number ( "d" | "w" | "mo" ) .
//
// Numbers are decimal without leading zeros: Count 0-7, Number 1-3650, Times
// 1-1000, Offset 0-520. Everything is lower case. One or more spaces stand where
// the examples have one; after a comma and before a bracket none is needed. At
// most 4 KiB of text, also of canonical text, 64 segments, 1,000 weeks in a
// weekly segment.
//
//	3-2-1-1-1                three sessions in the first week, two in the second, then one
//	3-0-2                    an inner zero is a week of rest
//	2/wk x4                  two a week for four weeks
//	every 4w                 one session per interval, without end: the last segment
//	every 2w x13 from week 9 the first session is on day 1 of treatment week 9
//	every 4w (1w..8w)        planned every 4 weeks; 1 to 8 is within the protocol
//	days 1, 8 of 21 x6       days of a cycle, six cycles
//	weeks 0, 2, 6            weeks after the segment's origin
//	as needed                nothing is planned; extra sessions are within the protocol
//
// Where a segment begins: its origin is the plan's start if it is the first;
// after a weekly segment the day after its last week; after a cycle segment the
// day after its last cycle; after weeks seven days after its last target; after
// every the day its next session would have had. Weekly, cycle and weeks
// segments count from their origin. An every segment has its first session at
// "from week" if that is given; else at its origin if it is the first or
// follows a cycle segment; else one interval after the target before it. Months
// are calendar months counted from one fixed day per segment and end at the
// month's last day where it is shorter.
//
// Everyday words ("bi-weekly", "monthly", "every 4 weeks") are refused with what
// they may mean, to be chosen from.
//
// # Errors
//
// [ParseCadence] returns an [*Error] with the byte offset of what is wrong;
// [Spec.Compile] returns an [ErrorList] with every problem, each with the path of
// its field. Both say what was found and what was wanted. Codes tell kinds of
// problems apart; the sentinels, with [errors.Is], what a caller may do about
// them.
//
// # Text forms
//
// Every cadence has one canonical text; ParseCadence(c.String()) equals c. The
// same holds of weekdays ("Mon,Wed,Fri") and of the lengths of visits ("40 min",
// "2 h").
package protocol
