"""A running service reads what comes back by itself."""

from pathlib import Path

from digest import settings
from digest.scheduler import Scheduler
from tests.test_scheduler import Service
from tests.works import opened, settings_in


def test_a_mailbox_is_read_as_soon_as_the_service_runs(tmp_path: Path) -> None:
    new, cur = tmp_path / "mail" / "new", tmp_path / "mail" / "cur"
    for folder in (new, cur):
        folder.mkdir(parents=True)
    (new / "1").write_bytes(b"Subject: hello\n\n")
    where = settings_in(tmp_path, mail=settings.Mail(bounces=settings.Bounces(maildir=tmp_path / "mail")))
    with opened(where, {}) as works:
        clock = Scheduler(works)
        try:
            Service(clock, where).until((cur / "1:2,S").exists)
        finally:
            clock.stop()
    assert not list(new.iterdir())
