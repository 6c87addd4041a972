"""How long does a search take from end to end, beside the bare SQL of the same query, and how large is the index?

    python benchmarks/search.py [ARTICLES]

An archive of 20,000 articles is mixed, with a fixed seed, from the paragraphs of the samples. Each query is asked over
HTTP of the running service, and its SQL of the database alone; they take turns. Prints the 95th percentiles and their
ratio; five times the bare SQL is the bar. Then the index against the text, and how long it takes to make it anew.
"""

import http.client
import json
import random
import sqlite3
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from statistics import median, quantiles
from typing import Any
from urllib.parse import quote

from sqlalchemy import text, update

from benchmarks.polling import served
from digest import app, demo, indexing, reading, settings, web
from digest.model import Article, Issue, Masthead, Source
from digest.parsing import parse
from digest.search import Form
from digest.store import database, publications, revisions, search
from digest.store.schema import article, issue, source
from digest.works import Works

ARTICLES = 20_000
PER_ISSUE = 13
SECTIONS = 12
QUERIES = 150
BAR = 5.0
NOW = datetime(2026, 11, 20, 4, tzinfo=UTC)
GATE = Path(__file__).parent.parent / "tests" / "data" / "gate"


def samples() -> list[Article]:
    """Return the articles of all fictional papers that the project has."""
    files = [*demo.samples(), *(path for path in sorted(GATE.iterdir()) if path.suffix in {".txt", ".md"})]
    issues = [parse(reading.read(Source(file.name, file.read_bytes()))) for file in files]
    return [one for each in issues for one in each.articles if one.paragraphs]


def mixed(known: Sequence[Article], count: int, chance: random.Random) -> list[Article]:
    """Return so many articles, each with the paragraphs of others below its own headline."""
    paragraphs = [paragraph for one in known for paragraph in one.paragraphs]
    sections = sorted({one.section for one in known if one.section})[:SECTIONS]

    def one() -> Article:
        text = tuple(chance.choices(paragraphs, k=chance.randint(6, 16)))
        return replace(chance.choice(known), paragraphs=text, section=chance.choice(sections))

    return [one() for _ in range(count)]


def fill(works: Works, articles: Sequence[Article]) -> None:
    """Store the articles as an archive that readers have, a day's issue after the other."""
    first = date(2020, 1, 1)
    with database.writing(works.engine) as store:
        row = publications.id_of(store, "paper")
        values = {"publication_id": row, "key": "k", "sha256": "s", "name": "n", "dropped_at": NOW, "state": "done"}
        source_id: int = store.execute(source.insert().values(values).returning(source.c.id)).scalar_one()
    for n in range(0, len(articles), PER_ISSUE):
        day = first + timedelta(days=n // PER_ISSUE)
        parsed = Issue(Masthead(title="河湾日报", date=day, date_origin="masthead"), tuple(articles[n : n + PER_ISSUE]))
        published = datetime.combine(day, datetime.min.time(), UTC)
        minted = revisions.Minted(row, "paper", str(n), day, published)
        with database.writing(works.engine) as store:
            revisions.save(store, parsed, minted, source_id, NOW)
            store.execute(text("DELETE FROM issue_revision"))
    with database.writing(works.engine) as store:
        store.execute(update(issue).values(state="published", published_rev=1))
        store.execute(update(article).values(public=True))


def asked(articles: Sequence[Article], chance: random.Random) -> list[Form]:
    """Return queries: pieces of text as readers remember them, two of them, with a condition, by relevance."""
    forms = []
    for _ in range(QUERIES):
        one = "".join(chance.choice(articles).paragraphs)
        begin, other = (chance.randrange(len(one) - 4) for _ in range(2))
        words = one[begin : begin + chance.randint(2, 4)]
        kind = chance.randrange(4)
        forms.append(
            (
                Form(words=words),
                Form(words=f"{words} {one[other : other + 2]}"),
                Form(words=words, since="2022-01", until="2023-06"),
                Form(words=words, best=True),
            )[kind]
        )
    return [*forms, Form(words="的"), Form(words="一"), Form(words="市 年 不")]


def bare(connection: sqlite3.Connection, works: Works, form: Form) -> float:
    """Return how long the SQL of a query takes alone: which articles, and what the page shows of them."""
    with database.reading(works.engine) as store:
        statement, values = search.statement(store, [1], form.query, "best" if form.best else "newest")
    start = time.perf_counter()
    ids = [row[0] for row in connection.execute(statement, values | {"most": search.MOST + 1})][:20]
    shown = "SELECT a.*, i.language FROM article a JOIN issue i ON i.id = a.issue_id WHERE a.id IN "
    connection.execute(f"{shown} (SELECT value FROM json_each(?))", [json.dumps(ids)]).fetchall()
    return time.perf_counter() - start


def whole(connection: http.client.HTTPConnection, form: Form) -> tuple[float, int]:
    """Return how long the service takes to answer, and the size of its page."""
    start = time.perf_counter()
    connection.request("GET", f"/search?{form.address}")
    answer = connection.getresponse()
    content = answer.read()
    assert answer.status == 200, quote(form.words)
    return time.perf_counter() - start, len(content)


def measure(works: Works, forms: Sequence[Form]) -> list[tuple[float, float]]:
    """Return, for each query, how long its SQL and its page take."""
    database_file = works.settings.data / "digest.db"
    connection = sqlite3.connect(database_file)
    with served(web.build(works, lambda: NOW)) as service:
        for form in forms[:20]:
            bare(connection, works, form), whole(service, form)
        found = [(bare(connection, works, form), whole(service, form)[0]) for form in forms]
    connection.close()
    return found


def size(works: Works, articles: Sequence[Article]) -> tuple[int, int]:
    """Return the bytes of the text and of the index."""
    written = sum(len("".join((one.title, *one.paragraphs)).encode()) for one in articles)
    with database.reading(works.engine) as store:
        blocks: Any = store.execute(text("SELECT sum(length(block)) FROM search_index_data")).scalar_one()
        return written, blocks


def main() -> None:
    """Time and print."""
    chance = random.Random(20)
    articles = mixed(samples(), int(sys.argv[1]) if len(sys.argv) > 1 else ARTICLES, chance)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        configured = settings.Settings(
            data=folder / "data", inbox=settings.Inbox(folder=folder / "inbox"), authority="paper.example"
        )
        with app.open_service(configured, {}, NOW) as works:
            fill(works, articles)
            start = time.perf_counter()
            indexing.catch_up(works.engine)
            made = time.perf_counter() - start
            times = measure(works, asked(articles, chance))
            written, blocks = size(works, articles)
    alone, served_ = ([1000 * one for one in each] for each in zip(*times, strict=True))
    late = [quantiles(each, n=20)[-1] for each in (alone, served_)]
    ratio = late[1] / late[0]
    print(f"{len(articles)} articles, {len(times)} queries     median     p95")
    print(f"bare SQL                          {median(alone):7.2f} {late[0]:7.2f} ms")
    print(f"end to end                        {median(served_):7.2f} {late[1]:7.2f} ms")
    print(f"p95 {ratio:.2f} times the bare SQL; the bar of {BAR} is {'met' if ratio <= BAR else 'missed'}")
    print(
        f"text {written / 1e6:.1f} MB, index {blocks / 1e6:.1f} MB: {blocks / written:.2f} of it; made in {made:.1f} s"
    )


if __name__ == "__main__":
    main()
