"""An archive is taken in whole, whatever order it lies in and whenever it is stopped, and disturbs nobody."""

import csv
import email
import io
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from email import policy
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from digest import cli, pipeline, settings
from digest.cli.beside import Publisher
from digest.messages import Messages
from digest.operations import backfill
from digest.operations.backfill import Report, taking, worker
from digest.operations.backfill.files import File
from digest.operations.backfill.worker import Duty, Read
from digest.store import database, issues, pings, publications
from digest.works import Works
from tests.works import FIRST, NOW, SECOND, drop, opened, settings_in, subscribe

PLACES = ["石桥镇", "槐安镇", "柳荫镇", "白鹭湖", "老渡口", "北河乡"]
MATTERS = ["修好了步道", "开放了书院", "种下三百棵柳树", "换了新的水闸", "办起了图书馆", "通了夜班公交"]


def issue(day: date, number: int | None = None) -> str:
    """Return an issue with three articles that no other day has."""
    chance = random.Random(day.toordinal())
    stated = "" if number is None else f"　第{number}期"
    head = f"# 南浔渡口报\n\n{day.year}年{day.month}月{day.day}日{stated}\n"
    return head + "".join(article(chance, day, n) for n in range(3))


def article(chance: random.Random, day: date, n: int) -> str:
    place, matter = chance.choice(PLACES), chance.choice(MATTERS)
    text = "，".join(
        f"{chance.choice(PLACES)}{chance.choice(MATTERS)}，花了{chance.randrange(10**6)}元" for _ in range(4)
    )
    return f"\n## {place}{matter}\n\n本报讯（记者 林晓棠）{place}{matter}，{text}。\n"


def lay(folder: Path, files: dict[str, str | bytes]) -> Path:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


@contextmanager
def silent(_code: str) -> Iterator[Callable[[int, int], None]]:
    yield lambda _done, _total: None


@pytest.fixture
def at_hand(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Read in this process, as a worker does in its own; what is made of the words once serves all tests."""
    cache = tmp_path_factory.getbasetemp() / "words"

    @contextmanager
    def here(duty: Duty, _processes: int) -> Iterator[SimpleNamespace]:
        before = signal.getsignal(signal.SIGINT)
        worker.prepare(replace(duty, cache=cache))
        signal.signal(signal.SIGINT, before)
        yield SimpleNamespace(map=map)

    monkeypatch.setattr(taking, "_pool", here)


def take_in(works: Works, folder: Path, now: datetime = NOW) -> Report:
    return backfill.take_in(works, works.settings.publications[0], folder, now, processes=2, progress=silent)


def letter(works: Works) -> str:
    """Return the text of the one letter that went."""
    (path,) = works.settings.outbox.glob("*.eml")
    part = email.message_from_bytes(path.read_bytes(), policy=policy.default).get_body(("plain",))
    assert part is not None
    return str(part.get_content())


def standing(works: Works) -> list[tuple[Any, ...]]:
    """Return what readers find: ids, addresses, times and texts, and what each article is related to."""
    with database.reading(works.engine) as store:
        paper = publications.id_of(store, "paper")
        found = [issues.get(store, one.id) for one in issues.published(store, paper)]
    return [
        (issue.id, issue.path, one.id, one.path, one.published, one.article)
        for issue in found
        for one in issue.articles
    ]


def site(works: Works) -> dict[str, bytes]:
    """Return all that is public; what a kill has left beside it nobody is led to, and it goes in time."""
    public = works.settings.public
    found = [path for path in public.rglob("*") if path.is_file() and not path.name.startswith(".tmp-")]
    return {str(path.relative_to(public)): path.read_bytes() for path in found}


def test_the_order_of_files_and_who_reads_them_make_no_difference(tmp_path: Path) -> None:
    days = [date(2026, 3, 1) + timedelta(days=n) for n in range(8)]
    found = []
    for n, names in enumerate((range(8), reversed(range(8)))):
        files: dict[str, str | bytes] = {
            f"{name}/a.txt": issue(day, 40 + day.day) for name, day in zip(names, days, strict=True)
        }
        folder = lay(tmp_path / f"archive{n}", files)
        with opened(settings_in(tmp_path / str(n))) as works:
            assert take_in(works, folder).taken == 8
            assert len(pipeline.publish(works, NOW)) == 8
            found.append((standing(works), site(works)))
    assert found[0] == found[1]
    times = [published for _, _, _, _, published, _ in found[0][0]]
    assert [at.date() for at in times[::3]] == [day - timedelta(days=1) for day in days]  # 06:00 in Shanghai


def test_an_archive_of_many_parts_is_published_in_parts(
    tmp_path: Path, at_hand: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipeline, "MOST", 2)
    days = [date(2026, 3, 1) + timedelta(days=n) for n in range(5)]
    folder = lay(tmp_path / "archive", {f"{day}.txt": issue(day) for day in days})
    with opened(settings_in(tmp_path)) as works:
        take_in(works, folder)
        assert [len(pipeline.publish(works, NOW)) for _ in range(4)] == [2, 2, 1, 0]


def test_nobody_is_written_to_and_no_hub_is_told(tmp_path: Path, at_hand: None) -> None:
    hub = settings.Feeds(hub="http://127.0.0.1:1/")
    folder = lay(
        tmp_path / "archive", {"a.md": FIRST, "20261118.md": SECOND.replace("2026年11月20日　星期五　第89期", "")}
    )
    with opened(settings_in(tmp_path, feeds=hub)) as works:
        subscribe(works.engine, "a@example.org", "paper", "issue", NOW)
        assert take_in(works, folder).taken == 2
        pipeline.publish(works, NOW)
        assert pipeline.compose(works, NOW) == 0
        with database.reading(works.engine) as store:
            assert pings.due(store, NOW) == []
        drop(works, "b.md", issue(date(2026, 11, 20), 90))
        pipeline.publish(works, NOW)
        assert pipeline.compose(works, NOW) == 1
        pipeline.deliver(works, NOW)
        assert not any(one in letter(works) for one in ("恢复摆渡", "首次达到二类"))
        with database.reading(works.engine) as store:
            assert pings.due(store, NOW)


def feed(works: Works, path: str = "feed.json") -> list[str]:
    return [item["title"] for item in json.loads((works.settings.public / path).read_text("utf-8"))["items"]]


def test_who_follows_a_feed_is_shown_no_old_issues_but_who_comes_later_finds_all(tmp_path: Path, at_hand: None) -> None:
    folder = lay(tmp_path / "archive", {"a.md": issue(date(2026, 11, 2), 80), "b.md": issue(date(2026, 9, 2), 40)})
    with opened(settings_in(tmp_path)) as works:
        drop(works, "a.md", FIRST)
        pipeline.publish(works, NOW)
        before = feed(works), feed(works, "feeds/issues/feed.json")
        take_in(works, folder)
        pipeline.publish(works, NOW)
        assert (feed(works), feed(works, "feeds/issues/feed.json")) == before
        assert [len(feed(works, f"feeds/2026-{month}/feed.json")) for month in ("11", "09")] == [5, 3]
    with opened(settings_in(tmp_path / "new")) as works:
        take_in(works, folder)
        pipeline.publish(works, NOW)
        assert len(feed(works)) == 6
        drop(works, "a.md", FIRST)
        pipeline.publish(works, NOW)
        assert len(feed(works)) == 8


def test_what_was_backfilled_is_corrected_by_a_file_like_any_other(tmp_path: Path, at_hand: None) -> None:
    folder = lay(tmp_path / "archive", {"a.md": FIRST})
    with opened(settings_in(tmp_path)) as works:
        subscribe(works.engine, "a@example.org", "paper", "issue", NOW)
        take_in(works, folder)
        pipeline.publish(works, NOW)
        (outcome,) = drop(works, "a.md", FIRST.replace("三百二十", "三百六十"), NOW + timedelta(hours=1))
        assert outcome.kind == "corrected"
        pipeline.publish(works, NOW + timedelta(hours=1))
        drop(works, "b.md", SECOND, NOW + timedelta(hours=1))
        pipeline.publish(works, NOW + timedelta(hours=1))
        assert pipeline.compose(works, NOW + timedelta(hours=1)) == 1
        pipeline.deliver(works, NOW + timedelta(hours=1))
        assert "白鹭湖水质" in letter(works)
        assert "老渡口" not in letter(works)


TORN = FIRST.replace("老人免费。", "老人")
UNDATED = "\n".join(FIRST.splitlines()[4:]).replace("11月18日，", "")
GUESSED = issue(date(2026, 5, 6)).replace("2026年5月6日", "").replace("本报讯", "本报石桥镇2026年5月5日电")


def test_a_report_tells_what_needs_a_person(tmp_path: Path, at_hand: None) -> None:
    files: dict[str, str | bytes] = {
        "a.md": FIRST,
        "copy/a.md": FIRST,
        "again/88.md": FIRST.replace("三百二十", "三百六十"),
        "other.md": issue(date(2026, 11, 19), 88),
        "2019/03/05/x.txt": UNDATED,
        "undated.md": UNDATED.replace("老人免费", "免费"),
        "beside.md": UNDATED.replace("三千册", "四千册"),
        "beside.yaml": "date: 2019-03-06\n",
        "guessed.md": GUESSED,
        "ahead.md": issue(date(2026, 12, 24)),
        "scan.jpg": b"\xff\xd8\xff",
        "broken.pdf": b"%PDF-1.4 nothing",
        ".hidden.md": SECOND,
        "a.md.receipt.txt": "收据",
    }
    folder = lay(tmp_path / "archive", files)
    (folder / "link.md").symlink_to(folder / "a.md")
    os.utime(folder / "a.md", (2e9, 2e9))
    before = {path: path.lstat().st_ctime_ns for path in folder.rglob("*")}
    with opened(settings_in(tmp_path)) as works:
        done = take_in(works, folder)
        pipeline.publish(works, NOW)
        assert {(row.kind, row.file) for row in done.rows} == {
            ("refused", "scan.jpg"),
            ("refused", "broken.pdf"),
            ("refused", "link.md"),
            ("undated", "undated.md"),
            ("second", "again/88.md"),
            ("unlike", "other.md"),
            ("guessed", "guessed.md"),
            ("future", "ahead.md"),
        }
        assert (done.files, done.taken, done.known) == (12, 6, 1)
        public = works.settings.public
        assert (public / "2019/03/05/1/index.html").exists()
        assert (public / "2019/03/06/1/index.html").exists()
        again = take_in(works, folder)
        assert (again.taken, again.known) == (0, 7)
        assert [row for row in done.rows if row.kind not in {"unlike", "guessed", "future"}] == list(again.rows)
    assert {path: path.lstat().st_ctime_ns for path in folder.rglob("*")} == before


def test_a_run_that_was_cut_short_is_reported_with_the_next(
    tmp_path: Path, at_hand: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = lay(tmp_path / "archive", {"guessed.md": GUESSED, "a.md": FIRST})
    file_away, calls = taking._filed, iter(range(2))

    def cut_short(*arguments: Any) -> Any:
        if next(calls):
            raise KeyboardInterrupt
        return file_away(*arguments)

    with opened(settings_in(tmp_path)) as works:
        with monkeypatch.context() as patched:
            patched.setattr(taking, "_filed", cut_short)
            with pytest.raises(KeyboardInterrupt):
                take_in(works, folder)
        done = take_in(works, folder)
        assert (done.taken, done.known, [row.kind for row in done.rows]) == (1, 1, ["guessed"])
        assert take_in(works, folder).rows == ()


def test_of_two_files_of_an_issue_the_one_that_was_read_better_is_taken_and_the_other_told_of(
    tmp_path: Path, at_hand: None
) -> None:
    folder = lay(tmp_path / "archive", {"1.md": TORN, "2.md": FIRST})
    with opened(settings_in(tmp_path)) as works:
        (row,) = take_in(works, folder).rows
        assert (row.file, row.kind, row.url) == ("1.md", "second", "https://paper.example/2026/11/19/")
        pipeline.publish(works, NOW)
        assert "老人免费" in (works.settings.public / "2026/11/19/1/index.html").read_text("utf-8")


def test_an_issue_that_is_there_stays_as_it_is(tmp_path: Path, at_hand: None) -> None:
    folder = lay(tmp_path / "archive", {"a.md": FIRST.replace("三百二十", "九百九十")})
    with opened(settings_in(tmp_path)) as works:
        drop(works, "a.md", FIRST)
        pipeline.publish(works, NOW)
        before = site(works)
        (row,) = take_in(works, folder).rows
        assert row.kind == "second"
        assert not pipeline.publish(works, NOW)
        assert site(works) == before


def test_what_was_read_with_little_confidence_waits_for_approval(tmp_path: Path, at_hand: None) -> None:
    folder = lay(tmp_path / "archive", {"a.md": TORN})
    with opened(settings_in(tmp_path, publish=settings.Publish(hold_below=1.0))) as works:
        done = take_in(works, folder)
        assert [row.kind for row in done.rows] == ["held"]
        assert not pipeline.publish(works, NOW)


@pytest.mark.parametrize(("unread", "expected"), [("3", [2, 1, 2]), ("2", [2, 1, 2, 1, 2])])
def test_a_file_that_ends_its_reader_costs_itself_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, unread: str, expected: list[int]
) -> None:
    """`unread` is the first that two processes have not read yet when the file 3 ends one of them."""
    begun: list[int] = []

    @contextmanager
    def deadly(_duty: Duty, processes: int) -> Iterator[SimpleNamespace]:
        begun.append(processes)

        def read(_function: object, files: list[File]) -> Iterator[Read]:
            for file in files:
                if file.name == "3" or (file.name == unread and len(files) > 1):
                    raise BrokenProcessPool
                yield Read(file, "known", file.name)

        yield SimpleNamespace(map=read)

    monkeypatch.setattr(taking, "_pool", deadly)
    files = [File(Path(str(n)), str(n), None) for n in range(6)]
    duty = Duty(tmp_path, tmp_path, tmp_path, settings.Analysis(), worker.Learned(), 1, frozenset())
    found = list(taking._read(duty, files, 2))
    assert [one.file for one in found] == files
    assert [one.file.name for one in found if one.fate == "refused"] == ["3"]
    assert begun == expected


def test_a_report_is_a_list_for_people_and_for_programs() -> None:
    rows = [
        backfill.Row(
            "旧报/a,1.txt", "second", "https://paper.example/", "backfill.second", {"url": "https://paper.example/"}
        )
    ]
    say = Messages("en")
    (line,) = csv.DictReader(io.StringIO(backfill.rendered(rows, ".csv", say)))
    assert line == json.loads(backfill.rendered(rows, ".jsonl", say))
    assert line["file"] == "旧报/a,1.txt"
    assert "digest reissue https://paper.example/" in line["words"]
    for kind in backfill.KINDS:
        assert all(Messages(language)(f"backfill.kind_{kind}", n=2) for language in ("zh", "en"))


MARKS = ("cache/backfill/*/*/issue.json", "blobs/*/*", "public/2026/03/*")
"""What a run leaves in the data folder while it reads, takes in and publishes."""


def begin_and_kill(command: list[str], office: Path, mark: str) -> None:
    """Kill a run as soon as it has left a few of these files, or after all if it is too quick."""
    process = subprocess.Popen(command, cwd=office, stdout=subprocess.DEVNULL)
    while len(list((office / "data").glob(mark))) < 3 and process.poll() is None:
        time.sleep(0.002)
    process.kill()
    process.wait()


def test_a_run_that_is_killed_is_gone_on_with(tmp_path: Path) -> None:
    days = [date(2026, 3, 1) + timedelta(days=n) for n in range(12)]
    archive = lay(tmp_path / "archive", {f"{day}.txt": issue(day, 40 + day.day) for day in days})
    found = []
    for name, kills in (("whole", ()), ("killed", MARKS)):
        office = tmp_path / name
        office.mkdir()
        (office / "config.yaml").write_text("authority: paper.example\nsite_url: https://paper.example/\n")
        command = [sys.executable, "-m", "digest", "backfill", str(archive), "--report", "r.jsonl"]
        for mark in kills:
            begin_and_kill(command, office, mark)
        subprocess.run(command, cwd=office, check=True, timeout=120, stdout=subprocess.DEVNULL)
        assert (office / "r.jsonl").read_text() == ""
        assert list((office / "data" / "cache" / "backfill").glob("*/")) == []
        with opened(settings_in(office)) as works:
            assert len({one[0] for one in standing(works)}) == 12
            found.append((standing(works), site(works)))
    assert found[0] == found[1]


def test_who_publishes_makes_no_difference(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """On two cores a part is published while the next is taken in; a process that is killed at that leaves it to others."""
    days = [date(2026, 3, 1) + timedelta(days=n) for n in range(7)]
    archive = lay(tmp_path / "archive", {f"{day}.txt": issue(day, 40 + day.day) for day in days})
    monkeypatch.setattr(taking, "PART", 2)
    want, done = Publisher.want, Publisher.done
    beside: list[int] = []

    def fatal(self: Publisher) -> None:
        want(self)
        for process in self._pool._processes:
            with suppress(ProcessLookupError):  # it was killed before
                os.kill(process, signal.SIGKILL)

    def told(self: Publisher, tell: Callable[[int, int], None]) -> int:
        beside.append(done(self, tell))
        return beside[-1]

    monkeypatch.setattr(Publisher, "done", told)
    found = []
    for name, processes, asked in (("alone", "1", want), ("beside", "2", want), ("killed", "2", fatal)):
        monkeypatch.setattr(Publisher, "want", asked)
        office = tmp_path / name
        office.mkdir()
        (office / "config.yaml").write_text("authority: paper.example\nsite_url: https://paper.example/\n")
        monkeypatch.chdir(office)
        assert cli.run(["backfill", str(archive), "--processes", processes], {"LANG": "en"}) == 0
        assert "\n7 issues published anew" in capsys.readouterr().out
        with opened(settings_in(office)) as works:
            found.append((standing(works), site(works)))
    assert beside[0] == beside[2] == 0
    assert beside[1] >= 6
    assert found[0] == found[1] == found[2]


def test_what_cannot_be_taken_in_is_refused_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "config.yaml").write_text("authority: paper.example\n")
    monkeypatch.chdir(tmp_path)
    for arguments, said in (
        (["nowhere"], "nowhere"),
        (["config.yaml"], "config.yaml"),
        (["."], "taken for issues"),
        (["data/public"], "data/public"),
        (["archive", "--report", "list.txt"], ".csv, .jsonl"),
    ):
        assert cli.run(["backfill", *arguments], {"LANG": "en"}) == 1
        assert said in capsys.readouterr().err


def test_beside_a_service_the_service_publishes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], at_hand: None
) -> None:
    lay(tmp_path / "archive", {"a.md": FIRST})
    (tmp_path / "config.yaml").write_text("authority: paper.example\nsite_url: https://paper.example/\n")
    monkeypatch.chdir(tmp_path)
    with opened(settings_in(tmp_path)) as service:
        assert cli.run(["backfill", "archive"], {"LANG": "en"}) == 0
        said = capsys.readouterr().out
        assert "New issues: 1. Files: 1," in said
        assert "running service" in said
        assert not service.settings.public.exists()
        assert len(pipeline.publish(service, datetime.now(UTC))) == 1
