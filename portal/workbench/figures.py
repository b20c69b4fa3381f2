"""/werk/cijfers: figures for the head of a team, as page and spreadsheet, and the yearly ones that are published."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Final, Self
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Request
from starlette.datastructures import QueryParams
from starlette.responses import Response

from portal.doors import RowId, TheServices, row_id
from portal.downloads import send_document
from portal.pages import render
from portal.security.guards import signed_in_staff
from portal.spreadsheets import Sheet, send_sheets
from processes.base.actor import Actor, StaffRole
from processes.base.errors import Invalid, NotFound
from processes.base.security_log import SecurityEvent, security_event
from processes.reads import figures as reads
from processes.reads.workbench import NOBODY

router = APIRouter(prefix="/cijfers")
Lead = Annotated[Actor, Depends(signed_in_staff(StaffRole.LEAD))]
HOME: Final = "/werk/cijfers"
PLACE: Final = "figures"
BPMN: Final = "application/xml"
LONGEST: Final = 100  # of one value in an address
PERIODS: Final[Mapping[str, tuple[str, str]]] = {
    "jaar": ("year", "Dit jaar"), "kwartaal": ("quarter", "Dit kwartaal"), "maand": ("month", "Deze maand"),
    "vorig-jaar": ("last_year", "Vorig jaar"), "vorig-kwartaal": ("last_quarter", "Vorig kwartaal"), "vorige-maand": ("last_month", "Vorige maand"),
    "eigen": ("own", "Eigen dagen"),
}  # fmt: skip
FIELDS: Final = {"since": "van", "until": "tot"}
YEARLY: Final[Mapping[str, tuple[str, str]]] = {
    "klachten": ("complaints", "Jaarcijfers klachten"),
    "woo": ("woo", "Jaarcijfers Woo-verzoeken"),
}


@dataclass(frozen=True, slots=True)
class AskedAddress:
    """The question in an address; one made by hand may hold whatever it likes."""

    chosen: Mapping[str, str]

    @classmethod
    def of(cls, params: QueryParams) -> Self:
        names = ("periode", "van", "tot", "team", "soort", "versie")
        chosen = {name: params.get(name, "").strip()[:LONGEST] for name in names}
        chosen["periode"] = chosen["periode"] if chosen["periode"] in PERIODS else "jaar"
        return cls(chosen)

    @property
    def question(self) -> reads.AskedFigures:
        one = self.chosen
        word, _ = PERIODS[one["periode"]]
        return reads.AskedFigures(word, one["van"], one["tot"], one["team"], one["soort"], row_id(one["versie"]))

    @property
    def sheets(self) -> str:
        return f"{HOME}/tabel?{urlencode({name: value for name, value in self.chosen.items() if value})}"


@router.get("")
def figures(request: Request, actor: Lead, services: TheServices) -> Response:
    asked = AskedAddress.of(request.query_params)
    try:
        page = reads.read_figures(services, actor, asked.question)
    except Invalid as error:
        return _refused(request, actor, services, asked, error)
    return _page(request, asked, page.choices, page=page)


@router.get("/tabel")
def sheets(request: Request, actor: Lead, services: TheServices) -> Response:
    """Every table of the page, each on a sheet of its own."""
    asked = AskedAddress.of(request.query_params)
    try:
        page = reads.read_figures(services, actor, asked.question)
    except Invalid as error:
        return _refused(request, actor, services, asked, error)
    _told(actor, "cijfers", asked.chosen)
    return send_sheets([_sheet(one, page.period.words) for one in page.tables], "cijfers.xlsx")


@router.get("/tekening/{version}")
def drawing(actor: Lead, services: TheServices, version: RowId) -> Response:
    found = reads.read_figures_drawing(services, actor, version)
    return send_document([found], f"tekening-{version}.bpmn", BPMN, len(found))


@router.get("/jaar/{yearly}")
def year(request: Request, actor: Lead, services: TheServices, yearly: str, jaar: str = "") -> Response:
    title, page = _year(actor, services, yearly, jaar)
    return render(
        request, "workbench/figures_year.html", page=page, title=title, place=PLACE, home=f"{HOME}/jaar/{yearly}", figures=HOME
    )  # fmt: skip


@router.get("/jaar/{yearly}/tabel")
def year_sheets(actor: Lead, services: TheServices, yearly: str, jaar: str = "") -> Response:
    title, page = _year(actor, services, yearly, jaar)
    _told(actor, yearly, {"periode": str(page.year)})
    summary = Sheet(title, (f"{title} {page.year}",), [(one,) for one in page.sentences])
    return send_sheets([summary, *(_sheet(one, str(page.year)) for one in page.tables)], f"{yearly}-{page.year}.xlsx")


def _year(actor: Actor, services: TheServices, yearly: str, typed: str) -> tuple[str, reads.YearFigures]:
    """Raises NotFound."""
    if yearly not in YEARLY or (typed and row_id(typed) is None):
        raise NotFound
    kind, title = YEARLY[yearly]
    return title, reads.read_year_figures(services, actor, kind, row_id(typed))


def _refused(request: Request, actor: Actor, services: TheServices, asked: AskedAddress, error: Invalid) -> Response:
    """The form with what was typed and why it was refused, without figures."""
    errors = {FIELDS.get(name, name): sentence for name, sentence in error.fields.items()}
    return _page(request, asked, reads.read_figures_choices(services, actor), errors=errors)


def _page(
    request: Request, asked: AskedAddress, choices: reads.ScopeChoices, *, page: reads.FiguresPage | None = None,
    errors: Mapping[str, str] | None = None,
) -> Response:  # fmt: skip
    periods = [(code, words) for code, (_, words) in PERIODS.items()]
    yearly = [(f"{HOME}/jaar/{code}", title) for code, (_, title) in YEARLY.items()]
    return render(
        request, "workbench/figures.html", Invalid.status if errors else 200, page=page, choices=choices, chosen=asked.chosen, periods=periods,
        yearly=yearly, sheets=asked.sheets, home=HOME, place=PLACE, errors=errors or {}, nobody=NOBODY,
    )  # fmt: skip


def _sheet(table: reads.FigureTable, period: str) -> Sheet:
    return Sheet(table.title, table.head, table.rows, f"{table.title}. Periode: {period}. {table.about}".strip())


def _told(actor: Actor, what: str, chosen: Mapping[str, str]) -> None:
    """A file with how much each colleague has leaves the program: that is told."""
    security_event(
        SecurityEvent.FIGURES_EXPORTED, who=actor, what=what, period=chosen.get("periode"), team=chosen.get("team") or None,
        type=chosen.get("soort") or None,
    )  # fmt: skip
