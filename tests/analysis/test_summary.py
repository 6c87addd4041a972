import pytest

from digest.analysis import signals
from digest.analysis.lexicon import Lexicon
from digest.analysis.sentences import of
from digest.analysis.summary import choose
from digest.analysis.words import weigh
from digest.model import Article
from tests.builders import ARTICLES


def summary(lexicon: Lexicon, *paragraphs: str, headline: str = "", budget: int = 120) -> tuple[str, ...]:
    found = of(Article(headline=headline, paragraphs=paragraphs))
    return choose(found, weigh([headline], [s.text for s in found], lexicon), lexicon, budget)


OPENING = "11月20日，云汀市召开渡口保护工作会议。"
ATTENDANCE = "副市长沈归舟、市水务局局长林晓棠、渡口村负责人江未晞参加会议。"
FORMULA = "要提高政治站位，统一思想，压实责任，狠抓落实，营造良好氛围，凝聚强大合力。"
DECISION = "会议审议通过了《渡口保护条例》，决定投入1.2亿元，修复渡口46处。"


def test_what_was_decided_and_the_figures_come_before_who_attended_and_formulas(lexicon: Lexicon) -> None:
    budget = len(OPENING) + len(DECISION) + 5
    assert summary(lexicon, OPENING + ATTENDANCE, FORMULA, DECISION, budget=budget) == (OPENING, DECISION)


def test_what_has_been_told_is_not_told_again(lexicon: Lexicon) -> None:
    again = "渡口保护工作会议11月20日在云汀市召开。"
    assert again not in summary(lexicon, OPENING, again, DECISION, budget=70)


def test_a_sentence_that_is_printed_twice_is_told_once(lexicon: Lexicon) -> None:
    assert summary(lexicon, OPENING, FORMULA + OPENING).count(OPENING) == 1


def test_a_sentence_longer_than_the_budget_is_cut_at_its_clauses(lexicon: Lexicon) -> None:
    text = "市水务局公布渡口修复进度，渡口修复已完成四十六处，余下的渡口明年春天动工，资金已经到位。"
    assert summary(lexicon, text, budget=26) == ("市水务局公布渡口修复进度，渡口修复已完成四十六处",)


def test_of_a_long_enumeration_the_part_that_tells_most_is_taken(lexicon: Lexicon) -> None:
    text = "一要提高站位，统一思想认识；二要修复渡口四十六处，投入渡口资金1.2亿元；三要持续努力，真抓实干。"
    assert summary(lexicon, text, headline="渡口修复投入资金", budget=30) == (
        "二要修复渡口四十六处，投入渡口资金1.2亿元",
    )


@pytest.mark.parametrize("budget", range(20, 90, 7))
def test_a_run_of_clauses_begins_and_ends_where_a_statement_does(lexicon: Lexicon, budget: int) -> None:
    text = (
        "会议决定，修复渡口四十六处，投入资金1.2亿元；听取了关于“船在哪里？谁来摆渡？”的报告，讨论了《渡口保护条例（草案）》；"
        "审议通过了修复计划，明年春天动工，年底完工。"
    )
    for run in summary(lexicon, text, headline="渡口修复", budget=budget):
        before, after = text[: text.index(run)], text[text.index(run) + len(run) :]
        assert not before or before[-1] == "；"
        assert after[:1] in set("，；。") | {""} or run.endswith("。") or len(run) == budget
        assert all(run.count(opener) == run.count(closer) for opener, closer in ("“”", "《》", "（）"))


def test_where_no_clause_fits_the_beginning_is_taken(lexicon: Lexicon) -> None:
    assert summary(lexicon, "渡口" * 30 + "。", budget=10) == ("渡口" * 5,)


def test_words_that_tell_nothing_still_make_a_summary(lexicon: Lexicon) -> None:
    assert summary(lexicon, "是的。") == ("是的。",)


def test_nothing_makes_nothing(lexicon: Lexicon) -> None:
    assert summary(lexicon) == ()


def test_the_sentence_an_editor_would_pick_from_the_sample_is_in(lexicon: Lexicon) -> None:
    found = of(ARTICLES[0])
    headings = [text for text in (ARTICLES[0].kicker, ARTICLES[0].headline, ARTICLES[0].subheadline) if text]
    chosen = choose(found, weigh(headings, [s.text for s in found], lexicon), lexicon, 120)
    assert any("首次达到二类" in sentence for sentence in chosen)


def test_signals_name_the_kind_of_a_sentence() -> None:
    named = {text: {name for name, _ in signals.of(text)} for text in (ATTENDANCE, FORMULA, DECISION)}
    assert named == {ATTENDANCE: {"attendance"}, FORMULA: {"formula", "exhortation"}, DECISION: {"act", "figure"}}


def test_a_date_is_no_figure() -> None:
    assert signals.of("2026年11月20日晴。") == []


@pytest.mark.parametrize("opening", ["一年之计在于春。", "金秋送爽。", "“渡口终于修好了，谁来都行！”"])
def test_an_opening_that_sets_the_scene_does_not_take_the_place_of_the_news(lexicon: Lexicon, opening: str) -> None:
    news = "县农业农村局投入1.2亿元修复渡口46处，惠及渡口沿线村民2300户。"
    assert summary(lexicon, opening, news, headline="渡口修复惠及村民", budget=len(news)) == (news,)


def test_a_salutation_and_a_signature_are_left_out(lexicon: Lexicon) -> None:
    answer = "经现场核查，沿线七处站台座椅破损，五月底前更换为防腐木座椅。"
    assert summary(lexicon, "季平读者：", answer, "区城市管理局", headline="站台座椅月底更换") == (answer,)


def test_a_first_and_figures_in_chinese_numerals_count(lexicon: Lexicon) -> None:
    plain = "湖边的柳树和芦苇这个冬天都很好看，游人也不少。"
    record = "湖水水质首次达到二类，是有记录以来最好的秋天。"
    figures = "水务局用两个冬天清出底泥一百四十万方，惠及居民三百二十户。"
    assert summary(lexicon, OPENING, plain, record, figures, budget=90) == (OPENING, record, figures)


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("清出底泥一百四十万方。", 1),
        ("占百分之二十七。", 1),
        ("三百二十户，十二处。", 2),
        ("第十五次会议。十二月三日。二十大。千方百计。", 0),
    ],
)
def test_figures_in_chinese_numerals_are_those_that_measure(text: str, figures: int) -> None:
    pattern = next(signal.pattern for signal in signals.SIGNALS if signal.name == "figure")
    assert len(pattern.findall(text)) == figures
