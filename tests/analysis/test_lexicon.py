import logging
import re
import stat
import subprocess
import sys
from pathlib import Path
from typing import Literal

import pytest

from digest.analysis.lexicon import Lexicon, WordLists, shipped
from tests.builders import ARTICLES

LISTS = WordLists(idf="渡口 9.5\n的 0.5\n步道 11.25\n".encode(), stopwords="# a comment\n的 了\nThe of\n")
TEXT = "".join(paragraph for article in ARTICLES for paragraph in article.paragraphs)


def test_chinese_is_cut_by_the_dictionary_and_other_languages_at_the_spaces(lexicon: Lexicon) -> None:
    assert lexicon.cut("水务局公布监测数据。") == ["水务局", "公布", "监测数据", "。"]
    assert lexicon.cut("The town's low-cost ferry, again.") == ["The", "town's", "low-cost", "ferry", ",", "again", "."]


def test_white_space_is_no_word(lexicon: Lexicon) -> None:
    assert lexicon.cut(" 渡口 \t 开放\n") == ["渡口", "开放"]


def test_the_table_tells_how_much_a_word_tells() -> None:
    lexicon = Lexicon.build(LISTS)
    assert (lexicon.idf("渡口"), lexicon.idf("的")) == (9.5, 0.5)


def test_a_word_that_the_table_lacks_is_as_common_as_the_median_of_jiebas(lexicon: Lexicon) -> None:
    values = sorted(map(float, shipped().idf.split()[1::2]))
    assert lexicon.idf("此词绝无") == values[len(values) // 2]


def test_stop_words_know_no_case_and_comments_are_none() -> None:
    lexicon = Lexicon.build(LISTS, stopwords="摆渡")
    assert [lexicon.is_stop(word) for word in ("的", "the", "THE", "摆渡")] == [True] * 4
    assert not any(lexicon.is_stop(word) for word in ("comment", "#", "渡口"))


def test_an_unknown_word_made_of_two_stop_words_is_one_and_a_known_one_is_not(lexicon: Lexicon) -> None:
    assert lexicon.is_stop("更多非")
    assert not lexicon.is_stop("大使")
    assert not any(map(lexicon.is_stop, ["于归舟", "anon"]))


def test_shipped_stop_words_hold_the_commonest_words_of_both_scripts_and_english(lexicon: Lexicon) -> None:
    assert all(map(lexicon.is_stop, ["的", "我们", "我們", "会议", "會議", "进行", "the", "However"]))


@pytest.mark.parametrize("segmenter", ["rjieba", "jieba"])
def test_own_words_are_kept_whole_and_change_no_other_lexicon(
    segmenter: Literal["rjieba", "jieba"], lexicon: Lexicon
) -> None:
    own = Lexicon.build(LISTS, segmenter=segmenter, words=["柳浪闻莺步道"])
    assert "柳浪闻莺步道" in own.cut("环湖的柳浪闻莺步道开放")
    assert "柳浪闻莺步道" not in lexicon.cut("环湖的柳浪闻莺步道开放")


def test_the_fast_segmenter_agrees_with_jieba_but_for_telephone_numbers(lexicon: Lexicon) -> None:
    text = re.sub(r"\d+-\d+", "", TEXT)
    assert lexicon.cut(text) == Lexicon.build(LISTS, segmenter="jieba").cut(text)


def test_jieba_stores_its_cache_in_the_private_folder_it_is_given(tmp_path: Path) -> None:
    folder = tmp_path / "cache" / "jieba"
    Lexicon.build(LISTS, segmenter="jieba", cache=folder)
    assert [path.name for path in folder.iterdir()] == ["jieba.cache"]
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_jieba_without_a_folder_stores_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    assert Lexicon.build(LISTS, segmenter="jieba").cut("渡口开航")
    assert not list(tmp_path.iterdir())


def test_jieba_says_nothing_on_standard_error(capfd: pytest.CaptureFixture[str]) -> None:
    logging.getLogger("jieba").setLevel(logging.DEBUG)
    Lexicon.build(LISTS, segmenter="jieba").cut("渡口开航")
    assert capfd.readouterr().err == ""


def test_a_cold_start_loads_neither_jieba_nor_its_analyses() -> None:
    program = (
        "import sys; from digest.analysis.lexicon import Lexicon, shipped; Lexicon.build(shipped()).cut('渡口');"
        "print(*sorted(name for name in sys.modules if name.split('.')[0] in {'jieba', 'feedgen', 'sqlalchemy'}))"
    )
    found = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    assert found.stdout.strip() == ""
