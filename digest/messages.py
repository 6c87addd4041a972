"""What the product says to people, by code, in `zh` and `en`: gettext catalogues under `locale/`.

A message is found by its code (`rejected.empty`) and filled with facts (`{name}`). Where it has a plural, the fact
`n` chooses the form.
"""

import gettext
import io
from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib import resources

from babel import Locale
from babel.dates import format_date

from digest.settings import Language

DOMAIN = "digest"


def language_of(tag: str) -> Language:
    """Return the catalogue for readers of a BCP 47 language tag: Chinese of any kind, else English."""
    return "zh" if tag.lower().split("-")[0] == "zh" else "en"


class Messages:
    """One language's catalogue: call it with a code and its facts."""

    def __init__(self, language: Language) -> None:
        """Load the catalogue of `language`."""
        self.language = language
        self._translations = _load(language)
        self._locale = _locale(language)

    def __call__(self, code: str, /, **facts: object) -> str:
        """Return the message of `code` with its places filled. A code that the catalogue lacks is a KeyError."""
        n = facts.get("n")
        text = self._translations.ngettext(code, code, n) if isinstance(n, int) else self._translations.gettext(code)
        if text == code:
            text = self._translations.gettext(code)
        if text == code:
            raise KeyError(code)
        return text.format(**facts)

    def day(self, code: str, day: date) -> str:
        """Return `day` in the pattern (UTS 35) that the catalogue holds under `code`, in the catalogue's language."""
        return format_date(day, self(code), locale=self._locale)

    def of(self, code: str, facts: Mapping[str, object]) -> str:
        """Return the message of a remark or an error, which carry their facts as a mapping.

        What the fact `member` says, it says of that file in an archive.
        """
        said = self(code, **facts)
        return self("rejected.archive_member", member=facts["member"], said=said) if "member" in facts else said


@cache
def _locale(language: Language) -> Locale:
    """Return the locale with its data read, so that no later call opens a file."""
    locale = Locale.parse(language)
    format_date(date.min, "full", locale)
    return locale


@cache
def _load(language: Language) -> gettext.GNUTranslations:
    """Compile a `.po` file in memory, so that the catalogue people edit is the one that is used."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    path = resources.files("digest") / "locale" / language / "LC_MESSAGES" / f"{DOMAIN}.po"
    with path.open("rb") as po:
        catalogue = read_po(po, locale=language)
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
