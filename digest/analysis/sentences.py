"""An article as sentences, and a sentence as clauses: always verbatim pieces of its text, white space aside."""

import re
from dataclasses import dataclass

from digest.model import Article
from digest.text import one_line

SPEECH = 80
"""A quotation of so many characters is a speech of several sentences."""

_QUOTES = (("“", "”"), ("「", "」"), ("『", "』"))
_BULLETS = "●○◎◆◇■□▲△▶►★☆※•· "
_CLOSERS = "”’\"'」』）)】》〉］]"
_CLOSING = re.escape(_CLOSERS)
_END = re.compile(rf"(?:[。！？!?…]+|\.(?=[\s{_CLOSING}]|$))[{_CLOSING}]*")
_ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|Rev|Gov|Sen|Rep|Gen|Col|Capt|Lt|Sgt|St|Jr|Sr|Inc|Ltd|Co|Corp|No|vs|etc|Jan|Feb|Mar|Apr"
    r"|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|a\.m|p\.m|U\.S|U\.K|U\.N|e\.g|i\.e)|\b[A-Z])\.$"
)
_CLAUSE = re.compile(rf"(?:[^，；：,;:]|[,;:](?=\d))*(?:[，；：,;:]|$)[{_CLOSING}]*")
_SAYS = re.compile(r"^[^，,。]{0,24}(?:说|道|介绍|表示|称|坦言|感慨|回忆|告诉\S{0,6}|說|介紹|稱)(?:道)?[。！]?$")
_LETTER = r"[^\W\d_a-zA-Z]"  # a Han character, or one of its like: the class of Han alone is slow to compile
_HAN_DATELINE = re.compile(
    rf"(?:[【\[(（](?:本[报報刊网網]|{_LETTER}{{2,8}})[讯訊][】\])）]"  # 【本报讯】
    rf"|[【\[(（]本[报報刊台网網](?:{_LETTER}|\s){{0,16}}(?:[讯訊电電]|[报報][道導]|专稿|專訊)[】\])）]"  # 【本报记者某某报道】
    r"|本[台报報网網](?:消息|[报報][道導])[：，]"  # 本台消息：
    rf"|(?:本[报報刊网網]|{_LETTER}{{2,8}}?)[讯訊](?=[\s\d（(近日昨今])"  # 本报讯（…）, 某某讯 1月5日
    r"|[^，。,.\s]{2,16}?\d{1,2}日[电電讯訊])"  # 新华社某地1月5日电
    r"\s*(?:[（(][^）)]{0,40}[）)])?[\s，：]*"  # （记者 某某）
)
_LATIN_DATELINE = re.compile(
    r"[A-Z][A-Z .,'’-]{2,40}(?:,\s[A-Z][a-z]{2,8}\.?\s\d{1,2})?\s*(?:\([A-Za-z ]{2,20}\)\s*)?(?:--|[-–—])\s+"
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
    match = _HAN_DATELINE.match(text) or _LATIN_DATELINE.match(text)
    return text[match.end() :] or text if match else text


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
    depth = 0
    for match in _CLAUSE.finditer(sentence):
        if found and depth > 0:
            found[-1] += match.group()
        elif match.group():
            found.append(match.group())
        depth = max(0, depth + _opened(match.group()))
    return found


def _ends(text: str, start: int, match: re.Match[str]) -> bool:
    """Say whether an end mark ends a sentence: neither an abbreviation's nor a quoted one that the sentence goes on after."""
    mark, following = match.group(), text[match.end() : match.end() + 1]
    if mark == "." and _ABBREVIATION.search(text, max(start, match.start() - 8), match.end()):
        return False
    if _is_inside(text, start, match.end()):
        return False
    if mark[0] in ".?!" and text[match.end() : match.end() + 4].lstrip()[:1].islower():
        return False
    if not mark.strip("…"):
        return not following
    if mark[-1] in "》）)":
        return not following
    return mark[-1] not in _CLOSERS or not following or following not in "，、；：,;:的"


def _is_inside(text: str, start: int, end: int) -> bool:
    """Say whether the sentence from `start` has opened a quotation behind its first words that goes on at `end`.

    A long one is a speech, whose sentences stand for themselves.
    """
    for opener, closer in _QUOTES:
        opened = text.rfind(opener, start, end)
        if opened > start and text.find(closer, opened, end) < 0:
            closed = text.find(closer, end)
            return end <= closed < opened + SPEECH
    return False


def _with_speakers(pieces: list[str]) -> list[str]:
    joined: list[str] = []
    for piece in pieces:
        if joined and joined[-1][-1] in "”」』" and _SAYS.match(piece) and _trimmed(joined[-1]) == joined[-1]:
            joined[-1] += piece
        else:
            joined.append(piece)
    return joined


def _trimmed(sentence: str) -> str:
    """Drop the bullet at the beginning, and a quotation mark at an end of the sentence whose partner stands in another sentence."""
    sentence = sentence.lstrip(_BULLETS)
    for opener, closer in (*_QUOTES, ("‘", "’")):
        if sentence.count(opener) > sentence.count(closer) and sentence.startswith(opener):
            sentence = sentence[1:]
        elif sentence.count(closer) > sentence.count(opener) and sentence.endswith(closer):
            sentence = sentence[:-1]
    return sentence.strip()


def _opened(text: str) -> int:
    """Return how many more marks that pair are opened in `text` than closed."""
    return sum(map(text.count, "“「『《（(")) - sum(map(text.count, "”」』》）)"))
