"""{path: bytes} → a folder: every file appears whole or not at all, and only what changed is written."""

from collections.abc import Mapping
from pathlib import Path

from digest import atomic
from digest.errors import DigestError


def write(root: Path, files: Mapping[str, bytes]) -> list[str]:
    """Write `files`, whose paths are relative to `root`; return the paths that did not hold these bytes before.

    A call is a barrier: when it returns, what it wrote is on the disk, so that what is written next may point there.
    """
    changed = []
    for path, content in files.items():
        target = _inside(root, path)
        if not _holds(target, content):
            atomic.make_folder(target.parent)
            atomic.replace(target, content)
            changed.append(path)
    for folder in {(root / path).parent for path in changed}:
        atomic.sync(folder)
    return changed


def _inside(root: Path, path: str) -> Path:
    """Return where `path` lies; a path that leads out of `root` is refused."""
    target = root / path
    if ".." in target.parts or not target.is_relative_to(root) or target == root:
        raise DigestError("error.path", path=path)
    return target


def _holds(target: Path, content: bytes) -> bool:
    try:
        return target.stat().st_size == len(content) and target.read_bytes() == content
    except FileNotFoundError:
        return False
