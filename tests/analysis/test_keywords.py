import pytest

from digest.analysis.keywords import choose, weigh
from digest.analysis.lexicon import Lexicon
from tests.builders import ARTICLES


def terms(lexicon: Lexicon, *sentences: str, headings: tuple[str, ...] = (), count: int = 8) -> list[str]:
    words = weigh(headings, sentences, lexicon)
    return [keyword.term for keyword in choose(words, [*headings, *sentences], lexicon, count)]


def test_a_phrase_that_recurs_takes_the_place_of_its_fragments(lexicon: Lexicon) -> None:
    found = terms(lexicon, "渡口推进全国文明城市创建。", "全国文明城市创建靠大家。", "居民参加全国文明城市创建。")
    assert found[0] == "全国文明城市创建"
    assert not {"全国", "文明城市", "城市", "创建"} & set(found)


def test_a_word_that_also_stands_alone_is_no_fragment(lexicon: Lexicon) -> None:
    found = terms(lexicon, "渡口步道开放。", "渡口步道很长。", "渡船回来了。", "渡船很新。", "渡船漆成蓝色。")
    assert "渡船" in found


def test_a_book_title_and_a_quoted_term_are_kept_whole_without_their_marks(lexicon: Lexicon) -> None:
    found = terms(lexicon, "会上发布《柳岸渡口保护规划（2026年）》。", "居民叫它“白鹭银行”，很方便。")
    assert {"柳岸渡口保护规划", "白鹭银行"} <= set(found)


@pytest.mark.parametrize(
    "sentence", ["2026年11月20日，第17次会议。", "近日，会议指出，要进一步推进工作。", "3500余个，40.2万。"]
)
def test_dates_numbers_and_formulas_give_no_keyword(lexicon: Lexicon, sentence: str) -> None:
    assert terms(lexicon, sentence) == []


def test_the_headline_weighs_more(lexicon: Lexicon) -> None:
    body = "渡口和菜场都在改造。"
    assert terms(lexicon, body, headings=("菜场改造",))[0].startswith("菜场")
    assert terms(lexicon, body, headings=("渡口改造",))[0].startswith("渡口")


def test_a_preposition_glued_to_a_name_comes_off(lexicon: Lexicon) -> None:
    assert "陶归山来" in lexicon.cut("陶归山来云汀督导")
    found = terms(lexicon, "陶归山来云汀督导。", "陶归山强调渡口保护。")
    assert "陶归山" in found
    assert "陶归山来" not in found


def test_english_terms_are_spelled_as_they_mostly_are(lexicon: Lexicon) -> None:
    found = terms(
        lexicon, "The Mill Street ferry runs.", "Mill Street shops wait.", "The ferry's bell rings.", "A FERRY!"
    )
    assert {"Mill Street", "ferry"} <= set(found)


def test_scores_fall_from_one_and_no_term_is_said_twice(lexicon: Lexicon) -> None:
    for article in ARTICLES:
        words = weigh([article.title], article.paragraphs, lexicon)
        found = choose(words, [article.title, *article.paragraphs], lexicon, 8)
        scores = [keyword.score for keyword in found]
        assert 1 <= len(found) <= 8
        assert scores[0] == 1.0
        assert scores == sorted(scores, reverse=True)
        assert scores[-1] > 0
        assert len({keyword.term for keyword in found}) == len(found)


def test_no_words_no_keywords(lexicon: Lexicon) -> None:
    assert terms(lexicon) == []
