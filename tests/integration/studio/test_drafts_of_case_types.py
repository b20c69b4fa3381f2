"""A draft of a case type keeps every save, tells two editors of each other, and comes out as it went in."""

from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest
from kit.cases import days_later, rows, shipped
from kit.people import FENNA, NOOR

from engine.edits import files_of, folder_of
from processes.actions import act
from processes.actions.drafting import (
    CopyCaseType,
    DeployDraft,
    DiscardDraft,
    ImportDraft,
    NameRevision,
    RestoreRevision,
    SaveDraftFiles,
    StartDraft,
    TidyDraft,
)
from processes.base.actor import SYSTEM, Actor
from processes.base.case_type_zip import read_zip
from processes.base.errors import Invalid, NotAllowed, NotFound
from processes.jobs.draft_sweep import sweep_drafts
from processes.storage.services import Services
from processes.storage.tables import AuditRow, ModelDraft, ModelDraftFile, ModelDraftRevision, ModelVersion
from processes.studio import revisions
from processes.studio.copying import NewNames, naming
from processes.studio.revisions import ChangedMeanwhile, DraftFull, contents
from processes.studio.zipping import to_zip

KLACHT = files_of(shipped("klacht"))
GERDA = Actor("staff", "gerda", "Gerda Beheer", frozenset({"admin"}))
MAIL = "mails/oordeel.txt"
NAMES = NewNames("Klacht over afval", "klacht-afval", "KLAF")


def saves(services: Services, name: str = "klacht") -> list[ModelDraftRevision]:
    return sorted(rows(services, ModelDraftRevision, draft=name), key=lambda row: row.number)


def files(services: Services, revision: str) -> dict[str, bytes]:
    with services.sessions() as session:
        return contents(session, session.get_one(ModelDraftRevision, revision))


def started(services: Services) -> str:
    act(services, FENNA, StartDraft("klacht"))
    return saves(services)[-1].id


def save(services: Services, seen: str, text: bytes, who: Actor = FENNA, name: str = MAIL) -> str:
    return act(services, who, SaveDraftFiles("klacht", seen, "Tekst veranderd.", {name: text}))


def test_s6_every_save_is_kept_and_an_older_one_can_be_the_newest_again(services: Services) -> None:
    first = started(services)
    assert files(services, first) == KLACHT
    second = save(services, first, b"Onderwerp: A\n\nA\n")
    third = save(services, second, b"Onderwerp: B\n\nB\n")
    undone = act(services, FENNA, RestoreRevision("klacht", third, second))
    assert files(services, undone) == {**KLACHT, MAIL: b"Onderwerp: A\n\nA\n"}
    assert [(row.number, row.words) for row in saves(services)] == [
        (1, "Begonnen met versie 1."),
        (2, "Tekst veranderd."),
        (3, "Tekst veranderd."),
        (4, "Teruggezet naar bewaring 2."),
    ]
    assert len(rows(services, ModelDraftFile)) == len(set(KLACHT.values())) + 2
    assert save(services, undone, b"Onderwerp: A\n\nA\n") == undone, "a save without a difference is none"
    told = [row.detail["revision"] for row in rows(services, AuditRow) if row.action == "draft_saved"]
    assert told[:4] == [1, 2, 3, 4]


def test_s6_a_second_editor_is_told_and_both_texts_are_there(services: Services) -> None:
    first = started(services)
    save(services, first, b"Onderwerp: van Gerda\n\nGerda\n", GERDA)
    with pytest.raises(ChangedMeanwhile) as told:
        save(services, first, b"Onderwerp: van Fenna\n\nFenna\n")
    assert (told.value.who, told.value.number, dict(told.value.theirs)) == (
        "gerda", 2, {MAIL: b"Onderwerp: van Gerda\n\nGerda\n"},
    )  # fmt: skip
    other = save(services, first, b"Onderwerp: ander\n\nander\n", name="mails/uitstel.txt")
    assert files(services, other)[MAIL] == b"Onderwerp: van Gerda\n\nGerda\n", "what only one changed stays of both"
    with pytest.raises(ChangedMeanwhile):
        act(services, FENNA, RestoreRevision("klacht", first, first))
    with pytest.raises(ChangedMeanwhile):
        act(services, FENNA, DeployDraft("klacht", first))


def test_s6_only_named_saves_and_the_newest_stay_after_tidying(services: Services) -> None:
    at = started(services)
    for text in (b"1", b"2", b"3"):
        at = save(services, at, b"Onderwerp: x\n\n" + text)
    act(services, FENNA, NameRevision("klacht", saves(services)[1].id, "voor de raad"))
    act(services, SYSTEM, TidyDraft("klacht"))
    assert [(row.number, row.label) for row in saves(services)] == [(2, "voor de raad"), (4, None)]
    assert files(services, saves(services)[0].id)[MAIL].endswith(b"1")
    assert len(rows(services, ModelDraftFile)) == len(set(KLACHT.values()) - {KLACHT[MAIL]}) + 2


@pytest.mark.parametrize(
    ("rests", "left"), [("for a day", [1, 2, 3]), ("for ninety-one days", [2, 3]), ("in use", [2, 3])]
)
def test_s6_what_has_no_name_goes_when_a_draft_rests(services: Services, rests: str, left: list[int]) -> None:
    """The save with a name stays, and the newest."""
    at = save(services, started(services), KLACHT[MAIL] + b"\nEen regel.\n")
    at = save(services, at, KLACHT[MAIL] + b"\nEen andere regel.\n")
    act(services, FENNA, NameRevision("klacht", saves(services)[1].id, "voor de raad"))
    if rests == "in use":
        act(services, FENNA, DeployDraft("klacht", at))
    else:
        days_later(services, 91 if "ninety" in rests else 1)
    sweep_drafts(services)
    assert [row.number for row in saves(services)] == left
    assert sweep_drafts(services) == 0


def test_s6_a_full_draft_first_loses_what_lists_leave_out_and_then_says_so(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = started(services)
    with services.sessions() as session:
        monkeypatch.setattr(revisions, "MOST_STORED", revisions._stored(session, "klacht") + 60)
    for text in (b"Onderwerp: een\n\n1", b"Onderwerp: twee\n\n2", b"Onderwerp: drie\n\n3"):
        at = save(services, at, text)
    assert [row.number for row in saves(services)] == [1, 4]
    with pytest.raises(DraftFull):
        save(services, at, Random(1).randbytes(5000))
    assert [row.number for row in saves(services)] == [1, 4]


def test_s6_a_discarded_draft_leaves_nothing_but_its_line_in_the_trail(services: Services) -> None:
    started(services)
    act(services, FENNA, DiscardDraft("klacht"))
    assert (rows(services, ModelDraft), rows(services, ModelDraftRevision), rows(services, ModelDraftFile)) == (
        [],
        [],
        [],
    )
    assert [row.detail for row in rows(services, AuditRow) if row.action == "draft_discarded"] == [{"draft": "klacht"}]
    with pytest.raises(NotFound):
        act(services, FENNA, DiscardDraft("klacht"))


def test_s6_a_draft_goes_into_use_as_it_was_seen(services: Services) -> None:
    at = save(services, started(services), KLACHT[MAIL] + b"\nEen regel erbij.\n")
    assert act(services, FENNA, DeployDraft("klacht", at)) == "klacht:2"
    (draft,) = rows(services, ModelDraft)
    assert (draft.based_on, draft.deployed_at is not None) == (2, True)
    at = save(services, at, KLACHT[MAIL])
    assert rows(services, ModelDraft)[0].deployed_at is None


@pytest.mark.parametrize("kind_of_database", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    "action",
    [
        StartDraft("klacht"),
        ImportDraft("klacht", KLACHT),
        CopyCaseType("klacht", NAMES),
        SaveDraftFiles("klacht", "x", "x"),
        RestoreRevision("klacht", "x", "x"),
        NameRevision("klacht", "x", "x"),
        TidyDraft("klacht"),
        DiscardDraft("klacht"),
        DeployDraft("klacht", "x"),
    ],
    ids=lambda one: type(one).__name__,
)
def test_s6_only_an_administrator_may(services: Services, action: object) -> None:
    with pytest.raises(NotAllowed):
        act(services, NOOR, action)


def test_s16_a_copy_has_its_own_names_and_says_where_the_old_one_stands(services: Services) -> None:
    assert act(services, FENNA, CopyCaseType("klacht", NAMES)) == "klacht-afval"
    copy = files(services, saves(services, "klacht-afval")[0].id)
    assert {name for name in copy if name not in KLACHT} == {"klacht-afval.bpmn"}
    assert {name: copy[name] for name in copy if name in KLACHT} == {n: KLACHT[n] for n in KLACHT if n in copy}
    drawing = copy["klacht-afval.bpmn"].decode()
    assert 'identification="klacht-afval" title="Klacht over afval" prefix="KLAF"' in drawing
    assert 'processRef="klacht-afval"' in drawing
    changed = set(KLACHT["klacht.bpmn"].decode().splitlines()) ^ set(drawing.splitlines())
    assert len(changed) == 6, "pool, process and case type: one line each, before and after"
    places = naming(copy, "Klacht")
    assert {"mails/oordeel.txt", "forms/start.json", "klacht-afval.bpmn"} <= {place.file for place in places}
    at = saves(services, "klacht-afval")[0].id
    assert act(services, FENNA, DeployDraft("klacht-afval", at)) == "klacht-afval:1"
    assert [row.title for row in rows(services, ModelVersion, process="klacht-afval")] == ["Klacht over afval"]


@pytest.mark.parametrize("kind_of_database", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("names", "wrong"),
    [
        (replace(NAMES, identification="klacht"), {"identification"}),
        (replace(NAMES, identification="Klacht!"), {"identification"}),
        (replace(NAMES, identification="nieuw"), {"identification"}),
        (replace(NAMES, prefix="KLA"), {"prefix"}),
        (replace(NAMES, prefix="kla-1", title=""), {"prefix", "title"}),
    ],
)
def test_s16_a_copy_cannot_take_names_that_are_taken(services: Services, names: NewNames, wrong: set[str]) -> None:
    with pytest.raises(Invalid) as refused:
        act(services, FENNA, CopyCaseType("klacht", names))
    assert set(refused.value.fields) == wrong


def test_s17_a_package_comes_back_to_the_byte(services: Services) -> None:
    packed = to_zip(files(services, started(services)))
    again = files_of(read_zip(packed))
    assert (again, to_zip(again)) == (KLACHT, packed)
    act(services, FENNA, DiscardDraft("klacht"))
    act(services, FENNA, ImportDraft("klacht", again))
    (only,) = saves(services)
    assert (files(services, only.id), folder_of(files(services, only.id))) == (KLACHT, shipped("klacht"))
    changed = {**again, MAIL: b"Onderwerp: x\n\nx\n"}
    act(services, FENNA, ImportDraft("klacht", changed))
    assert [row.number for row in saves(services)] == [1, 2], "what was there is kept as an older save"


@pytest.mark.parametrize("kind_of_database", ["sqlite"], indirect=True)
def test_s6_saves_of_one_person_within_five_minutes_count_as_one(services: Services) -> None:
    start = services.clock.now()
    found = []
    for number, (minutes, who, label) in enumerate(
        [(0, "a", ""), (4, "a", ""), (8, "a", "naam"), (9, "a", ""), (10, "b", ""), (14, "b", ""), (20, "b", "")], 1
    ):
        at = start + timedelta(minutes=minutes)
        found.insert(
            0,
            ModelDraftRevision(
                id=f"{number}", draft="x", number=number, saved_at=at, saved_by=who, label=label or None
            ),
        )
    assert {row.number for row in revisions.passed_over(found)} == {2, 5}
