"""A new secret: the old one stands beside it until everything is sealed again, and then it may go. Nobody notices."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from inhabited import CONTENT, Inhabited, add_document
from kit.cases import count, register_bezwaar, rows
from kit.installation import TEST_SECRET
from kit.people import ILSE, NOOR, TESS, TESS_BSN, citizen, known, signed_in
from kit.secrets import NEWER_SECRET, OLDER_SECRET, under
from sqlalchemy import select, update

from processes.access.dossier_link import open_dossier
from processes.access.links import link
from processes.actions import act
from processes.actions.drafts import SaveDraft
from processes.actions.messages import SendMessage
from processes.actions.profile import SaveProfile
from processes.base.actor import Actor
from processes.base.secrets import SealBroken
from processes.jobs import resealing
from processes.jobs.large_upload_sweep import sweep_large_uploads
from processes.jobs.resealing import REACHED, reseal
from processes.jobs.secret_check import GONE, IDLE, RUNNING, SOUND, look_at_secrets
from processes.jobs.verification import verify
from processes.reads.citizen import read_overview, read_profile
from processes.reads.drafts import read_draft
from processes.storage import large_uploads, web_sessions
from processes.storage.business_time import business_now
from processes.storage.citizens import index_now
from processes.storage.drafts import DraftContent
from processes.storage.known_secrets import WrongSecret, check_secret
from processes.storage.large_uploads import Announced, StoredPart
from processes.storage.services import Services
from processes.storage.session import transaction
from processes.storage.session_ending import end_of_person, living_sessions
from processes.storage.tables import (
    AuditRow,
    Case,
    DocumentRow,
    Dossier,
    LargeUpload,
    NoteRow,
    OwnAddress,
    Party,
    PersonProfile,
    SettingRow,
    UploadPart,
)

# what does not depend on the kind of database
on_sqlite = pytest.mark.parametrize("kind_of_database", ["sqlite"], indirect=True)


def tess_in(services: Services, cookie: str) -> Actor:
    found = web_sessions.load(services, cookie)
    assert found is not None
    return Actor("citizen", found.subject, found.name, earlier=found.earlier)


def what_tess_sees(services: Services, cookie: str) -> tuple[Any, ...]:
    tess = tess_in(services, cookie)
    page = read_overview(services, tess)
    profile = read_profile(services, tess)
    return sorted(one.number for one in page.running), profile.email, profile.news_by_mail


def what_the_link_opens(services: Services, token: str) -> tuple[int, str]:
    with services.sessions() as session:
        dossier = open_dossier(session, services, token, business_now(services).date())
        return dossier.id, link(services, dossier)


def codes(services: Services) -> list[str]:
    return sorted({problem.code for problem in verify(services)})


def test_t5_a_secret_is_changed_while_everybody_goes_on(inhabited: Inhabited) -> None:
    first, cookie, token = inhabited.services, inhabited.cookie, inhabited.token
    check_secret(first)
    seen, opened = what_tess_sees(first, cookie), what_the_link_opens(first, token)
    assert (len(seen[0]), seen[1:]) == (2, ("tess@post.example", True))

    both = under(first, NEWER_SECRET, TEST_SECRET)
    check_secret(both)
    assert codes(both) == ["secret_old"]
    assert look_at_secrets(both).sentence == RUNNING
    assert (what_tess_sees(both, cookie), what_the_link_opens(both, token)) == (seen, opened)

    done = reseal(both)
    assert (done.complete, done.report.broken, done.report.sentence) == (True, [], IDLE)
    assert done.written > 5
    assert (what_tess_sees(both, cookie), what_the_link_opens(both, token)) == (seen, opened)
    assert codes(both) == []

    after = under(first, NEWER_SECRET)
    check_secret(after)
    assert (what_tess_sees(after, cookie), what_the_link_opens(after, token)) == (seen, opened)
    assert (codes(after), look_at_secrets(after).sentence) == ([], SOUND)
    assert [row.action for row in rows(after, AuditRow)].count("resealed") == 1


@on_sqlite
def test_t5_a_session_of_before_can_still_be_ended(inhabited: Inhabited) -> None:
    """By the number of its person, also when the first secret has gone."""
    known(inhabited.services, NOOR)
    check_secret(inhabited.services)
    made = signed_in(inhabited.services, NOOR)
    reseal(under(inhabited.services, NEWER_SECRET, TEST_SECRET))
    after = under(inhabited.services, NEWER_SECRET)
    check_secret(after)
    assert web_sessions.load(after, made.cookie) is not None
    with transaction(after.sessions) as session:
        assert living_sessions(after, session, [NOOR.subject]) == {NOOR.subject: 1}
        assert end_of_person(after, session, NOOR.subject, "administrator") == 1
    assert web_sessions.load(after, made.cookie) is None


@on_sqlite
def test_t5_the_first_secret_opens_nothing_any_more(inhabited: Inhabited) -> None:
    check_secret(inhabited.services)
    reseal(under(inhabited.services, NEWER_SECRET, TEST_SECRET))
    before = inhabited.services
    with pytest.raises(WrongSecret, match="ZAAKSPOOR_SECRET_OLD"):
        check_secret(before)
    for party in rows(before, Party):
        if party.identity is not None:
            with pytest.raises(SealBroken):
                before.secrets.open(party.identity, "party.identity", party.id)
    assert web_sessions.load(before, inhabited.cookie) is None
    assert codes(before) == ["secret_wrong"]
    assert look_at_secrets(before).sentence == GONE


@on_sqlite
def test_t5_doing_it_twice_changes_nothing(inhabited: Inhabited) -> None:
    both = under(inhabited.services, NEWER_SECRET, TEST_SECRET)
    reseal(both)
    sealed = {party.id: party.identity for party in rows(both, Party)}
    trail = count(both, AuditRow)
    assert (reseal(both).written, {party.id: party.identity for party in rows(both, Party)}) == (0, sealed)
    assert count(both, AuditRow) == trail


def test_t5_all_rows_of_one_person_always_stand_under_one_index(inhabited: Inhabited) -> None:
    """Also when she signs in, or a worker registers her, before the reseal comes by."""
    old = inhabited.services.secrets.index(TESS_BSN)
    both = under(inhabited.services, NEWER_SECRET, TEST_SECRET)
    new = both.secrets.index(TESS_BSN)
    number = register_bezwaar(both, TESS, subject="Uitweg")
    mine = [party.identity_index for party in rows(both, Party) if party.name == TESS.name]
    assert (len(mine), set(mine)) == (3, {new})
    assert [profile.identity_index for profile in rows(both, PersonProfile)] == [new]
    assert number in what_tess_sees(both, inhabited.cookie)[0]
    assert old not in {party.identity_index for party in rows(both, Party)}


@on_sqlite
def test_t5_a_session_of_before_moves_its_person_and_her_pages_show_everything(inhabited: Inhabited) -> None:
    both = under(inhabited.services, NEWER_SECRET, TEST_SECRET)
    tess = tess_in(both, inhabited.cookie)
    assert (tess.subject, tess.earlier) == (both.secrets.index(TESS_BSN), (inhabited.services.secrets.index(TESS_BSN),))
    act(both, tess, SaveProfile("nieuw@post.example", "", news_by_mail=False, identity=TESS_BSN))
    assert [(one.identity_index, one.email) for one in rows(both, PersonProfile)] == [
        (tess.subject, "nieuw@post.example")
    ]
    reseal(both)
    assert what_tess_sees(under(both, NEWER_SECRET), inhabited.cookie)[1:] == ("nieuw@post.example", False)


@on_sqlite
def test_t5_an_address_that_somebody_confirmed_stays_so(inhabited: Inhabited) -> None:
    both = under(inhabited.services, NEWER_SECRET, TEST_SECRET)
    new, old = both.secrets.indexes(TESS_BSN)
    with transaction(both.sessions) as session:
        at = business_now(both, session)
        session.add(OwnAddress(identity_index=old, email="een@post.example", confirmed_at=at))
        session.add(OwnAddress(identity_index=old, email="twee@post.example", confirmed_at=None))
        session.add(OwnAddress(identity_index=new, email="twee@post.example", confirmed_at=at))
    reseal(both)
    kept = {(one.identity_index, one.email, one.confirmed_at is not None) for one in rows(both, OwnAddress)}
    assert kept == {(new, "een@post.example", True), (new, "twee@post.example", True)}


@on_sqlite
def test_t5_a_draft_opens_under_the_new_secret_for_its_own_person(inhabited: Inhabited) -> None:
    first = inhabited.services
    act(first, tess_in(first, inhabited.cookie), SaveDraft("/mijn/nieuw/bezwaar", DraftContent({"grounds": ["Nee"]})))
    both = under(first, NEWER_SECRET, TEST_SECRET)
    reseal(both)
    after = under(first, NEWER_SECRET)
    found = read_draft(after, tess_in(after, inhabited.cookie), "/mijn/nieuw/bezwaar")
    assert found
    assert found.fields == {"grounds": ["Nee"]}


@on_sqlite
def test_t5_a_large_file_that_opens_no_more_goes_with_its_parts(inhabited: Inhabited) -> None:
    services = inhabited.services
    check_secret(services)
    tess = tess_in(services, inhabited.cookie)
    coming = large_uploads.begin(services, tess, Announced("/mijn/nieuw/bezwaar", "files", "groot.pdf", 9_000))
    blob, sha256, size = stored_part(services)
    large_uploads.keep_part(
        services, large_uploads.claim(services, tess, coming.id, 0), StoredPart(blob, sha256, size, None)
    )
    with transaction(services.sessions) as session:
        session.execute(update(LargeUpload).values(data=b"onleesbaar"))
    both = under(services, NEWER_SECRET, TEST_SECRET)
    assert reseal(both).complete
    assert [(row.state, row.writer) for row in rows(both, LargeUpload)] == [("gone", None)]
    assert rows(both, UploadPart) == []
    with transaction(both.sessions) as session:
        session.execute(update(LargeUpload).values(at=datetime.now(UTC) - timedelta(days=15)))
    sweep_large_uploads(both)
    assert rows(both, LargeUpload) == []


def stored_part(services: Services) -> tuple[str, str, int]:
    with services.files.open_incoming() as incoming:
        incoming.write(b"%PDF-1.7 een deel")
        return incoming.finish()


@on_sqlite
def test_t5_a_form_that_was_sent_just_before_is_not_done_again_just_after(inhabited: Inhabited) -> None:
    first = inhabited.services
    number = next(row.number for row in rows(first, Case) if row.subject == "Kapvergunning")
    act(first, tess_in(first, inhabited.cookie), SendMessage(number, "Wanneer hoor ik iets?"), once="k" * 40)
    both = under(first, NEWER_SECRET, TEST_SECRET)
    before = count(both, NoteRow)
    act(both, tess_in(both, inhabited.cookie), SendMessage(number, "Wanneer hoor ik iets?"), once="k" * 40)
    assert count(both, NoteRow) == before
    act(both, tess_in(both, inhabited.cookie), SendMessage(number, "Wanneer hoor ik iets?"), once="l" * 40)
    assert count(both, NoteRow) == before + 1


@on_sqlite
def test_t5_a_profile_without_a_case_follows_by_the_number_it_keeps(inhabited: Inhabited) -> None:
    first = inhabited.services
    act(
        first,
        citizen(first, ILSE),
        SaveProfile("ilse@post.example", "", news_by_mail=False, identity=str(ILSE.identity)),
    )
    both = under(first, NEWER_SECRET, TEST_SECRET)
    assert reseal(both).report.unnamed == 0
    after = under(first, NEWER_SECRET)
    assert read_profile(after, citizen(after, ILSE)).email == "ilse@post.example"
    assert codes(after) == []


@on_sqlite
def test_t5_a_profile_whose_number_is_not_known_is_counted_and_follows_when_its_person_signs_in(
    inhabited: Inhabited,
) -> None:
    first = inhabited.services
    act(first, citizen(first, ILSE), SaveProfile("ilse@post.example", "", news_by_mail=False))
    both = under(first, NEWER_SECRET, TEST_SECRET)
    assert reseal(both).report.unnamed == 1
    assert index_now(both, str(ILSE.identity)) == both.secrets.index(str(ILSE.identity))
    after = under(first, NEWER_SECRET)
    assert read_profile(after, citizen(after, ILSE)).email == "ilse@post.example"


def test_t5_what_a_process_without_the_new_secret_writes_meanwhile_is_sealed_too(
    inhabited: Inhabited, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, both = inhabited.services, under(inhabited.services, NEWER_SECRET, TEST_SECRET)
    real, numbers = resealing.look_at_secrets, []

    def late(services: Services, *more: Any) -> Any:
        if not numbers:
            numbers.append(register_bezwaar(first, TESS, subject="Te laat"))
        return real(services, *more)

    monkeypatch.setattr(resealing, "look_at_secrets", late)
    assert reseal(both).complete
    after = under(first, NEWER_SECRET)
    assert numbers[0] in what_tess_sees(after, inhabited.cookie)[0]
    assert codes(after) == []


@on_sqlite
def test_t5_a_new_round_may_follow_and_old_digests_stay_checkable(inhabited: Inhabited) -> None:
    first = inhabited.services
    reseal(under(first, NEWER_SECRET, TEST_SECRET))
    third = "een-derde-geheim-alleen-voor-proeven-met-twee-wissels"
    reseal(under(first, third, NEWER_SECRET))
    after = under(first, third)
    check_secret(after)
    assert set(after.secrets.mac_keys("trail")) == {
        under(first, one).secrets.key_id for one in (third, NEWER_SECRET, TEST_SECRET)
    }
    assert first.secrets.digest("x") in after.secrets.digests("x", retired=True)
    assert codes(after) == []


@on_sqlite
def test_t5_the_key_of_the_database_of_before_may_be_the_only_one_left_out(inhabited: Inhabited) -> None:
    """A change that has begun is not forgotten: without either secret no process starts."""
    check_secret(inhabited.services)
    check_secret(under(inhabited.services, NEWER_SECRET, TEST_SECRET))
    for secrets in ((NEWER_SECRET,), (TEST_SECRET,), (OLDER_SECRET, NEWER_SECRET)):
        with pytest.raises(WrongSecret):
            check_secret(under(inhabited.services, *secrets))
    check_secret(under(inhabited.services, TEST_SECRET, NEWER_SECRET))


@on_sqlite
def test_t5_a_first_look_at_a_database_of_before_refuses_a_secret_that_opens_nothing(inhabited: Inhabited) -> None:
    with pytest.raises(WrongSecret):
        check_secret(under(inhabited.services, OLDER_SECRET))
    with transaction(inhabited.services.sessions) as session:
        session.execute(update(Party).values(identity=None, identity_index=None))
    with pytest.raises(WrongSecret):  # its links tell
        check_secret(under(inhabited.services, OLDER_SECRET))
    with inhabited.services.sessions() as session:
        assert session.get(SettingRow, "secret") is None
    check_secret(inhabited.services)


@on_sqlite
@pytest.mark.parametrize(
    ("of", "values", "title"),
    [
        (Party, {"identity": lambda row: row.identity[:-1] + bytes([row.identity[-1] ^ 1])}, "Nummers van betrokkenen"),
        (Party, {"identity_index": lambda _: "f" * 64}, "Nummers van betrokkenen"),
        (PersonProfile, {"identity": lambda row: row.identity[:20]}, "Gegevens van inwoners"),
        (Dossier, {"salt": lambda _: b"x" * 32}, "Links van afdelingen"),
    ],
    ids=["changed", "another person", "cut off", "another link"],
)
def test_t5_verify_names_a_sealed_value_that_was_tampered_with(
    inhabited: Inhabited, of: Any, values: dict[str, Any], title: str
) -> None:
    services = inhabited.services
    with transaction(services.sessions) as session:
        row = session.scalars(select(of)).first()
        for name, made in values.items():
            setattr(row, name, made(row))
    told = [problem for problem in verify(services) if problem.code == "seal_broken"]
    assert [problem.where.startswith(title) for problem in told] == [True]


@on_sqlite
def test_t5_two_numbers_that_changed_places_are_both_named(inhabited: Inhabited) -> None:
    services = inhabited.services
    with transaction(services.sessions) as session:
        one, other = session.scalars(select(Party).where(Party.identity.is_not(None)).order_by(Party.id)).all()[:2]
        one.identity, other.identity = other.identity, one.identity
        one.identity_index, other.identity_index = other.identity_index, one.identity_index
        ids = [one.id, other.id]
    told = [problem.where for problem in verify(services) if problem.code == "seal_broken"]
    assert told == [f"Nummers van betrokkenen ({id_})" for id_ in ids]
    assert not reseal(services).report.old


def with_a_file(services: Services) -> list[DocumentRow]:
    """Documents whose file was made: what somebody sent in gets its file from a worker, and none runs here."""
    return [row for row in rows(services, DocumentRow) if row.blob]


def test_t5_files_of_before_are_encrypted_too_and_their_keys_change_with_the_secret(inhabited: Inhabited) -> None:
    services = under(inhabited.services, TEST_SECRET, encrypt_files=True)
    assert codes(services) == ["files_plain"]
    assert reseal(services).files == len(with_a_file(services)) > 0
    assert codes(services) == []
    add_document(services, b"%PDF-1.7 nog een stuk over Tess")
    both = under(services, NEWER_SECRET, TEST_SECRET)
    reseal(both)
    after = under(services, NEWER_SECRET)
    assert codes(after) == []
    contents = {b"".join(after.files.read(row.blob, row.file_key)) for row in with_a_file(after)}
    assert contents == {CONTENT, b"%PDF-1.7 nog een stuk over Tess"}
    stored_bytes = [b"".join(after.files.read(file.blob)) for file in after.files.all_blobs()]
    assert len(stored_bytes) == len(with_a_file(after))
    assert not [one for one in stored_bytes if b"Tess" in one or one.startswith(b"%PDF")]
    turned_off = under(after, NEWER_SECRET, encrypt_files=False)
    assert codes(turned_off) == []


@on_sqlite
def test_t5_a_file_that_is_missing_or_changed_stays_as_it_is_and_is_named(inhabited: Inhabited) -> None:
    services = under(inhabited.services, TEST_SECRET, encrypt_files=True)
    (row,) = [row for row in rows(services, DocumentRow) if row.title == "besluit.pdf"]
    services.files.delete(row.blob)
    reseal(services)
    assert codes(services) == ["file_missing", "files_plain"]
    assert {one.blob for one in rows(services, DocumentRow) if one.id == row.id} == {row.blob}


@on_sqlite
def test_t5_the_place_of_a_run_is_forgotten_when_it_is_done(inhabited: Inhabited) -> None:
    both = under(inhabited.services, NEWER_SECRET, TEST_SECRET)
    told: list[str] = []
    reseal(both, lambda what, done, total: told.append(f"{what} {done}/{total}"))
    with both.sessions() as session:
        assert session.get(SettingRow, REACHED) is None
    assert "Nummers van betrokkenen 4/4" in told
    assert any(one.startswith("Nakijken ") for one in told)


def test_t5_a_reseal_runs_beside_people_who_work(inhabited: Inhabited) -> None:
    both = under(inhabited.services, NEWER_SECRET, TEST_SECRET)
    number = next(row.number for row in rows(both, Case) if row.subject == "Kapvergunning")
    done, stop = [], threading.Event()

    def work() -> None:
        while not stop.is_set():
            tess = tess_in(both, inhabited.cookie)
            act(both, tess, SendMessage(number, f"Bericht {len(done)}"))
            act(both, tess, SaveProfile("tess@post.example", "", news_by_mail=True, identity=TESS_BSN))
            done.append(register_bezwaar(both, TESS, subject="Uitweg"))
            time.sleep(0.01)  # people breathe; SQLite lets nobody else in between two writers who do not

    with ThreadPoolExecutor(1) as pool:
        working = pool.submit(work)
        while not done and not working.done():
            time.sleep(0.01)
        try:
            results = [reseal(both) for _ in range(3)]
        finally:
            stop.set()  # whatever happens, or the pool waits for ever
        working.result()
    assert all(one.complete for one in results)
    after = under(inhabited.services, NEWER_SECRET)
    assert set(done) <= set(what_tess_sees(after, inhabited.cookie)[0])
    assert codes(after) == []
