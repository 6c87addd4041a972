"""An article as sentences, and a sentence as clauses: always verbatim pieces of its text, white space aside."""

import re
from dataclasses import dataclass

from digest.model import Article
from digest.text import one_line

_CLOSERS = "”’\"'」』）)】》〉］]"
_CLOSING = re.escape(_CLOSERS)
_END = re.compile(rf"(?:[。！？!?…]+|\.(?=[\s{_CLOSING}]|$))[{_CLOSING}]*")
_ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|Rev|Gov|Sen|Rep|Gen|Col|Capt|Lt|Sgt|St|Jr|Sr|Inc|Ltd|Co|Corp|No|vs|etc|Jan|Feb|Mar|Apr"
    r"|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|a\.m|p\.m|U\.S|U\.K|U\.N|e\.g|i\.e)|\b[A-Z])\.$"
)
_CLAUSE = re.compile(rf"(?:[^，；：,;:]|[,;:](?=\d))*(?:[，；：,;:]|$)[{_CLOSING}]*")
_SAYS = re.compile(r"^[^，,。]{0,24}(?:说|道|介绍|表示|称|坦言|感慨|回忆|告诉\S{0,6}|說|介紹|稱)(?:道)?[。！]?$")
_DATELINE = re.compile(
    r"^(?:[【\[(（]?(?:本报|本報|本刊|本网|[\u4e00-\u9fff]{2,8}?)(?:讯|訊)[】\])）]?(?=[\s\d（(【近日昨今])\s*(?:[（(][^）)]{0,40}[）)])?"
    r"|[^，。,.\s]{2,16}?(?:\d{1,2}月)?\d{1,2}日(?:电|電|讯|訊)\s*(?:[（(][^）)]{0,40}[）)])?"
    r"|[A-Z][A-Z .,'-]{2,40}(?:,\s[A-Z][a-z]{2,8}\.?\s\d{1,2})?\s*(?:\([A-Za-z ]{2,20}\)\s*)?(?:--|[-–—])\s)[\s，,：:]*"
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: its verbatim text without white space at the ends, and where it stands (all counted from 0)."""

    text: str
    index: int
    paragraph: int
    first: bool  # of its paragraph


def of(article: Article) -> tuple[Sentence, ...]:
    """Return the sentences of an article, crossheads and dateline left out; captions where there is no paragraph."""
    crossheads = set(article.crossheads)
    paragraphs = [text for n, text in enumerate(article.paragraphs) if n not in crossheads]
    paragraphs = paragraphs or list(article.paragraphs) or [p.caption for p in article.pictures if p.caption]
    found: list[Sentence] = []
    for number, paragraph in enumerate(paragraphs):
        text = one_line(paragraph)
        for n, sentence in enumerate(split(without_dateline(text) if number == 0 else text)):
            found.append(Sentence(sentence, len(found), number, n == 0))
    return tuple(found)


def without_dateline(text: str) -> str:
    """Return a first paragraph without its dateline's place and agency; the date of an event stays."""
    return text[match.end() :] if (match := _DATELINE.match(text)) and match.end() < len(text) else text


def split(text: str) -> list[str]:
    """Return the sentences of a paragraph.

    An end mark takes the closing quotation marks that follow it along. A quotation and the words that name its
    speaker are one sentence; a mark of a quotation that another sentence opens or closes falls away.
    """
    pieces: list[str] = []
    start = 0
    for match in _END.finditer(text):
        if match.start() < start or not _ends(text, start, match):
            continue
        pieces.append(text[start : match.end()].strip())
        start = match.end()
    if rest := text[start:].strip():
        pieces.append(rest)
    return [trimmed for piece in _with_speakers(pieces) if (trimmed := _trimmed(piece))]


def clauses(sentence: str) -> list[str]:
    """Return the clauses of a sentence with their marks; together they are the sentence."""
    found: list[str] = []
    for match in _CLAUSE.finditer(sentence):
        if found and _depth(found[-1]) > 0:
            found[-1] += match.group()
        elif match.group():
            found.append(match.group())
    return found


def _ends(text: str, start: int, match: re.Match[str]) -> bool:
    """Say whether an end mark ends a sentence: not a full stop of an abbreviation, not a mark inside a short title."""
    mark = match.group()
    if mark[0] == ".":
        if _ABBREVIATION.search(text[start : match.start() + 1]):
            return False
        after = text[match.end() :].lstrip()
        return not after or not after[0].islower()
    if mark[0] == "…":
        return match.end() == len(text) or text[match.end() - 1] in _CLOSERS
    following = text[match.end() : match.end() + 1]
    if mark[-1] in _CLOSERS and (following in "，、；：,;:的" and following):
        return False
    return not (mark[-1] in "》）)" and following)


def _with_speakers(pieces: list[str]) -> list[str]:
    joined: list[str] = []
    for piece in pieces:
        if joined and joined[-1][-1] in "”」』" and _SAYS.match(piece) and _trimmed(joined[-1]) == joined[-1]:
            joined[-1] += piece
        else:
            joined.append(piece)
    return joined


def _trimmed(sentence: str) -> str:
    """Drop a quotation mark at an end of the sentence whose partner stands in another sentence."""
    for opener, closer in (("“", "”"), ("「", "」"), ("『", "』"), ("‘", "’")):
        if sentence.count(opener) > sentence.count(closer) and sentence.startswith(opener):
            sentence = sentence[1:]
        elif sentence.count(closer) > sentence.count(opener) and sentence.endswith(closer):
            sentence = sentence[:-1]
    return sentence.strip()


def _depth(text: str) -> int:
    return sum(text.count(opener) for opener in "“「『《（(") - sum(text.count(closer) for closer in "”」』》）)")
