"""What Debian's python3-vobject reads in a calendar, as JSON."""

import datetime
import json
import sys

import vobject


def utc(value):
    if not isinstance(value, datetime.datetime):
        return value.isoformat()
    return value.astimezone(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def read(name):
    calendar = next(vobject.readComponents(open(name, "rb").read().decode("utf-8"), validate=True))
    calendar.validate(raiseException=True)
    return [
        {
            "uid": e.uid.value,
            "start": utc(e.dtstart.value),
            "end": utc(e.dtend.value),
            "sequence": int(e.sequence.value),
            "status": e.status.value,
            "summary": e.summary.value,
            "description": e.description.value,
            "location": e.location.value,
            "categories": [c for line in e.contents["categories"] for c in line.value],
            "organizer": e.organizer.params["CN"][0],
            "alarms": [
                {"seconds": int(a.trigger.value.total_seconds()), "description": a.description.value}
                for a in e.contents.get("valarm", [])
            ],
        }
        for e in calendar.contents["vevent"]
    ]


json.dump({name: read(name) for name in sys.argv[1:]}, sys.stdout)
