"""The search index: all of a text can be found, what readers do not have cannot, and it mends itself."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from unittest.mock import Mock

import pytest
from sqlalchemy import select, text, update

from digest import editing, indexing, operations, pipeline
from digest.errors import DigestError
from digest.search import Found, cut, parse
from digest.settings import Settings
from digest.store import audit, database, publications, search
from digest.store.database import Connection
from digest.store.schema import article, search_entry
from digest.store.search import entries, sqlite
from digest.store.search.asked import Asked, Sought
from digest.store.search.kinds import index_of
from digest.text import has_han
from digest.works import Works
from tests.works import FIRST, NOW, SECOND, drop, opened, settings_in

GATE = Path(__file__).parent.parent / "data" / "gate"
SPOILT = {
    "sqlite": ("DELETE FROM search_entry WHERE article_id IS NULL", {"rows": 2, "expected": 1}),
    "postgresql": ("DELETE FROM search_index", {"rows": 0, "expected": 1}),
}
"""What makes an index and its entries differ, and by how much."""
PAGED = FIRST.replace("## 老渡口", "第1版：要闻\n\n## 老渡口").replace("## 镇图", "第2版：民生\n\n## 镇图")


@pytest.fixture
def settings(place: Path | str, tmp_path: Path) -> Settings:
    return settings_in(tmp_path, database=place if isinstance(place, str) else None)


@pytest.fixture
def works(settings: Settings) -> Iterator[Works]:
    with opened(settings) as works:
        yield works


def issue(works: Works, name: str, content: str) -> None:
    drop(works, name, content)
    pipeline.publish(works, NOW)


def find(works: Works, typed: str, **options: object) -> Found:
    with database.reading(works.engine) as store:
        row = publications.id_of(store, "paper")
        return search.find(store, [row], parse(typed), **options)


def titles(works: Works, typed: str, **options: object) -> list[str]:
    return [hit.stored.article.title for hit in find(works, typed, **options).hits]


def rows(works: Works) -> tuple[int, int]:
    with database.reading(works.engine) as store:
        return audit.indexed(store)


def test_every_piece_of_a_chinese_text_is_found(works: Works) -> None:
    for file in sorted(GATE.glob("*.txt"))[:4]:
        drop(works, file.name, file.read_text("utf-8"))
    pipeline.publish(works, NOW + timedelta(days=400))
    sought = 0
    with database.reading(works.engine) as store:
        paper = publications.id_of(store, "paper")
        public = select(article.c.id, article.c.content).where(article.c.public).order_by(article.c.id)
        stored = store.execute(public).all()
        assert len(stored) > 20
        for row in stored[::8]:
            for paragraph in (row.content["headline"] or "", *row.content["paragraphs"]):
                pieces = {paragraph[n : n + length] for length in (2, 3) for n in range(len(paragraph) - length + 1)}
                for piece in filter(is_chinese, pieces):
                    sought += 1
                    assert row.id in holders(store, paper, piece), piece
    assert sought > 800


def holders(store: Connection, paper: int, piece: str) -> list[int]:
    asked = Asked((Sought(cut(piece)),), (), (paper,), None, None, None)
    return index_of(store).matches(store, asked, "newest", 1000, 10.0)


def is_chinese(piece: str) -> bool:
    return bool(cut(piece)) and all(map(has_han, cut(piece)))


def test_the_newest_come_first_and_those_of_a_day_as_printed(works: Works) -> None:
    issue(works, "b.md", SECOND)
    issue(works, "a.md", FIRST)
    assert titles(works, "本报讯") == ["白鹭湖水质首次达到二类", "老渡口恢复摆渡", "镇图书馆新添三千册书"]
    assert titles(works, "本报讯", start=1, size=1) == ["老渡口恢复摆渡"]
    found = find(works, "本报讯", most=2)
    assert (len(found.hits), found.count, found.more) == (2, 2, True)


def test_what_says_it_in_its_title_is_the_best(works: Works) -> None:
    issue(works, "a.md", FIRST)
    issue(works, "b.md", SECOND.replace("三年来，", "老渡口的人说，三年来，"))
    assert titles(works, "渡口") == ["白鹭湖水质首次达到二类", "老渡口恢复摆渡"]
    assert titles(works, "渡口", order="best") == ["老渡口恢复摆渡", "白鹭湖水质首次达到二类"]
    assert titles(works, "自:2026-11-20", order="best") == ["白鹭湖水质首次达到二类"]


def test_sections_are_those_of_what_can_be_found(works: Works) -> None:
    issue(works, "a.md", PAGED)
    with database.reading(works.engine) as store:
        row = publications.id_of(store, "paper")
        assert search.sections(store, [row]) == {"民生": "民生", "要闻": "要闻"}
    assert titles(works, "section:要闻") == titles(works, "版面:要") == ["老渡口恢复摆渡"]
    assert titles(works, "section:火星") == []
    editing.retract(works, "paper", "2026/11/19/2/", "有误", NOW)
    with database.reading(works.engine) as store:
        assert search.sections(store, [row]) == {"要闻": "要闻"}


def test_a_correction_takes_the_place_of_what_it_corrects(works: Works) -> None:
    issue(works, "a.md", FIRST)
    issue(works, "a2.md", FIRST.replace("票价一元", "票价两元"))
    assert titles(works, "票价一元") == []
    assert titles(works, "票价两元") == ["老渡口恢复摆渡"]
    assert titles(works, "摆渡") == ["老渡口恢复摆渡"]


def test_only_what_has_changed_is_indexed_again(works: Works, monkeypatch: pytest.MonkeyPatch) -> None:
    issue(works, "a.md", FIRST)
    with database.reading(works.engine) as store:
        index = index_of(store)
    add = Mock(side_effect=index.add)
    monkeypatch.setattr(index, "add", add)
    issue(works, "a2.md", FIRST.replace("票价一元", "票价两元"))
    assert [len(call.args[1]) for call in add.call_args_list] == [1]


def test_what_a_correction_lacks_is_not_found(works: Works) -> None:
    extra = FIRST + "".join(f"\n## 第{n}条消息来了\n\n本报讯 渡口第{n}条。\n" for n in "三四五")
    issue(works, "a.md", extra)
    assert titles(works, "第五条") == ["第五条消息来了"]
    drop(works, "a2.md", extra.partition("\n## 第五")[0])
    assert titles(works, "第五条") == [], "not even before the pages are written again"
    pipeline.publish(works, NOW)
    assert len(titles(works, "第三条")) == 1


def test_an_issue_that_readers_do_not_have_is_not_found(works: Works) -> None:
    drop(works, "a.md", FIRST)
    assert titles(works, "渡口") == []
    pipeline.publish(works, NOW - timedelta(days=30))
    assert titles(works, "渡口") == []
    pipeline.publish(works, NOW)
    assert titles(works, "渡口") == ["老渡口恢复摆渡"]


def test_an_index_of_another_version_is_made_anew(works: Works, monkeypatch: pytest.MonkeyPatch) -> None:
    issue(works, "a.md", FIRST)
    with database.writing(works.engine) as store:
        store.execute(update(search_entry).values(mark="x"))
    monkeypatch.setattr(search, "VERSION", "next")
    monkeypatch.setattr(entries, "VERSION", "next")
    pipeline.publish(works, NOW)
    with database.reading(works.engine) as store:
        assert search.version(store) == "next"
        assert "x" not in set(store.scalars(select(search_entry.c.mark)))
    assert titles(works, "渡口") == ["老渡口恢复摆渡"]
    assert indexing.catch_up(works.engine) == 0


def test_one_that_was_not_finished_is_finished(works: Works) -> None:
    for name, content in (("a.md", FIRST), ("b.md", SECOND)):
        issue(works, name, content)
    with database.writing(works.engine) as store:
        search.clear(store)
    issue(works, "b2.md", SECOND.replace("四千", "五千"))
    assert titles(works, "本报讯") == ["白鹭湖水质首次达到二类", "老渡口恢复摆渡", "镇图书馆新添三千册书"]


def test_writing_everything_leaves_nothing_old_in_it(works: Works) -> None:
    issue(works, "a.md", FIRST)
    issue(works, "a2.md", FIRST.replace("票价一元", "票价两元"))
    pipeline.publish(works, NOW, everything=True)
    assert rows(works) == (2, 2)
    assert titles(works, "票价两元") == ["老渡口恢复摆渡"]


def test_verify_counts_what_can_be_found(settings: Settings) -> None:
    with opened(settings, sound=False) as works:
        issue(works, "a.md", FIRST)
        first = select(article.c.id).where(article.c.ordinal == 1).scalar_subquery()
        with database.writing(works.engine) as store:
            search.remove(store, article.c.ordinal == 1)
            spoil, counts = SPOILT[works.engine.dialect.name]
            store.execute(text(spoil))
        found = {one.code: one.facts for one in operations.verify(works.settings, works.engine, now=NOW, idle=True)}
        assert found["verify.search"] == {"paper": "paper", "lacking": 1, "surplus": 0}
        assert found["verify.search_index"] == counts
        pipeline.publish(works, NOW, everything=True)
        with database.writing(works.engine) as store:
            store.execute(update(article).where(article.c.id == first).values(withdrawn_at=NOW))
            assert audit.miscounted_finds(store) == [("paper", 0, 1)]


def test_a_search_that_takes_too_long_is_stopped(works: Works, monkeypatch: pytest.MonkeyPatch) -> None:
    issue(works, "a.md", FIRST)
    monkeypatch.setattr(search, "SECONDS", -1.0)
    monkeypatch.setattr(sqlite, "_STEPS", 1)
    with pytest.raises(DigestError) as refusal:
        find(works, "渡口")
    assert refusal.value.code == "web.search_slow"
    monkeypatch.undo()
    assert titles(works, "渡口") == ["老渡口恢复摆渡"], "and the connection is good for the next"


def test_a_withdrawn_article_leaves_at_once(works: Works) -> None:
    issue(works, "a.md", FIRST)
    editing.retract(works, "paper", "2026/11/19/1/", "有误", NOW)
    assert titles(works, "渡口") == []
    pipeline.publish(works, NOW)
    assert titles(works, "图书馆") == ["镇图书馆新添三千册书"]
