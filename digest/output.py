"""{path: bytes} → a folder: every file appears whole or not at all, and only what changed is written."""

from collections.abc import Collection, Iterable, Mapping
from itertools import islice
from pathlib import Path
from typing import Literal

from digest import atomic
from digest.errors import DigestError

GONE = "gone"
"""The empty file that tells a web server that its folder was there once, and is not any more."""

TOGETHER = 100
"""How many files are open at a time."""


def write_all(root: Path, parts: Iterable[Mapping[str, bytes]]) -> None:
    """Write what comes in parts: those that come first are there first, but many of them at a time."""
    waiting: dict[str, bytes] = {}
    for files in parts:
        waiting |= files
        if len(waiting) >= TOGETHER:
            write(root, waiting)
            waiting = {}
    write(root, waiting)


def write(root: Path, files: Mapping[str, bytes]) -> list[str]:
    """Write `files`, whose paths are relative to `root`; return the paths that did not hold these bytes before.

    What is new comes first, since what is there may lead to it; else they are written in their order. A call is a
    barrier: when it returns, what it wrote is on the disk, so that what is written next may point there.
    """
    found = {path: _found(_inside(root, path), content) for path, content in files.items()}
    changed = [path for state in ("missing", "other") for path in found if found[path] == state]
    waiting = iter(changed)
    while some := list(islice(waiting, TOGETHER)):
        atomic.make_folders((root / path).parent for path in some)
        atomic.replace_all({root / path: files[path] for path in some})
    atomic.sync_all({(root / path).parent for path in changed})
    return changed


def remove(root: Path, paths: Iterable[str]) -> None:
    """Remove files, as far as they are there."""
    there = [target for path in paths if (target := _inside(root, path)).exists()]
    for target in there:
        target.unlink()
    atomic.sync_all({target.parent for target in there})


def retire(root: Path, above: str, kept: Collection[str]) -> None:
    """Take from readers the folders in `above` whose names are not in `kept`: each holds no more than the sign `GONE`.

    One that is kept loses the sign when it holds something again.
    """
    for folder in sorted((root / above).glob("*/")):
        left = [path for path in folder.iterdir() if path.name != GONE]
        if left and folder.name in kept:
            (folder / GONE).unlink(missing_ok=True)
        elif left:
            (folder / GONE).touch()
            for path in left:
                path.unlink()
            atomic.sync(folder)


def _inside(root: Path, path: str) -> Path:
    """Return where `path` lies; a path that leads out of `root` is refused."""
    target = root / path
    if ".." in target.parts or not target.is_relative_to(root) or target == root:
        raise DigestError("error.path", path=path)
    return target


def _found(target: Path, content: bytes) -> Literal["same", "other", "missing"]:
    """Say what is at a place where `content` is to be."""
    try:
        same = target.stat().st_size == len(content) and target.read_bytes() == content
    except FileNotFoundError:
        return "missing"
    return "same" if same else "other"
