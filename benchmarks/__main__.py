"""All benchmarks, or those that are named, one after the other; their lines in the table of README.md are written anew.

    make bench [ONLY="cold feeds"] [ARCHIVE=15000]

With ARCHIVE, an archive of so many issues is measured too, which takes an hour to make, and a search in as large a one.
"""

import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path

from benchmarks import measuring
from benchmarks.measuring import Line

ALL = (
    "cold",
    "issue",
    "backfill",
    "archive",
    "workers",
    "parsing",
    "analysis",
    "summaries",
    "feeds",
    "search",
    "letters",
    "web",
    "idle",
)
README = Path(__file__).parent / "README.md"
MARK = "<!-- table -->\n"
HEAD = "| what | bar | measured | peak memory | in absolute terms | taken |\n|---|---|---|---|---|---|\n"


def main(arguments: list[str]) -> None:
    """Measure, and write each line into the table as soon as it is there."""
    large = [int(one) for one in arguments if one.isdecimal()]
    for name in [one for one in arguments if not one.isdecimal()] or ALL:
        for line in measured(name, large):
            measuring.show([line])
            enter(line)


def measured(name: str, large: list[int]) -> Iterable[Line]:
    """Run a benchmark, which is loaded only then: what others load is not to be in its memory."""
    module = import_module(f"benchmarks.{name}")
    sizes: dict[str, list[int]] = {}
    if name == "archive":
        sizes[name] = [*module.ARCHIVES, *large]
    if name == "search":
        sizes[name] = [*module.COUNTS, *(module.PER_ISSUE * size for size in large)]
    lines: Iterable[Line] = module.run(*sizes.get(name, ()))
    return lines


def enter(line: Line) -> None:
    """Put a line into the table, in place of the one that says the same. On another machine the table begins anew."""
    before, table, after = README.read_text(encoding="utf-8").split(MARK)
    head = f"Taken on {measuring.machine()}.\n\n{HEAD}"
    rows = dict(_rows(table.removeprefix(head))) if table.startswith(head) else {}
    rows[line.what] = f"| {' | '.join((*line.cells(), f'{datetime.now(UTC):%Y-%m-%d}'))} |\n"
    README.write_text(f"{before}{MARK}{head}{''.join(rows.values())}{MARK}{after}", encoding="utf-8")


def _rows(table: str) -> Iterator[tuple[str, str]]:
    """Yield the rows of a table, each with what it says."""
    for row in table.splitlines(keepends=True):
        yield row.split(" | ")[0].removeprefix("| "), row


if __name__ == "__main__":
    main(sys.argv[1:])
