"""Archives (zip): files of any other format that together are one issue, in the order of their names."""

import posixpath
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from urllib.parse import unquote

from digest import reading
from digest.errors import RejectedError
from digest.model import Document, Line, Remark, Source
from digest.reading import frontmatter, pictures
from digest.reading.encoding import summed
from digest.reading.members import Member, members

_PARTS = ("_files", ".files", "_文件")
"""How the name of the folder ends in which a browser keeps what belongs to a saved page."""

_HARMLESS = ("rejected.format", "rejected.no_text_layer", "rejected.empty")
"""For these, a file is left out; any other refusal would leave a hole in the issue."""

_SIDECAR = ".yaml"
_SHOWN = 5


def document(source: Source) -> Document:
    """Return what an archive holds, as `archive.read` says."""
    found = members(source.content)
    names = {member.name for member in found}
    images = {member.name: member.content for member in found if pictures.is_picture(member.name)}
    beside = [member for member in found if member.name.removesuffix(_SIDECAR) in names - {member.name}]
    texts: list[tuple[str, Document]] = []
    ignored: list[str] = []
    for member in found:
        if member.name in images or member in beside or _is_part(member.name):
            continue
        if document := _document(member, source):
            texts.append((member.name, document))
        else:
            ignored.append(member.name)
    if not texts:
        raise RejectedError("rejected.no_text_layer" if images else "rejected.archive_empty")
    lines, kept = _bound(texts, images)
    given: dict[str, str] = {}
    for stated in (*(frontmatter.beside(member.content) for member in beside), *(text.given for _, text in texts)):
        given = {**stated, **given}
    remarks = [remark for _, document in texts for remark in document.remarks]
    return Document(
        name=source.name,
        lines=lines,
        pictures=kept,
        given=given,
        modified=source.modified,
        remarks=summed((*remarks, *_left_out(ignored))),
    )


def _is_part(name: str) -> bool:
    return any(folder.endswith(_PARTS) for folder in name.split("/")[:-1])


def _document(member: Member, source: Source) -> Document | None:
    """Return what a file holds, None for one of another kind or without text."""
    try:
        document: Document = reading.form_of(member.name).read(Source(member.name, member.content, source.modified))
    except RejectedError as refusal:
        if refusal.code in _HARMLESS:
            return None
        raise RejectedError(refusal.code, **{**refusal.facts, "member": member.name}) from refusal
    return document


def _left_out(names: Sequence[str]) -> Iterator[Remark]:
    if names:
        shown = ", ".join(names[:_SHOWN]) + (" …" if len(names) > _SHOWN else "")
        yield Remark("remark.archive_ignored", {"n": len(names), "names": shown})


def _bound(
    texts: Sequence[tuple[str, Document]], images: Mapping[str, bytes]
) -> tuple[tuple[Line, ...], dict[str, bytes]]:
    """Return the lines of all documents, and the pictures under the names that these lines have for them."""
    lines: list[Line] = []
    kept: dict[str, bytes] = {}
    find = _finder(images)
    pages = 0
    for name, document in texts:
        lines += [Line("")] if lines else []
        for line in document.lines:
            new: dict[str, str] = {}
            for old in pictures.names(line.text):
                if (own := document.pictures.get(old)) is not None:
                    new[old] = pictures.safe(f"{name}/{old}")
                    kept[new[old]] = own
                elif (member := find(name, old)) is not None:
                    new[old] = pictures.safe(member)
                    kept[new[old]] = images[member]
            text = pictures.renamed(line.text, new) if new else line.text
            lines.append(replace(line, text=text, page=line.page and line.page + pages))
        pages = max((line.page for line in lines if line.page), default=0)
    for name, content in images.items():
        if pictures.safe(name) not in kept and not _is_part(name):
            kept[pictures.safe(name)] = content
            lines += [Line(""), Line(pictures.mark("", name))]
    return tuple(lines), kept


def _finder(images: Mapping[str, bytes]) -> Callable[[str, str], str | None]:
    """Return what finds the picture that a file refers to: by its path, from the file or the top, or by its name."""
    by_path = {posixpath.normpath(name): name for name in images}
    count = Counter(map(posixpath.basename, images))
    by_name = {posixpath.basename(name): name for name in images if count[posixpath.basename(name)] == 1}

    def find(file: str, reference: str) -> str | None:
        path = unicodedata.normalize("NFC", unquote(reference).replace("\\", "/"))
        beside = posixpath.normpath(posixpath.join(posixpath.dirname(file), path))
        return by_path.get(beside) or by_path.get(posixpath.normpath(path)) or by_name.get(posixpath.basename(path))

    return find
