"""A package of a case type from somebody with bad intentions: refused with the sentence that helps, or harmless text on every page."""

import io
import json
import re
import stat
import zipfile
from collections.abc import Iterator, Mapping

import pytest
from kit.browser import Browser
from kit.cases import put_in_use, shipped
from kit.filled_forms import send
from kit.installation import installation
from kit.people import FENNA, known

from engine.edits import files_of
from processes.base.case_type_zip import MOST_BYTES
from processes.reads.studio import read_draft_lines
from processes.storage.services import Services

FILES = files_of(shipped("ingebrekestelling"))
HOME = "/beheer/zaaktypen/ingebrekestelling/ontwerp"
SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(1)>"
ROOT = "ingebrekestelling/"


def in_use(services: Services) -> None:
    put_in_use(services, "nazending")
    known(services, FENNA, "fenna@voorbeeldstad.example")


@pytest.fixture(scope="module")
def services(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    with installation(tmp_path_factory.mktemp("pakketten"), in_use, faces=("admin",)) as services:
        yield services


@pytest.fixture
def fenna(services: Services) -> Browser:
    return Browser(services, FENNA)


def package(more: Mapping[str, bytes], twice: str = "", link: str = "") -> bytes:
    """The case type with other files; one of them twice, or as a link."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {**{f"{ROOT}{name}": content for name, content in FILES.items()}, **more}.items():
            entry = zipfile.ZipInfo(name)
            if name == link:
                entry.external_attr = (stat.S_IFLNK | 0o777) << 16
            archive.writestr(entry, content, zipfile.ZIP_DEFLATED)
        if twice:
            with pytest.warns(UserWarning, match="Duplicate name"):
                archive.writestr(twice, b"Onderwerp: anders\n\nAnders")
    return target.getvalue()


def upload(fenna: Browser, packed: bytes, status: int) -> str:
    fenna.get("/beheer/zaaktypen/nieuw")
    return fenna.post("/beheer/zaaktypen/nieuw", files={"file": ("zaaktype.zip", packed)}, status=status)


def test_s17_a_hostile_package_is_refused_with_the_sentence_that_helps(fenna: Browser, services: Services) -> None:
    """Out of its folder, a bomb, a name that comes twice, a link to a file of the server, a program."""
    refused = (
        (package({"../../etc/cron.d/x": b"x"}), "wijst buiten het zipbestand"),
        (package({f"{ROOT}mails/bom.txt": b"0" * (MOST_BYTES + 1)}), "uitgepakt groter dan 2 MB"),
        (package({}, twice=f"{ROOT}mails/besloten.txt"), "staat er twee keer in"),
        (package({f"{ROOT}mails/x.txt": b"/etc/passwd"}, link=f"{ROOT}mails/x.txt"), "is een verwijzing"),
        (package({f"{ROOT}run.py": b"import os"}), "hoort niet in een zaaktype"),
    )
    for packed, words in refused:
        page = upload(fenna, packed, 422)
        assert words in page
        assert 'href="#field-file"' in page
    assert read_draft_lines(services, FENNA) == ()


def test_s17_script_in_the_texts_of_a_package_is_text_on_every_page(fenna: Browser) -> None:
    """In labels of a form, the title of the case type, a status, a mail and the names of files."""
    start = json.loads(FILES["forms/start.json"])
    for part in start["components"]:
        part["text" if part["type"] == "text" else "label"] = SCRIPT
        part["description"] = SCRIPT
        part["properties"] = {"label.en": SCRIPT, "text.en": SCRIPT}
    drawing = re.sub(
        rb'(<case:(?:caseType|status|value|choice|documentType)\b[^>]*?(?:title|name)=")[^"]*',
        rb"\1" + b"&lt;script>alert(1)&lt;/script>",
        FILES["ingebrekestelling.bpmn"],
    )
    hostile = {
        f"{ROOT}forms/start.json": json.dumps(start).encode(),
        f"{ROOT}ingebrekestelling.bpmn": drawing,
        f'{ROOT}mails/"><img src=x onerror=alert(1)>.txt': f"Onderwerp: {SCRIPT}\n\n{SCRIPT} a@b.example".encode(),
        f'{ROOT}forms/"><img src=x onerror=alert(1)>.json': json.dumps(start).encode(),
    }
    upload(fenna, package(hostile), 200)
    seen = [fenna.html]
    fenna.post(re.findall(r'action="([^"]*/als-ontwerp)"', fenna.html)[0])
    for address in ("", "/algemeen", "/statussen", "/formulieren", "/brieven", "/engels", "/ontbreekt", "/bewaringen", "/in-gebruik",
                    "/formulieren/vragen/start.json", "/formulieren/vragen/start.json/0", "/formulieren/voorbeeld/start.json",
                    "/formulieren/voorbeeld/start.json?taal=en", "/tekening"):  # fmt: skip
        fenna.get(f"{HOME}{address}")
        seen.append(fenna.html)
    assert any("&lt;script&gt;alert(1)" in page for page in seen)
    for page in seen:
        assert "<script>alert" not in page
        assert "<img src=x" not in page


TEMPLATES = (
    "{{ ''.join(['a'] * 10000000) }}",
    "{% for a in range(10 ** 9) %}{{ a }}{% endfor %}",
    "{% include '/etc/passwd' %}{{ self }}{{ config }}",
    "{% if case.number %}" * 3000,
    "{{" * 20_000,
)


def test_s9_a_hostile_template_gets_a_sentence_and_runs_nothing(fenna: Browser) -> None:
    upload_as_it_is(fenna)
    for text in TEMPLATES:
        page = send(fenna, f"{HOME}/brieven/tekst/besloten", {"text": f"Onderwerp: X\n\n{text}", "step": "preview"})
        assert "Dit kan zo niet" in page, text[:40]
        assert "root:" not in page
    unknown = {"text": "Onderwerp: X\n\n{{ recipient.name.__class__.__mro__ }}", "step": "preview"}
    assert "[recipient.name.__class__.__mro__]" in send(fenna, f"{HOME}/brieven/tekst/besloten", unknown)


def upload_as_it_is(fenna: Browser) -> None:
    page = upload(fenna, package({}), 200)
    fenna.post(re.findall(r'action="([^"]*/als-ontwerp)"', page)[0])
