"""Pages name older articles about the same, and follow what becomes of those."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml.html import document_fromstring

from digest import editing, pipeline
from digest.works import Works
from tests.works import FIRST, NOW, drop, opened, settings_in

LATER = """# 南浔渡口报

2026年11月20日　星期五　第89期

## 渡口摆渡满月，新添渡船两艘

本报讯（记者 林晓棠）渡口恢复摆渡以来，渡船每天运送行人三百人次。镇上昨天为渡口新添渡船两艘。

渡口票价仍是一元，早上六点开航。
"""


@pytest.fixture
def works(tmp_path: Path) -> Iterator[Works]:
    with opened(settings_in(tmp_path)) as works:
        yield works


def take(works: Works, name: str, text: str) -> None:
    drop(works, name, text)
    pipeline.publish(works, NOW)


def related(works: Works) -> dict[str, str]:
    page = (works.settings.public / "2026/11/20/1/index.html").read_text("utf-8")
    return {link.get("href"): link.text for link in document_fromstring(page).cssselect(".related a")}


def test_a_page_names_an_older_article_about_the_same(works: Works) -> None:
    take(works, "a.md", FIRST)
    old = works.settings.public / "2026/11/19/1/index.html"
    before = old.read_bytes()
    take(works, "b.md", LATER)
    assert related(works) == {"/2026/11/19/1/": "老渡口恢复摆渡"}
    assert old.read_bytes() == before


def test_issues_that_are_published_together_know_of_each_other(works: Works) -> None:
    drop(works, "a.md", FIRST)
    take(works, "b.md", LATER)
    assert list(related(works)) == ["/2026/11/19/1/"]


def test_a_withdrawn_article_leaves_the_pages_that_name_it_and_comes_back(works: Works) -> None:
    take(works, "a.md", FIRST)
    take(works, "b.md", LATER)
    editing.retract(works, "paper", "2026/11/19/1/", None, NOW)
    pipeline.publish(works, NOW)
    assert related(works) == {}
    editing.restore(works, "paper", "2026/11/19/1/", NOW)
    pipeline.publish(works, NOW)
    assert list(related(works)) == ["/2026/11/19/1/"]


def test_a_corrected_headline_is_corrected_where_it_is_named(works: Works) -> None:
    take(works, "a.md", FIRST)
    take(works, "b.md", LATER)
    take(works, "c.md", FIRST.replace("## 老渡口恢复摆渡", "## 老渡口恢复摆渡，票价一元"))
    assert related(works) == {"/2026/11/19/1/": "老渡口恢复摆渡，票价一元"}


def test_an_archive_is_learned_from(works: Works, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("digest.store.terms.FIRST", 2)
    before = works.vocabulary.lexicon("paper")
    take(works, "a.md", FIRST)
    after = works.vocabulary.lexicon("paper")
    assert (before.learned.version, after.learned.version, after.learned.articles) == (0, 1, 2)
    take(works, "again.md", FIRST)
    take(works, "corrected.md", FIRST.replace("一元", "两元"))
    assert works.vocabulary.lexicon("paper") == after
