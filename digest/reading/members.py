"""Members: the files in a zip archive, within limits, under the names that their makers gave them.

Nothing is ever unpacked to a folder: a member's name is only a name, whatever it holds.
"""

import io
import re
import stat
import unicodedata
import zipfile
import zlib
from dataclasses import dataclass

from digest.errors import RejectedError
from digest.reading import encoding

MAX_MEMBERS = 2000
"""More files are no issue."""

MAX_BYTES = 200_000_000
"""What the files may have in all, unpacked, in bytes."""

MAX_RATIO, RATIO_FROM = 100, 10_000_000
"""How many times its own size an archive may unpack to, where that is more than so many bytes. Text shrinks to a third."""

_ARCHIVES = (".zip", ".rar", ".7z", ".tar", ".gz", ".tgz", ".bz2", ".xz")
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_IS_ENCRYPTED, _IS_UTF8 = 0x1, 0x800
_OUTSIDE = re.compile("/|[A-Za-z]:")
_CLUTTER = ("thumbs.db", "desktop.ini")
_HIDDEN = re.compile(r"__MACOSX$|\.[^.]")
_NUMBERS = re.compile("([0-9]{1,18}|[〇零一二三四五六七八九十]{1,4})")
_DIGITS = {digit: value for value, digit in enumerate("〇一二三四五六七八九")} | {"零": 0, "": 0}


@dataclass(frozen=True, slots=True)
class Member:
    """A file of an archive. Its name has `/` between folders, whatever wrote it."""

    name: str
    content: bytes


def members(content: bytes) -> list[Member]:
    """Return the files of an archive in the order of their names, without what operating systems add to it.

    Raises:
        RejectedError: `rejected.damaged`, `rejected.encrypted`; `rejected.archive_members`, `rejected.archive_bytes` or
            `rejected.archive_ratio` for a limit; `rejected.archive_nested` for an archive within; `rejected.archive_link`
            or `rejected.archive_path` for a link, or a name that leads out of the archive: nobody packs an issue so.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            infos = [info for info in archive.infolist() if not info.is_dir()]
            named = zip(_names(infos), infos, strict=True)
            wanted = [(name, info) for name, info in named if not _is_clutter(name)]
            _check([info for _, info in wanted], len(content))
            for name, info in wanted:
                if stat.S_ISLNK(info.external_attr >> 16):
                    raise RejectedError("rejected.archive_link", name=name)
                if _OUTSIDE.match(name) or ".." in name.split("/"):
                    raise RejectedError("rejected.archive_path", name=name)
                if name.lower().endswith(_ARCHIVES):
                    raise RejectedError("rejected.archive_nested", name=name)
            found = [Member(name, archive.read(info)) for name, info in wanted]
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError) as error:
        raise RejectedError("rejected.damaged") from error
    return sorted(found, key=lambda member: order(member.name))


def order(name: str) -> list[str | int]:
    """Return what a name is sorted by: numbers in it count as such, Chinese ones too (第二版 before 第十版)."""
    return [_number(piece) if i % 2 else piece for i, piece in enumerate(_NUMBERS.split(name.casefold()))]


def _number(digits: str) -> int:
    if digits.isascii():
        return int(digits)
    before, ten, behind = digits.partition("十")
    if ten and len(before) <= 1 and len(behind) <= 1 and "十" not in behind:
        return (_DIGITS[before] or 1) * 10 + _DIGITS[behind]
    return int("".join(str(_DIGITS.get(digit, 10)) for digit in digits))


def _check(infos: list[zipfile.ZipInfo], size: int) -> None:
    """Refuse an archive that is too much, or that cannot be read."""
    total = sum(info.file_size for info in infos)
    if len(infos) > MAX_MEMBERS:
        raise RejectedError("rejected.archive_members", count=len(infos), limit=MAX_MEMBERS)
    if total > MAX_BYTES:
        raise RejectedError("rejected.archive_bytes", size=total, limit=MAX_BYTES)
    if total > RATIO_FROM and total > MAX_RATIO * size:
        raise RejectedError("rejected.archive_ratio", ratio=total // size)
    if any(info.flag_bits & _IS_ENCRYPTED for info in infos):
        raise RejectedError("rejected.encrypted")
    if any(info.compress_type not in _METHODS for info in infos):
        raise RejectedError("rejected.archive_method")


def _names(infos: list[zipfile.ZipInfo]) -> list[str]:
    """Return the members' names. Those that are not marked as UTF-8 are together what their bytes tell."""
    raw = [info.orig_filename.partition("\0")[0] for info in infos]
    marked = [bool(info.flag_bits & _IS_UTF8) for info in infos]
    others = "\n".join(name.replace("\n", " ") for name, is_utf8 in zip(raw, marked, strict=True) if not is_utf8)
    told = iter(_told(others.encode("cp437")).split("\n"))
    names = [name if is_utf8 else next(told) for name, is_utf8 in zip(raw, marked, strict=True)]
    return [unicodedata.normalize("NFC", name.replace("\\", "/")) for name in names]


def _told(names: bytes) -> str:
    """Return names in UTF-8, else in Chinese of either kind, else in the code page that the format prescribes."""
    try:
        return names.decode("utf-8")
    except UnicodeDecodeError:
        text, _ = encoding.chinese(names) or (None, "")
        return text or names.decode("cp437")


def _is_clutter(name: str) -> bool:
    *folders, file = name.split("/")
    return file.startswith(".") or file.lower() in _CLUTTER or any(map(_HIDDEN.match, folders))
