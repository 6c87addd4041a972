"""How long does a search take from end to end, beside the bare SQL of the same query, and how large is the index?

    python -m benchmarks.search [ARTICLES ...]

An archive is mixed, with a fixed seed, from the paragraphs of the samples. Each query is asked over
HTTP of the running service, and its SQL of the database alone; they take turns.
"""

import http.client
import json
import random
import sqlite3
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from statistics import median, quantiles
from typing import Any
from urllib.parse import quote

from sqlalchemy import text, update

from benchmarks import measuring, papers, service
from benchmarks.measuring import Line
from digest import indexing, web
from digest.model import Article, Issue, Masthead
from digest.search import Form
from digest.store import database, publications, revisions, search
from digest.store.schema import article, issue, source
from digest.store.search import sqlite
from digest.store.search.asked import Asked
from digest.works import Works

COUNTS = (20_000,)
PER_ISSUE = 13
SECTIONS = 12
QUERIES = 150
BAR = 5.0
NOW = datetime(2026, 11, 20, 4, tzinfo=UTC)


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
        wanted = Asked.of(store, [1], form.query)
    statement, values = sqlite.statement(wanted, "best" if form.best else "newest")
    start = time.perf_counter()
    ids = [row[0] for row in connection.execute(statement, values | {"most": search.MOST + 1})][:20]
    shown = "SELECT a.*, i.language FROM article a JOIN issue i ON i.id = a.issue_id WHERE a.id IN "
    connection.execute(f"{shown} (SELECT value FROM json_each(?))", [json.dumps(ids)]).fetchall()
    return time.perf_counter() - start


def whole(connection: http.client.HTTPConnection, form: Form) -> float:
    """Return how long the service takes to answer."""
    start = time.perf_counter()
    connection.request("GET", f"/search?{form.address}")
    answer = connection.getresponse()
    answer.read()
    assert answer.status == 200, quote(form.words)
    return time.perf_counter() - start


def measure(works: Works, forms: Sequence[Form]) -> list[tuple[float, float]]:
    """Return, for each query, how long its SQL and its page take."""
    connection = sqlite3.connect(works.settings.data / "digest.db")
    with service.served(web.build(works, lambda: NOW)) as asking:
        for form in forms[:20]:
            bare(connection, works, form), whole(asking, form)
        found = [(bare(connection, works, form), whole(asking, form)) for form in forms]
    connection.close()
    return found


def size(works: Works, articles: Sequence[Article]) -> tuple[int, int]:
    """Return the bytes of the text and of the index."""
    written = sum(len("".join((one.title, *one.paragraphs)).encode()) for one in articles)
    with database.reading(works.engine) as store:
        blocks: Any = store.execute(text("SELECT sum(length(block)) FROM search_index_data")).scalar_one()
        return written, blocks


def run(*counts: int) -> Iterator[Line]:
    """Measure archives of so many articles, each in a process of its own."""
    for count in counts or COUNTS:
        yield from measuring.alone(searched, count)


def searched(count: int) -> list[Line]:
    """Fill an archive, and ask it."""
    chance = random.Random(20)
    articles = mixed(papers.articles(), count, chance)
    forms = asked(articles, chance)
    with tempfile.TemporaryDirectory() as name, service.opened(Path(name), now=NOW) as works:
        fill(works, articles)
        made = measuring.cost(lambda: indexing.catch_up(works.engine))
        written, blocks = size(works, articles)
        times = measure(works, forms)
    alone, ours = ([1000 * one for one in each] for each in zip(*times, strict=True))
    floor, own = (quantiles(each, n=20)[-1] for each in (alone, ours))
    told = f"{own:.1f} ms against {floor:.1f}; medians {median(ours):.1f} against {median(alone):.1f}"
    what = f"search among {count} articles against the bare SQL, 95th percentile of {len(forms)} queries"
    index = f"{blocks / 1e6:.0f} MB for {written / 1e6:.0f} MB of text; made in {made.seconds:.0f} s"
    return [
        Line(what=what, value=own / floor, bar=BAR, told=told),
        Line(what=f"search index of {count} articles against their text, bytes", value=blocks / written, told=index),
    ]


if __name__ == "__main__":
    measuring.show(run(*map(int, sys.argv[1:])))
