"""The Lexicon of each paper, as the newsroom's word files and the paper's archive are: rebuilt when they have changed."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from digest import wordfiles
from digest.analysis.lexicon import Learned, Lexicon
from digest.model import Remark
from digest.wordfiles import OwnWords, Signature


class Vocabulary:
    """Gives the Lexicon that holds now. `refresh` looks at the files; in between only what archives tell changes."""

    def __init__(
        self, folder: Path, build: Callable[[OwnWords], Lexicon], learn: Callable[[str, Learned], Learned]
    ) -> None:
        """Read the word files in `folder`; `build` makes a Lexicon of them when one is asked for.

        `learn` returns what the archive of a paper tells, given its slug and what is known of it.
        """
        self._folder = folder
        self._build = build
        self._learn = learn
        self._learned: dict[str, Learned] = {}
        self._seen: Signature | None = None
        self._own = OwnWords()
        self._lexicon: Lexicon | None = None
        self.refresh()

    @property
    def faults(self) -> tuple[Remark, ...]:
        """What in the files could not be used."""
        return self._own.faults

    def lexicon(self, slug: str) -> Lexicon:
        """Return the Lexicon of a paper: the files as they were read last, and its archive's latest version."""
        common = self.prepare()
        self._learned[slug] = self._learn(slug, self._learned.get(slug, Learned()))
        return replace(common, learned=self._learned[slug])

    def prepare(self) -> Lexicon:
        """Build what all papers' Lexicons share, unless that is done: the next issue need not wait for it."""
        if self._lexicon is None:
            self._lexicon = self._build(self._own)
        return self._lexicon

    def refresh(self) -> bool:
        """Read the files again if one of them has changed, and say so."""
        found = wordfiles.signature(self._folder)
        if found == self._seen:
            return False
        self._seen, self._own, self._lexicon = found, wordfiles.read(self._folder), None
        return True
