"""Two certificate authorities made for one trial, and server certificates of each kind, by `openssl ca`."""

import pathlib
import subprocess

NAME = "mail.rekey.test"

_CONFIG = """
[ca]
default_ca = trial
[trial]
database = index.txt
new_certs_dir = .
rand_serial = yes
default_md = sha256
unique_subject = no
policy = any
copy_extensions = copy
[any]
commonName = supplied
"""


class Authority:
    """One authority in a folder of its own. `root` is its certificate."""

    def __init__(self, folder: pathlib.Path, name: str):
        self._folder = folder
        folder.mkdir(parents=True)
        (folder / "index.txt").touch()
        (folder / "openssl.cnf").write_text(_CONFIG)
        self.root = folder / "root.pem"
        self._openssl(
            "req",
            "-x509",
            *_NEW_KEY,
            "-keyout",
            "root.key",
            "-out",
            "root.pem",
            "-days",
            "30",
            "-subj",
            f"/CN={name}",
            "-addext",
            "keyUsage=critical,keyCertSign,cRLSign",
        )

    def certify(self, label: str, host: str = NAME, until: str | None = None) -> "Certificate":
        """A certificate for a host; `until` in the past, such as `20250201000000Z`, for one that has expired."""
        made = Certificate(self._folder / f"{label}.pem", self._folder / f"{label}.key")
        self._openssl(
            "req",
            "-new",
            *_NEW_KEY,
            "-keyout",
            made.key.name,
            "-out",
            f"{label}.csr",
            "-subj",
            f"/CN={host}",
            "-addext",
            f"subjectAltName=DNS:{host}",
            "-addext",
            "extendedKeyUsage=serverAuth",
        )
        times = ["-startdate", "20250101000000Z", "-enddate", until] if until else ["-days", "30"]
        self._openssl(
            "ca",
            "-batch",
            "-notext",
            "-config",
            "openssl.cnf",
            "-cert",
            "root.pem",
            "-keyfile",
            "root.key",
            "-in",
            f"{label}.csr",
            "-out",
            made.chain.name,
            *times,
        )
        made.key.chmod(0o600)
        return made

    def _openssl(self, *arguments: str) -> None:
        subprocess.run(["openssl", *arguments], cwd=self._folder, capture_output=True, check=True)


class Certificate:
    """Two files: the certificate and its key."""

    def __init__(self, chain: pathlib.Path, key: pathlib.Path):
        self.chain = chain
        self.key = key


class Certificates:
    """All that a trial needs. Only `ours` is trusted by the room's system."""

    def __init__(self, folder: pathlib.Path):
        ours = Authority(folder / "ours", "Blue Heron private CA")
        stranger = Authority(folder / "stranger", "A stranger's CA")
        self.root = ours.root
        self.strangers_root = stranger.root
        self.good = ours.certify("good")
        self.other_name = ours.certify("other-name", host="other.rekey.test")
        self.expired = ours.certify("expired", until="20250201000000Z")
        self.strangers = stranger.certify("strangers")

    def trust(self) -> None:
        """Puts our root among the system's, the way Debian has for it."""
        local = pathlib.Path("/usr/local/share/ca-certificates/blue-heron.crt")
        local.parent.mkdir(parents=True, exist_ok=True)
        local.write_bytes(self.root.read_bytes())
        subprocess.run(["update-ca-certificates"], capture_output=True, check=True)


_NEW_KEY = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]
