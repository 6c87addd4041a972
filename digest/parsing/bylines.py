"""Credits: who wrote and who photographed, on a line of its own or at the end of a text: 署名."""

import re
from dataclasses import dataclass
from itertools import pairwise

from digest.model import Author
from digest.parsing.block import Block
from digest.parsing.names import is_name, is_sure_name, is_western
from digest.text import HAN, has_han

_LONGEST = 80
_OPEN, _CLOSE = "（(〔【[［〖", "）)〕】]］〗"
_MARKS = "■□◆◇●○◎▲△▌▍★☆※*—–-~·•|｜ \t\u3000"
_LIST_MARKS = "-*·•~"
_REPORTER = "(?:记者|記者)"
_ROLE = re.compile(
    rf"(?:文|图|圖|摄|攝|影)\0(?:文|图|圖|摄影|攝影|摄|攝|影)|"
    rf"[{HAN}]{{0,10}}?{_REPORTER}(?:站|团|團|组|組)?|"
    rf"[{HAN}]{{0,6}}?(?:通讯员|通訊員|评论员|評論員|撰稿人|特派员|特派員|实习生|實習生|融媒体中心|全媒体中心|融媒体|融媒體|全媒体|全媒體|编辑部|編輯部)|"
    r"编译|編譯|作者|撰文|撰稿|整理|采写|採寫|采访|採訪|"
    r"摄影|攝影|摄像|攝像|供图|供圖|供稿|绘图|繪圖|制图|製圖|插图|插圖|漫画|漫畫|图片|圖片|图文|圖文|文图|来源|來源|综合|綜合|据|據|"
    r"文字|[文图圖摄攝](?=[\s:：\0]|$)"
)
_VERB = "摄影报道|攝影報導|图文报道|报道|報道|報導|供图|供圖|供稿|摄影|攝影|整理|编译|編譯|综合|綜合|采写|文图|图文|摄|攝|文|图|圖|撰|绘"
_ENDS_IN_VERB = re.compile(rf"(.+?)((?:{_VERB})(?:\0(?:{_VERB}))?)")
_ONLY_VERB = re.compile(rf"(?:{_VERB})(?:\0(?:{_VERB}))?")
_FILED = re.compile(rf"[{HAN}]{{2,6}}(?:报道|報道|報導|专电|專電|电|電|讯|訊)")
_NAMED_AND_FILED = re.compile(rf"([{HAN}]{{2,3}}?)([{HAN}]{{2,3}})(?:报道|報道|報導|摄|攝)")
_SPLIT = re.compile(r"[\s、，,／/；;：:|｜&]+")
_SLASHED = re.compile(r"(?<=[文图圖摄攝影])\s*[/／]\s*(?=[文图圖摄攝影])")
_PHOTO = re.compile("摄|攝|图|圖|影|[Pp]hoto|PHOTO|[Pp]icture|[Ii]mage")
_SOURCE = re.compile("据|據|来源|來源|综合|綜合")
_PUBLISHER = re.compile("(?:社|[网網]|[报報]|台|刊|[电電]|[号號]|客户端|中心|[A-Za-z])$")
_ALONE = re.compile("评论员|評論員|编辑部|編輯部")

_SOMEBODY = re.compile(
    "(?:读者|讀者|家长|家長|市民|居民|老人|学生|學生|教师|教師|村民|网友|網友|工人|老师|先生|女士|[老小].{1,2})$"
)

_BY = re.compile(
    r"(By|BY|by|From|FROM|Words by|Text by|Story by|Written by|Compiled by|Reporting by|Additional reporting by|"
    r"Editing by|Edited by|(?:Photo|Photos|Photograph|Photographs|Photography|Picture|Pictures|Image|Illustration|"
    r"PHOTO|PICTURE)(?: by|:| courtesy of)?)\s+(.+)"
)
_AND = re.compile(r",? and |,? AND | & |, | with ")
_POST = re.compile(
    r"(?:(?:Our|A|An|Special|The) )?(?:[A-Z][\w-]*|[A-Z]+)?(?: ?[\w-]+){0,3} ?"
    r"(?:Correspondent|Reporter|Writer|Editor|Staff|Photographer|CORRESPONDENT|REPORTER|WRITER|EDITOR|STAFF)\b.{0,30}",
)
_SIGNED = re.compile(r"[—–-]{1,2}\s?(.+)")


@dataclass(frozen=True, slots=True)
class Credit:
    """What a credit says. `sure` is False for a bare name, which only its place can make a credit.

    `photo` says that a picture is credited.
    """

    authors: tuple[Author, ...]
    sure: bool
    photo: bool = False


def of_line(text: str) -> Credit | None:
    """Return the credit that the whole of `text` is, None where it is something else."""
    if len(text) > _LONGEST or text[-1:] in "。！？!?，,":
        return None
    inner = text.strip(_MARKS)
    bracketed = bool(inner) and inner[0] in _OPEN and inner[-1] in _CLOSE
    if bracketed:
        inner = inner[1:-1].strip()
    marked = text[0] in _MARKS and text[0] not in _LIST_MARKS
    if not inner:
        return None
    return _chinese(inner, bracketed, marked) if has_han(inner) else _western(inner, text)


def of_two_lines(name: str, post: str) -> Credit | None:
    """Return the credit of a Western name on one line and its bearer's post on the next."""
    if len(name) > 40 or len(post) > 40 or " " not in name or not is_western(name):
        return None
    return Credit((Author(post, name),), sure=True) if _POST.fullmatch(post) else None


def at_end(block: Block) -> tuple[Block, Credit | None]:
    """Return `block` without the credit that its text ends in, and that credit.

    Such a credit stands in brackets, or behind the last sentence and a space.
    """
    text = block.text
    if text[-1] in _CLOSE:
        at = max(text.rfind(mark, max(0, len(text) - _LONGEST)) for mark in _OPEN)
    else:
        stop = max(text.rfind(mark, max(0, len(text) - _LONGEST)) for mark in "。！？”」")
        at = stop + 1 if stop >= 0 and text[stop + 1 : stop + 2].isspace() else -1
    if at <= 0 or not has_han(text[at:]):
        return block, None
    credit = of_line(text[at:].strip())
    if credit is None or not credit.sure:
        return block, None
    return block.cut(at)[0], credit


def signature(text: str, *, last: bool) -> Credit | None:
    """Return who signs a letter with the line `text`: a name, with who or where its bearer is before or behind it.

    `last` says that the line is surely no heading of the text that follows.
    """
    bare = text.strip(_MARKS + _OPEN + _CLOSE)
    marked = text[0] in "—–-"
    if has_han(bare):
        *others, name = _SPLIT.split(bare)
        known = is_sure_name(name) or _SOMEBODY.search(name)
        if len(bare) <= 24 and (marked or (known and (last or others))):
            return Credit((Author(" ".join(others), name),), sure=True)
        return None
    name, _, place = bare.partition(", ")
    if (last or marked) and is_western(name) and len(bare) <= 60 and (place or marked or " " in name):
        return Credit((Author(place, name),), sure=True)
    return None


def _chinese(inner: str, bracketed: bool, marked: bool) -> Credit | None:
    """Read roles and names in turn; None as soon as something is neither."""
    tokens = [t for t in _SPLIT.split(_SLASHED.sub("\0", inner)) if t]
    reading = _Reading(apart=bracketed or marked)
    for token, following in pairwise([*tokens, ""]):
        if not reading.take(token, following):
            return None
    authors = reading.authors()
    if not authors:
        return None
    bare = not any(reading.roles)
    if bare and not (bracketed or marked or all(is_sure_name(a.name) and len(a.name) < 4 for a in authors)):
        return None
    if bare and (len(authors) > 4 or not all(len(a.name) < 4 or is_sure_name(a.name) for a in authors)):
        return None
    return Credit(authors, sure=not bare or marked, photo=bool(_PHOTO.search("".join(reading.roles))))


class _Reading:
    """Roles and names, token by token. `apart` says that brackets or a mark set the credit off from other text."""

    def __init__(self, *, apart: bool) -> None:
        self.apart = apart
        self.roles: list[str] = []
        self._role = ""
        self._named: list[tuple[str, str]] = []
        self._half = ""

    def take(self, token: str, following: str) -> bool:
        """Take one token, knowing the one that follows it; False where it is neither role nor name."""
        ends = not following or _ROLE.match(following)
        if _ONLY_VERB.fullmatch(token) and self._named and not self._half and ends:
            return self._act(token)
        role = _ROLE.match(token)
        if role and not self._half:
            self._role = role[0].replace("\0", "/")
            self.roles.append(self._role)
            if _ALONE.search(self._role) and role.end() == len(token):
                self._named.append(("", self._role))
            return role.end() == len(token) or self._name(token[role.end() :], glued=True)
        return self._name(token, glued=False)

    def authors(self) -> tuple[Author, ...]:
        """Return who was credited; a role that stands alone is a name where another name does not follow it."""
        named = [(role, name) for role, name in self._named if role or name not in {r for r, _ in self._named}]
        return () if self._half else tuple(Author(role, name) for role, name in named)

    def _is_doer(self, text: str) -> bool:
        return is_sure_name(text) or bool(self._role and (is_name(text) or len(text) == 1))

    def _act(self, verb: str) -> bool:
        """Take what the people named so far did, the role of those who have none yet."""
        verb = verb.replace("\0", "/")
        self.roles.append(verb)
        self._named = [(role or verb, name) for role, name in self._named]
        return True

    def _name(self, token: str, *, glued: bool) -> bool:
        """Take a token that should be a name; `glued` says that its role stands before it without a space."""
        if self._half or (len(token) == 1 and has_han(token)):
            return self._half_name(token)
        if self._role and _SOURCE.search(self._role):
            return _PUBLISHER.search(token) is not None and self._named_as(token)
        if self._named and _FILED.fullmatch(token):
            return self._act("")
        filed = _NAMED_AND_FILED.fullmatch(token)
        acted = _ENDS_IN_VERB.fullmatch(token)
        if acted and self._is_doer(acted[1]):
            return self._named_as(filed[1] if filed and len(acted[1]) > 3 else acted[1]) and self._act(acted[2])
        if filed:
            return self._named_as(token[:3] if len(filed[1] + filed[2]) > 4 else filed[1]) and bool(self._role)
        named = is_name(token) and (self.apart or not glued or is_sure_name(token))
        return (named or bool(self._role and is_western(token))) and self._named_as(token)

    def _half_name(self, token: str) -> bool:
        """Take a name that is set with a space between its two characters."""
        token, self._half = self._half + token, ""
        if len(token) == 1:
            self._half = token
            return True
        return is_name(token) and self._named_as(token)

    def _named_as(self, name: str) -> bool:
        self._named.append((self._role, name))
        return True


def _western(inner: str, text: str) -> Credit | None:
    found: list[Author] = []
    for clause in re.split(r"\s*[;|]\s*", inner):
        by = _BY.fullmatch(clause)
        if by and (names := _western_names(by[2])):
            found += [Author(by[1].rstrip(":"), name) for name in names]
        elif found and _POST.fullmatch(clause):
            continue
        else:
            found = []
            break
    if found:
        return Credit(tuple(found), sure=True, photo=bool(_PHOTO.search(found[0].role)))
    name, _, post = inner.partition(", ")
    if post and is_western(name) and " " in name and _POST.fullmatch(post) and len(post) < 40:
        return Credit((Author(post, name),), sure=True)
    signed = _SIGNED.fullmatch(text)
    if signed and is_western(signed[1].partition(",")[0].strip()):
        return Credit((Author("", signed[1].partition(",")[0].strip()),), sure=True)
    return None


def _western_names(text: str) -> list[str]:
    """Return the names of a list as `A, B and C, Staff Writers`; none where one of its members is no name."""
    names: list[str] = []
    for name in _AND.split(text.strip('."“” ')):
        if names and _POST.fullmatch(name):
            continue
        person, _, place = name.partition(" in ")
        if is_western(name) or _POST.fullmatch(name):
            names.append(name)
        elif is_western(person) and is_western(place):
            names.append(person)
        else:
            return []
    return names
