"""P2: tus-js-client itself sends a large file to the running server, is cut off, and goes on where the server was."""

import hashlib

from kit.desk import Desk
from kit.installation import BASE
from kit.running import running
from kit.tus import tus_js
from kit.waiting import until
from test_large_files import deliver, delivered, task_of

from portal.serving import server_config
from processes.jobs.workers import drain
from processes.storage.tables import LargeUpload, UploadPart

SIZE = 40_000_000


def received(office: Desk) -> tuple[int, str | None]:
    (row,) = office.rows(LargeUpload)
    return row.received, row.writer


def test_p2_the_usual_client_goes_on_after_its_browser_was_closed_in_the_middle(office: Desk) -> None:
    with running(server_config(office.services, "127.0.0.1", 0)) as port:
        site = f"http://127.0.0.1:{port}"
        told = {
            "endpoint": f"{site}{office.address}/uploads{task_of(office)}",
            "origin": BASE,
            "csrf": office.csrf,
            "size": SIZE,
        }
        cut = tus_js(**told, until=15_000_000)
        assert until(lambda: received(office)[1] is None)  # what came in is stored, and the next may come
        stored, _ = received(office)
        assert 0 < stored < SIZE
        on = tus_js(**told, url=cut["url"])
        assert (on.get("done"), on["begun"]) == (True, [stored])
        again = tus_js(**told, piece=7_000_000)
        assert again["begun"] == list(range(0, SIZE, 7_000_000))
        refused = tus_js(**{**told, "csrf": "x"})
        assert "hoort niet bij uw huidige bezoek" in refused["answer"]
    assert max(part.size for part in office.rows(UploadPart)) < 20_000_000  # nothing holds a whole file at a time
    drain(office.services)
    deliver(office)
    whole = hashlib.sha256(b"%PDF-1.7\n" + b"x" * (SIZE - 9)).hexdigest()
    assert [row.sha256 for row in delivered(office)] == [whole, whole]
