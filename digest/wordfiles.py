"""The newsroom's own words: `words.txt`, `names.txt` and `stopwords.txt` beside config.yaml → `OwnWords`.

UTF-8, one word a line; behind a word of the first two, if wanted, its weight: how many times as much it counts as any
other word, 0.1 to 10. What stands behind a # is a comment. A line that cannot be used is told and left out.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from digest.model import Remark
from digest.text import has_han, one_line

WORDS, NAMES, STOPWORDS = FILES = ("words.txt", "names.txt", "stopwords.txt")

NAME_WEIGHT = 1.5
"""What a name weighs when its line does not say: who and where is what an article is about."""

LEAST, MOST = 0.1, 10.0
"""The range of a weight."""

LONGEST = 40
"""How many characters a word has at most: a longer line is a sentence in the wrong file."""

TOLD = 10
"""How many faulty lines of a file are told one by one."""

_COMMENT = re.compile(r"(?:^|\s)#.*")
_WEIGHTED = re.compile(r"(.*\S)\s+([-+]?[\d.]+)")

Signature = tuple[tuple[int, int, int] | None, ...]
"""Of each file its inode, size and time of change in nanoseconds; None where there is none."""


class OwnWord(NamedTuple):
    """How many times as much a word counts as any other, the file that says so, and how that writes it."""

    weight: float
    file: str
    written: str


@dataclass(frozen=True, slots=True)
class OwnWords:
    """What the newsroom says of words. `words` are kept whole and may be keywords, `stopwords` may not.

    `faults` are the lines and files that could not be used.
    """

    words: Mapping[str, OwnWord] = field(default_factory=dict)
    stopwords: frozenset[str] = frozenset()
    faults: tuple[Remark, ...] = ()


def signature(folder: Path) -> Signature:
    """Return what changes when one of the files in `folder` does."""
    return tuple(_signature(folder / name) for name in FILES)


def read(folder: Path) -> OwnWords:
    """Read the files in `folder`; one that is not there has no words."""
    words: dict[str, OwnWord] = {}
    stopwords: set[str] = set()
    faults: list[Remark] = []
    for name in FILES:
        wrong: list[Remark] = []
        for word, weight in _lines(folder / name, wrong):
            if name == STOPWORDS:
                stopwords.add(word)
            else:
                own = OwnWord(weight or (NAME_WEIGHT if name == NAMES else 1.0), name, word)
                words[word] = max(own, words.get(word, own))
        faults += wrong[:TOLD]
        if len(wrong) > TOLD:
            faults.append(Remark("error.words.more", {"file": str(folder / name), "n": len(wrong) - TOLD}))
    return OwnWords(words, frozenset(stopwords), tuple(faults))


def _signature(path: Path) -> tuple[int, int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_ino, found.st_size, found.st_mtime_ns


def _lines(path: Path, wrong: list[Remark]) -> Iterator[tuple[str, float | None]]:
    """Yield the words of a file with their weights, and add to `wrong` what cannot be used."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        wrong.append(Remark("error.words.encoding", {"file": str(path), "line": line}))
        return
    except OSError as error:
        wrong.append(Remark("error.words.unreadable", {"file": str(path), "cause": error.errno or str(error)}))
        return
    for number, printed in enumerate(text.split("\n"), start=1):
        if said := one_line(_COMMENT.sub("", printed)):
            word, weight, fault = _understood(said, weighted=path.name != STOPWORDS)
            if fault:
                wrong.append(Remark(fault, {"file": str(path), "line": number, "text": said[:LONGEST]}))
            if word:
                yield word, weight


def _understood(said: str, *, weighted: bool) -> tuple[str | None, float | None, str | None]:
    """Return the word of a line, its weight, and what is wrong; a word with a weight that is no use has none."""
    word, weight, fault = said, None, None
    if weighted and (found := _WEIGHTED.fullmatch(said)):
        word, weight = found[1], _weight(found[2])
        fault = None if weight else "error.words.weight"
    if not any(map(str.isalpha, word)):
        return None, None, "error.words.no_word"
    if len(word) > LONGEST or (" " in word and has_han(word)):
        return None, None, "error.words.one_a_line"
    return word, weight, fault


def _weight(written: str) -> float | None:
    try:
        value = float(written)
    except ValueError:
        return None
    return value if LEAST <= value <= MOST else None
