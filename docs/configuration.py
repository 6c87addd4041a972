"""Print docs/configuration.md, made from config.yaml, which bears every setting with its default.

python docs/configuration.py > docs/configuration.md
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

SETTINGS = Path(__file__).parent.parent / "config.yaml"

HEAD = """# Every setting

Made from [config.yaml](../config.yaml) by `docs/configuration.py`. What is left out keeps its default; a key that is not
known is an error that names its line. Paths are taken from the file's own folder. `digest doctor` looks a file over.
"""

_KEY = re.compile(r"(?P<indent> *(?:- )?)(?P<key>\w+):\s*(?P<value>[^#]*?)\s*(?:#\s*(?P<what>.*))?$")


def reference(text: str) -> str:
    """Return the page for the text of a config.yaml: a part for each of its paragraphs."""
    parts = [_part(paragraph.splitlines()) for paragraph in text.strip().split("\n\n")]
    return "\n".join([HEAD, *filter(None, parts)])


def _part(lines: list[str]) -> str:
    """Return what a paragraph says of its keys; nothing for one without any."""
    about = " ".join(line.lstrip("# ") for line in lines if line.startswith("#"))
    rows = list(_rows(lines))
    names = dict.fromkeys(f"`{row.split('`')[1].partition('.')[0]}`" for row in rows)
    return "\n".join(
        [f"## {', '.join(names)}", "", about, "", "| key | default | |", "| --- | --- | --- |", *rows, ""]
    ) * bool(rows)


def _rows(lines: list[str]) -> Iterator[str]:
    """Yield a row for each key that has a value, by the names of all keys above it."""
    above: list[tuple[int, str]] = []
    for found in filter(None, map(_KEY.match, lines)):
        depth = len(found["indent"])
        above = [(at, key) for at, key in above if at < depth] + [(depth, found["key"])]
        if found["value"]:
            what = (found["what"] or "").replace("|", r"\|")
            yield f"| `{'.'.join(key for _, key in above)}` | `{found['value']}` | {what} |"


if __name__ == "__main__":
    sys.stdout.write(reference(SETTINGS.read_text("utf-8")))
