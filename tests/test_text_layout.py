"""Text in a given width: `clipped` and `wrapped`."""

from hypothesis import given
from hypothesis import strategies as st

from digest.text import clipped, wrapped


def test_clipped_text_ends_in_an_ellipsis_only_where_something_is_missing() -> None:
    assert clipped("一二三", 3) == "一二三"
    assert clipped("一二三四", 3) == "一二…"


def test_chinese_is_wrapped_anywhere_but_before_a_closing_mark_or_after_an_opening_one() -> None:
    assert wrapped("一二三四五，六", 10) == "一二三四\n五，六"
    assert wrapped("一二三四《五》", 10) == "一二三四\n《五》"


def test_words_of_other_scripts_stay_whole() -> None:
    assert wrapped("the quick brown fox", 10) == "the quick\nbrown fox"
    url = "https://paper.example/2026/11/20/1/"
    assert wrapped(f"见 {url} 全文", 10) == f"见\n{url}\n全文"


@given(st.text(alphabet="一二，。《》“”aB1 \n", max_size=80), st.integers(8, 40))
def test_wrapping_loses_nothing_but_space(text: str, columns: int) -> None:
    assert wrapped(text, columns).replace("\n", "").replace(" ", "") == text.replace("\n", "").replace(" ", "")
