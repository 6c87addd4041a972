"""What an archive tells of its words is the same for as long as its version is."""

import pytest
from sqlalchemy import select

from digest.store import audit, database, publications, terms
from digest.store.schema import term


def count(engine: database.Engine, *articles: set[str]) -> None:
    with database.writing(engine) as store:
        terms.count(store, publications.id_of(store, "yunting"), articles)


def learned(engine: database.Engine, known: int = 0) -> terms.Version | None:
    with database.reading(engine) as store:
        return terms.learned(store, publications.id_of(store, "yunting"), known)


def test_words_are_counted_by_article(engine: database.Engine) -> None:
    count(engine, {"渡口", "步道"}, {"渡口"})
    count(engine, {"渡口", "ferry"})
    with database.reading(engine) as store:
        rows = {row.term: row.articles for row in store.execute(select(term))}
    assert rows == {"渡口": 3, "步道": 1, "ferry": 1}


def test_nothing_is_learned_from_too_few(engine: database.Engine) -> None:
    count(engine, *[{"渡口"}] * (terms.FIRST - 1))
    assert learned(engine) is None


def test_a_version_stays_until_the_archive_has_grown(engine: database.Engine) -> None:
    count(engine, *[{"渡口", "步道"}] * 60, *[{"渡口"}] * (terms.FIRST - 60))
    first = learned(engine)
    assert first == (1, terms.FIRST, {"渡口": terms.FIRST, "步道": 60})
    count(engine, *[{"步道"}] * 20)
    assert learned(engine) == first
    assert learned(engine, known=1) is None
    count(engine, *[{"柳树"}] * 5)
    assert learned(engine, known=1) == (2, 125, {"渡口": 100, "步道": 80, "柳树": 5})


def test_words_of_one_article_are_left_out(engine: database.Engine) -> None:
    count(engine, {"柳树"}, *[{"渡口"}] * terms.FIRST)
    found = learned(engine)
    assert found is not None
    assert set(found.counts) == {"渡口"}


def test_each_paper_has_its_own(engine: database.Engine) -> None:
    with database.writing(engine) as store:
        publications.ensure(store, "other")
        terms.count(store, publications.id_of(store, "other"), [{"ferry"}] * terms.FIRST)
    assert learned(engine) is None


@pytest.mark.parametrize("words", [(), (set(),)])
def test_no_words_do_no_harm(engine: database.Engine, words: tuple[set[str], ...]) -> None:
    count(engine, *words)
    assert learned(engine) is None


def test_what_is_counted_and_what_is_there_are_compared(engine: database.Engine) -> None:
    with database.reading(engine) as store:
        assert audit.miscounted_words(store) == []
    count(engine, {"渡口"})
    with database.reading(engine) as store:
        assert audit.miscounted_words(store) == ["yunting"]
