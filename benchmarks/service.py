"""A service of a benchmark's own: opened in a folder, given issues, served over HTTP."""

import http.client
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import uvicorn

from benchmarks.straight import NOW, SETTINGS
from digest import app, pipeline
from digest.settings import Inbox, Mail, Settings
from digest.works import Works


def settings_in(root: Path, mail: Mail = SETTINGS.mail) -> Settings:
    """Return the settings of a service in a folder of its own."""
    inbox = Inbox(folder=root / "inbox", settle=0)
    return replace(SETTINGS, data=root / "data", root=root, templates=root / "templates", inbox=inbox, mail=mail)


@contextmanager
def opened(root: Path, mail: Mail = SETTINGS.mail, now: datetime = NOW) -> Iterator[Works]:
    """Open a service in a folder of its own."""
    with app.open_service(settings_in(root, mail), {}, now) as works:
        yield works


def ingest(works: Works, name: str, content: bytes, now: datetime = NOW) -> None:
    """Drop a file, and take it in: one scan finds it, the next that it has not changed."""
    (works.settings.inbox.folder / name).write_bytes(content)
    outcomes = [*pipeline.ingest(works, now), *pipeline.ingest(works, now)]
    assert [one.kind for one in outcomes] == ["taken"], outcomes


def publish(works: Works, now: datetime = NOW) -> None:
    """Publish the one issue that waits."""
    assert len(pipeline.publish(works, now)) == 1


@contextmanager
def served(application: Any) -> Iterator[http.client.HTTPConnection]:
    """Serve an application on loopback, and give a connection to it."""
    server = uvicorn.Server(uvicorn.Config(application, port=0, log_level="error"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    connection = http.client.HTTPConnection("127.0.0.1", server.servers[0].sockets[0].getsockname()[1])
    yield connection
    connection.close()
    server.should_exit = True
    thread.join()
