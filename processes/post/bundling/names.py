"""Names of files in a zip that every system takes: a number first, no folders, no signs that one of them refuses, of a bounded length."""

import re
from typing import Final

from processes.base.file_types import safe_name

REFUSED: Final = re.compile(r'[<>"|?*:/\\]')  # by Windows
LONGEST: Final = 90  # characters, with the folder that somebody puts it in well within what Windows takes
LONGEST_ENDING: Final = 10


def numbered_name(number: int, many: int, title: str, file_name: str) -> str:
    """`007 Bezwaarschrift.pdf`: the number with zeros in front so that names sort by it, the title, and the ending of the file."""
    _, dot, ending = safe_name(file_name).rpartition(".")
    known = dot and ending.isascii() and ending.isalnum() and len(ending) <= LONGEST_ENDING
    ending = f".{ending.lower()}" if known else ""
    plain = REFUSED.sub("_", safe_name(REFUSED.sub("_", title)))
    if ending and plain.lower().endswith(ending):
        plain = plain[: -len(ending)]
    head = f"{number:0{max(3, len(str(many)))}d} "
    return f"{head}{plain[: LONGEST - len(head) - len(ending)].rstrip(' .')}{ending}"
