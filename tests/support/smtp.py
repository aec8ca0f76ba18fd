"""A mail server of our own that can be slow, refuse, or die at the worst moment, for tests."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_string
from email.message import Message
from io import BufferedRWPair
from typing import Any

from aktema.core.mail import SmtpCarrier
from aktema.core.settings import SmtpTls

LOCALHOST = "127.0.0.1"


@dataclass(kw_only=True)
class MailServer:
    """Answers each command with what is set for it; `dies_after` closes the connection without an answer."""

    answers: dict[str, str] = field(default_factory=dict)
    dies_after: str = ""
    keeps_quiet_after: str = ""
    letters: list[Message] = field(default_factory=list)
    port: int = 0
    released: threading.Event = field(default_factory=threading.Event)

    @property
    def carrier(self) -> SmtpCarrier:
        return SmtpCarrier(
            host=LOCALHOST,
            port=self.port,
            tls=SmtpTls.NONE,
            sender="aktema@ekbacka.example",
            user="",
            password="",
            base_url="https://aktema.ekbacka.example",
        )

    def serve(self, listener: socket.socket) -> None:
        """Take one connection after the other until the listener is closed."""
        while True:
            try:
                connection, _address = listener.accept()
            except OSError:
                return
            with connection, connection.makefile("rwb") as stream:
                self._talk(stream)

    def _talk(self, stream: "BufferedRWPair[Any, Any]") -> None:
        if not self._say(stream, "CONNECT", "220 hej"):
            return
        for line in stream:
            command = line.decode().strip().split(" ")[0].upper()
            usual = {"DATA": "354 skriv", "QUIT": "221 adjö"}.get(command, "250 ja")
            if not self._say(stream, command, usual) or command == "QUIT":
                return
            is_writing = command == "DATA" and not self.answers.get("DATA", "3").startswith(("4", "5"))
            if is_writing and not self._take(stream):
                return

    def _take(self, stream: "BufferedRWPair[Any, Any]") -> bool:
        lines = []
        for line in stream:
            if line == b".\r\n":
                break
            lines.append(line.decode())
        self.letters.append(message_from_string("".join(lines)))
        return self._say(stream, ".", "250 taget")

    def _say(self, stream: "BufferedRWPair[Any, Any]", command: str, usual: str) -> bool:
        """Answer the command; False where the connection is to be broken."""
        if command == self.dies_after:
            return False
        if command == self.keeps_quiet_after:
            self.released.wait(10)
            return False
        stream.write(self.answers.get(command, usual).encode() + b"\r\n")
        stream.flush()
        return True


@contextmanager
def mail_server() -> Iterator[MailServer]:
    """A server on a port of its own, gone afterwards."""
    server = MailServer()
    listener = socket.create_server((LOCALHOST, 0))
    server.port = listener.getsockname()[1]
    thread = threading.Thread(target=server.serve, args=(listener,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.released.set()
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join(5)
