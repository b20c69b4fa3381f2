"""The code in a letter by which a case on paper is tied to a sign-in (C9): for whom there is one, and how it is made, printed and found.
Who is named as filing along (C2) gets such a code as well, in the link of a mail or by hand.

The database keeps a salt and a keyed digest. Only the secret of the installation makes the code of the salt, so that a letter can be
printed again after a jam while nobody reads the code from the database, a log or a stored letter.
"""

import base64
import hmac
import secrets as random
from typing import Final, Protocol

from sqlalchemy import ColumnElement

from engine import Model
from engine.words import FixedRole
from processes.access.visibility import shown_case
from processes.base.secrets import Secrets
from processes.storage.tables import Case, LetterCode, Party
from processes.storage.words import PostChannel

DAYS: Final = 42  # a code counts for six weeks, as long as the time to object
SIGNS: Final = 12  # of 32 each: 60 bits, while somebody may try five times a day
GROUP: Final = 4
SALT_BYTES: Final = 16
PURPOSE: Final = b"letter-code:"  # before the salt: no link is made of it
LOOK_ALIKE: Final = str.maketrans(
    "01IOL", "22J4K"
)  # base 32 has no 0 and 1; I, L and O are read wrongly, so others stand for them
NOBODY: Final = frozenset({FixedRole.COURT, FixedRole.OTHER_BODY})  # organisations that do not follow a case here


class Coded(Protocol):
    """A row with a code: the salt that it is made of, in hexadecimal, and its digest; both are empty until it is made."""

    @property
    def salt(self) -> str | None: ...
    @property
    def code(self) -> str | None: ...


def may_be_linked(case: Case, model: Model, party: Party) -> bool:
    """Whether this party could follow the case after signing in, and cannot do so yet."""
    here = party.left_on is None and not party.deceased and not party.confidential and party.identity_index is None
    by_post = party.channel == PostChannel.POST and party.role not in model.personal_roles() | NOBODY
    return here and by_post and shown_case(case, model)


def lives() -> ColumnElement[bool]:
    """A condition on LetterCode: it was neither used nor withdrawn. How long it counts is another question."""
    return LetterCode.used_at.is_(None) & LetterCode.ended_at.is_(None)


def new_salt() -> str:
    return random.token_hex(SALT_BYTES)


def code_of(secrets: Secrets, row: Coded) -> str | None:
    """The code to print or hand over, as `K7QM-9XTR-4HWD`; None for one that was not made, or of a secret that is gone."""
    if row.salt is None or row.code is None:
        return None
    made = (_code(token) for token in secrets.link_tokens(PURPOSE + bytes.fromhex(row.salt)))
    return next((code for code in made if row.code in digests_of(secrets, code)), None)


def digests_of(secrets: Secrets, typed: str) -> tuple[str, ...]:
    """The digests under which a code that somebody typed may stand, that of the secret that writes first."""
    plain = "".join(sign for sign in typed.upper() if sign.isalnum()).translate(LOOK_ALIKE)
    return secrets.digests(f"letter-code:{plain}")


def digest_of_salt(secrets: Secrets, salt: str) -> str:
    """The digest to keep of the code that is made of a new salt."""
    return digests_of(secrets, _code(secrets.link_token(PURPOSE + bytes.fromhex(salt))))[0]


def _code(token: str) -> str:
    text = base64.b32encode(hmac.digest(token.encode(), PURPOSE, "sha256")).decode()[:SIGNS].translate(LOOK_ALIKE)
    return "-".join(text[at : at + GROUP] for at in range(0, SIGNS, GROUP))
