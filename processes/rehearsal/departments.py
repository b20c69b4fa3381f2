"""The invented departments of Voorbeeldstad, with their mailboxes."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RehearsalDepartment:
    code: str
    name: str

    @property
    def email(self) -> str:
        return f"{self.code.replace('_', '-')}@voorbeeldstad.example"

    @property
    def manager_email(self) -> str:
        return f"hoofd.{self.code.replace('_', '-')}@voorbeeldstad.example"


DEPARTMENTS = (
    RehearsalDepartment("werk_inkomen", "Werk en Inkomen"),
    RehearsalDepartment("zorg_jeugd", "Zorg en Jeugd"),
    RehearsalDepartment("vergunningen", "Vergunningen"),
    RehearsalDepartment("handhaving", "Toezicht en Handhaving"),
    RehearsalDepartment("parkeren", "Parkeren"),
    RehearsalDepartment("stadsbeheer", "Stadsbeheer"),
    RehearsalDepartment("burgerzaken", "Burgerzaken"),
    RehearsalDepartment("subsidies", "Subsidies"),
    RehearsalDepartment("wonen", "Wonen"),
)
