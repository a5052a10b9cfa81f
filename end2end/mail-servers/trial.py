"""Tries one case after the other against one mail server.

Every case starts from a copy of one database: Ada is signed in and asks for a reset of somebody's password, against the
mail server and over a listener on the way. The mail's row, the manager's page, what went over the wire and what lies in
the mailboxes are compared with what the case expects.
"""

import dataclasses
import email
import email.policy
import pathlib
import re
import shutil
import urllib.parse
from collections.abc import Callable

from authority import Certificates
from cases import ELSEWHERE, HOSTS, ON_THE_WAY, Case, Outcome
from listener import Conversation, Listener
from mail_server import ADA, LATER, NOBODY, PASSWORD, STALE, UMA, MailServer, all_mails, mails_to
from rekey_server import Rekey, Row, wait_for

COMPANY = "Blue Heron Logistics"
_PASSWORD_OF_PEOPLE = "lantern-orbit-velvet-27"


@dataclasses.dataclass
class Result:
    """What came of a case."""

    case: str
    # What the row said after each try that was looked at.
    rows: list[dict] = dataclasses.field(default_factory=list)
    # The manager's page at the end.
    badge: str = ""
    page: str = ""
    # What the client said in the clear.
    clear: str = ""
    # As it lies in the mailbox, where it came that far.
    mail: str = ""
    problems: list[str] = dataclasses.field(default_factory=list)


class Trial:
    """One mail server and everything that is tried against it."""

    def __init__(
        self,
        server: MailServer,
        executable: pathlib.Path,
        folder: pathlib.Path,
        certificates: Certificates,
        name_hosts: Callable[[dict[str, str]], None],
    ):
        self._server = server
        self._executable = executable
        self._folder = folder
        self._certificates = certificates
        self._name_hosts = name_hosts
        self._size_limit: int | None = None
        self._first = folder / "first"

    def prepare(self) -> None:
        """Starts the server, and makes the database of all cases: Ada and Uma set passwords by their invitations."""
        self._name_hosts(HOSTS)
        self._server.start(self._certificates)
        rekey = Rekey(self._executable, self._first, "smtp://localhost:25")
        rekey.command("company", "create", COMPANY)
        with rekey:
            for address, name in ((ADA, "Ada Admin"), (UMA, "Uma User"), (NOBODY, "Nobody"), (STALE, "Stella Stale")):
                rekey.command("admin", "invite", address, "--company", COMPANY, "--name", name)
            for address in (ADA, UMA):
                [invitation] = wait_for(
                    lambda address=address: mails_to(address),
                    20,
                    f"no invitation for {address}: {rekey.row_of(address)}",
                )
                rekey.post(link_of(invitation), new_password=_PASSWORD_OF_PEOPLE)
            for address in (NOBODY, STALE):
                rekey.settled_row_of(address, ("refused",))
            # The notices that the passwords were set.
            wait_for(lambda: len(mails_to(ADA)) == 2 and len(mails_to(UMA)) == 2, 20, "no notice of the new password")

    def run(self, case: Case) -> Result:
        """Tries a case."""
        if case.size_limit != self._size_limit:
            self._server.stop()
            self._server.start(self._certificates, case.size_limit)
            self._size_limit = case.size_limit
        folder = self._folder / re.sub(r"\W+", "-", case.name)
        shutil.copytree(self._first, folder)
        smtp_url, listen = self._addresses(case)
        rekey = Rekey(
            self._executable, folder, smtp_url, self._certificates.strangers_root if case.is_strangers_root else None
        )
        mails_before = all_mails()
        if case.is_localhost_elsewhere:
            self._name_hosts({**HOSTS, "localhost": ELSEWHERE})
        found = Result(case.name)
        with Listener(listen, ("127.0.0.1", case.port), case.meddle) as listener, rekey:
            try:
                self._ask_and_look(case, rekey, found)
            except TimeoutError as late:
                found.problems.append(str(late))
        self._name_hosts(HOSTS)
        found.clear = _shown_clear(case, listener.conversations)
        found.problems += _wrong_on_the_wire(case, listener.conversations)
        is_to_arrive = case.outcome.state == "accepted"
        if is_to_arrive and not found.problems:
            wait_for(lambda: all_mails() > mails_before, 10, "the mail server took the mail and did not deliver it")
            mail = mails_to(case.to)[-1]
            found.problems += wrong_in_mail(mail, case.to, case.received)
            found.mail = mail.decode()
        arrived = all_mails() - mails_before
        if arrived != is_to_arrive:
            found.problems.append(f"{arrived} mails arrived")
        if PASSWORD in rekey.log() or re.search(r"/reset-password/\w{20}", rekey.log()):
            found.problems.append("a secret is in Rekey's log")
        return found

    def _ask_and_look(self, case: Case, rekey: Rekey, found: Result) -> None:
        """Asks for the mail, waits for what comes of it, and compares row and page with what is expected."""
        rekey.sign_in(ADA, _PASSWORD_OF_PEOPLE)
        if case.to == LATER:
            rekey.command("admin", "invite", LATER, "--company", COMPANY, "--name", "Lea Later")
        else:
            rekey.press_reset(case.to)
        if case.first_outcome:
            self._look(case.to, case.first_outcome, rekey, rekey.settled_row_of(case.to), found)
            if case.mended_url:
                rekey.restart(case.mended_url)
            else:
                self._server.let_later_through()
            row = rekey.settled_row_of(case.to, ("accepted", "refused"), case.patience)
        else:
            row = rekey.settled_row_of(case.to, limit=case.patience)
        self._look(case.to, case.outcome, rekey, row, found)

    def _look(self, to: str, expected: Outcome, rekey: Rekey, row: Row, found: Result) -> None:
        """Compares the row and the person's page with what is expected."""
        found.rows.append({"state": row.state, "stage": row.stage, "code": row.code, "text": row.text})
        found.badge, sentence, reply = rekey.latest_reset(to)
        found.page = _without_times(sentence)
        if (row.state, row.stage, row.code) != (expected.state, expected.stage, expected.code):
            found.problems.append(f"expected {expected}, the row says {row}")
        if not re.search(expected.words, row.text or ""):
            found.problems.append(f"expected {expected.words!r} in {row.text!r}")
        if expected.page not in sentence:
            found.problems.append(f"expected {expected.page!r} on the page, which says {sentence!r}")
        if reply != " ".join((row.text or "").split()):
            found.problems.append(f"the page shows the reply {reply!r}, the row has {row.text!r}")

    def _addresses(self, case: Case) -> tuple[str, tuple[str, int]]:
        """The URL, and where the listener takes the connection."""
        if case.is_unheard:
            # Where the connection would go if it were made, the listener hears it.
            return (case.url, (ON_THE_WAY, 1)) if case.port == 0 else (f"{case.url}:2525", (ELSEWHERE, 2525))
        if "localhost" in case.url:
            return f"{case.url}:2525", ("127.0.0.1", 2525)
        return case.url, (ON_THE_WAY, case.port)


def link_of(raw: bytes) -> str:
    """The path of the link in a mail's text part."""
    text = _read(raw).get_body(("plain",)).get_content()
    return urllib.parse.urlsplit(re.search(r"http://\S+/reset-password/\S+", text).group()).path


def wrong_in_mail(raw: bytes, to: str, received: str) -> list[str]:
    """What is not as it should be in a mail that arrived, read by Python's own library."""
    mail = _read(raw)
    text, html = (mail.get_body((kind,)) for kind in ("plain", "html"))
    problems = [f"defect in the mail: {defect!r}" for part in mail.walk() for defect in part.defects]
    if (
        mail.get_content_type() != "multipart/alternative"
        or text is None
        or html is None
        or len(list(mail.iter_parts())) != 2
    ):
        return [*problems, "the mail has not exactly the two parts"]
    if mail["To"] != to or not mail["Subject"] or not mail["Message-ID"] or mail["Auto-Submitted"] != "auto-generated":
        problems.append("a header is wrong")
    if received not in " ".join(mail["Received"].split()):
        problems.append(f"expected {received!r} in {mail['Received']!r}")
    if link_of(raw) not in html.get_content():
        problems.append("the link of the text part is not in the HTML part")
    return problems


def _read(raw: bytes):
    return email.message_from_bytes(raw, policy=email.policy.default)


def _wrong_on_the_wire(case: Case, conversations: list[Conversation]) -> list[str]:
    if case.is_unheard:
        return ["a connection was made"] if conversations else []
    if not conversations:
        return ["no connection was made"]
    if case.clear is None:
        # Everything was heard, so that what is not heard in the other cases was not said.
        commands = {line.split(" ")[0] for line in conversations[0].clear_lines}
        wanted = {"EHLO", "MAIL", "RCPT", "DATA", "."}
        return [] if wanted <= commands else [f"the listener heard {commands} of a mail in the clear"]
    return [
        f"in the clear: {conversation.clear_lines}, TLS behind it: {conversation.is_tls_from_there}"
        for conversation in conversations
        if conversation.clear_lines != case.clear or not conversation.is_tls_from_there
    ]


def _shown_clear(case: Case, conversations: list[Conversation]) -> str:
    if case.is_unheard:
        return "no connection"
    if case.clear is None:
        return "all of it, on loopback"
    lines = conversations[0].clear_lines if conversations else []
    return ", ".join(line.split()[0] for line in lines) or "nothing"


def _without_times(sentence: str) -> str:
    """Moments change from run to run; what the figures show does not."""
    return re.sub(r" (on|Next try) .*?\.( |$)", r" \1 ….\2", sentence)
