"""A case type is begun from nothing on a page: a small drawing that can be used as it is, and drawn further."""

import pytest
from kit.browser import Browser
from kit.cases import rows
from kit.people import FENNA

from engine import read_model
from engine.edits import drawing_of
from processes.reads.studio import check_draft
from processes.storage.services import Services
from processes.storage.tables import ModelDraftRevision
from processes.studio.revisions import contents

pytestmark = pytest.mark.parametrize("kind_of_database", ["sqlite"], indirect=True)
HERE = "/beheer/zaaktypen/nieuw/tekenen"
TYPED = {"title": "Melding openbare ruimte", "identification": "melding-ruimte", "prefix": "mor", "by": "medewerker"}


def test_o38_a_case_type_is_begun_from_nothing_and_the_check_finds_nothing(services: Services) -> None:
    fenna = Browser(services, FENNA)
    assert HERE in fenna.get("/beheer/zaaktypen")
    page = fenna.get(HERE)
    retention = page.partition('name="retention"')[2].split('<option value="')[2].partition('"')[0]
    wrong = fenna.post(HERE, {**TYPED, "prefix": "!", "retention": retention}, status=422)
    assert "Gebruik 2 tot 6 hoofdletters" in wrong
    assert 'value="melding-ruimte"' in wrong, "what was typed stays"
    assert "Kies hoe lang" in fenna.post(HERE, {**TYPED, "retention": ""}, status=422)
    fenna.get(HERE)
    page = fenna.post(HERE, {**TYPED, "retention": retention})
    assert "Dit is uw nieuwe zaaktype, nog als ontwerp" in page
    check = check_draft(services, FENNA, "melding-ruimte").check
    assert check.may_be_used
    assert check.findings == ()
    with services.sessions() as session:
        files = contents(session, rows(services, ModelDraftRevision)[-1])
    read = read_model(files[drawing_of(files)])
    assert read.model
    assert read.model.case_type
    assert not read.model.case_type.portal
    assert read.drawing
    assert read.drawing.boxes.keys() >= read.drawing.nodes.keys()
    assert [one.name for one in read.model.statuses()] == ["Ontvangen", "Afgerond"]
