"""An article is related to older ones that share its rare keywords, as long as readers can see those."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from digest.model import Article, Issue, Keyword, Masthead, Source
from digest.store import database, issues, places, publications, related, revisions, sources, withdrawals
from digest.store.database import Engine

NOW = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)
Terms = dict[str, float]


def issue(engine: Engine, day: int, *articles: Terms, public: bool = True) -> int:
    """Save an issue of November, and publish it."""
    with database.writing(engine) as store:
        paper = publications.id_of(store, "yunting")
        content = tuple(
            Article(headline=f"{day}/{n}", keywords=tuple(Keyword(*each) for each in terms.items()))
            for n, terms in enumerate(articles, 1)
        )
        source = sources.record(store, paper, Source("a.txt", f"{day}".encode()), NOW)
        published = NOW - timedelta(days=30 - day)
        minted = revisions.Minted(paper, "yunting", str(day), date(2026, 11, day), published)
        row = revisions.save(store, Issue(Masthead(), content), minted, source.id, NOW)
        places.settle(store, paper, [row])
    if public:
        publish(engine, row)
    return row


def publish(engine: Engine, row: int) -> None:
    with database.writing(engine) as store:
        paper = publications.id_of(store, "yunting")
        links = related.find(store, row, also=[row])
        due = [one for one in issues.due(store, paper, NOW) if one.id == row]
        issues.mark_published(store, paper, due, {one.id for one in issues.get(store, row).articles})
        related.record(store, row, links)


def withdraw(engine: Engine, day: int, place: int) -> None:
    with database.writing(engine) as store:
        found = withdrawals.find(store, publications.id_of(store, "yunting"), date(2026, 11, day), place)
        assert found
        withdrawals.withdraw(store, found[0], None, NOW)


def found(engine: Engine, row: int, also: Sequence[int] = ()) -> dict[str, list[str]]:
    """Return the headlines of what each article of an issue is related to, by the place in its id."""
    with database.reading(engine) as store:
        links = related.by_article(related.find(store, row, also=[*also, row]))
    return {tag.rpartition("/")[2]: [one.title for one in others] for tag, others in links.items()}


def test_those_that_share_keywords_are_related_and_only_backward(engine: Engine) -> None:
    first = issue(engine, 1, {"渡口": 1.0, "票价": 0.5}, {"图书馆": 1.0})
    second = issue(engine, 2, {"渡口": 0.8, "步道": 1.0}, {"小麦": 1.0})
    assert found(engine, first) == {}
    assert found(engine, second) == {"1": ["1/1"]}


def test_a_rare_keyword_tells_more_than_a_common_one(engine: Engine) -> None:
    issue(engine, 1, {"渡口": 1.0}, *[{"市政府": 1.0}] * 9)
    last = issue(engine, 2, {"市政府": 1.0, "渡口": 1.0})
    assert found(engine, last)["1"][0] == "1/1"


def test_case_and_width_do_not_matter(engine: Engine) -> None:
    issue(engine, 1, {"Ferry": 1.0})
    assert found(engine, issue(engine, 2, {"ferry": 1.0})) == {"1": ["1/1"]}


def test_a_keyword_of_little_weight_relates_nothing(engine: Engine) -> None:
    issue(engine, 1, {"渡口": 0.2, "柳树": 1.0})
    assert found(engine, issue(engine, 2, {"渡口": 0.2, "小麦": 1.0})) == {}


def test_articles_of_one_issue_are_not_related_and_there_is_a_most(engine: Engine) -> None:
    issue(engine, 1, *[{"渡口": 1.0}] * (related.MOST + 2))
    assert len(found(engine, issue(engine, 2, {"渡口": 1.0}, {"渡口": 1.0}))["1"]) == related.MOST


def test_the_newer_of_two_equals_comes_first(engine: Engine) -> None:
    for day in (1, 2):
        issue(engine, day, {"渡口": 1.0})
    assert found(engine, issue(engine, 3, {"渡口": 1.0})) == {"1": ["2/1", "1/1"]}


def test_what_readers_cannot_see_is_not_named_unless_it_is_published_with_it(engine: Engine) -> None:
    hidden = issue(engine, 1, {"渡口": 1.0}, public=False)
    last = issue(engine, 2, {"渡口": 1.0}, public=False)
    assert found(engine, last) == {}
    assert found(engine, last, also=[hidden]) == {"1": ["1/1"]}


def test_a_withdrawn_article_is_left_out_and_those_that_name_it_are_known(engine: Engine) -> None:
    first, second = issue(engine, 1, {"渡口": 1.0}), issue(engine, 2, {"渡口": 1.0})
    with database.reading(engine) as store:
        assert [link.other.title for link in related.shown(store, second, also=())] == ["1/1"]
    withdraw(engine, 1, 1)
    assert found(engine, second) == {}
    with database.reading(engine) as store:
        assert related.showing(store, [first]) == [second]
        assert related.shown(store, second, also=()) == []


def test_the_later_growth_of_an_archive_changes_nothing_for_older_pages(engine: Engine) -> None:
    issue(engine, 1, {"渡口": 1.0}, {"市政府": 1.0})
    middle = issue(engine, 2, {"渡口": 0.9, "市政府": 1.0})
    before = found(engine, middle)
    issue(engine, 3, *[{"市政府": 1.0}] * 20)
    assert found(engine, middle) == before


def test_a_corrected_article_is_known_by_its_new_keywords(engine: Engine) -> None:
    first = issue(engine, 1, {"渡口": 1.0})
    with database.writing(engine) as store:
        known = revisions.known(store, first)
        mended = replace(known[0][1], keywords=(Keyword("步道", 1.0),))
        source = sources.record(store, publications.id_of(store, "yunting"), Source("b.txt", b"b"), NOW)
        revisions.apply(
            store, first, Issue(Masthead(), (mended,)), [1], changed=[1], vanished=[], source_id=source.id, rev=1,
            published=NOW, now=NOW,
        )  # fmt: skip
    publish(engine, first)
    assert found(engine, issue(engine, 2, {"步道": 1.0}, {"渡口": 1.0})) == {"1": ["1/1"]}
