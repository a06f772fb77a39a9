// Package protocol describes what is prescribed, for anybody: how often, how
// much, for how long. It knows no patient and no calendar.
//
// # Model
//
// A [Spec] is a plain description, written as a file, as a Go literal or copied
// from the catalogue: phases, each with its [Cadence], its dose rule, its minimum gap and
// the length of its visit. [Spec.Compile] checks all of it, reports every
// problem at once and returns an immutable [*Protocol] with a digest.
//
// A value that a source does not give, or gives as a range, is a [Parameter].
// Compile refuses while one is unset: a missing clinical choice is an error,
// never a default.
//
// # One time, and levels
//
// A dose is given over one time: that of its amount, else that of the
// preparation, else the administration of the visit. Where two of them are
// stated they agree, and the visit and the rests between devices leave enough;
// [Phase.OrderOf] has all that decides it. A dose that goes on after departure
// says so ([Phase.RunsOn]) and has a companion, the visit that ends it, which
// begins on the day on which the dose is over: a visit is never longer than 24
// hours.
//
// A phase may name several doses: its own, those of conditional steps, and the
// choices of either and of planned steps. These are its levels ([Phase.Levels]).
// A phase with more than one says which is allowed next ([Climb]) and what the
// planned dose follows ([Follows]); neither has a default.
//
// # Doses in parts
//
// A dose may be given in parts, one after the other ([Phase.Parts], "parts" in files): a
// bolus and an infusion, steps of rate, a second injection on a condition. Each
// [dose.Part] has its own amount, time, start, limits and preparation; the whole is
// their sum, with limits of its own. [Phase.Sequence] has all that decides it. The visit
// has time for all parts, those on a condition too; with RunsOn the last goes on after
// departure.
//
// # Medicines beside the drug
//
// A phase, and a protocol for all its phases that give a drug, may have medicines beside
// the drug ([Medicine], "beside" in files): a premedication, a second drug of the same
// rank, what is given as needed. Each has its own name, route, dose with limits,
// preparation, time and limits on sums. It changes no date. What takes time is given
// inside the visit; a tablet may be taken before arrival or after departure. One with a
// condition is never planned and never missing.
//
// A session gives nothing twice under one name: neither two medicines nor a medicine
// and the drug. Another giving of the drug itself is part of its dose.
//
//	"beside": [
//	  {
//	    "name": "ondansetron",
//	    "route": "oral",
//	    "dose": "8 mg",
//	    "from": "administration start",
//	    "at": "-30 min"
//	  },
//	  {
//	    "name": "carboplatin",
//	    "route": "intravenous",
//	    "dose": "450 mg, hard max 900 mg",
//	    "administration": "1 h",
//	    "from": "administration end",
//	    "sessions": [1, 3, 5],
//	    "cumulative": [{"per": "plan", "limit": "hard max 2700 mg"}]
//	  },
//	  {
//	    "name": "metoclopramide",
//	    "route": "oral",
//	    "dose": "10 mg",
//	    "condition": "nausea"
//	  }
//	]
//
// # Cadence notation
//
// A cadence says how often sessions take place:
//
//	Cadence  = Segment { "then" Segment } [ "then" "as needed" ] | "as needed" .
//	Segment  = Weekly | Every | Cycle | Weeks .
//	Weekly   = Count { "-" Count } | Count "/wk" [ "x" Times ] .
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
//	2/wk                     two a week, without end: the last segment
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
// # Files
//
// [Parse] reads a protocol file and [Format] writes it. A file is JSON; its keys
// are the names of the fields of [Spec] and of the types in it, with a small
// first letter, and in the same order. What is empty is left out.
//
//	{
//	  "format": "regimen/1",
//	  "phases": [
//	    {
//	      "name": "taper",
//	      "cadence": "3-2-1-1-1",
//	      "visit": {
//	        "administration": "40 min",
//	        "observation": "2 h",
//	        "tasks": [
//	          {
//	            "text": "no food",
//	            "for": "patient",
//	            "from": "administration start",
//	            "at": "-2 h",
//	            "until": "0 min"
//	          }
//	        ]
//	      },
//	      "dose": "0.5 mg/kg of ? weight, round 0.1 mg half up, hard max 80 mg",
//	      "minGap": "2 days",
//	      "weekdays": ["Mon,Wed,Fri", "Mon,Thu"]
//	    },
//	    {
//	      "name": "maintenance"
//	    }
//	  ],
//	  "parameters": [
//	    {
//	      "name": "basis",
//	      "fills": ["basis"],
//	      "value": "actual"
//	    },
//	    {
//	      "name": "maintenance",
//	      "fills": ["cadence of maintenance"],
//	      "choices": ["every 4w", "every 1mo"]
//	    }
//	  ]
//	}
//
// Everything with a unit is text: times ("40 min", "2 h"), days ("2 days"),
// doses and their limits as the package dose writes them, cadences and weekdays
// as this one does. Plain numbers only count: the session that a gate comes
// after, the days of follow-up visits.
//
// A place that a parameter fills is left out. Where a dose rule is known but for
// its amount or for whose weight it counts, a question mark stands for that: "?,
// hard max 80 mg", "0.5 mg/kg of ? weight". A parameter fills "minGap", in every
// phase, or "minGap of taper", in one; of a part of a dose and of a medicine beside the drug
// the amount, basis, cap, rounding or maximum: "part bolus amount of taper", "medicine
// ondansetron amount of taper", or "medicine ondansetron amount" for the whole protocol and
// for every phase that has one of that name.
//
// What a parameter may be is stated by "low" and "high", both included, by
// "choices", and by "multipleOf": a value has to keep to all that are stated,
// and so has each choice. Cadences are compared where they differ in nothing but
// how long they go on: with a low of "1/wk x3" and a high of "1/wk x6" once a
// week is all there is, three to six times.
//
// The product of a preparation is the name of one that ships with the package
// dose, or an object. Whether a contraindication is hard, and the days of
// windows and companions, are always written: nothing is said by leaving them
// out.
//
// What is looked at beside the sessions on a cadence of its own, such as blood counts,
// is "monitoring":
//
//	"monitoring": [
//	  {
//	    "name": "blood count",
//	    "cadence": "1/wk x18 then every 2w x17 then every 4w",
//	    "while": "treated",
//	    "visit": {"kind": "assessment", "administration": "10 min"},
//	    "before": [{"within": "7 days"}]
//	  }
//	]
//
// It is counted from day 1 of the treatment or, with "from", from the target of the
// first session of a phase, and it never moves a session. Without "elsewhere" it takes place at the clinic. A cadence without end
// ends "while treated" or at the horizon of a protocol that has none either. By
// "before" sessions need its result, at most so old.
//
// What follows after missed doses, by the days since the last one given, is a table of
// the phase, "missedDoses":
//
//	"missedDoses": [
//	  {"from": "36 days", "to": "42 days", "then": "give now", "source": "label"},
//	  {"from": "43 days", "to": "180 days", "then": "give level", "dose": "50 mg", "date": "at once", "source": "label"},
//	  {"from": "181 days", "then": "restart phase", "phase": "initiation", "date": "at once", "source": "label"}
//	]
//
// Both days are included. Rows leave no day out after the first and do not overlap; the
// last may have no end; rows of the same days are alternatives, each with its condition.
// What follows is to "give as planned", to "give now", to "give level" with a dose that
// the phase names, to "restart titration" from the phase's own dose, to "restart phase",
// or to "ask the prescriber". Levels and restarts state a date: "as planned", "at once",
// or so many days after the last dose. What a protocol says of missed sessions whatever
// the days is "missed".
//
// A complete file is testdata/example.json; for editors there is schema.json.
//
// # Errors
//
// [ParseCadence] returns an [*Error] with the byte offset of what is wrong;
// [Spec.Compile] returns an [ErrorList] with every problem, each with the path of
// its field; [Parse] one with the positions in the file, and [Locate] gives
// positions to what Compile finds. All say what was found and what was wanted.
// Codes tell kinds of problems apart; the sentinels, with [errors.Is], what a caller may do about
// them.
//
// # Text forms
//
// Every cadence has one canonical text; ParseCadence(c.String()) equals c. The
// same holds of weekdays ("Mon,Wed,Fri") and of the lengths of visits ("40 min",
// "2 h").
package protocol
