"""The question in an address of the list of cases: search, filters, order, columns, page. An address made by hand may hold whatever it likes."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final, Self
from urllib.parse import urlencode

from starlette.datastructures import QueryParams

from processes.reads import workbench as reads
from processes.storage.words import CaseState

STATES: Final = {"lopend": CaseState.RUNNING, "afgerond": CaseState.CLOSED, "alle": ""}
LATE, COURT, CHECKLIST = "te-laat", "rechter", "controlelijst"
ONLY: Final = (
    (LATE, "Over de wettelijke termijn"),
    (COURT, "Met een termijn van de rechter"),
    (CHECKLIST, "Lopend, met open punten op de controlelijst"),
)
ORDERS: Final = {
    "": "",
    "ontvangen": "received",
    "nieuw": "newest",
    "nummer": "number",
    "nummer-af": "last_number",
    "behandelaar": "handler",
}
ORDER_NAMES: Final = (
    ("ontvangen", "Langst geleden ontvangen"), ("nieuw", "Laatst ontvangen"), ("nummer", "Nummer"), ("nummer-af", "Nummer, hoogste eerst"),
    ("behandelaar", "Per behandelaar, op naam"),
)  # fmt: skip
COLUMNS: Final = (
    ("indiener", "Indiener"), ("status", "Status"), ("termijn", "Wettelijke termijn"), ("behandelaar", "Behandelaar"),
    ("ontvangen", "Ontvangen"), ("resultaat", "Lopend of afgerond"),
)  # fmt: skip
# the orders that pressing the head of a column gives, in turn: those that an index has
HEADS: Final[Mapping[str, tuple[str, ...]]] = {
    "zaak": ("nummer", "nummer-af"), "termijn": ("",), "behandelaar": ("behandelaar",), "ontvangen": ("ontvangen", "nieuw"),
}  # fmt: skip
AT_FIRST: Final = ("indiener", "status", "termijn", "behandelaar")
FILTERS: Final = ("soort", "status", "behandelaar", "team", "afdeling", "alleen", "volgorde")
LONGEST: Final = 100  # of one value


@dataclass(frozen=True, slots=True)
class AskedList:
    """`chosen` has the filters and the order by their names in the address; `columns` the codes of COLUMNS that are shown."""

    text: str
    chosen: Mapping[str, str]
    stand: str
    columns: tuple[str, ...]
    page: int

    @classmethod
    def of(cls, params: QueryParams) -> Self:
        chosen = {name: params.get(name, "").strip()[:LONGEST] for name in FILTERS}
        chosen["alleen"] = chosen["alleen"] if chosen["alleen"] in dict(ONLY) else ""
        chosen["volgorde"] = chosen["volgorde"] if chosen["volgorde"] in ORDERS else ""
        asked = params.getlist("kolom")
        columns = tuple(code for code, _ in COLUMNS if code in asked) or AT_FIRST
        stand, page = params.get("stand", ""), params.get("pagina", "")
        number = int(page) if page.isascii() and page.isdigit() and len(page) < len("100000") else 1
        text = params.get("zoek", "").strip()[:LONGEST]
        return cls(text, chosen, stand if stand in STATES else "lopend", columns, number)

    @property
    def filter(self) -> reads.Filter:
        one = self.chosen
        return reads.Filter(
            self.text, one["soort"], one["status"], one["behandelaar"], STATES[self.stand], self.page, one["team"], one["afdeling"],
            one["alleen"] == LATE, one["alleen"] == COURT, one["alleen"] == CHECKLIST, ORDERS[one["volgorde"]],
        )  # fmt: skip

    @property
    def view(self) -> str:
        """The part of an address that a view keeps: everything but what was searched for, and the page."""
        return urlencode([*self._kept(), ("stand", self.stand)])

    @property
    def address(self) -> str:
        """The address of this search without state and page, which the links on the page add; `%%` for a percent sign."""
        kept = urlencode([("zoek", self.text)] * bool(self.text) + self._kept()).replace("%", "%%")
        return f"/werk/zaken?{kept}&" if kept else "/werk/zaken?"

    @property
    def heads(self) -> Mapping[str, tuple[str, str, str]]:
        """By column the address at which the list is in another order, empty where there is none, `aria-sort`, and its sign. Of cases in both states
        the running ones come first, so that no column sorts them all.
        """
        now, one_state = self.chosen["volgorde"], bool(STATES[self.stand])
        found = {}
        for code, orders in HEADS.items():
            sorts = now in orders and (bool(now) or self.stand == "lopend")
            after = orders[(orders.index(now) + 1) % len(orders)] if sorts else orders[0]
            kept = replace(self, chosen={**self.chosen, "volgorde": after})
            address = "" if after == now else f"{kept.address.replace('%%', '%')}stand={self.stand}"
            told = ("descending", "▼") if sorts and orders.index(now) else ("ascending", "▲")
            found[code] = (address, *(told if sorts and one_state else ("", "")))
        return found

    @property
    def export(self) -> str:
        """The address of all of it as a table."""
        kept = [("zoek", self.text)] * bool(self.text) + self._kept()
        return f"/werk/zaken/tabel?{urlencode([*kept, ('stand', self.stand)])}"

    def _kept(self) -> list[tuple[str, str]]:
        columns = [("kolom", code) for code in self.columns] if self.columns != AT_FIRST else []
        return [(name, value) for name, value in self.chosen.items() if value] + columns
