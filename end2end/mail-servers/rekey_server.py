"""Rekey as an operator and a manager use it: commands, a server, its pages without script, and the mails' rows."""

import http.cookiejar
import pathlib
import signal
import sqlite3
import subprocess
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid
from html.parser import HTMLParser
from typing import NamedTuple

URL = "http://127.0.0.1:3000"
SENDER = "accounts@blueheron.example"


class Row(NamedTuple):
    """What the newest mail's row says."""

    state: str
    attempts: int
    stage: str | None
    code: int | None
    text: str | None


class Rekey:
    """One database and the server on it. `root` is a file for SSL_CERT_FILE, None leaves the system's roots."""

    def __init__(self, executable: pathlib.Path, folder: pathlib.Path, smtp_url: str, root: pathlib.Path | None = None):
        self._executable = executable
        self._folder = folder
        self._log = folder / "rekey.log"
        self._process: subprocess.Popen | None = None
        self._browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))
        self._smtp_url = smtp_url
        self._root = root
        folder.mkdir(parents=True, exist_ok=True)

    def command(self, *arguments: str) -> None:
        """Runs `rekey …`; raises where it does not end with 0."""
        subprocess.run(
            [self._executable, *arguments], env=self._environment(), cwd=self._folder, capture_output=True, check=True
        )

    def __enter__(self) -> "Rekey":
        with self._log.open("a") as log:
            self._process = subprocess.Popen(
                [self._executable, "serve"], env=self._environment(), cwd=self._folder, stdout=log, stderr=log
            )
        wait_for(self._is_ready, 20, "Rekey is not ready")
        return self

    def __exit__(self, *_: object) -> None:
        self._process.send_signal(signal.SIGTERM)
        try:
            self._process.wait(timeout=3)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def restart(self, smtp_url: str) -> None:
        """Ends the server and starts it again with another REKEY_SMTP_URL."""
        self.__exit__()
        self._smtp_url = smtp_url
        self.__enter__()

    def log(self) -> str:
        """What it logged."""
        return self._log.read_text(errors="replace")

    def get(self, path: str) -> str:
        """A page."""
        with self._browser.open(URL + path, timeout=20) as answer:
            return answer.read().decode()

    def post(self, path: str, **fields: str) -> str:
        """A form, sent as a browser without script sends it; gives the page behind the redirect."""
        body = urllib.parse.urlencode(fields).encode()
        request = urllib.request.Request(URL + path, data=body, headers={"Origin": URL})
        with self._browser.open(request, timeout=20) as answer:
            return answer.read().decode()

    def sign_in(self, email: str, password: str) -> None:
        """Signs in; the session lives as long as this object."""
        self.post("/login", email=email, password=password)

    def press_reset(self, email: str) -> None:
        """The button at the top of a person's page: **Reset password**, or **Resend invitation**."""
        path = self.page_of(email)
        company = read_page(self.get(path)).hidden["company"]
        self.post(f"{path}/reset", company=company)

    def latest_reset(self, email: str) -> tuple[str, str, str]:
        """What a person's page says of the newest reset: badge, sentence, the mail server's reply or nothing."""
        page = read_page(self.get(self.page_of(email)))
        badge, sentence, reply = (" ".join(part.split()) for part in (page.badge, page.sentence, page.reply))
        return badge, sentence, reply

    def page_of(self, email: str) -> str:
        """The path of a person's page."""
        [(found,)] = self._query("SELECT id FROM users WHERE email = ?", email)
        return f"/company/users/{uuid.UUID(bytes=found) if isinstance(found, bytes) else found}"

    def row_of(self, email: str) -> Row | None:
        """The newest mail to an address."""
        columns = "state, attempts, reply_stage, reply_code, reply_text"
        rows = self._query(
            f"SELECT {columns} FROM mails WHERE recipient = ? ORDER BY created_at DESC, id DESC LIMIT 1", email
        )
        return Row(*rows[0]) if rows else None

    def settled_row_of(
        self, email: str, states: tuple[str, ...] = ("accepted", "refused", "deferred"), limit: float = 20
    ) -> Row:
        """The newest mail to an address, once an attempt at it has ended in one of these states."""

        def settled() -> Row | None:
            row = self.row_of(email)
            return row if row and row.state in states else None

        return wait_for(settled, limit, f"the mail to {email} is in none of the states {states}: {self.row_of(email)}")

    def _is_ready(self) -> bool:
        if self._process.poll() is not None:
            raise SystemExit(f"Rekey ended with {self._process.returncode}:\n{self.log()}")
        try:
            self.get("/health/ready")
            return True
        except (urllib.error.URLError, OSError):
            return False

    def _query(self, sql: str, *values: str) -> list[tuple]:
        database = sqlite3.connect(f"file:{self._folder}/rekey.db?mode=ro", uri=True, timeout=5)
        try:
            return database.execute(sql, values).fetchall()
        finally:
            database.close()

    def _environment(self) -> dict[str, str]:
        roots = {"SSL_CERT_FILE": str(self._root)} if self._root else {}
        return {
            "PATH": "/usr/bin:/bin",
            "REKEY_PUBLIC_URL": URL,
            "REKEY_SMTP_URL": self._smtp_url,
            "REKEY_MAIL_FROM": SENDER,
            "REKEY_DATABASE_URL": f"sqlite:{self._folder}/rekey.db",
            "REKEY_LISTEN": "127.0.0.1:3000",
            **roots,
        }


def wait_for(found, limit: float, otherwise: str):
    """Asks again and again until the answer is true."""
    end = time.monotonic() + limit
    while not (answer := found()):
        if time.monotonic() > end:
            raise TimeoutError(otherwise)
        time.sleep(0.1)
    return answer


class _PageReader(HTMLParser):
    """Picks out of a person's page the hidden fields, and the parts of the newest reset."""

    def __init__(self) -> None:
        super().__init__()
        self.hidden: dict[str, str] = {}
        self.badge = self.sentence = self.reply = ""
        # What the text read now belongs to; the newest reset begins at its badge and its facts end it.
        self._where = "before"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Where the parts begin."""
        attributes = dict(attrs)
        if tag == "input" and attributes.get("type") == "hidden":
            self.hidden[attributes["name"]] = attributes.get("value") or ""
        elif tag == "span" and "data-state" in attributes and self._where == "before":
            self._where = "badge"
        elif tag == "details" and self._where == "sentence":
            self._where = "details"
        elif tag == "code" and self._where == "details":
            self._where = "reply"
        elif tag == "dl" and self._where != "before":
            self._where = "behind"

    def handle_endtag(self, tag: str) -> None:
        """Where badge and reply end."""
        if tag == "span" and self._where == "badge":
            self._where = "sentence"
        elif tag == "code" and self._where == "reply":
            self._where = "details"

    def handle_data(self, data: str) -> None:
        """The text of the parts."""
        if self._where in ("badge", "sentence", "reply"):
            setattr(self, self._where, getattr(self, self._where) + data)


def read_page(html: str) -> _PageReader:
    """A person's page, read."""
    reader = _PageReader()
    reader.feed(html)
    return reader
