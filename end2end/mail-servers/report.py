"""Shows what was found: a table for the terminal, and a picture of a mail and of the cases for the documentation.

The picture is made by chromium: a mail's raw headers, its text part, its HTML part rendered, and the cases.
"""

import email
import email.policy
import html
import pathlib
import shutil
import subprocess
import sys
import tempfile

# The case whose mail is shown.
_SHOWN = "STARTTLS, login"
_WIDTH = 1240
_STYLE = """
body { margin: 0; padding: 16px 20px; width: 1200px; font: 14px/1.35 sans-serif; color: #111; background: #fff }
h1 { font-size: 20px; margin: 0 0 10px }
h2 { font-size: 15px; margin: 12px 0 4px }
pre { margin: 0; padding: 8px; border: 1px solid #999; font: 11.5px/1.35 monospace }
pre, td { white-space: pre-wrap; overflow-wrap: anywhere }
.parts { display: grid; grid-template-columns: 600px 584px; gap: 16px }
iframe { width: 582px; height: 730px; border: 1px solid #999 }
table { border-collapse: collapse; font-size: 11.5px }
td, th { border: 1px solid #999; padding: 2px 5px; text-align: left; vertical-align: top }
td:nth-child(n+4) { white-space: nowrap }
"""


def show(found: dict) -> None:
    """Prints the cases of one server as a table."""
    print(f"\n{title(found)}\n")
    print("| Server | Case | The mail's row | The manager's page | In the clear | |\n|---|---|---|---|---|---|")
    for result in found["results"]:
        verdict = "WRONG" if result["problems"] else "ok"
        cells = [found["server"], result["case"], row(result), page(result), result["clear"], verdict]
        print("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
    for result in found["results"]:
        for problem in result["problems"]:
            print(f"WRONG {found['server']}, {result['case']}: {problem}")


def title(found: dict) -> str:
    """Such as `Postfix 3.7.11-0+deb12u1, from Debian bookworm`."""
    return f"{found['server']} {found['version']}, from Debian {found['release']}"


def row(result: dict) -> str:
    """State, stage, code and words; after each try that was looked at."""
    return ", then ".join(
        f"{row['state']}, {row['stage']}, {row['code'] or 'no code'}: {row['text']}" for row in result["rows"]
    )


def page(result: dict) -> str:
    """Badge and sentence."""
    return f"{result['badge']}: {result['page']}"


def picture(found: dict, folder: pathlib.Path) -> None:
    """Makes `mail-SERVER.png`."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if not chromium:
        sys.exit("--images needs chromium")
    mails = [result["mail"] for result in found["results"] if result["case"] == _SHOWN and result["mail"]]
    if not mails:
        print(f"No mail of {found['server']} to make a picture of", file=sys.stderr)
        return
    picture_file = (folder / f"mail-{found['server'].lower()}.png").resolve()
    with tempfile.TemporaryDirectory() as scratch:
        document = pathlib.Path(scratch) / "page.html"
        document.write_text(_document(found, mails[0]))
        browser = [chromium, "--headless", "--no-sandbox", "--hide-scrollbars", f"--user-data-dir={scratch}/profile"]
        # The first look measures: the page writes its height into its title.
        look = subprocess.run(
            [*browser, f"--window-size={_WIDTH},900", "--dump-dom", document.as_uri()],
            capture_output=True,
            text=True,
            check=True,
        )
        height = int(look.stdout.split("<title>", 1)[1].split("<", 1)[0])
        size = f"--window-size={_WIDTH},{height}"
        subprocess.run(
            [*browser, size, f"--screenshot={picture_file}", document.as_uri()], capture_output=True, check=True
        )
    if shutil.which("pngquant"):
        subprocess.run(["pngquant", "--force", "--output", str(picture_file), "32", str(picture_file)], check=True)


def _document(found: dict, raw: str) -> str:
    mail = email.message_from_string(raw, policy=email.policy.default)
    headers = raw.replace("\r\n", "\n").split("\n\n", 1)[0]
    text, rendered = (mail.get_body((kind,)).get_content() for kind in ("plain", "html"))
    rows = "".join(
        f"<tr><td>{html.escape(result['case'])}<td>{html.escape(row(result))}<td>{html.escape(page(result))}"
        f"<td>{html.escape(result['clear'])}<td>{'WRONG' if result['problems'] else 'ok'}"
        for result in found["results"]
    )
    return f"""<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title></title>
<style>{_STYLE}</style>
<h1>{html.escape(title(found))}</h1>
<div class="parts"><div>
<h2>The mail's headers, as they lie in the mailbox</h2><pre>{html.escape(headers)}</pre>
<h2>Its text part</h2><pre>{html.escape(text)}</pre>
</div><div>
<h2>Its HTML part</h2><iframe sandbox="" srcdoc="{html.escape(rendered, quote=True)}"></iframe>
</div></div>
<h2>What was tried</h2>
<table><tr><th>Case<th>The mail's row<th>The manager's page<th>In the clear<th>{rows}</table>
<script>document.title = Math.ceil(document.documentElement.getBoundingClientRect().height)</script>
</html>
"""
