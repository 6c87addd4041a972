"""Speech: what is said or addressed to somebody is no heading, and a broadcaster's greetings are no article."""

import pytest

from digest.model import Document, Line
from digest.parsing import parse, speech


@pytest.mark.parametrize(
    "line",
    ["同志们：", "各位代表、同志们：", "尊敬的各位来宾：", "亲爱的读者朋友：", "高云读者：", "Sir,", "Dear Editor,"],
)
def test_an_address(line: str) -> None:
    assert speech.is_address(line)


@pytest.mark.parametrize("line", ["我们：一群种树的人", "全县水利会议强调：", "Sir John returns", "他对同志们说：别怕"])
def test_no_address(line: str) -> None:
    assert not speech.is_address(line)


@pytest.mark.parametrize("line", ["问：几点开门？", "Q: When?", "（出录音）白凌霄：“我来过！”", "【同期声】村民：好！"])
def test_spoken(line: str) -> None:
    assert speech.is_spoken(line)


def test_who_speaks_more_than_once() -> None:
    lines = ["白凌霄：早就想来了", "县长：三年再建五座", "白凌霄：明年还来", "没有谁说话"]
    assert speech.speakers(lines) == {"白凌霄"}


def test_a_broadcast() -> None:
    lines = (
        "各位听众，晚上好！欢迎收听本次节目。",
        "首先请听本次节目的主要内容：",
        "早稻开镰收割，机手跨区作业",
        "图书馆延长开放时间",
        "下面请听详细内容。",
        "早稻开镰收割　机手跨区作业",
        "本台消息：昨天，全县十二万亩早稻开镰收割，三百台收割机下田作业。",
        "（出录音）机手向阳：“一天能割六十亩！”",
        "图书馆延长开放时间",
        "从下周起，县图书馆的开放时间延长到晚上九点，周末不休息。",
        "各位听众，今天的节目播送完了，感谢您的收听。",
    )
    found = parse(Document("issue.txt", tuple(Line(piece) for line in lines for piece in (line, ""))))
    assert [one.headline for one in found.articles] == ["早稻开镰收割 机手跨区作业", "图书馆延长开放时间"]
    assert found.articles[0].paragraphs[1] == lines[7]
    assert set(found.left_over) == {*lines[:5], lines[-1]}
