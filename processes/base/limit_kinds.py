"""The one table of limits: the kinds of things that one person, link or address does, and how often each may be done.

It is counted by `portal.security.limits`. A limit is a text as the library `limits` reads it, such as `20/10minutes;200/day`.
"""

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from processes.base import setting_values

ONE: Final = r"[1-9]\d{0,6}/([1-9]\d{0,3})?(second|minute|hour|day)s?"
LIMIT: Final = re.compile(f"{ONE}(;{ONE})*")


class LimitKind(StrEnum):
    """The kinds of things that are counted; under this word an operator sets another limit (ZAAKSPOOR_LIMITS)."""

    FILING = "filing"
    MESSAGE = "message"
    FILES = "files"
    CODE = "code"
    CHANGE = "change"
    DELIVERY = "delivery"
    PIECES = "pieces"
    STAFF = "staff"
    DRAWING = "drawing"
    SIGN_IN = "sign-in"
    STAFF_SIGN_IN = "staff-sign-in"
    SIGN_OUT = "sign-out"
    FAILED_SIGN_IN = "failed-sign-in"
    WRONG_LINK = "wrong-link"
    CODE_ADDRESS = "code-address"
    CODE_NETWORK = "code-network"
    CODE_TRIED = "code-tried"
    PUBLIC = "public"
    LETTER_CODE = "letter-code"
    LETTER_CODE_ADDRESS = "letter-code-address"
    VISITOR = "visitor"
    VISITOR_FILING = "visitor-filing"


# per person or link, and most of the last eleven per address: far above what people do, far below what a script does in seconds
LIMITS: Final[Mapping[LimitKind, str]] = {
    LimitKind.FILING: "15/10minutes;150/day",  # a lawyer's day is below it
    LimitKind.MESSAGE: "20/10minutes",
    LimitKind.FILES: "100/10minutes",  # choosing and sending are two
    LimitKind.CODE: "5/30minutes",
    LimitKind.CHANGE: "100/5minutes",
    LimitKind.DELIVERY: "100/10minutes",
    LimitKind.PIECES: "600/10minutes",  # fifty large files, each with some bad connections
    LimitKind.STAFF: "300/5minutes",
    LimitKind.DRAWING: "900/5minutes",  # a drawing is checked and saved by itself, while somebody draws
    LimitKind.SIGN_IN: "1000/5minutes",  # five hundred people at nine o'clock, twice; over SAML once, as coming back counts too
    LimitKind.STAFF_SIGN_IN: "1000/5minutes",  # apart, so that nobody in the hall keeps staff out
    LimitKind.SIGN_OUT: "1000/5minutes",  # of which a provider tells by the browser
    LimitKind.FAILED_SIGN_IN: "100/10minutes",
    LimitKind.WRONG_LINK: "100/10minutes",
    LimitKind.CODE_ADDRESS: "10/30minutes;30/day",  # a mailbox with five readers who each mistype once
    LimitKind.CODE_NETWORK: "60/10minutes",  # a town hall where every department begins its day
    LimitKind.CODE_TRIED: "100/10minutes",
    LimitKind.PUBLIC: "1500/5minutes",  # reading without signing in: a town hall, or the Woo index that fetches all files
    LimitKind.LETTER_CODE: "5/day",  # wrong codes from a letter by one person, and from one address: a library with some readers
    LimitKind.LETTER_CODE_ADDRESS: "100/10minutes",
    LimitKind.VISITOR: "150/10minutes;1000/day",  # each step of a form that is filed without signing in: a library with some readers
    LimitKind.VISITOR_FILING: "15/10minutes;60/day",
}


def typed_limits(text: str) -> tuple[str, ...]:
    """`message=40/10minutes;300/day sign-in=3000/5minutes` as a tuple of one word for each kind. Raises ValueError."""
    for word in setting_values.words(text):
        kind, _, limit = word.partition("=")
        if kind not in list(LimitKind):
            raise ValueError(f"noemt '{kind}'. Kies uit: {' '.join(LimitKind)}.")
        if not LIMIT.fullmatch(limit):
            raise ValueError(f"zegt van {kind} niet hoeveel, zoals {kind}=20/10minutes of {kind}=20/10minutes;200/day.")
    return setting_values.words(text)
