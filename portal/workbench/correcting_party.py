"""/werk/zaken/<number>/partijen/<party>/...: the data of a party are corrected, and who acts for the party."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date

from fastapi import APIRouter, Request
from starlette.responses import Response

from portal.doors import PlainForm, RowId, TheServices, row_id
from portal.received import Received
from portal.workbench.doors import Worker, carry_out
from portal.workbench.draft import PARTY, Row, one_party
from portal.workbench.looking_up import BUTTON, looked_up
from portal.workbench.receipt import NO_DAY, RECEIVED, receipt_in
from portal.workbench.register_form import party_of
from portal.workbench.tabs import change_on_tab, show_page, show_tab
from processes.actions.correcting_party import CorrectParty
from processes.actions.fact_dates import CorrectWithdrawal
from processes.actions.linking import SendLetterCode
from processes.actions.representing import RemoveParty, ReplaceRepresentative, Represent
from processes.actions.returned_post import KeepAddress
from processes.base.actor import Actor
from processes.base.errors import NotFound
from processes.execution.party_data import PartyData
from processes.reads import workbench as reads
from processes.storage.services import Services
from processes.storage.words import ReadingLanguage

router = APIRouter(prefix="/zaken/{number}/partijen/{party}")
NUMBER_OFF = "party-0-number_off"  # ticked it brings the mark of the number that stood on the page
NO_ERRORS: Mapping[str, str] = {}


@router.get("/gegevens")
def ask_data(request: Request, actor: Worker, services: TheServices, number: str, party: RowId) -> Response:
    return _data_page(request, services, actor, number, party)


@router.post("/gegevens")
def correct(
    request: Request, actor: Worker, form: PlainForm, services: TheServices, number: str, party: RowId
) -> Response:
    wrong: dict[str, str] = {}
    typed = party_of(0, one_party(form, ""), wrong)
    data = PartyData(
        typed.name, typed.kind, typed.email, typed.phone, typed.address, typed.channel, typed.secret_address,
        typed.deceased, typed.electronic_since, typed.electronic_how, typed.needs, typed.language or ReadingLanguage.DUTCH, typed.branch,
    )  # fmt: skip
    action = CorrectParty(
        number,
        party,
        data,
        form.text("reason"),
        form.one("seen"),
        typed.identity,
        typed.sure,
        wrong,
        form.one(NUMBER_OFF),
    )
    return carry_out(services, actor, action, form, f"/werk/zaken/{number}/partijen?gedaan=verbeterd",
                     lambda errors: _data_page(request, services, actor, number, party, form, errors))  # fmt: skip


@router.post("/intrekking")
def correct_withdrawal(
    request: Request, actor: Worker, form: PlainForm, services: TheServices, number: str, party: RowId
) -> Response:
    """Another day on which a withdrawal on paper came in, with a reason."""
    wrong: dict[str, str] = {}
    received = receipt_in(form, wrong, f"-{party}", NO_DAY)
    if received is None:
        wrong = wrong or {f"{RECEIVED}-{party}": NO_DAY}
        return show_tab(request, services, actor, number, "partijen", errors=wrong, typed=form)
    action = CorrectWithdrawal(number, party, received, form.text(f"reason-{party}"))
    return change_on_tab(request, services, actor, action, form, number, "partijen", "intrekking", f"-{party}")


@router.post("/adres-klopt")
def keep_address(
    request: Request, actor: Worker, form: PlainForm, services: TheServices, number: str, party: RowId
) -> Response:
    """A letter came back, and the address is right after all: what waited can go."""
    suffix = f"-adres-{party}"
    action = KeepAddress(number, party, form.text(f"reason{suffix}"))
    return change_on_tab(request, services, actor, action, form, number, "partijen", "adres-klopt", suffix)


@router.post("/code")
def send_code(
    request: Request, actor: Worker, form: PlainForm, services: TheServices, number: str, party: RowId
) -> Response:
    """A letter with another code, with which this party can tie the case to an own sign-in."""
    action = SendLetterCode(number, party)
    return change_on_tab(request, services, actor, action, form, number, "partijen", "code", f"-{party}")


@router.get("/gemachtigde")
def ask_representative(request: Request, actor: Worker, services: TheServices, number: str, party: RowId) -> Response:
    return _represented_page(request, services, actor, number, party)


@router.post("/gemachtigde")
def represent(
    request: Request, actor: Worker, form: PlainForm, services: TheServices, number: str, party: RowId
) -> Response:
    action = Represent(number, party, row_id(form.one("representative")), form.text("reason"))
    return carry_out(services, actor, action, form, f"/werk/zaken/{number}/partijen?gedaan=gemachtigde",
                     lambda errors: _represented_page(request, services, actor, number, party, form, errors))  # fmt: skip


@router.post("/weg")
def remove(
    request: Request, actor: Worker, form: PlainForm, services: TheServices, number: str, party: RowId
) -> Response:
    page = reads.read_party(services, actor, number, party)
    again = _replace_page if page.representative else _represented_page
    action = RemoveParty(number, party, form.text("reason-weg"))
    return carry_out(services, actor, action, form, f"/werk/zaken/{number}/partijen?gedaan=van-de-zaak",
                     lambda errors: again(request, services, actor, number, party, form, errors), "-weg")  # fmt: skip


@router.get("/vervangen")
def ask_new(request: Request, actor: Worker, services: TheServices, number: str, party: RowId) -> Response:
    return _replace_page(request, services, actor, number, party)


@router.post("/vervangen")
def replace(
    request: Request, actor: Worker, form: PlainForm, services: TheServices, number: str, party: RowId
) -> Response:
    if form.one(BUTTON):
        row, errors = looked_up(services, actor, one_party(form, "representative"), 0)
        return _replace_page(request, services, actor, number, party, form, errors, row)
    wrong: dict[str, str] = {}
    new = party_of(0, one_party(form, "representative"), wrong)
    action = ReplaceRepresentative(number, party, new, form.text("reason"), wrong)
    return carry_out(services, actor, action, form, f"/werk/zaken/{number}/partijen?gedaan=gemachtigde",
                     lambda errors: _replace_page(request, services, actor, number, party, form, errors))  # fmt: skip


def _data_page(
    request: Request, services: Services, actor: Actor, number: str, party: int, typed: Received | None = None,
    errors: Mapping[str, str] = NO_ERRORS,
) -> Response:  # fmt: skip
    """The data as stored, or as typed; the mark of what was seen stays that of the first page."""
    page = reads.read_party(services, actor, number, party)
    row = one_party(typed, "") if typed else _as_typed(page.data)
    seen = typed.one("seen") if typed else page.data.seen
    return show_page(
        request, page, page.head.number, "correct_party", "Gegevens verbeteren", "partijen", errors=errors, typed=typed,
        party=row, seen=seen,
    )  # fmt: skip


def _as_typed(data: PartyData) -> Row:
    return {**dict.fromkeys(PARTY, ""), **{name: _text(value) for name, value in asdict(data).items()}}


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "ja" if value else ""
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else str(value)


def _represented_page(
    request: Request, services: Services, actor: Actor, number: str, party: int, typed: Received | None = None,
    errors: Mapping[str, str] = NO_ERRORS,
) -> Response:  # fmt: skip
    page = reads.read_party(services, actor, number, party)
    return show_page(
        request, page, page.head.number, "represented", "Gemachtigde veranderen", "partijen", errors=errors, typed=typed
    )


def _replace_page(
    request: Request, services: Services, actor: Actor, number: str, party: int, typed: Received | None = None,
    errors: Mapping[str, str] = NO_ERRORS, row: Row | None = None,
) -> Response:  # fmt: skip
    page = reads.read_party(services, actor, number, party)
    if not page.representative:
        raise NotFound
    row = row or one_party(typed or Received(), "representative")
    return show_page(
        request, page, page.head.number, "replace_representative", "Gemachtigde vervangen", "partijen", errors=errors,
        typed=typed, party=row, registers=services.registers is not None,
    )  # fmt: skip
