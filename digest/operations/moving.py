"""An installation moved from one database to another: from SQLite to PostgreSQL when it has grown, or back."""

from contextlib import ExitStack
from pathlib import Path

from digest import datafolder
from digest.errors import DigestError
from digest.store import database, moving, outbox


def migrate(origin: Path | str, target: Path | str, *, resend: bool, progress: moving.Progress = moving.silent) -> int:
    """Carry all rows of the database at `origin` to the empty one at `target`; return how many there are.

    What a mailer that is no more had claimed is let go of before, as a start would (`outbox.recover`). The origin is
    left as it is, and serves as long as the settings name it.

    Raises DigestError: "error.running" where a service is at work on either, "error.no_database" where there is no
    origin, and what `moving.move` raises. Then the target is as it was.
    """
    if isinstance(origin, Path) and not origin.exists():
        raise DigestError("error.no_database", path=str(origin))
    with ExitStack() as stack:
        engines = []
        for place in (origin, target):
            if isinstance(place, Path):
                datafolder.reserve(place)
            engine = database.connect(place)
            stack.callback(engine.dispose)
            stack.enter_context(database.sole(engine))
            database.upgrade(engine)
            engines.append(engine)
        source, destination = engines
        with database.writing(source) as store:
            outbox.recover(store, resend=resend)
        return moving.move(source, destination, progress=progress)
