"""A PostgreSQL server of the tests' own: on loopback, not as root, and with no disk to wait for."""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

PROGRAMS = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
"""Where Debian puts the programs of each version of the server; no PATH has them."""

USER = "postgres"
"""Who runs the server where the tests are run by root, which it refuses."""

HASTY = ("fsync=off", "full_page_writes=off", "max_connections=200", "shared_buffers=32MB", "max_wal_size=256MB")


class Server:
    """A running server. Each database that is asked for is a new one."""

    def __init__(self, folder: Path) -> None:
        """Make a server in an empty folder, which is its own; it does not run yet."""
        self.folder, self._count = folder, 0
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port: int = free.getsockname()[1]
        self._run("initdb", "-D", folder / "data", "-U", USER, "-A", "trust", "-E", "UTF8", "--locale=C", "-N")
        options = "".join(f"\n{each}" for each in (*HASTY, f"port={self.port}", f"unix_socket_directories='{folder}'"))
        with (folder / "data/postgresql.conf").open("a") as file:
            file.write(f"{options}\nlisten_addresses='127.0.0.1'\n")

    def start(self) -> None:
        """Start it, and wait until it answers."""
        self._run("pg_ctl", "-D", self.folder / "data", "-l", self.folder / "log", "-w", "start")

    def stop(self, how: str = "fast") -> None:
        """Stop it: `fast`, or `immediate`, as a power cut would."""
        self._run("pg_ctl", "-D", self.folder / "data", "-m", how, "-w", "stop")

    def url(self, encoding: str = "UTF8") -> str:
        """Make a new, empty database, and return its address."""
        self._count += 1
        name = f"digest{self._count}"
        with psycopg.connect(self._at("postgres"), autocommit=True) as admin:
            admin.execute(f"CREATE DATABASE {name} TEMPLATE template0 ENCODING '{encoding}'")
        return f"postgresql+psycopg://{USER}@127.0.0.1:{self.port}/{name}"

    def _at(self, name: str) -> str:
        return f"host=127.0.0.1 port={self.port} user={USER} dbname={name}"

    def _run(self, program: str, *arguments: str | Path) -> None:
        subprocess.run(
            [PROGRAMS[-1] / program, *arguments],
            check=True,
            stdout=subprocess.DEVNULL,
            user=USER if os.geteuid() == 0 else None,
            group=USER if os.geteuid() == 0 else None,
            cwd=self.folder,
        )


@contextmanager
def running() -> Iterator[Server]:
    """Make a server, run it, and remove it with all its databases.

    Where Debian's is not installed the test is skipped, but under `.ci/run` it fails.
    """
    from tests.conftest import need

    need(PROGRAMS[-1] / "pg_ctl" if PROGRAMS else Path("/usr/lib/postgresql/bin/pg_ctl"))
    folder = Path(tempfile.mkdtemp(prefix="digest-postgres-"))
    try:
        if os.geteuid() == 0:
            shutil.chown(folder, USER, USER)
        server = Server(folder)
        server.start()
        try:
            yield server
        finally:
            server.stop("immediate")
    finally:
        shutil.rmtree(folder)
