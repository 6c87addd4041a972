"""An issue's pictures: checked and scaled in the sandbox, and put into its articles. One that fails costs itself alone."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from digest import sandbox, scaling
from digest.errors import RejectedError
from digest.model import Article, Issue, Remark, Rendition
from digest.scaling import Fault, Scaled

MOST_PICTURES = 200
"""An issue shows no more pictures than that."""

LIMITS = sandbox.Limits(cpu_seconds=120, seconds=240)
ALONE = sandbox.Limits(cpu_seconds=20, seconds=60)
"""What scaling may take: for the pictures of an issue together, and for one of them where that has failed."""

MOST_DEATHS = 3
"""So many pictures may each take a process with them before the rest of the issue's are given up."""

FAULTS = ("broken", "large", "many", "absent")
"""Why a picture is not shown, as an editor is told: a `Fault`, one too many, or no bytes came with its name."""

_TOLD = 5


@dataclass(frozen=True, slots=True)
class Illustrated:
    """An issue whose pictures have their sizes, and the bytes of these and of the pictures as they came, by SHA-256."""

    issue: Issue
    blobs: Mapping[str, bytes] = field(default_factory=dict)


def illustrate(issue: Issue, pictures: Mapping[str, bytes]) -> Illustrated:
    """Give the articles of an issue the `pictures` that they name, and remark those that cannot be shown."""
    named = dict.fromkeys(picture.name for article in issue.articles for picture in article.pictures if picture.name)
    shas = {name: hashlib.sha256(pictures[name]).hexdigest() for name in named if name in pictures}
    came = {sha256: pictures[name] for name, sha256 in shas.items()}
    told = dict(zip(came, _scaled(list(came.values())), strict=True))
    blobs: dict[str, bytes] = {}
    sizes: dict[str, tuple[Rendition, ...]] = {}
    for sha256, found in told.items():
        if not isinstance(found, str):
            blobs[sha256] = came[sha256]
            sizes[sha256] = tuple(_kept(size, blobs) for size in found)
    fates = {name: told[shas[name]] if name in shas else "absent" for name in named}
    remarks = [_remark(fault, [name for name, fate in fates.items() if fate == fault]) for fault in FAULTS]
    return Illustrated(
        replace(
            issue,
            articles=tuple(_illustrated(article, shas, sizes) for article in issue.articles),
            remarks=(*issue.remarks, *filter(None, remarks)),
        ),
        blobs,
    )


def _illustrated(article: Article, shas: Mapping[str, str], sizes: Mapping[str, tuple[Rendition, ...]]) -> Article:
    pictures = (
        replace(picture, original=sha256, sizes=sizes[sha256])
        if (sha256 := shas.get(picture.name, "")) in sizes
        else picture
        for picture in article.pictures
    )
    return replace(article, pictures=tuple(pictures))


def _kept(size: Scaled, blobs: dict[str, bytes]) -> Rendition:
    sha256 = hashlib.sha256(size.content).hexdigest()
    blobs[sha256] = size.content
    return Rendition(sha256, size.media_type, size.width, size.height, len(size.content))


def _remark(fault: str, names: Sequence[str]) -> Remark | None:
    shown = ", ".join(names[:_TOLD]) + (" …" if len(names) > _TOLD else "")
    return Remark(f"remark.pictures_{fault}", {"n": len(names), "names": shown}) if names else None


def _scaled(contents: Sequence[bytes]) -> list[tuple[Scaled, ...] | str]:
    """Scale pictures together or, where that ends the process that does it, each alone."""
    few = contents[:MOST_PICTURES]
    found: list[tuple[Scaled, ...] | str] = []
    if few:
        try:
            found += _together(few, LIMITS)
        except RejectedError:
            found += _each(few)
    return [*found, *["many" for _ in contents[MOST_PICTURES:]]]


def _together(contents: Sequence[bytes], limits: sandbox.Limits) -> list[tuple[Scaled, ...] | Fault]:
    return scaling.opened(sandbox.run(scaling.answer, scaling.packed(contents), limits), len(contents))


def _each(contents: Iterable[bytes]) -> Iterator[tuple[Scaled, ...] | str]:
    deaths = 0
    for content in contents:
        try:
            yield _together([content], ALONE)[0] if deaths < MOST_DEATHS else "broken"
        except RejectedError:
            deaths += 1
            yield "broken"
