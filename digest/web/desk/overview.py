"""How things stand, on one page."""

from starlette.responses import Response

from digest import desk as pages
from digest import operations
from digest.operations.desk import people, shelf
from digest.web.desk.gate import Desk, Visit


def overview(desk: Desk, visit: Visit) -> Response:
    """Show how things stand: what needs a person first."""
    works = desk.works
    vitals, faults = works.pulse.vitals(), works.templates.faults
    standing = operations.status(works.settings, works.engine, works.inbox, visit.now, vitals=vitals, faults=faults)
    held, _ = shelf.shelved(works, None, "held", 1)
    counts = people.counts(works, visit.now)
    charts = {
        name: pages.by_week(days, visit.now.date(), people.WEEKS)
        for name, days in (("articles", counts.articles), ("letters", counts.letters), ("bounces", counts.bounces))
    }
    return desk.page(visit, "overview", standing=standing, held=held, charts=charts)
