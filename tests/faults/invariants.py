"""What must hold of an office whatever happened to it, looked at from outside."""

import hashlib
import json
import sqlite3
import sys
from collections import Counter
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path, PurePath
from typing import Any
from urllib.parse import unquote

from lxml import etree

from digest import app, config, operations
from digest.inbox.folder import REASON, RECEIPT

SITE = "https://paper.example/"


_ID = "substr(tag, instr(tag, ':paper/'))"
"""An id without the day on which it was minted: a start after midnight has another."""


def facts(folder: Path) -> dict[str, Any]:
    """Return what must be the same, whatever happened on the way: rows, dropped files with their words, public files."""
    with closing(sqlite3.connect(folder / "data/digest.db")) as raw:
        rows = {
            name: sorted(raw.execute(query).fetchall())
            for name, query in {
                "articles": f"SELECT {_ID}, day, place, public, withdrawn_at IS NOT NULL, content FROM article",
                "issues": f"SELECT {_ID}, rev = published_rev, state FROM issue",
                "sources": "SELECT name, key, state FROM source",
                "drops": 'SELECT name, outcome, words FROM "drop"',
                "notices": "SELECT recipient, text, state FROM notice",
                "letters": "SELECT email, delivery.state FROM delivery JOIN subscriber ON subscriber.id = subscriber_id",
                "subscribers": "SELECT email, subscriber.state, subscription.state, cadence "
                "FROM subscription JOIN subscriber ON subscriber.id = subscriber_id",
                "consents": "SELECT subscriber_id, event, wording FROM consent",
                "schema": "SELECT version_num FROM alembic_version",
            }.items()
        }
    shown = folder / "data/public"
    public = sorted(str(path.relative_to(shown)) for path in shown.rglob("*") if path.is_file() and _is_shown(path))
    return rows | {
        "dropped": sorted((path.name, path.read_bytes()) for path in _dropped(folder)),
        "public": public,
        "beside": sorted(path.name for path in folder.iterdir() if _is_shown(path)),
        "sent": len(list((folder / "data/outbox").glob("*.eml"))),
        "entries": _entries(shown / "feed.json"),
    }


def differences(expected: dict[str, Any], found: dict[str, Any]) -> list[str]:
    """Tell in what two offices differ that should not."""
    told, found = [], _excused(expected, found)
    for name, value in expected.items():
        if found[name] != value:
            lacking = [one for one in value if one not in found[name]] if isinstance(value, list) else value
            surplus = [one for one in found[name] if one not in value] if isinstance(value, list) else found[name]
            told.append(f"{name}: lacks {lacking!r:.300}, has {surplus!r:.300}")
    return told


def _excused(expected: dict[str, Any], found: dict[str, Any]) -> dict[str, Any]:
    """Let one letter that was on its way be listed as uncertain, sent or not (reliability.md, 2.1)."""
    if sum(state == "uncertain" for _, state in found["letters"]) != 1:
        return found
    letters = sorted((email, "sent" if state == "uncertain" else state) for email, state in found["letters"])
    sent = expected.get("sent", 0)
    return found | {"letters": letters, "sent": sent if found["sent"] == sent - 1 else found["sent"]}


def unsound(folder: Path, before: Counter[bytes]) -> list[str]:
    """Tell what is wrong at any moment, also right after a crash: something lost, torn, or leading nowhere."""
    found = [f"torn: {path}" for path in sorted((folder / "data/public").rglob("*")) if is_torn(path)]
    found += [f"the feed leads to nothing: {path}" for path in _dead_links(folder / "data/public")]
    for path in (folder / "data/blobs").rglob("*"):
        if path.is_file() and not path.name.startswith(".tmp-") and _sha256(path) != path.name:
            found.append(f"torn: {path}")
    held = dropped(folder)
    found += [
        f"dropped, and there {held[content]} times: {content[:60]!r}"
        for content in before
        if held[content] != before[content]
    ]
    for path in _dropped(folder):
        word = {"done": RECEIPT, "rejected": REASON}.get(path.relative_to(folder / "inbox").parts[0])
        if word and not path.name.endswith((word, ".yaml")) and not path.with_name(path.name + word).exists():
            found.append(f"without a word: {path}")
    return found


def schema(folder: Path) -> list[Any]:
    """Return the revision of the schema; nothing where there is none yet."""
    if (path := folder / "data/digest.db").exists():
        with closing(sqlite3.connect(path)) as raw, suppress(sqlite3.OperationalError):
            return raw.execute("SELECT version_num FROM alembic_version").fetchall()
    return []


def verified(folder: Path) -> int:
    """Look at a folder as `digest verify` does beside a running service: what was begun is no fault, the rest is.

    Bytes are kept before the row that tells of them, so what was cut off between the two is no fault either.
    """
    settings = config.load(folder / "config.yaml")
    found = operations.verify(settings, app.open_existing(settings), now=datetime.now(UTC), idle=False)
    found = tuple(one for one in found if one.code != "verify.blob_unknown")
    sys.stdout.writelines(f"{each}\n" for each in found)
    return len(found)


def dropped(folder: Path) -> Counter[bytes]:
    """Count what lies in the inbox, by content."""
    return Counter(path.read_bytes() for path in _dropped(folder) if not path.name.endswith((RECEIPT, REASON)))


def _dropped(folder: Path) -> list[Path]:
    return [path for path in (folder / "inbox").rglob("*") if path.is_file() and not path.name.startswith(".")]


def _is_shown(path: Path) -> bool:
    return not path.name.startswith(".tmp-")


def is_torn(path: Path) -> bool:
    """Say whether a public file is only a part of one."""
    if not path.is_file() or not _is_shown(path) or path.name == "gone":
        return False
    return not is_whole(path.name, path.read_bytes())


def is_whole(name: str, content: bytes) -> bool:
    """Say whether bytes are all of a public file of this name."""
    kind = PurePath(name).suffix
    if kind == ".html":
        return content.rstrip().endswith(b"</html>")
    try:
        if kind in {".xml", ".xsl", ".opml", ".svg"}:
            etree.fromstring(content)
        elif kind == ".json":
            json.loads(content)
    except (etree.XMLSyntaxError, ValueError):
        return False
    return bool(content)


def _entries(feed: Path) -> list[str]:
    return (
        [item["id"].partition(":paper/")[2] for item in json.loads(feed.read_bytes())["items"]] if feed.exists() else []
    )


def _dead_links(public: Path) -> list[str]:
    """Return the pages that the feeds lead to, and that are not there."""
    links = set()
    for feed in public.rglob("feed.json"):
        if not is_torn(feed):
            links |= {item["url"] for item in json.loads(feed.read_bytes())["items"]}
    for name in ("feed.xml", "atom.xml"):
        for feed in public.rglob(name):
            if not is_torn(feed):
                links |= {link.text or link.get("href") for link in etree.parse(feed).iterfind(".//{*}item/link")}
                links |= {
                    link.get("href") for link in etree.parse(feed).iterfind(".//{*}entry/{*}link[@rel='alternate']")
                }
    places = (unquote(link.removeprefix(SITE)) for link in links if link)
    return sorted(place for place in places if not (public / place / "index.html").exists())


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
