"""Whether a letter can be printed and folded behind the window of an envelope: one sentence for each thing that is in the way.

The window of a Dutch C5/6 envelope shows six lines of address (NEN 1026); a postcode is four digits and two capitals.
"""

import re
from collections.abc import Iterator
from typing import Final

from processes.storage.tables import NoticeRow, Party

MOST_LINES: Final = 6  # with the name
LONGEST_LINE: Final = 45  # signs of the type of our letters, in a window of 90 mm
POSTCODE: Final = re.compile(r"(?<!\d)[1-9]\d{3} ?(?!SA|SD|SS)[A-Z]{2}(?![A-Za-z])")
ABROAD: Final = re.compile(r"[A-Z][A-Z ().'-]{2,}")  # the country, in capitals on the last line

NO_ADDRESS: Final = "Het adres ontbreekt."
NOT_ON_IT: Final = "Het adres is geheim. Print de brief vanuit de zaak, en schrijf het adres zelf op de envelop."
CONFIDENTIAL: Final = "De naam van deze betrokkene is afgeschermd. Print de brief vanuit de zaak."
NO_POSTCODE: Final = (
    "De postcode ontbreekt of klopt niet. Schrijf hem als 1234 AB, of het land in hoofdletters op de laatste regel."
)
TOO_MANY: Final = f"Het adres heeft te veel regels voor het venster van de envelop: hoogstens {MOST_LINES} met de naam."
TOO_LONG: Final = (
    f"Een regel van het adres is te lang voor het venster van de envelop: hoogstens {LONGEST_LINE} tekens."
)
RETURNED: Final = (
    "Een eerdere brief kwam terug van dit adres. Verbeter het adres bij de partijen, of schrijf daar waarom het klopt."
)
NOT_MADE: Final = "De PDF wordt nog gemaakt."


def print_problems(notice: NoticeRow, party: Party, *, waits: bool) -> tuple[str, ...]:
    """Why this letter cannot go in a stack; empty when it can. `waits`: as `waiting_for_address` says of its party."""
    if party.confidential:
        return (CONFIDENTIAL,)
    if party.secret_address:
        return (NOT_ON_IT,)
    if waits:
        return (RETURNED,)
    made = () if notice.document_id else (NOT_MADE,)
    return (*address_problems(party.name, party.address or ""), *made)


def address_problems(name: str, address: str) -> Iterator[str]:
    """A sentence for each thing that is wrong with a name and address behind the window."""
    lines = [line.strip() for line in address.splitlines() if line.strip()]
    if not lines:
        yield NO_ADDRESS
        return
    if len(lines) + 1 > MOST_LINES:
        yield TOO_MANY
    if any(len(line) > LONGEST_LINE for line in (name, *lines)):
        yield TOO_LONG
    if not any(map(POSTCODE.search, lines)) and not ABROAD.fullmatch(lines[-1]):
        yield NO_POSTCODE
