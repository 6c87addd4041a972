from dataclasses import replace

import pytest

from digest.analysis.keywords import agree, choose
from digest.analysis.lexicon import Lexicon, shipped
from digest.analysis.words import weigh
from digest.model import Article
from digest.wordfiles import OwnWord, OwnWords
from tests.builders import ARTICLES


def own_words(word: str, weight: float = 1.0) -> OwnWords:
    return OwnWords({word: OwnWord(weight, "words.txt", word)})


def terms(lexicon: Lexicon, *sentences: str, headings: tuple[str, ...] = (), count: int = 8) -> list[str]:
    words = weigh(headings, sentences, lexicon)
    return [keyword.term for keyword in choose(words, [*headings, *sentences], lexicon, count, agree([words], lexicon))]


def test_a_phrase_that_recurs_takes_the_place_of_its_fragments(lexicon: Lexicon) -> None:
    found = terms(lexicon, "渡口推进全国文明城市创建。", "全国文明城市创建靠大家。", "居民参加全国文明城市创建。")
    assert found[0] == "全国文明城市创建"
    assert not {"全国", "文明城市", "城市", "创建"} & set(found)


def test_a_word_that_also_stands_alone_is_no_fragment(lexicon: Lexicon) -> None:
    found = terms(lexicon, "渡口步道开放。", "渡口步道很长。", "渡船回来了。", "渡船很新。", "渡船漆成蓝色。")
    assert "渡船" in found


@pytest.mark.parametrize(
    ("headline", "body", "said"),
    [
        ("渡口恢复摆渡", "渡口恢复摆渡，票价两元。", "恢复"),
        ("夜间公交延长至二十三时", "夜间公交延长三十分钟，方便乘客。", "延长"),
        ("抢抓农闲时节修渠", "各镇抢抓农闲时节清淤。", "抢抓"),
        ("供水改造工程启动", "供水改造工程启动，居民告别黄水。", "告别"),
    ],
)
def test_what_happens_is_no_keyword_and_no_part_of_one(lexicon: Lexicon, headline: str, body: str, said: str) -> None:
    found = terms(lexicon, body, headings=(headline,))
    assert found
    assert not any(said in term for term in found)


def test_words_that_name_something_go_before_verbs_and_common_ones(lexicon: Lexicon) -> None:
    found = terms(lexicon, "企业发展，白鹭湖清淤，晾晒渔网，项目建设，水质达标，修补木船，施肥浇灌。", count=4)
    assert not {"晾晒", "修补", "企业", "项目", "施肥"} & set(found)


@pytest.mark.parametrize(
    ("sentence", "never"),
    [
        ("封师傅说，赖先生来了，邬老师没来，渡口开着。", ("师傅", "先生", "老师")),
        ("夜间、周末、冬季和元旦，渡口开着。", ("夜间", "周末", "冬季", "元旦")),
        ("六楼，七处，三票，渡口开着。", ("六楼", "七处", "三票")),
        ("执照JY23600000001号，渡口开着。", ("JY23600000001", "jy23600000001")),
    ],
)
def test_ways_to_address_people_times_and_counts_are_no_keywords(
    lexicon: Lexicon, sentence: str, never: tuple[str, ...]
) -> None:
    found = terms(lexicon, sentence)
    assert "渡口" in found
    assert not any(word in term for term in found for word in never)


def test_nouns_side_by_side_are_a_phrase_though_said_once(lexicon: Lexicon) -> None:
    assert "专场招聘会" in terms(lexicon, "县残联在工业园举办专场招聘会，提供岗位一百九十个。")


def test_capitals_make_a_name_of_english_words(lexicon: Lexicon) -> None:
    found = terms(lexicon, "The bench stands in Mill Street since April.", "It was given by Ada Thorn.")
    assert {"Mill Street", "Ada Thorn"} <= set(found)


def test_a_short_text_has_fewer(lexicon: Lexicon) -> None:
    assert len(terms(lexicon, "石桥镇卫生院新院区启用，设床位六十张，与县人民医院远程会诊开通。")) == 4


def test_the_same_thing_has_the_same_name_however_it_is_described(lexicon: Lexicon) -> None:
    described = terms(lexicon, "老渡口恢复摆渡。", "老渡口早上六点开航。", headings=("老渡口添渡船",))
    assert "渡口" in described
    assert "老渡口" not in described


def test_what_is_quoted_as_said_is_no_term(lexicon: Lexicon) -> None:
    found = terms(lexicon, "大家写下“你希望它变成什么”。", "他只说“来一碗寄存的”。", "“民间河长”和“一窗通办”来了。")
    assert {"民间河长", "一窗通办"} <= set(found)
    assert not any("希望" in term or "一碗" in term for term in found)


def test_articles_of_an_issue_agree_on_the_words_of_a_phrase(lexicon: Lexicon) -> None:
    texts = [
        ["全国文明城市创建推进。", "全国文明城市创建检查。"],
        ["网格全国文明城市创建督导。", "网格全国文明城市创建整改。"],
    ]
    cut = [weigh((), sentences, lexicon) for sentences in texts]
    found = [
        {keyword.term for keyword in choose(words, sentences, lexicon, 8, agree(cut, lexicon))}
        for words, sentences in zip(cut, texts, strict=True)
    ]
    assert all("全国文明城市创建" in one for one in found)


def test_a_book_title_and_a_quoted_term_are_kept_whole_without_their_marks(lexicon: Lexicon) -> None:
    found = terms(lexicon, "会上发布《柳岸渡口保护规划（2026年）》。", "居民叫它“白鹭银行”，很方便。")
    assert {"柳岸渡口保护规划", "白鹭银行"} <= set(found)


@pytest.mark.parametrize(
    "sentence",
    [
        "2026年11月20日，第17次会议。",
        "近日，会议指出，要进一步推进工作。",
        "3500余个，40.2万。",
        "六十五岁，早上六点，二十人次。",
    ],
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


def test_no_phrase_goes_on_behind_a_space_between_chinese_words(lexicon: Lexicon) -> None:
    assert "灯塔码头" in terms(lexicon, "灯塔码头新修好了。", headings=("灯塔码头",))
    assert "灯塔码头" not in terms(lexicon, "灯塔　码头新修好了。", headings=("灯塔 码头",))


@pytest.mark.parametrize("marks", ["“”", '""', "  ", ""])
def test_how_somebody_is_called_is_told_without_that_it_is(lexicon: Lexicon, marks: str) -> None:
    name = "斤两".join(marks) if marks else "斤两"
    found = terms(lexicon, f"他人称{name}。", f"街坊都来找{name}。", headings=(f"老秤匠人称{name}",))
    assert "斤两" in found
    assert not any("人称" in term for term in found)


def test_the_end_of_a_word_that_stands_alone_is_no_second_keyword(lexicon: Lexicon) -> None:
    found = terms(lexicon, "滑雪板租赁点排队。", "滑雪板很新。", "雪板打过蜡。", headings=("滑雪板",))
    assert "滑雪板" in found
    assert "雪板" not in found


def test_the_newsrooms_words_stand_by_themselves_in_every_article() -> None:
    texts = ["白鹭湖水质变好。", "白鹭湖水质首次达标。", "白鹭湖步道开放。"]
    plain, own = (Lexicon.build(shipped(), words) for words in (OwnWords(), own_words("白鹭湖")))
    assert "白鹭湖" not in terms(plain, *texts[:2])
    assert "白鹭湖" in terms(own, *texts[:2])
    assert "白鹭湖" in terms(own, *texts)


def test_the_newsrooms_weights_decide_and_its_stop_words_are_never_keywords() -> None:
    sentence = "渡口、菜场、步道和柳树。"
    assert terms(Lexicon.build(shipped(), own_words("柳树", weight=5.0)), sentence)[0] == "柳树"
    stopped = Lexicon.build(shipped(), OwnWords(stopwords=frozenset({"柳树", "全国文明城市"})))
    assert not {"柳树", "文明城市", "城市"} & set(terms(stopped, sentence, "推进全国文明城市创建。"))


def test_a_word_is_spelled_alike_in_all_articles_of_an_issue(lexicon: Lexicon) -> None:
    texts = ["Ferry tickets cost more.", "The ferry runs again. A ferry waits."]
    cut = [weigh((), [text], lexicon) for text in texts]
    agreed = agree(cut, lexicon)
    assert agreed.spelling["ferry"] == "ferry"
    for words, text in zip(cut, texts, strict=True):
        assert "ferry" in {keyword.term for keyword in choose(words, [text], lexicon, 8, agreed)}


def test_the_newsrooms_spelling_holds() -> None:
    own = Lexicon.build(shipped(), own_words("FerryLine"))
    assert "FerryLine" in terms(own, "The ferryline runs. The FERRYLINE waits. Ferryline rests.")


def test_a_name_that_is_cut_in_two_ways_is_said_once(lexicon: Lexicon) -> None:
    def twice(text: str) -> list[str]:
        cuts = {"x": ["陶归山"], "y": ["陶归", "山来"]}
        return cuts.get(text) or lexicon.cut_han(text)

    glued = replace(lexicon, cut_han=lambda text: [word for sign in text if sign in "xy" for word in twice(sign)])
    found = terms(glued, "渡x", "渡y", "渡y")
    assert found == ["陶归山"]


@pytest.mark.parametrize("article", [one for one in ARTICLES if one.char_count > 80])
def test_an_article_has_five_to_eight_keywords_that_say_something(lexicon: Lexicon, article: Article) -> None:
    found = terms(lexicon, *article.paragraphs, headings=(article.title,))
    assert 5 <= len(found) <= 8
    assert not any(lexicon.is_stop(term) or any(map(str.isdigit, term)) for term in found)


def test_english_terms_are_spelled_as_they_mostly_are(lexicon: Lexicon) -> None:
    found = terms(
        lexicon, "The Mill Street ferry runs.", "Mill Street shops wait.", "The ferry's bell rings.", "A FERRY!"
    )
    assert {"Mill Street", "ferry"} <= set(found)


def test_scores_fall_from_one_and_no_term_is_said_twice(lexicon: Lexicon) -> None:
    for article in ARTICLES:
        words = weigh([article.title], article.paragraphs, lexicon)
        found = choose(words, [article.title, *article.paragraphs], lexicon, 8, agree([], lexicon))
        scores = [keyword.score for keyword in found]
        assert 1 <= len(found) <= 8
        assert scores[0] == 1.0
        assert scores == sorted(scores, reverse=True)
        assert scores[-1] > 0
        assert len({keyword.term for keyword in found}) == len(found)


def test_no_words_no_keywords(lexicon: Lexicon) -> None:
    assert terms(lexicon) == []
