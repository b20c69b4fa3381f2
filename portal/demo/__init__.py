"""The demo: a start page, a clock that moves, and a mailbox to read. Never part of production."""

from portal.demo.pages import router

__all__ = ["router"]
