"""Mistakes in the program, each made in the process in which it is called: what a suite is worth is what it catches."""

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from alembic.runtime.migration import HeadMaintainer
from sqlalchemy import Connection

from digest import atomic, inbox, intake, model, output, publishing
from digest.delivery.smtp import SmtpChannel
from digest.inbox import Claim, names
from digest.operations import backup
from digest.store import database, issues, sources


def word_after_file() -> None:
    """The file is in `done/` before its receipt is written."""

    def move(self: inbox.Inbox, claim: Claim, folder: Path, suffix: str, words: str) -> Path:
        atomic.make_folder(folder)
        file = names.free(folder / claim.path.name, (suffix, names.SIDECAR))
        claim.path.rename(file)
        if claim.sidecar:
            claim.sidecar.rename(file.with_name(file.name + names.SIDECAR))
        atomic.replace(file.with_name(file.name + suffix), words.encode())
        return file

    _put(inbox.Inbox, "_move", move)


def done_before_saved() -> None:
    """A source is marked as done before its issue is saved."""
    really = intake._settle

    def settle(works: Any, source_id: int, *arguments: Any) -> None:
        with database.writing(works.engine) as store:
            sources.finish(store, source_id)
        really(works, source_id, *arguments)

    _put(intake, "_settle", settle)
    _put(sources, "is_pending", lambda *_: True)


def torn_files() -> None:
    """A file is written where it is read."""

    def replace_all(files: Mapping[Path, bytes], mode: int = 0o644) -> None:
        for target, content in files.items():
            target.write_bytes(content)
            target.chmod(mode)

    @contextmanager
    def replacing(target: Path, mode: int = 0o644) -> Iterator[Path]:
        yield target

    _put(atomic, "replace_all", replace_all)
    _put(atomic, "replacing", replacing)


def feed_before_pages() -> None:
    """The feed is written before the pages that it leads to."""
    later: list[tuple[Path, Mapping[str, bytes]]] = []
    write, pages, retire = output.write, publishing._write_pages, output.retire

    def write_pages(*arguments: Any, **named: Any) -> Any:
        _put(output, "write", lambda root, files: later.append((root, dict(files))))
        try:
            return pages(*arguments, **named)
        finally:
            _put(output, "write", write)

    def then(*arguments: Any) -> None:
        for root, files in later:
            write(root, files)
        retire(*arguments)

    _put(publishing, "_write_pages", write_pages)
    _put(output, "retire", then)


def published_before_written() -> None:
    """The database tells that an issue is published before it is."""
    mark = issues.mark_published
    written = publishing.write

    def write(works: Any, publication: Any, due: list[Any], now: datetime, **named: Any) -> Any:
        with database.writing(works.engine) as store:
            everything = {one.id for each in due for one in issues.get(store, each.id).articles}
            mark(store, issues_publication(store, publication), due, everything)
        return written(works, publication, due, now, **named)

    from digest.store.publications import id_of

    def issues_publication(store: Connection, publication: Any) -> int:
        return id_of(store, publication.slug)

    _put(publishing, "write", write)
    _put(issues, "mark_published", lambda *_: None)


def schema_before_its_number() -> None:
    """A migration's tables are committed before the number of the schema is."""
    really = HeadMaintainer.update_to_step

    def update(self: HeadMaintainer, step: Any) -> None:
        assert self.context.connection is not None
        self.context.connection.exec_driver_sql("COMMIT")
        self.context.connection.exec_driver_sql("BEGIN IMMEDIATE")
        really(self, step)

    _put(HeadMaintainer, "update_to_step", update)


def database_first() -> None:
    """A restored folder has its database before the bytes that it tells of."""
    really = backup._unpack

    def unpack(archive: Path, place: Path) -> None:
        really(archive, place)
        (place.parent / backup.DATABASE).hardlink_to(place / backup.DATABASE)

    _put(backup, "_unpack", unpack)
    _put(backup, "_doubt_letters_in", lambda *_: 0)


def mark_after_dot() -> None:
    """That a letter is out is marked when its reply is there."""
    really = SmtpChannel.send

    def send(self: SmtpChannel, message: model.Message, on_data: Callable[[], None]) -> None:
        really(self, message, lambda: None)
        on_data()

    _put(SmtpChannel, "send", send)


def no_sync() -> None:
    """Nothing waits for the disk."""
    _put(os, "fsync", lambda _handle: None)


def no_sync_of_folders() -> None:
    """The bytes of a file are waited for, its name is not."""
    _put(atomic, "sync", lambda _folder: None)


def _put(owner: Any, name: str, value: Any) -> None:
    setattr(owner, name, value)
