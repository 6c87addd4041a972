"""What comes in: a file as it was dropped, and what was read in it, whatever its format."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Source:
    """One dropped file: its bytes, its name, and the YAML that lay beside it (`NAME.yaml`), if any.

    `modified` may be the date of an issue that states none: it is the day in the zone of `modified` that counts.
    """

    name: str
    content: bytes
    modified: dt.datetime | None = None
    sidecar: bytes | None = None

    @property
    def sha256(self) -> str:
        """The SHA-256 of the bytes in hexadecimal: the name of their blob."""
        import hashlib  # OpenSSL is not for every command to load

        return hashlib.sha256(self.content).hexdigest()

    @property
    def key(self) -> str:
        """What makes a source the same as another: its bytes and its sidecar, as a SHA-256 in hexadecimal."""
        if self.sidecar is None:
            return self.sha256
        import hashlib

        return hashlib.sha256(f"{self.sha256}\n".encode() + self.sidecar).hexdigest()

    def at(self, zone: ZoneInfo) -> "Source":
        """Return the same, `modified` told in the paper's own zone."""
        return replace(self, modified=self.modified.astimezone(zone)) if self.modified else self


@dataclass(frozen=True, slots=True)
class Remark:
    """Something an editor should know, as a code of the catalogue and the facts that fill its places."""

    code: str
    facts: Mapping[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a document. `level` is 1 to 6 where the format marks a heading, else 0; `page` counts from 1.

    `mark` is "begin" on the headline of an article that an editor has marked, "end" on the empty line behind it.
    """

    text: str
    level: int = 0
    page: int | None = None
    mark: Literal["begin", "end"] | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """What was read, whatever the format was.

    A picture stands in `lines` as a line `![caption](name)`; `pictures` holds its bytes by that name, where the format
    carries them. `given` holds what the editor states about the issue (front matter), keyed by the masthead's field
    names; `embargo` is naive, in the paper's own zone.
    """

    name: str
    lines: tuple[Line, ...]
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    given: Mapping[str, str] = field(default_factory=dict)
    embargo: dt.datetime | None = None
    modified: dt.datetime | None = None
    remarks: tuple[Remark, ...] = ()
