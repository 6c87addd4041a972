"""What kind of sentence it is: the marks of decisions and figures, and those of formulas and attendance lists."""

import math
import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Signal:
    """A mark of a kind of sentence: each occurrence multiplies the sentence's worth, up to `most` occurrences."""

    name: str
    factor: float
    pattern: re.Pattern[str]
    most: int = 1


_SAYS = "指出|强调|要求|表示|提出|強調"
SIGNALS = (
    Signal(
        "act",
        1.3,
        re.compile(
            "召开|举行|举办|审议|通过了|听取|传达|研究了|表彰|签署|签订|签约|成立|启动|开工|竣工|投用|投入|建成|完成|发布|公布|印发|出台|批准|"
            "决定|任命|当选|授予|获批|开通|落户|总投资|通报|察看|督导|调研|突破|增长|下降|同比|"
            "召開|舉行|舉辦|審議|通過|聽取|傳達|啟動|開工|發布|決定|簽署|投資|增長|"
            r" (?:approved|decided|announced|signed|opened|launched|passed|voted|agreed|rose|fell|will)\b"
        ),
    ),
    Signal(
        "figure",
        1.15,
        re.compile(
            r"(?<![\d,.])\d[\d,.]{0,12}\s*(?:[%％万亿萬億余多]|(?![年月日號号時时点點])[^\W\d_a-zA-Z])|[$€£¥]\s?\d"
            r"|(?<![\d,.])\d[\d,.]{0,12}\s?(?:million|billion|thousand|per ?cent)"
            "|百分之[零一二三四五六七八九十百点]+|(?<!第)(?<![零一二三四五六七八九十百千万])(?:[一二两三四五六七八九][十百千万]|十)[零一二三四五六七八九十百千万]*"
            "[多余]?(?:[名人户家元吨米亩件处台辆座张方斤里]|公里|公斤|平方|立方|人次)"
        ),
        most=4,
    ),
    Signal(
        "first",
        1.25,
        re.compile(
            "首次|首个|首批|首家|首条|第一次|有记录以来|有史以来|新高|新纪录|首個|紀錄以來|for the first time| on record"
        ),
    ),
    Signal(
        "formula",
        0.75,
        re.compile(
            "政治站位|统一思想|高度重视|责任感|紧迫感|使命感|一把手|压实责任|狠抓落实|落到实处|落地见效|持之以恒|久久为功|真抓实干|"
            "问题导向|目标导向|良好氛围|强大合力|强大动力|政治自觉|思想自觉|行动自觉|四个意识|四个自信|两个确立|两个维护|"
            "为核心的党中央|为指导|更大贡献|新局面|新篇章|走深走实|充分肯定|新台阶|高标准高质量|凝心聚力|踔厉奋发|"
            "統一思想|高度重視|責任感|使命感|壓實責任|落到實處|良好氛圍|強大合力"
        ),
        most=3,
    ),
    Signal(
        "exhortation",
        0.4,
        re.compile(
            f"^(?:[^，。,]{{0,16}}(?:{_SAYS})[，,])?(?:[一二三四五六七八九十]+|还|也|各[^，。要]{{1,14}})?"
            "(?:要|必须|务必|坚持|持续|不断|努力)"
        ),
    ),
    Signal(
        "attendance",
        0.3,
        re.compile(
            "(?:参加|出席|列席|陪同|主持|參加)(?:了)?(?:会议|活动|仪式|督导|调研|研讨|会见|會議|活動)?"
            "(?:并讲话|并致辞|并作[^，。]{2,8})?[。.]?$|收听收看。?$|讲了要求。?$"
            "|^.{0,40}(?:先后发言|(?:分别|交流|表态)发言|作了?[^，。]{0,8}(?:发言|汇报|推介))。?$"
        ),
    ),
    Signal("quotation", 0.5, re.compile('^[“「『"][^”」』"]*[”」』"]$')),
    Signal(
        "unfinished",
        0.3,
        re.compile('[^。！？!?.…；：”』」"]$|^.{0,24}：$|^[一二三四五六七八九十]+是[^，。]{2,12}。?$'),
    ),
    Signal("speaker", 0.1, re.compile("^[^，,。]{0,24}(?:说|道|介绍|表示|称|坦言|說|介紹)。?$")),
    Signal(
        "pointer",
        0.6,
        re.compile(
            "^(?:这|那|该|其|他|她|它|此|对此|为此|因此|但|而且|同时|另外|還|這|(?:He|She|It|They|This|That|But|And)\\b)"
        ),
    ),
    Signal("rest", 0.3, re.compile("其他事项|其它事项|其他事項|敬请谅解|敬請|感谢您|谢谢|谨此")),
)
"""What raises a sentence (factor above 1) or lowers it."""


def of(sentence: str) -> list[tuple[str, float]]:
    """Return the signals of a sentence by name, each with its factor."""
    counted = ((signal, _count(signal, sentence)) for signal in SIGNALS)
    return [(signal.name, math.pow(signal.factor, count)) for signal, count in counted if count]


def _count(signal: Signal, sentence: str) -> int:
    if signal.most == 1:
        return signal.pattern.search(sentence) is not None
    return min(signal.most, len(signal.pattern.findall(sentence)))
