"""D2: told only the goal, one files, answers, and finds the decision, by the words on the page alone."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from citizen_kit import intake
from kit.browser import Browser
from kit.cases import BEZWAAR, add_departments, days_ago, do, put_in_use, rows, shipped
from kit.documents import stored
from kit.goal_walker import GoalWalker
from kit.installation import installation
from kit.people import SEM, TESS

from processes.actions.filing import NewDocument
from processes.jobs.workers import drain
from processes.storage.services import Services
from processes.storage.tables import Case


def furnish(services: Services) -> None:
    put_in_use(services, *(replace(shipped(name), rehearsals={}) for name in (*BEZWAAR, "ingebrekestelling", "klacht")))
    add_departments(services, "parkeren")


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    with installation(tmp_path, furnish, faces=("citizen",)) as opened:
        yield opened


def test_d2_who_knows_only_the_goal_files_answers_and_finds_the_decision(services: Services) -> None:
    client = Browser(services, TESS).client
    filing = GoalWalker(
        client,
        "Ik ben het niet eens met een besluit. Nieuwe zaak, bezwaar maken en versturen.",
        {
            "besluit over gaat": "Weigering van mijn parkeervergunning", "kenmerk nummer": "PV-7",
            "wanneer kreeg": f"{days_ago(services, 12):%d-%m-%Y}", "waarom niet mee eens": "Ik woon hier al jaren.",
            "e-mailadres": "tess@post.example",
        },
    )  # fmt: skip
    number = filing.from_page("/mijn", r"(?<=Uw zaaknummer is )BZW-\d{4}-\d+")
    assert len(filing.heard) <= 9, filing.heard
    drain(services)
    (case,) = rows(services, Case)
    assert case.number == number

    intake(services, complete=False)
    answer = GoalWalker(
        client, "De gemeente vraagt iets van mij: ik vul mijn bezwaar aan.", {"aanvulling": "Er was geen bord."}
    )
    answer.from_page("/mijn", "Dank u wel")
    assert len(answer.heard) <= 3, answer.heard

    do(services, "JudgeRepair", after_repair="niet_ontvankelijk", route="commissie")
    do(
        services,
        "DecideHearing",
        hearing_choice="niet_horen",
        waiver="kennelijk_niet_ontvankelijk",
        no_hearing_reason="Het kwam te laat.",
    )
    outcome = NewDocument(stored(services, "beslissing.pdf"), "outcome", field="outcome")
    do(
        services,
        "DraftDecision",
        documents=[outcome],
        dictum="niet_ontvankelijk",
        deciding_body="burgemeester",
    )
    do(services, "DecisionTaken", SEM, approved="ja")
    drain(services)
    reading = GoalWalker(client, "Ik wil de beslissing op mijn bezwaar lezen, over de parkeervergunning.")
    assert "niet-ontvankelijk" in reading.from_page(
        "/mijn", r"Wat hebben wij beslist\? Het bezwaar is [a-z-]+"
    )  # the letter
    assert len(reading.heard) <= 2, reading.heard
