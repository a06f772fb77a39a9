"""The holidays of the United States in Debian's python3-holidays: its version,
then a line for each day."""

import sys

import holidays

print("python3-holidays", holidays.__version__)
first, last = map(int, sys.argv[1:])
# Asked for the year after too, for a New Year's Day observed in December.
for day, name in sorted(holidays.US(years=range(first, last + 2)).items()):
    if first <= day.year <= last:
        print(day, name)
