"""Markdown (CommonMark): its marks are understood and forgotten, its words and its lines are kept.

Left off are the constructs that would swallow or disguise words of a newspaper: link definitions, raw HTML and code
by indentation.
"""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from digest.model import Document, Line, Source
from digest.reading import frontmatter, pictures
from digest.reading.encoding import decoded

if TYPE_CHECKING:
    from markdown_it.token import Token

SUFFIXES = (".md", ".markdown")


def read(source: Source) -> Document:
    """Return the lines of a Markdown file, its headings with their level, and what its front matter states.

    Raises:
        RejectedError: as `encoding.decoded` and `frontmatter.split` say.
    """
    text, remarks = decoded(source)
    given, body = frontmatter.split(text)
    lines = tuple(_lines(body))
    return Document(name=source.name, lines=lines, given=given, modified=source.modified, remarks=remarks)


def _lines(text: str) -> Iterator[Line]:
    """Yield the lines of `text`; as many empty ones between two blocks as there were."""
    from markdown_it import MarkdownIt  # takes long to load

    markdown = MarkdownIt("commonmark").disable(["reference", "html_block", "html_inline", "code"])
    tokens = markdown.parse(text)
    at, level, mark = 0, 0, ""
    for token in tokens:
        if token.type == "heading_open":
            level = int(token.tag[1:])
        elif token.type == "list_item_open":
            mark = f"{token.info}{token.markup} " if token.info else f"{token.markup} "
        if token.map is None or token.type not in {"inline", "fence"}:
            continue
        start, end = token.map
        yield from [Line("")] * (start - at)
        at = end
        if token.type == "fence":
            yield from (Line(line.rstrip()) for line in _fence(token))
            continue
        for text_line in _inline(token.children or ()):
            yield Line((mark + text_line).strip(), level=level)
            mark = ""
        level = 0


def _fence(token: "Token") -> list[str]:
    return [token.info, *token.content.splitlines()]


def _inline(tokens: Sequence["Token"]) -> list[str]:
    """Return the words of `tokens` without their marks, line by line. A picture keeps its mark: it is not words."""
    lines = [""]
    target = ""
    for token in tokens:
        if token.type in {"softbreak", "hardbreak"}:
            lines.append("")
        elif token.type == "link_open":
            target = str(token.attrGet("href") or "")
        elif token.type == "link_close":
            lines[-1] += "" if _shows(lines[-1], target) else f" <{target}>"
        elif token.type == "image":
            lines[-1] += pictures.mark(token.content, pictures.name_at(str(token.attrGet("src") or "")))
        else:
            lines[-1] += token.content
    return lines


def _shows(text: str, target: str) -> bool:
    return not target or text.endswith(target.removeprefix("mailto:"))
