"""Text files made into PDF by LibreOffice, where it is installed: a program of others on a file of others, so with limits.

It gets a folder of its own that goes afterwards, a profile that runs no macros and follows no links, an empty environment, no network
where the system lets us take that away (`unshare`), and so much time, memory and disk.
"""

import shutil
import sys
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from processes.base.own_process import HOME, run_program
from processes.base.settings import Settings

SECONDS: Final = 50  # by the clock: a page waits for it
FOLDER: Final = "zaakspoor-office-"
NEVER: Final = "none"
NAMES: Final = ("soffice", "libreoffice")
NO_NETWORK: Final = ("unshare", "--user", "--map-root-user", "--net")
# PDF/A-2 with tags (in the words of its export filter), and PDF/UA besides
EXPORT: Final = (
    'pdf:writer_pdf_Export:{"SelectPdfVersion":{"type":"long","value":"2"},"UseTaggedPDF":{"type":"boolean","value":"true"},'
    '"PDFUACompliance":{"type":"boolean","value":"true"},"ExportFormFields":{"type":"boolean","value":"false"},'
    '"ExportBookmarks":{"type":"boolean","value":"true"}}'
)
FILTERS: Final = {"docx": "MS Word 2007 XML", "odt": "writer8"}  # nothing else is read, whatever the file holds
_SECURITY: Final = "/org.openoffice.Office.Common/Security/Scripting"
_PROXY: Final = "/org.openoffice.Inet/Settings"
PROFILE: Final = f"""<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="{_SECURITY}"><prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="{_SECURITY}"><prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
<item oor:path="{_SECURITY}"><prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>2</value></prop></item>
<item oor:path="{_PROXY}"><prop oor:name="ooInetProxyType" oor:op="fuse"><value>1</value></prop></item>
<item oor:path="{_PROXY}"><prop oor:name="ooInetHTTPProxyName" oor:op="fuse"><value>127.0.0.1</value></prop></item>
<item oor:path="{_PROXY}"><prop oor:name="ooInetHTTPProxyPort" oor:op="fuse"><value>9</value></prop></item>
<item oor:path="{_PROXY}"><prop oor:name="ooInetHTTPSProxyName" oor:op="fuse"><value>127.0.0.1</value></prop></item>
<item oor:path="{_PROXY}"><prop oor:name="ooInetHTTPSProxyPort" oor:op="fuse"><value>9</value></prop></item>
</oor:items>
"""


def office_program(settings: Settings) -> str | None:
    """The program that the setting names, or the one that is found; None with `none` or where there is none."""
    named = settings.office_converter
    if named == NEVER:
        return None
    return named or _found()


def pdf_by_office(program: str, content: bytes, kind: str) -> bytes | None:
    """The PDF of a file (`kind` is of FILTERS); None when the program made none, or took too long."""
    with TemporaryDirectory(prefix=FOLDER) as place:
        folder = Path(place)
        (folder / "profile" / "user").mkdir(parents=True)
        (folder / "profile" / "user" / "registrymodifications.xcu").write_text(PROFILE)
        (folder / f"file.{kind}").write_bytes(content)
        command = [
            *(
                sys.executable,
                "-m",
                "processes.post.converting.office_child",
                program,
                "--headless",
                "--norestore",
                "--nologo",
            ),
            *(f"-env:UserInstallation={(folder / 'profile').as_uri()}", f"--infilter={FILTERS[kind]}"),
            *("--convert-to", EXPORT, "--outdir", str(folder), str(folder / f"file.{kind}")),
        ]
        environment = {"HOME": place, "TMPDIR": place, "PYTHONPATH": str(HOME)}
        run_program([*_without_network(), *command], folder, environment, SECONDS)
        made = folder / "file.pdf"
        content = made.read_bytes() if made.is_file() else b""
        return content if content.startswith(b"%PDF-") else None


@lru_cache(maxsize=1)
def _without_network() -> Sequence[str]:
    """The words before a command that take its network away; none where the system does not allow that."""
    if shutil.which(NO_NETWORK[0]) is None:
        return ()
    complaint = run_program([*NO_NETWORK, "true"], HOME, {}, SECONDS)
    return NO_NETWORK if complaint == "" else ()


@lru_cache(maxsize=1)
def _found() -> str | None:
    return next((path for name in NAMES if (path := shutil.which(name))), None)
