"""How fast do letters go? The outbox with all its marks against a bare smtplib loop, to the same sink, in one run.

    python -m benchmarks.letters [SLICES] [PORT ...]

The sink is a process of its own that takes everything; a PORT is that of a mail server on this machine that shall be
measured too, such as a Postfix whose `transport_maps = static:discard`. Both go in turn, a slice of messages each, so
that what else the machine does meets both. Then how long deliveries take to queue.
"""

import multiprocessing
import smtplib
import socket
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from multiprocessing.connection import Connection
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import NamedTuple

from sqlalchemy import insert

from benchmarks import measuring, service
from benchmarks.measuring import Line
from digest import pipeline, sending
from digest.delivery import mime
from digest.mail.envelope import PREFERENCES_MARK, UNSUBSCRIBE_MARK
from digest.model import Letter
from digest.settings import Mail, Smtp
from digest.store import database, digests, publications
from digest.store.digests import Wanted
from digest.store.outbox import Claimed
from digest.store.schema import publication, subscriber, subscription
from digest.works import Works

SLICE = 200
SLICES = 25
MANY = 100_000
HTML_BYTES = 35_000
ANSWERS = {b"EHLO": b"250-sink\r\n250 PIPELINING\r\n", b"QUIT": b"221 bye\r\n"}
BAR, QUEUE_BAR = 0.7, 2.0
NOW = datetime(2026, 11, 20, 1, tzinfo=UTC)
FOOT = f"{PREFERENCES_MARK} {UNSUBSCRIBE_MARK}\n"
LETTER = Letter(
    "《河湾日报》简报",
    f"<p>{'渡口的老柳树还在。' * (HTML_BYTES // 27)}</p>{FOOT}",
    "渡口的老柳树还在。\n" * 200 + FOOT,
)
BARE = """INSERT INTO bare (digest_id, subscriber_id, message_id, created_at, state)
SELECT 1, id, '<x.' || public_id || '@paper.example>', '2026-11-20 01:00:00.000000', 'pending'
FROM subscription JOIN subscriber ON id = subscriber_id WHERE subscription.state = 'active'"""


def sink(ready: Connection) -> None:
    """Serve SMTP on loopback, one thread a connection, and take everything."""
    import threading

    door = socket.create_server(("127.0.0.1", 0))
    ready.send(door.getsockname()[1])
    while True:
        threading.Thread(target=converse, args=(door.accept()[0],), daemon=True).start()


def converse(line: socket.socket) -> None:
    """Speak SMTP with one client."""
    line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    line.sendall(b"220 sink\r\n")
    buffer = b""
    while chunk := line.recv(65536):
        buffer += chunk
        while b"\r\n" in buffer:
            command, _, buffer = buffer.partition(b"\r\n")
            verb = command[:4].upper()
            if verb == b"DATA":
                line.sendall(b"354 go\r\n")
                while not buffer.endswith(b"\r\n.\r\n"):
                    if not (more := line.recv(65536)):
                        return
                    buffer += more
                buffer = b""
            line.sendall(ANSWERS.get(verb, b"250 ok\r\n"))


class Speed(NamedTuple):
    """How many messages a second go, and how many microseconds this process computes for each."""

    rate: float
    effort: float


def timed(send: Callable[[], object]) -> Speed:
    """Return how fast a slice goes."""
    start, computed = perf_counter(), process_time()
    send()
    return Speed(SLICE / (perf_counter() - start), (process_time() - computed) / SLICE * 1e6)


def bare(port: int, content: bytes) -> None:
    """Send a slice with smtplib alone: the same bytes, over one connection."""
    with smtplib.SMTP("127.0.0.1", port, local_hostname="bench.example") as smtp:
        for n in range(SLICE):
            smtp.sendmail("digest@paper.example", [f"r{n}@example.org"], content)


@contextmanager
def opened(port: int) -> Iterator[Works]:
    """Open a service that sends to the sink, in a folder of its own."""
    mail = Mail(channel="smtp", smtp=Smtp(port=port))
    with tempfile.TemporaryDirectory() as name, service.opened(Path(name), mail, NOW) as works:
        yield works


def subscribe(works: Works, count: int) -> None:
    """Let so many subscribe, some at a time, so that they are never all in memory."""
    facts = {"state": "active", "created_at": NOW}
    with database.writing(works.engine) as store:
        of_all = facts | {"publication_id": publications.id_of(store, "paper"), "cadence": "issue", "sent_through": 0}
        for start in range(0, count, 1_000):
            rows = range(start + 1, min(start + 1_000, count) + 1)
            people = [{"id": n, "public_id": f"{n:016x}", "email": f"r{n}@example.org"} for n in rows]
            store.execute(insert(subscriber), [facts | one | {"email_norm": one["email"]} for one in people])
            store.execute(insert(subscription), [of_all | {"subscriber_id": n} for n in rows])


def queue(works: Works, number: int) -> None:
    """Make the deliveries of one more letter."""
    with database.writing(works.engine) as store:
        wanted = publish(store, number)
        digests.save(store, LETTER, wanted, public_id=f"{number}", now=NOW)
        digests.queue(store, wanted, domain="paper.example", now=NOW)
        digests.pass_over(store, wanted, NOW)


def publish(store: database.Connection, number: int) -> Wanted:
    """Publish one more article, and return the letter that is wanted."""
    store.execute(publication.update().values(sequence=number))
    (wanted,) = digests.wanted(store, publications.id_of(store, "paper"), NOW)
    return wanted


def ours(works: Works) -> None:
    """Send a slice through the outbox."""
    assert pipeline.deliver(works, NOW) == SLICE


def race(slices: int, port: int) -> tuple[int, list[tuple[Speed, Speed]]]:
    """Return how many bytes a message has, and how fast each slice of the bare loop goes, and of ours."""
    with opened(port) as works:
        subscribe(works, SLICE)
        queue(works, 1)
        content = message(works)
        pairs = []
        for number in range(1, slices + 1):
            pairs.append((timed(lambda: bare(port, content)), timed(lambda: ours(works))))
            queue(works, number + 1)
    return len(content), pairs


def message(works: Works) -> bytes:
    """Return the bytes of a message."""
    one = Claimed(1, 1, 1, "paper", "r1@example.org", f"{1:016x}", 1, f"<1.{1:016x}@paper.example>", NOW, 0)
    with database.marking(works.engine) as mark:
        return mime.build(sending.addressed(sending.Post(works, mark), one, LETTER, NOW))


def queueing() -> tuple[float, float]:
    """Return how many seconds the statement that queues 100,000 deliveries takes, and the bare one, to a like table."""
    with opened(1) as works:
        subscribe(works, MANY)
        with database.writing(works.engine) as store:
            wanted = publish(store, 1)
            digests.save(store, LETTER, wanted, public_id="1", now=NOW)
            for like in store.exec_driver_sql(
                "SELECT sql FROM sqlite_master WHERE tbl_name = 'delivery' AND sql != ''"
            ):
                store.exec_driver_sql(
                    like[0]
                    .replace("TABLE delivery", "TABLE bare")
                    .replace("ON delivery", "ON bare")
                    .replace("INDEX ix_", "INDEX bare_")
                )
        start = perf_counter()
        with database.writing(works.engine) as store:
            store.exec_driver_sql(BARE)
        floor = perf_counter() - start
        start = perf_counter()
        with database.writing(works.engine) as store:
            digests.queue(store, wanted, domain="paper.example", now=NOW)
        return perf_counter() - start, floor


def compare(slices: int, port: int, name: str) -> Line:
    """Return how fast letters go to a server."""
    length, pairs = race(slices, port)
    floor, own = (Speed(*map(median, zip(*speeds, strict=True))) for speeds in zip(*pairs, strict=True))
    return Line(
        what=f"letters a second through the outbox against a bare smtplib loop, {name}",
        value=median(ours.rate / bare.rate for bare, ours in pairs),
        bar=BAR,
        at_least=True,
        told=f"{own.rate:.0f}/s against {floor.rate:.0f}, {length} bytes each; {own.effort:.0f} µs of the sender's "
        f"processor a letter against {floor.effort:.0f}",
        megabytes=measuring.peak(),
    )


def compare_queueing() -> Line:
    """Return how long it takes to queue the deliveries of one letter."""
    before = measuring.peak()
    own, floor = queueing()
    return Line(
        what=f"{MANY} deliveries queued against the bare statement",
        value=own / floor,
        bar=QUEUE_BAR,
        told=f"{own:.2f} s against {floor:.2f}; {measuring.peak() - before:.0f} MB more than before",
    )


def run(slices: int = SLICES, *ports: int) -> Iterator[Line]:
    """Send to the sink, and to the mail servers at these ports."""
    here, there = multiprocessing.Pipe()
    process = multiprocessing.Process(target=sink, args=(there,), daemon=True)
    process.start()
    yield measuring.alone(compare, slices, here.recv(), "a sink")
    process.kill()
    for port in ports:
        yield measuring.alone(compare, slices, port, f"the server at {port}")
    yield measuring.alone(compare_queueing)


if __name__ == "__main__":
    measuring.show(run(*map(int, sys.argv[1:])))
