"""A changed model: findings at the element, unsafe files refused, version 2 for new cases and version 1 for running ones."""

import io
import re
import stat
import sys
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from admin_kit import BEZWAAR, Browser, files_of, zip_of
from kit.cases import register_bezwaar, rows, shipped
from kit.drafts import grow_older
from kit.people import FENNA
from sqlalchemy import select

from engine import Folder, read_folder
from processes.actions import act
from processes.actions.deploying import DeployFolder, Refused
from processes.base import isolated_check
from processes.base.case_type_zip import MOST_BYTES, MOST_ENTRIES, UnsafeZip, read_zip
from processes.jobs.held_files_sweep import sweep_held_files
from processes.storage.model_cache import unpack
from processes.storage.services import Services
from processes.storage.tables import Case, DraftRow, ModelVersion, UploadRow

CHANGED = replace(BEZWAAR, drawing=BEZWAAR.drawing.replace(b'name="Ontvangen"', b'name="Binnengekomen"'))
BREAKS = read_folder(
    Path(__file__).parents[2] / "data" / "cases" / "model-called-process-that-breaks-its-callers" / "stukkenverzoek"
)
BROKEN = BEZWAAR.drawing.replace(b'schema="intake.json"', b'schema="weg.json"')


def versions(services: Services) -> list[tuple[int, str]]:
    with services.sessions() as session:
        wanted = select(ModelVersion.version, ModelVersion.deployed_by).where(ModelVersion.process == "bezwaar")
        return [(one, who) for one, who in session.execute(wanted.order_by(ModelVersion.version))]


def version_of(services: Services, number: str) -> int:
    with services.sessions() as session:
        wanted = select(ModelVersion.version).join(Case, Case.model_version_id == ModelVersion.id)
        return session.scalars(wanted.where(Case.number == number)).one()


def test_b2_a_broken_model_shows_findings_with_element_names(fenna: Browser, services: Services) -> None:
    page = fenna.upload("bezwaar.bpmn", BROKEN, status=422)
    assert "Dit model kan nog niet in gebruik" in page
    assert 'data-element="Intake"' in page
    assert "taak &#39;" in page
    assert "<strong>Fout:</strong>" in page
    assert "In gebruik nemen" not in page
    drawing = fenna.client.get(page.split('data-drawing="')[1].split('"')[0])
    assert drawing.content == BROKEN
    assert drawing.headers["content-type"].startswith("application/xml")
    assert versions(services) == [(1, "system")]


def test_b3_an_accepted_model_becomes_version_2_and_a_running_case_keeps_version_1(
    fenna: Browser, services: Services
) -> None:
    running = register_bezwaar(services)
    page = fenna.upload("bezwaar.bpmn", CHANGED.drawing)
    assert "Dit wordt versie 2" in page
    assert "status &#39;Binnengekomen&#39; (eerst &#39;Ontvangen&#39;). Veranderd: de naam" in page
    assert versions(services) == [(1, "system")]
    page = fenna.post(fenna.forms()[0])
    assert "Nieuwe zaken gebruiken versie 2" in page
    assert "Lopende zaken houden hun eigen versie" in page
    assert versions(services) == [(1, "system"), (2, "fenna")]
    assert version_of(services, running) == 1
    assert version_of(services, register_bezwaar(services)) == 2
    overview = fenna.get("/beheer/zaaktypen/bezwaar")
    assert "Fenna Beheer" in overview


def test_t1_an_upload_waits_in_a_draft_until_it_is_in_use(fenna: Browser, services: Services) -> None:
    fenna.upload("bezwaar.bpmn", CHANGED.drawing)
    (draft,) = rows(services, DraftRow)
    assert [row.settled for row in rows(services, UploadRow) if row.draft_id == draft.id] == [False]
    grow_older(services, timedelta(hours=2))
    for _ in range(2):
        sweep_held_files(services)
    assert len(list(services.files.all_blobs())) == 1
    fenna.post(fenna.forms()[0])
    assert versions(services)[-1] == (2, "fenna")
    for _ in range(2):
        sweep_held_files(services)
        grow_older(services, timedelta(hours=2))
    assert (rows(services, DraftRow), list(services.files.all_blobs())) == ([], [])


def test_b3_a_whole_folder_can_come_as_a_zip(fenna: Browser, services: Services) -> None:
    changed = replace(CHANGED, mails={**CHANGED.mails, "extra.txt": b"Onderwerp: Extra\n\nTekst\n"})
    page = fenna.upload("bezwaar.zip", zip_of(files_of(changed)))
    assert "Erbij: mail &#39;extra&#39;" in page
    fenna.post(fenna.forms()[0])
    assert versions(services)[-1] == (2, "fenna")


def test_a_called_process_that_breaks_its_callers_is_refused_at_the_check(fenna: Browser, services: Services) -> None:
    register_bezwaar(services)
    packed = zip_of(files_of(BREAKS, "stukkenverzoek/"))
    page = fenna.upload("stukkenverzoek.zip", packed, status=422)
    assert "Dit model kan nog niet in gebruik" in page
    assert "Zaaktype &#39;Bezwaar&#39;, versie 1 (1 lopende zaak) gebruikt dit proces en loopt hierop vast" in page
    assert "geeft `search_words` (text) niet mee; kent de termijn `search_term` niet" in page
    assert "Er is 1 fout gevonden." in page
    assert "In gebruik nemen" not in page
    held = page.split('data-drawing="')[1].split('"')[0].removesuffix("/tekening")
    fenna.post(f"{held}/in-gebruik", status=422)
    with services.sessions() as session:
        assert len(session.scalars(select(ModelVersion).where(ModelVersion.process == "stukkenverzoek")).all()) == 1


def test_a_called_process_that_keeps_its_contract_may_change(fenna: Browser, services: Services) -> None:
    register_bezwaar(services)
    kept = shipped("stukkenverzoek")
    changed = replace(kept, drawing=kept.drawing.replace(b'name="Lever de stukken aan"', b'name="Stuur de stukken"'))
    page = fenna.upload("stukkenverzoek.zip", zip_of(files_of(changed, "stukkenverzoek/")))
    assert "Dit wordt versie 2" in page


def test_an_equal_folder_keeps_its_version(fenna: Browser, services: Services) -> None:
    assert "Niets veranderd" in fenna.upload("bezwaar.zip", zip_of(files_of(BEZWAAR)))
    assert versions(services) == [(1, "system")]


def test_a_drawing_in_another_encoding_is_kept_and_shown_as_utf_8(fenna: Browser, services: Services) -> None:
    text = CHANGED.drawing.decode().replace("Binnengekomen", "Ingekomen stuk, één")
    latin = re.sub(r"encoding=.UTF-8.", 'encoding="ISO-8859-1"', text, count=1, flags=re.IGNORECASE)
    assert latin != text
    page = fenna.upload("bezwaar.bpmn", latin.encode("latin-1", "xmlcharrefreplace"))
    assert "status &#39;Ingekomen stuk, één&#39;" in page
    fenna.post(fenna.forms()[0])
    with services.sessions() as session:
        kept = session.scalars(select(ModelVersion.folder).order_by(ModelVersion.id.desc())).first()
    assert kept
    drawing = unpack("bezwaar", kept).drawing.decode()
    assert "Ingekomen stuk, één" in drawing
    assert "8859" not in drawing


def test_what_is_held_opens_only_for_who_uploaded_it(fenna: Browser, services: Services) -> None:
    fenna.upload("bezwaar.bpmn", CHANGED.drawing)
    other = Browser(services, replace(FENNA, subject="gerda", name="Gerda Beheer"))
    other.get(fenna.url.removeprefix("http://testserver"), status=404)
    fenna.get("/beheer/zaaktypen/nieuw/verzonnen", status=404)


def test_nobody_takes_into_use_what_the_check_refused(fenna: Browser, services: Services) -> None:
    page = fenna.upload("bezwaar.bpmn", BROKEN, status=422)
    held = page.split('data-drawing="')[1].split('"')[0].removesuffix("/tekening")
    fenna.post(f"{held}/in-gebruik", status=422)
    assert versions(services) == [(1, "system")]


@pytest.mark.parametrize(("name", "content", "words"), [
    ("bezwaar.bpmn", b"", "is leeg"),
    ("bezwaar.bpmn", b"\x00\x01\x02", "past niet bij de naam"),
    ("bezwaar.pdf", b"%PDF-1.7\n", "kunt u hier niet toevoegen"),
    ("bezwaar.zip", b"geen zip", "past niet bij de naam"),
])  # fmt: skip
def test_a_wrong_file_is_said_at_the_field(fenna: Browser, name: str, content: bytes, words: str) -> None:
    page = fenna.upload(name, content, status=422)
    assert words in page
    assert 'href="#field-file"' in page


def test_a_drawing_with_a_doctype_is_refused_in_words(fenna: Browser) -> None:
    page = fenna.upload("bezwaar.bpmn", b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', status=422)
    assert "DOCTYPE" in page


def linked() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        entry = zipfile.ZipInfo("bezwaar/forms/intake.json")
        entry.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(entry, "/etc/passwd")
    return target.getvalue()


def locked() -> bytes:
    packed = bytearray(zip_of({"bezwaar.bpmn": b"<a/>"}))
    packed[packed.index(b"PK\x01\x02") + 8] |= 1
    return bytes(packed)


DRAWING = {"bezwaar.bpmn": b"<a/>"}
UNSAFE = {
    "path up": (zip_of({"../bezwaar.bpmn": b"<a/>"}), "wijst buiten"),
    "absolute": (zip_of({"/etc/bezwaar.bpmn": b"<a/>"}), "wijst buiten"),
    "backslash": (zip_of({"a\\..\\b.bpmn": b"<a/>"}), "wijst buiten"),
    "link": (linked(), "is een verwijzing"),
    "nested": (zip_of({**DRAWING, "forms/a.json": zip_of(DRAWING)}), "zelf weer een zipbestand"),
    "bomb": (zip_of({**DRAWING, "forms/a.json": b" " * (MOST_BYTES + 1)}), "groter dan 2 MB"),
    "bombs": (zip_of({**DRAWING, **{f"forms/{n}.json": b" " * MOST_BYTES for n in range(11)}}), "samen uitgepakt"),
    "many": (zip_of({**DRAWING, **{f"forms/{n}.json": b"{}" for n in range(MOST_ENTRIES)}}), "het mogen er 300 zijn"),
    "password": (locked(), "wachtwoord"),
    "no drawing": (zip_of({"forms/a.json": b"{}"}), "staat geen tekening"),
    "two drawings": (zip_of({**DRAWING, "b.bpmn": b"<a/>"}), "meer tekeningen"),
    "other file": (zip_of({**DRAWING, "run.sh": b"rm"}), "hoort niet in een zaaktype"),
    "elsewhere": (zip_of({"x/bezwaar.bpmn": b"<a/>", "y/forms/a.json": b"{}"}), "hoort niet in een zaaktype"),
    "broken": (zip_of(DRAWING)[:-10], "beschadigd"),
}


@pytest.mark.parametrize("case", UNSAFE)
def test_an_unsafe_zip_is_refused_with_a_sentence(case: str) -> None:
    packed, words = UNSAFE[case]
    with pytest.raises(UnsafeZip, match=words):
        read_zip(packed)


def test_an_unsafe_zip_comes_back_on_the_page(fenna: Browser) -> None:
    assert "wijst buiten" in fenna.upload("zaaktype.zip", UNSAFE["path up"][0], status=422)


def test_a_zip_with_what_a_desktop_left_behind_is_read() -> None:
    packed = zip_of({**files_of(BEZWAAR), "__MACOSX/bezwaar/._bezwaar.bpmn": b"x", "bezwaar/.DS_Store": b"x"})
    assert read_zip(packed) == BEZWAAR


# what the child does in the place of reading: the limits are those of the program
HEAVY = {
    "SECONDS": "c.SECONDS = 1\ndef heavy(asked, library):\n    while True: pass\n",
    "MEMORY": "def heavy(asked, library):\n    return b' ' * (2 * c.MEMORY)\n",
    "killed": "import os\ndef heavy(asked, library):\n    os.kill(os.getpid(), 9)\n",
}


@pytest.fixture
def checker(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    """Replaces the process that makes the children."""

    def replaced(command: str) -> None:
        asked = (sys.executable, "-c", f"import processes.base.checking as c\n{command}\nc.check = heavy\nc.main()")
        monkeypatch.setattr(isolated_check, "COMMAND", asked)
        isolated_check._ask.cache_clear()
        isolated_check._checker.stop()

    yield replaced
    isolated_check._checker.stop()


@pytest.mark.parametrize("limit", HEAVY)
def test_a_drawing_that_takes_too_much_gives_one_finding_and_is_refused(
    services: Services, checker: Callable[[str], None], limit: str
) -> None:
    checker(HEAVY[limit])
    with pytest.raises(Refused) as refused:
        act(services, FENNA, DeployFolder(CHANGED))
    assert [finding.code for finding in refused.value.findings] == ["too-heavy"]
    assert versions(services) == [(1, "system")]


def test_the_child_knows_no_secret_of_the_installation(
    monkeypatch: pytest.MonkeyPatch, checker: Callable[[str], None]
) -> None:
    monkeypatch.setenv("ZAAKSPOOR_SECRET", "geheim")
    checker(
        "import os\ndef heavy(asked, library):\n    return {'process': ' '.join(sorted(os.environ)), 'findings': []}\n"
    )
    verdict = isolated_check.check_apart(Folder("leeg", b"<a/>"), {}, {}, ())
    assert "PATH" in verdict.process
    assert "SECRET" not in verdict.process


def test_a_checker_that_is_gone_is_started_again() -> None:
    for _ in range(2):
        isolated_check._ask.cache_clear()
        verdict = isolated_check.check_apart(Folder("leeg", b"<a/>"), {}, {}, ())
        assert (verdict.finished, [finding.code for finding in verdict.findings]) == (True, ["not-bpmn"])
        process = isolated_check._checker._process
        assert process is not None
        process.kill()
        process.wait()
