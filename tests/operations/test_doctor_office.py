"""The doctor looks the whole office over: each thing that can be wrong is told, with what to do, in both languages."""

import os
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from digest import cli, pipeline, templating
from digest.carried import place
from digest.inbox import settling
from digest.messages import Messages
from digest.operations import doctor, init
from digest.operations.desk import password
from digest.operations.doctor import folders
from digest.settings import Alarms, Publication, Settings, Web
from tests.drops import in_a_process
from tests.test_running import free_port
from tests.works import FIRST, drop, opened

ME = os.geteuid()


def codes(settings: Settings, *, now: datetime | None = None, running: bool = False) -> dict[str, bool]:
    """Return what the doctor finds, said in both languages."""
    parts = doctor.examine(settings, now or datetime.now(UTC), running=running)
    found = [(f"doctor.part_{part}", one) for part, findings in parts for one in findings]
    for say in (Messages("zh"), Messages("en")):
        assert all(say(part) and say.of(one.remark.code, one.remark.facts) for part, one in found)
    return {one.remark.code: one.ok for _, one in found}


def ills(settings: Settings, **how: Any) -> set[str]:
    return {code for code, ok in codes(settings, **how).items() if not ok}


@pytest.fixture
def office(tmp_path: Path) -> Settings:
    """A new office, whose settings are well."""
    return replace(
        init.make_office(tmp_path / "office", "zh", {"authority": "paper.example"}),
        site_url="https://paper.example/",
        service_url="https://paper.example/",
        web=Web(trusted_proxies=("127.0.0.1/32",)),
    )


def worked_in(office: Settings) -> None:
    """Let the office publish an issue."""
    with opened(replace(office, inbox=replace(office.inbox, settle=0)), sound=False) as works:
        drop(works, "a.md", FIRST)
        pipeline.publish(works, datetime.now(UTC))


def test_a_new_office_is_well_and_the_doctor_leaves_no_trace(office: Settings) -> None:
    before = sorted(office.root.rglob("*"))
    assert ills(office) == set()
    assert sorted(office.root.rglob("*")) == before


def test_an_office_that_has_worked_is_well(office: Settings) -> None:
    worked_in(office)
    found = codes(office)
    assert all(found.values())
    assert {"doctor.data", "doctor.keys", "doctor.inbox", "doctor.database", "doctor.clock"} <= found.keys()


@pytest.mark.parametrize(
    ("where", "mode", "code"),
    [
        ("data", 0o755, "doctor.data_open"),
        ("data/keys", 0o750, "doctor.key_open"),
        ("data/keys/token.key", 0o640, "doctor.key_open"),
        ("inbox", 0o2777, "doctor.inbox_open"),
    ],
)
def test_what_others_may_not_do_is_told_and_mended_as_told(office: Settings, where: str, mode: int, code: str) -> None:
    path = office.root / where
    path.chmod(mode)
    assert ills(office) == {code}
    forbidden = 0o077 if "keys" in where else 0o007
    path.chmod(stat.S_IMODE(path.stat().st_mode) & ~forbidden)
    assert ills(office) == set()


def test_nobody_but_the_owner_reads_the_database_with_what_lies_beside_it(office: Settings) -> None:
    with opened(office):
        found = {stat.S_IMODE(path.stat().st_mode) for path in office.data.glob("digest.db*")}
    assert found == {0o600}
    assert ills(office) == set()
    office.database_file.chmod(0o640)
    assert ills(office) == {"doctor.database_open"}


@pytest.mark.skipif(ME != 0, reason="only root can give a folder away")
def test_a_folder_of_another_is_told_with_its_owner(office: Settings) -> None:
    os.chown(office.data, 12345, 12345)
    (finding,) = [one for one in folders.examine(office) if not one.ok]
    assert (finding.remark.code, finding.remark.facts["owner"]) == ("doctor.not_ours", "12345")


@pytest.mark.skipif(ME != 0, reason="only root can be another")
def test_who_may_not_look_is_told_so_part_by_part(office: Settings) -> None:
    worked_in(office)
    assert codes(office)["doctor.data"]
    seen = in_a_process(lambda: sorted(ills(office)), user=12345)
    assert seen == ["error.os"]


def test_a_data_folder_on_a_share_is_told(office: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    kinds = settling.file_systems(office.data)
    assert kinds
    monkeypatch.setattr(settling, "NETWORK", frozenset(kinds))
    assert ills(office) == {"doctor.data_network"}


def test_folders_of_papers_that_the_inboxs_group_cannot_drop_into_are_told(office: Settings) -> None:
    papers = (Publication(slug="a"), Publication(slug="b"))
    (office.inbox.folder / "a").mkdir(mode=0o2770)
    (office.inbox.folder / "a").chmod(0o2770)
    assert ills(replace(office, publications=papers)) == set()
    (office.inbox.folder / "b").mkdir(mode=0o2750)
    assert ills(replace(office, publications=papers)) == {"doctor.inbox_shut"}


def test_a_disk_without_room_is_told(office: Settings) -> None:
    assert ills(replace(office, alarms=Alarms(least_free_mb=10**12))) == {"doctor.no_room"}


def test_lost_keys_are_told(office: Settings) -> None:
    worked_in(office)
    (office.keys / "token.key").unlink()
    assert ills(office) == {"doctor.keys_gone"}


def changed(office: Settings, *statements: str) -> None:
    with sqlite3.connect(office.database_file) as raw:
        for statement in statements:
            raw.execute(statement)


def test_a_database_that_a_first_start_was_cut_off_from_making_is_still_to_come(office: Settings) -> None:
    office.database_file.touch(mode=0o600)
    assert codes(office)["doctor.database_to_come"]
    worked_in(office)
    assert codes(office)["doctor.database"]


def test_the_database_is_looked_at_and_never_brought_up_to_date(office: Settings) -> None:
    worked_in(office)
    changed(office, "UPDATE alembic_version SET version_num = '0001'")
    assert codes(office)["doctor.older_schema"]
    assert not list(office.data.glob("digest.db.before-*"))
    changed(office, "UPDATE alembic_version SET version_num = '9999'")
    assert ills(office) == {"error.newer_schema"}


def test_a_damaged_database_is_told(office: Settings) -> None:
    worked_in(office)
    changed(
        office, "PRAGMA writable_schema = ON", "DELETE FROM sqlite_schema WHERE name LIKE 'ix_%' AND type = 'index'"
    )
    assert "doctor.damage" in ills(office)
    office.database_file.write_bytes(b"no database" * 1000)
    assert ills(office) == {"error.database"}


def test_an_authority_that_is_set_too_late_is_told(office: Settings) -> None:
    worked_in(office)
    assert ills(replace(office, authority="other.example")) == {"doctor.authority_fixed"}
    assert ills(replace(office, authority="localhost.localdomain")) == {"doctor.no_authority", "doctor.authority_fixed"}


def test_own_templates_are_compiled_and_their_names_looked_up(office: Settings) -> None:
    own = office.templates / "site"
    own.mkdir(parents=True)
    delivered = place(templating.FOLDER) / "site"
    (own / "article.html").write_bytes((delivered / "article.html").read_bytes())
    (own / "logo.svg").write_text("<svg/>")
    assert ills(office) == set()
    (own / "artcle.html").write_text("")
    assert ills(office) == {"doctor.template_unasked"}
    (own / "404.html").write_text('{% include "site/artcle.html" %}{{ paper.title }}')
    assert ills(office) == set()
    (own / "404.html").write_text('{% include "site/artcle.html" %}{{ papr.title }}')
    (finding,) = [one for one in doctor.templates.examine(office) if not one.ok]
    assert (finding.remark.code, finding.remark.facts["likely"]) == ("doctor.template_name", "paper")
    (own / "404.html").write_text("{% if %}")
    assert ills(office) == {"error.template"}


@pytest.mark.parametrize(
    ("site", "service", "expected"),
    [
        ("https://paper.example/", "https://service.example/", set()),
        ("http://paper.example/", "https://paper.example/", {"doctor.no_https"}),
        ("http://127.0.0.1:8000/", "https://paper.example/", {"doctor.local_address"}),
        ("https://paper.example/", "http://[::1]:8000/", {"doctor.local_address"}),
        ("http://192.168.1.20/", "http://192.168.1.20:8000/", set()),
        ("http://newsroom/", "http://newsroom/", set()),
    ],
)
def test_the_form_of_the_addresses(office: Settings, site: str, service: str, expected: set[str]) -> None:
    assert ills(replace(office, site_url=site, service_url=service)) == expected


def test_a_proxy_that_is_not_named_is_told(office: Settings) -> None:
    assert ills(replace(office, web=Web())) == {"doctor.no_proxy"}


def test_a_desk_that_anybody_could_come_to_is_told(office: Settings) -> None:
    everywhere = replace(office, web=Web(host="0.0.0.0"))
    assert ills(everywhere) == {"error.open_desk"}
    password.save(everywhere, "ferry lantern willow")
    assert ills(everywhere) == set()


class Answering(BaseHTTPRequestHandler):
    """Answers with what the server holds by path, else 404."""

    def __init__(self, pages: dict[str, bytes], *of_the_server: Any) -> None:
        self.pages = pages
        super().__init__(*of_the_server)

    def do_GET(self) -> None:
        page = self.pages.get(self.path)
        self.send_response(200 if page is not None else 404)
        self.end_headers()
        self.wfile.write(page or b"nothing here")

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def answering(pages: dict[str, bytes]) -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Answering, pages)) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def asked(office: Settings, url: str) -> set[str]:
    """Return what is found when the addresses are asked, but for their form."""
    found = codes(replace(office, site_url=url, service_url=url), running=True)
    return found.keys() & {f"doctor.{code}" for code in _ANSWERS}


_ANSWERS = ("service", "no_service", "other_service", "site", "no_site", "other_site", "site_to_come", "not_running")


def test_the_addresses_are_asked_whether_they_lead_here(office: Settings) -> None:
    search = {"/search": b'<input type="search" name="q">'}
    with answering(search) as url:
        assert asked(office, url) == {"doctor.service", "doctor.site_to_come"}
        worked_in(office)
        assert asked(office, url) == {"doctor.service", "doctor.other_site"}
    with answering({"/": (office.public / "index.html").read_bytes()}) as url:
        assert asked(office, url) == {"doctor.other_service", "doctor.site"}
    assert asked(office, f"http://127.0.0.1:{free_port()}/") == {"doctor.no_service", "doctor.no_site"}


@pytest.mark.parametrize("late", [timedelta(hours=-2), timedelta(hours=2)])
def test_a_clock_that_differs_from_the_disks_is_told(office: Settings, late: timedelta) -> None:
    assert ills(office, now=datetime.now(UTC) + late) == {"doctor.clock_disk"}


def test_a_clock_that_is_behind_what_was_written_down_is_told(office: Settings) -> None:
    worked_in(office)
    assert "doctor.clock_behind" in ills(office, now=datetime.now(UTC) - timedelta(days=400))


def test_the_command_tells_all_parts_and_the_exit_code_whether_all_is_well(
    office: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    path = str(office.root / "config.yaml")
    assert cli.run(["doctor", "-c", path], {"LANG": "en"}) == 1
    said = capsys.readouterr().out
    assert [part for part in ("Folders", "Database", "Templates", "Addresses", "Clock", "Mail") if part in said] == [
        *("Folders", "Database", "Templates", "Addresses", "Clock", "Mail"),
    ]
    assert cli.run(["doctor", "--mail", "-c", path], {"LANG": "en"}) == 1
    assert "Folders" not in capsys.readouterr().out


def test_a_password_that_is_not_there_does_not_stop_the_doctor(
    office: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    path = office.root / "config.yaml"
    text = path.read_text("utf-8").replace("password_env: null  ", "password_env: NOT_SET", 1)
    path.write_text(text.replace("sender: digest@localhost.localdomain", "sender: news@paper.example"), "utf-8")
    assert cli.run(["doctor", "-c", str(path)], {"LANG": "en"}) == 1
    said = capsys.readouterr().out
    assert "✗ The environment variable NOT_SET" in said
    assert "_dmarc.paper.example\tTXT\tv=DMARC1" in said
