"""The invented departments of Voorbeeldstad, with their mailboxes."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Department:
    code: str
    name: str

    @property
    def email(self) -> str:
        return f"{self.code.replace('_', '-')}@voorbeeldstad.example"

    @property
    def manager_email(self) -> str:
        return f"hoofd.{self.code.replace('_', '-')}@voorbeeldstad.example"


DEPARTMENTS = (
    Department("werk_inkomen", "Werk en Inkomen"),
    Department("zorg_jeugd", "Zorg en Jeugd"),
    Department("vergunningen", "Vergunningen"),
    Department("handhaving", "Toezicht en Handhaving"),
    Department("parkeren", "Parkeren"),
    Department("stadsbeheer", "Stadsbeheer"),
    Department("burgerzaken", "Burgerzaken"),
    Department("subsidies", "Subsidies"),
    Department("wonen", "Wonen"),
)
