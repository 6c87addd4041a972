"""Publications, and the facts that were fixed at the first start."""

from datetime import date

from sqlalchemy import Connection, insert, select, update

from digest.store.schema import fact, publication


def ensure(connection: Connection, slug: str) -> None:
    """Record a paper that is new."""
    if connection.execute(select(publication.c.id).where(publication.c.slug == slug)).first() is None:
        connection.execute(insert(publication).values(slug=slug, sequence=0))


def fix_authority(connection: Connection, authority: str, today: date) -> None:
    """Fix the authority of all ids at the very first start; later it stays what it was."""
    if connection.execute(select(fact.c.value).where(fact.c.name == "authority")).first() is None:
        facts = {"authority": authority, "since": today.isoformat()}
        connection.execute(insert(fact), [{"name": name, "value": value} for name, value in facts.items()])


def minting(connection: Connection) -> tuple[str, date]:
    """Return the authority of all ids, and the day from which it was."""
    facts = {row.name: row.value for row in connection.execute(select(fact))}
    return facts["authority"], date.fromisoformat(facts["since"])


def authority(connection: Connection) -> str | None:
    """Return the authority of all ids; None before the first start."""
    found: str | None = connection.scalar(select(fact.c.value).where(fact.c.name == "authority"))
    return found


def id_of(connection: Connection, slug: str) -> int:
    """Return the row of a publication."""
    found: int = connection.execute(select(publication.c.id).where(publication.c.slug == slug)).scalar_one()
    return found


def home_url(connection: Connection, publication_id: int) -> str | None:
    """Return where a paper's site that was written says it is; None where all of it is to be written."""
    row = publication.c.id == publication_id
    url: str | None = connection.execute(select(publication.c.home_url).where(row)).scalar_one()
    return url


def edition(connection: Connection, publication_id: int) -> str | None:
    """Return the hash of what all of a paper's site was last written with; None where all of it is to be written."""
    row = publication.c.id == publication_id
    found: str | None = connection.execute(select(publication.c.edition).where(row)).scalar_one()
    return found


def editions(connection: Connection) -> dict[str, tuple[int, str | None]]:
    """Return the row of every publication and its `edition`, by its slug."""
    query = select(publication.c.slug, publication.c.id, publication.c.edition)
    return {row.slug: (row.id, row.edition) for row in connection.execute(query)}


def set_edition(connection: Connection, publication_id: int, edition: str, url: str) -> None:
    """Record what all of a paper's site has been written with, and for which address."""
    written = {"edition": edition, "home_url": url}
    connection.execute(update(publication).where(publication.c.id == publication_id).values(written))


def want_all_of(connection: Connection, publication_id: int) -> None:
    """Have the next publication write all that is public of a paper."""
    connection.execute(
        update(publication).where(publication.c.id == publication_id).values(edition=None, home_url=None)
    )


def want_everything(connection: Connection) -> None:
    """Have the next publication write all that is public of every paper."""
    connection.execute(update(publication).values(edition=None, home_url=None))


def sequence(connection: Connection, publication_id: int) -> int:
    """Return the place of what was published last, in the order of publication."""
    row = publication.c.id == publication_id
    last: int = connection.execute(select(publication.c.sequence).where(row)).scalar_one()
    return last
