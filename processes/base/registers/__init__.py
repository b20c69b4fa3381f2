"""Persons, companies and addresses in their registers: one interface, whatever stands behind it.

A number or an address goes in, a `Registered` or a `FoundAddress` comes out. A source gives the answers of the registers in the shape of
their own interfaces: BRP Personen bevragen, KvK Basisprofiel, BAG Individuele bevragingen. `read_person` and its like read that shape.
"""

from dataclasses import dataclass
from typing import Protocol

from processes.base.registers.names import same_name
from processes.base.registers.shapes import (
    FoundAddress,
    RegisterAnswer,
    Registered,
    read_address,
    read_branches,
    read_company,
    read_person,
)

__all__ = ["FoundAddress", "RegisterSilent", "RegisterSource", "Registered", "Registers", "same_name"]


class RegisterSilent(Exception):
    """Het register antwoordt niet. De gegevens zijn niet vergeleken."""


class RegisterSource(Protocol):
    """Gives the answer of a register as plain data, in the shape of its interface. Each raises RegisterSilent."""

    def person(self, bsn: str) -> RegisterAnswer:
        """The answer of BRP Personen bevragen to `RaadpleegMetBurgerservicenummer`."""

    def company(self, kvk: str) -> RegisterAnswer:
        """A basisprofiel of the trade register; empty when there is none."""

    def branches(self, kvk: str) -> RegisterAnswer:
        """The branches (vestigingen) of a company in the trade register; empty when there is no such company."""

    def addresses(self, postcode: str, house_number: str) -> RegisterAnswer:
        """The addresses of the BAG with this postcode, such as `1234AB`, and house number."""


@dataclass(frozen=True, slots=True)
class Registers:
    """The registers to which this installation is connected."""

    source: RegisterSource

    def find(self, identity: str) -> Registered | None:
        """The holder of a number such as `bsn:...` or `kvk:...`; None when the register has none, or for another kind of number.

        Raises RegisterSilent.
        """
        kind, _, number = identity.partition(":")
        if kind == "bsn":
            return read_person(self.source.person(number))
        return read_company(self.source.company(number)) if kind == "kvk" else None

    def has_branch(self, kvk: str, branch: str) -> bool:
        """Whether the company with this KvK number has a branch with this number, of twelve digits. Raises RegisterSilent."""
        return branch in read_branches(self.source.branches(kvk))

    def knows(self, identity: str) -> bool:
        """Whether numbers of this kind stand in a register at all: an eIDAS number does not."""
        return identity.startswith(("bsn:", "kvk:"))

    def address(self, postcode: str, house_number: str) -> FoundAddress | None:
        """The address with this postcode and house number; None when there is none, or more than one. Raises RegisterSilent."""
        return read_address(self.source.addresses(postcode, house_number))
