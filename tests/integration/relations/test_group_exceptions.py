"""W21: another outcome that was chosen for a case of the group is never passed over in silence."""

import pytest
from joined_kit import CALLED, delivered, furnish, joined, to_call, together
from kit.browser import Browser
from kit.cases import open_task, rows
from kit.people import BRAM, NOOR, TESS

from processes.storage.tables import CaseGroupStep

# nothing here depends on the database
pytestmark = pytest.mark.parametrize("kind_of_database", ["sqlite"], indirect=True)


def test_w21_another_outcome_for_a_case_that_was_not_ticked_is_said_at_its_field(installed) -> None:
    services = installed(furnish)
    one, two = to_call(services, TESS), to_call(services, BRAM)
    together(services, NOOR, "CallObjector", one, two, **CALLED)
    delivered(services)
    joined(services, one, two)
    task, other = (open_task(services, "DraftDecision", number) for number in (one, two))
    noor, here, exception = Browser(services, NOOR), f"/werk/taken/{task}", f"exception-{other}"
    said = "Kruis deze zaak ook aan, of kies hier: Dezelfde uitkomst."
    assert '<details class="zs-stack">' in noor.get(here)
    page = noor.post(here, {exception: "niet_ontvankelijk", "explanation": "Beste [naam]."}, status=422)
    assert f'id="error-{exception}"' in noor.html
    assert f'href="#field-{exception}"' in noor.html
    assert said in page
    assert '<details class="zs-stack" open>' in noor.html
    assert '<option value="niet_ontvankelijk" selected>' in noor.html
    assert noor.html.count('href="#field-') > 1  # with every other mistake
    page = noor.post(here, {exception: "niet_ontvankelijk", "together": [other]}, status=422)
    assert said not in page
    assert not rows(services, CaseGroupStep)
