"""P2: through the real nginx with docs/nginx.conf a large file that is cut off goes on where it was, and not from its beginning."""

import tempfile
from pathlib import Path

from kit.browser import hidden
from kit.desk import Desk, desk
from kit.proxy import NAME, nginx
from kit.running import running
from kit.tus import tus_js
from kit.waiting import until

from portal.serving import server_config
from processes.storage.tables import LargeUpload

SIZE = 30_000_000


def test_p2_a_piece_that_is_cut_off_behind_the_proxy_is_not_lost(tmp_path: Path) -> None:
    with (
        desk(tmp_path, trusted_proxies=("127.0.0.1",), public_url=f"https://{NAME}") as office,
        running(server_config(office.services, "127.0.0.1", 0)) as port,
        tempfile.TemporaryDirectory(prefix="zs-nginx-") as folder,
        nginx(Path(folder), port) as proxy,
    ):
        task = hidden(office.client.get(office.address).text, "task")
        told = {"endpoint": f"https://127.0.0.1:{proxy.https}{office.address}/uploads?task={task}", "host": NAME,
                "origin": f"https://{NAME}", "csrf": office.csrf, "size": SIZE, "certificate": proxy.certificate}  # fmt: skip
        cut = tus_js(**told, until=12_000_000)
        assert until(lambda: stored(office)[1] is None)
        came, _ = stored(office)
        assert came > 1_000_000
        on = tus_js(**told, url=cut["url"])
        assert (on.get("done"), on["begun"]) == (True, [came])
        assert "/uploads" not in proxy.logged  # which would hold the link


def stored(office: Desk) -> tuple[int, str | None]:
    """How many bytes came in, and who is bringing more."""
    (row,) = office.rows(LargeUpload)
    return row.received, row.writer
