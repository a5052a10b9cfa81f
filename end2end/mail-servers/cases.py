"""The cases, each with what Rekey has to make of it. How one is tried stands in `trial`."""

import dataclasses
import urllib.parse

from authority import NAME
from listener import Meddle, hands_on, speaks_behind_220, strips_starttls
from mail_server import DOORS, LATER, LOGIN, NOBODY, PASSWORD, SMALL, STALE, UMA, MailServer, Ports

# The listener's address, and the one that `localhost` is said to have in one case.
ON_THE_WAY = "127.0.0.2"
ELSEWHERE = "192.0.2.25"
HOSTS = {"localhost": "127.0.0.1", NAME: ON_THE_WAY}

# EHLO names the host of REKEY_PUBLIC_URL.
EHLO = "EHLO [127.0.0.1]"
ONLY_STARTTLS = [EHLO, "STARTTLS"]


@dataclasses.dataclass(frozen=True)
class Outcome:
    """What the row and the page have to say. `words` is a regular expression, found in the row's text."""

    state: str
    stage: str
    code: int | None
    words: str
    # A part of the sentence on the manager's page.
    page: str


@dataclasses.dataclass(frozen=True)
class Case:
    """One mail, one way to the mail server, and what has to come of it."""

    name: str
    url: str
    # The mail server's port. 0: none.
    port: int
    outcome: Outcome
    # The client's lines in the clear; TLS follows. None: the whole mail, which only this machine may hear.
    clear: list[str] | None = dataclasses.field(default_factory=list)
    to: str = UMA
    meddle: Meddle = hands_on
    # The stranger's root for SSL_CERT_FILE, in place of the system's.
    is_strangers_root: bool = False
    # The mail server's, in bytes.
    size_limit: int | None = None
    # What the server says in the `Received` of a mail that it took.
    received: str = "with ESMTPSA"
    # No connection may be made, or can be.
    is_unheard: bool = False
    is_localhost_elsewhere: bool = False
    # What has to come of the first try, where there is a second: after a restart with this URL, else when the mail
    # server no longer puts the mail off.
    first_outcome: Outcome | None = None
    mended_url: str = ""
    # How long to wait for the outcome, in seconds.
    patience: float = 20


def url(scheme: str, port: int | None = None, password: str = PASSWORD, login: bool = True) -> str:
    """A value for REKEY_SMTP_URL that reaches the mail server by name. No port: the scheme's own."""
    quoted = f"{urllib.parse.quote(LOGIN, safe='')}:{urllib.parse.quote(password, safe='')}@" if login else ""
    return f"{scheme}://{quoted}{NAME}" + (f":{port}" if port else "")


ACCEPTED = Outcome("accepted", "body", 250, "2.0.0", "The mail server took the mail on")


def _insecure(words: str) -> Outcome:
    return Outcome("deferred", "tls", None, words, "no secure connection, so nothing was sent")


def _no_answer(words: str) -> Outcome:
    return Outcome("deferred", "connect", None, words, "our mail server does not answer")


def _trouble(stage: str, code: int, words: str) -> Outcome:
    return Outcome("deferred", stage, code, words, "temporary trouble")


def _login(code: int, words: str) -> Outcome:
    return Outcome("deferred", "login", code, words, "our login is refused")


def _ours(stage: str, code: int, words: str) -> Outcome:
    return Outcome("deferred", stage, code, words, "our sender is refused")


def _refused(stage: str, code: int, words: str, why: str) -> Outcome:
    return Outcome("refused", stage, code, words, f"The mail server refused the mail: {why}.")


def cases_of(server: MailServer) -> list[Case]:
    """All cases in the order in which they are tried."""
    submission = url("smtp"), Ports.SUBMISSION
    return [
        Case("plain on loopback", "smtp://localhost", Ports.PLAIN, ACCEPTED, clear=None, received="with ESMTP id"),
        Case("STARTTLS, login", *submission, ACCEPTED, ONLY_STARTTLS),
        Case("implicit TLS, login", url("smtps"), Ports.SMTPS, ACCEPTED),
        Case(
            "STARTTLS, login, root of SSL_CERT_FILE",
            url("smtp", 3587),
            3587,
            ACCEPTED,
            ONLY_STARTTLS,
            is_strangers_root=True,
        ),
        *_wrong_passwords(),
        *_wrong_certificates(),
        Case(
            "STARTTLS not offered",
            url("smtp", Ports.NO_STARTTLS),
            Ports.NO_STARTTLS,
            _insecure("offers no STARTTLS"),
            [EHLO],
        ),
        Case(
            "STARTTLS taken away on the way",
            *submission,
            _insecure("offers no STARTTLS"),
            [EHLO],
            meddle=strips_starttls,
        ),
        Case(
            "replies put in behind the 220 of STARTTLS",
            *submission,
            _insecure("in the clear after STARTTLS"),
            ONLY_STARTTLS,
            meddle=speaks_behind_220,
        ),
        Case(
            "smtps:// to a port with STARTTLS",
            url("smtps", Ports.SUBMISSION),
            Ports.SUBMISSION,
            _insecure("no secure connection"),
        ),
        Case(
            "smtp:// to a port with implicit TLS",
            url("smtp", Ports.SMTPS),
            Ports.SMTPS,
            _no_answer("within 60s"),
            patience=80,
        ),
        Case("nobody listens", url("smtp", 9), 0, _no_answer("the connection failed"), is_unheard=True),
        Case(
            "localhost that is another machine",
            "smtp://localhost",
            Ports.PLAIN,
            _no_answer("no address to use"),
            is_unheard=True,
            is_localhost_elsewhere=True,
        ),
        Case(
            "login where none is offered",
            url("smtp").replace(NAME, "localhost"),
            Ports.PLAIN,
            _login(504, "offers no login"),
            [EHLO],
        ),
        *(_of_postfix() if server.name == "Postfix" else _of_opensmtpd()),
    ]


def _wrong_passwords() -> list[Case]:
    outcome = _login(535, "[Aa]uthentication")
    return [
        Case("STARTTLS, wrong password", url("smtp", password="wrong"), Ports.SUBMISSION, outcome, ONLY_STARTTLS),
        Case("implicit TLS, wrong password", url("smtps", password="wrong"), Ports.SMTPS, outcome),
        Case(
            "wrong password, Rekey started again with the right one",
            url("smtp", password="wrong"),
            Ports.SUBMISSION,
            ACCEPTED,
            ONLY_STARTTLS,
            first_outcome=outcome,
            mended_url=url("smtp"),
            patience=60,
        ),
    ]


def _wrong_certificates() -> list[Case]:
    cases = []
    for door in DOORS:
        outcome = _insecure(door.complaint)
        cases += [
            Case(f"STARTTLS, {door.what}", url("smtp", door.submission), door.submission, outcome, ONLY_STARTTLS),
            Case(f"implicit TLS, {door.what}", url("smtps", door.smtps), door.smtps, outcome),
        ]
    return cases


def _of_postfix() -> list[Case]:
    # Postfix says what it thinks of the client at the recipient, and names the client.
    without_login = _ours("recipient", 554, "5.7.1")
    unknown = _refused("recipient", 550, "5.1.1 <nobody@", "no such mailbox")
    large = _refused("body", 552, "5.3.4", "it gave no plain reason")
    return _own_words(without_login, unknown, _trouble("recipient", 450, "4.2.0 .*Greylisted"), large)


def _of_opensmtpd() -> list[Case]:
    without_login = _ours("sender", 530, "AUTH")
    unknown = _refused("recipient", 550, "Invalid recipient: <nobody@", "it gave no plain reason")
    stale = _refused("recipient", 524, "5.2.4", "it gave no plain reason")
    large = _refused("body", 554, "5.3.4", "it gave no plain reason")
    return [
        Case(
            "recipient with a rule and without a mailbox", url("smtp"), Ports.SUBMISSION, stale, ONLY_STARTTLS, to=STALE
        ),
        *_own_words(without_login, unknown, _trouble("recipient", 451, "4.7.1 Greylisted"), large),
    ]


def _own_words(without_login: Outcome, unknown: Outcome, put_off: Outcome, large: Outcome) -> list[Case]:
    """What both do, each in its own words. The last case restarts the mail server with a limit."""
    submission = url("smtp"), Ports.SUBMISSION
    return [
        Case("login left out", url("smtp", login=False), Ports.SUBMISSION, without_login, ONLY_STARTTLS),
        Case("recipient refused", *submission, unknown, ONLY_STARTTLS, to=NOBODY),
        Case(
            "put off, taken at the second try",
            *submission,
            ACCEPTED,
            ONLY_STARTTLS,
            to=LATER,
            first_outcome=put_off,
            patience=60,
        ),
        Case("mail too large", *submission, large, ONLY_STARTTLS, size_limit=SMALL),
    ]
