"""Wrapped text: printed lines become paragraphs again."""

from textwrap import fill

from hypothesis import given
from hypothesis import strategies as st

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


def test_lines_of_a_narrow_column_are_paragraphs_again() -> None:
    paragraphs = (
        "The council voted on Tuesday night to reopen the harbour railway line, ending a debate that has outlived three",
        "Opponents argued that the money would be better spent on buses, and asked that the figures be reviewed by an",
    )
    whole = [f"{text} mayors and two studies." for text in paragraphs]
    assert texts("\n".join(fill(text, 30) for text in whole)) == whole


def test_paragraphs_on_one_line_each_are_left_alone() -> None:
    text = "\n".join(f"第{n}段，{'各乡镇同时开工修渠，' * (n % 7 + 1)}工程预计两个月完成。" for n in range(20))
    assert texts(text) == text.split("\n")


INDENTED = """老桥修缮完工
石桥重现旧貌
  本报讯（记者 白露）3月10
日，历时八个月的老桥修缮工
程完工。老桥始建于道光年间，
是全县现存最长的石拱桥，全
长120米，宽4米。
  修缮中，工匠用糯米灰浆填
补石缝，替换破损条石三十一

块，全部采用原产地石料，剩
下的条石将用于步道铺设。
  （通讯员 石磊）
卫生院开通远程门诊
  本报讯（记者 鲍长青 实习
生 米朵）患者在镇上就能请
县医院的专家看病，开通首日
共有十九名患者就诊。
古渡口
老船
摆渡的人走了，
船还在。"""

BARE = "\n".join(
    (
        "The trust has been awarded a grant to re-",
        "pair the Victorian sea wall, ending years",
        "of doubt over the future of the basin.",
        "",
        "Trustees said the work would begin in Novem",
        "ber, and that the slip would stay open for",
        "boats throughout. Fishermen had feared that",
        "they would lose a season.",
        "",
        "Bus timetable changes",
        "",
        "Services will run every twenty minutes, the",
        "operator said, from the first Monday in the",
        "new year. Fares in November stay the same.",
    )
)


def test_indentation_tells_where_paragraphs_begin_and_what_is_cut_is_whole_again() -> None:
    found = texts(INDENTED)
    assert found[:2] == ["老桥修缮完工", "石桥重现旧貌"]
    assert found[2].startswith("本报讯（记者 白露）3月10日，")
    assert found[2].endswith("宽4米。")
    assert found[3].endswith("采用原产地石料，剩下的条石将用于步道铺设。")
    assert "本报讯（记者 鲍长青 实习生 米朵）患者在镇上就能请县医院的专家看病，开通首日共有十九名患者就诊。" in found
    assert found[-4:] == ["古渡口", "老船", "摆渡的人走了，", "船还在。"]


def test_words_cut_without_a_hyphen_are_whole_again_if_the_text_has_them() -> None:
    found = texts(BARE)
    assert len(found) == 4
    assert "would begin in November, and" in found[1]
    assert "grant to repair the" in found[0]


def test_only_the_wrapped_part_of_a_text_is_put_together() -> None:
    long = "全县各乡镇昨天同时开工修渠，工程预计两个月完成，受益群众两万多人，其中石桥镇受益最大，县里要求按时完成。"
    found = texts("\n".join([long, *CHINESE.split("\n"), long]))
    assert found[0] == long
    assert found[-1] == long
    assert len(found) == 7


def test_a_heading_under_another_is_no_part_of_it_over_a_byline() -> None:
    text = (
        f"Council votes to keep the very old ferry\nFares will rise to four dollars in January\nBy Dana Vale\n{ENGLISH}"
    )
    assert texts(text)[:3] == text.split("\n")[:3]


def test_rows_of_a_table_are_no_lines_of_a_paragraph() -> None:
    rows = ["上白米　每石十一元八角　涨二角", "中白米　每石十一元二角　涨三角"]
    found = texts("\n".join([*CHINESE.split("\n"), *rows]))
    assert found[-2:] == rows


@given(st.text(alphabet="全县开工。，“”a1 \u3000\n", max_size=400))
def test_no_character_is_lost(text: str) -> None:
    found = blocks(Document("a.txt", tuple(map(Line, text.split("\n")))))
    parts = [part for block in unwrapped(found, Words(text.split("\n"))) for part in block.parts]
    assert [(p.line, p.start, p.end) for p in parts] == [(b.line, b.parts[0].start, b.parts[0].end) for b in found]
