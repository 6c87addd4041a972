import logging
import re
import stat
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Literal

import pytest

from digest.analysis.lexicon import Learned, Lexicon, WordLists, shipped
from digest.analysis.table import Table
from digest.wordfiles import OwnWord, OwnWords
from tests.builders import ARTICLES

LISTS = WordLists(Table.of("渡口 9.5\n的 0.5\n步道 11.25\n".encode()), stopwords="# a comment\n的 了\nThe of\n")


def own_words(*words: str, weight: float = 1.0, stopwords: tuple[str, ...] = ()) -> OwnWords:
    own = {word: OwnWord(weight, "words.txt", word) for word in words}
    return OwnWords(own, frozenset(stopwords))


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
    values = sorted(map(float, shipped().idf.values()))
    assert lexicon.idf("此词绝无") == values[len(values) // 2]


def test_stop_words_know_no_case_and_comments_are_none() -> None:
    lexicon = Lexicon.build(LISTS, OwnWords(stopwords=frozenset({"摆渡"})))
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
    own = Lexicon.build(LISTS, own_words("柳浪闻莺步道"), segmenter=segmenter)
    assert "柳浪闻莺步道" in own.cut("环湖的柳浪闻莺步道开放")
    assert "柳浪闻莺步道" not in lexicon.cut("环湖的柳浪闻莺步道开放")


@pytest.mark.parametrize("segmenter", ["rjieba", "jieba"])
@pytest.mark.parametrize(
    ("word", "text"),
    [
        ("江未晞", "渡口村的江未晞来说"),
        ("阿布都·买买提", "船长阿布都·买买提回来了"),
        ("G60科创走廊", "长三角G60科创走廊建设"),
        ("Mill Street", "The MILL STREET's shops wait."),
        ("Mill Street", "记者在Mill Street看到"),
    ],
)
def test_own_words_of_any_kind_are_whole_and_written_as_the_newsroom_writes_them(
    segmenter: Literal["rjieba", "jieba"], word: str, text: str
) -> None:
    assert word in Lexicon.build(LISTS, own_words(word), segmenter=segmenter).cut(text)


def test_of_two_own_words_that_begin_alike_the_longer_wins() -> None:
    own = Lexicon.build(LISTS, own_words("Mill Street", "Mill Street Bridge", "Mill Street Inn"))
    assert own.cut("Mill Street Bridge, Mill Street") == ["Mill Street Bridge", ",", "Mill Street"]


def test_an_own_word_weighs_as_much_as_the_newsroom_says() -> None:
    lexicon = Lexicon.build(LISTS, own_words("渡口", weight=2.0))
    assert (lexicon.idf("渡口"), lexicon.ground("渡口"), lexicon.idf("步道")) == (19.0, 9.5, 11.25)


def test_the_newsroom_wins_over_the_shipped_stop_words_and_its_stop_words_over_its_words() -> None:
    lexicon = Lexicon.build(LISTS, own_words("的", "The", "渡口", stopwords=("渡口",)))
    assert [lexicon.is_stop(word) for word in ("的", "the", "了", "渡口")] == [False, False, True, True]


def test_an_archive_tells_the_more_the_larger_it_is(lexicon: Lexicon) -> None:
    def idf(articles: int, share: float) -> float:
        learned = Learned(1, articles, {"渡口": round(share * articles)})
        return replace(lexicon, learned=learned).idf("渡口")

    assert idf(0, 0) == lexicon.idf("渡口")
    assert idf(0, 0) > idf(100, 0.5) > idf(1000, 0.5) > idf(100_000, 0.5) > 0
    assert idf(100_000, 0.5) == pytest.approx(0.69, abs=0.2)
    assert idf(1000, 0.01) > idf(1000, 0.1)


def test_words_that_an_archive_has_once_or_never_tell_the_same() -> None:
    assert Learned(1, 50, {"渡口": 1}).idf("渡口") == Learned(1, 50).idf("渡口")


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
