"""The database: whether it is sound, its schema, and the authority that its ids bear."""

from collections.abc import Iterator

from digest.operations.doctor.findings import Finding, ill, well
from digest.settings import Settings
from digest.store import database
from digest.store.condition import Condition


def examine(settings: Settings, found: Condition | None) -> Iterator[Finding]:
    """Yield what is found; an older schema, or none yet, is no fault, since the next start brings it up to date."""
    if found is None or not found.schema:
        yield well("doctor.database_to_come")
        return
    for damage in found.damages:
        yield ill("doctor.damage", detail=damage)
    newest = database.schemas()[-1]
    if found.schema > newest:
        yield ill("error.newer_schema", path=str(settings.place))
    elif found.schema < newest:
        yield well("doctor.older_schema", schema=found.schema, newest=newest)
    elif not found.damages:
        yield well("doctor.database", schema=found.schema)
    if found.authority not in {None, settings.authority}:
        yield ill("doctor.authority_fixed", fixed=str(found.authority), wanted=settings.authority)
