"""Logs without people in them: one line per event, and whatever looks like a BSN or a token is blacked out first."""

import logging
import re
import sys
import traceback
from collections.abc import MutableMapping
from typing import Any, Final

import structlog

from processes.base.secrets import bsn_is_valid

DIGITS: Final = re.compile(r"(?<![0-9A-Za-z])\d{9}(?![0-9A-Za-z])")
# 256 bits in base64url, as in a department's link or a cookie; a SHA-256 in hexadecimal is longer and may stay
TOKEN: Final = re.compile(r"(?<![A-Za-z0-9_-])[A-Za-z0-9_-]{43}(?![A-Za-z0-9_-])")
LINK: Final = re.compile(r"(/(?:verzoek|meelezen)/)[^\s/?\"']+")


def set_up_logs(*, production: bool, beside_output: bool = False) -> None:
    """Lines of JSON in production; elsewhere readable lines, and only of what is wrong. Blacks out libraries, too.

    They go to standard output; `beside_output` to standard error, for a command whose output people or programs read.
    """
    last = structlog.processors.JSONRenderer() if production else structlog.dev.ConsoleRenderer(colors=False)
    stamp = structlog.processors.TimeStamper(fmt="iso", utc=True)
    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO if production else logging.WARNING),
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            stamp,
            _only_kind_and_place,
            black_out,
            last,
        ],
        logger_factory=_to_error_output if beside_output else structlog.WriteLoggerFactory(),
    )
    handler = logging.StreamHandler()
    handler.addFilter(_black_out_record)
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)


def _to_error_output(*_: Any) -> structlog.WriteLogger:
    return structlog.WriteLogger(sys.stderr)


def redact(text: str) -> str:
    """The text with BSNs and tokens blacked out."""
    linked = LINK.sub(r"\1[token]", text)
    return DIGITS.sub(
        lambda found: "[bsn]" if bsn_is_valid(found.group()) else found.group(), TOKEN.sub("[token]", linked)
    )


def black_out(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """A processor of structlog: every text of the event, redacted."""
    for key, value in event.items():
        event[key] = value if isinstance(value, bool | float | None) else _redacted(value)
    return event


def _only_kind_and_place(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """A trace would show the values of variables, and so the data of people."""
    info = event.pop("exc_info", None)
    error = info if isinstance(info, BaseException) else sys.exc_info()[1] if info else None
    if error is not None:
        event["cause"] = _kind_and_place(error)
    return event


def _redacted(value: Any) -> Any:
    text = str(value)
    clean = redact(text)
    return value if clean == text else clean


def _black_out_record(record: logging.LogRecord) -> bool:
    # one line, so that nobody who chooses a value can write a line that looks like ours
    record.msg, record.args = " ".join(redact(record.getMessage()).splitlines()), ()
    if (
        record.exc_info and record.exc_info[1] is not None
    ):  # its message may quote what came in: only kind and place stay
        record.msg, record.exc_info = f"{record.msg} ({_kind_and_place(record.exc_info[1])})", None
    return True


def _kind_and_place(error: BaseException) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    return f"{type(error).__name__} at {frames[-1].filename}:{frames[-1].lineno}" if frames else type(error).__name__
