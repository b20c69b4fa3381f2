"""The one-time key of a form answers nobody else, and never confirms what was not stored (I1)."""

from kit.cases import register_bezwaar, rows
from kit.people import BRAM, NOOR, PIET, TESS, citizen

from processes.actions import act
from processes.actions.messages import AddNote, SendMessage
from processes.actions.profile import SaveProfile
from processes.storage.services import Services
from processes.storage.tables import FormKey, NoteRow, PersonProfile


def texts(services: Services) -> list[str]:
    return [row.text for row in rows(services, NoteRow) if row.kind in {"message", "note"}]


def test_the_key_of_another_gives_no_answer_of_theirs_away(services: Services) -> None:
    theirs, own = register_bezwaar(services, TESS), register_bezwaar(services, BRAM)
    act(services, citizen(services, TESS), SendMessage(theirs, "Van Tess"), once="sleutel")
    assert act(services, citizen(services, BRAM), SendMessage(own, "Van Bram"), once="sleutel") == own
    assert texts(services) == ["Van Tess", "Van Bram"]


def test_an_empty_key_of_one_does_not_stop_another(services: Services) -> None:
    number = register_bezwaar(services, TESS)
    act(services, NOOR, AddNote(number, "Van Noor"), once="")
    act(services, PIET, AddNote(number, "Van Piet"), once="")
    assert texts(services) == ["Van Noor", "Van Piet"]


def test_what_was_changed_after_the_first_press_is_stored_too(services: Services) -> None:
    number, tess = register_bezwaar(services, TESS), citizen(services, TESS)
    for text in ("Eerst dit", "Eerst dit", "Terug, en nu dit"):
        act(services, tess, SendMessage(number, text), once="sleutel")
    assert texts(services) == ["Eerst dit", "Terug, en nu dit"]


def test_d16_a_profile_that_says_saved_is_saved(services: Services) -> None:
    tess = citizen(services, TESS)
    for email in ("oud@post.example", "nieuw@post.example"):
        act(services, tess, SaveProfile(email, "", news_by_mail=True), once="sleutel")
    assert [row.email for row in rows(services, PersonProfile)] == ["nieuw@post.example"]


def test_a_key_of_any_length_fits_its_column(services: Services) -> None:
    act(services, NOOR, AddNote(register_bezwaar(services), "Iets"), once="k" * 5000)
    assert all(len(row.key) == 64 for row in rows(services, FormKey))
