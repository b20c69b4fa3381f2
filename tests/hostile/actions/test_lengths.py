"""What is longer than its column names its field: PostgreSQL refuses it, and then the whole form was lost with a 500."""

from datetime import timedelta
from typing import Any

import pytest
from kit.cases import register_bezwaar
from kit.people import NOOR

from processes.actions import act
from processes.actions.documents import AddDocuments
from processes.actions.filing import NewDocument
from processes.actions.registering import NewDecision, NewParty, RegisterCase
from processes.base.clock import local_date
from processes.base.errors import Invalid
from processes.base.uploads import Upload
from processes.storage.business_time import business_now
from processes.storage.services import Services


@pytest.mark.parametrize(
    ("party", "decision", "field"),
    [
        ({"name": "x" * 201}, {}, "party-0-name"),
        ({"phone": "0" * 41}, {}, "party-0-phone"),
        ({"email": f"{'x' * 320}@post.example"}, {}, "party-0-email"),
        ({"email": "geen adres"}, {}, "party-0-email"),
        ({"email": "a@post.example\r\nBcc: b@post.example"}, {}, "party-0-email"),
        ({}, {"subject": "x" * 301}, "decision-0-subject"),
        ({}, {"number": "x" * 81}, "decision-0-number"),
    ],
)
def test_a_case_with_a_text_that_does_not_fit(
    services: Services, party: dict[str, Any], decision: dict[str, Any], field: str
) -> None:
    day = local_date(business_now(services))
    parties = (NewParty(**{"role": "objector", "name": "Tess", "address": "Weg 1", **party}),)
    decisions = (NewDecision(**{"subject": "Iets", "announced_on": day - timedelta(9), **decision}),)
    with pytest.raises(Invalid) as refused:
        act(services, NOOR, RegisterCase("bezwaar", "letter", day, parties, decisions, {"grounds": "x"}))
    assert list(refused.value.fields) == [field]


def test_a_document_with_a_title_that_does_not_fit(services: Services) -> None:
    upload = Upload("verslag.pdf", "application/pdf", 1, "0" * 64, "geen")
    with pytest.raises(Invalid) as refused:
        act(services, NOOR, AddDocuments(register_bezwaar(services), (NewDocument(upload, "report", "x" * 201),)))
    assert list(refused.value.fields) == ["title"]
