"""OpenSMTPD from Debian, with its own table of logins."""

import pathlib
import subprocess

from authority import NAME, Certificate, Certificates
from mail_server import ADA, DOMAIN, DOORS, LATER, LOGIN, MAILBOXES, PASSWORD, STALE, UMA, Ports

_TABLES = pathlib.Path("/etc/rekey-trial")
_CONFIG = _TABLES / "smtpd.conf"
_LOG = pathlib.Path("/var/log/opensmtpd.log")


class OpenSmtpd:
    """See `mail_server.MailServer`."""

    name = "OpenSMTPD"
    package = "opensmtpd"
    packages = ["opensmtpd", "ca-certificates", "openssl"]
    # The one of Debian 12 (6.8, from before OpenSSL 3) fails at every TLS handshake, whoever calls.
    suite = "trixie"

    def __init__(self) -> None:
        self._process: subprocess.Popen | None = None

    def start(self, certificates: Certificates, size_limit: int | None = None) -> None:
        """Writes tables and configuration, and starts it."""
        if not MAILBOXES.exists():
            subprocess.run(
                [
                    "useradd",
                    "--system",
                    "--home-dir",
                    str(MAILBOXES),
                    "--create-home",
                    "--skel",
                    "/dev/null",
                    "mailboxes",
                ],
                check=True,
            )
        _TABLES.mkdir(exist_ok=True)
        encrypted = subprocess.check_output(["smtpctl", "encrypt", PASSWORD], text=True).strip()
        (_TABLES / "logins").write_text(f"{LOGIN}\t{encrypted}\n")
        (_TABLES / "people").write_text("".join(f"{address} mailboxes\n" for address in (ADA, UMA, LATER)))
        (_TABLES / "addresses").write_text("".join(f"{address}\n" for address in (ADA, UMA, LATER, STALE)))
        (_TABLES / "later").write_text(f"{LATER}\n")
        # A client that asks for a host gets the certificate whose `pki` has that name, whatever the port's is. With
        # labels that are no host names each port shows its own.
        labels = ["good", *(door.certificate for door in DOORS)]
        lines = [
            *(line for label in labels for line in _pki(label, getattr(certificates, label))),
            f"table logins file:{_TABLES}/logins",
            f"table people file:{_TABLES}/people",
            f"table addresses file:{_TABLES}/addresses",
            f"table later file:{_TABLES}/later",
            'filter later phase rcpt-to match rcpt-to <later> reject "451 4.7.1 Greylisted, come again"',
            *([f"smtp max-message-size {size_limit}"] if size_limit else []),
            _listen(Ports.PLAIN, ""),
            _listen(Ports.NO_STARTTLS, ""),
            _listen(Ports.SUBMISSION, "tls-require pki good auth <logins>"),
            _listen(Ports.SMTPS, "smtps pki good auth <logins>"),
            *(_listen(door.submission, f"tls-require pki {door.certificate} auth <logins>") for door in DOORS),
            *(_listen(door.smtps, f"smtps pki {door.certificate} auth <logins>") for door in DOORS),
            f'action "mailboxes" maildir "{MAILBOXES}/%{{rcpt.user}}" virtual <people>',
            'match from any for rcpt-to <addresses> action "mailboxes"',
        ]
        _CONFIG.write_text("\n".join(lines) + "\n")
        with _LOG.open("a") as log:
            self._process = subprocess.Popen(["smtpd", "-d", "-f", str(_CONFIG)], stdout=log, stderr=log)

    def stop(self) -> None:
        """Ends it with all of its processes."""
        self._process.terminate()
        self._process.wait(timeout=10)

    def let_later_through(self) -> None:
        """Empties the table of those who are put off."""
        (_TABLES / "later").write_text(f"somebody-else@{DOMAIN}\n")
        subprocess.run(["smtpctl", "update", "table", "later"], capture_output=True, check=True)

    def log(self) -> str:
        """What it said."""
        return _LOG.read_text(errors="replace") if _LOG.exists() else ""


def _pki(label: str, certificate: Certificate) -> list[str]:
    return [f'pki {label} cert "{certificate.chain}"', f'pki {label} key "{certificate.key}"']


def _listen(port: int, more: str) -> str:
    return f"listen on 127.0.0.1 port {port} hostname {NAME} filter later {more}"
