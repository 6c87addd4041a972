"""What a backfill has done, and what of it needs a person."""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from digest.messages import Messages

LOST = ("refused", "undated", "moving", "second")
"""Why a file became no issue."""

KINDS = (*LOST, "unlike", "held", "doubtful", "guessed", "future")
"""Why a person should look, the most urgent first."""

FORMS = (".csv", ".jsonl")
"""What a report can be written as, by the suffix of its name."""


class Row(NamedTuple):
    """A file that a person should look at, why, and the issue's address, if there is one.

    `code` and `facts` tell what to do about it.
    """

    file: str
    kind: str
    url: str
    code: str
    facts: Mapping[str, str | int]


@dataclass(frozen=True, slots=True)
class Report:
    """How many files there were, how many issues are new, and how many files were in before or are a copy."""

    files: int
    taken: int
    known: int
    rows: tuple[Row, ...] = field(default=())

    def of(self, kind: str) -> tuple[Row, ...]:
        """Return what is of one kind, by file."""
        return tuple(row for row in self.rows if row.kind == kind)


def rendered(rows: Sequence[Row], form: str, say: Messages) -> str:
    """Return the rows as CSV or JSON lines: file, kind, url, words."""
    told = [{"file": row.file, "kind": row.kind, "url": row.url, "words": say.of(row.code, row.facts)} for row in rows]
    if form == ".jsonl":
        return "".join(json.dumps(each, ensure_ascii=False) + "\n" for each in told)
    text = io.StringIO()
    lines = csv.DictWriter(text, ["file", "kind", "url", "words"], lineterminator="\n")
    lines.writeheader()
    lines.writerows(told)
    return text.getvalue()
