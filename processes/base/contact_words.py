"""How to reach somebody, in words for searching: an address with its postcode written either way, telephone number, mail address."""

import re
from collections.abc import Iterator

from processes.base.folding import fold, telephone, words_of

POSTCODE = re.compile(r"\b([1-9]\d{3})\s*([a-z]{2})\b")


def contact_words(
    name: str, address: str | None, phone: str | None, email: str | None, secret_address: bool = False
) -> tuple[str, ...]:
    """The words of one party; none of an address that is secret. The name stands with them, so that somebody may type a name and a street."""
    place = None if secret_address else address
    return tuple(dict.fromkeys([*words_of(name, place, phone, email), *_postcodes(place), *_number(phone)]))


def _postcodes(address: str | None) -> Iterator[str]:
    """`1234 AB` is found as 1234AB, and the other way round."""
    for figures, letters in POSTCODE.findall(fold(address or "")):
        yield from (figures, letters, f"{figures}{letters}")


def _number(phone: str | None) -> tuple[str, ...]:
    return words_of(telephone(phone)) if phone else ()
