"""The invented registers of the demo, in the shape of the real ones. Whoever can sign in there stands in them, and a few others.

Names and addresses are invented; BSNs lie in the test range 99999, company numbers are test numbers of the trade register.
"""

from typing import Any, Final

from processes.base.registers.shapes import RegisterAnswer

CITY: Final = "Voorbeeldstad"


def _person(
    first: str,
    before: str,
    family: str,
    street: str,
    number: int,
    postcode: str,
    *,
    secret: bool = False,
    died: str = "",
) -> dict[str, Any]:
    full = " ".join(filter(None, (first, before, family)))
    found: dict[str, Any] = {
        "naam": {"voornamen": first, "voorvoegsel": before, "geslachtsnaam": family, "volledigeNaam": full},
        "adressering": {"aanschrijfwijze": {"naam": f"{first[0]}. {f'{before} ' if before else ''}{family}"}},
        "verblijfplaats": {
            "type": "Adres",
            "verblijfadres": {
                "officieleStraatnaam": street,
                "huisnummer": number,
                "postcode": postcode,
                "woonplaats": CITY,
            },
        },
    }
    if secret:
        found["geheimhoudingPersoonsgegevens"] = True
    if died:
        found["overlijden"] = {"datum": {"type": "Datum", "datum": died, "langFormaat": died}}
    return found


def _company(name: str, street: str, number: int, postcode: str, *trades: str) -> dict[str, Any]:
    seat = {
        "type": "bezoekadres",
        "indAfgeschermd": "Nee",
        "straatnaam": street,
        "huisnummer": number,
        "postcode": postcode,
        "plaats": CITY,
    }
    return {
        "naam": name, "handelsnamen": [{"naam": one, "volgorde": at} for at, one in enumerate((name, *trades))],
        "_embedded": {"hoofdvestiging": {"adressen": [seat]}},
    }  # fmt: skip


PERSONS: Final = {
    "999993653": _person("Tess", "", "Testeling", "Dorpsweg", 1, "1234AA"),
    "999990676": _person("Bram", "van", "Proefhuizen", "Dorpsweg", 3, "1234AA"),
    "999993847": _person("Yasmina", "el", "Voorbeeld", "Verzinselkade", 12, "1234AB"),
    "999992314": _person("Wim", "", "Schijnmaker", "Geheimlaan", 9, "1234AC", secret=True),
    "999991607": _person("Lotte", "", "Nepveld", "Verzinselkade", 14, "1234AB"),
    "999990755": _person("Kees", "", "Denkbeeldig", "Fantasieplein", 2, "1234AD"),
    "999990421": _person("Oma", "", "Fictief-Verzonnen", "Fantasieplein", 4, "1234AD", died="2025-11-03"),
    "999991863": _person("Ilse", "", "Namaak", "Fantasieplein", 6, "1234AD"),
}
COMPANIES: Final = {
    "68750110": _company("Verzonnen Bouw B.V.", "Industrieweg", 20, "1234BA"),
    "69599084": _company("Bakkerij Nergens", "Marktplein", 5, "1234BB"),
    "69599068": _company("Stichting Denkbuurt", "Marktplein", 7, "1234BB", "Denkbuurt"),
    "90000749": _company("VvE Luchtkasteel", "Luchtkasteel", 1, "1234BC"),
    "90004760": _company("Toga Advocatuur", "Gerechtsgracht", 8, "1234BD", "mr. P. Toga"),
}
# by KvK number: the number of each branch, and what it is called
BRANCHES: Final = {
    "68750110": {"000012345678": "Verzonnen Bouw Noord", "000087654321": "Verzonnen Bouw Zuid"},
    "69599084": {"000023456789": "Bakkerij Nergens"},
}


class InventedRegisters:
    """The source of the demo."""

    def person(self, bsn: str) -> RegisterAnswer:
        found = PERSONS.get(bsn)
        return {
            "type": "RaadpleegMetBurgerservicenummer",
            "personen": [{"burgerservicenummer": bsn, **found}] if found else [],
        }

    def company(self, kvk: str) -> RegisterAnswer:
        found = COMPANIES.get(kvk)
        return {"kvkNummer": kvk, **found} if found else {}

    def branches(self, kvk: str) -> RegisterAnswer:
        found = BRANCHES.get(kvk, {})
        return (
            {
                "kvkNummer": kvk,
                "vestigingen": [
                    {"vestigingsnummer": number, "kvkNummer": kvk, "eersteHandelsnaam": name}
                    for number, name in found.items()
                ],
            }
            if found
            else {}
        )

    def addresses(self, postcode: str, house_number: str) -> RegisterAnswer:
        places = [one["verblijfplaats"]["verblijfadres"] for one in PERSONS.values()]
        found = [one for one in places if (one["postcode"], str(one["huisnummer"])) == (postcode, house_number)]
        lines = [
            {
                "adresregel5": f"{one['officieleStraatnaam']} {one['huisnummer']}",
                "adresregel6": f"{postcode[:4]} {postcode[4:]}  {CITY.upper()}",
            }
            for one in found
        ]
        return {"_embedded": {"adressen": lines}} if lines else {}
