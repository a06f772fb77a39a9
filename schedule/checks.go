package schedule

import (
	"fmt"
	"slices"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/internal/civil"
)

// The codes of the standard checks.
const (
	LeftOut           Code = "left-out"
	Postponed         Code = "postponed"
	Carried           Code = "carried"
	GapTooLong        Code = "gap-too-long"
	TooManySevenDays  Code = "too-many-in-seven-days"
	TimeSkipped       Code = "time-skipped"
	TimeTwice         Code = "time-twice"
	WeightDue         Code = "weight-due"
	WeightChanged     Code = "weight-changed"
	WeightImplausible Code = "weight-implausible"
	SoftLimit         Code = "soft-limit"
	CumulativeSoft    Code = "cumulative-limit"
	CompanionMissing  Code = "companion-missing"
	FollowUpMissing   Code = "follow-up-missing"
	// CheckFailed is the code of a check that panicked.
	CheckFailed Code = "check-failed"
)

// Checks returns the standard checks, in the order in which they run.
func Checks() []Check {
	checks := standardChecks()
	return checks[:]
}

func standardChecks() [14]Check {
	return [...]Check{
		{LeftOut, Warning, "A session was left out of a week without room.", checkLeftOut},
		{Postponed, Warning, "Sessions were postponed by whole weeks.", checkPostponed},
		{Carried, Warning, "A segment takes more weeks than its cadence plans.", checkCarried},
		{GapTooLong, Warning, "More days passed since the session before than the protocol allows.", checkGapTooLong},
		{TooManySevenDays, Warning, "Seven days in a row hold more sessions than any week of the cadence.", checkSevenDays},
		{TimeSkipped, Warning, "The clocks skip the time at which a visit starts or ends.", checkTimes(civil.Gap)},
		{TimeTwice, Warning, "The clocks show the time at which a visit starts or ends twice; the first counts.", checkTimes(civil.Fold)},
		{WeightDue, Info, "The weighing that a dose was computed from will be older than the protocol allows.", checkWeightDue},
		{WeightChanged, Warning, "The weight changed by more than the protocol allows since the dose before.", checkWeightChanged},
		{WeightImplausible, Warning, "A weight is outside the bounds within which it is usually found.", checkWeightImplausible},
		{SoftLimit, Warning, "A dose passes a soft limit of the protocol.", checkSoftLimit},
		{CumulativeSoft, Warning, "The doses of a period together pass a soft limit of the protocol.", checkCumulative},
		{CompanionMissing, Warning, "A visit that accompanies a session has no possible day.", checkVisits(false)},
		{FollowUpMissing, Warning, "A follow-up visit has no possible day.", checkVisits(true)},
	}
}

// report appends a finding about a session, -1 for the plan as a whole.
func report(found []Finding, index int, format string, args ...any) []Finding {
	return append(found, Finding{Session: index + 1, Text: fmt.Sprintf(format, args...)})
}

func checkLeftOut(p *Plan, found []Finding) []Finding {
	for i := range p.slots {
		if p.slots[i].left {
			found = report(found, i, "left out: its target %s has no room", dayText(civil.Date(p.slots[i].target)))
		}
	}
	return found
}

func checkPostponed(p *Plan, found []Finding) []Finding {
	before := uint8(0)
	for i := range p.slots {
		if moved := p.slots[i].moved; moved != before {
			found = report(found, i, "postponed by %s with every session after it", plural(int(moved), "week"))
			before = moved
		}
	}
	return found
}

func checkCarried(p *Plan, found []Finding) []Finding {
	for _, c := range p.carried {
		found = report(found, -1, "%s takes %s more than planned", p.segment(c.segment), plural(c.weeks, "week"))
	}
	return found
}

func checkGapTooLong(p *Plan, found []Finding) []Finding {
	last := -1
	for i := range p.slots {
		s := &p.slots[i]
		if s.left {
			continue
		}
		if most := p.phases[s.phase].MaxGap; last >= 0 && most > 0 && int(s.day-p.slots[last].day) > most {
			found = report(found, i, "%s after session %d, at most %d are within the protocol", plural(int(s.day-p.slots[last].day), "day"), last+1, most)
		}
		last = i
	}
	return found
}

// checkSevenDays compares every seven days in a row with the largest number of
// sessions that the cadence has in a week; an interval shorter than a week
// counts as often as it fits.
func checkSevenDays(p *Plan, found []Finding) []Finding {
	most := p.mostInWeek()
	from := 0
	for i := range p.slots {
		if p.slots[i].left {
			continue
		}
		n := 1
		for from < i && (p.slots[from].left || p.slots[i].day-p.slots[from].day >= 7) {
			from++
		}
		for j := from; j < i; j++ {
			if !p.slots[j].left {
				n++
			}
		}
		if n > most {
			found = report(found, i, "%d sessions within seven days, the cadence has at most %d in a week", n, most)
		}
	}
	return found
}

// mostInWeek returns the largest number of targets in seven days in a row.
func (p *Plan) mostInWeek() int {
	most, from := 1, 0
	for i := range p.slots {
		for p.slots[i].target-p.slots[from].target >= 7 {
			from++
		}
		most = max(most, i-from+1)
	}
	return most
}

func checkTimes(how civil.Resolution) func(*Plan, []Finding) []Finding {
	return func(p *Plan, found []Finding) []Finding {
		zone := civil.NewZone(p.zone)
		for i := range p.slots {
			s := &p.slots[i]
			if s.left {
				continue
			}
			if _, start := zone.Resolve(civil.Date(s.day), int(s.start)); start == how {
				found = report(found, i, "starts at %s on %s", clockText(s.start), dayText(civil.Date(s.day)))
			} else if _, end := zone.Resolve(civil.Date(s.day), int(s.end)); end == how {
				found = report(found, i, "ends at %s on %s", clockText(s.end), dayText(civil.Date(s.day)))
			}
		}
		return found
	}
}

func clockText(minute int16) string {
	t, _ := NewTimeOfDay(int(minute))
	return t.String()
}

func checkWeightDue(p *Plan, found []Finding) []Finding {
	for i := range p.slots {
		s := &p.slots[i]
		if s.dose < 0 || p.doses[s.dose].weighing < 0 {
			continue
		}
		w := p.weighings[p.doses[s.dose].weighing]
		if most := p.phases[s.phase].Weights.StaleAfter; most > 0 && civil.Days(w.Date, civil.Date(s.day)) > most {
			found = report(found, i, "the weighing of %s is %s old then, at most %d are within the protocol: weigh before",
				civil.Format(w.Date), plural(civil.Days(w.Date, civil.Date(s.day)), "day"), most)
		}
	}
	return found
}

func checkWeightChanged(p *Plan, found []Finding) []Finding {
	last := -1
	for i := range p.slots {
		s := &p.slots[i]
		if s.dose < 0 || p.doses[s.dose].weighing < 0 {
			continue
		}
		now := p.doses[s.dose].weighing
		if last >= 0 && now != last {
			before, after := p.weighings[last].Weight, p.weighings[now].Weight
			if most := p.phases[s.phase].Weights.Change; !most.IsZero() && !after.Within(most, before) {
				found = report(found, i, "%s measured on %s is more than %s away from the %s of the dose before",
					after, civil.Format(p.weighings[now].Date), most, before)
			}
		}
		last = now
	}
	return found
}

func checkWeightImplausible(p *Plan, found []Finding) []Finding {
	last := -1
	for i := range p.slots {
		s := &p.slots[i]
		if s.dose < 0 || p.doses[s.dose].weighing == last || p.doses[s.dose].weighing < 0 {
			continue
		}
		last = p.doses[s.dose].weighing
		body := p.body(last)
		for o := range p.plausible.Observe(body) {
			hint := ""
			if w, plausible := p.plausible.AsPounds(body); plausible {
				hint = "; if the number was in pounds it is " + w.String()
			}
			found = report(found, i, "%s%s", o, hint)
		}
	}
	return found
}

func checkSoftLimit(p *Plan, found []Finding) []Finding {
	for i := range p.slots {
		at := p.slots[i].dose
		if at < 0 {
			continue
		}
		d := &p.doses[at]
		before := len(found)
		for limit := range d.calculation.SoftLimits() {
			found = report(found, i, "passes the %s", limit)
		}
		// Preparing a dose can pass further limits, and may pass the same ones.
		for limit := range d.worksheet.SoftLimits() {
			text := "passes the " + limit.String()
			if !slices.ContainsFunc(found[before:], func(f Finding) bool { return f.Text == text }) {
				found = report(found, i, "%s", text)
			}
		}
	}
	return found
}

func checkCumulative(p *Plan, found []Finding) []Finding {
	for limit, sums := range p.sums() {
		for sum := range sums {
			if side, passed := limit.Limit.Judge(sum.total); passed && side == dose.SoftMax {
				found = report(found, sum.last, "the doses of the %s up to this session are %s, the soft limit is %s",
					limit.Per, sum.total, limit.Limit.SoftMax)
			}
		}
	}
	return found
}

func checkVisits(followUp bool) func(*Plan, []Finding) []Finding {
	return func(p *Plan, found []Finding) []Finding {
		for _, v := range p.visits {
			if !v.Placed() && v.followUp == followUp {
				found = report(found, v.Session-1, "%s has no possible day from %s to %s", v.Name, dayText(v.Earliest), dayText(v.Latest))
			}
		}
		return found
	}
}
