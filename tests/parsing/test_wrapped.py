"""Wrapped text: printed lines become paragraphs again."""

from digest.model import Document, Line
from digest.parsing.block import blocks
from digest.parsing.joins import Words
from digest.parsing.wrapped import unwrapped

CHINESE = """全县开工修渠
青渡讯 全县各乡镇昨天同时开工修渠，
工程预计两个月完成，受益群众两万多人
，其中石桥镇受益最大。
县里要求各单位按时完成任务，并把进度
每周向社会公布一次。村民说，水到了，
人就会回来，今年一定能有个好收成。
会议要求，各乡镇要把任务落实到渠段、
落实到人，月底前全面开工，明年春天之
前完成主体工程，资金已经按进度拨付。
镇里发动沿渠七个村自愿报名，组成清淤
队伍两百余人，工钱按日结算。"""

ENGLISH = """Council reopens the harbour line
The council voted on Tuesday night to re-
open the harbour railway line, ending a
debate that has outlived three mayors and
two feasibility studies of great length.
Opponents argued that the money would be
better spent on buses, and asked that the
figures be reviewed by an engineer before
any contract is signed by the council or
by the county. The council accepted that.
Work on clearing the track is due to begin
in March, and the first trains could run
in the spring of the year after."""


def texts(text: str) -> list[str]:
    found = blocks(Document("a.txt", tuple(map(Line, text.split("\n")))))
    return [block.text for block in unwrapped(found, Words(text.split("\n")))]


def test_chinese_lines_are_paragraphs_again() -> None:
    found = texts(CHINESE)
    assert found[0] == "全县开工修渠"
    assert found[1].endswith("其中石桥镇受益最大。")
    assert found[-1].startswith("镇里发动")
    assert len(found) == 5


def test_english_lines_are_paragraphs_again_and_hyphens_go() -> None:
    found = texts(ENGLISH)
    assert found[0] == "Council reopens the harbour line"
    assert found[1].startswith("The council voted on Tuesday night to reopen the harbour")
    assert len(found) == 4


def test_paragraphs_on_one_line_each_are_left_alone() -> None:
    text = "\n".join(f"第{n}段，{'各乡镇同时开工修渠，' * (n % 7 + 1)}工程预计两个月完成。" for n in range(20))
    assert texts(text) == text.split("\n")
