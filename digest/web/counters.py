"""The routes of the forms of all papers."""

from collections.abc import Callable
from datetime import datetime

from starlette.routing import BaseRoute, Route

from digest.web import clients, owndata, preferences, subscribing
from digest.web.clients import Throttle
from digest.web.counter import Counter
from digest.web.unsubscribe import unsubscribe
from digest.works import Works

_FORM = ["GET", "POST"]


def routes(works: Works, clock: Callable[[], datetime]) -> list[BaseRoute]:
    """Return the routes below `/` for one paper, below `/SLUG/` for several."""
    throttle = Throttle(works.settings.subscribers.asks)
    proxies = clients.networks(works.settings.web.trusted_proxies)
    found: list[BaseRoute] = []
    for publication in works.settings.publications:
        counter = Counter(works, publication, clock, throttle, proxies)
        home = f"/{works.settings.home(publication)}"
        leaving = counter.endpoint(unsubscribe, reads=False)
        found.append(Route(f"/unsubscribe/{publication.slug}/{{token}}", leaving, methods=_FORM))
        answers = {
            f"{home}subscribe": (subscribing.subscribe, _FORM),
            f"{home}confirm/{{token}}": (subscribing.confirm, _FORM),
            f"{home}preferences/{{token}}": (preferences.preferences, _FORM),
            f"{home}preferences/{{token}}/address": (preferences.address, ["POST"]),
            f"{home}preferences/{{token}}/data": (preferences.data, ["POST"]),
            f"{home}move/{{token}}": (owndata.move, _FORM),
            f"{home}data/{{token}}": (owndata.data, _FORM),
        }
        found += [Route(path, counter.endpoint(answer), methods=ways) for path, (answer, ways) in answers.items()]
    return found
