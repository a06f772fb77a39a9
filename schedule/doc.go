// Package schedule makes one patient's plan: a protocol, a start, a clinic's
// calendar and measured weights become dated, dosed sessions.
//
// # Model
//
// [Build] takes a [Request] and returns a [*Plan], which is immutable. Each
// [Session] has a target, the date that the protocol asks for; a window around
// it; the date it was given; and a dose with every step of its computation.
// [Plan.Explain] says why.
//
// # Placement
//
// Every date lies in its window, on a day when an opening interval of the clinic
// holds the visit, and at least the minimum gap after the session before; between
// two phases the larger of their gaps holds. Among all placements that keep
// these rules the one with the least sum of squared shifts from the targets is
// taken, and among equals the lexicographically latest list of dates: rather a
// day late than a day early. It is found exactly. If there is none, the answer
// is a [*BuildError] that names the first session without a possible day and the
// reason against each day of its window, never a date outside it.
//
// # Conventions
//
// These are conventions of this package, not clinical statements; a protocol can
// state its own windows, and a protocol or a request its own weekdays.
//
//   - In a week with n sessions the targets are on day 1 (n = 1), days 1 and 4
//     (2), 1, 3 and 5 (3), 1, 2, 4 and 5 (4), or one a day from day 1 on.
//   - The window of a session in a week with others is that week; that of the
//     only session of its week is three days either side of the target.
//   - Any other session has a tolerance set by the least distance between the
//     targets of its segment: under 7 days 1, under 28 days 3, else 7. A month
//     counts 30 days.
//   - No window begins before the plan's start, and the clinic must be open on
//     that day.
//   - A visit begins as early as the clinic's hours of the day allow.
//   - The treatment week of a session is that of its target.
//
// # Time
//
// A session is a civil date and a time on the clinic's clock. Durations are real
// time: a visit that spans a clock change ends so many minutes later, not so
// many on the clock. Nothing here reads a clock or the machine's zone; the
// request carries an as-of instant.
//
// # Text forms
//
// Dates are YYYY-MM-DD from 1900 to 2200, times HH:MM; both are read strictly,
// by [ParseDate] and [ParseTimeOfDay]. A plan in JSON is the same bytes every
// time.
package schedule
