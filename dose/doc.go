// Package dose says what to give: how much, computed how, out of what, at which
// rate, within which limits. It knows no dates, no patients and no protocols,
// and it decides nothing clinical: every choice is data, and a missing one is an
// error, never a default.
//
// # Model
//
// A [Rule] says what dose to give; [Rule.Calculate] computes it for a [Body] and
// returns a [Calculation], the dose together with every step that led to it. A
// [Preparation] says how a dose is drawn up, diluted and given.
//
// An [Order] is a rule with its preparation and the time there is for it:
// everything that decides how one dose is given. It is judged in this one place.
// [Order.Check] says what does not fit together; [Order.For] returns a [Delivery],
// the dose as it is really given, with its [Worksheet]; [Order.Choice] does so for
// a choice of the rule; [Order.Judge] judges a dose that was given.
//
// The dose always comes about in the same way:
//
//	amount (a rate x a weight, a fixed dose, ...)  = raw dose
//	floor and cap                                    change it, and say so
//	rounding to a step                               once, with a stated mode
//	limits                                           judge it: soft is recorded, hard is an error
//
// Limits per kilogram judge the dose before rounding and limits in mg after it,
// and both again the dose that is really delivered; every other limit judges what
// is delivered, over the real time.
//
// # Parts
//
// A dose may be given in parts, one after the other: a [Sequence] of [Part], each with an
// amount, a time, limits and a preparation of its own. [Sequence.For] returns the whole,
// which is the sum of the parts that are planned, and a [PartDelivery] for each. A part
// on a condition is not planned: the whole is without it.
//
// # One time
//
// The time over which a dose is given is one number: the amount's ("22 mg/h for 96
// h"), else the preparation's, else the administration of the visit. A pump that
// rounds the flow changes it: the real time is the volume / the rounded flow, an
// exact fraction, by which rates and durations are judged and shown.
//
// # Quantities
//
// Each quantity is a type of its own, and none converts into another, so mixing
// up mg and mg/kg, or mL and mg, does not compile:
//
//	type             canonical text      range                zero value
//	[Mass]           "36.3 mg"           0 to 999999999       0 mg
//	[Volume]         "0.36 mL"           0 to 1000000         0 mL
//	[Weight]         "72.5 kg"           over 0 to 1000       unknown, ""
//	[Height]         "180 cm"            over 0 to 300        unknown, ""
//	[Surface]        "1.818119 m2"       over 0 to 100        unknown, ""
//	[BMI]            "37.037037 kg/m2"   over 0 to 100000     unknown, ""
//	[PerKilogram]    "0.5 mg/kg"         over 0 to 1000000    none, ""
//	[PerSurface]     "1250 mg/m2"        over 0 to 1000000    none, ""
//	[Concentration]  "50 mg/mL"          over 0 to 10000      none, ""
//	[Rate]           "54 mg/h"           over 0 to 100000000  none, ""
//	[RatePerKilogram] "0.75 mg/kg/h"     over 0 to 1000000    none, ""
//	[Flow]           "75 mL/h"           over 0 to 1000000    none, ""
//	[Duration]       "40 min"            over 0 to 100 days   none, ""
//	[Percent]        "5 %"               over 0 to 100        none, ""
//	[IdealShare]     "120 % of ideal"    100 to 1000          none, ""
//
// Each is a [Quantity]: it has its exact [Number] and its unit for programs that
// write them elsewhere, and never a binary fraction. The way in is always text.
//
// What types cannot tell apart is base from salt, ketamine from esketamine, and
// one route from another. That is data; nothing here converts any of it.
//
// # Exactness
//
// Every value is an exact decimal of at most 19 digits. An operation gives the
// exact result or an error; nothing is rounded unless a step and a mode say so.
// A rate times a time may have no finite decimal: it is kept as a fraction until
// it is rounded. What a division gives only for people to see (a concentration,
// a rate) is text, so that nobody computes with it.
//
// Weights, surface and body mass index derived from a [Body] are taken to 6
// decimals half up, each as a step that is shown and computed with.
//
// Limits compare products of such values at any length, and round nothing.
//
// Values are canonical: equal values are equal by ==, and can be map keys. An
// [Amount] also remembers the unit in which it was written, which its text and
// its steps keep beside the canonical one: "5 mcg/kg/min (0.3 mg/kg/h)". A [Level] is
// an amount without that memory.
//
// # Text
//
// Each type has one canonical text, which parses back to the same value. The
// texts follow the rules of safe dose expression of the Institute for Safe
// Medication Practices: a digit before the point, no trailing zero, one space,
// mcg and mL, and a value that is not zero never shows as 0. [Display] adds
// thousands separators and the like, for display only.
//
// Parsing is strict: no sign, exponent, comma, leading zero, bare point, micro
// sign or missing unit. A text that no parser could take is refused before it is
// looked at, and errors quote at most 64 bytes of it.
//
// A [Calculation], a [Delivery] and a [Worksheet] marshal to text and are never read back: a
// number that no rule computed must not exist.
//
// # Errors
//
// Functions that read text fail with a [*ParseError], which says where and what
// was wanted. Orders, rules and preparations report every problem at once, as
// [RuleErrors]. A computation fails with a [*MissingError], [*RangeError],
// [*RoundingError], [*DrawError], [*PumpError] or [*LimitError]; none of them ever has the
// dose, and all come with a zero result. Each wraps a sentinel, such as
// [ErrNoWeight], for [errors.Is].
//
// Nothing here panics but the Must functions, which are for tests and constants.
package dose
