"""The suppression list keeps the gravest reason, and no address."""

from datetime import UTC, datetime, timedelta

import pytest

from digest.store import database, suppressions
from digest.store.suppressions import Reason

NOW = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)


def test_what_is_suppressed_stays_so_until_it_is_lifted(engine: database.Engine) -> None:
    with database.writing(engine) as store:
        assert suppressions.reason(store, "ab") is None
        suppressions.suppress(store, "ab", "hard", NOW)
        assert suppressions.reason(store, "ab") == "hard"
        assert suppressions.lift(store, "ab")
        assert not suppressions.lift(store, "ab")
        assert suppressions.reason(store, "ab") is None


@pytest.mark.parametrize(
    ("first", "then", "kept"),
    [
        ("erased", "complaint", "complaint"),
        ("complaint", "erased", "complaint"),
        ("hard", "hard", "hard"),
        ("manual", "hard", "manual"),
    ],
)
def test_a_graver_reason_replaces_a_lighter_one(
    engine: database.Engine, first: Reason, then: Reason, kept: Reason
) -> None:
    later = NOW + timedelta(days=1)
    with database.writing(engine) as store:
        suppressions.suppress(store, "ab", first, NOW)
        suppressions.suppress(store, "ab", then, later)
        (one,) = suppressions.listed(store)
        assert (one.reason, one.at) == (kept, later if first != kept else NOW)
        assert suppressions.listed(store, ["erased"]) == []
