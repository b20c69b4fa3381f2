"""The tags of a PDF (ISO 32000-1, 14.7), so that what could be read aloud before can be read aloud in the bundle too."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from pikepdf import Array, Dictionary, Name, NumberTree, Object, Pdf, PdfError, String

from processes.post.bundling.emitting import Emitter

OF_ROOT: Final = (
    "/ParentTree",
    "/ParentTreeNextKey",
    "/RoleMap",
    "/ClassMap",
    "/IDTree",
    "/Namespaces",
    "/PronunciationLexicon",
)


@dataclass(frozen=True, slots=True)
class Tags:
    """The root of the tags of one file, and by key what each page or part of it holds; `roles` what own names of tags stand for."""

    root: Dictionary
    parents: Mapping[int, Any]
    roles: Mapping[str, str] = field(default_factory=dict)


def tags_of(pdf: Pdf) -> Tags | None:
    """None for a file without tags, or with tags that nobody can follow."""
    root = pdf.Root.get("/StructTreeRoot")
    if not isinstance(root, Dictionary) or not root.is_indirect or "/K" not in root:
        return None
    tree = root.get("/ParentTree")
    if not isinstance(tree, Dictionary):
        return None
    try:
        parents = dict(NumberTree(pdf.make_indirect(tree) if not tree.is_indirect else tree).items())
    except (PdfError, ValueError, TypeError, RuntimeError):
        return None
    roles = root.get("/RoleMap")
    pairs = roles.items() if isinstance(roles, Dictionary) else ()
    return Tags(root, parents, {str(name): str(what) for name, what in pairs if isinstance(what, Name)})


def as_part(tags: Tags, title: str, language: str) -> None:
    """The root of the tags becomes one part of the bundle; its parent is said by who writes it (`/P`)."""
    root = tags.root
    for name in OF_ROOT:
        if name in root:
            del root[name]
    root[Name.Type], root[Name.S], root[Name.T] = Name.StructElem, Name.Part, String(title)
    if language:
        root[Name.Lang] = String(language)


def renamed_roles(own: Mapping[str, str], taken: Mapping[str, str], number: int) -> dict[str, str]:
    """The names of tags that stand for something else in what is there already, each with another name."""
    clash = [name for name, what in own.items() if taken.get(name, what) != what]
    return {name: f"{name}_{number}" for name in clash}


def write_parents(emitter: Emitter, tags: Tags) -> list[tuple[int, int]]:
    """`(new key, number of an object)` of all that is tagged."""
    found = []
    for old, new in emitter.parents.items():
        held = tags.parents[old]
        if not isinstance(held, Array | Dictionary):
            continue
        one: Object = held if held.is_indirect else emitter.pdf.make_indirect(held)
        if number := emitter.want(one):
            found.append((new, number))
    return found
