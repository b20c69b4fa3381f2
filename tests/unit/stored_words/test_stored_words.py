"""Words that stand in rows, on queues, in settings and in metrics keep their spelling, whatever the code is called.

Each release left a table of its words (stored_table.py says how it is written); later code must still have them all.
"""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
import zstandard
from stored_table import GONE, KINDS_NOW, NAMES, RELEASES, WORDS_NOW, kept, words_now

FIRST = "0.1"

# what a column of the kept database holds, and where its words stand in the table
KEPT_COLUMNS = {
    "SELECT DISTINCT action FROM audit": ("audit actions", "anchors of the trail"),
    "SELECT DISTINCT key FROM audit, json_each(detail)": ("audit details",),
    "SELECT DISTINCT kind FROM outbox": ("outbox kinds",),
    "SELECT DISTINCT json_each.key FROM outbox, json_each(payload)": ("outbox payloads", "carried by stored work"),
    "SELECT DISTINCT side FROM task": ("sides",),
    "SELECT DISTINCT state FROM task": ("state written", "defaults of task.state"),
    "SELECT DISTINCT state FROM document": ("state written",),
    'SELECT DISTINCT state FROM "case"': ("state written", "defaults of case.state"),
    "SELECT DISTINCT status FROM instance": ("status written", "defaults of instance.status"),
    "SELECT DISTINCT state FROM destruction": ("state written", "defaults of destruction.state"),
    "SELECT DISTINCT kind FROM note": ("kind written", "kinds of notes"),
    "SELECT DISTINCT kind FROM web_session": ("kinds of sessions", "kinds of actors"),
    "SELECT DISTINCT kind FROM law_rule": ("kinds of law records",),
    "SELECT DISTINCT kind FROM case_relation": ("relations",),
    "SELECT DISTINCT name FROM setting": ("rows of settings",),
    "SELECT DISTINCT code || ':' || variant FROM law_rule WHERE kind = 'rule'": ("law rules",),
    'SELECT DISTINCT retention_class FROM "case" WHERE retention_class IS NOT NULL': ("retention classes",),
    'SELECT DISTINCT channel FROM "case"': ("channels of cases",),
    "SELECT DISTINCT channel FROM notice": ("channel written", "channel read"),
    "SELECT DISTINCT channel FROM party": ("channel written", "channel read"),
    "SELECT DISTINCT origin FROM document": ("origin written", "kinds of actors"),
    "SELECT DISTINCT key FROM destruction, json_each(certificate)": ("certificate keys",),
    "SELECT DISTINCT substr(actor, 1, instr(actor || ':', ':') - 1) FROM audit": ("kinds of actors", "system actor"),
}


@pytest.fixture(scope="module")
def now(tmp_path_factory: pytest.TempPathFactory) -> dict[str, set[str]]:
    return words_now(tmp_path_factory.mktemp("words"))


@pytest.mark.parametrize(("release", "kind"), [(one, kind) for one in NAMES for kind in kept(one)])
def test_a_stored_word_keeps_its_spelling(now: dict[str, set[str]], release: str, kind: str) -> None:
    wanted = {WORDS_NOW.get(word, word) for word in kept(release)[kind]} - GONE.get(kind, set())
    gone = sorted(wanted - now.get(KINDS_NOW.get(kind, kind), set()))
    assert not gone, (
        f"{kind}: {', '.join(gone)} is no longer in the code, but stands in rows (or on queues, in settings, in metrics) of "
        f"release {release}. Keep the word, or give it a migration: one that changes the rows, both ways."
    )


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("kept") / "kept.db"
    content = (RELEASES / FIRST / "database.sqlite.zst").read_bytes()
    place.write_bytes(zstandard.ZstdDecompressor().decompress(content))
    return place


@pytest.mark.parametrize("question", KEPT_COLUMNS)
def test_the_table_knows_every_word_of_the_kept_rows(rows: Path, question: str) -> None:
    table = kept(FIRST)
    known = {word for kind in KEPT_COLUMNS[question] for word in _listed(table, kind)}
    with closing(sqlite3.connect(rows)) as database:
        found = {str(word) for (word,) in database.execute(question)}
    assert found
    assert found - known == set()


def _listed(table: dict[str, list[str]], kind: str) -> list[str]:
    """`defaults of task.state`: what the column holds when nothing is said."""
    column = kind.removeprefix("defaults of ")
    if column in {kind, "columns"}:
        return table[kind]
    return [one.partition("=")[2] for one in table["defaults of columns"] if one.startswith(f"{column}=")]
