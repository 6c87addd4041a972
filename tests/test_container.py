"""The Dockerfile, read as Docker reads it: what it copies is there, and what it runs is no administrator."""

import json
import re
import tomllib
from fnmatch import fnmatch
from pathlib import Path

import pytest

PROJECT = Path(__file__).parent.parent
DOCKERFILE = (PROJECT / "deploy" / "Dockerfile").read_text("utf-8")


def instructions(text: str) -> list[tuple[str, str]]:
    """Return the instructions and their arguments, comments left out and continued lines joined."""
    lines = "\n".join(line for line in text.splitlines() if not line.lstrip().startswith("#"))
    joined = re.sub(r"\\\n\s*", " ", lines).splitlines()
    return [(name.upper(), rest.strip()) for name, _, rest in (line.partition(" ") for line in joined) if name]


def copied(text: str) -> list[str]:
    """Return what is copied from the project."""
    found = [rest.split() for name, rest in instructions(text) if name == "COPY" and "--from" not in rest]
    return [source for words in found for source in words[:-1]]


def built_of() -> list[str]:
    """Return what pyproject.toml says that the wheel is built of."""
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))
    wheel = project["tool"]["hatch"]["build"]["targets"]["wheel"]
    described = [project["project"]["readme"], *project["project"]["license-files"], "pyproject.toml"]
    return [*wheel["packages"], *wheel["force-include"], *wheel["shared-data"], *described]


def ignored(path: str) -> bool:
    """Say whether .dockerignore keeps a file or folder from Docker: its last pattern that fits decides."""
    verdict = False
    for line in (PROJECT / ".dockerignore").read_text("utf-8").splitlines():
        pattern = line.removeprefix("!")
        if line and not line.startswith("#") and fnmatch(path, pattern):
            verdict = not line.startswith("!")
    return verdict


def faults(text: str) -> set[str]:
    """Return what is wrong with a Dockerfile, by names of our own."""
    found = instructions(text)
    last = max(i for i, (name, _) in enumerate(found) if name == "FROM")
    final = dict(found[last:])
    wrong = {
        "base": any(name == "FROM" and not re.match(r"\S+:\d[\w.]*-slim\S*( |$)", rest) for name, rest in found),
        "user": not re.fullmatch(r"[1-9]\d+:[1-9]\d+", final.get("USER", "")),
        "health": "/healthz" not in final.get("HEALTHCHECK", ""),
        "volume": final.get("VOLUME") != f'["{final.get("WORKDIR")}"]',
        "shell": not all(_is_list(final.get(name, "")) for name in ("ENTRYPOINT", "CMD")),
        "unlocked": not all(
            re.search("--require-hashes|--no-deps", line) for line in text.split("RUN") if "pip install" in line
        ),
        "add": any(name == "ADD" for name, _ in found),
        "lacks": not set(built_of()) | {"requirements.lock"} <= set(copied(text)),
        "ignored": any(ignored(source) or not (PROJECT / source).exists() for source in copied(text)),
    }
    return {name for name, is_wrong in wrong.items() if is_wrong}


def _is_list(words: str) -> bool:
    return words.startswith("[") and all(isinstance(word, str) for word in json.loads(words))


def test_it_is_well() -> None:
    assert faults(DOCKERFILE) == set()
    assert ignored("tests")
    assert ignored(".git")
    assert ignored("digest/web/__pycache__")


@pytest.mark.parametrize(
    ("fault", "right", "wrong"),
    [
        ("base", "python:3.11-slim-bookworm\n", "python:latest\n"),
        ("user", "USER 10001:10001", "USER root"),
        ("user", "USER 10001:10001\n", ""),
        ("health", "/healthz", "/"),
        ("volume", '["/srv/digest"]', '["/data"]'),
        ("shell", 'ENTRYPOINT ["digest"]', "ENTRYPOINT digest"),
        ("unlocked", "--require-hashes", ""),
        ("add", "COPY templates ./templates", "COPY templates ./templates\nADD templates ./templates"),
        ("lacks", "COPY templates ./templates", ""),
        ("ignored", "COPY templates ./templates", "COPY templates tests ./templates"),
    ],
)
def test_a_mistake_in_it_is_found(fault: str, right: str, wrong: str) -> None:
    assert right in DOCKERFILE
    assert faults(DOCKERFILE.replace(right, wrong)) == {fault}
