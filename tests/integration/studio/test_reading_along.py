"""S21: a draft is shared for reading with somebody without a role, who comments per text; nothing else opens by the link."""

import html
import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from kit.browser import Browser
from kit.cases import count, days_later, put_in_use, rows, today
from kit.people import FENNA, NOOR

from processes.actions import act
from processes.actions.draft_comments import (
    LONGEST_COMMENT,
    MOST_COMMENTS,
    CommentOnDraft,
    EndShare,
    NewComment,
    ShareDraft,
    TooManyComments,
)
from processes.actions.drafting import DiscardDraft, SaveDraftFiles, StartDraft
from processes.base.errors import Invalid, NotAllowed
from processes.reads.studio.reading_along import enter_reading
from processes.storage import staff
from processes.storage.services import Services
from processes.storage.tables import DraftComment, DraftShare, ModelDraftRevision

pytestmark = pytest.mark.parametrize("kind_of_database", ["sqlite"], indirect=True)
HOME = "/beheer/zaaktypen/klacht/ontwerp"
SCRIPT = "<script>alert('weg')</script>"


def furnish(services: Services) -> None:
    put_in_use(services, "klacht", "stukkenverzoek")
    with services.sessions.begin() as session:
        staff.remember(session, FENNA)


@pytest.fixture
def services(installed: Callable[..., Services]) -> Services:
    return installed(furnish, faces=("admin", "department"))


@pytest.fixture
def link(services: Services) -> str:
    """The address of a link to the draft of klacht, as its reader has it."""
    for name in ("klacht", "stukkenverzoek"):
        act(services, FENNA, StartDraft(name))
    fenna = Browser(services, FENNA)
    fenna.get(f"{HOME}/opmerkingen")
    until = (today(services) + timedelta(14)).isoformat()
    page = fenna.post(f"{HOME}/opmerkingen", {"reader": "Jurist Joost", "until": until})
    (found,) = re.findall(r"http://testserver(/meelezen/[^<]+)", page)
    return found


def parts_of(page: str, link: str) -> list[str]:
    return re.findall(rf'href="({re.escape(link)}/[^"]+)"', page)


def test_s21_a_reader_without_a_role_reads_all_texts_in_words_and_opening_changes_nothing(
    services: Services, link: str
) -> None:
    reader = Browser(services)
    addresses = parts_of(reader.get(link), link)
    assert [one.rpartition("/")[2] for one in addresses] == [
        "algemeen", "statussen", "termijnen", "brieven", "formulieren", "documentsoorten", "resultaten", "knoppen",
    ]  # fmt: skip
    text = " ".join(reader.get(one) for one in addresses)
    for words in ("In onderzoek", "Onderwerp:", "Ontwerp van Klacht", "Opmerking schrijven"):
        assert words in text
    assert reader.client.request("HEAD", link).status_code == 200
    assert (count(services, DraftComment), rows(services, DraftShare)[0].revoked_at) == (0, None)
    stored = rows(services, DraftShare)[0]
    assert link.rpartition("/")[2] not in (stored.token_hash, stored.salt.hex())


def test_s21_a_comment_stands_beside_the_text_is_answered_and_ticked_off(services: Services, link: str) -> None:
    reader, fenna = Browser(services), Browser(services, FENNA)
    reader.get(f"{link}/statussen")
    page = reader.post(f"{link}/statussen", {"reader": "Joost", "bij-1": f"Dit is te vaag. {SCRIPT}"})
    assert "Uw opmerking is bewaard" in page
    assert SCRIPT not in reader.html
    (comment,) = rows(services, DraftComment)
    assert comment.place.startswith("statussen/instelling/")
    assert comment.quote.splitlines()[0].partition(": ")[2] in page
    page = fenna.get(f"{HOME}/{comment.place}")
    assert "Wat lezers hiervan zeggen" in page
    assert SCRIPT not in fenna.html
    assert f'href="{HOME}/{comment.place}"' in fenna.get(f"{HOME}/opmerkingen")
    answer = {"comment": comment.id, "answer": "Aangepast.", "step": ""}
    fenna.post(f"{HOME}/opmerkingen/antwoord", answer)
    assert "Aangepast." in reader.get(f"{link}/statussen")
    fenna.post(f"{HOME}/opmerkingen/antwoord", {**answer, "step": "klaar"})
    assert "Afgevinkt door Fenna" in fenna.html
    assert "Wat lezers hiervan zeggen" not in fenna.get(f"{HOME}/{comment.place}")
    assert "Verwerkt." in reader.get(f"{link}/statussen")


def test_s21_a_comment_survives_later_saves_and_quotes_the_text_as_it_was_read(services: Services, link: str) -> None:
    reader, fenna = Browser(services), Browser(services, FENNA)
    reader.get(f"{link}/brieven")
    mails = re.findall(r"Brief of mail '([\w-]+)'</h2>", reader.get(f"{link}/brieven"))
    place = mails.index("oordeel")
    seen = rows(services, ModelDraftRevision, draft="klacht")[0].id
    mail = {"mails/oordeel.txt": b"Onderwerp: Nieuw oordeel\n\nHeel anders.\n"}
    act(services, FENNA, SaveDraftFiles("klacht", seen, "Tekst veranderd.", mail))
    reader.post(f"{link}/brieven", {"reader": "Joost", f"bij-{place}": "Mooi zo."})
    (comment,) = rows(services, DraftComment)
    assert "Heel anders" not in comment.quote
    page = fenna.get(f"{HOME}/opmerkingen")
    assert "Deze tekst is daarna veranderd" in page
    assert "Mooi zo." in page
    act(services, FENNA, DiscardDraft("klacht"))
    assert (count(services, DraftComment), count(services, DraftShare)) == (0, 0)
    reader.get(link, 404)


def test_s21_each_question_of_a_form_has_a_box_of_its_own_and_older_comments_stay_at_the_form(
    services: Services, link: str
) -> None:
    reader, fenna = Browser(services), Browser(services, FENNA)
    page = reader.get(f"{link}/formulieren")
    assert "Een medewerker onderzoekt de klacht; Een commissie onderzoekt en adviseert" in page, "its choices"
    titles = {html.unescape(title): at for at, title in re.findall(r'id="tekst-(\d+)"[^>]*>(.*?)</h3>', reader.html)}
    number = next(at for title, at in titles.items() if "Wanneer was dat?" in title)
    whole = titles["Formulier 'start'"]
    reader.post(
        f"{link}/formulieren", {"reader": "Joost", f"bij-{number}": "Mag ook ongeveer?", f"bij-{whole}": "Erg lang."}
    )
    of_question, of_form = sorted(rows(services, DraftComment), key=lambda one: one.place, reverse=True)
    assert (of_question.place, of_form.place) == (
        "formulieren/vragen/start.json#vraag-happened_on", "formulieren/vragen/start.json",
    )  # fmt: skip
    assert "Wat is er gebeurd?" not in of_question.quote
    assert {"Mag ook ongeveer?", "Erg lang."} <= {one.text for one in rows(services, DraftComment)}
    form = f"{HOME}/{of_form.place}"
    assert all(one in fenna.get(form) for one in ("Mag ook ongeveer?", "Erg lang."))
    fenna.get(f"{form}/2")
    fenna.post(f"{form}/2", {"step": "up"})
    said = [number for number in range(4) if "Mag ook ongeveer?" in fenna.get(f"{form}/{number}")]
    assert said == [1], "the comment goes with the question, wherever it stands"
    assert "Erg lang." not in fenna.get(f"{form}/1")
    page = fenna.get(f"{HOME}/opmerkingen")
    assert page.count("Deze tekst is daarna veranderd") == 1, "of the form, in which the order is another"


def test_s21_what_is_wrong_is_told_at_its_box_and_keeps_what_was_typed(services: Services, link: str) -> None:
    reader = Browser(services)
    reader.get(f"{link}/statussen")
    long = "a" * (LONGEST_COMMENT + 1)
    page = reader.post(f"{link}/statussen", {"reader": "", "bij-0": "Goed", "bij-1": long}, status=422)
    assert all(text in page for text in ("Vul uw naam in", "Maak deze opmerking korter", long, "Goed"))
    assert "minstens één tekst" in reader.post(
        f"{link}/statussen", {"reader": "Joost", "bij-99": "nergens"}, status=422
    )
    assert count(services, DraftComment) == 0


def test_s21_revoked_expired_guessed_and_foreign_links_all_open_nothing(services: Services, link: str) -> None:
    reader, share = Browser(services), rows(services, DraftShare)[0]
    reader.get(f"{link}/statussen")
    form = reader.held(f"{link}/statussen")
    token = link.rpartition("/")[2]
    for guess in ("/meelezen/x", f"/meelezen/{token[:-1]}", f"{link}/stukken/verder", f"/verzoek/{token}"):
        assert "Deze link werkt niet" in reader.get(guess, 404)
    assert reader.status(f"{link}/onbekend") == 404
    for path in (HOME, f"{HOME}/opmerkingen", "/beheer"):
        answer = reader.client.get(path, follow_redirects=False)
        assert (answer.status_code, answer.headers["location"][:9]) == (303, "/inloggen"), "the link is no sign-in"
    act(services, FENNA, EndShare("klacht", share.id))
    reader.get(link, 404)
    assert (
        reader.client.post(
            f"{link}/statussen", data={**form, "reader": "J", "bij-0": "x"}, headers={"Origin": "http://testserver"}
        ).status_code
        == 404
    )
    act(services, FENNA, ShareDraft("klacht", "Nog iemand", today(services)))
    days_later(services, 1)
    later = Browser(services, FENNA).get(f"{HOME}/opmerkingen")
    assert "verlopen op" in later
    assert "/meelezen/" not in later
    assert count(services, DraftComment) == 0


def test_s21_what_readers_send_is_bounded(services: Services, link: str) -> None:
    token = link.rpartition("/")[2]
    reader = Browser(services)
    reader.get(link)
    guest = enter_reading(services, token)
    many = tuple(NewComment("statussen", "Statussen", "Tekst", "Opmerking") for _ in range(MOST_COMMENTS))
    act(services, guest, CommentOnDraft(token, "Joost", many))
    with pytest.raises(TooManyComments):
        act(services, guest, CommentOnDraft(token, "Joost", many[:1]))
    for days, field in ((-1, "until"), (91, "until")):
        with pytest.raises(Invalid) as refused:
            act(services, FENNA, ShareDraft("klacht", "Iemand", today(services) + timedelta(days)))
        assert list(refused.value.fields) == [field]
    with pytest.raises(NotAllowed):
        act(services, NOOR, ShareDraft("klacht", "Iemand", today(services)))


def test_s21_a_reader_first_gets_what_there_is_in_the_order_of_a_case_with_the_texts_folded(
    services: Services, link: str
) -> None:
    reader = Browser(services)
    assert "Formulier 'start', Formulier 'intake'" in reader.get(link), "each part says with what it begins"
    page = reader.get(f"{link}/formulieren")
    assert "Wat staat hier?" in page
    listed = [html.unescape(one) for one in re.findall(r'href="#deel-\d+">([^<]*)<', reader.html)]
    assert listed[:2] == ["Formulier 'start'", "Formulier 'intake'"]
    assert len(re.findall(r'<details class="zs-tile[^>]* open', reader.html)) == 0
    assert len(re.findall(r'<details class="zs-tile', reader.html)) == len(listed)
    assert "11, op 13 plekken" in reader.get(link), "as the pages of the administrator count"
    assert "11, op 13 plekken" in Browser(services, FENNA).get(HOME)
