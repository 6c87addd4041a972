"""Jumps: a continuation on another page is joined to its beginning, even in the middle of a sentence."""

import pytest

from digest.model import Issue, Source
from digest.parsing import parse
from digest.reading import read

CHINESE = """双河老桥修缮完工

双河讯 11月4日，历时八个月的老桥修缮工程完工，桥头的石狮子也请专家做了加固，施工方保障了两岸四千多名村民

（下转第二版）

卫生院开通远程门诊

双河讯 11月5日，患者在镇上就能请县医院的专家看病，开通首日共有十九名患者就诊。

第2版 综合

（上接第一版）出行。县文物局表示，下一步将建一座小型展馆。
"""

ENGLISH = """Council backs new bridge

By Anna Reeve

Councillors voted last night to build a footbridge over the river, which ends a dispute that has run for nine

See BRIDGE, page 3

School roof repaired

By Peter Nye

The leaking roof of the school has been repaired after a campaign by parents, who raised the money in six months.

PAGE 3

BRIDGE from page 1

years. Objectors said that the bridge would bring cyclists onto the path, and that nobody had asked them at all.
"""


def read_and_parsed(text: str) -> Issue:
    return parse(read(Source("a.txt", text.encode())))


def test_a_sentence_cut_by_a_jump_is_whole_again() -> None:
    issue = read_and_parsed(CHINESE)
    assert [article.headline for article in issue.articles] == ["双河老桥修缮完工", "卫生院开通远程门诊"]
    assert "四千多名村民出行。县文物局" in issue.articles[0].paragraphs[0]
    assert {"（下转第二版）", "（上接第一版）"} <= set(issue.left_over)


def test_a_jump_by_a_word_is_followed() -> None:
    issue = read_and_parsed(ENGLISH)
    assert [article.headline for article in issue.articles] == ["Council backs new bridge", "School roof repaired"]
    assert "run for nine years. Objectors" in issue.articles[0].paragraphs[0]
    assert {"See BRIDGE, page 3", "BRIDGE from page 1"} <= set(issue.left_over)


def test_a_pointer_to_more_ends_its_article_and_is_no_heading() -> None:
    issue = read_and_parsed(CHINESE.replace("（下转第二版）", "都能出行。\n\n（相关报道见02版）").split("第2版")[0])
    assert [article.headline for article in issue.articles] == ["双河老桥修缮完工", "卫生院开通远程门诊"]
    assert "（相关报道见02版）" in issue.left_over


@pytest.mark.parametrize("jump", ["Continued from Page A1", "From Page A1"])
def test_the_word_over_a_continuation_and_its_jump_on_a_line_of_its_own_are_found(jump: str) -> None:
    text = ENGLISH.replace("page 3", "Page A3").replace("BRIDGE from page 1", f"BRIDGE\n\n{jump}")
    first, *_ = parse(read(Source("issue.txt", text.encode()))).articles
    assert first.headline == "Council backs new bridge"
    assert [author.name for author in first.authors] == ["Anna Reeve"]
    assert len(first.paragraphs[0]) > len("Councillors voted last night to build a footbridge over the river, which")
