"""The one-time key of a form answers nobody else, and never confirms what was not stored (I1)."""

from hostile_house import BRAM, NOOR, PIET, TESS, citizen, register, rows

from processes.actions import act
from processes.actions.messages import AddNote, SendMessage
from processes.actions.profile import SaveProfile
from processes.database.tables import FormKey, NoteRow, PersonProfile
from processes.house import House


def texts(house: House) -> list[str]:
    return [row.text for row in rows(house, NoteRow) if row.kind in {"message", "note"}]


def test_the_key_of_another_gives_no_answer_of_theirs_away(house: House) -> None:
    theirs, own = register(house, TESS), register(house, BRAM)
    act(house, citizen(house, TESS), SendMessage(theirs, "Van Tess"), once="sleutel")
    assert act(house, citizen(house, BRAM), SendMessage(own, "Van Bram"), once="sleutel") == own
    assert texts(house) == ["Van Tess", "Van Bram"]


def test_an_empty_key_of_one_does_not_stop_another(house: House) -> None:
    number = register(house, TESS)
    act(house, NOOR, AddNote(number, "Van Noor"), once="")
    act(house, PIET, AddNote(number, "Van Piet"), once="")
    assert texts(house) == ["Van Noor", "Van Piet"]


def test_what_was_changed_after_the_first_press_is_stored_too(house: House) -> None:
    number, tess = register(house, TESS), citizen(house, TESS)
    for text in ("Eerst dit", "Eerst dit", "Terug, en nu dit"):
        act(house, tess, SendMessage(number, text), once="sleutel")
    assert texts(house) == ["Eerst dit", "Terug, en nu dit"]


def test_d16_a_profile_that_says_saved_is_saved(house: House) -> None:
    tess = citizen(house, TESS)
    for email in ("oud@post.example", "nieuw@post.example"):
        act(house, tess, SaveProfile(email, "", news_by_mail=True), once="sleutel")
    assert [row.email for row in rows(house, PersonProfile)] == ["nieuw@post.example"]


def test_a_key_of_any_length_fits_its_column(house: House) -> None:
    act(house, NOOR, AddNote(register(house), "Iets"), once="k" * 5000)
    assert all(len(row.key) == 64 for row in rows(house, FormKey))
