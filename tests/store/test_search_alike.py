"""The indexes of both databases answer alike: the same articles in the same order, whatever is asked for."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import func, insert, select, text, update

from digest import indexing, reading
from digest.errors import DigestError
from digest.model import Article, Author, Issue, Masthead, Source
from digest.parsing import parse
from digest.search import Query
from digest.search import parse as asked
from digest.store import database, publications, revisions, search
from digest.store.database import Engine
from digest.store.schema import article, issue, source
from digest.store.search import postgres
from digest.store.search.asked import Asked
from digest.store.search.kinds import index_of
from tests.postgres import Server

GATE = Path(__file__).parent.parent / "data" / "gate"
NOW = datetime(2026, 11, 20, 4, tzinfo=UTC)
FIRST_DAY = date(2026, 1, 1)
PER_ISSUE = 12
SLUGS = ("hewan", "duhe")
SECONDS = 60.0
LONG = "x" * 50
ODD = (
    Article(headline="哈哈哈哈", paragraphs=("哈哈 哈哈哈。", "讨论讨论，讨论。"), authors=(Author("记者", "哈哈"),)),
    Article(headline=LONG, paragraphs=(f"{LONG}a {LONG}b", "y" * 9000), authors=(Author("记者", f"{LONG}a"),)),
    Article(headline="哈", paragraphs=("，".join(["哈哈讨论"] * 300),), authors=(Author("记者", "林晓棠"),)),
    Article(headline="林晓棠", paragraphs=("林晓", "棠。100% of a_b\\c 'd' --"), authors=(Author("记者", "林晓 棠"),)),
    Article(headline="ＧＤＰ　ｶﾞｽ straße", paragraphs=("𠮷野家 ภาษา é e\u0301",), section="国际·要闻"),
    Article(headline="", paragraphs=("@林 @晓",), section="%"),
)
QUERIES = {
    "words": "的|一|本报讯|记者|渡口|图书馆|“图书馆”|一 的|市 年 不|学校 学生|哈哈 讨论|哈|哈哈|哈哈哈|讨论|讨论讨论",
    "Latin": f"the|the of|river|“the river”|STRASSE|é|a_b|100%|ｶﾞ|gdp ガス|𠮷|ภาษ|{LONG}|{LONG}a|{LONG}a作|{LONG}c",
    "unwanted": "本报讯 -记者|-的|-本报讯|-“本报讯（记者”|学校 -“学生们” -的|学校 -不 -“图书馆”|-作者:林",
    "authors": f"作者:林|作者:林晓棠|author:smith|林晓 作者:林晓棠|林 作者:林|哈哈 作者:哈哈|作者:{LONG}a|作者:{LONG}c",
    "sections": "版面:要闻|section:国|section:火星|本报讯 section:要闻|section:要闻 版面:国际|的 -一 section:要",
    "dates": "自:2026-01-10|至:2026-01-03 的|的 自:2026-01-05 至:2026-01-09|自:2030|至:9999|自:2026-01-05 -的",
    "nothing but signs": '% _|"" -|\\|*|“的|- -|\ue000|林\ue000晓|a\0b|\ud800',
    "hostile": '\'; DROP TABLE search_index; --|AND OR NOT|NEAR(的 一)|authors : 林|@林|{"的"}|:the|title : the',
}


@cache
def articles() -> list[Article]:
    """Return the articles of fictional papers, and odd ones."""
    files = [path for path in sorted(GATE.iterdir()) if path.suffix in {".txt", ".md"}]
    issues = [parse(reading.read(Source(file.name, file.read_bytes()))) for file in files]
    return [*(one for each in issues for one in each.articles if one.paragraphs), *ODD]


def fill(engine: Engine, known: Sequence[Article]) -> None:
    """Store the articles as readers have them: issues of a day, those of two papers in turn."""
    with database.writing(engine) as store:
        publications.fix_authority(store, "paper.example", FIRST_DAY)
        for slug in SLUGS:
            publications.ensure(store, slug)
        for n, start in enumerate(range(0, len(known), PER_ISSUE)):
            slug = SLUGS[n % 2]
            row = publications.id_of(store, slug)
            day = FIRST_DAY + timedelta(days=n // 2)
            values = {"publication_id": row, "key": str(n), "sha256": "s", "name": "n", "dropped_at": NOW}
            source_id = store.execute(insert(source).values(state="done", **values).returning(source.c.id)).scalar_one()
            parsed = Issue(Masthead(date=day), tuple(known[start : start + PER_ISSUE]))
            published = datetime.combine(day, datetime.min.time(), UTC)
            revisions.save(store, parsed, revisions.Minted(row, slug, str(n), day, published), source_id, NOW)
        store.execute(update(issue).values(state="published", published_rev=1))
        store.execute(update(article).values(public=True))
    indexing.catch_up(engine)


@pytest.fixture(scope="module")
def both(postgres: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Engine, Engine]]:
    with ExitStack() as stack:
        engines = database.connect(tmp_path_factory.mktemp("alike") / "digest.db"), database.connect(postgres.url())
        for engine in engines:
            stack.callback(engine.dispose)
            database.upgrade(engine)
            fill(engine, articles())
        yield engines


def answers(engine: Engine, query: Query, order: search.Order, most: int) -> list[list[int]]:
    """Return the articles that are found in the first paper and in both."""
    with database.reading(engine) as store:
        rows = [publications.id_of(store, slug) for slug in SLUGS]
        wanted = [Asked.of(store, papers, query) for papers in (rows[:1], rows)]
        return [index_of(store).matches(store, each, order, most, SECONDS) for each in wanted]


def assert_alike(both: tuple[Engine, Engine], query: Query, most: int = search.MOST) -> list[int]:
    """Compare the answers in both orders, the best where they are all; return the newest."""
    orders: tuple[search.Order, ...] = ("best", "newest") if most == search.MOST else ("newest",)
    for order in orders:
        of_sqlite, of_postgres = (answers(engine, query, order, most) for engine in both)
        assert of_postgres == of_sqlite
    return of_sqlite[1]


@pytest.mark.parametrize("kind", QUERIES)
def test_a_query_has_the_same_answers(both: tuple[Engine, Engine], kind: str) -> None:
    found = [assert_alike(both, asked(typed)) for typed in QUERIES[kind].split("|")]
    assert any(found), "or it says nothing"


@pytest.mark.parametrize("kind", QUERIES)
def test_who_looks_at_the_newest_first_finds_the_same(
    both: tuple[Engine, Engine], kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgres, "_COMMON", 3)
    monkeypatch.setattr(postgres, "_WINDOWS", (5, 50, None))
    for typed in QUERIES[kind].split("|"):
        for most in (1, 4, 25):
            assert_alike(both, asked(typed), most)


def test_what_takes_too_long_is_stopped_and_leaves_nothing(both: tuple[Engine, Engine]) -> None:
    with database.reading(both[1]) as store:
        with pytest.raises(DigestError, match="search_slow"), postgres._limited(store, 0.05) as limited:
            limited._run(select(func.pg_sleep(10)))
        assert store.scalar(text("SHOW statement_timeout")) == "0"


@st.composite
def pieces(draw: st.DrawFn) -> str:
    """Draw a piece of a text, or of the name of an author, as it is typed."""
    one = draw(st.sampled_from(articles()))
    field = draw(st.sampled_from(["", "-", "“", "作者:"]))
    text = one.authors[0].name if field == "作者:" and one.authors else "".join((one.title, *one.paragraphs))
    begin = draw(st.integers(0, len(text) - 1))
    return f"{field}{text[begin : begin + draw(st.integers(1, 6))]}{'”' if field == '“' else ''}"


@settings(max_examples=150)
@given(typed=st.lists(pieces(), min_size=1, max_size=3).map(" ".join))
def test_pieces_of_the_texts_have_the_same_answers(both: tuple[Engine, Engine], typed: str) -> None:
    assert_alike(both, asked(typed))
