"""Cases that belong together: a row on either side, clear refusals, and two people who relate the same cases at once."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from kit.barring import barred_in
from kit.cases import rows
from kit.people import NOOR, PIET, TOGA, YASMINA, known
from kit.small_types import TESS, case_of, end, register

from engine.lint.codes import RELATIONS
from processes.actions import act
from processes.actions.registering import NewParty
from processes.actions.relating import RelateCases, UnrelateCases
from processes.base.actor import Actor
from processes.base.errors import Invalid, NotAllowed, NotFound, NotNow
from processes.effects.telling import tell
from processes.execution.relations import OTHER_SIDE
from processes.jobs.workers import drain
from processes.storage import audit
from processes.storage.tables import AuditRow, Case, CaseRelation, DestructionRow, NoteRow, OutboxRow, Party

COMMITTEE = Actor("staff", "ada", "Ada Griffier", frozenset({"committee"}))


def kinds(services) -> list[tuple[str, str, str]]:
    numbers = {case.id: case.number for case in rows(services, Case)}
    return sorted((numbers[row.case_id], row.kind, numbers[row.other_id]) for row in rows(services, CaseRelation))


def test_the_linter_knows_the_same_kinds():
    assert set(RELATIONS) == set(OTHER_SIDE)


@pytest.mark.parametrize(("kind", "other"), OTHER_SIDE.items())
def test_each_case_says_what_the_other_is_for_it(ready, kind, other):
    one, two = register(ready), register(ready)
    act(ready, NOOR, RelateCases(two, f" {one.lower()} ", kind))
    assert kinds(ready) == sorted([(two, kind, one), (one, other, two)])
    trail = [(row.chain, row.detail) for row in rows(ready, AuditRow, action="relate")]
    ids = case_of(ready, one).id, case_of(ready, two).id
    assert sorted(trail, key=str) == sorted(
        [(ids[1], {"other": ids[0], "kind": kind}), (ids[0], {"other": ids[1], "kind": other})], key=str
    )
    act(ready, NOOR, UnrelateCases(one, two))
    assert kinds(ready) == []
    with ready.sessions() as session:
        assert audit.check(session) == []


REFUSED = {
    "unknown": ("EEN-2026-999999", "onderwerp", Invalid, "Er is geen zaak met het nummer EEN-2026-999999"),
    "nothing": (" ", "onderwerp", Invalid, "Vul het nummer"),
    "itself": ("{one}", "onderwerp", Invalid, "deze zaak zelf"),
    "already": ("{two}", "hoofdzaak", Invalid, "{two} is al aan deze zaak gekoppeld"),
    "no such kind": ("{three}", "buur", Invalid, "Kies wat de andere zaak"),
}


@pytest.mark.parametrize(("other", "kind", "error", "words"), REFUSED.values(), ids=REFUSED.keys())
def test_what_cannot_be_related_is_said_in_words(ready, other, kind, error, words):
    named = {"one": register(ready), "two": register(ready), "three": register(ready)}
    act(ready, NOOR, RelateCases(named["one"], named["two"], "onderwerp"))
    with pytest.raises(error, match=words.format(**named)):
        act(ready, NOOR, RelateCases(named["one"], other.format(**named), kind))
    assert len(kinds(ready)) == 2


def test_only_who_handles_cases_relates_them(ready):
    one, two = register(ready), register(ready)
    for action in (RelateCases(one, two, "onderwerp"), UnrelateCases(one, two)):
        with pytest.raises(NotAllowed):
            act(ready, COMMITTEE, action)
    with pytest.raises(NotFound):
        act(ready, NOOR, UnrelateCases(one, two))


def test_ten_people_who_relate_the_same_cases_from_both_sides_make_one_relation(ready):
    one, two = register(ready), register(ready)

    def relate(number):
        pair = (one, two) if number % 2 else (two, one)
        try:
            return act(ready, NOOR, RelateCases(*pair, "onderwerp"))
        except Invalid as late:
            return late

    with ThreadPoolExecutor(10) as people:
        answers = list(people.map(relate, range(10)))
    assert len([answer for answer in answers if isinstance(answer, str)]) == 1
    assert len(kinds(ready)) == 2


def test_nothing_is_related_to_a_case_that_is_being_destroyed(ready):
    one, two = register(ready), register(ready)
    case = case_of(ready, one)
    with ready.sessions.begin() as session:
        session.add(DestructionRow(case_id=case.id, case_number=one, case_type="eerste", result="klaar", state="approved",
                                   retention_class="13.1", due_on=case.received_on, listed_at=case.registered_at))  # fmt: skip
    for attempt in (
        lambda: act(ready, NOOR, RelateCases(two, one, "onderwerp")),
        lambda: register(ready, "zijzaak", main_case=one),
    ):
        with pytest.raises(NotNow, match=f"{one} wordt vernietigd"):
            attempt()


# -- a case that belongs to another from its start ----------------------------------------------------------------------


def test_a_side_case_is_related_in_the_transaction_that_registers_it(ready):
    main = register(ready)
    side = register(ready, "zijzaak", main_case=main)
    assert kinds(ready) == sorted([(side, "hoofdzaak", main), (main, "nevenzaak", side)])


MAIN = {
    "required": ("zijzaak", None, "Vul in bij welke zaak dit hoort"),
    "unknown": ("zijzaak", "EEN-1", "Er is geen zaak met het nummer EEN-1"),
    "not asked": ("eerste", "{main}", "hoort niet bij een andere zaak"),
}


@pytest.mark.parametrize(("case_type", "number", "words"), MAIN.values(), ids=MAIN.keys())
def test_the_main_case_must_be_there_when_the_drawing_says_so(ready, case_type, number, words):
    main = register(ready)
    with pytest.raises(Invalid, match=words) as caught:
        register(ready, case_type, main_case=number and number.format(main=main))
    assert list(caught.value.fields) == ["main_case"]
    assert len(rows(ready, Case)) == 1


def test_an_optional_main_case_may_be_left_out(ready):
    register(ready, "tweede", parties=(NewParty("appellant", "Kees Denkbeeldig", address="Weg 1"),))
    assert kinds(ready) == []


def test_who_is_the_same_as_in_the_main_case_gets_that_identity(ready):
    main = register(ready, parties=(TESS, TOGA, YASMINA))
    tess = rows(ready, Party)[0]
    same = NewParty("appellant", " Tess Testeling ", channel="portal", same_as=tess.id)
    register(ready, "tweede", parties=(same,), main_case=main)
    assert rows(ready, Party)[-1].identity_index == tess.identity_index


@pytest.mark.parametrize("kind_of_database", ["sqlite"], indirect=True)
def test_c2_who_acted_by_a_mandate_files_the_own_case_without_one(ready):
    main = register(ready, parties=(TESS, TOGA))
    toga = rows(ready, Party)[-1]
    with ready.sessions.begin() as session:
        session.get_one(Party, toga.id).by_mandate = True
    for role in ("appellant", "representative"):
        mine = NewParty(role, toga.name, channel="portal", same_as=toga.id)
        register(
            ready,
            "tweede",
            parties=(mine, *((replace(TESS, role="appellant"),) if role == "representative" else ())),
            main_case=main,
        )
        row = next(one for one in rows(ready, Party)[::-1] if one.name == toga.name)
        assert (row.role, row.by_mandate) == (role, role == "representative")


@pytest.mark.parametrize("kind_of_database", ["sqlite"], indirect=True)
def test_c2_a_mandate_that_is_taken_over_is_of_who_gave_it_alone(ready):
    main = register(ready, parties=(TESS, TOGA))
    tess, toga = sorted(rows(ready, Party), key=lambda row: row.role)
    assert tess.represented_by == toga.id
    for by_mandate in (True, False):
        with ready.sessions.begin() as session:
            session.get_one(Party, toga.id).by_mandate = by_mandate
        same = (("appellant", tess), ("representative", toga))
        taken = [NewParty(role, row.name, channel="portal", same_as=row.id) for role, row in same]
        number = register(ready, "tweede", parties=(*taken, replace(YASMINA, role="appellant")), main_case=main)
        there = {row.name: row for row in rows(ready, Party, case_id=case_of(ready, number).id)}
        assert there[tess.name].represented_by == there[toga.name].id
        assert (there[YASMINA.name].represented_by is None) == by_mandate


@pytest.mark.parametrize("name", ["Tess Andersen", "Tess Testeling"])
def test_an_identity_never_goes_to_another_name_or_from_another_case(ready, name):
    main, other = register(ready), register(ready)
    tess = rows(ready, Party, case_id=case_of(ready, main).id)[0]
    named = main if name != tess.name else other
    with pytest.raises(Invalid) as caught:
        register(
            ready, "tweede", parties=(NewParty("appellant", name, channel="portal", same_as=tess.id),), main_case=named
        )
    assert list(caught.value.fields) == ["party-0-name"]


# -- tell_related -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("why", ["it is more confidential", "it is about a colleague"])
def test_w17_a_case_that_not_everybody_sees_tells_the_other_neither_its_name_nor_its_words(ready, why):
    """Also one that is about a member of staff who may see the other (Awb 9:7)."""
    known(ready, PIET, "piet@voorbeeldstad.example")
    main = register(ready)
    side = register(ready, "zijzaak", main_case=main)
    end(ready, side, measure="De sloop mag nog niet beginnen.")
    with ready.sessions.begin() as session:
        if why == "it is about a colleague":
            barred_in(session, "piet", side)
        else:
            session.query(Case).filter_by(number=side).update({Case.confidentiality: "geheim"})
    drain(ready)
    (there,) = rows(ready, NoteRow, case_id=case_of(ready, main).id)
    assert there.text == "Uit een andere zaak: er kwam een bericht. Wie die zaak mag zien, leest het daar."
    assert not there.read_by_handler


def test_what_a_case_tells_is_unread_news_on_the_other_once(ready):
    main, beside = register(ready), register(ready)
    side = register(ready, "zijzaak", main_case=main)
    act(ready, NOOR, RelateCases(side, beside, "onderwerp"))
    end(ready, side, measure="De sloop mag nog niet beginnen.")
    drain(ready)
    order = rows(ready, OutboxRow, kind="tell")[0]
    tell(ready, order.payload)  # whoever was killed before the row was closed does it again
    (own,) = rows(ready, NoteRow, case_id=case_of(ready, side).id)
    (there,) = rows(ready, NoteRow, case_id=case_of(ready, main).id)
    assert own.text == "De sloop mag nog niet beginnen."
    assert there.text == f"Uit zaak {side} (Zijzaak): De sloop mag nog niet beginnen."
    assert (there.kind, there.read_by_handler) == ("note", False)
    assert rows(ready, NoteRow, case_id=case_of(ready, beside).id) == []
    assert "text" not in order.payload
    with ready.sessions() as session:
        assert audit.check(session) == []


def test_when_there_is_nobody_to_tell_the_note_says_so(ready):
    main = register(ready)
    side = register(ready, "zijzaak", main_case=main)
    act(ready, NOOR, UnrelateCases(side, main))
    end(ready, side, measure="De sloop mag niet.")
    (own,) = rows(ready, NoteRow)
    assert own.text == "De sloop mag niet. (Niemand is gewaarschuwd: er is geen zaak van deze soort gekoppeld.)"
    assert rows(ready, OutboxRow, kind="tell") == []
