"""Somebody on the way between Rekey and the mail server: hands every byte on, writes it down, and on request meddles.

It shows what was said in the clear: `clear_lines` are the client's lines up to the first TLS record, and
`is_tls_from_there` holds where all that follows are TLS records, down to the last byte.
"""

import socket
import threading
from collections.abc import Callable

# Takes what the mail server sent and what the client had sent before; gives what is handed on.
Meddle = Callable[[bytes, bytes], bytes]


def hands_on(chunk: bytes, _heard: bytes) -> bytes:
    """Meddles with nothing."""
    return chunk


def strips_starttls(chunk: bytes, _heard: bytes) -> bytes:
    """Makes the offer unreadable, as firewalls that look into SMTP are known to do."""
    return chunk.replace(b"STARTTLS", b"XXXXXXXA")


def speaks_behind_220(chunk: bytes, heard: bytes) -> bytes:
    """Adds replies behind the answer to STARTTLS, for a client that would read them after the handshake."""
    if heard.endswith(b"STARTTLS\r\n"):
        return chunk + b"250-mail.rekey.test\r\n250 AUTH PLAIN\r\n235 2.7.0 welcome\r\n250 2.1.0 Ok\r\n"
    return chunk


class Conversation:
    """What one connection brought from the client."""

    def __init__(self) -> None:
        self.heard = b""

    def _parts(self) -> tuple[list[str], bytes]:
        lines, rest = [], self.heard
        while rest and not rest.startswith(b"\x16\x03"):
            line, _, rest = rest.partition(b"\n")
            lines.append(line.decode("utf-8", "replace").rstrip("\r"))
        return lines, rest

    @property
    def clear_lines(self) -> list[str]:
        """The lines before any TLS."""
        return self._parts()[0]

    @property
    def is_tls_from_there(self) -> bool:
        """Whether the rest is a row of whole TLS records (RFC 8446 §5.1)."""
        rest = self._parts()[1]
        while rest:
            kind, major, length = rest[0], rest[1:2], int.from_bytes(rest[3:5], "big")
            if kind not in (20, 21, 22, 23) or major != b"\x03" or len(rest) < 5 + length:
                return False
            rest = rest[5 + length :]
        return True


class Listener:
    """Listens at one address for another, while the `with` block lasts."""

    def __init__(self, listen: tuple[str, int], mail_server: tuple[str, int], meddle: Meddle = hands_on):
        self._mail_server = mail_server
        self._meddle = meddle
        self._pumps: list[threading.Thread] = []
        self._sockets: list[socket.socket] = []
        self.conversations: list[Conversation] = []
        self._port = socket.create_server(listen)

    def __enter__(self) -> "Listener":
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        # Closing alone would not wake who waits in `accept`.
        self._port.shutdown(socket.SHUT_RDWR)
        self._port.close()
        for pump in self._pumps:
            pump.join(timeout=2)
        for end in self._sockets:
            end.close()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._port.accept()
            except OSError:
                return
            conversation = Conversation()
            self.conversations.append(conversation)
            try:
                server = socket.create_connection(self._mail_server, timeout=5)
            except OSError:
                client.close()
                continue
            server.settimeout(None)
            self._sockets += [client, server]

            def from_client(chunk: bytes, conversation: Conversation = conversation) -> bytes:
                conversation.heard += chunk
                return chunk

            def from_server(chunk: bytes, conversation: Conversation = conversation) -> bytes:
                return self._meddle(chunk, conversation.heard)

            for source, target, handed in ((client, server, from_client), (server, client, from_server)):
                pump = threading.Thread(target=_pump, args=(source, target, handed), daemon=True)
                pump.start()
                self._pumps.append(pump)


def _pump(source: socket.socket, target: socket.socket, handed: Callable[[bytes], bytes]) -> None:
    try:
        while chunk := source.recv(65536):
            target.sendall(handed(chunk))
    except OSError:
        pass
    try:
        target.shutdown(socket.SHUT_WR)
    except OSError:
        pass
