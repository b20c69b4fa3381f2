"""W10: what goes into a bundle is fixed when it is asked for; it is kept for a day, and goes with what it holds."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from bundle_kit import asked, fetched, fill, furnish, row_of
from kit.cases import count, days_later, rows
from kit.people import ADA, NOOR, PIET

from processes.actions import act
from processes.actions import bundles as bundle_actions
from processes.actions.bundles import MakeBundle, RemoveBundle, bundle_key
from processes.actions.documents import RemoveDocument
from processes.actions.removing import ApproveRemoval, ProposeRemoval
from processes.base.errors import Busy, Invalid, NotAllowed, NotFound, NotNow
from processes.jobs import clock_process
from processes.jobs.bundle_sweep import sweep_bundles
from processes.jobs.bundling import make_bundle, making, pdf_file
from processes.jobs.clock_process import sweep_orphans
from processes.jobs.destroying import _blobs, case_tables
from processes.jobs.workers import carry_out, drain
from processes.reads.workbench.bundles import read_bundles
from processes.storage import outbox
from processes.storage.tables import CaseBundle, OutboxRow, RemovalRow


def blobs(services):
    return {file.blob for file in services.files.all_blobs()}


@pytest.fixture
def on_each(installed):
    return fill(installed(furnish))


def line_of(filled, bundle):
    (line,) = [one for one in read_bundles(filled.services, NOOR, filled.number, "desk").bundles if one.id == bundle]
    return line


def test_w10_a_bundle_goes_with_its_file_after_a_day(on_each):
    services, before = on_each.services, blobs(on_each.services)
    bundle = asked(on_each, form="zip")
    drain(services)
    assert blobs(services) - before == {row_of(on_each, bundle).blob}
    assert sweep_bundles(services) == 0
    days_later(services, 1)
    assert sweep_bundles(services) == 1
    assert (blobs(services), count(services, CaseBundle)) == (before, 0)


@pytest.mark.parametrize("change", [{"state": "removed"}, {"confidentiality": "geheim"}, {"title": "een andere naam"}])
def test_w10_what_may_no_longer_be_given_when_it_is_made_is_not_kept(filled, monkeypatch, change):
    before, write = blobs(filled.services), making.write_zip

    def changed(*given):
        bound = write(*given)
        filled.change("woord-open", **change)
        return bound

    monkeypatch.setattr(making, "write_zip", changed)
    bundle = asked(filled, form="zip", reader="court")
    drain(filled.services)
    row = row_of(filled, bundle)
    assert (row.state, row.blob, blobs(filled.services)) == ("refused", None, before)
    assert "woord-open" in row.why


def test_w10_what_may_no_longer_be_given_when_it_is_fetched_does_not_leave(filled):
    bundle = asked(filled, form="zip", reader="court")
    drain(filled.services)
    assert not line_of(filled, bundle).outdated
    act(filled.services, NOOR, RemoveDocument(filled.paper("woord-open").id, "Toch niet."))
    with pytest.raises(NotNow):
        fetched(filled, bundle)
    assert line_of(filled, bundle).outdated


def test_w10_who_asked_is_the_only_one_to_whom_it_exists(filled):
    bundle = asked(filled, form="zip")
    drain(filled.services)
    for who, refused in ((PIET, NotFound), (ADA, NotFound)):
        with pytest.raises(refused):
            fetched(filled, bundle, who)
    with pytest.raises(NotFound):
        act(filled.services, PIET, RemoveBundle(bundle))
    with pytest.raises(NotAllowed):
        act(filled.services, ADA, RemoveBundle(bundle))
    act(filled.services, NOOR, RemoveBundle(bundle))
    with pytest.raises(NotFound):
        act(filled.services, NOOR, RemoveBundle(bundle))


def test_w10_taken_away_while_it_is_made_leaves_no_file(filled, monkeypatch):
    before, write = blobs(filled.services), making.write_zip

    def taken_away(services, wanted, *given):
        bound = write(services, wanted, *given)
        act(services, NOOR, RemoveBundle(wanted.id))
        return bound

    monkeypatch.setattr(making, "write_zip", taken_away)
    asked(filled, form="zip")
    drain(filled.services)
    assert (blobs(filled.services), count(filled.services, CaseBundle)) == (before, 0)


def test_w10_made_twice_is_made_once(filled):
    bundle = asked(filled, form="zip")
    drain(filled.services)
    blob = row_of(filled, bundle).blob
    make_bundle(filled.services, {"bundle": bundle})
    assert row_of(filled, bundle).blob == blob


def test_w10_a_child_that_falls_over_is_told_and_leaves_nothing(filled, monkeypatch):
    before = blobs(filled.services)
    monkeypatch.setattr(pdf_file, "CHILD", "processes.post.bundling.nothing")
    bundle = asked(filled)
    drain(filled.services)
    assert (row_of(filled, bundle).state, blobs(filled.services)) == ("refused", before)
    assert "lukte niet" in line_of(filled, bundle).why


def test_w10_a_store_that_does_not_answer_is_tried_again(filled, monkeypatch):
    bundle = asked(filled, form="zip")
    (work,) = rows(filled.services, OutboxRow, key=bundle_key(bundle))

    def busy(*_given):
        raise Busy

    with monkeypatch.context() as broken:
        broken.setattr(type(filled.services.files), "read", busy)
        assert not carry_out(filled.services, work.id)
    assert row_of(filled, bundle).state == "wanted"
    with filled.services.sessions.begin() as session:
        outbox.retry(session, work.id)
    assert carry_out(filled.services, work.id)
    assert row_of(filled, bundle).state == "ready"


def test_w10_long_work_keeps_its_lease_and_says_how_far_it_is(filled, monkeypatch):
    monkeypatch.setattr(making, "TOLD_SECONDS", 0.0)
    kept, seen, keep = [], [], outbox.keep_lease

    def keeping(session, key):
        kept.append(key)
        seen.append(session.query(CaseBundle).one().done)
        keep(session, key)

    monkeypatch.setattr(outbox, "keep_lease", keeping)
    bundle = asked(filled, form="zip")
    drain(filled.services)
    assert set(kept) == {bundle_key(bundle)}
    assert sorted(set(seen)) == list(range(len(row_of(filled, bundle).chosen) + 1))


def test_w10_a_broken_file_of_the_store_is_named_and_stops_nothing(filled):
    filled.services.files.delete(filled.paper("woord-open").blob)
    bundle = asked(filled, form="zip")
    drain(filled.services)
    row = row_of(filled, bundle)
    assert (row.state, row.sheets) == ("ready", 1)


def test_t11_a_document_that_is_erased_by_two_people_leaves_the_bundles_too(filled):
    bundle = asked(filled, form="zip")
    drain(filled.services)
    blob, waiting = row_of(filled, bundle).blob, asked(filled)
    document = filled.paper("woord-open").id
    act(filled.services, NOOR, ProposeRemoval(document, "Hoort hier niet."))
    (proposal,) = rows(filled.services, RemovalRow)
    act(filled.services, PIET, ApproveRemoval(document, str(proposal.id)))
    drain(filled.services)
    assert (count(filled.services, CaseBundle), filled.services.files.exists(blob)) == (0, False)
    assert waiting != bundle


def test_w10_a_destroyed_case_takes_its_bundles_along(filled):
    bundle = asked(filled, form="zip")
    drain(filled.services)
    row = row_of(filled, bundle)
    with filled.services.sessions() as session:
        assert row.blob in _blobs(session, row.case_id)
    assert CaseBundle.__table__ in case_tables()


def test_w10_the_sweep_of_files_that_nobody_holds_leaves_a_bundle(filled, monkeypatch):
    bundle = asked(filled, form="zip")
    drain(filled.services)
    monkeypatch.setattr(clock_process, "ORPHAN_AGE", timedelta(0))
    sweep_orphans(filled.services)
    assert filled.services.files.exists(row_of(filled, bundle).blob)


@pytest.mark.parametrize(
    ("reader", "party", "documents", "field"),
    [
        ("court", None, ("woord-geheim",), "documents"),
        ("court", None, (), "documents"),
        ("party", 999, ("woord-open",), "reader"),
        ("party", None, ("woord-open",), "reader"),
        ("everybody", None, ("woord-open",), "reader"),
    ],
)
def test_w10_a_choice_that_the_page_does_not_offer_is_refused(filled, reader, party, documents, field):
    ids = tuple(filled.paper(title).id for title in documents)
    with pytest.raises(Invalid) as refused:
        act(filled.services, NOOR, MakeBundle(filled.number, "pdf", reader, party, ids))
    assert set(refused.value.fields) == {field}
    with pytest.raises(Invalid):
        act(filled.services, NOOR, MakeBundle(filled.number, "doc", "desk", None, ids))


def test_w10_what_is_too_large_for_one_pdf_is_said_at_once(filled, monkeypatch):
    monkeypatch.setitem(bundle_actions.LARGEST, "pdf", 10)
    with pytest.raises(Invalid, match="1 GB"):
        asked(filled)


def test_w10_three_of_one_person_wait_and_a_fourth_does_not(on_each):
    """Two at once: each press is one bundle, and the limit holds."""
    with ThreadPoolExecutor(4) as pool:
        results = [pool.submit(asked, on_each, "zip") for _ in range(4)]
    failed = [one.exception() for one in results if one.exception()]
    assert count(on_each.services, CaseBundle) == 4 - len(failed)
    assert all(isinstance(one, NotNow) for one in failed)
    assert len(failed) >= 1
    with pytest.raises(NotNow):
        asked(on_each, "zip")
    asked(on_each, "zip", who=PIET)
