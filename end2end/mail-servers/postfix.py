"""Postfix from Debian, with Cyrus SASL for the login and postgrey for greylisting."""

import pathlib
import pwd
import shutil
import subprocess

from authority import NAME, Certificate, Certificates
from mail_server import ADA, DOMAIN, DOORS, LATER, LOGIN, MAILBOXES, PASSWORD, UMA, Ports

_ETC = pathlib.Path("/etc/postfix")
_LOG = pathlib.Path("/var/log/postfix.log")
_GREYLIST_PORT = 10023

_MAIN = f"""
compatibility_level = 3.6
myhostname = {NAME}
mydestination =
inet_protocols = ipv4
mynetworks = 127.0.0.0/8
maillog_file = {_LOG}
virtual_mailbox_domains = {DOMAIN}
virtual_mailbox_base = {MAILBOXES}
virtual_mailbox_maps = texthash:{_ETC}/mailboxes
virtual_uid_maps = static:%(user)d
virtual_gid_maps = static:%(group)d
smtpd_sasl_local_domain = {NAME}
smtpd_sasl_security_options = noanonymous
smtpd_restriction_classes = greylist
greylist = check_policy_service inet:127.0.0.1:{_GREYLIST_PORT}
smtpd_recipient_restrictions = check_recipient_access texthash:{_ETC}/greylisted
"""

# The services of Debian's own master.cf that a delivery to a mailbox needs, outside of a chroot.
_MASTER = """
cleanup   unix n - n - 0 cleanup
qmgr      unix n - n 300 1 qmgr
tlsmgr    unix - - n 1000? 1 tlsmgr
rewrite   unix - - n - - trivial-rewrite
bounce    unix - - n - 0 bounce
defer     unix - - n - 0 bounce
trace     unix - - n - 0 bounce
verify    unix - - n - 1 verify
proxymap  unix - - n - - proxymap
error     unix - - n - - error
retry     unix - - n - - error
virtual   unix - n n - - virtual
anvil     unix - - n - 1 anvil
scache    unix - - n - 1 scache
postlog   unix-dgram n - n - 1 postlogd
"""


class Postfix:
    """See `mail_server.MailServer`."""

    name = "Postfix"
    package = "postfix"
    packages = ["postfix", "libsasl2-modules", "sasl2-bin", "postgrey", "ca-certificates", "openssl"]
    suite = None

    def start(self, certificates: Certificates, size_limit: int | None = None) -> None:
        """Writes the configuration, starts postgrey the first time, and Postfix."""
        is_first = not MAILBOXES.exists()
        if is_first:
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
            self._accounts()
            self._greylist()
        owner = pwd.getpwnam("mailboxes")
        (_ETC / "mailboxes").write_text(
            "".join(f"{address} {address.split('@')[0]}/\n" for address in (ADA, UMA, LATER))
        )
        (_ETC / "greylisted").write_text(f"{LATER} greylist\n")
        size = f"message_size_limit = {size_limit}\n" if size_limit else ""
        (_ETC / "main.cf").write_text(_MAIN % {"user": owner.pw_uid, "group": owner.pw_gid} + size)
        services = [
            _service(Ports.PLAIN),
            _service(Ports.NO_STARTTLS, smtpd_sasl_auth_enable="yes", smtpd_tls_auth_only="no"),
            _submission(Ports.SUBMISSION, certificates.good),
            _smtps(Ports.SMTPS, certificates.good),
        ]
        for door in DOORS:
            certificate = getattr(certificates, door.certificate)
            services += [_submission(door.submission, certificate), _smtps(door.smtps, certificate)]
        (_ETC / "master.cf").write_text("".join(services) + _MASTER)
        subprocess.run(["postfix", "start"], capture_output=True, check=True)

    def stop(self) -> None:
        """Ends Postfix; postgrey ends with the room."""
        subprocess.run(["postfix", "stop"], capture_output=True, check=True)

    def let_later_through(self) -> None:
        """Nothing to do: postgrey lets the second try through by itself."""

    def log(self) -> str:
        """The log of all its services."""
        return _LOG.read_text(errors="replace") if _LOG.exists() else ""

    def _accounts(self) -> None:
        """The login in Cyrus SASL's own database, which Postfix must be able to read."""
        (_ETC / "sasl").mkdir(exist_ok=True)
        (_ETC / "sasl/smtpd.conf").write_text(
            "pwcheck_method: auxprop\nauxprop_plugin: sasldb\nmech_list: PLAIN LOGIN\n"
        )
        user, realm = LOGIN.split("@")
        subprocess.run(["saslpasswd2", "-p", "-c", "-u", realm, user], input=PASSWORD.encode(), check=True)
        shutil.chown("/etc/sasldb2", "postfix", "postfix")

    def _greylist(self) -> None:
        # Debian's own list of clients spares this machine's network from greylisting; the trial wants to see it.
        subprocess.run(
            [
                "postgrey",
                f"--inet=127.0.0.1:{_GREYLIST_PORT}",
                "--delay=5",
                "--whitelist-clients=/dev/null",
                "--daemonize",
            ],
            capture_output=True,
            check=True,
        )


def _service(port: int, **options: str) -> str:
    words = "".join(f"  -o {name}={value}\n" for name, value in options.items())
    return f"127.0.0.1:{port} inet n - n - - smtpd\n{words}"


def _login(certificate: Certificate) -> dict[str, str]:
    # As in Debian's master.cf, where these lines stand as comments.
    return {
        "smtpd_tls_chain_files": f"{certificate.key},{certificate.chain}",
        "smtpd_tls_auth_only": "yes",
        "smtpd_sasl_auth_enable": "yes",
        "smtpd_client_restrictions": "permit_sasl_authenticated,reject",
        "smtpd_tls_received_header": "yes",
        "smtpd_sasl_authenticated_header": "yes",
    }


def _submission(port: int, certificate: Certificate) -> str:
    return _service(port, smtpd_tls_security_level="encrypt", **_login(certificate))


def _smtps(port: int, certificate: Certificate) -> str:
    return _service(port, smtpd_tls_wrappermode="yes", **_login(certificate))
