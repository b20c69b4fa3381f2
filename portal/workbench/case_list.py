"""/werk/zaken: the list of cases, on the page and as a spreadsheet."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Final

from fastapi import APIRouter, Request
from starlette.responses import Response

from portal.doors import TheServices
from portal.filters import number_nl
from portal.pages import go_to, render
from portal.spreadsheets import Cell, Sheet, send_sheet
from portal.workbench.asked_list import COLUMNS, ONLY, ORDER_NAMES, STATES, AskedList
from portal.workbench.doors import Desk
from processes.base.actor import Actor, StaffRole
from processes.base.errors import Invalid
from processes.base.secrets import bsn_is_valid
from processes.base.security_log import SecurityEvent, security_event
from processes.reads import workbench as reads
from processes.storage.services import Services
from processes.storage.words import CaseState

router = APIRouter(prefix="/zaken")
NAMES = (("lopend", "Lopend"), ("afgerond", "Afgerond"), ("alle", "Alle"))
STATE_NAMES: Final[Mapping[str, str]] = {CaseState.RUNNING: "lopend", CaseState.CLOSED: "afgerond"}
MORE: Final = "Er zijn meer dan {} zaken. Alleen de eerste staan hier. Kies een filter om de rest te zien."
CELLS: Final[Mapping[str, Callable[[reads.CaseLine], Cell]]] = {
    "indiener": lambda line: line.objector,
    "status": lambda line: line.status,
    "termijn": lambda line: line.legal.on,
    "behandelaar": lambda line: line.handler or "",
    "ontvangen": lambda line: line.received_on,
    "resultaat": lambda line: STATE_NAMES.get(line.state, line.state),
}


@router.get("")
def cases(request: Request, actor: Desk, services: TheServices) -> Response:
    """A whole number, typed in the search box of any page, opens its case."""
    asked = AskedList.of(request.query_params)
    if request.query_params.get("open") and reads.is_whole_number(asked.text):
        found = reads.read_cases(services, actor, asked.filter).lines
        if len(found) == 1:
            return go_to(f"/werk/zaken/{found[0].number}")
    return show_list(request, services, actor, asked)


@router.get("/tabel")
def table(request: Request, actor: Desk, services: TheServices) -> Response:
    """The whole list as a spreadsheet, with the columns that were chosen, in the order of the page."""
    asked = AskedList.of(request.query_params)
    security_event(
        SecurityEvent.CASES_EXPORTED, who=actor, type=asked.chosen["soort"] or None, state=asked.stand,
        searched="yes" if asked.text else None, most=reads.MOST_EXPORTED,
    )  # fmt: skip
    titles = dict(COLUMNS)
    head = ("Zaak", "Zaaktype", "Onderwerp", *(titles[code] for code in asked.columns))
    found = reads.export_cases(services, actor, asked.filter)
    notice = MORE.format(number_nl(reads.MOST_EXPORTED)) if found.more else ""
    return send_sheet(Sheet("Zaken", head, _rows(found.lines, asked.columns), notice), "zaken.xlsx")


def _rows(lines: Iterable[reads.CaseLine], columns: Sequence[str]) -> Iterator[list[Cell]]:
    for line in lines:
        yield [line.number, line.title, line.subject, *(CELLS[code](line) for code in columns)]


def show_list(
    request: Request, services: Services, actor: Actor, asked: AskedList, errors: Mapping[str, str] | None = None, named: str = ""
) -> Response:  # fmt: skip
    """`named`: what somebody typed as the name of a view, when that was refused with `errors`."""
    page = reads.read_cases(services, actor, asked.filter)
    request.state.desk_counts = lambda: page.desk  # asked along with the page
    kinds = [(code, name, page.counts[STATES[code]]) for code, name in NAMES]
    return render(
        request, "workbench/case_list.html", Invalid.status if errors else 200, page=page, kinds=kinds, asked=asked,
        chosen=asked.chosen, stand=asked.stand, place="cases", nobody=reads.NOBODY, address=asked.address, states=STATES,
        most=reads.MOST, only=ONLY, orders=ORDER_NAMES, columns=COLUMNS, errors=errors or {}, named=named,
        may_change=actor.has(StaffRole.WORKER, StaffRole.DECIDER), most_exported=reads.MOST_EXPORTED,
        is_number=bsn_is_valid("".join(asked.text.split())),
    )  # fmt: skip
