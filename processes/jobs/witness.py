"""Comparing the trail with the observations of a witness: lines of a log that was kept elsewhere, or one hash.

Each anchor writes a line to the log with its number and hash. Who rewrites the database as a whole, or puts back an older copy,
cannot change a log that is kept on another machine.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from sqlalchemy import select

from processes.storage.services import Services
from processes.storage.session import read_only, transaction
from processes.storage.tables import AuditRow
from processes.storage.trail.hashing import INSTALLATION_CHAIN

HASH: Final = re.compile(r"\b[0-9a-f]{64}\b")
NUMBER: Final = re.compile(r"""\bseq["']?\s*[:=]\s*(\d+)""")
ROWS_AT_ONCE: Final = 1000

Seen = Mapping[str, int | None]
"""By hash the number of the row, where the witness told it."""


def read_witness(lines: Iterable[str]) -> dict[str, int | None]:
    """The anchors in lines of a log, in JSON or plain; lines without a hash are passed by."""
    seen: dict[str, int | None] = {}
    for line in lines:
        number = NUMBER.search(line)
        for found in HASH.findall(line):
            seen[found] = int(number[1]) if number else None
    return seen


def contradicted(services: Services, seen: Seen) -> Iterator[tuple[str, str]]:
    """Every hash that a witness saw and that does not stand in the chain of the installation, where it was seen: the place, and
    a Dutch sentence.
    """
    left = dict(seen)
    with transaction(services.sessions) as session:
        rows = select(AuditRow.seq, AuditRow.hash).where(AuditRow.chain == INSTALLATION_CHAIN).order_by(AuditRow.seq)
        for seq, hashed in read_only(session).execute(rows.execution_options(yield_per=ROWS_AT_ONCE)):
            if hashed in left and left[hashed] in {None, seq}:
                del left[hashed]
    for hashed, number in left.items():
        where = f"getuige, regel {number}" if number else "getuige"
        yield where, f"De getuige zag een anker met controlegetal {hashed}; het controlespoor heeft dat niet meer."


def last_anchor(services: Services) -> tuple[int, str] | None:
    """Number and hash of the last row of the chain of the installation: what a witness may write down now."""
    last = select(AuditRow.seq, AuditRow.hash).where(AuditRow.chain == INSTALLATION_CHAIN)
    with transaction(services.sessions) as session:
        found = read_only(session).execute(last.order_by(AuditRow.seq.desc()).limit(1)).first()
    return (found.seq, found.hash) if found else None
