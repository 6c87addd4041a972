"""The web server: uvicorn, made to sleep while nobody asks."""

import asyncio

import uvicorn

TICK_SECONDS = 1.0
"""How often the server looks at the clock and whether it is to end."""


class Server(uvicorn.Server):
    """uvicorn wakes ten times a second for what changes once in one: the date that its answers bear."""

    async def main_loop(self) -> None:
        """Run until the server is to end."""
        while not await self.on_tick(counter=0):
            await asyncio.sleep(TICK_SECONDS)
