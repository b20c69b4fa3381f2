"""One person keeps an answer half done behind the own link; nobody with another link sees it, and sending drops it."""

from kit.complaint import Browser, Play
from kit.documents import PDF

from processes.storage.tables import DraftRow, UploadRow

AGAIN = "Verder met wat u eerder invulde"


def kept(play: Play, guest: Browser) -> str:
    """The address of the form, of which a beginning was kept with a file beside it."""
    address = f"/verzoek/{play.token()}/taak/{play.task('Reaction')}"
    guest.get(address)
    files = [("reaction_files", ("rooster.pdf", PDF, "application/pdf"))]
    page = guest.post(address, 200, files, reaction="Een begin", stap="bewaren")
    assert "Bewaard" in page
    assert "Bestanden bewaren wij hier niet." in page
    return address


def test_t1_p2_an_answer_by_link_is_kept_without_its_files(play: Play, guest: Browser) -> None:
    documents = len(play.handed_in())
    page = guest.get(kept(play, guest))
    for text in (AGAIN, "Een begin", "Iemand met deze link"):
        assert text in page
    (draft,), (upload,) = play.rows(DraftRow), play.rows(UploadRow)
    assert (draft.case_id, draft.owner, play.token() in draft.form) == (1, "department:1", False)
    assert (upload.settled, play.services.files.exists(upload.blob)) == (True, False)
    assert len(play.handed_in()) == documents


def test_t1_p2_sending_the_answer_drops_what_was_kept(play: Play, guest: Browser) -> None:
    address = kept(play, guest)
    guest.get(address)
    guest.post(address, reaction="Een heel verhaal")
    assert play.rows(DraftRow) == []


def test_t1_b7_begin_again_behind_a_link_asks_for_a_word_first(play: Play, guest: Browser) -> None:
    address = kept(play, guest)
    guest.get(address)
    page = guest.post(f"/verzoek/{play.token()}/opnieuw")
    assert "Typ het woord ja" in page
    assert len(play.rows(DraftRow)) == 1
    page = guest.post(f"/verzoek/{play.token()}/opnieuw", bevestiging="ja")
    assert AGAIN not in page
    assert "Een begin" not in page
    assert guest.url.endswith(address)
    assert play.rows(DraftRow) == []
