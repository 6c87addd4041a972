"""The name of each request, which all that is logged because of it bears."""

import secrets

from starlette.types import ASGIApp, Receive, Scope, Send
from structlog.contextvars import bind_contextvars, clear_contextvars

BYTES = 4
"""How long a name is: it need only be told from those of the same hour."""


class Named:
    """Gives every request a name."""

    def __init__(self, app: ASGIApp) -> None:
        """Stand in front of `app`."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""
        if scope["type"] == "http":
            # Left bound: the server logs an error when all of the application is done, and then forgets the context.
            clear_contextvars()
            bind_contextvars(request=secrets.token_hex(BYTES))
        await self._app(scope, receive, send)
