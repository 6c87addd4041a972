"""Roles: a Chinese credit is read word by word, each a role, a name or what somebody did."""

import re
from itertools import pairwise

from digest.model import Author
from digest.parsing.names import is_name, is_sure_name, is_western
from digest.text import LETTER, has_han

_REPORTER = "(?:记者|記者)"
_ROLE = re.compile(
    rf"(?:文|图|圖|摄|攝|影)\0(?:文|图|圖|摄影|攝影|摄|攝|影)|"
    rf"{LETTER}{{0,10}}?{_REPORTER}(?:站|团|團|组|組)?|"
    rf"{LETTER}{{0,6}}?(?:通讯员|通訊員|评论员|評論員|撰稿人|特派员|特派員|实习生|實習生|融媒体中心|全媒体中心|融媒体|融媒體|全媒体|全媒體|编辑部|編輯部|分析员|分析員|研究员|研究員|观察员|觀察員)|"
    r"编译|編譯|作者|撰文|撰稿|整理|采写|採寫|采访|採訪|"
    r"摄影|攝影|摄像|攝像|供图|供圖|供稿|绘图|繪圖|制图|製圖|插图|插圖|漫画|漫畫|图片|圖片|图文|圖文|文图|来源|來源|综合|綜合|据|據|"
    r"文字|[文图圖摄攝](?=[\s:：\0]|$)"
)
_VERB = "摄影报道|攝影報導|图文报道|报道|報道|報導|供图|供圖|供稿|摄影|攝影|整理|编译|編譯|综合|綜合|采写|文图|图文|摄|攝|文|图|圖|撰|绘"
_VERB_ENDS = frozenset(verb[-1] for verb in _VERB.split("|"))
_ENDS_IN_VERB = re.compile(rf"(.+?)((?:{_VERB})(?:\0(?:{_VERB}))?)")
_ONLY_VERB = re.compile(rf"(?:{_VERB})(?:\0(?:{_VERB}))?")
_FILED = re.compile(rf"{LETTER}{{2,6}}(?:报道|報道|報導|专电|專電|电|電|讯|訊)")
_NAMED_AND_FILED = re.compile(rf"({LETTER}{{2,3}}?)({LETTER}{{2,3}})(?:报道|報道|報導|摄|攝)")
_SPLIT = re.compile(r"[\s、，,／/；;：:|｜&]+")
_TOLD = re.compile(rf"(?<!{LETTER})((?!(?:来源|來源|文|图|圖|摄|攝|作者)){LETTER}{{2,8}})\s?[:：]")
"""A role before a colon."""

_SAID = "\1"
_SLASHED = re.compile(r"(?<=[文图圖摄攝影])\s*[/／]\s*(?=[文图圖摄攝影])")
PHOTO = re.compile("摄|攝|图|圖|影|[Pp]hoto|PHOTO|[Pp]icture|[Ii]mage")
_SOURCE = re.compile("据|據|来源|來源|综合|綜合")
_SENT = ("供稿", "供图", "供圖")
"""What offices do as people do."""

_MADE = ("文", "图", "圖", "摄", "攝")
"""What somebody made, before the office and the name of who did: 文/产科 甲."""

_PUBLISHER = re.compile("(?:社|[》刊]|杂志|雜誌|[网網]|[报報]|台|刊|[电電]|[号號]|客户端|中心|[A-Za-z])$")
_NO_NAME_END = frozenset("科处處局站办辦厂廠委矿礦院室部所校馆館队隊")
"""Characters in which offices end and hardly a name does."""

_NAME_LENGTH = 3
"""Characters of all but a few Chinese names."""

_ALONE = re.compile("评论员|評論員|编辑部|編輯部")
_LATER = re.compile(
    "(?:责任)?编辑|(?:責任)?編輯|责编|責編|排版|审核|審核|校对|校對|制图|製圖|设计|設計|剪辑|视频|音频|翻译|翻譯"
)
_PROVIDED = re.compile(rf"{LETTER}{{2,16}}(?:提供|供图|供圖)|(?:资料|資料|网络|網絡|网路|網路)(?:图|圖|图片|圖片)?")
_NAME_AND_ROLE = re.compile(
    rf"({LETTER}{{2,3}}?)((?:特约|特約|见习|見習|实习|實習|本报|本報|本台)?(?:记者|記者|通讯员|通訊員|实习生|實習生).*)"
)
_UNIT = re.compile(
    r"[^\W_A-Za-z]{1,20}(?:厂|廠|部|科|处|處|局|站|队|隊|中心|学院|學院|大学|大學|学校|學校|[中小][学學]|公司|集团|集團|办|辦|办公室|辦公室|委|委员会|委員會|"
    r"医院|醫院|法院|检察院|檢察院|[支分]行|银行|銀行|协会|協會|工会|工會|社区|社區|街道|政府|馆|館|研究所|派出所|系|班|车间|車間|支部|矿|礦|农场|農場)|办公室|辦公室"
)


def read(inner: str, *, apart: bool) -> "Reading | None":
    """Return the reading of the credit `inner`; None as soon as a word is neither role nor name."""
    inner = _TOLD.sub(rf"\1{_SAID} ", inner) if apart else inner
    inner = _SLASHED.sub("\0", inner) if "/" in inner or "／" in inner else inner
    tokens = [t for t in _SPLIT.split(inner) if t]
    reading = Reading(apart=apart)
    for token, following in pairwise([*tokens, ""]):
        if not reading.take(token, following):
            return None
    return reading


def are_units(inner: str) -> bool:
    """Say whether `inner` names only offices: those that have sent a text."""
    tokens = _SPLIT.split(inner)
    return all(is_unit(token) and len(token) > 2 for token in tokens)


def is_unit(text: str) -> bool:
    """Say whether `text` is the name of an office or of a part of one."""
    named = len(text) <= _NAME_LENGTH and is_sure_name(text) and text[-1] not in _NO_NAME_END
    return _UNIT.fullmatch(text) is not None and not named


class Reading:
    """Roles and names, token by token.

    `apart` says that brackets or a mark set the credit off from other text, `provided` that somebody has given the
    picture who is not named. A unit of an office stands for the role of the name behind it.
    """

    def __init__(self, *, apart: bool) -> None:
        self.apart = apart
        self.provided = False
        self.roles: list[str] = []
        self._role = ""
        self._named: list[tuple[str, str]] = []
        self._half = ""

    def take(self, token: str, following: str) -> bool:
        """Take one token, knowing the one that follows it; False where it is neither role nor name."""
        if token.endswith(_SAID):
            self._role = token[:-1]
            self.roles.append(self._role)
            return True
        if self._named and not self._half and _ONLY_VERB.fullmatch(token) and self._ends_at(following):
            return self._act(token)
        glued = _NAME_AND_ROLE.fullmatch(token) if self._role else None
        if glued and is_sure_name(glued[1]):
            return self.take(glued[1], glued[2]) and self.take(glued[2], following)
        if self._take_unit(token, following):
            return True
        role = _ROLE.match(token)
        if role and not self._half:
            self._role = role[0].replace("\0", "/")
            self.roles.append(self._role)
            if _ALONE.search(self._role) and role.end() == len(token):
                self._named.append(("", self._role))
            return role.end() == len(token) or self._name(token[role.end() :], glued=True)
        return self._name(token, glued=False)

    def _take_unit(self, token: str, following: str) -> bool:
        """Take what an office did (县水利局 供稿), or an office with what its member did (文/产科 甲) or alone."""
        if token in _SENT and is_unit(self._role) and not self._named:
            self._named.append((token, self._role))
            self.roles.append(token)
            return True
        if self._role in _MADE and is_unit(token) and is_sure_name(following):
            self._role = f"{self._role}/{token}"
            return True
        if self._is_role(token, following):
            self._role = token
            self.roles.append(token)
            return True
        return False

    def authors(self) -> tuple[Author, ...]:
        """Return who was credited; a role that stands alone is a name where another name does not follow it.

        A source is an author only where nobody else is.
        """
        named = [(role, name) for role, name in self._named if role or name not in {r for r, _ in self._named}]
        named = [one for one in named if not _SOURCE.search(one[0])] or named
        return () if self._half else tuple(Author(role, name) for role, name in named)

    @property
    def photo(self) -> bool:
        """Say whether a picture is credited."""
        return PHOTO.search("".join(self.roles)) is not None

    def _ends_at(self, following: str) -> bool:
        """Say whether nobody else is named behind the present token: nothing follows, or another role."""
        return not following or _ROLE.match(following) is not None

    def _is_role(self, token: str, following: str) -> bool:
        """Say whether `token` is a role only here: what others did once an author is named, or who sends the text."""
        if self._role in _SENT and is_unit(token) and not following:
            return False
        later = bool(self.roles) and _LATER.fullmatch(token)
        sends = self.apart and (self._is_new_unit(token) or self._is_place(token, following))
        return not self._half and bool(later or sends)

    def _is_new_unit(self, token: str) -> bool:
        """Say whether `token` is an office for which nobody is named yet."""
        named = any(role == self._role for role, _ in self._named)
        return is_unit(token) and (named if self._role else not self._named)

    def _is_place(self, token: str, following: str) -> bool:
        """Say whether `token` tells where the one lives whose name follows."""
        alone = not self._role and not self._named and not is_sure_name(token) and not _ROLE.match(token)
        return alone and len(token) > _NAME_LENGTH - 1 and len(following) <= _NAME_LENGTH and is_sure_name(following)

    def _is_doer(self, text: str) -> bool:
        return is_sure_name(text) or bool(self._role and (is_name(text) or len(text) == 1))

    def _is_whole(self, token: str, verb: str) -> bool:
        """Say whether `token` is a name that only ends like a verb, as that of a reporter called 文."""
        return verb in "文图圖" and len(token) <= _NAME_LENGTH and is_sure_name(token)

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
        if self._role and _PROVIDED.fullmatch(token) and PHOTO.search(self._role):
            self.provided = True
            return True
        if self._role and _SOURCE.search(self._role):
            return _PUBLISHER.search(token) is not None and self._named_as(token)
        if self._role in _SENT and is_unit(token):
            return self._named_as(token)
        if self._named and not glued and _FILED.fullmatch(token):
            return self._act("")
        return self._doer(token, glued=glued)

    def _doer(self, token: str, *, glued: bool) -> bool:
        """Take a name, with what its bearer did behind it or not."""
        verbal = token[-1] in _VERB_ENDS
        filed = _NAMED_AND_FILED.fullmatch(token) if verbal else None
        acted = _ENDS_IN_VERB.fullmatch(token) if verbal else None
        if acted and self._is_doer(acted[1]) and not self._is_whole(token, acted[2]):
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
