"""Whether two versions of a case type differ in words alone: then a running case can go on with the new one as if nothing happened.

Words are names, titles and explanations, in every language, and the whole text of mails and letters. Everything else counts as the way
the case type works: steps, flows, conditions, terms, who does what, what is asked, what is kept. Rehearsals do not count: no case reads them.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from typing import Any, Final

from engine.drawing import DrawnNode, Lane
from engine.kernel.reading import Reading
from engine.model import Folder

# fields of the classes of engine.model that hold words
WORDS: Final = frozenset({
    "name", "title", "label", "description", "explanation", "next", "documentation", "synonyms", "filed_as", "translations", "filed_translations",
})  # fmt: skip
NAMED: Final = (DrawnNode, Lane)  # of the graph; the name of an event there is the message itself
ENGLISH: Final = ".en"  # a mail in English beside the Dutch one
WORDS_OF_FORMS: Final = ("label", "description", "text", "en", "translations")


def only_words(old: Folder, new: Folder, course: Callable[[bytes], Any]) -> bool:
    """Whether nothing but words differs. `course` gives `course_of` for a drawing. False for a drawing that cannot be read."""
    before = course(old.drawing)
    return before is not None and before == course(new.drawing) and _files(old) == _files(new)


def course_of(reading: Reading) -> Any:
    """A drawing without its words, to compare with another; None for one that cannot be read."""
    if reading.model is None or reading.drawing is None:
        return None
    graph = reading.drawing
    return _bare(reading.model), [_without_names(part) for part in (graph.nodes, graph.flows, graph.lanes)]


def _files(folder: Folder) -> tuple[Any, ...]:
    mails = {name.replace(ENGLISH, "") for name in folder.mails}
    return mails, {name: _form(content) for name, content in folder.forms.items()}


def _form(content: bytes) -> Any:
    try:
        return _plain(json.loads(content))
    except ValueError:
        return content


def _plain(part: Any) -> Any:
    if isinstance(part, Mapping):
        return {name: _plain(one) for name, one in part.items() if name not in WORDS_OF_FORMS}
    return [_plain(one) for one in part] if isinstance(part, list) else part


def _bare(part: Any) -> Any:
    """A value of the model without its words."""
    if is_dataclass(part) and not isinstance(part, type):
        kept = (one.name for one in fields(part) if one.name not in WORDS)
        return {name: _bare(getattr(part, name)) for name in kept}
    if isinstance(part, Mapping):
        return {name: _bare(one) for name, one in part.items()}
    return [_bare(one) for one in part] if isinstance(part, tuple) else part


def _without_names(part: Any) -> Any:
    """A part of the graph without the names of its nodes and lanes."""
    if isinstance(part, Mapping):
        return {name: _without_names(one) for name, one in part.items()}
    if isinstance(part, tuple):
        return [_without_names(one) for one in part]
    if isinstance(part, NAMED):
        return {one.name: getattr(part, one.name) for one in fields(part) if one.name != "name"}
    return part
