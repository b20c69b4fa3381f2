"""A department keeps a delivery and goes on later by the same link, with its files; what is sent is kept no longer."""

import html

from kit.browser import ORIGIN
from kit.desk import WHO, Desk, form_of
from kit.documents import NO_FILE, PDF

from processes.storage.tables import Delivery, Dossier, DraftRow

DECISION = ("besluit.pdf", PDF)
AGAIN = "Verder met wat u eerder invulde"


def words(answer) -> str:
    return html.unescape(answer.text)


def opened(office: Desk, rest: str = "") -> str:
    return words(office.client.get(f"{office.address}{rest}"))


def keep(office: Desk, *files: tuple[str, bytes], remark: str = "Deel een") -> str:
    return words(office.choose(*files, remark=remark, stap="bewaren"))


def test_t1_p2_a_delivery_is_kept_and_shown_again_with_its_files(office: Desk) -> None:
    page = keep(office, DECISION)
    assert "Bewaard" in page
    assert "Open dan de link in de mail opnieuw." in page
    page = opened(office)
    for text in (AGAIN, "Iemand met deze link vulde dit in op", "Deel een", "besluit.pdf", "Begin opnieuw"):
        assert text in page
    assert office.rows(Delivery) == []
    (draft,) = office.rows(DraftRow)
    assert (draft.case_id, office.token in draft.form) == (1, False)


def test_t1_p2_more_files_come_beside_those_that_were_kept(office: Desk) -> None:
    keep(office, DECISION)
    start = office.client.get(office.address).text
    data = form_of(start.partition("/aanleveren")[2])
    sent = [("files", ("rapport.pdf", PDF + b"rapport", "application/pdf"))]
    check = office.client.post(
        f"{office.address}/aanleveren", data={**data, "stap": "controleren"}, files=sent, headers=ORIGIN
    ).text
    kinds = {name: "contested_decision" for name in form_of(check) if name.startswith("type-")}
    office.press(check, **kinds, naam=WHO)  # a kept delivery does not give back who sends it (B7)
    assert [row.file_name for row in office.handed_in()] == ["besluit.pdf", "rapport.pdf"]
    assert office.rows(Delivery)[0].remark == "Deel een"
    assert office.rows(DraftRow) == []
    assert AGAIN not in opened(office)


def test_t1_p2_what_was_checked_and_not_sent_is_kept_with_the_chosen_kinds(office: Desk) -> None:
    check = office.choose(DECISION).text
    kinds = {name: "contested_decision" for name in form_of(check) if name.startswith("type-")}
    office.press(check, "bewaren", **kinds)
    data = form_of(office.client.get(office.address).text.partition("/aanleveren")[2])
    page = office.client.post(
        f"{office.address}/aanleveren", data={**data, "stap": "controleren"}, files=NO_FILE, headers=ORIGIN
    ).text
    assert [kind for name, kind in form_of(page).items() if name.startswith("type-")] == ["contested_decision"]


def test_t1_b7_begin_again_asks_for_a_word_before_it_forgets_the_delivery(office: Desk) -> None:
    keep(office, DECISION)
    (draft,) = office.rows(DraftRow)
    data = {"csrf": office.csrf, "form": draft.form}
    page = words(office.client.post(f"{office.address}/opnieuw", data=data, headers=ORIGIN))
    for text in ("Wilt u opnieuw beginnen?", "het bestand besluit.pdf", "Typ het woord ja"):
        assert text in page
    pressed = office.client.post(f"{office.address}/opnieuw", data={**data, "zeker": "ja"}, headers=ORIGIN)
    assert (pressed.status_code, "Zo weten wij dat u dit zelf wilt" in words(pressed)) == (422, True)
    assert office.client.get(f"{office.address}/opnieuw?bevestiging=ja").status_code in {404, 405, 410}
    assert len(office.rows(DraftRow)) == 1
    data |= {"bevestiging": "ja"}
    page = words(office.client.post(f"{office.address}/opnieuw", data=data, headers=ORIGIN))
    assert AGAIN not in page
    assert "besluit.pdf" not in page
    assert office.rows(DraftRow) == []


def test_t1_p2_another_link_of_the_same_case_does_not_see_it(office: Desk) -> None:
    keep(office, DECISION)
    with office.services.sessions.begin() as session:
        salt = b"een ander dossier van dezelfde zaak"
        token = office.services.secrets.link_token(salt)
        found = office.services.secrets.token_hash(token)
        session.add(Dossier(case_id=1, department="wonen", salt=salt, token_hash=found, opened_at=office.clock.now()))
    for rest in ("", "/nazending"):
        page = words(office.client.get(f"/verzoek/{token}{rest}"))
        assert "Deel een" not in page
        assert "besluit.pdf" not in page


def test_t1_p2_looking_at_a_kept_delivery_changes_nothing(office: Desk) -> None:
    keep(office, DECISION)
    (before,) = office.rows(DraftRow)
    for _ in range(3):
        opened(office)
    (after,) = office.rows(DraftRow)
    assert (after.saved_at, after.data) == (before.saved_at, before.data)


def test_t1_p2_a_wrong_file_is_told_and_the_rest_is_kept(office: Desk) -> None:
    assert "past niet bij de naam" in keep(office, ("a.pdf", b"geen pdf"))
    assert "Deel een" in opened(office)
