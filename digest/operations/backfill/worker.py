"""A process that reads files of an archive, one at a time: each is understood as a dropped one would be, and staged."""

import gc
import os
import re
import signal
import threading
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from multiprocessing import connection, parent_process
from pathlib import Path, PurePath
from typing import Literal, NamedTuple

from digest import analysis, wordfiles
from digest.analysis.lexicon import Learned, Lexicon, shipped
from digest.errors import RejectedError
from digest.model import DateOrigin, Issue, Remark, Source
from digest.operations.backfill import files, stage
from digest.operations.backfill.files import File
from digest.parsing import dates
from digest.settings import Analysis
from digest.understanding import understand_whole

_APART = timedelta(days=31)
"""How far a date in a folder's name may be from the one that the text tells, to be the issue's."""

_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class Duty:
    """What a worker is told once. `known` are the keys of the sources that are in, and `learned` the archive's words."""

    stage: Path
    cache: Path
    root: Path
    settings: Analysis
    learned: Learned
    max_bytes: int
    known: frozenset[str]


class Read(NamedTuple):
    """A file that was read: what became of it, and what its turn depends on.

    `fate` is waiting (it is staged), known (these bytes are in), undated (it may have no issue's date), moving (somebody
    is writing to it) or refused, for the reason `why`.
    """

    file: File
    fate: Literal["waiting", "known", "undated", "moving", "refused"]
    key: str = ""
    modified: datetime | None = None
    day: date = date.min
    origin: DateOrigin | None = None
    number: int | None = None
    confidence: float = 1.0
    why: Remark | None = None


@dataclass(frozen=True, slots=True)
class _Means:
    duty: Duty
    lexicon: Lexicon


_means: list[_Means] = []
"""Of this process, made once: a Lexicon takes longer to build than an issue to read."""


def attend() -> None:
    """Have this process end when the one that has begun it does, however that ends, and not before."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.freeze()  # what is shared with the other processes stays so: a search for garbage would write to all of it
    if parent := parent_process():
        threading.Thread(target=_follow, args=(parent.sentinel,), daemon=True).start()


def prepare(duty: Duty) -> None:
    """Make ready to read."""
    attend()
    own = wordfiles.read(duty.root)
    lexicon = Lexicon.build(shipped(duty.cache), own, segmenter=duty.settings.segmenter, cache=duty.cache)
    _means[:] = [_Means(duty, replace(lexicon, learned=duty.learned))]


def read(file: File) -> Read:
    """Read a file, and stage what it holds."""
    (means,) = _means
    try:
        source = files.source(file, means.duty.max_bytes)
        if source.key in means.duty.known:
            return Read(file, "known", source.key)
        staged = stage.get(means.duty.stage, source.key)
        issue = staged.issue if staged else _understood(means, file, source)
    except BlockingIOError:
        return Read(file, "moving")
    except RejectedError as error:
        return Read(file, "refused", why=Remark(error.code, {name: _plain(fact) for name, fact in error.facts.items()}))
    masthead = issue.masthead
    if masthead.date is None or masthead.date_origin == "mtime":
        return Read(file, "undated", source.key)
    told = source.modified, masthead.date, masthead.date_origin, masthead.number, issue.confidence
    return Read(file, "waiting", source.key, *told)


def _understood(means: _Means, file: File, source: Source) -> Issue:
    found = understand_whole(source, means.lexicon, means.duty.settings)
    issue = _dated(found.issue, PurePath(file.name).parts[:-1])
    words = [analysis.terms(article, means.lexicon) for article in issue.articles]
    stage.put(means.duty.stage, source.key, issue, words, found.blobs)
    return issue


def _dated(issue: Issue, folders: tuple[str, ...]) -> Issue:
    """Give an issue that states no date the one of its folders (2019/03/05, 20190305), unless the text is against it."""
    masthead = issue.masthead
    likely = [name for name in folders if len(_YEAR.findall(name)) < 2]  # two years are a period
    day = dates.in_name("/".join(likely))
    if day is None or masthead.stated_date is not None:
        return issue
    if masthead.date and masthead.date_origin == "text" and abs(masthead.date - day) > _APART:
        return issue
    guesses = {"remark.date_text", "remark.date_mtime", "remark.no_date"}
    remarks = tuple(one for one in issue.remarks if one.code not in guesses)
    return replace(issue, masthead=replace(masthead, date=day, date_origin="filename"), remarks=remarks)


def _plain(fact: object) -> str | int:
    return fact if isinstance(fact, int) else str(fact)


def _follow(sentinel: int) -> None:
    connection.wait([sentinel])
    os._exit(1)
