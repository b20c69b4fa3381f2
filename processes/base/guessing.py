"""Whether a secret could be guessed: typed by a person, copied from an example, or a row of equal signs."""

import math
import zlib
from collections import Counter
from itertools import pairwise
from typing import Final

SHORTEST: Final = 32  # characters
SPREAD_BITS: Final = 90  # random text of 32 characters has more, also in hexadecimal
PACKED_BITS: Final = 200  # likewise, packed by zlib, with what it writes around it
# words with which examples and hasty people begin; each counts as one character
COMMON: Final = (
    "zaakspoor", "gemeente", "geheim", "wachtwoord", "welkom", "productie", "voorbeeld", "sleutel", "rehearsal",
    "secret", "password", "changeme", "change-me", "example", "production", "letmein", "default", "admin",
    "alleen", "voor-proeven", "qwertyuiop", "qwerty", "asdfghjkl", "zxcvbnm", "123456",
)  # fmt: skip


def guessable(secret: str) -> bool:
    """Too short, or with too little in it by one of three ways to count, each of which knows other habits."""
    if len(secret) < SHORTEST:
        return True
    text = secret.lower()
    for word in COMMON:
        text = text.replace(word, word[0])
    if text == secret.lower():
        text = secret
    steps = "".join(chr(128 + ord(b) % 128 - ord(a) % 128) for a, b in pairwise(text))
    return _spread(text) < SPREAD_BITS or min(_packed(text), _packed(steps)) < PACKED_BITS


def _spread(text: str) -> float:
    """Bits by how often each sign stands in it: nothing for equal signs."""
    total = len(text)
    return sum(-count * math.log2(count / total) for count in Counter(text).values())


def _packed(text: str) -> int:
    """Bits that are left when repetition is taken out; of the steps from sign to sign also `abcdef` and `123123`."""
    return 8 * len(zlib.compress(text.encode(), 9))
