"""The straight path: what is dropped is published and mailed once, and one bad file stops nothing."""

import json
import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any

import feedparser
import pytest

from digest import pipeline, settings, site, subscriptions
from digest.delivery import Channel
from digest.errors import ChannelError, DeliveryError, DigestError
from digest.model import Message, Paper
from digest.works import Works
from tests.works import FIRST, NOW, SECOND, drop, opened, settings_in, standing, subscribe


@pytest.fixture
def works(tmp_path: Path) -> Iterator[Works]:
    with opened(settings_in(tmp_path)) as works:
        yield works


def public(works: Works, path: str) -> str:
    return (works.settings.public / path).read_text("utf-8")


def test_a_dropped_issue_becomes_pages_and_feeds(works: Works) -> None:
    (outcome,) = drop(works, "a.md", FIRST)
    assert outcome.kind == "taken"
    (issue,) = pipeline.publish(works, NOW)
    assert [one.article.headline for one in issue.articles] == ["老渡口恢复摆渡", "镇图书馆新添三千册书"]
    assert "老渡口恢复摆渡" in public(works, "index.html")
    assert "首日运送行人三百二十人次" in public(works, "2026/11/19/1/index.html")
    assert "第88期" in public(works, "2026/11/19/index.html")
    for name in ("feed.xml", "atom.xml"):
        feed = feedparser.parse(public(works, name))
        assert not feed.bozo
        assert [entry.title for entry in feed.entries] == ["老渡口恢复摆渡", "镇图书馆新添三千册书"]
        assert all(entry.summary and entry.content for entry in feed.entries)
    assert [item["id"] for item in json.loads(public(works, "feed.json"))["items"]] == [
        one.id for one in issue.articles
    ]


def test_publishing_again_writes_nothing(works: Works) -> None:
    drop(works, "a.md", FIRST)
    pipeline.publish(works, NOW)
    before = {path: path.stat().st_mtime_ns for path in works.settings.public.rglob("*")}
    assert pipeline.publish(works, NOW) == []
    assert {path: path.stat().st_mtime_ns for path in works.settings.public.rglob("*")} == before


def test_the_site_is_there_before_the_first_issue(works: Works) -> None:
    pipeline.publish(works, NOW)
    assert "<html" in public(works, "index.html")
    assert not feedparser.parse(public(works, "feed.xml")).bozo


def test_an_issue_of_tomorrow_waits(works: Works) -> None:
    drop(works, "a.md", FIRST.replace("11月19日", "11月21日").replace("星期四", "星期六"))
    assert pipeline.publish(works, NOW) == []
    assert not (works.settings.public / "2026").exists()
    assert len(pipeline.publish(works, NOW + timedelta(days=1))) == 1


def test_an_embargo_is_kept(works: Works) -> None:
    drop(works, "a.md", "---\nembargo: 2026-11-20 18:00\n---\n" + FIRST)
    assert pipeline.publish(works, NOW) == []
    assert pipeline.publish(works, datetime(2026, 11, 20, 10, 0, tzinfo=UTC)) == []
    second = datetime(2026, 11, 20, 10, 0, 1, tzinfo=UTC)  # that of its second article: no entry is dated in the future
    assert len(pipeline.publish(works, second)) == 1


def test_an_embargo_that_is_no_time_is_told(works: Works) -> None:
    (outcome,) = drop(works, "a.md", "---\nembargo: 明天\n---\n" + FIRST)
    assert (outcome.kind, "明天" in outcome.words) == ("rejected", True)


def test_the_same_bytes_again_change_nothing(works: Works) -> None:
    drop(works, "a.md", FIRST)
    pipeline.publish(works, NOW)
    before = {path: path.read_bytes() for path in works.settings.public.rglob("*") if path.is_file()}
    (outcome,) = drop(works, "b.md", FIRST)
    assert outcome.kind == "known"
    assert "b.md" in outcome.words
    assert pipeline.publish(works, NOW) == []
    assert {path: path.read_bytes() for path in works.settings.public.rglob("*") if path.is_file()} == before
    assert (works.settings.inbox.folder / "done" / "2026-11" / "b.md.receipt.txt").exists()


@pytest.mark.parametrize(
    ("name", "content", "word"),
    [
        ("empty.txt", b"", "空"),
        ("blank.txt", b" \n\n \n", "空"),
        ("binary.txt", bytes(range(256)) * 8, "文本"),
        (
            "latin.txt",
            "Fête du quai: le café rouvre à midi, entrée libre. Où ? Près du vieux bac.".encode("latin-1"),
            "UTF-8",
        ),
        ("damaged.txt", FIRST.encode().replace("渡".encode(), b"\xe6\xb8", 1), "UTF-8"),
        ("issue.doc", b"\xd0\xcf\x11\xe0", "doc"),
    ],
)
def test_a_bad_file_is_rejected_with_a_reason_and_stops_nothing(
    works: Works, name: str, content: bytes, word: str
) -> None:
    (works.settings.inbox.folder / name).write_bytes(content)
    outcomes = drop(works, "good.md", FIRST)
    assert sorted(outcome.kind for outcome in outcomes) == ["rejected", "taken"]
    rejected = works.settings.inbox.folder / "rejected"
    assert (rejected / name).read_bytes() == content
    assert word in (rejected / f"{name}.reason.txt").read_text("utf-8")
    assert not (works.settings.inbox.folder / name).exists()


def test_a_rejected_file_may_be_dropped_again(works: Works) -> None:
    assert [drop(works, "a.txt", b"")[0].kind for _ in range(2)] == ["rejected", "rejected"]
    assert sorted(path.name for path in (works.settings.inbox.folder / "rejected").glob("*.txt")) == [
        "a (2).txt",
        "a (2).txt.reason.txt",
        "a.txt",
        "a.txt.reason.txt",
    ]


def test_the_receipt_lists_the_articles_with_their_addresses(works: Works) -> None:
    drop(works, "a.md", FIRST)
    receipt = (works.settings.inbox.folder / "done" / "2026-11" / "a.md.receipt.txt").read_text("utf-8")
    assert "镇图书馆新添三千册书" in receipt
    assert "https://paper.example/2026/11/19/2/" in receipt


def test_receipts_speak_the_office_s_language(tmp_path: Path) -> None:
    with opened(settings_in(tmp_path, language="en")) as works:
        (outcome,) = drop(works, "a.txt", b"")
    assert "not taken in" in outcome.words


def test_the_bytes_are_kept_for_good(works: Works) -> None:
    drop(works, "a.md", FIRST)
    (blob,) = (path for path in works.settings.blobs.rglob("*") if path.is_file())
    assert blob.read_bytes() == FIRST.encode()


def letters(works: Works) -> list[Path]:
    return sorted(works.settings.outbox.glob("*.eml")) if works.settings.outbox.exists() else []


def mail_all(works: Works, now: datetime = NOW) -> int:
    pipeline.publish(works, now)
    pipeline.compose(works, now)
    return pipeline.deliver(works, now)


def test_a_letter_goes_once_to_each_subscriber(works: Works) -> None:
    for email in ("a@example.org", "b@example.org"):
        subscribe(works.engine, email, "paper", "issue", NOW)
    drop(works, "a.md", FIRST)
    assert mail_all(works) == 2
    assert mail_all(works) == 0
    assert len(letters(works)) == 2
    drop(works, "b.md", SECOND)
    assert mail_all(works) == 2


def test_the_daily_letter_waits_for_its_time_and_holds_all_since_the_last(works: Works) -> None:
    subscribe(works.engine, "a@example.org", "paper", "daily", NOW)
    drop(works, "a.md", FIRST)
    drop(works, "b.md", SECOND)
    assert mail_all(works) == 0
    at = datetime.combine(NOW.date() + timedelta(days=1), time(7, 30), works.settings.publications[0].zone).astimezone(
        UTC
    )
    assert mail_all(works, at - timedelta(seconds=1)) == 0
    assert mail_all(works, at) == 1
    assert mail_all(works, at + timedelta(days=3)) == 0


def test_after_downtime_one_letter_goes_not_one_a_day(works: Works) -> None:
    subscribe(works.engine, "a@example.org", "paper", "daily", NOW)
    drop(works, "a.md", SECOND)
    pipeline.publish(works, NOW)
    pipeline.compose(works, NOW)
    assert mail_all(works, NOW + timedelta(days=2)) == 1
    assert mail_all(works, NOW + timedelta(days=2)) == 0


def test_a_new_subscriber_gets_nothing_old(works: Works) -> None:
    drop(works, "a.md", FIRST)
    pipeline.publish(works, NOW)
    subscribe(works.engine, "a@example.org", "paper", "issue", NOW)
    assert mail_all(works) == 0


def test_an_issue_that_states_no_date_is_of_the_day_that_it_is_where_the_paper_is(works: Works) -> None:
    path = works.settings.inbox.folder / "a.md"
    path.write_text(FIRST.replace("2026年11月19日　星期四　", "").replace("11月18日，", ""), "utf-8")
    before_dawn = datetime(2026, 11, 21, 20, 36, tzinfo=UTC).timestamp()  # 4:36 on the 22nd in Shanghai
    os.utime(path, (before_dawn, before_dawn))
    pipeline.ingest(works, NOW)
    (outcome,) = pipeline.ingest(works, NOW)
    assert "2026-11-22" in outcome.words


def test_who_leaves_between_queue_and_sending_gets_nothing(works: Works) -> None:
    subscribe(works.engine, "a@example.org", "paper", "issue", NOW)
    drop(works, "a.md", FIRST)
    pipeline.publish(works, NOW)
    pipeline.compose(works, NOW)
    subscriptions.unsubscribe(works.engine, "A@Example.org", "paper", NOW)
    pipeline.deliver(works, NOW)
    assert letters(works) == []
    assert standing(works).work["delivery"] == {"cancelled": 1}


class Refusing:
    """A channel that refuses in one way."""

    def __init__(self, error: DigestError) -> None:
        self.error = error

    def __enter__(self) -> "Refusing":
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def send(self, message: Message, on_data: object) -> None:
        raise self.error


def refusing(works: Works, error: DigestError) -> Works:
    def channel() -> Channel:
        return Refusing(error)

    return replace(works, channel=channel)


def queued(works: Works) -> None:
    subscribe(works.engine, "a@example.org", "paper", "issue", NOW)
    drop(works, "a.md", FIRST)
    pipeline.publish(works, NOW)
    pipeline.compose(works, NOW)


def test_a_passing_refusal_is_tried_again_later_and_given_up_after_a_day(works: Works) -> None:
    queued(works)
    busy = refusing(works, DeliveryError("error.smtp.refused", permanent=False, code=451, detail="busy"))
    assert pipeline.deliver(busy, NOW) == 1
    assert pipeline.deliver(busy, NOW) == 0
    assert pipeline.deliver(busy, NOW + timedelta(minutes=2)) == 1
    assert standing(works).work["delivery"] == {"pending": 1}
    assert pipeline.deliver(busy, NOW + timedelta(hours=25)) == 1
    assert standing(works).work["delivery"] == {"failed": 1}


def test_a_final_refusal_is_never_tried_again(works: Works) -> None:
    queued(works)
    pipeline.deliver(refusing(works, DeliveryError("error.smtp.refused", permanent=True, code=550, detail="no")), NOW)
    assert standing(works).work["delivery"] == {"failed": 1}
    assert not standing(works).well


def test_trouble_of_the_channel_burns_nobody(works: Works) -> None:
    queued(works)
    with pytest.raises(ChannelError):
        pipeline.deliver(refusing(works, ChannelError("error.smtp.login", host="h", port=1, detail="no")), NOW)
    assert standing(works).work["delivery"] == {"pending": 1}
    assert pipeline.deliver(works, NOW) == 1


def test_a_stopping_service_sends_no_more(works: Works) -> None:
    queued(works)
    works.stopping.set()
    assert pipeline.deliver(works, NOW) == 0
    assert standing(works).work["delivery"] == {"pending": 1}


def test_a_defect_of_ours_costs_one_file(works: Works, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("digest.analysis.annotate", broken)
    (outcome,) = drop(works, "a.md", FIRST)
    assert outcome.kind == "rejected"
    monkeypatch.undo()
    assert drop(works, "a.md", FIRST)[0].kind == "taken"


def test_a_paper_that_fails_keeps_no_other_from_its_readers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    papers = (settings.Publication(slug="east"), settings.Publication(slug="west"))
    render = site.render_issue

    def failing(paper: Paper, *rest: Any, **named: Any) -> dict[str, bytes]:
        if paper.slug == "east":
            raise ZeroDivisionError
        pages: dict[str, bytes] = render(paper, *rest, **named)
        return pages

    with opened(settings_in(tmp_path, publications=papers)) as works:
        drop(works, "east/a.md", FIRST)
        drop(works, "west/a.md", FIRST)
        monkeypatch.setattr("digest.site.render_issue", failing)
        with pytest.raises(ZeroDivisionError):
            pipeline.publish(works, NOW)
        assert "老渡口恢复摆渡" in public(works, "west/index.html")
        monkeypatch.undo()
        pipeline.publish(works, NOW)
        assert "老渡口恢复摆渡" not in public(works, "east/index.html")
        pipeline.publish(works, NOW + timedelta(minutes=2))
        assert "老渡口恢复摆渡" in public(works, "east/index.html")


@pytest.mark.parametrize(
    "matter", ["number: 99999999999999999999999", 'title: "\\ud800"', "embargo: 9999-12-31 23:59", "date: 0001-01-01"]
)
def test_no_front_matter_stops_the_inbox(tmp_path: Path, matter: str) -> None:
    paper = settings.Publication(timezone="America/New_York")
    with opened(settings_in(tmp_path, publications=(paper,))) as works:
        (works.settings.inbox.folder / "bad.md").write_text(f"---\n{matter}\n---\n{SECOND}", encoding="utf-8")
        assert "taken" in [outcome.kind for outcome in drop(works, "good.md", FIRST)]
        assert len(list(works.settings.inbox.folder.glob("*.md"))) == 0


def test_who_changes_to_another_cadence_gets_the_letter_that_is_there(works: Works) -> None:
    subscribe(works.engine, "a@example.org", "paper", "daily", NOW)
    subscribe(works.engine, "b@example.org", "paper", "issue", NOW)
    drop(works, "a.md", FIRST)
    assert mail_all(works) == 1
    subscribe(works.engine, "a@example.org", "paper", "issue", NOW)
    assert mail_all(works) == 1
    assert pipeline.compose(works, NOW) == 0


def test_a_clock_that_once_stood_ahead_silences_nobody(works: Works) -> None:
    subscribe(works.engine, "a@example.org", "paper", "daily", NOW)
    pipeline.compose(works, NOW + timedelta(days=900))
    drop(works, "a.md", SECOND)
    assert mail_all(works, NOW) == 0
    assert mail_all(works, NOW + timedelta(days=1)) == 1


def test_two_papers_have_their_own_folders_sites_and_ids(tmp_path: Path) -> None:
    papers = (settings.Publication(slug="east"), settings.Publication(slug="west"))
    with opened(settings_in(tmp_path, publications=papers)) as works:
        drop(works, "east/a.md", FIRST)
        drop(works, "west/a.md", FIRST)
        published = pipeline.publish(works, NOW)
        assert [issue.id.rpartition(":")[2] for issue in published] == ["east/88", "west/88"]
        assert "https://paper.example/west/2026/11/19/1/" in public(works, "west/feed.xml")
        assert "/east/" in public(works, "index.html")


def test_only_one_service_works_on_a_folder(tmp_path: Path) -> None:
    configured = settings_in(tmp_path)
    with opened(configured), pytest.raises(DigestError) as refusal, opened(configured):
        pass
    assert refusal.value.code == "error.running"
    with opened(configured):
        pass


def test_a_file_lies_in_the_month_of_the_paper_s_own_calendar(works: Works) -> None:
    drop(works, "a.md", FIRST, datetime(2026, 11, 30, 23, 30, tzinfo=UTC))  # 1 December in Shanghai
    assert (works.settings.inbox.folder / "done" / "2026-12" / "a.md").exists()
