"""Credits: who wrote and who photographed, on a line of its own or at the end of a text: 署名."""

import re
from dataclasses import dataclass

from digest.model import Author
from digest.parsing import roles
from digest.parsing.block import Block
from digest.parsing.memory import remembered
from digest.parsing.names import is_sure_name, is_western
from digest.text import HAN, LETTER, has_han

_LONGEST = 80
_OPEN, _CLOSE = "（(〔【[［〖", "）)〕】]］〗"
_OPENED = re.compile(f"[{re.escape(_OPEN)}][^{re.escape(_CLOSE)}]*$")
_STOPS = "。！？”」"
_MARKS = "■□◆◇●○◎⊙▲△▌▍★☆※*—–-~·•|｜ \t\u3000"
_LIST_MARKS = "-*·•~"
_OFFICE_END = re.compile("[处處局部厅廳科办辦委会會署]$")
_SPLIT = re.compile(r"[\s、，,／/；;：:|｜&]+")
_COMMA = re.compile("[，,]")
_AUTHOR_IS = re.compile(rf"作者[系為为是][^。！？]{{1,40}}?(?:\s({LETTER}{{2,4}}))?")
_REPORT_ENDS = ("报道。", "報道。", "報導。")
# Compiled at its first use, which few issues have.
_REPORTED = rf"(?:[{HAN}]{{0,8}}(?:记者|記者|通讯员|通訊員))[{HAN}\s、，·]{{2,40}}(?:报道|報道|報導)。"
_CLOSED = "。！？…”」』）)"
_REMARKS = re.compile(
    ".{0,2}完|.?[载載]|待续|待續|[上中下]|略|[节節]选|[节節][选選]|摘[编編自]|.*(?:声|聲|笑|掌|[图圖表]|[续續]|略|[选選]|[转轉][载載]|下同|[类類][推似])"
)
_SOMEBODY = re.compile(
    "(?:读者|讀者|家长|家長|市民|居民|老人|学生|學生|教师|教師|村民|网友|網友|工人|老师|先生|女士|[老小].{1,2})$|^[一某][个個名位].{1,10}$"
)

_WITHHELD = re.compile(
    r"(?i:[(（]?(?:full )?(?:name|address|details)(?: and (?:full )?(?:name|address))? (?:supplied|withheld|provided|known)\b.{0,24})|"
    r"[（(]?(?:作者|来信人|來信人|读者|讀者)?(?:姓名|地址|[單单]位)(?:[、与與和](?:姓名|地址|[單单]位))?(?:从略|從略|略|保密|不详|不詳|备查|備查)[）)]?"
)

_STYLED = re.compile(r"^[—–-]{0,2}\s?\((?:Mrs?|Ms|Miss|Dr|Prof|Rev|Sir)\.?\)\s*")
_BY = re.compile(
    r"(By|BY|by|(?:From|FROM)(?! (?:[Pp]age|PAGE|[Tt]he|THE)\b)|"
    r"(?i:(?:report|review|interview|comment|analysis|column|words and pictures) by)|Words by|Text by|Story by|Written by|Compiled by|Reporting by|Additional reporting by|"
    r"Editing by|Edited by|(?:Photo|Photos|Photograph|Photographs|Photography|Picture|Pictures|Image|Illustration|"
    r"PHOTO|PICTURE)(?: by|:| courtesy of)?)\s+(.+)"
)
_AND = re.compile(r",? and |,? AND | & |, | with ")
_POST = re.compile(
    r"(?:(?:Our|A|An|Special|The) )?(?:[A-Z][\w-]*|[A-Z]+)?(?: ?[\w-]+){0,3} ?"
    r"(?:Correspondent|Reporter|Writer|Editor|[Ss]taff|Photographer|CORRESPONDENT|REPORTER|WRITER|EDITOR|STAFF)\b.{0,30}|"
    r"(?:For|Special to) [Tt]he (?:[A-Z][\w'’-]* ?){1,4}",
)
_POST_NAMES = re.compile(
    "Correspondent|Reporter|Writer|Editor|[Ss]taff|Photographer|CORR|REP|WRI|EDI|STAFF|^(?:For|Special to) "
)
_CLAUSE_END = re.compile(r"\s*[;|]\s*")
_POST_MARK = re.compile(r", | \| | [–—-] ")
_SHOT = re.compile(
    r"(?<=[.!?\"”])\s\((?:[Pp]hoto(?:graph)?s?(?: by|:) ([A-Z][^()]{2,40})|([A-Z][^()]{2,40}) photo(?:graph)?s?)\)$"
)
"""Who took the picture, behind the words under it."""

_SIGNED = re.compile(r"[—–-]{1,2}\s?(.+)")


@dataclass(frozen=True, slots=True)
class Credit:
    """What a credit says. `sure` is False for a bare name, which only its place can make a credit.

    `photo` says that a picture is credited.
    """

    authors: tuple[Author, ...]
    sure: bool
    photo: bool = False


@remembered
def of_line(text: str) -> Credit | None:
    """Return the credit that the whole of `text` is, None where it is something else."""
    if len(text) > _LONGEST:
        return None
    if text[-1:] in "。！？!?，," or "。" in text:
        return None
    inner = text.strip(_MARKS)
    bracketed = bool(inner) and inner[0] in _OPEN and inner[-1] in _CLOSE
    if bracketed:
        inner = inner[1:-1].strip()
    marked = text[0] in _MARKS and text[0] not in _LIST_MARKS
    if not inner:
        return None
    credit = _chinese(inner, bracketed, marked) if has_han(inner) else _western(inner, text)
    return None if credit and is_withheld(text) else credit


def of_two_lines(name: str, post: str) -> Credit | None:
    """Return the credit of a Western name on one line and its bearer's post on the next."""
    if len(name) > 40 or len(post) > 40 or " " not in name or not _is_post(post):
        return None
    if by := _BY.fullmatch(name):
        return Credit((Author(by[1], by[2]),), sure=True) if is_western(by[2]) else None
    return Credit((Author(post, name),), sure=True) if is_western(name) else None


def is_withheld(text: str) -> bool:
    """Say whether `text` only says that the writer of a letter is not named: Name and address supplied, 姓名保密."""
    return len(text) <= _LONGEST and _WITHHELD.fullmatch(text) is not None


def reported(text: str) -> tuple[Author, ...]:
    """Return who speaks the sentence `text` that ends a report on the air (本台记者…报道)."""
    spoken = text.endswith(_REPORT_ENDS) and re.fullmatch(_REPORTED, text)
    credit = _chinese(text[:-1], bracketed=False, marked=True) if spoken else None
    return credit.authors if credit else ()


def at_end(block: Block) -> tuple[Block, Credit | None]:
    """Return `block` without the credit that its text ends in, and that credit.

    Such a credit stands in brackets, or behind the last sentence and a space.
    """
    text = block.text
    if text[-1] in _STOPS:
        return block, None
    if text[-1] == ")" and (shot := _SHOT.search(text)):
        credit = _western(f"Photo by {shot[1] or shot[2]}", text)
        return (block.cut(shot.start())[0], credit) if credit else (block, None)
    if text[-1] in _CLOSE:
        at = max(map(text.rfind, _OPEN))
    else:
        stop = max(map(text.rfind, _STOPS))
        at = stop + 1 if stop >= 0 and text[stop + 1].isspace() else -1
    if at < max(1, len(text) - _LONGEST) or not has_han(text[at:]):
        return block, None
    credit = of_line(text[at:].strip())
    behind = text[:at].rstrip()[-1:] in _CLOSED
    if credit is None or not (credit.sure or (behind and _signs(text[at:], credit))) or not (credit.authors or behind):
        return block, None
    return block.cut(at)[0], credit


def writes_leaders(author: Author) -> bool:
    """Say whether an author is a paper's leader writer: 本报评论员."""
    return any(word in author.name + author.role for word in ("评论员", "評論員"))


def opens_bracket(text: str) -> bool:
    """Say whether `text` ends inside a bracket that it opens near its end."""
    return _OPENED.search(text, max(0, len(text) - _LONGEST)) is not None


def _signs(printed: str, credit: Credit) -> bool:
    """Say whether a bare name in brackets behind a full stop is the author's, and not a remark as （完）."""
    inner = printed.strip(_OPEN + _CLOSE + " ")
    return (
        printed.strip()[-1] in _CLOSE and not _REMARKS.fullmatch(inner) and all(len(a.name) > 1 for a in credit.authors)
    )


def signature(text: str, *, last: bool) -> Credit | None:
    """Return who signs a letter with the line `text`: a name, with who or where its bearer is before or behind it.

    `last` says that the line is surely no heading of the text that follows.
    """
    bare = _STYLED.sub("", text).strip(_MARKS + _OPEN + _CLOSE)
    marked = text[0] in "—–-"
    if has_han(bare):
        *others, name = _SPLIT.split(bare)
        if len(others) == 1 and is_sure_name(others[0]) and not is_sure_name(name):
            others, name = [name], others[0]
        known = is_sure_name(name) or _SOMEBODY.search(name)
        if len(bare) <= 24 and (marked or (known and (last or others))):
            return Credit((Author(" ".join(others), name),), sure=True)
        return None
    name, _, place = bare.partition(", ")
    if (last or marked) and is_western(name) and len(bare) <= 60 and (place or marked or " " in name):
        return Credit((Author(place, name),), sure=True)
    return None


def _chinese(inner: str, bracketed: bool, marked: bool) -> Credit | None:
    """Read the roles and names of a Chinese credit."""
    if bracketed and (author := _AUTHOR_IS.fullmatch(inner)):
        return Credit((Author("", author[1]),) if author[1] else (), sure=True)
    if bracketed and roles.are_units(inner):
        return Credit((), sure=True)
    reading = roles.read(inner, apart=bracketed or marked)
    authors = reading.authors() if reading else ()
    if reading is None or not (authors or reading.provided):
        return None
    bare = not any(reading.roles)
    if bare and not (bracketed or marked) and _COMMA.search(inner):
        return None
    if bare and not _are_names(authors, apart=bracketed or marked, marked=marked):
        return None
    return Credit(authors, sure=not bare or marked, photo=reading.photo)


def _are_names(authors: tuple[Author, ...], *, apart: bool, marked: bool) -> bool:
    """Say whether names without any role can be a credit; `apart` and `marked` say what sets them off."""
    if not apart and not all(is_sure_name(a.name) and len(a.name) < 4 for a in authors):
        return False
    if not marked and any(_OFFICE_END.search(a.name) for a in authors):
        return False
    return len(authors) <= 4 and all(len(a.name) < 4 or is_sure_name(a.name) for a in authors)


def _western(inner: str, text: str) -> Credit | None:
    found: list[Author] = []
    for clause in _CLAUSE_END.split(inner):
        by = _BY.fullmatch(clause)
        if by and (names := _western_names(by[2])):
            found += [Author(by[1].rstrip(":"), name) for name in names]
        elif found and _is_post(clause):
            continue
        else:
            found = []
            break
    if found:
        return Credit(tuple(found), sure=True, photo=bool(roles.PHOTO.search(found[0].role)))
    name, *posts = _POST_MARK.split(inner, maxsplit=1)
    post = "".join(posts)
    if post and is_western(name) and " " in name and _is_post(post) and len(post) < 40:
        return Credit((Author(post, name),), sure=True)
    signed = _SIGNED.fullmatch(text)
    if signed and is_western(signed[1].partition(",")[0].strip()):
        return Credit((Author("", signed[1].partition(",")[0].strip()),), sure=True)
    return None


def _western_names(text: str) -> list[str]:
    """Return the names of a list as `A, B and C, Staff Writers`; none where one of its members is no name.

    Behind a single comma without another "and" before it stands where the bearer works: `A, Health and Safety`.
    """
    text = text.strip('."“” ')
    first, comma, unit = text.partition(", ")
    if comma and "," not in unit and is_western(first) and " " in first and not _are_people(unit):
        return [first]
    names: list[str] = []
    for name in _AND.split(text):
        if names and _is_post(name):
            continue
        person, _, place = name.partition(" in ")
        if is_western(name) or _is_post(name):
            names.append(name)
        elif is_western(person) and is_western(place):
            names.append(person)
        else:
            return []
    return names


def _is_post(text: str) -> bool:
    """Say whether `text` names the post of one who writes for a paper: Our Correspondent, Staff Writer."""
    return _POST_NAMES.search(text) is not None and _POST.fullmatch(text) is not None


def _are_people(text: str) -> bool:
    """Say whether `text` is the rest of a list of names: two at least, of two words each."""
    names = text.removeprefix("and ").split(" and ")
    return (len(names) > 1 or text.startswith("and ")) and all(is_western(n) and " " in n for n in names)
