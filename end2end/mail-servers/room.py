"""A room of its own for one mail server: everything that it changes is gone when it ends.

It is this machine's file system with a layer of memory on top (overlayfs), its own processes and, once the packages are
there, its own network that has nothing but loopback. So Debian's real packages are installed and run at their real
ports, and neither the machine's packages nor its `/etc/hosts` nor its own mail server notice.

It knows no mail server and no Rekey.
"""

import fcntl
import json
import os
import pathlib
import shutil
import socket
import struct
import subprocess
import sys
import tempfile

# Where the room keeps what is made in it.
HOME = pathlib.Path("/srv/trial")


def missing() -> str | None:
    """Why no room can be made here, or None."""
    if sys.platform != "linux" or os.geteuid() != 0:
        return "run it as root on Linux: it makes namespaces and mounts"
    if not shutil.which("apt-get"):
        return "it needs Debian's apt-get"
    if not shutil.which("unshare"):
        return "it needs unshare, from the package util-linux"
    for folder in ("/etc", "/usr", "/var"):
        if os.path.ismount(folder):
            return f"{folder} is a file system of its own; the room can lie over one file system only"
    return None


def report_from(script: pathlib.Path, server: str, executable: pathlib.Path, is_verbose: bool) -> dict:
    """Runs the script again in a new room for this server; gives what it reported."""
    ground = pathlib.Path(tempfile.mkdtemp(prefix="rekey-mail-servers-"))
    try:
        arguments = ["--enter", server, "--ground", str(ground), "--rekey", str(executable)]
        if is_verbose:
            arguments.append("--verbose")
        done = subprocess.run(
            # With its first process every other one of the room ends, whatever happened.
            ["unshare", "--mount", "--pid", "--fork", "--kill-child", sys.executable, str(script), *arguments],
            stdout=subprocess.PIPE,
            check=False,
        )
    finally:
        ground.rmdir()
    if done.returncode != 0:
        raise SystemExit(f"the room of {server} ended with {done.returncode}; what it said stands above")
    return json.loads(done.stdout)


def furnish(ground: pathlib.Path, executable: pathlib.Path, packages: list[str], suite: str | None) -> None:
    """Lays the layer over the file system, goes in, and installs the packages. Called in namespaces of its own.

    `suite` is the release of Debian that they are taken from, None this machine's own.
    """
    _run("mount", "-t", "tmpfs", "tmpfs", str(ground))
    upper, work, root = (ground / name for name in ("upper", "work", "root"))
    for folder in (upper, work, root):
        folder.mkdir()
    _run("mount", "-t", "overlay", "overlay", "-o", f"lowerdir=/,upperdir={upper},workdir={work}", str(root))
    # The layer shows nothing of other file systems, so what is needed of them is brought along.
    home = root / HOME.relative_to("/")
    home.mkdir(parents=True)
    shutil.copy(executable, home / "rekey")
    shutil.copytree(pathlib.Path(__file__).parent, home / "scripts")
    resolver = pathlib.Path("/etc/resolv.conf").read_bytes() if os.path.exists("/etc/resolv.conf") else b""
    (root / "etc/resolv.conf").unlink(missing_ok=True)
    (root / "etc/resolv.conf").write_bytes(resolver)
    _run("mount", "--rbind", "/dev", str(root / "dev"))
    _run("mount", "-t", "proc", "proc", str(root / "proc"))
    _run("mount", "-t", "tmpfs", "tmpfs", str(root / "run"))
    _run("mount", "-t", "tmpfs", "-o", "mode=1777", "tmpfs", str(root / "tmp"))
    os.chroot(root)
    os.chdir(HOME)
    (pathlib.Path("/run/lock")).mkdir()
    # Packages start no service: the trial does.
    policy = pathlib.Path("/usr/sbin/policy-rc.d")
    policy.unlink(missing_ok=True)
    policy.write_text("#!/bin/sh\nexit 101\n")
    policy.chmod(0o755)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    _run("apt-get", "-q", "update", env=environment)
    chosen = []
    if suite and suite != release():
        _add_source(suite)
        _run("apt-get", "-q", "update", env=environment)
        chosen = ["--target-release", suite]
    _run("apt-get", "-q", "-y", "--no-install-recommends", "install", *chosen, *packages, env=environment)


def go_offline(arguments: list[str]) -> None:
    """Starts the script again in a network that holds nothing but loopback; does not return."""
    script = HOME / "scripts" / pathlib.Path(sys.argv[0]).name
    os.execvp("unshare", ["unshare", "--net", sys.executable, str(script), *arguments])


def loopback_up(also: str) -> None:
    """Turns loopback on, and gives it one address more that is none of 127.0.0.0/8."""
    up, set_address, set_flags = 1, 0x8916, 0x8914
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as control:
        fcntl.ioctl(control, set_flags, struct.pack("16sh22x", b"lo", up))
        address = struct.pack("16sH2x4s16x", b"lo:1", socket.AF_INET, socket.inet_aton(also))
        fcntl.ioctl(control, set_address, address)


def name_hosts(hosts: dict[str, str]) -> None:
    """Writes the room's own `/etc/hosts`."""
    pathlib.Path("/etc/hosts").write_text("".join(f"{address} {name}\n" for name, address in hosts.items()))


def version_of(package: str) -> str:
    """The version that was installed."""
    return subprocess.check_output(["dpkg-query", "-W", "-f", "${Version}", package], text=True)


def release() -> str:
    """This machine's release of Debian, such as `bookworm`."""
    lines = pathlib.Path("/etc/os-release").read_text().splitlines()
    return dict(line.split("=", 1) for line in lines if "=" in line)["VERSION_CODENAME"]


def _add_source(suite: str) -> None:
    """Another release of Debian, from where this machine takes its own."""
    listed = subprocess.check_output(
        [
            "apt-get",
            "indextargets",
            "--format",
            "$(SITE)",
            "Created-By: Packages",
            f"Codename: {release()}",
            "Component: main",
        ],
        text=True,
    )
    sites = listed.split()
    if not sites:
        raise SystemExit("apt knows no source of this machine's own release to take another one from")
    keys = "/usr/share/keyrings/debian-archive-keyring.gpg"
    pathlib.Path("/etc/apt/sources.list.d/trial.list").write_text(f"deb [signed-by={keys}] {sites[0]} {suite} main\n")


def _run(*command: str, **more) -> None:
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False, **more)
    if done.returncode != 0:
        raise SystemExit(f"{' '.join(command)}\n{done.stdout}\nended with {done.returncode}")
