"""T3: one line for each security event, always with the same fields, and never with a BSN or a token in it."""

import json

import pytest
import structlog
from kit.log_lines import log_lines

from processes.base.actor import SYSTEM, Actor, ActorKind
from processes.base.correlation import begin
from processes.base.logs import set_up_logs
from processes.base.secrets import Secrets
from processes.base.security_log import NOBODY, OWN_FIELDS, EventOutcome, SecurityEvent, pseudonym, security_event
from processes.base.visitor import comes_from

SECRETS = Secrets("x" * 32)
TOKEN = SECRETS.link_token(b"salt")
INDEX = SECRETS.index("bsn:999993653")
WHO = [
    (Actor(ActorKind.STAFF, "noor", "Noor Behandelaar"), "staff:noor"),
    (Actor(ActorKind.CITIZEN, INDEX, "Tess Testeling"), f"citizen:{INDEX}"),
    (Actor(ActorKind.DEPARTMENT, "department:7", "Vergunningen", dossier=7), "department:7"),
    (SYSTEM, "system"),
    (NOBODY, "nobody"),
]


@pytest.mark.parametrize(("who", "name"), WHO)
def test_t3_a_person_has_a_pseudonym_and_no_name(who: Actor | str, name: str) -> None:
    assert pseudonym(who) == name


@pytest.mark.parametrize("outcome", EventOutcome)
def test_t3_a_line_has_the_same_fields_whatever_happened(outcome: EventOutcome) -> None:
    word = begin()
    comes_from("192.0.2.7")
    with log_lines() as lines:
        security_event(SecurityEvent.SIGN_IN, who=NOBODY, outcome=outcome)
        security_event(SecurityEvent.CASE_SEEN, who=WHO[0][0], whose_case="BZW-2027-000001", outcome=outcome)
    assert [set(line) - {"log_level"} for line in lines] == [{*OWN_FIELDS - {"level", "timestamp"}}] * 2
    assert lines[1] == {
        "log": "security", "event": "case_seen", "outcome": str(outcome), "who": "staff:noor", "case": "BZW-2027-000001",
        "address": "192.0.2.7", "correlation": word, "log_level": "info",
    }  # fmt: skip


def test_t3_a_line_is_json_in_production_without_bsn_or_token(capsys: pytest.CaptureFixture[str]) -> None:
    before = structlog.get_config()
    try:
        set_up_logs(production=True)
        security_event(
            SecurityEvent.LINK_REFUSED, who="999993653", whose_case=f"/verzoek/{TOKEN}", why="a\nb" * 200, token=TOKEN
        )
        text = capsys.readouterr().out
    finally:
        structlog.configure(**before)
    line = json.loads(text)
    assert text.count("\n") == 1
    assert (line["who"], line["case"], line["token"], len(line["why"])) == ("[bsn]", "/verzoek/[token]", "[token]", 200)
    assert {"level", "timestamp", *OWN_FIELDS} <= set(line)


@pytest.mark.parametrize("name", sorted(OWN_FIELDS - {"event", "outcome", "who"}))
def test_t3_no_more_of_an_event_takes_the_place_of_a_field(name: str) -> None:
    with pytest.raises(ValueError, match=name):
        security_event(SecurityEvent.SIGN_IN, who=NOBODY, **{name: "x"})
