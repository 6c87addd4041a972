"""An office at work: editors drop files, people read, strangers fill in forms, letters go out; now and then it is killed."""

import http.client
import json
import random
import socket
import subprocess
import sys
import threading
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from http import HTTPStatus
from pathlib import Path
from typing import Literal, get_args
from urllib.parse import urlencode, urlsplit

from tests.faults import invariants
from tests.faults.scenes import Plant, nothing, room, run
from tests.faulty import Faulty, at_random

ROOT = Path(__file__).parents[2]
SUBSCRIBERS = 20
PATIENCE = 60.0
PAUSE = 0.05
"""How many seconds the mail server thinks over each letter: some are on their way at any time."""

FEEDS = ("feed.json", "feed.xml", "atom.xml")

Moment = Literal["starting", "up", "sending"]
Headers = Mapping[str, str]
NONE: Headers = {}

START = """import sys
sys.path.insert(0, sys.argv[1])
from digest import cli
from tests.faults import plants
for name in sys.argv[2:]:
    getattr(plants, name)()
sys.exit(cli.run(["run"], {}))
"""

CONFIG = """authority: paper.example
site_url: https://paper.example/
service_url: http://127.0.0.1:{web}/
web: {{port: {web}}}
publications: [{{slug: paper, publish_at: "00:00"}}]
inbox: {{scan_every: 0.3, settle: 0}}
mail: {{channel: smtp, too_late: 1000000, smtp: {{port: {smtp}, timeout: 5}}}}
subscribers: {{asks: 1000000, mails: 1000000}}
"""

ISSUE = """# 南浔渡口报

{day:%Y年%-m月%-d日}　第{n}期

## 第{n}号渡口恢复摆渡

本报讯（记者 林晓棠）停航五年的第{n}号渡口昨天恢复摆渡，首日运送行人{count}人次，票价一元。

## 第{n}图书馆添书三千册

本报讯（记者 沈归舟）第{n}图书馆本月新添图书，其中儿童读物占一半，周末开放时间延长到晚上九点。
"""


MOMENTS: tuple[Moment, ...] = get_args(Moment)


@dataclass
class Living:
    """An office in `folder`; `wrong` is what people met there that they should not have."""

    folder: Path
    server: Faulty
    chance: random.Random
    plant: Plant | None = None
    port: int = 0
    process: "subprocess.Popen[bytes] | None" = None
    dropped: Counter[bytes] = field(default_factory=Counter)
    issues: int = 0
    reads: int = 0
    posts: int = 0
    kills: int = 0
    seen: set[str] = field(default_factory=set)
    wrong: set[str] = field(default_factory=set)

    def lay(self) -> None:
        """Make the office, with its subscribers."""
        nothing(self.folder)
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        words = CONFIG.format(web=self.port, smtp=self.server.port)
        (self.folder / "config.yaml").write_text(words, "utf-8")
        people = "\n".join(f"r{n}@example.org" for n in range(SUBSCRIBERS))
        (self.folder / "list.csv").write_text(f"email\n{people}\n", "utf-8")
        run(self.folder, "subscribers", "import", "list.csv", "--consent", "纸质回执", "--cadence", "issue")

    def start(self) -> None:
        """Start the service."""
        names = [self.plant.__name__] if self.plant else []
        command = [sys.executable, "-c", START, str(ROOT), *names]
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(command, cwd=self.folder, stdout=log, stderr=log)

    def kill_while(self, moment: Moment) -> None:
        """Kill the service while it starts, while it is up, or before it hears what became of a letter."""
        if moment != "starting":
            self.until_up()
        told, end = self.told(), time.monotonic() + PATIENCE / 4
        while moment == "sending" and self.told() == told and time.monotonic() < end:
            time.sleep(0.001)
        time.sleep(self.chance.uniform(0, PAUSE / 2 if moment == "sending" else 2))
        self.kill()

    def told(self) -> int:
        """Return how many letters the mail server has taken."""
        return sum(recipient.startswith("r") for recipient, _ in self.server.taken)

    def kill(self) -> None:
        """End the service with no word of warning."""
        assert self.process
        if self.process.poll() is not None:
            self.wrong.add(f"the service ended by itself: {self.said()}")
        self.process.kill()
        self.process.wait()
        self.kills += 1

    def stop(self) -> None:
        """Tell the service to end, and wait."""
        assert self.process
        self.process.terminate()
        if code := self.process.wait(PATIENCE):
            self.wrong.add(f"the service ended with {code}: {self.said()}")

    def said(self) -> str:
        """Return the last words of the service."""
        return (self.folder / "log").read_text("utf-8")[-600:]

    def until_up(self) -> None:
        """Wait until the service answers."""
        end = time.monotonic() + PATIENCE
        while not self.ask("/healthz", "ok"):
            assert time.monotonic() < end, self.said()
            time.sleep(0.05)

    def figures(self) -> str:
        """Return what has been done until now, in words."""
        return (
            f"{self.kills} kills, {self.dropped.total()} files, {self.issues} issues, {self.reads} answers, "
            f"{self.posts} forms, {len(self.server.taken)} mails taken of {self.server.begun} tried, "
            f"{len(self.wrong)} faults met"
        )

    def drop(self) -> None:
        """Drop a new issue, mostly; else a correction of one, the same again, or what is no issue."""
        kind = self.chance.choices(("new", "correction", "again", "none"), (70, 15, 10, 5))[0]
        if kind == "none":
            content = bytes(range(256)) * 8 + str(self.dropped.total()).encode()
        elif kind == "again" and self.dropped:
            content = self.chance.choice(sorted(self.dropped))
        else:
            self.issues += 1 if (new := kind == "new" or not self.issues) else 0
            n = self.issues if new else self.chance.randint(1, self.issues)
            content = issue(n, 100 if new else self.chance.randint(101, 999))
        self.put(content)

    def put(self, content: bytes) -> None:
        """Have a file come into the inbox in one step."""
        part = self.folder / "inbox" / f"{self.dropped.total():05}.md.part"
        part.write_bytes(content)
        self.dropped[content] += 1
        part.rename(part.with_suffix(""))

    def read(self) -> None:
        """Read the front page and the feeds, and go where one of them leads."""
        for name in ("", *FEEDS):
            self.ask(f"/{name}", name or "index.html", since=name)
        entries = json.loads(self.ask("/feed.json", since="feed.json") or b'{"items": []}')["items"]
        for entry in self.chance.sample(entries, min(5, len(entries))):
            self.ask(urlsplit(entry["url"]).path, "index.html")

    def post(self) -> None:
        """Fill in the form, and search."""
        self.posts += 1
        filled_in = urlencode({"cadence": "daily", "website": "", "email": f"s{self.posts}@example.org"})
        origin = {"Origin": f"http://127.0.0.1:{self.port}", "Content-Type": "application/x-www-form-urlencoded"}
        self.ask("/subscribe", "index.html", body=filled_in, headers=origin)
        self.ask(f"/search?{urlencode({'q': '渡口'})}", "index.html")

    def ask(
        self, path: str, kind: str = "", *, since: str | None = None, body: str | None = None, headers: Headers = NONE
    ) -> bytes:
        """Return what is answered, which is to be whole; nothing where the service is gone.

        What is there `since` a first issue is published may be missing before.
        """
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)) as line:
            try:
                line.request("POST" if body else "GET", path, body, headers)
                answer = line.getresponse()
                found = answer.read()
            except (OSError, http.client.HTTPException):
                return b""
        self.reads += 1
        if answer.status == HTTPStatus.NOT_FOUND and since is not None and since not in self.seen:
            return b""
        if since is not None:
            self.seen.add(since)
        if answer.status != HTTPStatus.OK or not invariants.is_whole(kind, found):
            self.wrong.add(f"{path.partition('?')[0]}: {answer.status}, {found[-80:]!r}")
            return b""
        return found

    @contextmanager
    def busy(self, *, drop: float, read: float, post: float) -> Iterator[None]:
        """Have people at work, each of whom pauses for so many seconds."""
        over = threading.Event()

        def work(does: Callable[[], None], pause: float) -> None:
            while not over.wait(pause):
                try:
                    does()
                except Exception:  # noqa: BLE001 -- told by whoever looks at `wrong`
                    self.wrong.add(traceback.format_exc())

        people = ((self.drop, drop), (self.read, read), (self.post, post))
        threads = [threading.Thread(target=work, args=one) for one in people]
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            over.set()
            for thread in threads:
                thread.join()


def issue(n: int, count: int) -> bytes:
    """Return the file of the `n`-th issue; `count` is what a correction corrects."""
    return ISSUE.format(day=date(2020, 1, 1) + timedelta(days=n), n=n, count=count).encode()


@contextmanager
def living(seed: int, plant: Plant | None = None) -> Iterator[Living]:
    """Give an office whose mail server has a bad day."""
    chance = random.Random(seed)
    with Faulty(at_random(random.Random(seed)), pause=PAUSE) as server, room() as place:
        office = Living(place / "office", server, chance, plant)
        office.lay()
        try:
            yield office
        finally:
            if office.process and office.process.poll() is None:
                office.process.kill()
                office.process.wait()
