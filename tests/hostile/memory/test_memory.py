"""T1: a real `zaakspoor web` stays below 400 MB under the largest tries, answers each of them, and serves the others."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path

import httpx
from kit.cases import BEZWAAR, add_departments, put_in_use, register_bezwaar
from kit.installation import installation
from kit.people import FENNA, NOOR, TESS
from kit.running import heard, line_to
from kit.tries import tried
from kit.web_process import WebProcess, web_process

from portal.security.sessions import cookie_name
from processes.base.actor import Actor
from processes.storage import web_sessions
from processes.storage.services import Services
from processes.storage.staff import remember

MOST = 400  # megabytes
MEGABYTE = 1_000_000
HEADER = b"GET / HTTP/1.1\r\nHost: proef\r\nX-Iets: "
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
LAUGHS = "<!DOCTYPE d [<!ENTITY a 'ha'>" + "".join(f"<!ENTITY a{n} '&a;&a;'>" for n in range(30)) + "]><d>&a29;</d>"


def pdf(megabytes: float) -> bytes:
    return b"%PDF-1.7\n" + bytes(range(256)) * int(megabytes * MEGABYTE / 256) + b"\n%%EOF\n"


def pdf_bomb() -> bytes:
    """An encrypted PDF whose table of contents (a compressed stream) unpacks to 60 MB."""
    packed = zlib.compress(bytes(60 * MEGABYTE), 9)
    stream = b"<</Type/XRef/Size 9000000/W[1 2 1]/Root 1 0 R/Encrypt 2 0 R/Filter/FlateDecode/Length %d>>" % len(packed)
    head = b"%PDF-1.7\n1 0 obj\n" + stream + b"\nstream\n"
    return head + packed + b"\nendstream\nendobj\nstartxref\n9\n%%EOF\n"


def zip_bomb(name: str, megabytes: int = 60) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive, archive.open(name, "w") as entry:
        for _ in range(megabytes):
            entry.write(bytes(MEGABYTE))
    return made.getvalue()


def png_bomb() -> bytes:
    """An image of 40,000 by 40,000 pixels, all of one colour."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 40_000, 40_000, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(bytes(20 * MEGABYTE)))
        + chunk(b"IEND", b"")
    )


def endless(piece: bytes, times: int) -> Iterator[bytes]:
    for _ in range(times):
        yield piece


def furnish(services: Services) -> None:
    put_in_use(services, *BEZWAAR)
    add_departments(services, "parkeren")


class Visitor:
    """A browser at the real process. Without a person it is signed in nowhere."""

    def __init__(self, services: Services, process: WebProcess, who: Actor | None = None) -> None:
        self.http = httpx.Client(base_url=process.address, timeout=120, headers={"Origin": process.address})
        self.csrf = ""
        if who is not None:
            made = web_sessions.create(services, who.kind, who.subject, who.name, who.roles)
            self.csrf = made.csrf
            self.http.cookies.set(cookie_name(services.settings, who.kind), made.cookie)

    def form(self, path: str, fields: dict[str, str]) -> httpx.Response:
        return self.http.post(path, data={"csrf": self.csrf, "form_key": "k", **fields})

    def upload(self, path: str, name: str, content: bytes, field: str = "files", **fields: str) -> httpx.Response:
        sent = {field: (name, content, "application/octet-stream")}
        return self.http.post(path, data={"csrf": self.csrf, "form_key": "k", **fields}, files=sent)

    def raw(self, path: str, pieces: Iterator[bytes]) -> httpx.Response:
        return self.http.post(path, content=pieces, headers=FORM)


@contextmanager
def visiting(services: Services, process: WebProcess, who: Actor | None) -> Iterator[Visitor]:
    made = Visitor(services, process, who)
    with made.http:
        yield made


def tries(noor: Visitor, fenna: Visitor, nobody: Visitor, number: str) -> list[Callable[[], httpx.Response]]:
    documents, models, register = f"/werk/zaken/{number}/documenten", "/beheer/zaaktypen/nieuw", "/werk/nieuw/bezwaar"
    named = {"type": "report", "title": "Verslag"}
    return [
        lambda: noor.form(register, {f"veld{n}": "x" * 3_800 for n in range(490)}),
        lambda: nobody.form(register, {f"veld{n}": "x" * 3_800 for n in range(490)}),
        lambda: noor.form(register, {f"v{n}": "" for n in range(100_000)}),
        lambda: noor.form(register, {"grounds": "x" * 15 * MEGABYTE}),
        lambda: nobody.raw(register, endless(b"a=%C3%A9&" * 10_000, 300)),
        lambda: nobody.raw("/inloggen", endless(b"x" * 1000, 10_000)),
        lambda: nobody.upload(register, "klein.pdf", pdf(0.01), **{f"v{n}": "x" * 950_000 for n in range(20)}),
        lambda: noor.upload(register, "klein.pdf", pdf(0.01), **{f"v{n}": "x" * 950_000 for n in range(20)}),
        lambda: noor.upload(documents, "groot.pdf", pdf(19), **named),
        lambda: noor.upload(documents, "te-groot.pdf", pdf(25), **named),
        lambda: noor.upload(documents, "bom.pdf", pdf_bomb(), **named),
        lambda: noor.upload(documents, "bom.odt", zip_bomb("META-INF/manifest.xml"), **named),
        lambda: noor.upload(documents, "bom.docx", zip_bomb("word/document.xml"), **named),
        lambda: noor.upload(documents, "bom.png", png_bomb(), **named),
        lambda: fenna.upload(models, "bom.zip", zip_bomb("bezwaar/bezwaar.bpmn"), "file"),
        lambda: fenna.upload(models, "lach.bpmn", LAUGHS.encode(), "file"),
        lambda: fenna.upload(models, "diep.bpmn", b"<a>" * 400_000, "file"),
        lambda: nobody.http.get("/inloggen?terug=" + "x" * 15_000),
        lambda: noor.http.get("/werk/zaken?zoek=" + "x" * 15_000),
    ]


def test_t1_memory_stays_below_400_megabytes(tmp_path: Path, counted: str) -> None:
    with (
        installation(tmp_path, furnish, upload_megabytes=20) as services,
        web_process(services, tmp_path, forked=False) as process,
        ExitStack() as open_,
    ):
        number = register_bezwaar(services, TESS)
        half_open = [open_.enter_context(line_to(process.port)) for _ in range(60)]
        for line in half_open:
            line.sendall(HEADER)
        with services.sessions.begin() as session:
            for employee in (NOOR, FENNA):
                remember(session, employee)
        noor, fenna, nobody = (open_.enter_context(visiting(services, process, who)) for who in (NOOR, FENNA, None))
        asked = tries(noor, fenna, nobody, number)
        begin = process.peak_megabytes
        for one in asked:
            tried(counted, one())
        with ThreadPoolExecutor(4) as together:  # and some of the largest at the same time
            for answer in together.map(lambda one: one(), [asked[8], asked[8], asked[10], asked[7]]):
                tried(counted, answer)
        assert noor.http.get(f"/werk/zaken/{number}").status_code == 200
        answers = [heard(line) for line in half_open]
        peak = process.peak_megabytes
    for _ in half_open:
        tried(counted)
    print(f"memory of the web process: {begin} MB at first, {peak} MB at most")  # noqa: T201
    assert peak < MOST
    assert {answer[:12] for answer in answers} == {b"HTTP/1.1 408"}
