from pathlib import Path

import pytest

from digest.analysis import kinds
from digest.analysis.kinds import Kinds
from digest.analysis.lexicon import Lexicon, shipped
from digest.wordfiles import OwnWord, OwnWords


@pytest.mark.parametrize("word", ["的", "召开", "the", "启用", "三十分", "二十三", "2026年", "封师傅", "jy23600000001"])
def test_stop_words_numbers_and_ways_to_address_somebody_tell_nothing(lexicon: Lexicon, word: str) -> None:
    assert not lexicon.kinds[word].tells


@pytest.mark.parametrize(
    ("word", "part"), [("渡口", "n"), ("晾晒", "v"), ("夜间", None), ("ferry", "eng"), ("江未晞", "x")]
)
def test_a_word_has_the_part_of_speech_that_the_dictionary_says(lexicon: Lexicon, word: str, part: str | None) -> None:
    assert lexicon.kinds[word].part == part


def test_numerals_pronouns_and_adverbs_are_part_of_no_keyword_though_they_weigh_in_a_summary(lexicon: Lexicon) -> None:
    first = lexicon.kinds["首次"]
    assert (first.tells, first.part) == (True, None)


def test_an_unknown_word_with_a_stop_word_at_its_end_is_mostly_cut_wrong(lexicon: Lexicon) -> None:
    assert [lexicon.kinds[word].frail for word in ("我试", "能拉", "江未晞", "渡口")] == [True, True, False, False]


def test_a_word_of_the_newsrooms_own_is_a_known_noun_whatever_it_looks_like() -> None:
    own = Lexicon.build(shipped(), OwnWords({word: OwnWord(1.0, "words.txt", word) for word in ("三好", "奔跑吧")}))
    assert [own.kinds[word][:4] for word in ("三好", "奔跑吧")] == [(True, "n", True, False)] * 2


def test_both_segmenters_agree_on_parts_of_speech(lexicon: Lexicon) -> None:
    jieba = Lexicon.build(shipped(), segmenter="jieba")
    words = ["渡口", "晾晒", "供水", "水质", "审议", "安全", "习惯", "疫情", "江未晞", "图书馆"]
    assert [lexicon.kinds[word] for word in words] == [jieba.kinds[word] for word in words]


def test_what_is_guessed_of_a_word_is_the_same_from_the_cache(lexicon: Lexicon, tmp_path: Path) -> None:
    import rjieba

    words = [word for word in map(bytes.decode, shipped().idf) if not rjieba.has_word(word)]
    for _ in range(2):
        cached = Lexicon.build(shipped(tmp_path), cache=tmp_path)
        assert [cached.kinds.tag(word) for word in words] == [lexicon.kinds.tag(word) for word in words]
    assert len({lexicon.kinds.tag(word) for word in words}) > 10


def test_what_is_remembered_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kinds, "MOST", 3)
    remembered = Kinds(frozenset(), {}, {}, lambda _: "n")
    for number in range(10):
        assert remembered[f"word{number}"].tells
    assert len(remembered) <= 3
