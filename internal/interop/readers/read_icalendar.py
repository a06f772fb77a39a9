"""What Debian's python3-icalendar reads in a calendar, as JSON."""

import datetime
import json
import sys

import icalendar


def utc(value):
    if not isinstance(value, datetime.datetime):
        return value.isoformat()
    return value.astimezone(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def every(value):
    return value if isinstance(value, list) else [value]


def read(name):
    calendar = icalendar.Calendar.from_ical(open(name, "rb").read())
    for part in calendar.walk():
        if getattr(part, "errors", []):
            sys.exit(f"{name}: {part.name}: {part.errors}")
        missing = [p for p in part.required if p not in part]
        if missing:
            sys.exit(f"{name}: {part.name} has no {missing}")
    return [
        {
            "uid": str(e["uid"]),
            "start": utc(e["dtstart"].dt),
            "end": utc(e["dtend"].dt),
            "sequence": int(e["sequence"]),
            "status": str(e["status"]),
            "summary": str(e["summary"]),
            "description": str(e["description"]),
            "location": str(e["location"]),
            "categories": [str(c) for line in every(e["categories"]) for c in line.cats],
            "organizer": e["organizer"].params["CN"],
            "alarms": [
                {"seconds": int(a["trigger"].dt.total_seconds()), "description": str(a["description"])}
                for a in e.walk("VALARM")
            ],
        }
        for e in calendar.walk("VEVENT")
    ]


json.dump({name: read(name) for name in sys.argv[1:]}, sys.stdout)
