"""Which lists a publication writes, and that it leaves alone what has not changed."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from unittest.mock import patch
from urllib.parse import quote

import pytest
from lxml import etree, html

from digest import editing, output, pipeline, settings, site
from digest.settings import Settings
from digest.works import Works
from tests.site.whole import texts
from tests.works import FIRST, NOW, drop, opened, settings_in

LATER = NOW + timedelta(hours=1)
MAPS = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "n": "http://www.google.com/schemas/sitemap-news/0.9"}


def issue(day: int, month: int = 11, count: int = 2, *, extra: str = "") -> str:
    """Return an issue of a day of 2026, each of whose articles is of the section 民生 and about the ferry."""
    articles = "".join(
        f"## 第{day}日的第{n}条渡船开航\n\n本报讯（记者 林晓棠）{month}月{day}日，第{n}条渡船从老渡口开航，渡船首日运送行人{day}百人次。\n\n"
        f"老渡口第{n}条渡船每天早上六点开航，票价{n}元，渡船上备有雨伞。\n\n"
        for n in range(1, count + 1)
    )
    return f"{extra}# 南浔渡口报\n\n2026年{month}月{day}日　第{month * 100 + day}期\n\n第1版：民生\n\n{articles}"


def publish(works: Works, *days: tuple[int, int], count: int = 2) -> list[str]:
    """Publish an issue of each (month, day), and return what files the last one wrote."""
    for month, day in days:
        drop(works, f"{month}-{day}.md", issue(day, month, count), LATER)
        with watched() as written:
            pipeline.publish(works, LATER)
    return sorted(written)


@contextmanager
def watched() -> Iterator[list[str]]:
    """Give the list of the files that are written."""
    written: list[str] = []
    write = output.write

    def noting(root: Path, files: dict[str, bytes]) -> list[str]:
        changed = write(root, files)
        written.extend(changed)
        return changed

    with patch.object(output, "write", noting):
        yield written


def page(works: Works, path: str) -> html.HtmlElement:
    return html.document_fromstring((works.settings.public / path / "index.html").read_text("utf-8"))


@pytest.fixture
def configured(tmp_path: Path) -> Settings:
    return settings_in(tmp_path)


def test_a_new_issue_writes_its_own_pages_and_the_few_that_name_it(configured: Settings) -> None:
    with opened(configured) as works:
        written = publish(works, (9, 1), (10, 1), (10, 8), (11, 2), (11, 9))
        pages = {
            path for path in written if path.endswith("index.html") and not path.startswith(("section", "keyword"))
        }
        assert pages == {
            "index.html",
            *(f"2026/11/09/{place}index.html" for place in ("", "1/", "2/")),
            "archive/index.html",
            "archive/2026/index.html",
            "archive/2026/11/index.html",
        }
        assert [path for path in written if path.startswith("sitemap")] == [
            "sitemap-2026-11.xml",
            "sitemap-news.xml",
            "sitemap.xml",
        ]


def test_the_first_issue_of_a_month_is_led_to_from_the_month_before(configured: Settings) -> None:
    with opened(configured) as works:
        written = publish(works, (10, 1), (11, 2))
        assert "archive/2026/10/index.html" in written
        (newer,) = page(works, "archive/2026/10").cssselect(".steps .newer")
        assert newer.get("href") == "/archive/2026/11/"


def test_a_section_fills_numbered_pages_that_news_leave_alone(
    configured: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("digest.site.lists.PAGE", 2)
    monkeypatch.setattr("digest.site.PAGE", 2)
    with opened(configured) as works:
        written = publish(works, *((11, day) for day in range(2, 7)))
        own = [path for path in written if path.startswith("section/")]
        assert own == ["section/民生/3/index.html", "section/民生/4/index.html", "section/民生/index.html"]
        assert texts(page(works, "section/民生/1"), ".entries h2") == ["第2日的第1条渡船开航", "第2日的第2条渡船开航"]
        assert texts(page(works, "section/民生"), ".entries h2") == ["第6日的第1条渡船开航", "第6日的第2条渡船开航"]


def test_a_section_that_a_correction_makes_shorter_ends_where_its_articles_do(
    configured: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("digest.site.lists.PAGE", 2)
    monkeypatch.setattr("digest.site.PAGE", 2)
    with opened(configured) as works:
        publish(works, *((11, day) for day in range(2, 6)))
        assert (works.settings.public / "section/民生/3/index.html").exists()
        drop(works, "b.md", issue(3).replace("民生", "文化"), LATER)
        pipeline.publish(works, LATER)
        assert not (works.settings.public / "section/民生/3/index.html").exists()
        assert page(works, "section/民生/2").cssselect(".steps .newer")[0].get("href") == f"/section/{quote('民生')}/"
        assert texts(page(works, "section/民生/2"), ".entries h2") == ["第4日的第1条渡船开航", "第4日的第2条渡船开航"]
        with watched() as written:
            pipeline.publish(works, LATER, everything=True)
        assert written == []


def test_an_issue_that_comes_late_stands_where_its_day_is(
    configured: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("digest.site.lists.PAGE", 2)
    monkeypatch.setattr("digest.site.PAGE", 2)
    with opened(configured) as works:
        publish(works, (11, 2), (11, 4), (11, 3))
        days = [texts(page(works, f"section/民生{number}"), ".entries h2")[0][:3] for number in ("/1", "/2", "")]
        assert days == ["第2日", "第3日", "第4日"]


def test_a_keyword_has_a_page_from_the_third_article_on_and_articles_lead_there(configured: Settings) -> None:
    with opened(configured) as works:
        publish(works, (11, 2))
        assert not (works.settings.public / "keyword").exists()
        publish(works, (11, 3), (11, 4))
        led_to = {a.get("href") for a in page(works, "2026/11/04/1").cssselect(".about .keywords a")}
        there = {f"/keyword/{path.name}/" for path in (works.settings.public / "keyword").iterdir()}
        assert led_to
        assert {html.fromstring(f"<a>{href}</a>").text for href in led_to} <= {_quoted(path) for path in there}
        assert not page(works, "2026/11/02/1").cssselect(".about .keywords a")


def _quoted(path: str) -> str:
    return quote(path)


def test_a_withdrawn_article_leaves_every_list_and_sitemap_and_moves_no_other(configured: Settings) -> None:
    with opened(configured) as works:
        publish(works, (11, 2), (11, 3))
        editing.retract(works, "paper", "2026/11/02/1/", None, LATER)
        pipeline.publish(works, LATER)
        files = [path for path in works.settings.public.rglob("*") if path.suffix in {".html", ".xml"}]
        named = [path.relative_to(works.settings.public).as_posix() for path in files if _names(path)]
        assert named == []
        assert (works.settings.public / "2026/11/02/1/index.html").is_file()


def _names(path: Path) -> bool:
    return 'href="/2026/11/02/1/"' in (said := path.read_text("utf-8")) or "/2026/11/02/1/</loc>" in said


def test_the_sitemaps_name_every_page_once_and_as_new_what_is_of_the_last_two_days(configured: Settings) -> None:
    with opened(configured) as works:
        publish(works, (10, 1), (11, 2))
        public = works.settings.public
        index = etree.parse(public / "sitemap.xml").xpath("//s:loc/text()", namespaces=MAPS)
        assert index == ["https://paper.example/sitemap-2026-10.xml", "https://paper.example/sitemap-2026-11.xml"]
        found = [
            url
            for name in index
            for url in etree.parse(public / name.rpartition("/")[2]).xpath("//s:loc/text()", namespaces=MAPS)
        ]
        assert found == [
            f"https://paper.example/2026/{day}/{n}" for day in ("10/01", "11/02") for n in ("", "1/", "2/")
        ]
        new = etree.parse(public / "sitemap-news.xml")
        assert new.xpath("//n:title/text()", namespaces=MAPS) == ["第2日的第1条渡船开航", "第2日的第2条渡船开航"]
        assert set(new.xpath("//n:language/text()", namespaces=MAPS)) == {"zh-cn"}


def test_a_correction_says_what_the_editor_does(configured: Settings) -> None:
    with opened(configured) as works:
        publish(works, (11, 2), count=3)
        changed = issue(2, count=3, extra="---\ncorrection: 票价应为一元五角。\n---\n").replace(
            "票价1元", "票价一元五角"
        )
        drop(works, "b.md", changed, LATER)
        pipeline.publish(works, LATER)
        (said,) = texts(page(works, "2026/11/02/1"), ".corrected")
        assert said.endswith("：票价应为一元五角。")
        assert not texts(page(works, "2026/11/02/2"), ".corrected")


class TestEdition:
    def test_a_changed_template_has_everything_written_anew_and_told_of(self, configured: Settings) -> None:
        with opened(configured) as works:
            publish(works, (10, 1), (11, 2))
        theirs = configured.templates / "site"
        theirs.mkdir(parents=True)
        (theirs / "404.html").write_text("<main>nichts</main>", "utf-8")
        with opened(configured) as works:
            told: list[tuple[int, int]] = []
            with watched() as written:
                pipeline.publish(works, LATER, progress=lambda done, total: told.append((done, total)))
            assert told == [(1, 2), (2, 2)]
            assert written == ["404.html"]
            with watched() as written:
                pipeline.publish(works, LATER)
            assert written == []

    def test_so_does_what_the_newsroom_writes_about_itself(self, configured: Settings) -> None:
        with opened(configured) as works:
            drop(works, "a.md", FIRST)
            pipeline.publish(works, NOW)
            assert not (works.settings.public / "about").exists()
        (configured.root / "about.md").write_text("# 关于我们\n\n一九五八年创刊。\n", "utf-8")
        with opened(configured) as works:
            pipeline.publish(works, NOW)
            assert texts(page(works, "about"), "h1, .written p") == ["关于我们", "一九五八年创刊。"]
            assert page(works, "2026/11/19/1").cssselect(".bar a[href='/about/']")

    def test_a_logo_is_published_beside_the_pages(self, tmp_path: Path) -> None:
        (tmp_path / "own.SVG").write_bytes(b"<svg xmlns='http://www.w3.org/2000/svg'/>")
        theme = settings.Theme(logo=tmp_path / "own.SVG")
        papers = (settings.Publication(theme=theme),)
        with opened(settings_in(tmp_path, publications=papers)) as works:
            drop(works, "a.md", FIRST)
            pipeline.publish(works, NOW)
            assert (works.settings.public / "logo.svg").read_bytes().startswith(b"<svg")
            assert page(works, ".").cssselect("h1 img[src='/logo.svg']")


def test_what_is_written_piece_by_piece_is_what_is_written_at_once(
    configured: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("digest.site.lists.PAGE", 2)
    monkeypatch.setattr("digest.site.PAGE", 2)
    with opened(configured) as works:
        publish(works, (9, 1), (10, 1), (11, 2), (11, 3), (11, 4))
        editing.retract(works, "paper", "2026/10/01/2/", None, LATER)
        pipeline.publish(works, LATER)
        with watched() as written:
            pipeline.publish(works, LATER, everything=True)
        assert written == []
        assert site.LEAST_ARTICLES == 3
