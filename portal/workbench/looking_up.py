"""The button "Haal gegevens op" of a party: what the registers say is filled in on the page; nothing is stored yet."""

import re
from collections.abc import Mapping
from typing import Final

from portal.workbench.draft import Row
from portal.workbench.register_form import identity_of_row
from processes.base.actor import Actor
from processes.base.errors import Invalid
from processes.reads import workbench as reads
from processes.storage.services import Services

BUTTON: Final = "lookup"
POSTCODE: Final = re.compile(
    r"(\d{4})\s?([A-Za-z]{2})[\s,]+(\d{1,5})"
)  # somebody typed no more than this as the address
NOTHING: Final = "Vul een BSN of KvK-nummer in, of bij het postadres alleen postcode en huisnummer."


def looked_up(services: Services, actor: Actor, row: Row, at: int) -> tuple[Row, Mapping[str, str]]:
    """The party with what the registers say, and what is wrong by field of the party with this number on the page."""
    wrong: dict[str, str] = {}
    place = f"party-{at}-"
    address = POSTCODE.fullmatch(row["address"])
    identity = identity_of_row(at, row, wrong)
    if wrong:
        return row, wrong
    if not identity and not address:
        return row, {f"{place}number": NOTHING}
    found: dict[str, str] = {}
    try:
        if identity:
            found |= _holder(services, actor, identity, place, wrong)
        if address:
            found |= _address(services, actor, f"{address[1]}{address[2].upper()}", address[3], place, wrong)
    except Invalid as error:
        return row, {f"{place}number": sentence for sentence in error.fields.values()}
    return {**row, **found}, wrong


def _holder(services: Services, actor: Actor, identity: str, place: str, wrong: dict[str, str]) -> dict[str, str]:
    holder = reads.look_up(services, actor, identity)
    if holder is None:
        wrong[f"{place}number"] = "Dit nummer staat niet in het register. Controleer het nummer."
        return {}
    flags = {"secret_address": holder.secret_address, "deceased": holder.deceased}
    known = {"name": holder.name, **({"address": holder.address} if holder.address else {})}
    return {**known, **{name: "ja" for name, said in flags.items() if said}}


def _address(
    services: Services, actor: Actor, postcode: str, house_number: str, place: str, wrong: dict[str, str]
) -> dict[str, str]:
    found = reads.look_up_address(services, actor, postcode, house_number)
    if found is None:
        wrong[f"{place}address"] = "Bij deze postcode en dit huisnummer staat geen adres in het register."
        return {}
    return {"address": found.lines}
