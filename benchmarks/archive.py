"""What does a new issue cost behind a large archive? Taken in and published behind 0, 150, 1,500 and 15,000 others.

    python -m benchmarks.archive [ISSUES ...]

An archive is made once, with `digest backfill`, in a folder of the system's temporary one (`papers.cache_folder`), where
the next call finds it; 15,000 issues take more than half an hour, so that they are left out unless they are asked for.
Each round opens every archive in a process of its own, gives it a few issues to grow warm, and then some that count.
Ratios of the processor's time to what an issue costs behind none.
"""

import shutil
import sys
import tempfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import NamedTuple

from benchmarks import backfill, measuring, papers, service
from benchmarks.measuring import Cost, Line
from digest.store import database, issues, publications
from digest.works import Works

ARCHIVES = 150, 1_500
ROUNDS = 3
WARMING = 2
COUNTED = 3
BAR = 1.3
_SCHEMA = papers.ROOT / "digest" / "store" / "schema.py"


class Seen(NamedTuple):
    """What it cost to take in an issue, and to publish it."""

    taking: Cost
    publishing: Cost


def run(*sizes: int) -> Iterator[Line]:
    """Let the archives take turns."""
    roots = {size: made(size) for size in sizes or ARCHIVES}
    found: dict[int, list[Seen]] = {size: [] for size in (0, *roots)}
    for _ in range(ROUNDS):
        with tempfile.TemporaryDirectory() as name:
            for size, root in {0: Path(name), **roots}.items():
                found[size] += measuring.alone(grown, root)
    floor = found.pop(0)
    for size, seen in found.items():
        peak = max(one.publishing.megabytes for one in seen)
        for what, own, bare in (
            ("taken in and published", _whole(seen), _whole(floor)),
            ("published", _published(seen), _published(floor)),
        ):
            told = f"{1000 * own:.0f} ms against {1000 * bare:.0f}"
            name = f"an issue behind {size} others, {what}, against behind none"
            yield Line(what=name, value=own / bare, bar=BAR, told=told, megabytes=peak)


def _whole(found: list[Seen]) -> float:
    return median(one.taking.processor + one.publishing.processor for one in found)


def _published(found: list[Seen]) -> float:
    return median(one.publishing.processor for one in found)


def made(size: int) -> Path:
    """Return the folder of a service that has so many issues; it is made where there is none, or one of another schema."""
    root = papers.cache_folder() / f"archive-{size}-{zlib.crc32(_SCHEMA.read_bytes()):08x}"
    if not root.exists():
        for old in root.parent.glob(f"archive-{size}-*"):
            shutil.rmtree(old)
        with tempfile.TemporaryDirectory() as name:
            archive = backfill.laid(Path(name), size)
            place = Path(tempfile.mkdtemp(prefix="making-", dir=root.parent))
            cost = backfill.take_in(place, archive, processes=2)
        place.rename(root)
        print(f"{size} issues backfilled in {cost.seconds:.0f} s, {cost.processor:.0f} s of the processor", flush=True)
    return root


def grown(root: Path) -> list[Seen]:
    """Give a service more issues, and return what those cost that count."""
    with service.opened(root) as works:
        _settle(works)
        first = _count(works) + 1
        return [_one_more(works, number) for number in range(first, first + WARMING + COUNTED)][WARMING:]


def _settle(works: Works) -> None:
    """Take the site for one that this program has written: it is as large as what it would write."""
    publication = works.settings.publications[0]
    if (works.folder(publication) / "index.html").exists():
        with database.writing(works.engine) as store:
            row = publications.id_of(store, publication.slug)
            publications.set_edition(store, row, works.edition(publication), works.settings.home_url(publication))


def _count(works: Works) -> int:
    with database.reading(works.engine) as store:
        row = publications.id_of(store, works.settings.publications[0].slug)
        return len(issues.published(store, row))


def _one_more(works: Works, number: int) -> Seen:
    content = papers.made(number).encode()
    taking = measuring.cost(lambda: service.ingest(works, f"{number}.txt", content))
    return Seen(taking, measuring.cost(lambda: service.publish(works)))


if __name__ == "__main__":
    measuring.show(run(*map(int, sys.argv[1:])))
