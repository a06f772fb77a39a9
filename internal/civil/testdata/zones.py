"""What Python's zoneinfo says about wall-clock times around clock changes.

    python3 internal/civil/testdata/zones.py write     make both files anew from the machine's time zone files
    python3 internal/civil/testdata/zones.py check     compute the expectation again from the kept time zone files

write keeps every file of /usr/share/zoneinfo in zoneinfo.tar.gz, as it is, and
then does for the archive what check does. So the expectation depends on no
machine. The files kept now are those of Debian's package tzdata, whose version
is in the archive, and the first line of the expectation names it. Needs Python
3.9 or newer and nothing else.

zones.txt.gz has, for each different file, a line with the names that zones with
that file have, and under it a line for each change of the zone's offset, name
or daylight saving time from 2020 to 2039 (the files list changes up to 2037;
what comes later follows from the rule at their end):

    1759586 6=-300 4g-300 7=-240

are 17 wall-clock times in steps of 15 minutes, the first of them 1759586 steps
after 1970-01-01 00:00 on the zone's own clock: 6 that happen once, 300 minutes
behind UTC; 4 in a gap (g; f is a fold), which count as 300 minutes behind; 7
that happen once again. They reach from 90 minutes before the earlier of the two
readings that the change connects to 90 minutes after the later one. Offsets are
those of zoneinfo with fold=0; what is a gap or a fold follows from fold=1 and is
checked by a round trip through UTC.
"""

import gzip
import io
import pathlib
import subprocess
import sys
import tarfile
import zoneinfo
from datetime import datetime, timedelta, timezone

HERE = pathlib.Path(__file__).parent
ARCHIVE = HERE / "zoneinfo.tar.gz"
EXPECTED = HERE / "zones.txt.gz"
SYSTEM = pathlib.Path("/usr/share/zoneinfo")

FIRST, LAST = datetime(2020, 1, 1), datetime(2040, 1, 1)
EPOCH = datetime(1970, 1, 1)
STEP = timedelta(minutes=15)
AROUND = timedelta(minutes=90)
SCAN = timedelta(hours=12)


def pack():
    """The archive of the machine's zone files; equal files are kept once."""
    names = zoneinfo.available_timezones() - {"localtime"}
    version = subprocess.run(["dpkg-query", "-W", "-f", "${Version}", "tzdata"], check=True, capture_output=True).stdout
    files, tar = {}, io.BytesIO()
    with tarfile.open(fileobj=tar, mode="w", format=tarfile.USTAR_FORMAT) as archive:
        def add(name, data):
            member = tarfile.TarInfo(name)
            if data in files:
                member.type, member.linkname = tarfile.LNKTYPE, files[data]
            else:
                files[data], member.size = name, len(data)
            archive.addfile(member, io.BytesIO(data))

        add("VERSION", b"Debian tzdata " + version + b"\n")
        for name in sorted(names):
            add(name, (SYSTEM / name).read_bytes())
    return gzip.compress(tar.getvalue(), 9, mtime=0)


def unpack(packed):
    """The names of each different zone file, and the version of all."""
    zones = {}
    with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        for member in archive:
            zones.setdefault(archive.extractfile(member).read(), []).append(member.name)
    version = next(data for data, names in zones.items() if names == ["VERSION"])
    del zones[version]
    return zones, version.decode().strip()


def changes(zone):
    """The instants of all changes, in UTC without saying so."""
    def shown(at):
        local = zone.fromutc(at.replace(tzinfo=zone))
        return local.utcoffset(), local.tzname(), local.dst()

    at, before = FIRST, shown(FIRST)
    while at < LAST:
        after = shown(at + SCAN)
        if after != before:
            low, high = at, at + SCAN
            while high - low > timedelta(seconds=1):
                middle = low + timedelta(seconds=(high - low).total_seconds() // 2)
                low, high = (middle, high) if shown(middle) == before else (low, middle)
            if shown(high) != after:
                sys.exit(f"{zone.key}: two changes between {at} and {at + SCAN}")
            yield high, before[0], after[0]
        at, before = at + SCAN, after


def kind(zone, wall):
    """The offset of a wall-clock time in minutes, after = for one that happens
    once, g for one in a gap and f for one in a fold."""
    first = wall.replace(tzinfo=zone)
    second = first.replace(fold=1)
    offset = first.utcoffset()
    how = "=" if offset == second.utcoffset() else "f" if offset > second.utcoffset() else "g"

    # A time in a gap does not come back from UTC. One in a fold comes back from
    # two instants.
    back = [t.astimezone(timezone.utc).astimezone(zone).replace(tzinfo=None, fold=0) == wall for t in (first, second)]
    twice = all(back) and offset != second.utcoffset()
    if how != ("g" if not any(back) else "f" if twice else "="):
        sys.exit(f"{zone.key} {wall}: {how} is not what a round trip shows, {back}")
    minutes, rest = divmod(int(offset.total_seconds()), 60)
    if rest:
        sys.exit(f"{zone.key} {wall}: the offset {offset} is not whole minutes")
    return f"{how}{minutes}"


def lines(zones, version):
    yield f"# Python zoneinfo, {version}, {FIRST.year} to {LAST.year - 1}"
    for data, names in zones.items():
        zone = zoneinfo.ZoneInfo.from_file(io.BytesIO(data), names[0])
        yield " ".join(names)
        for at, old, new in changes(zone):
            wall = at + min(old, new) - AROUND
            wall -= (wall - EPOCH) % STEP
            start, runs = (wall - EPOCH) // STEP, []
            while wall <= at + max(old, new) + AROUND:
                this = kind(zone, wall)
                if runs and runs[-1][1] == this:
                    runs[-1][0] += 1
                else:
                    runs.append([1, this])
                wall += STEP
            yield " ".join([str(start)] + [f"{count}{this}" for count, this in runs])


def main(command):
    if command == "write":
        ARCHIVE.write_bytes(pack())
    text = "".join(line + "\n" for line in lines(*unpack(ARCHIVE.read_bytes()))).encode()
    if command == "write":
        EXPECTED.write_bytes(gzip.compress(text, 9, mtime=0))
    elif text != gzip.decompress(EXPECTED.read_bytes()):
        sys.exit("zones.txt.gz is not what zoneinfo says about zoneinfo.tar.gz")


if __name__ == "__main__":
    if sys.argv[1:] not in (["write"], ["check"]):
        sys.exit("usage: zones.py write|check")
    main(sys.argv[1])
