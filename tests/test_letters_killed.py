"""A digest reaches each subscriber once, whatever is killed and whatever the mail server does (reliability.md 2.1)."""

import random
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import insert

from digest import app, config, operations, pipeline
from digest.pace import Pace
from digest.store import database, publications
from digest.store.schema import subscriber, subscription
from digest.works import Works
from tests.faulty import Faulty, at_random
from tests.works import FIRST, drop

RECIPIENTS = 300
KILLS = 6
SEED = 8
PATIENCE = 60.0
STATES = ("pending", "claimed", "data", "sent", "failed", "uncertain", "cancelled")


def configured(folder: Path, port: int) -> Path:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        web = probe.getsockname()[1]
    path = folder / "config.yaml"
    path.write_text(
        f"authority: paper.example\nweb:\n  port: {web}\ninbox:\n  settle: 0\n"
        f"mail:\n  channel: smtp\n  too_late: 1000000\n  smtp:\n    port: {port}\n    timeout: 5\n    per_second: 60\n",
        encoding="utf-8",
    )
    return path


def queue(works: Works, now: datetime) -> None:
    """Queue a letter for everybody."""
    with database.writing(works.engine) as store:
        facts = {"state": "active", "created_at": now}
        people = [{"id": n, "public_id": f"{n:016x}", "email": f"r{n}@example.org"} for n in range(1, RECIPIENTS + 1)]
        store.execute(insert(subscriber), [facts | one | {"email_norm": one["email"]} for one in people])
        paper = facts | {"publication_id": publications.id_of(store, "paper"), "cadence": "issue", "sent_through": 0}
        store.execute(insert(subscription), [paper | {"subscriber_id": one["id"]} for one in people])
    drop(works, "a.md", FIRST, now)
    pipeline.publish(works, now)
    assert pipeline.compose(works, now) == 1


def kill_soon(folder: Path, server: Faulty, chance: random.Random) -> None:
    """Run the service, and kill it in the middle of some message."""
    service = subprocess.Popen([sys.executable, "-m", "digest", "run"], cwd=folder, stdout=subprocess.DEVNULL)
    enough, end = server.begun + chance.randint(10, 40), time.monotonic() + PATIENCE
    while server.begun < enough and time.monotonic() < end:
        time.sleep(0.002)
    time.sleep(chance.uniform(0, 0.03))
    service.send_signal(signal.SIGKILL)
    service.wait()
    assert server.begun >= enough


def test_nobody_is_missed_who_is_not_listed_and_nobody_served_twice_but_by_a_server_that_did_not_answer(
    tmp_path: Path,
) -> None:
    chance, now = random.Random(SEED), datetime.now(UTC)
    with Faulty(at_random(chance)) as server:
        settings = config.load(configured(tmp_path, server.port))
        with app.open_service(settings, {}, now) as works:
            queue(works, now)
        for _ in range(KILLS):
            kill_soon(tmp_path, server, chance)
        with app.open_service(settings, {}, now) as works:
            unhurried = replace(works, pace=Pace(None, None, time.monotonic))
            for _ in range(30):
                now += timedelta(hours=1)
                while pipeline.deliver(unhurried, now):
                    pass
            states = {one.email: one.state for one in operations.deliveries(works.engine, STATES)}

    taken, unanswered = (Counter(recipient for recipient, _ in each) for each in (server.taken, server.unanswered))
    assert len(states) == RECIPIENTS
    assert {states[email] for email in states if not taken[email]} <= {"failed", "uncertain"}
    assert all(count <= 1 + unanswered[email] for email, count in taken.items())
    assert len({message_id for _, message_id in server.taken}) == len(taken)
    assert "pending" not in states.values()
    assert Counter(states.values())["uncertain"] <= KILLS * settings.mail.smtp.connections
