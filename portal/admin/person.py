"""/beheer/inzage/persoon: all data of one person for the data protection officer, as one package to review (AVG art. 15).

A BSN or KvK number is sent in a form and becomes the keyed index at once: addresses hold the id of the package only.
"""

from typing import Annotated

from fastapi import APIRouter, Path, Request
from starlette.responses import Response

from portal.admin.looks import HOME as LOOKS_HOME
from portal.admin.roles import PrivacyOfficer
from portal.doors import PlainForm, TheServices, row_id
from portal.downloads import send_document
from portal.pages import go_to, render
from processes.actions import act
from processes.actions.person_data import FindPerson, MakePackage, RemovePackage
from processes.base.actor import Actor
from processes.base.errors import Invalid
from processes.base.security_log import SecurityEvent, security_event
from processes.reads.admin import package_file, person_index, read_packages, read_person
from processes.storage.looks import write_package_looks
from processes.storage.services import Services

HOME = f"{LOOKS_HOME}/persoon"
PackageId = Annotated[str, Path(pattern="^[0-9a-f]{32}$")]
router = APIRouter(prefix="/inzage/persoon")


@router.get("")
def packages(request: Request, actor: PrivacyOfficer, services: TheServices) -> Response:
    return _start(request, services, actor, {}, {})


@router.post("")
def find(request: Request, actor: PrivacyOfficer, form: PlainForm, services: TheServices) -> Response:
    typed = {name: form.one(name).strip() for name in ("bsn", "kvk", "reference")}
    try:
        person, kind = person_index(services, typed)
        package = act(services, actor, FindPerson(person, kind, typed["reference"]), once=form.form_key)
    except Invalid as error:
        return _start(request, services, actor, typed, error.fields)
    return go_to(f"{HOME}/{package}")


@router.get("/{package}")
def found(request: Request, package: PackageId, actor: PrivacyOfficer, services: TheServices) -> Response:
    return _found(request, services, actor, package, {})


@router.post("/{package}")
def make(
    request: Request, package: PackageId, actor: PrivacyOfficer, form: PlainForm, services: TheServices
) -> Response:
    ticked = (row_id(text) for text in form.all("cases"))
    action = MakePackage(
        package, tuple(form.all("kinds")), tuple(case for case in ticked if case is not None),
        older_than=(row_id(form.one("oldest")) or 0) if form.ticked("rest") else 0,
        others_named=form.ticked("others_named"), staff_named=form.ticked("staff_named"),
    )  # fmt: skip
    try:
        act(services, actor, action, once=form.form_key)
    except Invalid as error:
        return _found(request, services, actor, package, error.fields)
    return go_to(f"{HOME}/{package}")


@router.get("/{package}/bestand")
def fetch(package: PackageId, actor: PrivacyOfficer, services: TheServices) -> Response:
    """The zip file. It is written down at each case who got it, before the first byte leaves."""
    file = package_file(services, actor, package)
    chunks = services.files.read(file.blob, file.file_key)
    write_package_looks(services, actor, file.cases)
    security_event(
        SecurityEvent.PERSON_DATA_EXPORTED, who=actor, step="fetched", about=package, citizen=file.person,
        cases=len(file.cases),
    )  # fmt: skip
    return send_document(chunks, file.name, "application/zip", file.size)


@router.post("/{package}/weg")
def remove(package: PackageId, actor: PrivacyOfficer, form: PlainForm, services: TheServices) -> Response:
    act(services, actor, RemovePackage(package), once=form.form_key)
    return go_to(HOME)


def _start(
    request: Request, services: Services, actor: Actor, typed: dict[str, str], errors: dict[str, str]
) -> Response:
    lines = read_packages(services, actor)
    return render(
        request, "admin/person.html", Invalid.status if errors else 200, lines=lines, typed=typed, errors=errors, home=HOME,
        days=services.settings.package_days,
    )  # fmt: skip


def _found(request: Request, services: Services, actor: Actor, package: str, errors: dict[str, str]) -> Response:
    return render(
        request, "admin/person_found.html", Invalid.status if errors else 200, found=read_person(services, actor, package),
        errors=errors, home=HOME, days=services.settings.package_days,
    )  # fmt: skip
