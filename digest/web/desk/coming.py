"""Coming to the desk, and leaving it."""

import re
from datetime import timedelta

import structlog
from starlette.responses import Response

from digest.operations.desk import sessions
from digest.web.desk.gate import Desk, Visit

_OWN_PAGE = re.compile(r"(?:[a-z0-9-]+/)*")

log = structlog.get_logger()


def log_in(desk: Desk, visit: Visit) -> Response:
    """Show the form for the password, or let in who knows it."""
    target = (visit["next"] if visit.is_sent else visit.query.get("next", "")) or ""
    target = target if _OWN_PAGE.fullmatch(target) else ""
    if not visit.is_sent:
        return desk.onward(visit, target) if visit.token else desk.page(visit, "login", target=target, fault=None)
    if not visit.ours:
        return desk.fault(visit, "desk.not_ours", status=403)
    found = sessions.log_in(desk.works, visit["password"], visit.network, visit.now, former=visit.token)
    if isinstance(found, str):
        log.info("desk", login="right", network=visit.network)
        answer = desk.onward(visit, target)
        desk.enter(answer, found)
        return answer
    log.warning("desk", login="wrong" if found is None else "too many", network=visit.network)
    return _refused(desk, visit, target, found)


def log_out(desk: Desk, visit: Visit) -> Response:
    """End the session."""
    sessions.log_out(desk.works, visit.token, visit.now)
    answer = desk.onward(visit, "login/?done=logout")
    desk.leave(answer)
    return answer


def _refused(desk: Desk, visit: Visit, target: str, wait: timedelta | None) -> Response:
    if wait is None:
        return desk.page(visit, "login", status=403, target=target, fault=visit.say("desk.wrong_password"))
    minutes = -(-max(1, round(wait.total_seconds())) // 60)
    answer = desk.page(visit, "login", status=429, target=target, fault=visit.say("desk.too_many", n=minutes))
    answer.headers["retry-after"] = str(max(1, round(wait.total_seconds())))
    return answer
