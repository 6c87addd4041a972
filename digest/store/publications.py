"""Publications, and the facts that were fixed at the first start."""

from datetime import date, datetime

from sqlalchemy import Connection, insert, select, update

from digest.store.schema import fact, publication


def ensure(connection: Connection, slug: str, slot: datetime) -> None:
    """Record a paper that is new; its digest times count from `slot` on, so that nothing old is mailed."""
    if connection.execute(select(publication.c.id).where(publication.c.slug == slug)).first() is None:
        connection.execute(insert(publication).values(slug=slug, sequence=0, digested_at=slot))


def fix_authority(connection: Connection, authority: str, today: date) -> None:
    """Fix the authority of all ids at the very first start; later it stays what it was."""
    if connection.execute(select(fact.c.value).where(fact.c.name == "authority")).first() is None:
        facts = {"authority": authority, "since": today.isoformat()}
        connection.execute(insert(fact), [{"name": name, "value": value} for name, value in facts.items()])


def minting(connection: Connection) -> tuple[str, date]:
    """Return the authority of all ids, and the day from which it was."""
    facts = {row.name: row.value for row in connection.execute(select(fact))}
    return facts["authority"], date.fromisoformat(facts["since"])


def id_of(connection: Connection, slug: str) -> int:
    """Return the row of a publication."""
    found: int = connection.execute(select(publication.c.id).where(publication.c.slug == slug)).scalar_one()
    return found


def digested_at(connection: Connection, publication_id: int) -> datetime:
    """Return the last digest time that has been seen to."""
    row = publication.c.id == publication_id
    slot: datetime = connection.execute(select(publication.c.digested_at).where(row)).scalar_one()
    return slot


def set_digested_at(connection: Connection, publication_id: int, slot: datetime) -> None:
    """Record that the digest time `slot` has been seen to."""
    connection.execute(update(publication).where(publication.c.id == publication_id).values(digested_at=slot))
