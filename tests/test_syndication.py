"""The feeds of a whole service: which files there are, and what a new issue, a correction, a withdrawal change of them."""

import json
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from urllib.parse import unquote

import pytest
from lxml import etree
from sqlalchemy import delete

from digest import editing, feeds, pipeline, settings, site
from digest.model import RenderedIssue, StoredIssue
from digest.store import database
from digest.store.schema import entry
from digest.works import Works
from tests.works import FIRST, NOW, drop, opened, settings_in

LATER = NOW + timedelta(hours=2)
SITE = "https://paper.example/"
FORMATS = {"feed.xml", "atom.xml", "feed.json"}


def issue(day: str, *articles: str, number: int) -> str:
    return f"# 南浔渡口报\n\n2026年{day}　第{number}期\n\n" + "\n\n".join(articles) + "\n"


FERRY = "## 第1版　要闻\n\n### 老渡口恢复摆渡\n\n本报讯（记者 林晓棠）停航五年的老渡口恢复摆渡，首日运送行人三百二十人次，票价一元。\n"
BOOKS = "## 第2版　民生\n\n### 镇图书馆新添三千册书\n\n本报讯（记者 沈归舟）镇图书馆本月新添图书三千册，其中儿童读物占一半。\n"
LAKE = "## 第1版　要闻\n\n### 白鹭湖水质首次达到二类\n\n本报讯（记者 林晓棠）市水务局昨天公布的数据显示，十月白鹭湖水质首次达到二类。\n"
STAGE = "## 第3版　文化\n\n### 老戏台修好了\n\n本报讯（记者 林晓棠）老戏台修缮完工，本周六晚上唱头一台戏，不收门票。\n"


@pytest.fixture
def works(tmp_path: Path) -> Iterator[Works]:
    window = settings.Feeds(max_bytes=1, min_issues=1, keywords=("图书馆", "没有的词"))
    with opened(settings_in(tmp_path, feeds=window)) as works:
        drop(works, "a.md", issue("9月30日", FERRY, BOOKS, number=70))
        drop(works, "b.md", issue("10月20日", LAKE, number=80))
        drop(works, "c.md", issue("11月19日", STAGE, BOOKS.replace("三千", "五千"), number=88))
        pipeline.publish(works, NOW)
        yield works


def items(works: Works, path: str) -> dict[str, dict[str, str]]:
    """Return the items of a JSON feed by id, in their order."""
    found = json.loads((works.settings.public / path / "feed.json").read_text("utf-8"))["items"]
    return {item["id"]: item for item in found}


def titles(works: Works, path: str) -> list[str]:
    return [item["title"] for item in items(works, path).values()]


def state(works: Works) -> dict[str, tuple[int, bytes]]:
    """Return inode and content of every file: one that is written again has another inode."""
    public = works.settings.public
    return {
        path.relative_to(public).as_posix(): (path.stat().st_ino, path.read_bytes())
        for path in public.rglob("*")
        if path.is_file()
    }


def changed(works: Works, before: dict[str, tuple[int, bytes]]) -> set[str]:
    """Return the folders of the feeds of which a file was written since."""
    after = state(works)
    return {str(Path(path).parent) for path in after if Path(path).name in FORMATS and after[path] != before.get(path)}


def test_every_feed_has_its_own_files(works: Works) -> None:
    public = works.settings.public
    folders = {path.parent.relative_to(public).as_posix() for path in public.rglob("feed.json")}
    assert {".", "feeds/issues", "feeds/section/要闻", "feeds/section/民生", "feeds/section/文化"} <= folders
    assert {"feeds/keyword/图书馆", "feeds/keyword/没有的词"} <= folders
    assert {"feeds/2026-09", "feeds/2026-10", "feeds/2026-11"} <= folders
    for folder in folders:
        assert {path.name for path in (public / folder).iterdir()} >= FORMATS
    assert titles(works, "feeds/section/要闻") == ["白鹭湖水质首次达到二类", "老渡口恢复摆渡"]
    assert titles(works, "feeds/section/民生") == ["镇图书馆新添五千册书", "镇图书馆新添三千册书"]
    assert titles(works, "feeds/keyword/图书馆") == titles(works, "feeds/section/民生")
    assert titles(works, "feeds/keyword/没有的词") == []
    assert titles(works, "feeds/issues") == ["2026年11月19日 第88期", "2026年10月20日 第80期", "2026年9月30日 第70期"]


def test_an_article_has_one_id_and_one_text_in_all_of_them(works: Works) -> None:
    found = [
        item
        for path in works.settings.public.rglob("feed.json")
        if path.parent.name != "issues"
        for item in json.loads(path.read_text("utf-8"))["items"]
    ]
    by_id = {item["id"]: item for item in found}
    assert len(by_id) == 5
    assert all(item == by_id[item["id"]] for item in found)


def test_the_page_and_the_opml_list_them_and_lead_only_to_what_is_there(works: Works) -> None:
    public = works.settings.public
    page = (public / "subscribe/index.html").read_text("utf-8")
    hrefs = [unquote(href) for href in re.findall(r'href="/([^"#]*)"', page)]
    assert {f"feeds/section/文化/{file}" for file in FORMATS} <= {*hrefs}
    assert [href for href in hrefs if not (public / href).exists()] == []
    opml = etree.parse(public / "feeds/feeds.opml")
    listed = [unquote(url.removeprefix(SITE)) for url in opml.xpath("//outline/@xmlUrl")]
    assert listed[:2] == ["feed.xml", "feeds/issues/feed.xml"]
    assert len(listed) == 7
    assert all((public / path).exists() for path in listed)


@pytest.mark.parametrize("file", sorted(FORMATS))
def test_the_way_back_reaches_everything_once_published(works: Works, file: str) -> None:
    path: str | None = file
    found: set[str] = set()
    months = []
    while path:
        content = (works.settings.public / path).read_bytes()
        if file.endswith("json"):
            parsed = json.loads(content)
            found |= {item["id"] for item in parsed["items"]}
            links = [parsed.get("next_url")]
        else:
            root = etree.fromstring(content)
            found |= {one.text for one in root.iter("guid", "{*}id") if one.getparent().tag.endswith(("item", "entry"))}
            links = [link.get("href") for link in root.iter("{*}link") if link.get("rel") == "prev-archive"]
        path = next((link.removeprefix(SITE) for link in links if link), None)
        months += [path] if path else []
    assert months == [f"feeds/2026-{month}/{file}" for month in ("10", "09")]
    assert len(found) == 5


def test_a_new_issue_touches_no_closed_month_and_no_section_that_is_not_in_it(works: Works) -> None:
    before = state(works)
    drop(works, "d.md", issue("11月20日", LAKE.replace("十月", "十一月"), number=89))
    pipeline.publish(works, NOW)
    assert changed(works, before) == {
        ".",
        "feeds/2026-11",
        "feeds/issues",
        "feeds/section/要闻",
    }


def test_what_has_not_changed_is_not_written_again(works: Works) -> None:
    before = state(works)
    pipeline.publish(works, LATER, everything=True)
    assert state(works) == before


def test_an_issue_of_a_closed_month_stands_in_its_archive_and_the_next_leads_to_it(works: Works) -> None:
    drop(works, "old.md", issue("8月1日", STAGE.replace("周六", "周日"), number=60), LATER)
    pipeline.publish(works, LATER)
    assert titles(works, "feeds/2026-08") == ["老戏台修好了"]
    september = json.loads((works.settings.public / "feeds/2026-09/feed.json").read_text("utf-8"))
    assert september["next_url"] == f"{SITE}feeds/2026-08/feed.json"


def test_a_correction_is_the_same_everywhere_and_changes_nothing_else(works: Works) -> None:
    before = state(works)
    drop(works, "b.md", issue("10月20日", LAKE.replace("二类", "三类"), number=80), LATER)
    pipeline.publish(works, LATER)
    assert changed(works, before) == {
        "feeds/2026-10",
        "feeds/issues",
        "feeds/section/要闻",
    }
    (item,) = items(works, "feeds/2026-10").values()
    assert item["date_published"] < item["date_modified"]
    assert "更正于 2026年11月20日" in item["content_html"]
    assert items(works, "feeds/section/要闻")[item["id"]] == item


def test_an_article_that_moves_to_another_section_leaves_the_old_one(works: Works) -> None:
    drop(works, "b.md", issue("10月20日", LAKE.replace("要闻", "环境"), number=80), LATER)
    pipeline.publish(works, LATER)
    assert titles(works, "feeds/section/环境") == ["白鹭湖水质首次达到二类"]
    assert titles(works, "feeds/section/要闻") == ["老渡口恢复摆渡"]


def test_a_withdrawn_article_is_told_of_in_every_feed_that_had_it_and_comes_back(works: Works) -> None:
    feeds = ["feeds/2026-10", "feeds/section/要闻"]
    before = [items(works, path) for path in feeds]
    (gone,) = items(works, "feeds/2026-10")
    editing.retract(works, "paper", "2026/10/20/1/", None, LATER)
    pipeline.publish(works, LATER)
    for path in feeds:
        assert items(works, path)[gone]["title"] == "（已撤回）"
    text = b"".join(content for path, (_, content) in state(works).items() if Path(path).name in FORMATS).decode()
    assert "市水务局昨天公布" not in text
    assert "水质首次" not in text
    editing.restore(works, "paper", "2026/10/20/1/", LATER)
    pipeline.publish(works, LATER)
    assert [items(works, path).keys() for path in feeds] == [each.keys() for each in before]
    assert titles(works, feeds[0]) == ["白鹭湖水质首次达到二类"]


def test_a_stopped_publication_forgets_no_section(works: Works, monkeypatch: pytest.MonkeyPatch) -> None:
    """The old section is known until readers have the new one."""
    drop(works, "b.md", issue("10月20日", LAKE.replace("要闻", "环境"), number=80), LATER)
    with monkeypatch.context() as broken:
        broken.setattr("digest.feeds.build_topic", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            pipeline.publish(works, LATER)
    pipeline.publish(works, LATER + timedelta(hours=1))
    assert titles(works, "feeds/section/要闻") == ["老渡口恢复摆渡"]


def test_the_feed_of_a_keyword_that_is_no_longer_offered_is_gone(tmp_path: Path) -> None:
    def offered(*keywords: str) -> settings.Settings:
        return settings_in(tmp_path, feeds=settings.Feeds(keywords=keywords))

    with opened(offered("渡口", "图书馆")) as works:
        drop(works, "a.md", FIRST)
        pipeline.publish(works, NOW)
        keywords = works.settings.public / "feeds/keyword"
        assert {path.name for path in (keywords / "渡口").iterdir()} == FORMATS
    with opened(offered("图书馆")) as works:
        pipeline.publish(works, NOW, everything=True)
        assert [path.name for path in (keywords / "渡口").iterdir()] == ["gone"]
        assert "· 渡口" not in (works.settings.public / "feeds/feeds.opml").read_text("utf-8")
    with opened(offered("渡口")) as works:
        pipeline.publish(works, NOW, everything=True)
        assert {path.name for path in (keywords / "渡口").iterdir()} == FORMATS


def test_a_keyword_that_is_new_has_its_feed_with_the_next_issue_whatever_is_in_it(tmp_path: Path) -> None:
    def offered(*keywords: str) -> settings.Settings:
        return settings_in(tmp_path, feeds=settings.Feeds(keywords=keywords))

    keywords = tmp_path / "data/public/feeds/keyword"
    for words, number in ((("渡口",), 88), (("图书馆",), 89), (("渡口", "图书馆", "没有的词"), 90)):
        with opened(offered(*words)) as works:
            drop(works, f"{number}.md", FIRST if number == 88 else issue(f"11月{number - 70}日", LAKE, number=number))
            pipeline.publish(works, NOW)
            files = {word: {path.name for path in (keywords / word).iterdir()} for word in words}
            assert files == dict.fromkeys(words, FORMATS)
    assert titles(works, "feeds/keyword/渡口") == ["老渡口恢复摆渡"]
    assert titles(works, "feeds/keyword/没有的词") == []


def test_several_papers_have_a_common_feed(tmp_path: Path) -> None:
    papers = (settings.Publication(slug="east", title="东报"), settings.Publication(slug="west", title="西报"))
    with opened(settings_in(tmp_path, publications=papers)) as works:
        drop(works, "east/a.md", FIRST)
        pipeline.publish(works, NOW)
        assert len(items(works, ".")) == 2
        drop(works, "west/b.md", issue("11月20日", LAKE, number=1))
        pipeline.publish(works, NOW)
        common = json.loads((works.settings.public / "feed.json").read_text("utf-8"))
        assert (common["title"], common["feed_url"]) == ("东报 · 西报", f"{SITE}feed.json")
        assert common["items"] == [*items(works, "west").values(), *items(works, "east").values()]
        editing.retract(works, "west", "2026/11/20/1/", None, LATER)
        pipeline.publish(works, LATER)
        assert titles(works, ".")[0] == "（已撤回）"
        page = (works.settings.public / "subscribe/index.html").read_text("utf-8")
        links = {unquote(href) for href in re.findall(r'href="/([^"#]*)"', page)}
        assert {f"{slug}/{file}" for slug in ("east", "west") for file in FORMATS} | {"feeds/feeds.opml"} <= links
        assert [href for href in links if not (works.settings.public / href).exists()] == []


def test_the_common_feed_leads_to_nothing_that_its_paper_has_not_published(tmp_path: Path) -> None:
    papers = (settings.Publication(slug="east"), settings.Publication(slug="west"))
    with opened(settings_in(tmp_path, publications=papers), sound=False) as works:
        drop(works, "west/b.md", issue("11月20日", LAKE, number=1))
        pipeline.publish(works, NOW)
        drop(works, "west/b.md", issue("11月20日", LAKE, STAGE, number=1), LATER)
        drop(works, "east/a.md", FIRST, LATER)
        with pytest.MonkeyPatch.context() as broken:
            render = site.render_issue
            broken.setattr(
                "digest.site.render_issue",
                lambda paper, *rest, **named: render(paper, *rest, **named) if paper.slug == "east" else 1 / 0,
            )
            with pytest.raises(ZeroDivisionError):
                pipeline.publish(works, LATER)
        assert len(items(works, ".")) == 3
        assert "老戏台修好了" not in titles(works, ".")


def test_a_new_issue_has_only_its_own_entries_rendered(works: Works, monkeypatch: pytest.MonkeyPatch) -> None:
    rendered: list[str] = []
    render = feeds.render_issue

    def telling(frame: feeds.Frame, issue: StoredIssue) -> RenderedIssue:
        rendered.append(issue.key)
        return render(frame, issue)

    monkeypatch.setattr(feeds, "render_issue", telling)
    drop(works, "d.md", issue("11月20日", FERRY, number=89), LATER)
    pipeline.publish(works, LATER)
    assert rendered == ["89"]


def test_what_is_kept_of_issues_may_be_lost(works: Works) -> None:
    with database.writing(works.engine) as store:
        store.execute(delete(entry).where(entry.c.issue_id != 1))
    drop(works, "d.md", issue("11月20日", FERRY, BOOKS, number=89), LATER)
    pipeline.publish(works, LATER)
    before = state(works)
    pipeline.publish(works, LATER, everything=True)
    assert state(works) == before
