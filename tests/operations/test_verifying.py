"""`digest verify` finds each promise that is broken, and nothing in a folder where all are kept."""

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from digest import app, editing, operations, pipeline, settings
from digest.messages import Messages
from digest.settings import Settings
from digest.store import database
from tests.works import FIRST, NOW, SECOND, drop, opened, settings_in, subscribe

ID = "tag:paper.example,2026-11-20:paper"
LAST_PAGE = "2026/11/20/1/index.html"
WITHDRAWN_PAGE = "2026/11/19/2/index.html"
FEEDS = ["feed.xml", "atom.xml", "feed.json"]
OLD = (NOW - timedelta(hours=2)).timestamp()


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with two issues, a withdrawn article, a rejected file and a letter; no service runs."""
    folder = tmp_path_factory.mktemp("finished")
    with opened(settings_in(folder)) as works:
        subscribe(works.engine, "a@example.org", "paper", "issue", NOW)
        for name, content in (("a.md", FIRST), ("empty.txt", ""), ("b.md", SECOND)):
            drop(works, name, content)
            pipeline.publish(works, NOW)
            pipeline.compose(works, NOW)
            pipeline.deliver(works, NOW)
        editing.retract(works, "paper", WITHDRAWN_PAGE.removesuffix("index.html"), "有误", NOW)
        pipeline.publish(works, NOW)
    return folder


@pytest.fixture
def folder(finished: Path, tmp_path: Path) -> Path:
    """A copy of that folder, to be damaged."""
    shutil.copytree(finished, tmp_path / "copy", symlinks=True)
    return tmp_path / "copy"


@pytest.fixture
def configured(folder: Path) -> Settings:
    return settings_in(folder)


def found(configured: Settings, *, idle: bool = True) -> list[str]:
    """Return the codes of what is found, and check that each can be put into words."""
    engine = app.open_existing(configured)
    try:
        findings = operations.verify(configured, engine, now=NOW, idle=idle)
    finally:
        engine.dispose()
    for say in (Messages("zh"), Messages("en")):
        assert all(say.of(finding.code, finding.facts) for finding in findings)
    return [finding.code for finding in findings]


def change(path: Path, old: str, new: str) -> None:
    content = path.read_text("utf-8")
    assert old in content
    path.write_text(content.replace(old, new), "utf-8")


def tamper(folder: Path, *statements: str) -> None:
    """Run statements as somebody would who goes around the product."""
    with closing(sqlite3.connect(folder / "data/digest.db")) as raw:
        raw.executescript(";".join(statements))


def test_a_folder_where_all_is_kept_is_clean(configured: Settings) -> None:
    assert found(configured) == []


def test_nothing_is_changed(folder: Path, configured: Settings) -> None:
    def state() -> dict[Path, bytes]:
        files = (path for path in folder.rglob("*") if path.is_file() and "digest.db-" not in path.name)
        return {path: path.read_bytes() for path in files}

    before = state()
    found(configured)
    assert state() == before


def test_a_folder_that_was_never_used_is_clean(tmp_path: Path) -> None:
    with opened(settings_in(tmp_path)) as works:
        assert operations.verify(works.settings, works.engine, now=NOW, idle=False) == ()
        pipeline.publish(works, NOW)
        assert operations.verify(works.settings, works.engine, now=NOW, idle=False) == ()


def test_several_papers_are_clean(tmp_path: Path) -> None:
    papers = (settings.Publication(slug="east"), settings.Publication(slug="west"))
    with opened(settings_in(tmp_path, publications=papers), sound=False) as works:
        drop(works, "east/a.md", FIRST)
        drop(works, "west/b.md", SECOND)
        pipeline.publish(works, NOW)
        assert operations.verify(works.settings, works.engine, now=NOW, idle=True) == ()
        (works.settings.public / "west" / LAST_PAGE).unlink()
        codes = [finding.code for finding in operations.verify(works.settings, works.engine, now=NOW, idle=True)]
        assert "verify.page_missing" in codes


Damage = Callable[[Path], object]


def double_a_delivery(folder: Path) -> None:
    """Plant what the table's own constraint forbids."""
    tamper(
        folder,
        "CREATE TABLE other AS SELECT * FROM delivery",
        "INSERT INTO other SELECT * FROM delivery LIMIT 1",
        "UPDATE other SET id = rowid",
        "CREATE UNIQUE INDEX other_id ON other (id)",
        "DROP TABLE delivery",
        "ALTER TABLE other RENAME TO delivery",
    )


DATABASE: list[tuple[str, Damage]] = [
    (
        "verify.database",
        lambda folder: tamper(
            folder,
            "PRAGMA writable_schema=ON",
            "UPDATE sqlite_master SET sql = replace(sql, 'name TEXT NOT NULL', 'name TEXT NOT NULL CHECK (name = ''x'')') WHERE name = 'source'",
        ),
    ),
    ("verify.reference", lambda folder: tamper(folder, "UPDATE article SET issue_id = 99 WHERE id = 1")),
    ("verify.sequence", lambda folder: tamper(folder, "UPDATE publication SET sequence = sequence - 1")),
    ("verify.sequence", lambda folder: tamper(folder, "UPDATE article SET sequence = NULL WHERE sequence = 2")),
    ("verify.delivery_twice", double_a_delivery),
    ("verify.unpublished", lambda folder: tamper(folder, "UPDATE issue SET rev = rev + 1 WHERE id = 1")),
    ("verify.in_flight", lambda folder: tamper(folder, "UPDATE delivery SET state = 'claimed' WHERE id = 1")),
    ("verify.in_flight", lambda folder: tamper(folder, "UPDATE delivery SET state = 'data' WHERE id = 1")),
]


def blob(folder: Path) -> Path:
    return next(path for path in (folder / "data/blobs").rglob("*") if path.is_file())


def aged(path: Path) -> None:
    path.write_bytes(b"")
    os.utime(path, (OLD, OLD))


def claim(folder: Path) -> None:
    home = folder / "inbox/.digest/claimed/paper/abc"
    home.mkdir(parents=True)
    (home / "c.md").write_text(FIRST, "utf-8")


FOLDERS: list[tuple[str, Damage]] = [
    ("verify.blob_missing", lambda folder: blob(folder).unlink()),
    ("verify.blob_changed", lambda folder: blob(folder).write_bytes(b"x")),
    ("verify.blob_unknown", lambda folder: (blob(folder).parent / ("0" * 64)).write_bytes(b"x")),
    ("verify.temporary", lambda folder: aged(folder / "data/.tmp-1")),
    ("verify.temporary", lambda folder: aged(folder / "data/public/2026/.tmp-1")),
    ("verify.temporary", lambda folder: aged(folder / "inbox/done/.tmp-1")),
    ("verify.no_reason", lambda folder: (folder / "inbox/rejected/empty.txt.reason.txt").unlink()),
    ("verify.no_receipt", lambda folder: (folder / "inbox/done/2026-11/a.md.receipt.txt").unlink()),
    ("verify.claim", claim),
]


def public(folder: Path, path: str) -> Path:
    return folder / "data/public" / path


def bury(folder: Path) -> None:
    """Put the withdrawn article's text back on its page, which still says that nobody shall index it."""
    change(public(folder, WITHDRAWN_PAGE), "</main>", "<p>图书馆周末开放时间\n延长到晚上九点。</p></main>")
    assert "noindex" in public(folder, WITHDRAWN_PAGE).read_text("utf-8")


def unlist(folder: Path) -> None:
    """Take an issue from the whole archive."""
    for path in ("archive/index.html", "archive/2026/index.html", "archive/2026/11/index.html"):
        change(public(folder, path), "/2026/11/20/", "/archive/")


PAGES: list[tuple[str, Damage]] = [
    ("verify.page_missing", lambda folder: public(folder, LAST_PAGE).unlink()),
    ("verify.page_missing", lambda folder: public(folder, LAST_PAGE).write_bytes(b"")),
    ("verify.page_missing", lambda folder: public(folder, "2026/11/20/index.html").unlink()),
    ("verify.page_missing", lambda folder: public(folder, WITHDRAWN_PAGE).unlink()),
    ("verify.page_missing", lambda folder: public(folder, "index.html").unlink()),
    ("verify.page_missing", lambda folder: public(folder, "archive/index.html").unlink()),
    ("verify.page_old", lambda folder: change(public(folder, LAST_PAGE), "四千株", "五千株")),
    ("verify.page_withdrawn", lambda folder: change(public(folder, WITHDRAWN_PAGE), "noindex", "index")),
    ("verify.page_withdrawn", bury),
    ("verify.not_listed", unlist),
    ("verify.not_listed", lambda folder: change(public(folder, "index.html"), '"/2026/11/20/"', '"/archive/"')),
    ("verify.dead_link", lambda folder: change(public(folder, "index.html"), "/2026/11/20/1/", "/2026/11/20/7/")),
    ("verify.dead_link", lambda folder: change(public(folder, "2026/11/19/index.html"), "/2026/11/19/1/", "../7/")),
    ("verify.dead_link", lambda folder: public(folder, "feed.xml").unlink()),
    (
        "verify.listed_withdrawn",
        lambda folder: change(public(folder, "archive/index.html"), '"/2026/11/19/"', '"/2026/11/19/2/"'),
    ),
]


@pytest.mark.parametrize(("code", "damage"), DATABASE)
def test_a_database_that_contradicts_itself_is_found(
    folder: Path, configured: Settings, code: str, damage: Damage
) -> None:
    damage(folder)
    assert code in found(configured)


@pytest.mark.parametrize(("code", "damage"), FOLDERS)
def test_what_is_missing_or_left_in_a_folder_is_found(
    folder: Path, configured: Settings, code: str, damage: Damage
) -> None:
    damage(folder)
    assert found(configured) == [code]


@pytest.mark.parametrize(("code", "damage"), PAGES)
def test_a_page_that_is_wrong_is_found(folder: Path, configured: Settings, code: str, damage: Damage) -> None:
    damage(folder)
    assert code in found(configured)


@pytest.mark.parametrize("name", FEEDS)
@pytest.mark.parametrize("content", [None, b"", b"<rss", b'{"items": [{}]}', b'{"items": null}'])
def test_a_feed_that_cannot_be_read_is_found(
    folder: Path, configured: Settings, name: str, content: bytes | None
) -> None:
    if content is None:
        public(folder, name).unlink()
    else:
        public(folder, name).write_bytes(content)
    assert "verify.feed_broken" in found(configured)


@pytest.mark.parametrize("name", FEEDS)
@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ((f"{ID}/88/1<", f"{ID}/89/1<"), "verify.feed_twice"),
        ((f"{ID}/88/1<", f"{ID}/89/1<"), "verify.feed_lacks"),
        ((f"{ID}/88/2<", f"{ID}/88/1<"), "verify.feed_lacks"),
        ((f"{ID}/89/1<", f"{ID}/89/8<"), "verify.feed_unknown"),
        (("https://paper.example/2026/11/20/1/", "https://paper.example/2026/11/20/7/"), "verify.feed_link"),
        (("https://paper.example/2026/11/20/1/", "https://other.example/2026/11/20/1/"), "verify.feed_link"),
    ],
)
def test_a_feed_that_is_wrong_is_found(
    folder: Path, configured: Settings, name: str, wrong: tuple[str, str], code: str
) -> None:
    end = '"' if name == "feed.json" else "<"
    old, new = (each.replace("<", end) for each in wrong)
    change(public(folder, name), old, new)
    assert code in found(configured)


@pytest.mark.parametrize("name", FEEDS)
def test_a_feed_that_tells_what_was_withdrawn_is_found(folder: Path, configured: Settings, name: str) -> None:
    """The feed as it was before the withdrawal: parsed, unique, every link good."""
    with opened(configured) as works:
        editing.restore(works, "paper", WITHDRAWN_PAGE.removesuffix("index.html"), NOW)
        pipeline.publish(works, NOW)
        before = public(folder, name).read_bytes()
        editing.retract(works, "paper", WITHDRAWN_PAGE.removesuffix("index.html"), None, NOW)
        pipeline.publish(works, NOW)
    public(folder, name).write_bytes(before)
    assert found(configured) == ["verify.feed_withdrawn"]


@pytest.mark.parametrize("name", FEEDS)
def test_the_archive_and_the_feed_of_issues_are_looked_at_too(folder: Path, configured: Settings, name: str) -> None:
    end = '"' if name == "feed.json" else "<"
    archive, issues = (public(folder, f"feeds/{each}/{name}") for each in ("2026-11", "issues"))
    change(archive, f"{ID}/88/2{end}", f"{ID}/88/9{end}")
    change(issues, f"{ID}/89{end}", f"{ID}/90{end}")
    assert found(configured) == ["verify.feed_unknown", "verify.feed_lacks"] * 2
    archive.unlink()
    issues.unlink()
    assert found(configured) == ["verify.feed_broken"] * 2


def test_the_feed_of_issues_does_not_tell_what_was_withdrawn(folder: Path, configured: Settings) -> None:
    told = FIRST.splitlines()[-1]
    change(public(folder, "feeds/issues/feed.xml"), "<p><strong>", f"<p>{told}</p><p><strong>")
    assert found(configured) == ["verify.feed_withdrawn"]


def test_the_common_feed_of_several_papers_is_looked_at_too(tmp_path: Path) -> None:
    papers = (settings.Publication(slug="east"), settings.Publication(slug="west"))
    configured = settings_in(tmp_path, publications=papers)
    with opened(configured, sound=False) as works:
        drop(works, "east/a.md", FIRST)
        pipeline.publish(works, NOW)
    assert found(configured) == []
    change(public(tmp_path, "feed.json"), "/2026/11/19/1/", "/2026/11/19/9/")
    public(tmp_path, "atom.xml").write_bytes(b"")
    assert found(configured) == ["verify.feed_broken", "verify.feed_link"]


def test_the_feeds_reach_back_in_whole_issues_without_a_gap(folder: Path) -> None:
    """What is older than the window is missing by right; what is newer than something in it is not."""
    tiny = settings.Feeds(max_bytes=1, min_issues=2)
    configured = settings_in(folder, feeds=tiny)
    with opened(configured) as works:
        drop(works, "c.md", SECOND.replace("11月20日", "11月18日").replace("星期五", "星期三").replace("89", "87"))
        assert len(pipeline.publish(works, NOW, everything=True)) == 1
    assert f"{ID}/87/1" not in public(folder, "feed.xml").read_text("utf-8")
    assert found(configured) == []
    assert found(settings_in(folder, feeds=settings.Feeds(min_issues=3))) == ["verify.feed_lacks"] * 3


def test_what_a_service_is_doing_is_no_fault(folder: Path, configured: Settings) -> None:
    claim(folder)
    tamper(folder, "UPDATE delivery SET state = 'data' WHERE id = 1")
    (folder / "data/.tmp-1").write_bytes(b"")
    os.utime(folder / "data/.tmp-1", (NOW.timestamp(), NOW.timestamp()))
    assert found(configured, idle=False) == []
    assert sorted(found(configured)) == ["verify.claim", "verify.in_flight"]


def test_an_issue_that_is_just_being_published_is_no_fault(folder: Path, configured: Settings) -> None:
    """Stopped between any two of pages, lists and feed, readers have the old or the new, whole."""
    with opened(configured) as works:
        drop(works, "c.md", SECOND.replace("四千株", "五千株"))
        assert found(configured) == []
        before = {path: path.read_bytes() for path in configured.public.rglob("*") if path.is_file()}
        pipeline.publish(works, NOW)
        after = {path: path.read_bytes() for path in configured.public.rglob("*") if path.is_file()}
    tamper(
        folder, "UPDATE issue SET state = 'pending', published_rev = published_rev - 1 WHERE rev = 2 AND number = 89"
    )
    for path in sorted(path for path, content in after.items() if before.get(path) != content):
        path.write_bytes(before[path])
        assert found(configured) == []


def test_what_a_service_has_finished_meanwhile_is_no_fault(
    folder: Path, configured: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A page that is missing at the first look is there at the second."""
    page = public(folder, LAST_PAGE)
    content = page.read_bytes()
    page.unlink()
    looks = database.reading

    def and_then(engine: database.Engine) -> object:
        if looked:
            page.write_bytes(content)
        looked.append(None)
        return looks(engine)

    engine = app.open_existing(configured)
    looked: list[None] = []
    monkeypatch.setattr(database, "reading", and_then)
    assert operations.verify(configured, engine, now=NOW, idle=False) == ()
    engine.dispose()
    page.unlink()
    monkeypatch.undo()
    assert "verify.page_missing" in found(configured, idle=False)


def test_files_of_systems_and_editors_need_no_word(folder: Path, configured: Settings) -> None:
    for name in (".DS_Store", "Thumbs.db", "a.md~"):
        (folder / "inbox/rejected" / name).write_bytes(b"")
        (folder / "inbox/done/2026-11" / name).write_bytes(b"")
    assert found(configured) == []


def test_a_sidecar_is_told_of_with_its_file(folder: Path, configured: Settings) -> None:
    with opened(configured) as works:
        (works.settings.inbox.folder / "c.md.yaml").write_text("number: 90\n", "utf-8")
        drop(works, "c.md", SECOND)
        pipeline.publish(works, NOW)
    assert (folder / "inbox/done/2026-11/c.md.yaml").exists()
    assert found(configured) == []


def test_no_data_is_not_called_well(tmp_path: Path) -> None:
    from digest.errors import DigestError

    with pytest.raises(DigestError) as refusal:
        app.open_existing(settings_in(tmp_path))
    assert refusal.value.code == "error.no_data"
    assert not (tmp_path / "data").exists()


def test_whether_a_service_runs_is_known(tmp_path: Path) -> None:
    configured = settings_in(tmp_path)
    assert not app.is_running(configured)
    with opened(configured):
        assert app.is_running(configured)
    assert not app.is_running(configured)


def test_a_page_that_names_a_withdrawn_article_as_related_is_found(configured: Settings) -> None:
    page = configured.public / LAST_PAGE
    link = '<section class="related"><a href="/2026/11/19/2/">x</a></section>'
    page.write_text(page.read_text("utf-8").replace("</article>", f"</article>{link}"), "utf-8")
    assert found(configured) == ["verify.listed_withdrawn"]


def test_words_that_are_miscounted_are_found(configured: Settings) -> None:
    with closing(sqlite3.connect(configured.data / "digest.db")) as raw, raw:
        raw.execute("UPDATE publication SET counted = counted + 1")
    assert found(configured) == ["verify.words"]
