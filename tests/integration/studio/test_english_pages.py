"""The English of a draft: a field beside each Dutch text, and a list of what has none yet."""

import json
import re
from collections.abc import Callable, Mapping

import pytest
from kit.browser import Browser
from kit.cases import put_in_use, shipped
from kit.english import without_english
from kit.filled_forms import send
from kit.people import FENNA

from engine import read_model
from engine.edits import settings_of
from engine.translating import in_language
from processes.actions import act
from processes.actions.drafting import StartDraft
from processes.reads.studio import read_draft_files, read_english
from processes.storage import staff
from processes.storage.services import Services

pytestmark = pytest.mark.parametrize("kind_of_database", ["sqlite"], indirect=True)
HOME = "/beheer/zaaktypen/klacht/ontwerp"


def furnish(services: Services) -> None:
    put_in_use(services, without_english(shipped("klacht")))
    with services.sessions.begin() as session:
        staff.remember(session, FENNA)


@pytest.fixture
def services(installed: Callable[..., Services]) -> Services:
    return installed(furnish, faces=("admin",))


@pytest.fixture
def fenna(services: Services) -> Browser:
    act(services, FENNA, StartDraft("klacht"))
    return Browser(services, FENNA)


def files(services: Services) -> Mapping[str, bytes]:
    return read_draft_files(services, FENNA, "klacht")[1]


def test_s1_english_is_written_beside_the_dutch_and_leaves_the_list(fenna: Browser, services: Services) -> None:
    """A status, a new result, the name and explanation of a task, a question, a mail."""
    page = fenna.get(f"{HOME}/engels")
    before = read_english(services, FENNA, "klacht")
    assert f"{len(before.missing)} teksten zonder Engels" in page
    assert f"{len(before.missing)} teksten zonder Engels" in fenna.get(HOME)
    elements = settings_of(files(services))
    status = next(one.id for one in elements if any(two.name == "status" for two in one.settings))
    task = next(one.page for one in before.missing if one.place.startswith("Naam van taak"))
    question = next(one.page for one in before.missing if one.place == "Formulier start: vraag of tekst")
    mail = next(one.page for one in before.missing if one.page.startswith("brieven/tekst/"))
    for address in (f"statussen/instelling/{status}/status.0", task, question, mail):
        assert f'href="{HOME}/{address}"' in page
    send(fenna, f"{HOME}/statussen/instelling/{status}/status.0", {"v.en.name": "Complaint received"})
    send(
        fenna,
        f"{HOME}/{task}",
        {"v.en.name": "Answer us", "v.documentation": "Wij vragen u iets.", "v.en.documentation": "We ask."},
    )
    send(fenna, f"{HOME}/{question}", {"english": "Tell us what happened"})
    send(fenna, f"{HOME}/{mail}", {"english": "Onderwerp: Your complaint\n\n{{ recipient.greeting }},\n\nHello"})
    new = f"{HOME}/resultaten/nieuw?soort=resultType&bij=klacht"
    send(
        fenna,
        new,
        {"v.code": "anders", "v.description": "Anders", "v.retention": "13.1", "v.en.description": "Otherwise"},
    )
    english = in_language(read_model(files(services)["klacht.bpmn"]).model, "en")
    assert english.elements[status].status.name == "Complaint received"
    told = english.elements[task.rpartition("/")[2]]
    assert (told.name, told.documentation, english.result_types["anders"].description) == (
        "Answer us",
        "We ask.",
        "Otherwise",
    )
    part = json.loads(files(services)["forms/start.json"])["components"][int(question.rpartition("/")[2])]
    assert "Tell us what happened" in part["properties"].values()
    after = read_english(services, FENNA, "klacht")
    gone = {(one.page, one.text) for one in before.missing} - {(one.page, one.text) for one in after.missing}
    assert len(gone) == 4
    assert "<td>ja</td>" in re.sub(r"\s*(<td)[^>]*(>)", r"\1\2", fenna.get(f"{HOME}/brieven"))
    send(fenna, f"{HOME}/{mail}", {"english": ""})
    assert f"mails/{mail.rpartition('/')[2]}.en.txt" not in files(services)


def test_s1_english_that_nobody_can_read_is_told_at_its_mail(fenna: Browser, services: Services) -> None:
    name = next(one for one in sorted(files(services)) if one.startswith("mails/"))
    address = f"{HOME}/brieven/tekst/{name.removeprefix('mails/').removesuffix('.txt')}"
    page = send(fenna, address, {"english": "Onderwerp: Hello\n\n{{ nergens }}"})
    assert "`nergens`" in page
