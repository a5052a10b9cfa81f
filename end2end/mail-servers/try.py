#!/usr/bin/env python3
"""Tries Rekey against Postfix and OpenSMTPD from Debian; see README.md beside this file.

    sudo python3 end2end/mail-servers/try.py --rekey target/dist/rekey

Ends with 0 where every case is as expected, with 1 where one is not.
"""

import argparse
import concurrent.futures
import dataclasses
import json
import os
import pathlib
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

import report
import room
from authority import Certificates
from cases import ELSEWHERE, cases_of
from opensmtpd import OpenSmtpd
from postfix import Postfix
from trial import Trial

SERVERS = {server.name.lower(): server for server in (Postfix, OpenSmtpd)}


def main() -> int:
    """From outside; `--enter` and `--inside` are how it calls itself."""
    arguments = _arguments()
    if arguments.enter:
        server = SERVERS[arguments.enter]
        room.furnish(arguments.ground, arguments.rekey, server.packages, server.suite)
        verbose = ["--verbose"] if arguments.verbose else []
        room.go_offline(["--inside", arguments.enter, *verbose])
    if arguments.inside:
        # The report is the only thing on standard output; whatever a command prints goes to standard error.
        out = os.fdopen(os.dup(1), "w")
        os.dup2(2, 1)
        json.dump(_try(SERVERS[arguments.inside](), arguments.verbose), out)
        out.flush()
        return 0

    if why := room.missing():
        sys.exit(why)
    if not arguments.rekey.is_file():
        sys.exit(f"{arguments.rekey} is no executable; `cargo xtask dist` makes target/dist/rekey")
    names = [arguments.only] if arguments.only else list(SERVERS)
    script, executable = pathlib.Path(__file__).resolve(), arguments.rekey.resolve()
    with concurrent.futures.ThreadPoolExecutor() as both:
        reports = list(both.map(lambda name: room.report_from(script, name, executable, arguments.verbose), names))
    for found in reports:
        report.show(found)
        if arguments.images:
            report.picture(found, arguments.images)
    wrong = sum(bool(result["problems"]) for found in reports for result in found["results"])
    tried = sum(len(found["results"]) for found in reports)
    print(f"\n{tried - wrong} of {tried} cases as expected")
    return 1 if wrong else 0


def _try(server, is_verbose: bool) -> dict:
    """All cases against one server, inside its room."""
    room.loopback_up(also=ELSEWHERE)
    certificates = Certificates(room.HOME / "certificates")
    certificates.trust()
    trial = Trial(server, room.HOME / "rekey", room.HOME / "cases", certificates, room.name_hosts)
    results = []
    try:
        trial.prepare()
        for case in cases_of(server):
            results.append(dataclasses.asdict(trial.run(case)))
            if is_verbose:
                print(json.dumps(results[-1], ensure_ascii=False), file=sys.stderr)
    except BaseException:
        print(f"{server.name}'s log:\n{server.log()}", file=sys.stderr)
        raise
    finally:
        if is_verbose:
            print(server.log(), file=sys.stderr)
    return {
        "server": server.name,
        "version": room.version_of(server.package),
        "release": server.suite or room.release(),
        "results": results,
    }


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Tries Rekey against mail servers from Debian.")
    parser.add_argument("--rekey", type=pathlib.Path, default=pathlib.Path("target/dist/rekey"), help="the executable")
    parser.add_argument("--only", choices=SERVERS, help="one server alone")
    parser.add_argument(
        "--images", type=pathlib.Path, metavar="FOLDER", help="make mail-SERVER.png there, with chromium"
    )
    parser.add_argument("--verbose", action="store_true", help="each case as it ends, and the mail servers' logs")
    for internal in ("--enter", "--inside"):
        parser.add_argument(internal, choices=SERVERS, help=argparse.SUPPRESS)
    parser.add_argument("--ground", type=pathlib.Path, help=argparse.SUPPRESS)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
