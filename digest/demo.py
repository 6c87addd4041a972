"""The demo: the sample issues, taken through the whole path in a folder of their own."""

import email
import shutil
import socket
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email import policy
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

from digest import config, pipeline, subscriptions
from digest.errors import DigestError
from digest.messages import Messages
from digest.model import StoredIssue
from digest.settings import Language, Settings
from digest.works import Works

READER = "reader@example.org"
_MARK = "# written by `digest demo`: the next demo deletes this folder"
_CONFIG = """\
{mark}
language: {language}
site_url: http://127.0.0.1:{port}/
service_url: http://127.0.0.1:{port}/
publications:
  - slug: demo
    title: {title}
inbox:
  scan_every: 1.0
  settle: 0.5
mail:
  too_late: {ever}
web:
  port: {port}
"""
_EVER = 1_000_000
"""Hours: the samples are mailed however old they are."""

_PORTS = range(8000, 8020)
_SAMPLES_END = datetime(2026, 11, 21, tzinfo=UTC)
"""The day after the newest sample: a clock that is behind it must not make the demo wait."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What a demo has made: how many issues and articles, and the files of the letter."""

    issues: int
    articles: int
    eml: Path
    html: Path


def prepare(folder: Path, language: Language) -> Settings:
    """Make a fresh demo folder with a config.yaml, and return its settings.

    An earlier demo is deleted; a folder that holds anything else raises DigestError("error.demo_folder").
    """
    written = folder / config.NAME
    if written.exists() and written.read_text(encoding="utf-8").startswith(_MARK):
        shutil.rmtree(folder)
    if folder.exists() and any(folder.iterdir()):
        raise DigestError("error.demo_folder", folder=str(folder))
    folder.mkdir(parents=True, exist_ok=True)
    port = next((port for port in _PORTS if _is_free(port)), _PORTS[0])
    title = Messages(language)("cli.demo.title")
    written.write_text(
        _CONFIG.format(mark=_MARK, ever=_EVER, language=language, title=title, port=port), encoding="utf-8"
    )
    return config.load(written)


def perform(works: Works, now: datetime) -> Shown:
    """Take in the samples, the newest last; a reader subscribes just before it, so that a letter goes out."""
    now = max(now, _SAMPLES_END)
    *earlier, newest = samples()
    published = _drop(works, earlier, now)
    subscriptions.add(works, works.settings.publications[0], READER, "issue", now)
    published += _drop(works, [newest], now)
    pipeline.compose(works, now)
    pipeline.deliver(works, now)
    eml = next(works.settings.outbox.glob("*.eml"))
    return Shown(len(published), sum(len(issue.articles) for issue in published), eml, _html(eml))


def samples() -> list[Traversable]:
    """Return the sample issues that the package carries, the newest last."""
    return sorted(resources.files("digest").joinpath("samples").iterdir(), key=lambda sample: sample.name)


def _drop(works: Works, files: Sequence[Traversable], now: datetime) -> list[StoredIssue]:
    """Drop files into the inbox, wait until they have settled, and publish them."""
    for file in files:
        (works.settings.inbox.folder / file.name).write_bytes(file.read_bytes())
    pipeline.ingest(works, now)
    time.sleep(works.settings.inbox.settle)
    pipeline.ingest(works, now)
    return pipeline.publish(works, now)


def _html(eml: Path) -> Path:
    """Write the letter's HTML part beside it, for a browser."""
    part = email.message_from_bytes(eml.read_bytes(), policy=policy.default).get_body(("html",))
    page = eml.with_suffix(".html")
    page.write_bytes(b"" if part is None else part.get_content().encode())
    return page


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) != 0
