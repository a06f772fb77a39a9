#!/usr/bin/env python3
"""Writes the worked calendars beside the regimens, by arithmetic of its own.

Nothing of the library is used: days are added to dates, doses are whole numbers and
fractions. What is not in a source and stands here is the convention of the library that
the calendars assume: n sessions a week fall on days 0; 0 3; 0 2 4; 0 1 3 4; 0 to 4 of the
week, and half a step is rounded up. Run it in this folder after a change of it.
"""

import datetime
import math
from fractions import Fraction

IDEAL = {1: [0], 2: [0, 3], 3: [0, 2, 4], 5: [0, 1, 2, 3, 4]}


def weekly(counts, origin=0):
    """Days of weeks with so many sessions each."""
    return [origin + 7 * w + d for w, n in enumerate(counts) for d in IDEAL.get(n, [])]


def weeks(*offsets):
    return [7 * n for n in offsets]


def cycles(days, length, times, origin=0):
    return [origin + length * k + day - 1 for k in range(times) for day in days]


def months(start, day, every, times):
    """Days counted from start of times dates, each so many calendar months after a day."""
    first = start + datetime.timedelta(day)
    found = []
    for k in range(1, times + 1):
        n = first.year * 12 + first.month - 1 + every * k
        year, month = divmod(n, 12)
        last = (datetime.date(year + month // 11, month % 11 + 1 if month == 11 else month + 2, 1) - datetime.timedelta(1)).day
        found.append((datetime.date(year, month + 1, min(first.day, last)) - start).days)
    return found


def half_up(x, step):
    """x as the nearest multiple of a step."""
    return math.floor(Fraction(x) / Fraction(step) + Fraction(1, 2)) * Fraction(step)


def down(x, step):
    return math.floor(Fraction(x) / Fraction(step)) * Fraction(step)


def surface(cm, kg):
    """Mosteller: the root of cm times kg through 3600, to 6 decimals, from whole numbers."""
    millionths = math.isqrt(cm * kg * 10**14 // 3600)  # of the seventh decimal
    return Fraction((millionths + 5) // 10, 10**6)


def text(mg):
    whole, rest = divmod(Fraction(mg), 1)
    digits = str(rest.numerator * 10**6 // rest.denominator).zfill(6).rstrip("0")
    return str(whole) + ("." + digits if digits else "") + " mg"


def write(name, why, start, days, doses, top=(), parts=(), beside=(), monitoring=()):
    """Writes a calendar: doses is one for all sessions, or one for each.

    parts are pairs of a name and mg, which come to each dose; beside are a name, mg and the
    numbers of the sessions, from 1; monitoring are a name and its days.
    """
    doses = doses if isinstance(doses, list) else [doses] * len(days)
    assert len(doses) == len(days), name
    first = datetime.date.fromisoformat(start)
    dated = []
    for number, (day, mg) in enumerate(zip(days, doses), 1):
        given = "" if mg is None else " " + text(mg)
        if parts:
            assert sum(part for _, part in parts) == mg, name
            given += " (" + ", ".join(part + " " + text(of) for part, of in parts) + ")"
        given += "".join(f", {medicine} {text(of)}" for medicine, of, at in beside if number in at)
        dated.append((day, given))
    dated += [(day, " " + visit) for visit, at in monitoring for day in at]
    dated.sort(key=lambda line: line[0])  # sessions stay before the visits of their day
    lines = ["# " + line for line in why] + ["start " + start, *top, ""]
    lines += [f"{first + datetime.timedelta(day)} {day + 1}{what}" for day, what in dated]
    with open(name + ".calendar", "w", encoding="utf-8") as f:
        f.write("\n".join(lines) + "\n")


KG = 72
half = half_up(Fraction(1, 2) * KG, 1)
of72 = ("weight 72 kg",)
of175 = ("weight 72 kg", "height 175 cm")
m2 = surface(175, 72)
assert m2 == Fraction(1870829, 10**6)  # the root of 3.5

write("ketamine-iv-6-mwf", ["Monday, Wednesday and Friday in 12 days; 0.5 mg/kg of 72 kg is 36 mg."],
      "2025-03-03", [0, 2, 4, 7, 9, 11], half, of72)
write("ketamine-escalate-05-075-10", ["Three a week; 0.5 mg/kg of 72 kg is 36 mg, and no step is planned: each has a condition."],
      "2025-03-03", weekly([3, 3]), half, of72)
write("crps-10-weekdays-4h", ["Ten weekdays; 0.35 mg/kg/h of 70 kg is 24.5 mg/h, over 4 h 98 mg."],
      "2025-03-03", weekly([5, 5]), half_up(Fraction(35, 100) * 70 * 4, 1), ("weight 70 kg",))
write("crps-10-weekdays-4h.capped", ["0.35 mg/kg/h of 80 kg over 4 h is 112 mg, capped at 100 mg."],
      "2025-03-03", weekly([5, 5]), min(half_up(Fraction(35, 100) * 80 * 4, 1), 100), ("weight 80 kg",))
write("crps-10-day-40-80mg-steps", ["From 40 mg by 5 mg a session to 80 mg, which the ninth and the tenth have."],
      "2025-03-03", weekly([5, 5]), [min(40 + 5 * k, 80) for k in range(10)])
write("crps-22-mg-h-4-days", ["22 mg/h for 96 h is 2112 mg, in one session that runs on."], "2025-03-03", [0], 22 * 24 * 4)
write("ketamine-im-kap", ["Two preparation visits a week apart, then a dose a week; 0.5 mg/kg of 72 kg is 36 mg."],
      "2025-03-03", weeks(0, 1, 2, 3, 4), [None] * 2 + [half] * 3, of72)
write("spravato-us-trd", ["Twice weekly for four weeks, weekly for four, then every 2 weeks from week 9.", "56 mg until another dose is given."],
      "2025-04-01", weekly([2] * 4) + weekly([1] * 4, 28) + [56, 70, 84, 98], 56, ("until 2025-07-08",))
write("tms-36", ["Five a week for six weeks, then 3, 2 and 1: 36 sessions."],
      "2025-01-06", weekly([5] * 6 + [3, 2, 1]), None)
write("ect-course-taper", ["Three a week for four weeks, then weekly, four times, every 2 weeks, four times, and every 4 weeks, twice."],
      "2025-02-03", weekly([3] * 4) + weeks(4, 5, 6, 7) + weeks(9, 11, 13, 15) + weeks(19, 23), None)
write("ect-stable-windows", ["In the middle of the windows of days 2 to 5, 7 to 12, 14 to 19 and 23 to 28 after the start, rather early."],
      "2025-03-03", [3, 9, 14 + 2, 23 + 2], None)
write("infliximab-ra", ["Weeks 0, 2 and 6, then every 8; 3 mg/kg of 68 kg is 204 mg."],
      "2025-01-15", weeks(0, 2, 6, 14, 22, 30), half_up(3 * 68, 1), ("weight 68 kg",))
write("infliximab-as-every-6-weeks", ["Weeks 0, 2 and 6, then every 6; 5 mg/kg of 68 kg is 340 mg, from four vials of 100 mg."],
      "2025-01-15", weeks(0, 2, 6, 12, 18, 24), half_up(5 * 68, 1), ("weight 68 kg",))
write("ustekinumab-iv-then-sc", ["Over 55 kg and up to 85 kg: 390 mg. 8 weeks later 90 mg, then every 8 weeks."],
      "2025-01-15", weeks(0, 8, 16, 24), [390, 90, 90, 90], of72)
write("ustekinumab-iv-then-sc.55-kg", ["55 kg or less: 260 mg."], "2025-01-15", weeks(0, 8, 16, 24), [260, 90, 90, 90], ("weight 55 kg",))
write("natalizumab-eid", ["Every 28 days, 13 times, then every 6 weeks, four times; 300 mg."],
      "2025-01-31", [28 * k for k in range(13)] + [28 * 12 + 42 * k for k in range(1, 5)], 300)
write("abatacept", ["60 kg is not below 60 kg: 750 mg. Weeks 0, 2 and 4, then every 4."],
      "2025-01-06", weeks(0, 2, 4, 8, 12), 750, ("weight 60 kg",))
write("abatacept.below-60-kg", ["Below 60 kg: 500 mg."], "2025-01-06", weeks(0, 2, 4, 8, 12), 500, ("weight 59.9 kg",))
write("methotrexate-weekly-titration", ["Weekly; 7.5 mg four times, 10 mg twice, 12.5 mg twice, then 15 mg."],
      "2025-01-06", weeks(*range(12)), [Fraction(15, 2)] * 4 + [10] * 2 + [Fraction(25, 2)] * 2 + [15] * 4)
write("gemcitabine-1-8-15-q28", ["Days 1, 8 and 15 of 28, three times; 1000 mg/m2 of 1.870829 m2 is 1870.829 mg, so 1870 mg."],
      "2025-02-04", cycles([1, 8, 15], 28, 3), half_up(1000 * m2, 10), of175)
write("gemcitabine-7-of-8-then-3-of-4", ["Seven of the first eight weeks, then days 1, 8 and 15 of 28."],
      "2025-02-04", weeks(*range(7)) + cycles([1, 8, 15], 28, 3, 56), half_up(1000 * m2, 10), of175)
write("carboplatin-stated-gem", ["Gemcitabine on days 1 and 8 of 21, four times: 1000 mg/m2 of 1.870829 m2 is 1870.829 mg, so 1870 mg.",
                                 "Carboplatin on day 1 of each: the first of the amounts until another is given."],
      "2025-02-04", cycles([1, 8], 21, 4), half_up(1000 * m2, 10), of175, beside=[("carboplatin", 300, [1, 3, 5, 7])])
bolus, infusion = half_up(400 * m2, 50), half_up(2400 * m2, 50)
write("mfolfox6-bolus-46h", ["Every 14 days, twelve times; of 1.870829 m2 400 mg/m2 is 748.3316 mg, so 750 mg, and 2400 mg/m2 4489.9896 mg, so 4500 mg: together 5250 mg."],
      "2025-02-04", [14 * k for k in range(12)], bolus + infusion, of175, parts=[("bolus", bolus), ("infusion", infusion)])
write("mfolfox6-46h", ["Every 14 days, twelve times; 2400 mg/m2 of 1.870829 m2 is 4489.9896 mg, so 4500 mg: 90 mL of 50 mg/mL."],
      "2025-02-04", [14 * k for k in range(12)], half_up(2400 * m2, 50), of175)
write("prednisolone-taper-daily", ["Daily: 40, 30, 20, 15 mg a week each, 10 and 5 mg for two weeks each, then 2.5 mg for two."],
      "2025-01-06", list(range(70)), [40] * 7 + [30] * 7 + [20] * 7 + [15] * 7 + [10] * 14 + [5] * 14 + [Fraction(5, 2)] * 14)
taper = [mg for mg in [40, 35, 30, 25, 20, 15, 10, Fraction(15, 2), 5, Fraction(5, 2)] for _ in range(7)]
assert len(taper) == 70 and sum(taper) == 1330  # 266 tablets of 5 mg
write("prednisone-40-down-by-5", ["Daily: 40 mg, 5 mg less every week to 10 mg, then 7.5, 5 and 2.5 mg: 70 days, 1330 mg."],
      "2025-01-06", list(range(70)), taper)
write("buvidal-weekly-monthly", ["Weekly, four times, then every 4 weeks, three times; the first of the amounts of each phase."],
      "2025-01-06", weeks(0, 1, 2, 3, 7, 11, 15), [16] * 4 + [64] * 3)
counts = weeks(*range(18)) + weeks(*[17 + 2 * k for k in range(1, 18)]) + weeks(*[51 + 4 * k for k in range(1, 4)])
write("clozapine-bloods-18w-52w", ["A review every 4 weeks. Counts weekly for 18 weeks, every 2 weeks to week 52, then every 4 weeks, three of them by the day of the plan."],
      "2025-01-06", weeks(*range(0, 64, 4)), None, ("until 2026-03-23",), monitoring=[("blood count", counts)])
start = datetime.date(2025, 1, 6)
month = months(start, 0, 1, 1)
write("hepatitis-b-0-1-6-months", ["The first, a month and six months after it; 20 mcg, written 0.02 mg."],
      "2025-01-06", [0, *month, *months(start, 0, 6, 1)], Fraction(20, 1000))
write("paliperidone-lai", ["234 mg, a week later 156 mg; 4 weeks after that 117 mg, then each calendar month."],
      "2025-01-06", [0, 7, 35, *months(start, 35, 1, 3)], [234, 156, 117, 117, 117, 117])
write("iron-fcm-ganzoni", ["20 mg/kg of 72 kg is 1440 mg, capped at 1000 mg; a week apart."],
      "2025-01-06", weeks(0, 1), min(down(20 * KG, 100), 1000), of72)
write("iron-fcm-ganzoni.light", ["20 mg/kg of 47 kg is 940 mg, rounded down to 900 mg."],
      "2025-01-06", weeks(0, 1), min(down(20 * 47, 100), 1000), ("weight 47 kg",))
write("dialysis-3wk-52", ["Monday, Wednesday and Friday for 52 weeks."], "2025-01-06", weekly([3] * 52), None)
write("dialysis-3wk-endless", ["Monday, Wednesday and Friday; from a Wednesday on the week has a Wednesday, a Friday and a Monday."],
      "2025-01-08", [0, 2, 5, 7, 9, 12, 14], None, ("until 2025-01-22",))
write("radiotherapy-5wk-33-fractions", ["Five a week for six weeks, then three: 33 fractions. The last week is on the grid of three a week."],
      "2025-01-06", weekly([5] * 6 + [3]), None)
write("psilocybin-two-doses", ["Three preparation visits a week apart, then 25 mg three and six weeks after the last."],
      "2025-01-06", weeks(0, 1, 2, 5, 8), [None] * 3 + [25] * 2)
write("botulinum-no-dose", ["Every 12 weeks, three times."], "2025-01-06", weeks(0, 12, 24), None)
write("crps-inpatient-5d-20-40mgh", ["20 mg/h for 24 h is 480 mg, then 40 mg/h for 96 h 3840 mg, together 4320 mg, in one session that runs on."],
      "2025-03-03", [0], 20 * 24 + 40 * 96, parts=[("first day", 20 * 24), ("four days", 40 * 96)])
write("ketamine-sc-kads-stepped", ["Twice weekly for four weeks; 0.5 mg/kg of 72 kg is 36 mg, and no step is planned: each has a condition."],
      "2025-03-03", weekly([2] * 4), half_up(Fraction(1, 2) * KG, Fraction(1, 10)), of72)
write("ketamine-oral-er-bedroc", ["Daily for five days, and from day 8 on twice a week for 12 weeks; 120 mg."],
      "2025-03-03", [0, 1, 2, 3, 4] + weekly([2] * 12, 7), 120)
write("gemcitabine-paclitaxel", ["Days 1 and 8 of 21, four times; 1250 mg/m2 of 1.870829 m2 is 2338.53625 mg, so 2340 mg.",
                                 "Paclitaxel on day 1 of each: 175 mg/m2 is 327.395075 mg, so 330 mg."],
      "2025-02-04", cycles([1, 8], 21, 4), half_up(1250 * m2, 10), of175, beside=[("paclitaxel", half_up(175 * m2, 10), [1, 3, 5, 7])])
