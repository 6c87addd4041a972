"""The parse record: an issue as one JSON object, its keys in the order that people and programs rely on."""

import json
from pathlib import Path

from digest.messages import Messages
from digest.model import Source
from digest.parsing import parse
from digest.parsing.record import record
from digest.reading import read
from tests.conftest import Golden

SAMPLE = Path(__file__).parents[2] / "digest" / "samples" / "qichuan-2026-11-20.txt"
KEYS = [
    "source",
    "language",
    "title",
    "date",
    "date_origin",
    "weekday",
    "lunar_date",
    "number",
    "page_count",
    "url",
    "email",
    "coverage",
    "confidence",
    "warnings",
    "left_over",
    "articles",
]
ARTICLE_KEYS = [
    "kind",
    "label",
    "kicker",
    "headline",
    "subheadline",
    "lede",
    "page",
    "section",
    "dateline",
    "authors",
    "paragraphs",
    "crossheads",
    "pictures",
    "keywords",
    "summary",
    "confidence",
]


def test_the_record_of_a_sample(golden: Golden) -> None:
    made = record(SAMPLE.name, parse(read(Source(SAMPLE.name, SAMPLE.read_bytes()))), Messages("zh"))
    golden("record-qichuan.json", (json.dumps(made, ensure_ascii=False, indent=1) + "\n").encode())


def test_the_keys_and_their_order() -> None:
    made = record(SAMPLE.name, parse(read(Source(SAMPLE.name, SAMPLE.read_bytes()))), Messages("en"))
    assert list(made) == KEYS
    assert list(made["articles"][0]) == ARTICLE_KEYS


def test_warnings_are_in_words() -> None:
    made = record("a.txt", parse(read(Source("a.txt", "爱护一河清水".encode()))), Messages("en"))
    assert "No articles were found." in made["warnings"]
