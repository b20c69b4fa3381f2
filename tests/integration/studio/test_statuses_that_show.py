"""An administrator picks which statuses show and what each says, on a page; a citizen reads it on the timeline of a case."""

from collections.abc import Callable, Mapping
from dataclasses import replace

import pytest
from kit.browser import Browser
from kit.cases import BEZWAAR, add_departments, put_in_use, shipped
from kit.complaint import WIM, complaint
from kit.filled_forms import send
from kit.people import FENNA, known

from engine.edits import files_of, settings_of
from processes.actions import act
from processes.actions.drafting import StartDraft
from processes.storage.services import Services

HOME = "/beheer/zaaktypen/klacht/ontwerp"
STATUS = {
    found.values["code"]: one.id
    for one in settings_of(files_of(shipped("klacht")))
    for found in one.settings
    if found.name == "status"
}


def furnish(services: Services) -> None:
    put_in_use(services, *(replace(shipped(name), rehearsals={}) for name in (*BEZWAAR, "klacht")))
    add_departments(services, "burgerzaken")
    known(services, FENNA, "fenna@voorbeeldstad.example")


def pages(services: Services, status: str, typed: Mapping[str, str]) -> tuple[str, str]:
    """A setting of a status is changed on its page and goes into use: the pages of a case of before and of one of after."""
    act(services, FENNA, StartDraft("klacht"))
    fenna = Browser(services, FENNA)
    send(fenna, f"{HOME}/statussen/instelling/{STATUS[status]}/status.0", typed)
    before = complaint(services).number
    send(fenna, f"{HOME}/in-gebruik", {})
    after = complaint(services).number
    wim = Browser(services, WIM)
    return wim.get(f"/mijn/zaken/{before}"), wim.get(f"/mijn/zaken/{after}")


@pytest.mark.parametrize("kind_of_database", ["sqlite"], indirect=True)
def test_d28_the_administrator_picks_which_statuses_show(installed: Callable[..., Services]) -> None:
    before, after = pages(installed(furnish, faces=("admin", "citizen")), "hearing", {"v.visible": "false"})
    assert ("Gesprek gepland" in before, "Gesprek gepland" in after) == (True, False), (
        "a running case keeps its version"
    )
    assert "In onderzoek" in after


@pytest.mark.parametrize("kind_of_database", ["sqlite"], indirect=True)
def test_d29_the_administrator_writes_the_text_with_each_status(installed: Callable[..., Services]) -> None:
    said = {"v.name": "Binnen", "v.text.explanation": "Uw klacht ligt op onze tafel.", "v.text.next": "Wij bellen u."}
    before, after = pages(installed(furnish, faces=("admin", "citizen")), "received", said)
    assert "Binnen" not in before
    for text in said.values():
        assert text in after
