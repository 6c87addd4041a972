"""A whole service in a folder, and two small fictional issues to drop into it."""

import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from digest import app, operations, pipeline, settings
from digest.model import Cadence
from digest.operations.health.standing import Standing
from digest.receipts import Outcome
from digest.settings import Settings
from digest.store import database, publications, subscribers
from digest.store.database import Engine
from digest.works import Works

NOW = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)

FIRST = """# 南浔渡口报

2026年11月19日　星期四　第88期

## 老渡口恢复摆渡

本报讯（记者 林晓棠）11月18日，停航五年的老渡口恢复摆渡，首日运送行人三百二十人次。

渡口每天早上六点开航，晚上七点收航，票价一元。六十五岁以上老人免费。

## 镇图书馆新添三千册书

本报讯（记者 沈归舟）镇图书馆本月新添图书三千册，其中儿童读物占一半。

图书馆周末开放时间延长到晚上九点。
"""

SECOND = """# 南浔渡口报

2026年11月20日　星期五　第89期

## 白鹭湖水质首次达到二类

本报讯（记者 林晓棠）市水务局昨天公布的数据显示，十月白鹭湖水质首次达到二类。

三年来，当地投入一点二亿元清淤，栽种柳树四千株。
"""


def settings_in(folder: Path, **changes: Any) -> Settings:
    """Return settings whose every folder lies in `folder`, and whose inbox takes a file at its second sight."""
    base = Settings(
        data=folder / "data",
        templates=folder / "templates",
        root=folder,
        authority="paper.example",
        site_url="https://paper.example/",
        service_url="https://service.example/",
        inbox=settings.Inbox(folder=folder / "inbox", settle=0, empty_settle=0),
    )
    return replace(base, **changes)


@contextmanager
def opened(
    configured: Settings, environment: Mapping[str, str] | None = None, *, sound: bool = True
) -> Iterator[Works]:
    """Open a service without starting its clock. Unless a test spoils it, every promise holds when it is done."""
    with app.open_service(configured, environment or {}, NOW) as works:
        yield works
        if not sound:
            return
        found = operations.verify(configured, works.engine, now=datetime.now(UTC), idle=False)
        assert not found, [works.messages.of(one.code, one.facts) for one in found]


def drop(works: Works, name: str, content: str | bytes, now: datetime = NOW) -> list[Outcome]:
    """Drop a file and take it in."""
    path = works.settings.inbox.folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return pipeline.ingest(works, now) + pipeline.ingest(works, now)


def standing(works: Works, now: datetime = NOW) -> Standing:
    """Return how things stand, as anybody can see it."""
    return operations.status(works.settings, works.engine, works.inbox, now)


def subscribe(engine: Engine, email: str, slug: str, cadence: Cadence, now: datetime) -> None:
    """Subscribe an address, with nothing asked, checked or on record."""
    with database.writing(engine) as store:
        person = subscribers.add(store, email, email.lower(), secrets.token_hex(8), now)
        subscribers.subscribe(store, person, publications.id_of(store, slug), cadence, now)
