"""The law book with the settings that are part of the law: the tariffs of the penalty and the retention classes."""

from collections.abc import Iterable
from dataclasses import replace
from itertools import chain

from processes.dated.retention import RETENTION
from processes.dated.shelf import SettingShelf
from processes.dated.tariff import TARIFF
from processes.law import LawBook, Tariff


def with_settings(book: LawBook, shelf: SettingShelf) -> LawBook:
    """The book with the tariffs and classes of the shelf in the place of its own."""
    tariffs = chain.from_iterable(_ended(shelf, code) for code in shelf.codes(TARIFF))
    retention = tuple(version.made for version in shelf.all_versions(RETENTION))
    return replace(book, tariffs=tuple(tariffs), retention=retention)


def _ended(shelf: SettingShelf, code: str) -> Iterable[Tariff]:
    return (replace(version.made, valid_until=version.until) for version in shelf.versions(TARIFF, code))
