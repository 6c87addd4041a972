"""Speech: lines that are spoken or addressed to somebody, and so never a heading: 称呼, 问答, 录音."""

import re
from collections import Counter
from collections.abc import Iterable

from digest.text import LETTER

_CUE = re.compile(
    r"[（(【\[]\s*(?:出|放|插)?(?:录音|錄音|同期声|同期聲|现场声|采访|採訪|音响|同期|现场)[^）)】\]]{0,8}[）)】\]]"
)
_TURN = re.compile(r"(?:问|問|答|记者|記者|主持人|Q|A|Q\d?|A\d?)\s?[:：]")
_SPEAKER = re.compile(rf"((?:(?:{LETTER}|·){{2,8}}|[A-Z][A-Za-z.'’ -]{{1,30}}))\s?[:：](?=\s*\S)")
_ADDRESSED = re.compile(
    rf"(?:尊敬的|敬爱的|敬愛的|亲爱的|親愛的|各位)(?:{LETTER}|[、，, ]){{1,30}}[:：，！!]|"
    rf"(?:{LETTER}|[、，]){{0,16}}(?:们|們|同志|同学|同學|朋友|读者|讀者|先生|女士|老师|老師|小姐|编辑|編輯|代表|委员|委員|领导|嘉宾|来宾|來賓)\s?[:：]|"
    r"(?:Dear|My dear)\b[A-Za-z .,'’&-]{0,40}[,:]|(?:Sir|Sirs|Madam|Gentlemen|Ladies and gentlemen|Friends|Comrades|Editor)[,:]"
)
_GREETING = re.compile(
    r"(?:各位|亲爱的|親愛的|尊敬的)?(?:听众|聽眾|观众|觀眾|网友|網友)(?:朋友)?(?:们|們)?[，,！!：:]|"
    r"(?:下面|接下来|接下來|现在)?请(?:您)?(?:继续)?(?:收听|收看|听|看)(?:详细|詳細)(?:内容|报道|報道|消息)|"
    r"(?:以上|今天)(?:就)?是(?:本次|今天的)?[^。]{0,16}(?:全部内容|节目)"
)
_RUNDOWN = re.compile(
    r"(?:首先|下面|先)?(?:请|請)(?:您)?(?:先)?(?:听|聽|看)[^。，]{0,10}(?:主要内容|内容提要|提要)[。:：]?|"
    r"(?:本次|今天|今日)?(?:节目|新聞|新闻)?(?:的)?(?:主要内容|内容提要|节目提要)(?:有|是|如下)?[。:：]?"
)
_VALEDICTION = re.compile(
    r"此致|敬[礼禮][！!。]?|此致\s*敬[礼禮][！!。]?|(?:祝|[顺順即][颂頌])[^，。]{1,6}[！!]|(?:Yours|With|In|Every|Kind|Kindest|Warm|Warmest|Best|All|Many|God|Love|Sincerely|Respectfully)(?: [a-z]{1,12}){0,4},|"
    r"(?:Yours|Kind|Best|Sincerely|Respectfully)\b[a-z ]{0,20}"
)
_LONGEST_ADDRESS = 40
_LONGEST_GREETING = 120


def is_spoken(text: str) -> bool:
    """Say whether `text` is a turn of an interview or a recorded voice: 问：…, （出录音）…."""
    return bool(_CUE.match(text) or _TURN.match(text))


def is_farewell(text: str) -> bool:
    """Say whether `text` is what a letter says before its signature: 此致, 敬礼, Yours faithfully,."""
    return len(text) <= _LONGEST_ADDRESS and _VALEDICTION.fullmatch(text) is not None


def is_address(text: str) -> bool:
    """Say whether the whole of `text` addresses those to whom a letter or a speech is given: 同志们：."""
    return len(text) <= _LONGEST_ADDRESS and _ADDRESSED.fullmatch(text) is not None


def is_greeting(text: str) -> bool:
    """Say whether a broadcaster greets, hands over or takes leave with `text`, and tells nothing."""
    return len(text) <= _LONGEST_GREETING and _GREETING.match(text) is not None


def is_rundown(text: str) -> bool:
    """Say whether `text` announces the list of what a programme brings."""
    return len(text) <= _LONGEST_ADDRESS and _RUNDOWN.fullmatch(text) is not None


def speaker(text: str) -> str | None:
    """Return who seems to speak: the words before a colon with which `text` begins."""
    match = _SPEAKER.match(text) if "：" in text or ":" in text else None
    return match[1] if match else None


def speakers(texts: Iterable[str]) -> frozenset[str]:
    """Return those who speak more than once."""
    counts = Counter(filter(None, map(speaker, texts)))
    return frozenset(name for name, n in counts.items() if n > 1)
