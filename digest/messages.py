"""What the product says to people, by code, in `zh` and `en`: the gettext catalogues under `locale/`.

A message is found by its code (`rejected.empty`) and filled with facts (`{name}`). Where it has a plural, the fact
`n` chooses the form.
"""

import errno
import os
import re
from collections.abc import Mapping
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from digest.settings import Language

if TYPE_CHECKING:
    from babel import Locale

LOCALE = Path(__file__).parent / "locale"
"""The catalogues: `LANGUAGE/LC_MESSAGES/digest.po`."""

_ESCAPE = re.compile(r"\\(.)")


def language_of(tag: str) -> Language:
    """Return the catalogue for readers of a BCP 47 language tag: Chinese of any kind, else English."""
    return "zh" if tag.lower().split("-")[0] == "zh" else "en"


class Messages:
    """One language's catalogue: call it with a code and its facts."""

    def __init__(self, language: Language) -> None:
        """Load the catalogue of `language`."""
        self.language = language
        self._forms = _load(language)

    def __call__(self, code: str, /, **facts: object) -> str:
        """Return the message of `code` with its places filled. A code that the catalogue lacks is a KeyError.

        The fact `cause` is the number of an error of the system (`OSError.errno`), and `step` the name of a step of the
        service; both are put into words.
        """
        forms = self._forms[code]
        if step := self._forms.get(f"step.{facts.get('step')}"):
            facts["step"] = step[0]
        if isinstance(number := facts.get("cause"), int):
            facts["cause"] = self._cause(number)
        return forms[0 if facts.get("n", 1) == 1 else -1].format(**facts)

    def day(self, code: str, day: date) -> str:
        """Return `day` in the pattern (UTS 35) that the catalogue holds under `code`, in the catalogue's language."""
        return _day(self.language, self(code), day)

    def of(self, code: str, facts: Mapping[str, object]) -> str:
        """Return the message of a remark or an error, which carry their facts as a mapping.

        What the fact `member` says, it says of that file in an archive.
        """
        said = self(code, **facts)
        return self("rejected.archive_member", member=facts["member"], said=said) if "member" in facts else said

    def _cause(self, number: int) -> str:
        forms = self._forms.get(f"error.cause.{errno.errorcode.get(number, '').lower()}")
        return forms[0] if forms else os.strerror(number)


@lru_cache(4096)
def _day(language: Language, pattern: str, day: date) -> str:
    from babel.dates import format_date

    return format_date(day, pattern, _locale(language))


@cache
def _locale(language: Language) -> "Locale":
    from babel import Locale

    return Locale.parse(language)


@cache
def _load(language: Language) -> dict[str, tuple[str, ...]]:
    """Read a `.po` file: the forms of each message, in Chinese one, in English that for 1 and that for any other number.

    It is read as it is edited, nothing compiled in between, and without babel, which takes longer than the rest of a
    short command. No message has a context or is fuzzy.
    """
    found: list[list[str]] = []  # the keyword of an entry's part, then the strings that together are its text
    for line in (LOCALE / language / "LC_MESSAGES" / "digest.po").read_text("utf-8").splitlines():
        if line.startswith("msg"):
            keyword, _, string = line.partition(" ")
            found.append([keyword, string[1:-1]])
        elif line.startswith('"'):
            found[-1].append(line[1:-1])
    messages: dict[str, tuple[str, ...]] = {}
    code = ""
    for keyword, *strings in found:
        text = _ESCAPE.sub(lambda found: {"n": "\n", "t": "\t"}.get(found[1], found[1]), "".join(strings))
        if keyword == "msgid":
            code = text
        elif keyword.startswith("msgstr"):
            messages[code] = (*messages.get(code, ()), text)
    return messages
