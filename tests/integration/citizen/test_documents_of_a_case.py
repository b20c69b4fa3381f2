"""D15, D56 and D59 by name: the telephone number, files of the own device, and the last press that adds them; C17 with several at once."""

from citizen_kit import TESS, Browser, register
from kit.cases import handed_in, rows
from kit.documents import PDF

from processes.storage.tables import Party

FILES = [("files", (f"foto {name}.pdf", PDF, "application/pdf")) for name in ("voor", "achter")]


def choose(tess: Browser, files: list, status: int = 200, **typed: str) -> str:
    number = register(tess.services, TESS)
    tess.get(f"/mijn/zaken/{number}/document")
    typed = {"type": "submission", "title": "Foto van de plek"} | typed
    page = tess.post(f"/mijn/zaken/{number}/document", typed, files, status)
    return page if status != 200 else f"/mijn/zaken/{number}/document/versturen"


def test_d15_a_citizen_edits_the_telephone_number(tess: Browser) -> None:
    register(tess.services, TESS)
    tess.get("/mijn/gegevens")
    page = tess.post("/mijn/gegevens", {"email": "tess@post.example", "phone": "06 12345678"})
    assert "Uw gegevens zijn opgeslagen." in page
    assert 'value="06 12345678"' in page
    assert rows(tess.services, Party)[0].phone == "06 12345678"


def test_d56_d59_a_file_of_the_own_device_is_added_by_the_last_press(tess: Browser) -> None:
    send = choose(tess, FILES[:1])
    assert ">Voeg toe</span></button>" in tess.html
    assert not handed_in(tess.services)
    tess.post(send, {"held": tess.hidden("held")})
    assert [(row.title, row.file_name) for row in handed_in(tess.services)] == [("Foto van de plek", "foto voor.pdf")]


def test_d59_not_adding_after_all_leaves_nothing(tess: Browser) -> None:
    send = choose(tess, FILES[:1])
    tess.post(send, {"held": tess.hidden("held"), "stap": "terug"})
    assert not handed_in(tess.services)


def test_c17_several_files_go_at_once_each_with_a_number_behind_the_title(tess: Browser) -> None:
    send = choose(tess, FILES)
    page = tess.post(send, {"held": tess.hidden("held")})
    titles = ["Foto van de plek (1 van 2)", "Foto van de plek (2 van 2)"]
    assert [row.title for row in handed_in(tess.services)] == titles
    assert all(title in page for title in titles)


def test_c17_the_number_fits_behind_the_title(tess: Browser) -> None:
    assert "hoogstens 180 tekens" in choose(tess, FILES, 422, title="F" * 190)
