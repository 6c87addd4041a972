"""A cluster at work: services, workers, a PostgreSQL server and a mail server; any of them may go at any time."""

import random
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import psycopg

from digest import app, cluster, config, intake, operations
from digest.model import Source
from digest.store import crew, sources
from tests import postgres
from tests.faults.living import PATIENCE, ROOT
from tests.faults.scenes import room
from tests.faulty import Faulty
from tests.works import subscribe

PAPERS = ("beian", "nanan")
CONFIGS = ("config.yaml", "other.yaml")
"""The settings of two hosts: they differ in where the service listens."""

SUBSCRIBERS = 12
CONNECTIONS = 2
"""How many letters a worker has on their way at a time."""

ALWAYS, ONCE = "总是读不出", "头一回读不出"
"""What stands in a file that a planted defect makes unreadable, and in one that the machine refuses at first."""

START = """import sys
sys.path.insert(0, sys.argv[1])
from digest import cli
from tests.faults import clustered
for name in sys.argv[2].split():
    getattr(clustered, name)()
sys.exit(cli.run(sys.argv[3:], {}))
"""

CONFIG = """authority: paper.example
site_url: https://paper.example/
service_url: https://service.example/
database: {url}
engine: cluster
web: {{port: {web}}}
publications:
  - {{slug: beian, publish_at: "00:00", editor: editor@paper.example}}
  - {{slug: nanan, publish_at: "00:00", editor: editor@paper.example}}
inbox: {{scan_every: 0.3, settle: 0}}
mail: {{channel: smtp, too_late: 1000000, smtp: {{port: {smtp}, timeout: 5, connections: 2}}}}
"""

ISSUE = """# 南浔渡口报

{day:%Y年%-m月%-d日}　第{n}期

## 第{n}号渡口恢复摆渡

本报讯（记者 林晓棠）停航五年的第{n}号渡口昨天恢复摆渡，首日运送行人三百人次，票价一元。{mark}

## 第{n}图书馆添书三千册

本报讯（记者 沈归舟）第{n}图书馆本月新添图书，其中儿童读物占一半，周末开放时间延长到晚上九点。
"""


def impatient() -> None:
    """A worker that has gone is missed sooner than in earnest, and two kinds of files cannot be read."""
    cluster.BEAT_SECONDS, crew.GONE_SECONDS = 0.5, 3.0
    really = intake.understand_whole

    def understand(source: Source, *arguments: Any) -> Any:
        if ALWAYS.encode() in source.content:
            raise ValueError(ALWAYS)
        if ONCE.encode() in source.content:
            flag = Path("refused", source.sha256)
            if not flag.exists():
                flag.touch()
                raise OSError(5, ONCE)
        return really(source, *arguments)

    _put(intake, "understand_whole", understand)


def no_sweep() -> None:
    """What a lost job stood for is found by nobody."""
    _put(cluster, "sweep", lambda *_: None)


def no_look_at_the_state() -> None:
    """Each source is handed out twice, and whoever comes second does not see that it is settled."""
    really = cluster.submit

    def submit(store: Any, name: str, keys: Any) -> None:
        for _ in range(1 + (name == "parse")):
            really(store, name, keys)

    get = sources.get
    _put(cluster, "submit", submit)
    _put(sources, "is_pending", lambda *_: True)
    _put(sources, "get", lambda *arguments: get(*arguments)._replace(state="pending"))


def _put(owner: Any, name: str, value: Any) -> None:
    setattr(owner, name, value)


class Process(NamedTuple):
    """A running command."""

    command: tuple[str, ...]
    running: "subprocess.Popen[bytes]"


@dataclass
class Clustered:
    """An office in `folder`, with its servers; `wrong` is what nobody should have seen."""

    folder: Path
    database: postgres.Server
    url: str
    mail: Faulty
    chance: random.Random
    plants: str = "impatient"
    subscribers: int = SUBSCRIBERS
    files: dict[str, str] = field(default_factory=dict)
    services: list[Process] = field(default_factory=list)
    workers: list[Process] = field(default_factory=list)
    wrong: set[str] = field(default_factory=set)

    def lay(self) -> None:
        """Make the office, with its subscribers."""
        for paper in PAPERS:
            (self.folder / "inbox" / paper).mkdir(parents=True)
        (self.folder / "refused").mkdir()
        with socket.create_server(("127.0.0.1", 0)) as one, socket.create_server(("127.0.0.1", 0)) as other:
            ports = [each.getsockname()[1] for each in (one, other)]
        for n, port in enumerate(ports):
            words = CONFIG.format(url=self.url, smtp=self.mail.port, web=port)
            (self.folder / CONFIGS[n]).write_text(words, "utf-8")
        settings = config.load(self.folder / CONFIGS[0])
        with app.open_member(settings, {}, datetime.now(UTC)) as works:
            for n in range(self.subscribers):
                subscribe(works.engine, f"r{n}@example.org", PAPERS[n % 2], "issue", datetime.now(UTC))

    def start(self) -> None:
        """Have two services and two workers run."""
        self.services += [self._begin("run", "--config", each) for each in CONFIGS]
        self.workers += [self._begin("worker", "--config", each) for each in CONFIGS]

    def drop(self, n: int, mark: str = "") -> None:
        """Drop the n-th file, as a program does that copies one: whole, or not at all."""
        name, paper = f"{n}.md", PAPERS[n % 2]
        self.files[name] = mark
        part = self.folder / "inbox" / paper / f"{name}.part"
        part.write_text(ISSUE.format(n=n, day=date(2020, 1, 1) + timedelta(n), mark=mark), "utf-8")
        part.rename(part.with_suffix(""))

    def kill(self, which: list[Process]) -> None:
        """End the oldest of these processes with no word of warning, and begin it again."""
        command, running = which.pop(0)
        if running.poll() is not None:
            self.wrong.add(f"{command} ended by itself: {self.said()}")
        running.kill()
        running.wait()
        which.append(self._begin(*command))

    def cut_power(self) -> None:
        """Stop the database as a power cut would, and start it again."""
        self.database.stop("immediate")
        time.sleep(self.chance.uniform(0.2, 1.5))
        self.database.start()

    def left(self) -> list[str]:
        """Tell what is still to be done."""
        queries = {
            "a source": "SELECT name, error FROM source WHERE state = 'pending'",
            "an issue": "SELECT key, error FROM issue WHERE state = 'pending'",
            "a subscriber": "SELECT subscriber_id FROM subscription JOIN publication ON id = publication_id"
            " WHERE sent_through < sequence",
            "a letter": "SELECT id, state, error FROM delivery WHERE state IN ('pending', 'claimed', 'data')",
            "a notice": "SELECT id, error FROM notice WHERE state = 'pending'",
        }
        found = [f"{what} waits: {row}" for what, query in queries.items() for row in self.rows(query)]
        there = [path.name for path in (self.folder / "inbox").rglob("*.md")]
        told = [path.name for name in ("done", "rejected") for path in (self.folder / "inbox" / name).rglob("*.md")]
        return found + [f"{name} was not told of" for name in self.files if name not in told or name not in there]

    def until_done(self, seconds: float = PATIENCE) -> None:
        """Wait until nothing is to be done, or for so long."""
        end = time.monotonic() + seconds
        while self.left() and time.monotonic() < end:
            time.sleep(0.5)
        self.wrong |= {*self.left()}

    def until(self, holds: Callable[[], bool]) -> None:
        """Wait until something holds, or for long enough."""
        end = time.monotonic() + PATIENCE
        while not holds() and time.monotonic() < end:
            time.sleep(0.05)

    def until_settled(self, count: int) -> None:
        """Wait until so many sources are settled, and what would be done about the others soon is."""
        self.until(lambda: len(self.rows("SELECT id FROM source WHERE state <> 'pending'")) >= count)
        self.until_done(5)

    def stop(self) -> None:
        """Tell all processes to end, and wait."""
        for each in (*self.services, *self.workers):
            each.running.terminate()
        for command, running in (*self.services, *self.workers):
            try:
                code = running.wait(PATIENCE)
                if code not in {0, -signal.SIGTERM}:  # one that has just begun does not listen yet
                    self.wrong.add(f"{command} ended with {code}: {self.said()}")
            except subprocess.TimeoutExpired:
                self.wrong.add(f"{command} does not end")
                running.kill()
        self.services.clear()
        self.workers.clear()

    def judged(self) -> list[str]:
        """Tell everything that is wrong, when all is done and has ended."""
        self.stop()
        good = [name for name, mark in self.files.items() if mark != ALWAYS]
        bad = [name for name, mark in self.files.items() if mark == ALWAYS]
        expected = {
            "SELECT name FROM source WHERE state = 'done'": good,
            "SELECT name FROM source WHERE state = 'rejected' AND reason ->> 'code' = 'rejected.defect'": bad,
            "SELECT name FROM \"drop\" WHERE outcome = 'taken'": good,
            "SELECT name FROM \"drop\" WHERE outcome = 'rejected'": bad,
            "SELECT source.name FROM issue_revision JOIN source ON source.id = source_id": good,
            "SELECT number || '.md' FROM issue WHERE rev = 1 AND published_rev = 1": good,
            "SELECT issue.number || '.md' FROM article JOIN issue ON issue.id = issue_id": good * 2,
        }
        found = []
        for query, names in expected.items():
            rows = Counter(str(row[0]) for row in self.rows(query))
            if rows != Counter(names):
                found.append(f"{query}: too many {rows - Counter(names)}, lacking {Counter(names) - rows}")
        ((notices,),) = self.rows("SELECT count(*) FROM notice WHERE kind = 'office'")
        found += [] if notices == len(self.files) else [f"{notices} notices to editors"]
        return [*sorted(self.wrong), *found, *self._posted(), *self._verified()]

    def rows(self, query: str) -> list[Any]:
        """Return what is in the database."""
        with psycopg.connect(self.url.replace("+psycopg", "")) as connection:
            return connection.execute(query.encode()).fetchall()

    def said(self) -> str:
        """Return the end of what the processes have said."""
        return (self.folder / "log").read_text("utf-8")[-6000:]

    def _posted(self) -> list[str]:
        """Tell which letters came twice, or stayed away although nothing says so."""
        taken = Counter(message for _, message in self.mail.taken)
        letters = dict(self.rows("SELECT message_id, state FROM delivery"))
        found = [] if letters else ["nobody was sent anything"]
        found += [f"{one} came {taken[one]} times" for one in letters if taken[one] > 1]
        away = ("uncertain", "failed", "cancelled")
        return found + [
            f"{one} stayed away, and is {state}"
            for one, state in letters.items()
            if not taken[one] and state not in away
        ]

    def _verified(self) -> list[str]:
        settings = config.load(self.folder / "config.yaml")
        engine = app.open_existing(settings)
        try:
            found = operations.verify(settings, engine, now=datetime.now(UTC), idle=False)
        finally:
            engine.dispose()
        return [f"verify: {one.code} {dict(one.facts)}" for one in found if one.code != "verify.blob_unknown"]

    def _begin(self, *command: str) -> Process:
        started = [sys.executable, "-c", START, str(ROOT), self.plants, *command]
        with (self.folder / "log").open("ab") as log:
            return Process(command, subprocess.Popen(started, cwd=self.folder, stdout=log, stderr=log))


@contextmanager
def clustered(seed: int, *plants: str, subscribers: int = SUBSCRIBERS) -> Iterator[Clustered]:
    """Give an office that is laid, with two services and two workers, and end it."""
    with room() as place, postgres.running() as server, Faulty(pause=0.05) as mail:
        folder = place / "office"
        words, chance = " ".join(("impatient", *plants)), random.Random(seed)
        office = Clustered(folder, server, server.url(), mail, chance, words, subscribers)
        office.lay()
        office.start()
        try:
            yield office
        finally:
            office.stop()
