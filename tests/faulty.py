"""A mail server on loopback that refuses, hangs up and breaks off as it is told, and remembers what it took."""

import random
import socket
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Literal

Fault = Literal["busy", "unknown", "throttle", "relay", "full", "cut", "mute", "goodbye", "silent", "hang"]
"""Those of REFUSALS: the answer to RCPT. full: 452 after the dot. cut: gone in the middle of the message. mute: took it, and gone without a reply. goodbye: 421 to MAIL. silent: gone at MAIL. hang: took it, and never replies."""


REFUSALS: dict[Fault | None, str] = {
    "busy": "451 4.7.1 later",
    "unknown": "550 5.1.1 no such user",
    "throttle": "550 Domain frequency limited",
    "relay": "554 5.7.1 Relay access denied",
}

OFTEN: dict[Fault, int] = {"busy": 5, "unknown": 1, "full": 3, "cut": 2, "mute": 2, "goodbye": 1, "silent": 1}
"""Of a hundred messages, how many each goes wrong with on a bad day (reliability.md, 2.1)."""


def at_random(chance: random.Random) -> Callable[[int], Fault | None]:
    """Return what chooses the faults of a bad day."""
    faults: list[Fault | None] = [fault for fault, often in OFTEN.items() for _ in range(often)]
    faults += [None] * (100 - len(faults))
    return lambda _n: chance.choice(faults)


@dataclass
class Faulty:
    """A server. `choose` is asked for every message, with how many came before, what goes wrong with it.

    Before it tells that it took a message, it takes a `pause`, in seconds. What was `taken`, and the part of it that it left `unanswered`, are recipients and Message-IDs.
    """

    choose: Callable[[int], Fault | None] = lambda _n: None
    greeting: str = "250-faulty\r\n250 PIPELINING"
    pause: float = 0.0
    taken: list[tuple[str, str]] = field(default_factory=list)
    unanswered: list[tuple[str, str]] = field(default_factory=list)
    connections: int = 0
    begun: int = 0

    def __enter__(self) -> "Faulty":
        self._lock = threading.Lock()
        self._door = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._door.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._door.shutdown(socket.SHUT_RDWR)
        self._door.close()

    def _serve(self) -> None:
        while True:
            try:
                line, _ = self._door.accept()
            except OSError:
                return
            self.connections += 1
            threading.Thread(target=self._talk, args=(line,), daemon=True).start()

    def _talk(self, line: socket.socket) -> None:
        with line, line.makefile("rb") as heard, suppress(OSError):
            _Talk(self, line, heard.readline).go_on()

    def fault(self) -> Fault | None:
        """Return what goes wrong with the next message."""
        with self._lock:
            self.begun += 1
            return self.choose(self.begun - 1)

    def keep(self, recipient: str, message_id: str, fault: Fault | None) -> None:
        """Remember a message that was taken."""
        with self._lock:
            self.taken.append((recipient, message_id))
            if fault in {"mute", "hang"}:
                self.unanswered.append((recipient, message_id))


class _Talk:
    """One connection."""

    def __init__(self, server: Faulty, line: socket.socket, hear: Callable[[], bytes]) -> None:
        self.server, self.line, self.hear = server, line, hear
        self.fault: Fault | None = None
        self.recipient = ""

    def go_on(self) -> None:
        """Answer until one side hangs up."""
        answers = {b"EHLO": self.hello, b"MAIL": self.mail, b"RCPT": self.rcpt, b"DATA": self.data}
        self.say("220 faulty")
        while (command := self.hear()) and answers.get(command[:4].upper(), self.other)(command):
            pass

    def say(self, words: str) -> bool:
        self.line.sendall(f"{words}\r\n".encode())
        return True

    def hello(self, _command: bytes) -> bool:
        return self.say(self.server.greeting)

    def other(self, _command: bytes) -> bool:
        return self.say("250 ok")

    def mail(self, _command: bytes) -> bool:
        self.recipient, self.fault = "", self.server.fault()
        if self.fault == "goodbye":
            self.say("421 enough")
        return self.fault not in {"goodbye", "silent"} and self.say("250 ok")

    def rcpt(self, command: bytes) -> bool:
        if self.fault in REFUSALS:
            return self.say(REFUSALS[self.fault])
        self.recipient = command.partition(b"<")[2].partition(b">")[0].decode()
        return self.say("250 ok")

    def data(self, _command: bytes) -> bool:
        if not self.recipient:
            return self.say("503 to whom")
        self.say("354 go")
        message_id = ""
        while (heard := self.hear()) != b".\r\n":
            if not heard or self.fault == "cut":
                return False
            if heard.lower().startswith(b"message-id:"):
                message_id = heard.partition(b":")[2].strip().decode()
        if self.fault == "full":
            return self.say("452 4.2.2 full")
        self.server.keep(self.recipient, message_id, self.fault)
        time.sleep(self.server.pause)
        if self.fault == "hang":
            self.hear()
        return self.fault not in {"mute", "hang"} and self.say("250 taken")
