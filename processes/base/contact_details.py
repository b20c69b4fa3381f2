"""A text without the ways to reach somebody: e-mail addresses, telephone numbers, BSN, and an address that is secret.

For a document that goes to others than who wrote it. Patterns err to the safe side: a number that could be a telephone number or
a BSN is left out as well.
"""

import re
from dataclasses import dataclass
from typing import Final

from processes.base.secrets import bsn_is_valid

LEFT_OUT: Final = "[weggelaten]"
SHORTEST_LINE: Final = 4  # a shorter line of an address, such as `12`, stands in too many other places
EMAIL: Final = re.compile(r"[^\s@<>()\[\],;:\"']{1,64}@[^\s@<>()\[\],;:\"']{1,190}\.[^\W\d_]{2,}")
PHONE: Final = re.compile(r"(?<![\w+])(?:\+|00)?\(?\d(?:[ ()/.-]{0,3}\d){7,14}(?!\w)")
BEGINS_AS_PHONE: Final = re.compile(r"\(?0|\+")
LONGEST_NATIONAL: Final = 10  # digits of a Dutch number that begins with one zero
POSTCODE: Final = re.compile(r"\b\d{4} ?[A-Za-z]{2}\b")
SPACES: Final = r"\s*"
BETWEEN_DIGITS: Final = "[ ()/.-]{0,3}"
NINE_DIGITS: Final = re.compile(r"(?<!\d)\d(?:[ .-]?\d){8}(?!\d)")


@dataclass(frozen=True, slots=True)
class OwnDetails:
    """Known details of somebody, left out wherever it stands; `address` only when it is secret, with its lines."""

    email: str = ""
    phone: str = ""
    address: str = ""


def without_contact_details(text: str, known: tuple[OwnDetails, ...] = ()) -> str:
    """The text with LEFT_OUT in the place of each e-mail address, telephone number, BSN and line of a secret address."""
    for own in known:
        for said in (own.email, *own.address.splitlines(), *POSTCODE.findall(own.address)):
            text = _without(text, said)
        text = _without_number(text, own.phone)
    text = EMAIL.sub(LEFT_OUT, text)
    # telephone numbers first: a part of one can pass for a BSN, and the rest would stay
    text = PHONE.sub(lambda found: LEFT_OUT if _is_phone(found[0]) else found[0], text)
    return NINE_DIGITS.sub(lambda found: LEFT_OUT if bsn_is_valid(_digits(found[0])) else found[0], text)


def _without(text: str, said: str) -> str:
    words = said.split()
    if sum(map(len, words)) < SHORTEST_LINE:
        return text
    return re.sub(rf"(?<!\w){SPACES.join(map(re.escape, _parts(words)))}(?!\w)", LEFT_OUT, text, flags=re.IGNORECASE)


def _parts(words: list[str]) -> list[str]:
    """A postcode is written with a space and without."""
    return [part for word in words for part in ((word[:4], word[4:]) if POSTCODE.fullmatch(word) else (word,))]


def _without_number(text: str, number: str) -> str:
    digits = _digits(number)
    if len(digits) < SHORTEST_LINE:
        return text
    return re.sub(rf"(?<!\d)\+?{BETWEEN_DIGITS.join(map(re.escape, digits))}(?!\d)", LEFT_OUT, text)


def _is_phone(found: str) -> bool:
    if not BEGINS_AS_PHONE.match(found):
        return False
    return found.startswith(("+", "00")) or len(_digits(found)) == LONGEST_NATIONAL


def _digits(text: str) -> str:
    return "".join(sign for sign in text if sign.isdigit() and sign.isascii())
