// Package ical writes a plan as an iCalendar file, RFC 5545: what a patient adds
// to the calendar of a phone, or subscribes to.
//
// # Events
//
// Every session, companion and follow-up with a date is one event. Its UID is its
// id: derived from the plan's random key, it says nothing of the patient, the
// clinic or the host, and it stays whatever happens to the session. Its SEQUENCE
// is the revision of the session or visit: it rises when the times or the status
// change, and never falls. So a later export changes the events that are in
// a calendar already instead of adding others. DTSTAMP and LAST-MODIFIED are
// [schedule.Plan.LastModified], which every event of the plan moves, or Options.Changed
// where that is later. The same plan with the same [Options] gives the same bytes, as
// long as the rules of its zone stay what they are. The
// event of a task, with Options.Tasks, has the UID of its session, "-task-" and the
// position of the task in the protocol; its SEQUENCE rises with that of the session
// and with every protocol that it comes under. The number in a title is
// that of the session in its treatment as it is: a session that is added changes those
// after it, and after a switch it begins again.
//
//	state of the session  STATUS     title
//	planned, given        CONFIRMED  Clinic visit (3 of 8)
//	provisional           TENTATIVE  Clinic visit (3 of 8)
//	lost                  TENTATIVE  Not confirmed: Clinic visit (3 of 8)
//	cancelled             CANCELLED  Cancelled: Clinic visit (3 of 8)
//	missed                CANCELLED  Missed: Clinic visit (3 of 8)
//	held                  CANCELLED  On hold: Clinic visit (3 of 8)
//
// A session that does not take place stays in the file, since leaving it out
// deletes nothing from most calendars, and its title says so, since some do not
// show a status. One that was held is confirmed again, with a higher SEQUENCE, once
// it is planned again. A companion or follow-up is planned, provisional or
// cancelled.
//
// Lost is no state: the day or the time of a visit that is planned, or provisional, no
// longer holds. The visit stays where it is in the calendar until somebody decides, says
// in its description that it may not take place, and has no alarm; so do its tasks. A
// visit that becomes lost, or is no longer, has a higher SEQUENCE.
//
// A session without a time on the clock is an event of that whole day, TENTATIVE
// while it is planned. It has no alarms. What had a date in an earlier state of the
// plan and has none any more, because no day is left for it, is CANCELLED on the day
// that is asked for; so is a task, on the day of its session, that has no time any
// more or is not in the protocol any more. What never had a date has no event.
//
// # Discretion
//
// A calendar is seen by families, colleagues and whoever holds the phone. By
// default nothing in the file tells what the visits are for: no drug, dose,
// phase, name or diagnosis. Options adds what the patient wants to see. No event
// has a CLASS unless Options.Class asks for one: a subscriber to a private event may see
// no title, or nothing.
//
// # Time zones
//
// Times are those of the clinic's clock, with the IANA name of its zone and the
// zone's rules: one for standard and at most one for daylight saving time, which
// is what all calendars read. Before it is written, the rule is compared with
// every clock change of the zone in the years of the plan and six more. Where it
// differs, as in Africa/Casablanca, and for a zone without an IANA name, the times
// are written in UTC: the instants are right, and the calendar shows them in the
// patient's own zone; Options.Observances writes them with every clock change instead. In
// UTC is also an event that begins or ends in an hour
// that the clock shows twice. A time that clocks skip is never written; the event
// is at the instant that the session has.
//
// # Texts
//
// All texts are escaped and folded. Line breaks of every kind become the escaped
// line break, other control characters are dropped, and what is not UTF-8 becomes
// U+FFFD. No text can add a line, a parameter or a property. Addresses and
// durations that are not well formed are refused with an [*OptionError].
//
// # Readers
//
// What python3-icalendar, python3-vobject, libical and ical.js read in calendars
// of fourteen zones is compared with the plan, every instant and every text. What
// the calendars of Google, Apple and Microsoft do with a file has not been tried:
// what is known of them, from others, is why a file says things the way it does, and is
// on the page docs/CALENDARS.md with its sources.
//
// # What a calendar cannot promise
//
// A subscribed calendar is read again when the subscriber's software likes, often
// once a day, and some drop alarms. A change that matters, and what to do before a
// visit, must reach the patient in another way too; with Options.Tasks it is
// at least in the calendar as events.
package ical
