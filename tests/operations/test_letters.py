"""What did not arrive is listed with its reason; a person decides whether it is sent again."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from digest import cli, operations, pipeline
from digest.errors import DigestError
from digest.store import database, outbox
from digest.works import Works
from tests.works import FIRST, NOW, drop, opened, settings_in, standing, subscribe

LATER = NOW + timedelta(days=9)


@pytest.fixture
def works(tmp_path: Path) -> Iterator[Works]:
    """Two letters: the first was refused for good, of the second nobody knows."""
    with opened(settings_in(tmp_path)) as works:
        for email in ("a@example.org", "b@example.org"):
            subscribe(works.engine, email, "paper", "issue", NOW)
        drop(works, "a.md", FIRST)
        pipeline.publish(works, NOW)
        pipeline.compose(works, NOW)
        with database.writing(works.engine) as store:
            first, second = outbox.claim(store, NOW, 10, {"paper"})
            outbox.fail(store, first.id, NOW, "550 no such user")
            outbox.doubt(store, second.id, "?")
        yield works


def test_they_are_listed_with_their_reason(works: Works) -> None:
    first, second = operations.deliveries(works.engine)
    assert first == (first.id, "paper", "a@example.org", "failed", NOW, "550 no such user")
    assert second.state == "uncertain"
    assert operations.deliveries(works.engine, ["sent"]) == []


def test_what_is_sent_again_is_as_good_as_new_under_its_old_name(works: Works) -> None:
    for one in operations.deliveries(works.engine):
        operations.resend(works.engine, one.id, LATER)
    with database.writing(works.engine) as store:
        claimed = outbox.claim(store, LATER, 10, {"paper"})
        outbox.release(store, [one.id for one in claimed], resend=False)
    assert [(one.attempts, one.created_at) for one in claimed] == [(0, LATER)] * 2
    assert pipeline.deliver(works, LATER) == 2
    names = {path.stem for path in works.settings.outbox.glob("*.eml")}
    assert names == {one.message_id.strip("<>") for one in claimed}
    assert standing(works, LATER).well


def test_what_is_dropped_is_never_sent(works: Works) -> None:
    for one in operations.deliveries(works.engine):
        operations.drop(works.engine, one.id, LATER)
    assert pipeline.deliver(works, LATER) == 0
    status = standing(works, LATER)
    assert status.work["delivery"] == {"cancelled": 2}
    assert status.well


def test_what_has_arrived_is_left_alone(works: Works) -> None:
    for one in operations.deliveries(works.engine):
        operations.resend(works.engine, one.id, LATER)
    pipeline.deliver(works, LATER)
    (one, _) = operations.deliveries(works.engine, ["sent"])
    for settle in (operations.resend, operations.drop):
        with pytest.raises(DigestError) as refusal:
            settle(works.engine, one.id, LATER)
        assert refusal.value.code == "error.delivery"


def test_the_command_lists_and_settles(
    works: Works, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def digest(*arguments: str) -> list[list[str]]:
        assert cli.run(("deliveries", *arguments), {"LANG": "en_US.UTF-8"}) == 0
        return [line.split("\t") for line in capsys.readouterr().out.splitlines()]

    monkeypatch.chdir(tmp_path)
    (tmp_path / "config.yaml").write_text("authority: paper.example\n", "utf-8")
    first, second = digest()
    assert first[1:] == ["paper", "a@example.org", "failed", "2026-11-20 04:00Z", "550 no such user"]
    digest("--resend", first[0], "--drop", second[0])
    assert [line[2] for line in digest("--state", "pending")] == ["a@example.org"]
    assert [line[2] for line in digest("--state", "cancelled")] == ["b@example.org"]
    assert cli.run(("deliveries", "--resend", second[0]), {"LANG": "en_US.UTF-8"}) == 1
    assert second[0] in capsys.readouterr().err
