"""Looking a number or an address up in a register, as a worker typed it, for the page that registers a party."""

from processes.access.guards import only_staff
from processes.base.actor import Actor
from processes.base.errors import Invalid
from processes.base.registers import FoundAddress, Registered, Registers, RegisterSilent
from processes.base.security_log import SecurityEvent, security_event
from processes.storage.services import Services

NOT_CONNECTED = "Er is geen register aangesloten. Vul de gegevens zelf in."


def look_up(services: Services, actor: Actor, identity: str) -> Registered | None:
    """The holder of a number such as `bsn:...`; None when there is none. Raises Invalid, at no field, when no register answers."""
    registers = _registers(services, actor)
    security_event(SecurityEvent.PERSON_SEARCHED, who=actor, register=identity.partition(":")[0])
    try:
        return registers.find(identity)
    except RegisterSilent as error:
        raise Invalid({"": str(error.__doc__)}) from error


def look_up_address(services: Services, actor: Actor, postcode: str, house_number: str) -> FoundAddress | None:
    """The address with this postcode, such as `1234AB`, and house number; None when there is none. Raises Invalid as `look_up`."""
    try:
        return _registers(services, actor).address(postcode, house_number)
    except RegisterSilent as error:
        raise Invalid({"": str(error.__doc__)}) from error


def _registers(services: Services, actor: Actor) -> Registers:
    only_staff(actor, system=False)
    if services.registers is None:
        raise Invalid({"": NOT_CONNECTED})
    return services.registers
