from dataclasses import replace

from digest.analysis.ranking import ranks
from digest.model import Article, Picture
from tests.builders import ARTICLES

REPORT = Article(headline="渡口开航", page=1, paragraphs=("渡口开航。" * 60,))


def test_the_front_page_leads() -> None:
    assert ranks([replace(REPORT, page=2), REPORT]) == (2, 1)


def test_print_order_decides_between_equals() -> None:
    assert ranks([REPORT, REPORT, REPORT]) == (1, 2, 3)


def test_a_long_report_with_a_picture_goes_before_the_brief_printed_above_it() -> None:
    brief = Article(kind="brief", headline="简讯", page=1, paragraphs=("渡口开航。",))
    long = replace(REPORT, kicker="眉题", pictures=(Picture("a.jpg"),))
    assert ranks([brief, long]) == (2, 1)


def test_notices_and_photos_stand_behind_reports() -> None:
    order = ranks(ARTICLES)
    assert order[0] == 1
    assert sorted(order) == list(range(1, len(ARTICLES) + 1))
    reports = [rank for rank, article in zip(order, ARTICLES, strict=True) if article.kind == "news"]
    assert max(reports) == len(reports)


def test_articles_without_a_page_keep_their_order() -> None:
    article = replace(REPORT, page=None)
    assert ranks([article, article]) == (1, 2)


def test_an_empty_issue_has_no_ranks() -> None:
    assert ranks([]) == ()
