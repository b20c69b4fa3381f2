"""The table of stored words of a release, and the one of today's code.

    python tests/unit/stored_words/stored_table.py 0.1

writes tests/data/releases/0.1/stored-words.json: run once, with the code of that release, as tools/keep_release.py is.
"""

import json
import sys
import tempfile
from pathlib import Path

from registered_words import registered_words
from written_words import written_words

HOME = Path(__file__).parents[3]
RELEASES = HOME / "tests" / "data" / "releases"
SOURCES = (HOME / "processes", HOME / "portal", HOME / "engine")
NAMES = sorted(place.parent.name for place in RELEASES.glob("*/stored-words.json"))


# of the pages alone: what a step, a penalty or an entry of a timeline is called on its way to a template
OF_PAGES = {
    "kind read": {"audit", "decision", "law", "news", "startEvent", "value"},
    "state read": {"current", "nothing", "waiting", "ended"},
    "state written": {"current", "nothing", "waiting", "ended"},
}


def words_now(folder: Path) -> dict[str, set[str]]:
    """By kind of word the words of today's code; `folder` is for a small database."""
    found = {**written_words(*SOURCES), **registered_words(folder)}
    return {kind: words - OF_PAGES.get(kind, set()) for kind, words in found.items()}


def kept(release: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = json.loads((RELEASES / release / "stored-words.json").read_text())
    return found


# what a migration called otherwise: 0004 made the status of an instance its phase
KINDS_NOW = {"status read": "phase read", "status written": "phase written"}
WORDS_NOW = {"instance.status=running": "instance.phase=running"}

# what is not written any more, in rows that lived for half an hour and are passed over since
GONE = {
    "kinds of sessions": {"kept"},  # what was typed after a sign-in had ended is a draft, which has its own keys
    "kind read": {"kept"},
    "keys of kept forms": {"address", "fields", "subject"},
}


def main(release: str) -> None:
    if release in NAMES:
        raise SystemExit(f"the words of {release} are there already: what was released never changes")
    with tempfile.TemporaryDirectory() as folder:
        table = {kind: sorted(words) for kind, words in sorted(words_now(Path(folder)).items())}
    place = RELEASES / release / "stored-words.json"
    place.write_text(json.dumps(table, indent=1, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main(sys.argv[1])
