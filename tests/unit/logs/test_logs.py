"""I7: no BSN and no token in any log."""

import json
import logging

import pytest
import structlog

from processes.base.logs import black_out, redact, set_up_logs
from processes.base.secrets import Secrets

TOKEN = Secrets("x" * 32).link_token(b"salt")
HASH = Secrets("x" * 32).token_hash(TOKEN)

TEXTS = {
    "bsn 999993653 kwam": "bsn [bsn] kwam",
    "nummer 123456789": "nummer 123456789",
    "id 1999993653": "id 1999993653",
    f"GET /verzoek/{TOKEN}?x=1": "GET /verzoek/[token]?x=1",
    "GET /verzoek/afgekapt/stuk": "GET /verzoek/[token]/stuk",
    "GET /meelezen/afgekapt/statussen": "GET /meelezen/[token]/statussen",
    f"cookie {TOKEN}": "cookie [token]",
    f"hash {HASH}": f"hash {HASH}",
    "BZW-2027-00001": "BZW-2027-00001",
}


@pytest.mark.parametrize("text", TEXTS, ids=range(len(TEXTS)))
def test_redact(text: str) -> None:
    assert redact(text) == TEXTS[text]


def test_every_value_of_an_event_is_redacted() -> None:
    event = {"event": "x", "id": 999993653, "inside": {"path": f"/verzoek/{TOKEN}"}, "count": 3, "ok": True}
    assert black_out(None, "info", event) == {
        "event": "x", "id": "[bsn]", "inside": "{'path': '/verzoek/[token]'}", "count": 3, "ok": True,
    }  # fmt: skip


def test_our_lines_and_those_of_libraries_are_clean(capsys: pytest.CaptureFixture[str]) -> None:
    before = (logging.root.handlers[:], logging.root.level)
    try:
        set_up_logs(production=True)
        structlog.get_logger().warning("kwam", bsn="999993653")
        try:
            int("999993653x")
        except ValueError:
            logging.getLogger("library").exception("fout bij %s", f"/verzoek/{TOKEN}")
        captured = capsys.readouterr()
    finally:
        logging.root.handlers, logging.root.level = before
        structlog.reset_defaults()
    assert json.loads(captured.out)["bsn"] == "[bsn]"
    assert captured.err.startswith(f"ERROR:library:fout bij /verzoek/[token] (ValueError at {__file__}:")
    assert "999993653" not in captured.err


@pytest.mark.parametrize("sign", ["\n", "\r\n", "\r", "\v", "\f", "\x1c", "\x85", "\u2028"])
def test_t8_a_line_break_in_what_came_in_begins_no_line_of_the_log(
    capsys: pytest.CaptureFixture[str], sign: str
) -> None:
    before = (logging.root.handlers[:], logging.root.level)
    forged = f'naam{sign}{{"event": "sign_in", "outcome": "ok"}}'
    try:
        set_up_logs(production=True)
        structlog.get_logger().warning("kwam", name=forged)
        logging.getLogger("library").warning("kwam van %s", forged)
        captured = capsys.readouterr()
    finally:
        logging.root.handlers, logging.root.level = before
        structlog.reset_defaults()
    assert len(captured.out.splitlines()) == len(captured.err.splitlines()) == 1
    assert json.loads(captured.out)["name"] == forged
