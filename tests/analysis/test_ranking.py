from dataclasses import replace

from digest.analysis.lexicon import Learned, Lexicon
from digest.analysis.ranking import ranks
from digest.model import Article, Keyword, Picture
from tests.builders import ARTICLES

REPORT = Article(headline="渡口开航", page=1, paragraphs=("渡口开航。" * 60,))


def test_the_front_page_leads(lexicon: Lexicon) -> None:
    assert ranks([replace(REPORT, page=2), REPORT], lexicon) == (2, 1)


def test_print_order_decides_between_equals(lexicon: Lexicon) -> None:
    assert ranks([REPORT, REPORT, REPORT], lexicon) == (1, 2, 3)


def test_a_long_report_with_a_picture_goes_before_the_brief_printed_above_it(lexicon: Lexicon) -> None:
    brief = Article(kind="brief", headline="简讯", page=1, paragraphs=("渡口开航。",))
    long = replace(REPORT, kicker="眉题", pictures=(Picture("a.jpg"),))
    assert ranks([brief, long], lexicon) == (2, 1)


def test_notices_and_photos_stand_behind_reports(lexicon: Lexicon) -> None:
    order = ranks(ARTICLES, lexicon)
    assert order[0] == 1
    assert sorted(order) == list(range(1, len(ARTICLES) + 1))
    reports = [rank for rank, article in zip(order, ARTICLES, strict=True) if article.kind == "news"]
    assert max(reports) == len(reports)


def test_articles_without_a_page_keep_their_order(lexicon: Lexicon) -> None:
    article = replace(REPORT, page=None)
    assert ranks([article, article], lexicon) == (1, 2)


def test_an_empty_issue_has_no_ranks(lexicon: Lexicon) -> None:
    assert ranks([], lexicon) == ()


LEARNED = Learned(3, 500, {"渡口": 200, "步道": 2, "会议": 400})


def about(*terms: str, page: int = 1) -> Article:
    return replace(REPORT, page=page, keywords=tuple(Keyword(term, 1.0) for term in terms))


def test_what_the_paper_is_about_goes_before_what_it_hardly_ever_tells(lexicon: Lexicon) -> None:
    learned = replace(lexicon, learned=LEARNED)
    articles = [*[about()] * 6, about("步道"), about("渡口")]
    assert ranks(articles, lexicon) == (1, 2, 3, 4, 5, 6, 7, 8)
    assert ranks(articles, learned) == (1, 2, 3, 5, 6, 7, 8, 4)


def test_what_is_new_to_the_paper_goes_before_what_it_hardly_ever_tells(lexicon: Lexicon) -> None:
    learned = replace(lexicon, learned=replace(LEARNED, counts={"步道": 2}))
    articles = [*[about()] * 6, about("步道"), about("地震")]
    assert ranks(articles, lexicon)[6:] == (7, 8)
    assert ranks(articles, learned)[6:] == (8, 6)


def test_a_word_that_stands_in_every_article_anywhere_says_nothing(lexicon: Lexicon) -> None:
    learned = replace(lexicon, learned=replace(LEARNED, counts={"发展": 14}))
    assert ranks([REPORT, about("发展")], learned) == (1, 2)


def test_the_lead_of_the_front_page_stays_the_lead_whatever_the_archive_is_about(lexicon: Lexicon) -> None:
    learned = replace(lexicon, learned=LEARNED)
    assert ranks([about("步道"), *[about("渡口")] * 11], learned)[0] == 1


def test_the_archive_brings_nothing_forward_from_a_later_page(lexicon: Lexicon) -> None:
    learned = replace(lexicon, learned=LEARNED)
    assert ranks([about("步道"), about("步道"), about("渡口", page=2)], learned) == (1, 2, 3)


def test_a_long_report_takes_the_lead_from_a_short_one_only_with_more_than_length(lexicon: Lexicon) -> None:
    short = replace(REPORT, paragraphs=("渡口开航。",))
    long = replace(REPORT, paragraphs=("渡口开航。" * 150,))
    others = [replace(REPORT, page=2)] * 4
    assert ranks([short, long, *others], lexicon)[0] == 1
    assert ranks([short, replace(long, kicker="眉题", subheadline="副题"), *others], lexicon)[1] == 1
