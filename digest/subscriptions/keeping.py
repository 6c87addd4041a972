"""What is known of subscribers is forgotten in time (mail.md 2.8, 8.4)."""

from datetime import datetime, timedelta

from digest.store import database, personal
from digest.works import Works


def forget(works: Works, now: datetime) -> None:
    """Forget who never confirmed, what was told long ago, and what was delivered long ago."""
    kept = works.settings.subscribers
    with database.writing(works.engine) as store:
        personal.forget_unconfirmed(store, now - timedelta(days=kept.keep_unconfirmed), works.new_id)
        personal.forget_notices(store, now - timedelta(days=kept.keep_notices))
        personal.forget_deliveries(store, now - timedelta(days=kept.keep_deliveries))
