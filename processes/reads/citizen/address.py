"""An address by postcode and house number, for the form on which a citizen says where letters may go."""

import re
from typing import Final

from processes.base.errors import Invalid
from processes.base.registers import RegisterSilent
from processes.storage.services import Services

POSTCODE: Final = re.compile(r"[1-9][0-9]{3}[A-Z]{2}")
NOT_FOUND: Final = "Wij vinden geen adres bij deze postcode en dit huisnummer. Controleer ze, of vul het adres zelf in."


def find_address(services: Services, postcode: str, house_number: str) -> str:
    """The lines of the address. Raises Invalid with a sentence at `postcode`, `huisnummer` or both."""
    code, number = "".join(postcode.split()).upper(), house_number.strip()
    wrong = {}
    if not POSTCODE.fullmatch(code):
        wrong["postcode"] = "Vul een postcode in, zoals 1234 AB."
    if not number:
        wrong["huisnummer"] = "Vul het huisnummer in."
    if wrong:
        raise Invalid(wrong)
    try:
        found = services.registers.address(code, number) if services.registers else None
    except RegisterSilent as error:
        raise Invalid({"postcode": "Het zoeken lukt nu niet. Vul het adres zelf in."}) from error
    if found is None:
        raise Invalid({"postcode": NOT_FOUND})
    return found.lines


def finds_addresses(services: Services) -> bool:
    """Whether this installation is connected to a register of addresses."""
    return services.registers is not None
