"""The fields of a form that somebody has sent."""

from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.types import Message

MOST_BYTES = 16_384
"""The largest form that is read."""


async def read(request: Request) -> dict[str, list[str]]:
    """Return the fields of a form, in whichever of the two ways it was sent; a file is none.

    Raises HTTPException: 413 where it is too large, 400 where it cannot be read, or was broken off.
    """
    length = 0

    async def receive() -> Message:
        nonlocal length
        message = await request.receive()
        length += len(message.get("body", b""))
        if length > MOST_BYTES:
            raise HTTPException(status_code=413)
        return message

    fields: dict[str, list[str]] = {}
    try:
        async with Request(request.scope, receive).form(max_files=0, max_fields=100) as form:
            for name, value in form.multi_items():
                if isinstance(value, str):
                    value.encode()
                    fields.setdefault(name, []).append(value)
    except (ValueError, ClientDisconnect) as error:  # it may name an encoding that gives no text
        raise HTTPException(status_code=400) from error
    return fields
