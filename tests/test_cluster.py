"""Jobs on PostgreSQL: submitted with the row they stand for, found again when they are lost, never too many."""

import shutil
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from digest import app, cluster, intake, mailing, operations, pipeline, tasks
from digest.errors import ChannelError
from digest.store import crew, database, drops, outbox, sources
from digest.works import Works
from tests.postgres import Server
from tests.works import FIRST, NOW, SECOND, settings_in, subscribe

JOBS = "SELECT task_name, args, status FROM procrastinate.procrastinate_jobs ORDER BY id"
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def works(tmp_path: Path, postgres: Server) -> Iterator[Works]:
    settings = settings_in(tmp_path, database=postgres.url(), engine="cluster")
    with app.open_member(settings, {}, NOW) as works:
        yield works


def drop(works: Works, name: str, text: str) -> None:
    """Drop a file, and have the clock see it twice."""
    (works.settings.inbox.folder / name).write_text(text, "utf-8")
    pipeline.receive(works, NOW)
    pipeline.receive(works, NOW)


def rows(works: Works, query: str) -> list[Any]:
    with database.reading(works.engine) as store:
        return [tuple(row) for row in store.exec_driver_sql(query)]


def change(works: Works, statement: str) -> None:
    with database.writing(works.engine) as store, cluster._among_jobs(store):
        store.exec_driver_sql(statement)


def do_all(works: Works) -> list[str]:
    """Do what waits, as workers do, until nothing does; return which tasks that were."""
    done = []
    while jobs := rows(works, JOBS):
        change(works, "DELETE FROM procrastinate.procrastinate_jobs")
        for name, arguments, _ in jobs:
            tasks.perform(works, name, arguments["keys"], lambda: NOW)
            done.append(name)
    return done


def test_a_file_is_admitted_with_its_job_and_finished_when_others_have_settled_it(works: Works) -> None:
    drop(works, "a.md", FIRST)
    assert rows(works, JOBS) == [("parse", {"keys": [1]}, "todo")]
    assert pipeline.receive(works, NOW) == []
    tasks.perform(works, "parse", [1], lambda: NOW)
    (outcome,) = pipeline.receive(works, NOW)
    assert outcome.kind == "taken"
    assert len(list(works.settings.inbox.folder.rglob("done/*/a.md"))) == 1


def test_each_step_has_the_next_one_done(works: Works) -> None:
    subscribe(works.engine, "a@example.org", "paper", "issue", NOW)
    drop(works, "a.md", FIRST)
    assert do_all(works) == ["parse", "publish", "compose", "mail"]
    assert len(list(works.settings.outbox.glob("*.eml"))) == 1


def test_a_row_that_is_not_committed_has_no_job(works: Works) -> None:
    with suppress(ZeroDivisionError), database.writing(works.engine) as store:
        cluster.submit(store, "parse", [1])
        1 / 0  # noqa: B018 -- it fails
    assert rows(works, JOBS) == []


def test_of_what_is_done_by_one_at_a_time_one_job_waits(works: Works) -> None:
    with database.writing(works.engine) as store:
        for _ in range(3):
            cluster.submit(store, "publish", [1, 2])
    assert rows(works, JOBS) == [("publish", {"keys": [1]}, "todo"), ("publish", {"keys": [2]}, "todo")]


def test_keys_come_in_chunks_and_no_more_jobs_wait_than_may(works: Works, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "MOST", 2)
    with database.writing(works.engine) as store:
        cluster.submit(store, "parse", range(1, 90))
        cluster.submit(store, "index", [0])
    assert [(name, len(arguments["keys"])) for name, arguments, _ in rows(works, JOBS)] == [("parse", 20)] * 2


def test_what_is_due_and_in_no_living_job_is_submitted_again(works: Works) -> None:
    do_all(works)
    drop(works, "a.md", FIRST)
    assert not any(name == "parse" for name, _ in swept(works)), "its job waits"
    change(works, "DELETE FROM procrastinate.procrastinate_jobs")
    assert ("parse", [1]) in swept(works)
    change(works, "INSERT INTO procrastinate.procrastinate_workers DEFAULT VALUES")
    in_hand = "status = 'doing', worker_id = (SELECT max(id) FROM procrastinate.procrastinate_workers)"
    change(works, f"UPDATE procrastinate.procrastinate_jobs SET {in_hand}")
    assert swept(works) == [], "a worker has it in hand"
    change(works, "UPDATE procrastinate.procrastinate_workers SET last_heartbeat = now() - interval '1 minute'")
    assert ("parse", [1]) not in swept(works), "that worker is gone, perhaps because of this source"
    assert rows(works, "SELECT attempts, error FROM source") == [(1, works.messages("error.worker_lost"))]
    assert ("parse", [1]) in swept(works, LATER)


def test_what_has_ended_its_worker_keeps_no_other_waiting(works: Works) -> None:
    for n in range(3):
        drop(works, f"{n}.md", FIRST.replace("88", f"{n}"))
    change(works, "DELETE FROM procrastinate.procrastinate_jobs")
    assert ("parse", [1, 2, 3]) in swept(works)
    change(works, "UPDATE procrastinate.procrastinate_jobs SET status = 'doing'")  # by nobody who lives
    assert [keys for name, keys in swept(works) if name == "parse"] == [[1], [2], [3]]


def test_a_mail_server_that_is_out_of_order_is_left_alone(works: Works, monkeypatch: pytest.MonkeyPatch) -> None:
    subscribe(works.engine, "a@example.org", "paper", "issue", NOW)
    drop(works, "a.md", FIRST)
    monkeypatch.setattr(mailing.Run, "deliver", out_of_order)
    do_all(works)
    assert not any(name == "mail" for name, _ in swept(works))
    assert ("mail", [0]) in swept(works, LATER)


def out_of_order(_run: mailing.Run) -> None:
    raise ChannelError("error.smtp.login", host="h", port=1, detail="no")


def test_what_a_living_mailer_has_claimed_is_its_own(works: Works) -> None:
    subscribe(works.engine, "a@example.org", "paper", "issue", NOW)
    drop(works, "a.md", FIRST)
    for name in ("parse", "publish", "compose"):
        tasks.perform(works, name, [1], lambda: NOW)
    with database.alone(works.engine, "mailer", 7):
        with database.writing(works.engine) as store:
            (one,) = outbox.claim(store, NOW, 10, ["paper"], 7)
            assert outbox.claim(store, NOW, 10, ["paper"], 8) == []
        with mailing.begun(works, NOW) as run:
            run.deliver()
        assert run.done == 0
        with database.writing(works.engine) as store:
            assert not outbox.mark_data(store, one.id, one.version, 8)
            assert outbox.mark_data(store, one.id, one.version, 7)
            outbox.release(store, [one.id], resend=True, mailer=7)
            outbox.claim(store, NOW, 10, ["paper"], 7)
    with mailing.begun(works, NOW) as run:
        run.deliver()
    assert run.done == 1


def swept(works: Works, now: datetime = NOW) -> list[tuple[str, list[int]]]:
    """Return what a sweep has submitted."""
    before = {job for (job,) in rows(works, "SELECT id FROM procrastinate.procrastinate_jobs")}
    cluster.sweep(works, now)
    after = rows(works, "SELECT id, task_name, args FROM procrastinate.procrastinate_jobs ORDER BY id")
    return [(name, arguments["keys"]) for job, name, arguments in after if job not in before]


def test_whoever_comes_second_changes_nothing(works: Works) -> None:
    drop(works, "a.md", FIRST)
    for _ in range(2):
        tasks.perform(works, "parse", [1], lambda: NOW)
    assert rows(works, "SELECT rev FROM issue") == [(1,)]
    assert rows(works, "SELECT count(*) FROM notice") == [(0,)]


def test_one_that_fails_keeps_no_other_waiting_and_is_put_off(works: Works, monkeypatch: pytest.MonkeyPatch) -> None:
    drop(works, "a.md", FIRST)
    drop(works, "b.md", SECOND)
    really = intake.understand_whole

    def understand(source: Any, *arguments: Any) -> Any:
        if source.name == "a.md":
            raise OSError(5, "Input/output error")
        return really(source, *arguments)

    monkeypatch.setattr(intake, "understand_whole", understand)
    tasks.perform(works, "parse", [1, 2], lambda: NOW)
    found = rows(works, "SELECT name, state, attempts, error FROM source ORDER BY id")
    assert found == [("a.md", "pending", 1, "OSError: [Errno 5] Input/output error"), ("b.md", "done", 0, None)]
    with database.reading(works.engine) as store:
        assert sources.due(store, ["paper"], NOW, 10) == []
        assert sources.due(store, ["paper"], LATER, 10) == [1]


def test_bytes_that_are_dropped_twice_while_they_wait_are_told_of_twice(works: Works) -> None:
    drop(works, "a.md", FIRST)
    drop(works, "b.md", FIRST)
    do_all(works)
    with database.reading(works.engine) as store:
        assert drops.pending(store) == frozenset()
    assert rows(works, 'SELECT name, outcome FROM "drop" ORDER BY name') == [("a.md", "taken"), ("b.md", "known")]


def test_an_earlier_file_that_is_settled_later_overwrites_nothing(works: Works) -> None:
    corrected = FIRST.replace("一元", "两元")
    drop(works, "a.md", FIRST)
    drop(works, "b.md", corrected)
    for key in (2, 1):
        tasks.perform(works, "parse", [key], lambda: NOW)
    assert rows(works, 'SELECT name, outcome FROM "drop" ORDER BY name') == [("a.md", "known"), ("b.md", "taken")]
    assert rows(
        works, "SELECT count(*) FROM article WHERE strpos((content -> 'paragraphs')::jsonb::text, '两元') > 0"
    ) == [(1,)]
    drop(works, "again.md", FIRST)
    assert rows(works, "SELECT outcome FROM \"drop\" WHERE name = 'again.md'") == [("known",)]


def test_who_works_is_seen(works: Works) -> None:
    drop(works, "a.md", FIRST)
    change(works, "INSERT INTO procrastinate.procrastinate_workers DEFAULT VALUES")
    assert operations.status(works.settings, works.engine, works.inbox, NOW).crew == crew.Crew(1, 0, 1)


def test_a_second_start_finds_what_jobs_lie_in_and_another_version_makes_it_anew(
    works: Works, monkeypatch: pytest.MonkeyPatch
) -> None:
    drop(works, "a.md", FIRST)
    cluster.prepare(works.engine)
    assert len(rows(works, JOBS)) == 1
    monkeypatch.setattr(cluster, "version", lambda _name: "99")
    cluster.prepare(works.engine)
    assert rows(works, JOBS) == []
    assert ("parse", [1]) in swept(works)


def test_what_a_cluster_has_left_undone_one_process_does(works: Works) -> None:
    drop(works, "a.md", FIRST)
    shutil.rmtree(works.settings.inbox.folder / ".digest/claimed")
    assert pipeline.ingest(works, NOW) == []
    assert rows(works, "SELECT state FROM source") == [("done",)]
