import pytest

from digest.messages import Messages
from digest.overview import CHARS, overview

TITLES = (
    "白鹭湖水质首次达到二类",
    "老街菜场：把称还给街坊",
    "冬小麦播种过九成",
    "市图书馆周末延长到晚上十点",
    "停水通知",
    "银杏写生",
)


def test_an_issue_is_told_in_one_line_by_its_first_headlines() -> None:
    assert overview(TITLES[:2], Messages("zh")) == "本期 2 篇：白鹭湖水质首次达到二类；老街菜场：把称还给街坊"
    assert overview(("Ferry runs again",), Messages("en")) == "1 story: Ferry runs again"
    assert overview(("A", "B"), Messages("en")) == "2 stories: A; B"


def test_what_does_not_fit_is_counted_and_not_named() -> None:
    line = overview((*TITLES, *TITLES), Messages("zh"))
    assert line.startswith("本期 12 篇：白鹭湖水质首次达到二类；")
    assert line.endswith("等")
    assert len(line) < CHARS + 20


@pytest.mark.parametrize("title", ["长" * 300, "标题\n分行" * 100])
def test_a_headline_of_any_length_and_form_makes_one_line(title: str) -> None:
    line = overview((title, "二"), Messages("zh"))
    assert "\n" not in line
    assert len(line) < CHARS + 20
