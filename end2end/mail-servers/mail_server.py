"""What both mail servers have in common: ports, accounts, mailboxes."""

import pathlib
from typing import NamedTuple, Protocol

from authority import Certificates

DOMAIN = "blueheron.example"
# The login that both servers know; the signs in the password are the ones that a URL has to encode.
LOGIN = "rekey@mail.rekey.test"
PASSWORD = "Kelp+7/l@ntern%:"
# Mailboxes. Every other address of the domain is refused in the server's own words.
ADA, UMA, LATER = (f"{name}@{DOMAIN}" for name in ("ada", "uma", "later"))
NOBODY = f"nobody@{DOMAIN}"
# OpenSMTPD accepts mail for this one by its rule, and then finds no mailbox for it.
STALE = f"stale@{DOMAIN}"
MAILBOXES = pathlib.Path("/srv/mailboxes")
# Less than any mail of Rekey.
SMALL = 1500


class Ports:
    """What listens where on 127.0.0.1. The first three are the usual ones."""

    PLAIN = 25  # no TLS, no login
    SUBMISSION = 587  # STARTTLS and login required
    SMTPS = 465  # TLS from the first byte, login required
    NO_STARTTLS = 2500  # offers no STARTTLS


class Door(NamedTuple):
    """A pair of ports with a wrong certificate: STARTTLS and implicit TLS, login required."""

    # Its name in `authority.Certificates`.
    certificate: str
    submission: int
    smtps: int
    # What is wrong with it, and Rekey's words for that.
    what: str
    complaint: str


DOORS = [
    Door("other_name", 2587, 2465, "certificate for another name", "not valid for name"),
    Door("strangers", 3587, 3465, "certificate of an unknown CA", "UnknownIssuer"),
    Door("expired", 4587, 4465, "certificate that has expired", "certificate expired"),
]


class MailServer(Protocol):
    """A mail server of Debian's, run by a trial."""

    name: str
    package: str
    packages: list[str]
    suite: str | None

    def start(self, certificates: Certificates, size_limit: int | None = None) -> None:
        """Starts it with these certificates. `size_limit` is in bytes; None is the server's own."""

    def stop(self) -> None:
        """Ends it."""

    def let_later_through(self) -> None:
        """From now on, or a little later, mail to `LATER`, so far put off, is taken."""

    def log(self) -> str:
        """Its log so far."""


def mails_to(address: str) -> list[bytes]:
    """The raw mails in a mailbox, oldest first."""
    new = MAILBOXES / address.split("@")[0] / "new"
    return [mail.read_bytes() for mail in sorted(new.glob("*"), key=lambda mail: mail.stat().st_mtime_ns)]


def all_mails() -> int:
    """How many mails lie in all mailboxes."""
    return sum(len(mails_to(address)) for address in (ADA, UMA, LATER))
