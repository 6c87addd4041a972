"""Issues keep the ids and addresses that they were given once, and are read as they were saved."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import event

from digest.model import Article, Author, Dateline, DateOrigin, Issue, Keyword, Masthead, Picture, Source
from digest.store import codec, database, issues, lists, publications, revisions, sources
from tests.builders import ARTICLES, MASTHEAD

NOW = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)
LONG_AGO = NOW - timedelta(days=9999)
PUBLISHED = datetime(2026, 11, 19, 22, 0, tzinfo=UTC)
ISSUE = Issue(MASTHEAD, ARTICLES, left_over=("广告",))


def save(engine: database.Engine, issue: Issue = ISSUE, *, key: str = "5831", content: bytes = b"1") -> int:
    with database.writing(engine) as store:
        row = publications.id_of(store, "yunting")
        source = sources.record(store, row, Source("a.txt", content), NOW)
        minted = revisions.Minted(row, "yunting", key, date(2026, 11, 20), PUBLISHED)
        saved = revisions.save(store, issue, minted, source.id, NOW)
        sources.finish(store, source.id)
        return saved


def publish(engine: database.Engine) -> None:
    with database.writing(engine) as store:
        row = publications.id_of(store, "yunting")
        due = issues.due(store, row, NOW)
        shown = {one.id for each in due for one in issues.get(store, each.id).articles}
        issues.mark_published(store, row, due, shown)


def test_an_issue_is_read_as_it_was_saved(engine: database.Engine) -> None:
    saved = save(engine)
    with database.reading(engine) as store:
        stored = issues.get(store, saved)
    assert stored.masthead == MASTHEAD
    assert tuple(one.article for one in stored.articles) == ARTICLES


def test_ids_are_tag_uris_of_paper_issue_and_place(engine: database.Engine) -> None:
    with database.reading(engine) as store:
        stored = issues.get(store, save(engine))
    assert stored.id == "tag:paper.example,2026-11-01:yunting/5831"
    assert [one.id for one in stored.articles[:2]] == [f"{stored.id}/1", f"{stored.id}/2"]


@pytest.mark.parametrize(
    "lead",
    [
        Article(headline="老渡口恢复摆渡", paragraphs=("渡船来了。",)),
        Article(label="简讯", paragraphs=("●昨天清晨，渡船在白鹭湖东岸试航，票价一元。此后每天早上六点开航。",)),
        Article(label="公益广告"),
        Article(),
    ],
)
def test_a_line_names_the_first_article_by_its_title_without_reading_it(
    engine: database.Engine, monkeypatch: pytest.MonkeyPatch, lead: Article
) -> None:
    save(engine, Issue(MASTHEAD, (lead, *ARTICLES)))
    publish(engine)
    monkeypatch.setattr(codec, "to_article", lambda _: 1 / 0)
    with database.reading(engine) as store:
        (line,) = lists.recent(store, publications.id_of(store, "yunting"), also=[], limit=9)
    assert (line.headline, line.article_count) == (lead.title, 1 + len(ARTICLES))


def test_addresses_are_made_from_the_date(engine: database.Engine) -> None:
    with database.reading(engine) as store:
        stored = issues.get(store, save(engine))
    assert stored.path == "2026/11/20/"
    assert stored.articles[0].path == "2026/11/20/1/"


def test_a_second_issue_of_the_day_gets_addresses_of_its_own(engine: database.Engine) -> None:
    save(engine)
    with database.reading(engine) as store:
        second = issues.get(store, save(engine, key="extra", content=b"2"))
    assert second.path == "2026/11/20/issue-2/"
    assert second.articles[0].path == f"2026/11/20/{len(ARTICLES) + 1}/"


def test_a_number_given_to_two_issues_makes_two_ids(engine: database.Engine) -> None:
    save(engine)
    with database.reading(engine) as store:
        second = issues.get(store, save(engine, content=b"2"))
    assert second.id == "tag:paper.example,2026-11-01:yunting/5831-20261120-2"


def test_articles_are_published_a_second_apart_the_first_last(engine: database.Engine) -> None:
    with database.reading(engine) as store:
        times = [one.published for one in issues.get(store, save(engine)).articles]
    assert times == sorted(times, reverse=True)
    assert times[-1] == PUBLISHED
    assert times[0] - times[-1] == timedelta(seconds=len(times) - 1)


def test_an_issue_waits_until_none_of_its_articles_is_dated_in_the_future(engine: database.Engine) -> None:
    save(engine)
    complete = PUBLISHED + timedelta(seconds=len(ARTICLES) - 1)
    with database.reading(engine) as store:
        row = publications.id_of(store, "yunting")
        assert issues.due(store, row, complete - timedelta(seconds=1)) == []
        assert len(issues.due(store, row, complete)) == 1


def test_a_second_issue_of_the_time_goes_on_counting_where_the_first_stopped(engine: database.Engine) -> None:
    first, second = save(engine), save(engine, key="5831a", content=b"2")
    with database.reading(engine) as store:
        times = [[one.published for one in issues.get(store, issue).articles] for issue in (first, second)]
        assert min(times[1]) - max(times[0]) == timedelta(seconds=1)
        assert issues.get(store, second).published == min(times[1])
        assert times[0][-1] == PUBLISHED


def test_only_what_is_published_is_listed(engine: database.Engine) -> None:
    save(engine)
    with database.reading(engine) as store:
        row = publications.id_of(store, "yunting")
        assert lists.recent(store, row, also=[], limit=9) == []
        assert issues.newest(store, row, also=[], limit=9) == []
    publish(engine)
    with database.reading(engine) as store:
        (line,) = lists.recent(store, row, also=[], limit=9)
        assert (line.headline, line.article_count) == (ARTICLES[0].title, len(ARTICLES))
        assert len(issues.newest(store, row, also=[], limit=9)) == 1


def test_articles_are_counted_in_the_order_of_publication(engine: database.Engine) -> None:
    save(engine)
    publish(engine)
    save(engine, key="5832", content=b"2")
    publish(engine)
    count = len(ARTICLES)
    with database.reading(engine) as store:
        row = publications.id_of(store, "yunting")
        (second,) = issues.between(store, row, count, 2 * count, LONG_AGO)
        assert [one.sequence for one in second.articles] == list(range(count + 1, 2 * count + 1))
        (rest,) = issues.between(store, row, 2 * count - 1, 2 * count, LONG_AGO)
        assert len(rest.articles) == 1


@pytest.mark.parametrize(("origin", "at"), [("masthead", PUBLISHED), ("mtime", NOW)])
def test_an_issue_is_as_old_as_the_date_that_it_states_else_as_it_is_here(
    engine: database.Engine, origin: DateOrigin, at: datetime
) -> None:
    save(engine, replace(ISSUE, masthead=replace(MASTHEAD, date_origin=origin)))
    publish(engine)
    with database.reading(engine) as store:
        row, count = publications.id_of(store, "yunting"), len(ARTICLES)
        assert len(issues.between(store, row, 0, count, at)) == 1
        assert issues.between(store, row, 0, count, at + timedelta(seconds=1)) == []


def test_a_paper_is_called_as_its_newest_masthead_says(engine: database.Engine) -> None:
    with database.reading(engine) as store:
        row = publications.id_of(store, "yunting")
        assert issues.printed_title(store, row) is None
    save(engine)
    save(engine, replace(ISSUE, masthead=Masthead()), key="x", content=b"2")
    with database.reading(engine) as store:
        assert issues.printed_title(store, row) == "云汀日报"


def test_a_paper_is_called_as_readers_know_it_until_a_newer_issue_is_out(engine: database.Engine) -> None:
    save(engine)
    publish(engine)
    renamed = replace(ISSUE, masthead=replace(MASTHEAD, title="云汀晚报"))
    waiting = save(engine, renamed, key="x", content=b"2")
    with database.writing(engine) as store:
        row = publications.id_of(store, "yunting")
        revisions.hold_issue(store, waiting)
        assert issues.printed_title(store, row) == "云汀日报"
        revisions.let_out(store, waiting)
    publish(engine)
    with database.reading(engine) as store:
        assert issues.printed_title(store, row) == "云汀晚报"


def test_an_issue_is_looked_at_once_for_all_its_articles(engine: database.Engine) -> None:
    asked: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda *call: asked.append(call[2]))
    save(engine)
    assert len(ARTICLES) > 1
    assert sum("max(article.place)" in statement for statement in asked) == 1
    assert sum("issue.tag" in statement and statement.startswith("SELECT") for statement in asked) == 1


words = st.text(max_size=20)
maybe = st.none() | words


@given(
    st.builds(
        Article,
        headline=maybe,
        dateline=st.none() | st.builds(Dateline, maybe, maybe, maybe),
        authors=st.lists(st.builds(Author, words, words)).map(tuple),
        paragraphs=st.lists(words).map(tuple),
        crossheads=st.lists(st.integers(0, 9)).map(tuple),
        pictures=st.lists(st.builds(Picture, words, maybe, maybe)).map(tuple),
        keywords=st.lists(st.builds(Keyword, words, st.floats(0, 9))).map(tuple),
        summary=st.lists(words).map(tuple),
        rank=st.none() | st.integers(1, 9),
    )
)
def test_any_article_survives_its_column(article: Article) -> None:
    assert codec.to_article(codec.from_article(article)) == article


@given(st.builds(Masthead, title=maybe, date=st.none() | st.dates(), number=st.none() | st.integers()))
def test_any_masthead_survives_its_column(masthead: Masthead) -> None:
    assert codec.to_masthead(codec.from_masthead(masthead)) == masthead


def test_the_same_bytes_are_one_source(engine: database.Engine) -> None:
    with database.writing(engine) as store:
        row = publications.id_of(store, "yunting")
        first = sources.record(store, row, Source("a.txt", b"x"), NOW)
        again = sources.record(store, row, Source("b.txt", b"x"), NOW)
        other = sources.record(store, row, Source("a.txt", b"y"), NOW)
    assert first.id == again.id
    assert other.id != first.id
    assert first.state == "pending"


@pytest.mark.parametrize("state", ["done", "rejected"])
def test_a_source_keeps_what_became_of_it(engine: database.Engine, state: str) -> None:
    with database.writing(engine) as store:
        row = publications.id_of(store, "yunting")
        source = sources.record(store, row, Source("a.txt", b"x"), NOW)
        if state == "done":
            sources.finish(store, source.id)
        else:
            sources.reject(store, source.id, "rejected.empty", {})
        assert sources.record(store, row, Source("a.txt", b"x"), NOW).state == state
