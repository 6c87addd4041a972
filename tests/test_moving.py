"""A site that moves to another address is written anew for it, once, and until then is not called broken."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from digest import cli, operations, pipeline
from digest.settings import Feeds, Settings
from tests.works import FIRST, NOW, drop, opened, settings_in

ELSEWHERE = "https://elsewhere.example/news/"


@pytest.fixture
def configured(tmp_path: Path) -> Settings:
    found = settings_in(tmp_path)
    with opened(found) as works:
        drop(works, "a.md", FIRST)
        pipeline.publish(works, NOW)
    return found


def addresses(configured: Settings, host: str) -> int:
    """Return in how many files of the site a host is named."""
    return sum(host in path.read_text("utf-8", "replace") for path in configured.public.rglob("*") if path.is_file())


def test_the_next_publication_writes_everything(configured: Settings) -> None:
    moved = replace(configured, site_url=ELSEWHERE)
    with opened(moved) as works:
        pipeline.publish(works, NOW)
        assert addresses(moved, "https://paper.example") == 0
        assert addresses(moved, ELSEWHERE) > 0
        written = {path: path.stat().st_ino for path in moved.public.rglob("*")}
        pipeline.publish(works, NOW)
        assert written == {path: path.stat().st_ino for path in moved.public.rglob("*")}


def test_until_then_one_thing_is_said_and_no_page_is_called_wrong(configured: Settings) -> None:
    with opened(replace(configured, site_url=ELSEWHERE), sound=False) as works:
        found = operations.verify(works.settings, works.engine, now=NOW, idle=False)
        assert [(one.code, one.facts["published"], one.facts["wanted"]) for one in found] == [
            ("verify.address", "https://paper.example/", ELSEWHERE)
        ]


def test_what_is_set_for_the_feeds_holds_for_those_that_are_there(configured: Settings) -> None:
    with opened(replace(configured, feeds=Feeds(share=0))) as works:
        pipeline.publish(works, NOW)
        items = json.loads((configured.public / "feed.json").read_text("utf-8"))["items"]
        assert all("到网站阅读全文" in item["content_html"] for item in items)


def test_the_command_has_a_running_service_do_it(configured: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    settings = configured.root / "config.yaml"
    settings.write_text("authority: paper.example\nsite_url: https://paper.example/\n", "utf-8")
    page = configured.public / "2026/11/19/1/index.html"
    with opened(configured) as works:
        page.unlink()
        pipeline.publish(works, NOW)
        assert not page.exists()
        assert cli.run(["publish", "--config", str(settings)], {"LANG": "en"}) == 0
        assert "The service is running" in capsys.readouterr().out
        pipeline.publish(works, NOW)
        assert page.exists()
