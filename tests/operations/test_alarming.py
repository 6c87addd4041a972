"""The operator is told of each trouble once, and once when it is over, whatever comes between."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import pytest
from sqlalchemy import select

from digest import carried, editing, operations, pipeline, settings, templating
from digest.operations.health import alarming
from digest.operations.health.standing import Trouble
from digest.settings import Publication
from digest.store import alarms, database
from digest.store.alarms import Alarm
from digest.store.schema import notice
from digest.works import Works
from tests.faulty import Faulty
from tests.posts import Taker, taker
from tests.works import FIRST, NOW, SECOND, drop, opened, settings_in

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
OPERATOR = "operator@paper.example"
MAIL = settings.Mail(operator=OPERATOR)


class Space(NamedTuple):
    """What a disk has, in bytes."""

    total: int
    used: int
    free: int


@pytest.fixture
def works(tmp_path: Path) -> Iterator[Works]:
    """Return a service that has looked through its inbox, and whose operator has a mailbox."""
    papers = (Publication(title="南浔渡口报", expect="mon-fri 18:00"),)
    with opened(settings_in(tmp_path, mail=MAIL, publications=papers)) as works:
        works.pulse.scan()
        yield works


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Return the free bytes of every disk, to be changed."""
    free = [10**10]
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Space(10**11, 0, free[0]))
    return free


def told(works: Works, kind: str = "alarm") -> list[str]:
    with database.reading(works.engine) as connection:
        query = select(notice.c.subject, notice.c.text).where(notice.c.kind == kind).order_by(notice.c.id)
        return ["\n".join(row) for row in connection.execute(query)]


def watch(works: Works, now: datetime, minutes: int = 0) -> None:
    """Look every minute, up to so many after `now`."""
    for n in range(minutes + 1):
        operations.watch(works, now + n * MINUTE)


def test_a_trouble_is_told_once_and_once_when_it_is_over(works: Works, disk: list[int]) -> None:
    disk[0] = 210 * 10**6
    watch(works, NOW, 90)
    (first,) = told(works)
    subject, what, todo, *_ = first.splitlines()
    assert subject == f"digest：{what}"
    assert "210 MB" in what
    assert todo.startswith("怎么办：")
    disk[0] = 10**10
    watch(works, NOW + 91 * MINUTE, 90)
    _, over = told(works)
    assert over.splitlines()[0] == "digest：已经好了：磁盘上又有地方了。"
    with database.reading(works.engine) as connection:
        assert alarms.listed(connection) == []


def test_what_comes_and_goes_is_one_trouble(works: Works, disk: list[int]) -> None:
    for n in range(60):
        disk[0] = 10**10 if n % 4 else 10**6
        operations.watch(works, NOW + n * MINUTE)
    assert len(told(works)) == 1


def test_what_happens_soon_after_is_told_together(works: Works, disk: list[int]) -> None:
    for n in range(5):
        drop(works, f"{n}.md", b"\x00\x01" * (99 + n), NOW + n * MINUTE)
        operations.watch(works, NOW + n * MINUTE)
    watch(works, NOW + 5 * MINUTE, 30)
    first, second = told(works)
    assert "0.md" in first
    assert "另有 3 件事" in second.splitlines()[0]
    assert all(f"{n}.md" in second for n in range(1, 5))


def test_a_restart_repeats_nothing(works: Works, disk: list[int]) -> None:
    disk[0] = 10**6
    watch(works, NOW)
    restarted = replace(works, pulse=type(works.pulse)(lambda: 0.0))
    restarted.pulse.scan()
    watch(restarted, NOW + 20 * MINUTE, 20)
    assert len(told(works)) == 1


def test_a_service_that_has_just_begun_says_nothing_before_it_has_looked(works: Works) -> None:
    begun = replace(works, pulse=type(works.pulse)(lambda: 0.0))
    assert operations.watch(begun, NOW + 30 * DAY) == []
    begun.pulse.scan()
    assert operations.watch(begun, NOW + 30 * DAY) == ["missing:paper"]


def test_an_issue_that_does_not_come_is_missed_and_its_coming_is_told(works: Works) -> None:
    drop(works, "a.md", FIRST, NOW - DAY)
    watch(works, NOW)
    assert told(works) == []
    evening = NOW.replace(hour=10) + MINUTE  # 18:01 in Shanghai
    watch(works, evening, 60)
    assert "2026-11-20 的报还没有来" in told(works)[0]
    drop(works, "b.md", SECOND, evening + 61 * MINUTE)
    watch(works, evening + 61 * MINUTE, 60)
    assert [text.splitlines()[0] for text in told(works)[1:]] == ["digest：已经好了：南浔渡口报：报来了。"]


def test_an_old_archive_that_comes_at_once_raises_nothing(tmp_path: Path) -> None:
    papers = (Publication(title="南浔渡口报"),)
    with opened(settings_in(tmp_path, mail=MAIL, publications=papers), sound=False) as works:
        for n in range(30):
            day = datetime(2026, 9, 1) + timedelta(days=n)  # noqa: DTZ001 -- a day in print
            issue = FIRST.replace("2026年11月19日　星期四　第88期", f"{day:%Y年%m月%d日}　第{n + 1}期")
            (works.settings.inbox.folder / f"{n}.md").write_text(issue, "utf-8")
        pipeline.ingest(works, NOW)
        assert len(pipeline.ingest(works, NOW)) == 30
        works.pulse.scan()
        for hours in range(0, 24 * 14, 7):
            assert operations.watch(works, NOW + timedelta(hours=hours)) in ([], ["stuck"])


def delete_rejected(works: Works) -> None:
    (works.settings.inbox.folder / "rejected/a.md").unlink()


def mend(works: Works) -> None:
    drop(works, "a.md", SECOND, NOW + 20 * MINUTE)


@pytest.mark.parametrize("see_to_it", [mend, delete_rejected])
def test_a_rejected_file_is_over_when_it_comes_mended_or_is_deleted(
    works: Works, see_to_it: Callable[[Works], None]
) -> None:
    drop(works, "a.md", b"\x00\x01" * 99)
    watch(works, NOW)
    assert "“a.md”没有收录" in told(works)[0]
    see_to_it(works)
    watch(works, NOW + 20 * MINUTE, 20)
    assert (
        told(works)[1].splitlines()[0] == "digest：已经好了：南浔渡口报：“a.md”已经收录，或已从 rejected 文件夹里拿走。"
    )


def test_a_rejected_file_that_nobody_mends_is_past_in_a_day(works: Works) -> None:
    drop(works, "a.md", b"\x00\x01" * 99)
    watch(works, NOW)
    works.settings.inbox.folder.joinpath("b.md").write_text(SECOND, "utf-8")
    pipeline.ingest(works, NOW + MINUTE)
    pipeline.ingest(works, NOW + MINUTE)
    watch(works, NOW + DAY + MINUTE, 30)
    assert len(told(works)) == 1


def test_an_issue_that_waits_for_approval_is_told_and_one_that_an_editor_holds_is_not(tmp_path: Path) -> None:
    papers = (Publication(title="南浔渡口报", expect="never"),)
    doubting = settings_in(tmp_path, mail=MAIL, publications=papers, publish=settings.Publish(hold_below=0.8))
    with opened(doubting) as works:
        works.pulse.scan()
        drop(works, "a.md", "第88期\n\n今年十月的湖水比往年都清。下一步还要把")
        watch(works, NOW)
        assert "“a.md”等着批准" in told(works)[0]
        editing.approve(works, "paper", "88", NOW)
        watch(works, NOW + 20 * MINUTE, 20)
        assert "不用再等批准" in told(works)[1]
    with opened(settings_in(tmp_path / "sure", mail=MAIL, publications=papers)) as works:
        works.pulse.scan()
        drop(works, "a.md", FIRST)
        editing.hold(works, "paper", "88", NOW)
        assert operations.watch(works, NOW) == []


def test_a_mail_that_fails_is_tried_again_and_comes_once(tmp_path: Path, disk: list[int]) -> None:
    disk[0] = 10**6
    with Faulty(lambda n: "busy" if n == 0 else None) as server:
        mail = settings.Mail(operator=OPERATOR, channel="smtp", smtp=settings.Smtp(port=server.port))
        with opened(settings_in(tmp_path, mail=mail)) as works:
            works.pulse.scan()
            for n in range(20):
                operations.watch(works, NOW + n * MINUTE)
                pipeline.deliver(works, NOW + n * MINUTE)
            assert [recipient for recipient, _ in server.taken] == [OPERATOR]
            assert server.begun == 2


def posting(works: Works, program: Taker, disk: list[int], now: datetime = NOW) -> str | None:
    disk[0] = 10**6
    heard = replace(works, webhook=program.url)
    operations.watch(heard, now)
    return operations.post(heard, now)


def test_the_webhook_is_told_as_well(works: Works, disk: list[int]) -> None:
    with taker() as program:
        assert posting(works, program, disk) is None
        assert [one["text"] for one in program.taken] == [text.partition("\n")[2] for text in told(works)]
        pipeline.deliver(works, NOW)
        letters = [path.read_bytes() for path in works.settings.outbox.glob("*.eml")]
        assert [OPERATOR.encode() in letter for letter in letters] == [True]
        assert operations.post(replace(works, webhook=program.url), NOW + DAY) is None
        assert len(program.taken) == 1


def test_a_webhook_that_refuses_is_told_later(works: Works, disk: list[int]) -> None:
    with taker() as program:
        program.answer = b'{"errcode": 45009, "errmsg": "freq limit"}'
        assert "freq limit" in str(posting(works, program, disk))
        heard = replace(works, webhook=program.url)
        assert operations.post(heard, NOW + MINUTE) is None
        program.answer = b"ok"
        assert operations.post(heard, NOW + 2 * MINUTE) is None
        assert program.taken[-1]["text"] == told(works)[0].partition("\n")[2]


def test_a_webhook_that_refuses_for_a_day_is_given_up_and_that_is_told_by_mail(works: Works, disk: list[int]) -> None:
    with taker() as program:
        program.status = 503
        posting(works, program, disk)
        heard = replace(works, webhook=program.url)
        tries = [operations.post(heard, NOW + hours * timedelta(hours=1)) for hours in (1, 2, 25, 26, 27)]
        assert [words is None for words in tries] == [False, False, False, True, True]
        operations.watch(heard, NOW + timedelta(hours=20))
        assert "有 1 条给报社的通知没有送到" in told(works)[-1]


def test_where_nobody_is_to_be_told_the_first_who_is_hears_of_it(works: Works, disk: list[int]) -> None:
    alone = replace(works, settings=replace(works.settings, mail=settings.Mail()))
    disk[0] = 10**6
    watch(alone, NOW, 5)
    assert told(works) == []
    watch(works, NOW + 6 * MINUTE, 30)
    assert len(told(works)) == 1


def test_what_lasts_is_written_down_once(works: Works, disk: list[int]) -> None:
    disk[0] = 10**6
    watch(works, NOW)
    before = (works.settings.data / "digest.db-wal").stat().st_mtime_ns
    watch(works, NOW + MINUTE, 60)
    assert (works.settings.data / "digest.db-wal").stat().st_mtime_ns == before


def test_a_clock_that_was_ahead_silences_nobody(works: Works, disk: list[int]) -> None:
    known = [Alarm("disk", {}, NOW + 900 * DAY, NOW + 900 * DAY, NOW + 900 * DAY)]
    assert alarming.planned([], known, NOW).over == [Trouble("disk", {})]
    disk[0] = 10**6
    watch(works, NOW + 900 * DAY)
    disk[0] = 10**10
    watch(works, NOW, 20)
    assert "磁盘上又有地方了" in "".join(told(works)[1:])


@pytest.mark.parametrize("broken", ["<p>\n{% if %}", "<p>\n{{ papr.title }}"])
def test_a_template_that_cannot_be_used_stops_no_paper_and_is_a_trouble_until_it_is_mended(
    tmp_path: Path, broken: str
) -> None:
    configured = settings_in(tmp_path, mail=MAIL)
    own = configured.templates / "site" / "article.html"
    own.parent.mkdir(parents=True)
    own.write_text(broken)

    def works(now: datetime) -> list[str]:
        with opened(configured) as works:
            works.pulse.scan()
            drop(works, "a.md", FIRST)
            pipeline.publish(works, NOW)
            watch(works, now, 20)
            assert "老渡口恢复摆渡" in (configured.public / "2026/11/19/1/index.html").read_text("utf-8")
            return told(works)

    (first,) = works(NOW)
    assert str(own) in first
    assert "第 2 行" in first
    assert len(works(NOW + 30 * MINUTE)) == 1  # and it is no news to a service that renders nothing
    own.write_text((carried.place(templating.FOLDER) / "site" / "article.html").read_text("utf-8"))
    _, over = works(NOW + 60 * MINUTE)
    assert over.splitlines()[0].startswith("digest：已经好了：自己改的模板又能用了")
