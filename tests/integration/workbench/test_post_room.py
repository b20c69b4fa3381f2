"""W12: post comes in, waits with its age, and leaves the post room only as part of a case or with a reason."""

from email.message import EmailMessage

import pytest
from kit.browser import Browser
from kit.cases import days_ago, days_later, make_secret, register_bezwaar, rows, today
from kit.documents import PDF, stored
from kit.people import NOOR, SEM, TESS
from workbench_kit import BRAM, brought, file_of

from processes.actions import act
from processes.actions.post_handling import AttachPost, FiledPost
from processes.actions.post_room import NewPost, SetPostAside, TakeInPost
from processes.base.errors import AlreadyDone, Invalid, NotFound
from processes.jobs.clock_process import sweep_orphans
from processes.jobs.held_files_sweep import sweep_held_files
from processes.jobs.post_sweep import sweep_post_aside
from processes.jobs.post_verification import problems_of_post
from processes.reads.workbench import read_post_room, read_today
from processes.storage.tables import (
    AuditRow,
    Case,
    DefaultNotice,
    DocumentRow,
    LookRow,
    Party,
    PostFile,
    PostItem,
    UploadRow,
)

ROOM = "/werk/postkamer"
FILE = ("files", ("scan.pdf", PDF, "application/pdf"))


def mail(attachment: bytes = PDF) -> bytes:
    made = EmailMessage()
    made["From"], made["Subject"] = "Tess Testeling <tess@post.example>", "Over mijn vergunning"
    made.set_content("Hierbij mijn bezwaar.")
    made.add_attachment(attachment, maintype="application", subtype="pdf", filename="bezwaar.pdf")
    return made.as_bytes()


def test_w12_many_scans_come_in_at_once_and_the_oldest_is_told_on_the_page_and_on_vandaag(services, noor: Browser):
    noor.get(ROOM)
    day = days_ago(services, 3).isoformat()
    files = [("files", (f"scan-{at}.pdf", PDF, "application/pdf")) for at in range(3)]
    page = noor.post(
        ROOM, {"channel": "post", "received_on": day, "postmark_on": days_ago(services, 4).isoformat()}, files
    )
    assert "3 poststukken wachten" in page
    assert "3 dagen" in page
    assert {row.postmarked_on for row in rows(services, PostItem)} == {days_ago(services, 4)}
    assert "Postkamer (3)" in noor.get("/werk")
    assert read_today(services, NOOR).post == 3


def test_w12_signs_that_no_database_keeps_are_left_out_of_post(services):
    brought(services, "brief.pdf", sender="Tess\x00 T", subject="Over\ud800\tmij", words="een\x00\r\n\ttwee\x1b\udcff")
    (item,) = rows(services, PostItem)
    assert (item.sender, item.subject, item.words) == ("Tess T", "Over mij", "een\n\ttwee")


def test_w12_files_that_belong_together_are_one_piece_of_post(services, noor: Browser):
    noor.get(ROOM)
    files = [FILE, ("files", ("bijlage.pdf", PDF, "application/pdf"))]
    fields = {
        "channel": "counter",
        "received_on": today(services).isoformat(),
        "together": "ja",
        "subject": "Brief met bijlage",
    }
    assert "Brief met bijlage" in noor.post(ROOM, fields, files)
    assert len(rows(services, PostItem)) == 1
    assert len(rows(services, PostFile)) == 2


def test_w12_what_is_wrong_is_told_at_once_and_what_was_typed_stays(services, noor: Browser):
    noor.get(ROOM)
    later = days_ago(services, -1).isoformat()
    page = noor.post(ROOM, {"channel": "duif", "received_on": later, "sender": "Tess Testeling"}, status=422)
    for told in ("Kies hoe de post is binnengekomen.", "in de toekomst", "Kies eerst een bestand."):
        assert told in page
    assert 'value="Tess Testeling"' in page
    assert not rows(services, PostItem)


def test_w12_a_mail_is_taken_apart_into_its_words_and_files(services, noor: Browser):
    noor.get(ROOM)
    fields = {"channel": "post", "received_on": today(services).isoformat()}
    page = noor.post(ROOM, fields, [("files", ("bericht.eml", mail(), "message/rfc822"))])
    assert "Over mijn vergunning" in page
    (item,) = rows(services, PostItem)
    assert (item.channel, item.sender) == ("mail", "Tess Testeling <tess@post.example>")
    assert "Hierbij mijn bezwaar." in item.words
    assert [one.name for one in rows(services, PostFile)] == ["bericht.eml", "bezwaar.pdf"]
    page = noor.get(f"{ROOM}/{item.id}")
    assert "Hierbij mijn bezwaar." in page
    assert noor.client.get(f"{ROOM}/{item.id}/bestanden/{rows(services, PostFile)[1].id}/inzien").content == PDF


def test_w12_of_post_in_a_case_neither_sender_nor_words_stay_beside_the_dossier(services, noor: Browser):
    noor.get(ROOM)
    noor.post(
        ROOM,
        {"channel": "post", "received_on": today(services).isoformat()},
        [("files", ("bericht.eml", mail(), "message/rfc822"))],
    )
    number, (item,) = register_bezwaar(services, BRAM), rows(services, PostItem)
    files = tuple(FiledPost(file.id, "underlying") for file in rows(services, PostFile))
    act(services, NOOR, AttachPost(item.id, number, files))
    (row,) = rows(services, PostItem)
    assert (row.sender, row.words, row.subject) == ("", "", "Over mijn vergunning")
    page = noor.get(f"{ROOM}/{item.id}")
    assert "De stukken staan in zaak" in page
    for told in (page, noor.get(ROOM), noor.get(f"/werk/zaken/{number}/tijdlijn")):
        assert "Tess" not in told
        assert "Hierbij mijn bezwaar." not in told


def test_w12_words_that_stand_in_no_file_stay(services):
    number = register_bezwaar(services, TESS)
    pieces = (NewPost("mail", today(services), (), sender="Tess Testeling", words="Deze mail is niet opgehaald."),)
    item = int(act(services, NOOR, TakeInPost(pieces)))
    act(services, NOOR, AttachPost(item, number, ()))
    (row,) = rows(services, PostItem)
    assert (row.sender, row.words) == ("", "Deze mail is niet opgehaald.")


def test_w12_post_joins_a_case_that_is_found_by_its_number_or_by_words(services, noor: Browser):
    number = register_bezwaar(services, TESS)
    first, second = brought(services, f"{number}-D1_brief.pdf", "scan.pdf")
    assert f"?zaak={number}" in noor.get(f"{ROOM}/{first}")
    assert f"?zaak={number}" in noor.get(f"{ROOM}/{second}?zoek=Testeling")
    page = noor.get(f"{ROOM}/{first}?zaak={number}")
    file = file_of(services, first)
    page = noor.post(f"{ROOM}/{first}/zaak", status=422)
    assert "Kies wat voor document dit is." in page
    page = noor.post(f"{ROOM}/{first}/zaak", {f"type-{file}": "underlying", f"title-{file}": "Brief van Tess"})
    assert "Het poststuk staat in de zaak. Dit is het volgende poststuk." in page
    (document,) = [row for row in rows(services, DocumentRow) if row.title == "Brief van Tess"]
    assert document.type == "underlying"
    assert not rows(services, PostFile, item_id=first)
    (item,) = rows(services, PostItem, id=first)
    assert (item.handled_as, item.handled_by) == ("attached", "noor")
    assert "per post" in noor.get(f"/werk/zaken/{number}/tijdlijn")
    assert noor.client.get(f"/werk/documenten/{document.id}/bestand").content == PDF


def test_w12_a_file_that_does_not_belong_stays_with_the_post_and_not_in_the_dossier(services):
    number = register_bezwaar(services, TESS)
    pieces = (NewPost("post", today(services), (stored(services, "brief.pdf"), stored(services, "logo.pdf"))),)
    item = int(act(services, NOOR, TakeInPost(pieces)))
    letter, logo = (row.id for row in rows(services, PostFile))
    with pytest.raises(Invalid):
        act(services, NOOR, AttachPost(item, number, (FiledPost(letter, "-"), FiledPost(logo, "-"))))
    act(services, NOOR, AttachPost(item, number, (FiledPost(letter, "underlying"), FiledPost(logo, "-"))))
    (left,) = rows(services, PostFile)
    assert (left.name, left.case_id) == ("logo.pdf", rows(services, Case)[0].id)
    assert "logo.pdf" not in {row.title for row in rows(services, DocumentRow)}


def test_w12_post_becomes_a_new_case_with_what_is_known_filled_in(services, noor: Browser):
    pieces = (
        NewPost(
            "mail",
            days_ago(services, 2),
            (stored(services, "bezwaar.pdf"),),
            sender="Tess Testeling <tess@post.example>",
        ),
    )
    item = int(act(services, NOOR, TakeInPost(pieces)))
    assert f"/werk/nieuw/bezwaar?post={item}" in noor.get(f"/werk/nieuw?post={item}")
    page = noor.get(f"/werk/nieuw/bezwaar?post={item}")
    for known in ('value="Tess Testeling"', 'value="tess@post.example"', f'value="{days_ago(services, 2).day}-'):
        assert known in page
    file = file_of(services, item)
    typed = {
        "channel": "email", "received_on": days_ago(services, 2).isoformat(), "grounds": "Te duur", "party-0-role": "objector",
        "party-0-kind": "person", "party-0-name": "Tess Testeling", "party-0-number": "999993653", "party-0-channel": "post",
        "party-0-address": "Dorpsweg 1", "decision-0-subject": "Vergunning", "decision-0-announced_on": days_ago(services, 9).isoformat(),
    }  # fmt: skip
    page = noor.post("/werk/nieuw/bezwaar", {**typed, "party-0-name": ""}, status=422)
    assert "Kies wat voor document dit is." in page
    assert "Vul een naam in." in page
    page = noor.post("/werk/nieuw/bezwaar", {**typed, f"type-{file}": "submission"})
    assert "De zaak is geregistreerd." in page
    (case,), (row,) = rows(services, Case), rows(services, PostItem)
    assert (row.handled_as, row.case_id, case.channel, case.received_on) == (
        "registered",
        case.id,
        "email",
        days_ago(services, 2),
    )
    assert "bezwaar.pdf" in {document.title for document in rows(services, DocumentRow)}
    assert "al verwerkt" in noor.get(f"/werk/nieuw/bezwaar?post={item}", status=409)


def test_w12_a_withdrawal_counts_from_the_day_on_which_the_post_came_in(services, noor: Browser):
    number = register_bezwaar(services, TESS, received=days_ago(services, 5))
    pieces = (NewPost("post", days_ago(services, 2), (stored(services, "intrekking.pdf"),), days_ago(services, 3)),)
    item = int(act(services, NOOR, TakeInPost(pieces)))
    file = file_of(services, item)
    noor.get(f"{ROOM}/{item}?zaak={number}")
    page = noor.post(f"{ROOM}/{item}/zaak", {"doen": "intrekking"}, status=422)
    assert "Kies wat voor document dit is." in page
    assert "Schrijf op hoe en waarom de indiener intrekt." in page
    page = noor.post(
        f"{ROOM}/{item}/zaak",
        {"doen": "intrekking", f"type-{file}": "correspondence", "withdraw_reason": "Schreef een brief."},
    )
    assert "De intrekking is vastgelegd" in page
    (party,) = rows(services, Party)
    assert (party.withdrawn_on, party.withdrawal_postmarked_on) == (days_ago(services, 2), days_ago(services, 3))
    assert rows(services, Case)[0].state == "closed"


def test_w12_a_notice_of_default_counts_from_the_day_on_which_the_post_came_in(services, noor: Browser):
    number = register_bezwaar(services, TESS)
    days_later(services, 200)
    (item,) = brought(services, "ingebrekestelling.pdf")
    file = file_of(services, item)
    page = noor.get(f"{ROOM}/{item}?zaak={number}")
    code = page.split('id="field-deadline"')[1].split('<option value="')[1:]
    deadline = next(one.split('"')[0] for one in code if one.split('"')[0])
    page = noor.post(
        f"{ROOM}/{item}/zaak", {"doen": "ingebreke", "deadline": deadline, f"type-{file}": "correspondence"}
    )
    assert "De ingebrekestelling is vastgelegd" in page
    (notice,) = rows(services, DefaultNotice)
    assert (notice.received_on, notice.deadline) == (today(services), deadline)


def test_w12_what_is_not_for_us_stays_with_a_reason(services, noor: Browser):
    (item,) = brought(services, "reclame.pdf")
    noor.get(f"{ROOM}/{item}")
    page = noor.post(f"{ROOM}/{item}/opzij", {"reason": ""}, status=422)
    assert "Kies wat er met de post gebeurt." in page
    noor.get(f"{ROOM}/{item}")
    page = noor.post(f"{ROOM}/{item}/opzij", {"how": "forwarded", "reason": "Naar het waterschap."})
    assert "Er wacht geen post." in page
    assert "Naar het waterschap." in page
    assert "Doorgestuurd" in noor.get(f"{ROOM}/{item}")
    assert len(rows(services, PostFile)) == 1


def test_w12_of_two_at_once_the_second_reads_who_was_first(services):
    number = register_bezwaar(services, TESS)
    (item,) = brought(services, "scan.pdf")
    act(services, NOOR, SetPostAside(item, "double", "Stond er al in."))
    with pytest.raises(AlreadyDone, match="Noor Behandelaar"):
        act(services, SEM, AttachPost(item, number, (FiledPost(file_of(services, item), "underlying"),)))


def test_w12_post_is_not_put_into_a_case_above_the_clearance_and_is_not_seen_there(services, noor: Browser):
    number = register_bezwaar(services, TESS)
    (first, second) = brought(services, "een.pdf", "twee.pdf")
    act(services, NOOR, AttachPost(first, number, (FiledPost(file_of(services, first), "underlying"),)))
    make_secret(services, number)
    with pytest.raises(NotFound):
        act(services, SEM, AttachPost(second, number, (FiledPost(file_of(services, second), "underlying"),)))
    noor.get(f"{ROOM}/{first}", status=404)
    assert not read_post_room(services, NOOR).handled
    assert "of u mag die niet zien" in noor.get(f"{ROOM}/{second}?zaak={number}")


def test_w12_what_went_into_no_case_goes_after_the_days_of_the_setting_and_what_waits_never(services):
    aside, waits = brought(services, "reclame.pdf", "scan.pdf")
    act(services, NOOR, SetPostAside(aside, "not_ours", "Reclame."))
    gone, kept = (row.blob for row in rows(services, PostFile))
    days_later(services, services.settings.post_days)
    assert sweep_post_aside(services) == 0
    days_later(services, 1)
    assert sweep_post_aside(services) == 1
    assert [row.id for row in rows(services, PostItem)] == [waits]
    assert (services.files.exists(gone), services.files.exists(kept)) == (False, True)


def test_w12_verify_says_which_post_lost_its_file(services):
    (item,) = brought(services, "scan.pdf")
    (file,) = rows(services, PostFile)
    assert not list(problems_of_post(services, lambda *_: None))
    services.files.delete(file.blob)
    assert list(problems_of_post(services, lambda *_: None)) == [
        ("file_missing", f"poststuk {item}", "Het bestand 'scan.pdf' van dit poststuk is weg.")
    ]


def test_w12_nothing_that_waits_is_swept_and_every_step_is_in_the_trail(services, noor: Browser):
    noor.get(ROOM)
    noor.post(ROOM, {"channel": "post", "received_on": today(services).isoformat()}, [FILE])
    (file,) = rows(services, PostFile)
    with services.sessions.begin() as session:
        for row in session.query(UploadRow):
            row.at = row.at.replace(year=row.at.year - 1)
    sweep_held_files(services)
    sweep_held_files(services)
    sweep_orphans(services)
    assert services.files.exists(file.blob)
    act(services, NOOR, SetPostAside(file.item_id, "double", "Was er al."))
    told = {row.action for row in rows(services, AuditRow)}
    assert {"post_in", "post_file_in", "post_aside"} <= told


def test_t3_who_opens_a_file_of_the_post_room_is_written_down_without_its_page(services, noor: Browser) -> None:
    """Each piece of post by itself: to go through all numbers leaves a trace at every one."""
    items = brought(services, "scan.pdf", "brief.pdf")
    for item, door in zip(items, ("bestand", "inzien"), strict=True):
        noor.client.get(f"/werk/postkamer/{item}/bestanden/{file_of(services, item)}/{door}").raise_for_status()
    assert [row.part for row in rows(services, LookRow, kind="post")] == [str(item) for item in items]
