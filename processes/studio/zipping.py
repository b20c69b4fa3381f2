"""A draft as one zip: the same files always give the same bytes, so a case type can live in a version control system.

`read_zip` of processes.base.case_type_zip reads it back. The comment of the archive says which release wrote it.
"""

import io
import zipfile
from importlib.metadata import version

from engine.edits import Files, drawing_of
from processes.base.case_type_zip import KINDS, PROGRAM
from processes.storage.model_cache import STARTS_AT
from processes.studio.files import DRAWING


def to_zip(files: Files) -> bytes:
    """One folder, named after the drawing, with the drawing and forms/, mails/ and rehearsals/ in it."""
    home = drawing_of(files).removesuffix(DRAWING)
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.comment = f"{PROGRAM} {version(PROGRAM)}".encode()
        for name in sorted(_in_package(files, home)):
            archive.writestr(zipfile.ZipInfo(f"{home}/{name}", STARTS_AT), files[name], zipfile.ZIP_DEFLATED)
    return target.getvalue()


def _in_package(files: Files, home: str) -> set[str]:
    """The names of what a case type is made of. How it was taken over from another tool stays with the draft."""
    return {name for name in files if name == f"{home}{DRAWING}" or name.partition("/")[0] in KINDS}
