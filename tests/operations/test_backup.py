"""A backup made while the service runs gives the same paper again: same ids, same bytes, old links; no letter twice."""

import errno
import io
import os
import shutil
import stat
import tarfile
import threading
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from digest import cli, editing, operations, output, pipeline, subscriptions, tokens
from digest.errors import DigestError
from digest.settings import Settings
from digest.store import database, notices
from digest.works import Works
from tests.works import FIRST, NOW, SECOND, drop, opened, settings_in, standing, subscribe

TOMORROW = NOW + timedelta(days=1)


@pytest.fixture
def works(tmp_path: Path) -> Iterator[Works]:
    """A running paper: an issue that was mailed, a withdrawn article, and one subscriber for each cadence."""
    with opened(settings_in(tmp_path / "old")) as works:
        subscribe(works.engine, "a@example.org", "paper", "issue", NOW)
        subscribe(works.engine, "b@example.org", "paper", "daily", NOW)
        drop(works, "a.md", FIRST)
        go(works)
        editing.retract(works, "paper", "2026/11/19/2/", None, NOW)
        go(works)
        yield works


def go(works: Works, now: datetime = NOW) -> int:
    """Do what is due; return how many letters were sent."""
    pipeline.publish(works, now)
    pipeline.compose(works, now)
    return pipeline.deliver(works, now)


def backup(works: Works, folder: Path) -> Path:
    file = folder / "backup.tar.gz"
    config = folder / "config.yaml"
    config.write_text("language: zh\n", "utf-8")
    operations.back_up(works.settings, works.engine, file, config)
    return file


def new(folder: Path) -> Settings:
    return settings_in(folder / "new")


def public(settings: Settings) -> dict[str, bytes]:
    files = (path for path in settings.public.rglob("*") if path.is_file())
    return {path.relative_to(settings.public).as_posix(): path.read_bytes() for path in files}


def restored(works: Works, folder: Path, *, resume_mail: bool = False) -> Settings:
    settings = new(folder)
    operations.restore(settings, backup(works, folder), NOW, resume_mail=resume_mail)
    return settings


def test_the_same_site_is_written_again(works: Works, tmp_path: Path) -> None:
    before = public(works.settings)
    with opened(restored(works, tmp_path)) as again:
        pipeline.publish(again, TOMORROW, everything=True)
        assert public(again.settings) == before
        assert operations.verify(again.settings, again.engine, now=NOW, idle=True) == ()


def test_a_site_that_is_not_there_is_written_again_by_itself(works: Works) -> None:
    before = public(works.settings)
    shutil.rmtree(works.settings.public)
    assert pipeline.publish(works, TOMORROW) == []
    assert public(works.settings) == before


def test_a_site_whose_writing_was_cut_off_is_finished_by_the_next(
    works: Works, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = public(works.settings)
    shutil.rmtree(works.settings.public)
    write = output.write

    def full(root: Path, files: Mapping[str, bytes]) -> None:
        if "sitemap.xml" in files:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        write(root, files)

    with monkeypatch.context() as patch:
        patch.setattr(output, "write", full)
        with pytest.raises(OSError, match="No space"):
            pipeline.publish(works, TOMORROW)
    assert (works.settings.public / "index.html").exists()
    pipeline.publish(works, TOMORROW + timedelta(hours=1))
    assert public(works.settings) == before


def test_where_a_restore_was_cut_off_no_service_starts_and_the_next_restore_begins_anew(
    works: Works, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, settings = backup(works, tmp_path), new(tmp_path)
    settings.data.mkdir(parents=True)

    def interrupted(_folder: Path) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("digest.operations.backup._clear", lambda _data: None)  # it was killed, not refused
        patch.setattr("digest.atomic.sync", interrupted)
        with pytest.raises(KeyboardInterrupt):
            operations.restore(settings, file, NOW)
    assert (settings.data / "blobs").exists()
    with pytest.raises(DigestError) as refusal, opened(settings):
        pass
    assert refusal.value.code == "error.half_restored"
    operations.restore(settings, file, NOW)
    with opened(settings) as again:
        pipeline.publish(again, TOMORROW, everything=True)
        assert public(settings) == public(works.settings)


def test_a_correction_after_it_keeps_the_ids(works: Works, tmp_path: Path) -> None:
    with opened(restored(works, tmp_path)) as again:
        (outcome,) = drop(again, "a.md", FIRST.replace("一元", "两元"))
        assert outcome.kind == "corrected"
        (issue,) = pipeline.publish(again, NOW)
        assert issue.articles[0].id == "tag:paper.example,2026-11-20:paper/88/1"


def test_old_links_to_unsubscribe_work(works: Works, tmp_path: Path) -> None:
    (letter,) = works.settings.outbox.glob("*.eml")
    token = letter.read_text("utf-8").partition("https://service.example/unsubscribe/paper/")[2].partition(">")[0]
    with opened(restored(works, tmp_path), sound=False) as again:  # its site is not written yet
        holder = subscriptions.holder(again, "paper", token)
        assert holder is not None
        subscriptions.end(again, holder, "paper", origin="unknown", now=NOW)
        assert standing(again, NOW).work["subscription"] == {"active": 1, "unsubscribed": 1}
    assert tokens.public_id(token) in letter.name


def test_what_was_mailed_is_not_mailed_again(works: Works, tmp_path: Path) -> None:
    with opened(restored(works, tmp_path)) as again:
        pipeline.publish(again, NOW, everything=True)
        assert go(again) == 0
        assert go(again, TOMORROW) == 0
        drop(again, "b.md", SECOND)
        assert go(again, TOMORROW) == 1
        assert go(again, TOMORROW + timedelta(days=1)) == 1


def test_what_may_have_been_mailed_since_is_told_and_not_mailed(works: Works, tmp_path: Path) -> None:
    drop(works, "b.md", SECOND)
    pipeline.publish(works, NOW)
    pipeline.compose(works, NOW)
    with database.writing(works.engine) as store:
        notices.add(store, "editor@paper.example", "x", message_id="<n@paper.example>", now=NOW)
        (waiting,) = notices.due(store, NOW)
        notices.settle(store, waiting.id, "pending", error="no answer")
    file, settings = backup(works, tmp_path), new(tmp_path)
    assert go(works) == 1
    assert operations.restore(settings, file, NOW) == 1
    with opened(settings) as again:
        assert go(again) == 0
        found = standing(again, NOW)
        assert found.work["delivery"] == {"sent": 1, "uncertain": 1}
        assert (found.work["notice"], [one.kind for one in found.troubles]) == ({"failed": 1}, ["uncertain"])


def test_what_was_due_to_be_published_may_have_been_mailed_too(works: Works, tmp_path: Path) -> None:
    drop(works, "b.md", SECOND)
    settings = restored(works, tmp_path)
    assert go(works) == 1
    with opened(settings) as again:
        assert go(again) == 0
        assert "白鹭湖" in (settings.public / "index.html").read_text("utf-8")
        assert go(again, TOMORROW) == 0


def test_what_was_not_due_is_still_mailed(works: Works, tmp_path: Path) -> None:
    drop(works, "b.md", SECOND.replace("20日　星期五", "21日　星期六"))
    with opened(restored(works, tmp_path)) as again:
        assert go(again) == 0
        assert go(again, TOMORROW) == 2


def test_the_database_is_settled_before_it_is_in_its_place(
    works: Works, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drop(works, "b.md", SECOND)
    pipeline.publish(works, NOW)
    pipeline.compose(works, NOW)
    file, settings = backup(works, tmp_path), new(tmp_path)

    def crash(*_: object) -> None:
        raise OSError("killed")

    monkeypatch.setattr("digest.store.audit.doubt_letters", crash)
    with pytest.raises(OSError, match="killed"):
        operations.restore(settings, file, NOW)
    assert list(settings.data.iterdir()) == []


def test_after_a_planned_move_what_waited_is_mailed(works: Works, tmp_path: Path) -> None:
    drop(works, "b.md", SECOND)
    pipeline.publish(works, NOW)
    pipeline.compose(works, NOW)
    with opened(restored(works, tmp_path, resume_mail=True)) as again:
        assert go(again) == 1
        assert go(again, TOMORROW) == 1


def test_it_is_consistent_while_the_service_works(works: Works, tmp_path: Path) -> None:
    """Issues come in while backups are made; each backup is whole, and clean when it is restored."""
    stop = threading.Event()
    failed: list[BaseException] = []

    def work() -> None:
        n = 100
        try:
            while not stop.is_set():
                n += 1
                drop(works, f"{n}.md", SECOND.replace("89", str(n)).replace("四千", f"{n}"))
                pipeline.publish(works, NOW)
        except BaseException as error:  # noqa: BLE001  # told by the assertion below
            failed.append(error)

    writer = threading.Thread(target=work)
    writer.start()
    try:
        settings = [settings_in(tmp_path / f"new{n}") for n in range(3)]
        for each in settings:
            operations.restore(each, backup(works, tmp_path), NOW)
    finally:
        stop.set()
        writer.join()
    assert not failed
    for each in settings:
        with opened(each) as again:
            pipeline.publish(again, NOW, everything=True)
            assert operations.verify(again.settings, again.engine, now=NOW, idle=True) == ()


def test_only_its_owner_reads_it_and_the_keys(works: Works, tmp_path: Path) -> None:
    assert stat.S_IMODE(backup(works, tmp_path).stat().st_mode) == 0o600
    settings = restored(works, tmp_path)
    assert stat.S_IMODE((settings.data / "keys").stat().st_mode) == 0o700
    assert stat.S_IMODE((settings.data / "keys/token.key").stat().st_mode) == 0o600
    assert (settings.data / "keys/token.key").read_bytes() == works.key.signing[0]


def test_what_can_be_made_again_is_left_out(works: Works, tmp_path: Path) -> None:
    with tarfile.open(backup(works, tmp_path)) as archive:
        assert {name.split("/")[0] for name in archive.getnames()} == {"digest.db", "blobs", "keys", "config.yaml"}


def test_a_backup_replaces_the_one_before_and_leaves_nothing_behind(works: Works, tmp_path: Path) -> None:
    first = backup(works, tmp_path).read_bytes()
    drop(works, "b.md", SECOND)
    assert backup(works, tmp_path).read_bytes() != first
    assert not list(tmp_path.rglob(".tmp-*"))


def test_a_backup_that_cannot_be_written_says_so(works: Works, tmp_path: Path) -> None:
    with pytest.raises(DigestError) as refusal:
        operations.back_up(works.settings, works.engine, tmp_path / "missing" / "b.tar.gz", tmp_path / "config.yaml")
    assert refusal.value.code == "error.backup"
    assert not list(tmp_path.rglob(".tmp-*"))


def test_a_folder_that_is_in_use_is_not_touched(works: Works, tmp_path: Path) -> None:
    file = backup(works, tmp_path)
    before = {path: path.stat().st_mtime_ns for path in works.settings.data.rglob("*")}
    with pytest.raises(DigestError) as refusal:
        operations.restore(works.settings, file, NOW)
    assert refusal.value.code == "error.restore_folder"
    assert refusal.value.facts == {"folder": str(works.settings.data)}
    assert {path: path.stat().st_mtime_ns for path in works.settings.data.rglob("*")} == before


def member(name: str, **fields: object) -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    for field, value in fields.items():
        setattr(info, field, value)
    return info


@pytest.mark.parametrize(
    "evil",
    [
        member("../outside"),
        member("/etc/outside"),
        member("blobs/../../outside"),
        member("public/index.html"),
        member("digest.db-wal"),
        member("blobs", type=tarfile.DIRTYPE),
        member("blobs/link", type=tarfile.SYMTYPE, linkname="/etc"),
        member("blobs/link", type=tarfile.SYMTYPE, linkname="digest.db"),
        member("keys/link", type=tarfile.LNKTYPE, linkname="digest.db"),
        member("keys/pipe", type=tarfile.FIFOTYPE),
    ],
    ids=lambda info: f"{info.name}-{info.type.decode()}",
)
def test_an_archive_that_is_no_backup_is_refused_whole(works: Works, tmp_path: Path, evil: tarfile.TarInfo) -> None:
    planted = tmp_path / "planted.tar.gz"
    with tarfile.open(backup(works, tmp_path)) as honest, tarfile.open(planted, "w:gz") as archive:
        for each in honest:
            archive.addfile(each, honest.extractfile(each))
        archive.addfile(evil, io.BytesIO())
    settings = new(tmp_path)
    with pytest.raises(DigestError) as refusal:
        operations.restore(settings, planted, NOW)
    assert refusal.value.code == "error.archive_member"
    assert list(settings.data.iterdir()) == []
    assert not list(tmp_path.rglob("outside"))


def _cut(content: bytes) -> bytes:
    return content[: len(content) // 2]


def _spoilt(content: bytes) -> bytes:
    middle = len(content) // 2
    return content[:middle] + bytes(64) + content[middle + 64 :]


def _none(_content: bytes) -> bytes:
    return b""


def _other(_content: bytes) -> bytes:
    return b"not a tar file" * 1000


@pytest.mark.parametrize("damage", [_cut, _spoilt, _none, _other])
def test_a_damaged_backup_is_refused_whole(works: Works, tmp_path: Path, damage: Callable[[bytes], bytes]) -> None:
    file = backup(works, tmp_path)
    file.write_bytes(damage(file.read_bytes()))
    settings = new(tmp_path)
    with pytest.raises(DigestError) as refusal:
        operations.restore(settings, file, NOW)
    assert refusal.value.code == "error.archive"
    assert list(settings.data.iterdir()) == []


def test_the_commands_go_round(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def digest(*arguments: str) -> int:
        return cli.run(arguments, {"LANG": "zh_CN.UTF-8"})

    old, moved = tmp_path / "old", tmp_path / "moved"
    (old / "inbox").mkdir(parents=True)
    moved.mkdir()
    monkeypatch.chdir(old)
    (old / "config.yaml").write_text("inbox:\n  settle: 0\npublications:\n  - title: 渡口报\n", "utf-8")
    (old / "inbox/a.md").write_text(FIRST, "utf-8")
    assert digest("verify") == 1  # there is nothing yet to be well
    assert digest("once") == 0
    assert digest("verify") == 0
    assert "一切正常" in capsys.readouterr().out
    assert digest("backup", "../kept.tar.gz") == 0
    monkeypatch.chdir(moved)
    assert digest("restore", "../kept.tar.gz") == 0
    assert (moved / "config.yaml").read_bytes() == (old / "config.yaml").read_bytes()
    rights = [oct(stat.S_IMODE((moved / name).stat().st_mode)) for name in ("config.yaml", "inbox")]
    assert rights == ["0o640", "0o2770"]  # as `digest init` has them
    files = [path.relative_to(old) for path in (old / "data/public").rglob("*") if path.is_file()]
    assert all((moved / path).read_bytes() == (old / path).read_bytes() for path in files)
    assert digest("verify") == 0
    assert digest("restore", "../kept.tar.gz") == 1
    assert str(moved / "data") in capsys.readouterr().err
    (moved / "data/public/index.html").unlink()
    assert digest("verify") == 1
    assert "index.html" in capsys.readouterr().out
