#!/usr/bin/env python3
"""Writes transitions.txt: what every zone's clocks did from 1970 to 2037, as another reader sees it.

    pip install tzdata && python3 tests/zones/make.py > tests/zones/transitions.txt

Python's zoneinfo reads the files of the package tzdata: neither is what asrun is built with. A block a
history: a line with the names of the zones that have it; a line with its offsets, in seconds, and their
letters, numbered from 0; a line with the number that held when 1970 began, then each transition: minutes
since the one before it (since 1970 began; seconds where an s follows), and the number that holds from
then on.
"""

import sys
from datetime import datetime, timezone
from importlib.resources import files
from zoneinfo import ZoneInfo, reset_tzpath

import tzdata

# The package alone, whatever the machine has.
reset_tzpath(())

FIRST = 0
LAST = int(datetime(2038, 1, 1, tzinfo=timezone.utc).timestamp())
STEP = 6 * 3600


def kind(zone, instant):
    at = datetime.fromtimestamp(instant, zone)
    return int(at.utcoffset().total_seconds()), at.tzname()


def transitions(zone):
    """Yields (instant, kind) where the offset or the letters change, and first what FIRST has."""
    known = kind(zone, FIRST)
    yield FIRST, known
    for end in range(FIRST + STEP, LAST, STEP):
        before = end - STEP
        while kind(zone, end) != known:
            low, high = before, end
            while high - low > 1:
                middle = (low + high) // 2
                low, high = (middle, high) if kind(zone, middle) == known else (low, middle)
            before, known = high, kind(zone, high)
            yield high, known


def block(zone):
    kinds, steps, before = [], [], None
    for instant, held in transitions(zone):
        if held not in kinds:
            kinds.append(held)
        number = kinds.index(held)
        if before is None:
            steps.append(str(number))
        else:
            since = instant - before
            steps.append(f"{since // 60}:{number}" if since % 60 == 0 else f"{since}s:{number}")
        before = instant
    kinds = (f"{offset},{letters}" for offset, letters in kinds)
    return f"{' '.join(kinds)}\n{' '.join(steps)}"


def main():
    names = files("tzdata").joinpath("zones").read_text().split()
    read, blocks = {}, {}
    for name in sorted(names):
        if name == "Factory":
            continue
        content = files("tzdata").joinpath("zoneinfo", *name.split("/")).read_bytes()
        if content not in read:
            read[content] = block(ZoneInfo(name))
        blocks.setdefault(read[content], []).append(name)
    print(f"tzdb {tzdata.IANA_VERSION}")
    for text, alike in sorted(blocks.items(), key=lambda item: item[1]):
        print(f"\n{' '.join(alike)}\n{text}")


if __name__ == "__main__":
    sys.exit(main())
