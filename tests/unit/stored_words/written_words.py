"""Words in the code that end up in rows, read from its source: file names and modules do not matter, so code may move.

In: folders of Python; out: by kind of word (an audit action, what is written in a column, ...) the set of words.
Words with parts that are filled in stand with `{}` for each part, such as `letter:{}`.
"""

import ast
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

Words = dict[str, set[str]]

# (name of the function, place of the argument) -> the kind of word that is given there
GIVEN: Final[Mapping[tuple[str, int], str]] = {
    ("audit", 1): "audit actions",
    ("record", 3): "audit actions",
    ("TrailLine", 2): "audit actions",
    ("_alone", 1): "audit actions",
    ("enqueue", 0): "outbox kinds asked",
    ("enqueue", 1): "outbox keys",
    ("outbox.enqueue", 1): "outbox kinds asked",
    ("outbox.enqueue", 2): "outbox keys",
    ("queue_mail", 2): "mail templates of the code",
    ("queue_mail", 6): "mail keys",
    ("tell_department", 4): "mail keys",
    ("_mail", 3): "mail templates of the code",
    ("send_standard", 1): "mail templates of the code",
    ("tell_readers", 3): "kinds of news",
    ("tell_parties", 2): "kinds of news",
    ("seal", 1): "sealed columns",
    ("open", 1): "sealed columns",
    ("SealedColumn", 2): "sealed columns",
    ("_key", 0): "purposes of keys",
    ("digest", 0): "digested texts",
    ("digests", 0): "digested texts",
    ("one_time_key", 1): "digested texts",
    ("_add", 2): "kinds of notes",
    ("_row", 2): "kinds of sessions",
    ("create", 1): "kinds of sessions",
    ("Actor", 0): "kinds of actors",
    ("has", 0): "roles of staff",
    ("has", 1): "roles of staff",
    ("_only_archive", 1): "roles of staff",
    ("_only_archive", 2): "roles of staff",
    ("only_staff", 1): "roles of staff",
    ("_may_go", 3): "state written",
    ("_changed", 1): "verbs of terms",
    ("_problem", 0): "codes of problems",
}
# the same, where the keys of a stored JSON object count
KEYS_GIVEN: Final[Mapping[tuple[str, int], str]] = {
    ("enqueue", 2): "outbox payloads",
    ("outbox.enqueue", 3): "outbox payloads",
    ("_order", 1): "outbox payloads",
    ("TrailLine", 3): "audit details",
    ("_row", 3): "keys of kept forms",
}
ELSEWHERE: Final = frozenset(
    {"migrations", "demo", "rehearsing", "engine"}
)  # the past, what only plays, what only names words
COLUMNS: Final = frozenset({
    "state", "status", "phase", "kind", "channel", "origin", "audience", "side", "confidentiality", "party_role", "template",
    "excluded", "public", "result", "variant", "verb",
})  # fmt: skip
JSON_COLUMNS: Final = frozenset({"certificate", "to_departments", "wanted", "timers", "value", "record", "payload"})


def written_words(*folders: Path) -> Words:
    """Every kind of word with its words."""
    found: Words = defaultdict(set)
    trees = {file: ast.parse(file.read_text()) for folder in folders for file in sorted(folder.rglob("*.py"))}
    spelled = _Spelled(trees.values())
    for file, read in trees.items():
        if not ELSEWHERE & set(file.parts):
            tree = spelled.visit(read)
            constants = _constants(tree)
            tree = _OfTables(constants).visit(tree)
            for node in ast.walk(tree):
                for kind, word in _words_of(node, constants):
                    found[kind].add(word)
    return {kind: words for kind, words in found.items() if words}


class _Spelled(ast.NodeTransformer):
    """Puts the word in the place of each member of an enumeration; no two enumerations share a name (see unit/words)."""

    def __init__(self, trees: Iterable[ast.AST]) -> None:
        self.words = {
            (made.name, target.id): member.value
            for tree in trees
            for made in ast.walk(tree)
            if isinstance(made, ast.ClassDef) and any(getattr(base, "id", "") == "StrEnum" for base in made.bases)
            for member in made.body
            if isinstance(member, ast.Assign) and isinstance(target := member.targets[0], ast.Name)
        }

    def visit_Attribute(self, node: ast.Attribute) -> ast.AST:
        word = self.words.get((getattr(node.value, "id", ""), node.attr))
        return ast.copy_location(word, node) if word is not None else self.generic_visit(node)


class _OfTables(ast.NodeTransformer):
    """Puts all that a table of the file can give in the place of one look into it."""

    def __init__(self, constants: Mapping[str, ast.expr]) -> None:
        self.constants = constants

    def visit_Subscript(self, node: ast.Subscript) -> ast.AST:
        table = self.constants.get(getattr(node.value, "id", ""))
        if not isinstance(table, ast.Dict) or _looks_into_itself(table, node.value):
            return self.generic_visit(node)
        return ast.List(table.values, ast.Load())


def _looks_into_itself(table: ast.Dict, name: ast.expr) -> bool:
    """Whether a name is given a table made of what it was before: put into each other the two would have no end."""
    inner = (node.value for node in ast.walk(table) if isinstance(node, ast.Subscript))
    return any(getattr(one, "id", None) == getattr(name, "id", "") for one in inner)


def _constants(tree: ast.Module) -> dict[str, ast.expr]:
    """Names of the file, and of its functions, with what they stand for; the last of several that share a name."""
    named: dict[str, ast.expr] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            named[node.targets[0].id] = node.value
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.value:
            named[node.target.id] = node.value
    return named


def _words_of(node: ast.AST, constants: Mapping[str, ast.expr]) -> Iterator[tuple[str, str]]:
    if isinstance(node, ast.Call):
        yield from _of_call(node, constants)
    if isinstance(node, ast.Assign):
        for target in node.targets:
            yield from _of_assignment(target, node.value, constants)
    if isinstance(node, ast.Subscript) and getattr(node.value, "id", "") == "payload":
        yield from (("outbox payloads read", word) for word in _texts(node.slice))
    if isinstance(node, ast.Compare) and isinstance(node.left, ast.Attribute) and node.left.attr in COLUMNS:
        given = [constants.get(getattr(one, "id", ""), one) for one in node.comparators]
        yield from ((f"{node.left.attr} read", word) for one in given for word in _texts(one))
    if isinstance(node, ast.FunctionDef):
        yield from _of_defaults(node)


def _of_call(node: ast.Call, constants: Mapping[str, ast.expr]) -> Iterator[tuple[str, str]]:
    called = _name_of(node.func)
    for place, given in enumerate(node.args):
        value = constants.get(given.id, given) if isinstance(given, ast.Name) else given
        if (called, place) in GIVEN:
            yield from ((GIVEN[called, place], word) for word in _texts(value))
        if (called, place) in KEYS_GIVEN:
            yield from ((KEYS_GIVEN[called, place], key) for key in _keys(value))
    for keyword in node.keywords:
        if called in {"audit", "_alone"} and keyword.arg:
            yield "audit details", keyword.arg
        if keyword.arg in COLUMNS:
            yield from ((f"{keyword.arg} written", word) for word in _texts(keyword.value))
        if keyword.arg in JSON_COLUMNS:
            yield from ((f"{keyword.arg} keys", key) for key in _keys(keyword.value))
    if isinstance(node.func, ast.Attribute):
        yield from _of_asked(called, getattr(node.func.value, "attr", ""), node.args)


def _of_asked(called: str, of: str, given: list[ast.expr]) -> Iterator[tuple[str, str]]:
    """`TaskRow.state.in_((...))` reads a column, `settings.oidc.get(...)` the environment."""
    if called in {"in_", "not_in"} and of in COLUMNS:
        yield from ((f"{of} read", word) for one in given for word in _texts(one))
    if (called, of) == ("get", "oidc"):
        yield from (("environment of sign-on", word) for word in _texts(given[0]))


def _name_of(function: ast.expr) -> str:
    """The last name of what is called; `enqueue` of the outbox itself is another one than that of a unit of work."""
    name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
    of_outbox = isinstance(function, ast.Attribute) and getattr(function.value, "id", "") == "outbox"
    return f"outbox.{name}" if of_outbox else name


def _of_assignment(target: ast.expr, value: ast.expr, constants: Mapping[str, ast.expr]) -> Iterator[tuple[str, str]]:
    if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
        for one, given in zip(target.elts, value.elts, strict=True):
            yield from _of_assignment(one, given, constants)
    name = target.attr if isinstance(target, ast.Attribute) else getattr(target, "id", "")
    if name in COLUMNS:
        yield from ((f"{name} written", word) for word in _texts(value))
    if isinstance(target, ast.Attribute) and target.attr in JSON_COLUMNS:
        named = [constants[one] for one in _whole_names(value) if one in constants]
        yield from ((f"{target.attr} keys", key) for part in [value, *named] for key in _keys(part))


def _whole_names(value: ast.expr) -> Iterator[str]:
    """Names that stand for a whole object: the value itself, a member of a list, what is spread into a mapping."""
    parts = [value, *getattr(value, "elts", ())]
    if isinstance(value, ast.Dict):
        parts += [one for key, one in zip(value.keys, value.values, strict=True) if key is None]
    yield from (one.id for one in parts if isinstance(one, ast.Name))


def _of_defaults(node: ast.FunctionDef) -> Iterator[tuple[str, str]]:
    arguments = [*node.args.posonlyargs, *node.args.args]
    given = zip(arguments[len(arguments) - len(node.args.defaults) :], node.args.defaults, strict=True)
    named = [(one, value) for one, value in zip(node.args.kwonlyargs, node.args.kw_defaults, strict=True) if value]
    for argument, value in [*given, *named]:
        if argument.arg in COLUMNS:
            yield from ((f"{argument.arg} written", word) for word in _texts(value))


def _texts(value: ast.expr) -> Iterator[str]:
    """The texts that an expression can become: itself, either side of a choice, the members of a list."""
    if isinstance(value, ast.Constant) and isinstance(value.value, str) and value.value:
        yield value.value
    if isinstance(value, ast.JoinedStr):
        yield "".join(part.value if isinstance(part, ast.Constant) else "{}" for part in value.values)
    if isinstance(value, ast.IfExp):
        yield from [*_texts(value.body), *_texts(value.orelse)]
    if isinstance(value, ast.Call) and isinstance(value.func, ast.Attribute) and isinstance(value.func.value, ast.Dict):
        yield from (word for one in [*value.func.value.values, *value.args[1:]] for word in _texts(one))
    if isinstance(value, ast.Tuple | ast.List | ast.Set):
        yield from (word for one in value.elts for word in _texts(one))


def _keys(value: ast.expr) -> Iterator[str]:
    for node in ast.walk(value):
        if isinstance(node, ast.Dict):
            yield from (key.value for key in node.keys if isinstance(key, ast.Constant) and isinstance(key.value, str))
