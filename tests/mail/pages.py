"""What mail.md asks of the HTML part of a message (rows 1.8 to 1.10, 7.2), so that every mail program can show it."""

import re
from collections.abc import Iterator

from lxml import html
from lxml.html import HtmlElement

MAX_HTML = 95_000
MAX_WIDTH = 640
MAX_HIDDEN = 250

_ELEMENTS = {
    *("html", "head", "meta", "title", "style", "body", "div", "table", "tbody", "tr", "td"),
    *("h1", "h2", "h3", "h4", "p", "a", "span", "img"),
}
_FLOWING = {"p", "h1", "h2", "h3", "h4", "div", "a", "span"}
"""Where Outlook on Windows knows no padding, and draws borders as it likes (caniemail: padding, border)."""

_PROPERTIES = {
    *("background-color", "border", "border-bottom", "border-top", "color", "display", "font-family", "font-size"),
    *("font-weight", "height", "letter-spacing", "line-height", "margin", "max-height", "max-width", "mso-hide"),
    *("overflow", "overflow-wrap", "padding", "text-align", "text-decoration", "text-indent", "width"),
    *("-webkit-text-size-adjust", "word-break", "word-wrap"),
}
_LACKING = re.compile(
    r"(?<![\w-])(?:flex|grid|float|position|transform|opacity|gap|filter|animation|transition|background-image)(?![\w-])"
    r"|(?:var|calc|clamp|min|max|url|expression)\(|\d(?:rem|em|vw|vh|ch)\b|--\w|@import|@font-face"
)
"""What some mail programs know nothing of (caniemail)."""

_RULE = re.compile(r"@(?!media \((?:prefers-color-scheme: dark|max-width: \d+px)\))")
_HIDING = re.compile(r"display:none|visibility:hidden|font-size:[01]px|max-height:0|mso-hide:all")
_PIXELS = re.compile(r"(?<![\w-])(?:max-)?width:(\d+)px")


def page_faults(page: str) -> Iterator[str]:
    """Yield the rows that a page breaks, each with what is wrong."""
    if (size := len(page.encode())) > MAX_HTML:
        yield f"1.8 {size} bytes of HTML"
    root = html.document_fromstring(page)
    elements = [element for element in root.iter() if isinstance(element.tag, str)]
    yield from _head(root)
    hidden = sum(len(one.text_content()) for one in elements if _HIDING.search(_style(one)))
    if hidden > MAX_HIDDEN:
        yield f"1.8 {hidden} hidden characters"
    for sheet in re.findall(r"(?s)<style[^>]*>(.*?)</style>", page):
        if _LACKING.search(sheet) or _RULE.search(sheet):
            yield "1.10 the style sheet has what mail programs lack"
    tables = [element for element in elements if element.tag == "table"]
    if not tables or any(table.get("role") != "presentation" for table in tables):
        yield "1.8 tables that are read out as tables"
    for element in elements:
        yield from _content(element)
        yield from _layout(element)


def _head(root: HtmlElement) -> Iterator[str]:
    metas = {meta.get("name"): meta.get("content") for meta in root.iter("meta")}
    if not root.get("lang") or "width=device-width" not in metas.get("viewport", ""):
        yield "1.8 language or viewport"
    if metas.get("color-scheme") != "light dark" or metas.get("supported-color-schemes") != "light dark":
        yield "1.8 dark mode is not declared"


def _content(element: HtmlElement) -> Iterator[str]:
    if element.tag not in _ELEMENTS:
        yield f"1.9 an element {element.tag}"
    for name, value in element.items():
        if name.startswith("on") or re.match(r"\s*(?:javascript|data):", value):
            yield f"1.9 {name}={value}"
    if element.tag == "a" and not re.match(r"https://[^/]", element.get("href") or ""):
        yield f"7.2 a link to {element.get('href')}"
    if element.tag == "img":
        measured = all((element.get(name) or "").isdigit() for name in ("width", "height"))
        suitable = re.match(r"https://.+\.(?:jpg|png)$", element.get("src") or "")
        if not measured or not suitable or not element.get("alt"):
            yield f"1.9 a picture {element.get('src')}"


def _layout(element: HtmlElement) -> Iterator[str]:
    tag, style = element.tag, _style(element)
    if tag in {"p", "h1", "h2", "h3", "h4", "a", "td"} and not style:
        yield f"1.8 a style is not inlined: {tag}"
    widths = [*_PIXELS.findall(style), *re.findall(r"^\d+$", element.get("width") or "")]
    if any(int(width) > MAX_WIDTH for width in widths):
        yield f"1.8 {tag} is as wide as {widths}"
    if _LACKING.search(style):
        yield f"1.10 {tag} has {style}"
    for declaration in filter(None, style.split(";")):
        name, _, value = declaration.partition(":")
        drawn = name.startswith(("padding", "border")) and value.strip("0 px") != ""
        if name not in _PROPERTIES or (name == "margin" and re.search("auto|-", value)):
            yield f"1.10 {tag} has {declaration}"
        if drawn and tag in _FLOWING:
            yield f"1.10 Outlook draws no {declaration} of {tag}"


def _style(element: HtmlElement) -> str:
    return re.sub(r"\s*([:;])\s*", r"\1", element.get("style") or "")
