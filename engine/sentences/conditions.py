"""A condition as rows: `als [Wijze van behandelen] [is] [De commissie hoort]`, joined by *en* or *of*. From an expression, and back.

Rows stand in groups: the groups are joined by one word, the rows of one group by the other, so `a en (b of c)` can be said.
"""

import ast
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from engine.sentences.moments import called, dotted, moment_in_words, moment_of, read_moment, tree_of
from engine.sentences.names import TODAY, NameKind, Names
from engine.sentences.verbs import VERBS, Takes, Verb, verbs_of


class RowJoin(StrEnum):
    """The words between rows, as the language writes them."""

    AND = "and"
    OR = "or"

    @property
    def other(self) -> "RowJoin":
        return RowJoin.OR if self == RowJoin.AND else RowJoin.AND


WORDS: Mapping[str, str] = {RowJoin.AND: "en", RowJoin.OR: "of"}
OPERATORS: Mapping[type[ast.boolop], RowJoin] = {ast.And: RowJoin.AND, ast.Or: RowJoin.OR}
COMPARED: Mapping[type[ast.cmpop], frozenset[str]] = {
    ast.Eq: frozenset({"is", "equals", "on", "no"}),
    ast.NotEq: frozenset({"is_not", "differs", "not_on", "not_no"}),
    ast.Gt: frozenset({"more", "after"}),
    ast.GtE: frozenset({"at_least", "since"}),
    ast.Lt: frozenset({"less", "before"}),
    ast.LtE: frozenset({"at_most", "until"}),
    ast.In: frozenset({"among", "holds"}),
    ast.NotIn: frozenset({"not_among", "lacks"}),
}
OF_ANSWERS = {"any_of": "any", "all_of": "all"}
LITERALS = {"true": True, "false": False}


@dataclass(frozen=True, slots=True)
class SentenceRow:
    """One thing that must hold. `values`: codes or texts, one number, or the expression of one moment; empty for verbs that take none."""

    name: str
    verb: str
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Condition:
    """`join` stands between the groups, the other word between the rows of one group. A group is never empty."""

    join: RowJoin
    groups: tuple[tuple[SentenceRow, ...], ...]

    @property
    def plain(self) -> "Condition":
        """The same, with one way to say the same: one group of several rows is several groups, one row is joined by *en*."""
        if len(self.groups) == 1:
            rows = self.groups[0]
            join = self.join.other if len(rows) > 1 else RowJoin.AND
            return Condition(join, tuple((row,) for row in rows))
        return self


def read_condition(text: str, names: Names) -> Condition | None:
    """The sentence of an expression; None when no sentence can say it, or it is none."""
    tree = tree_of(text)
    return condition_of(tree, names) if tree is not None else None


def write_condition(condition: Condition, before: str = "", names: Names | None = None) -> str:
    """The expression of a sentence. Of `before`, the expression as it was, all stays that says the same. Raises ValueError."""
    condition = condition.plain
    known: dict[SentenceRow, str] = {}
    tree = tree_of(before) if before and names is not None else None
    if tree is not None and names is not None:
        if condition_of(tree, names) == condition:
            return before
        known = _sources(tree, " ".join(before.splitlines()), names)
    groups = [[known.get(row) or _written(row) for row in group] for group in condition.groups]
    inner = f" {condition.join.other} "
    parts = [group[0] if len(group) == 1 else f"({inner.join(group)})" for group in groups]
    return f" {condition.join} ".join(parts)


def condition_of(tree: ast.expr, names: Names) -> Condition | None:
    """The sentence of a part of an expression; None when no sentence can say it."""
    if not isinstance(tree, ast.BoolOp):
        row = _row(tree, names)
        return Condition(RowJoin.AND, ((row,),)) if row else None
    join = OPERATORS[type(tree.op)]
    groups = [_group(part, join.other, names) for part in _flat(tree, join)]
    return Condition(join, tuple(tuple(group) for group in groups if group)) if all(groups) else None


def _flat(tree: ast.expr, join: RowJoin) -> list[ast.expr]:
    """The parts that a word joins, also where it stands in brackets of its own."""
    if isinstance(tree, ast.BoolOp) and OPERATORS[type(tree.op)] == join:
        return [one for part in tree.values for one in _flat(part, join)]
    return [tree]


def _group(part: ast.expr, join: RowJoin, names: Names) -> list[SentenceRow] | None:
    rows = [_row(one, names) for one in _flat(part, join)]
    return [row for row in rows if row] if all(rows) else None


def _row(node: ast.expr, names: Names) -> SentenceRow | None:
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        row = _row(node.operand, names)
        opposite = VERBS[row.verb].opposite if row else ""
        return SentenceRow(row.name, opposite, row.values) if row and opposite else None
    if isinstance(node, ast.Call):
        return _of_call(node, names)
    if isinstance(node, ast.Compare) and len(node.ops) == 1:
        return _compared(node.left, node.ops[0], node.comparators[0], names)
    return _alone(dotted(node), names)


def _alone(name: str, names: Names) -> SentenceRow | None:
    """A fact by itself holds when it is ja, or is filled in; a number does not when it is 0."""
    kind = names[name].kind if name in names else None
    if kind in {None, NameKind.NUMBER, NameKind.ANSWERS}:
        return None
    return SentenceRow(name, "yes" if kind == NameKind.YES_NO else "filled")


def _of_call(node: ast.Call, names: Names) -> SentenceRow | None:
    function = node.func.id if isinstance(node.func, ast.Name) else ""
    name = dotted(node.args[0]) if node.args else ""
    kind = names[name].kind if name in names else None
    if function == "empty" and kind not in {None, NameKind.ANSWERS}:
        return SentenceRow(name, "empty")
    if function not in OF_ANSWERS or kind != NameKind.ANSWERS:
        return None
    value = _literal(node.args[1])
    return SentenceRow(name, OF_ANSWERS[function], (value,)) if value is not None else None


def _compared(left: ast.expr, sign: ast.cmpop, right: ast.expr, names: Names) -> SentenceRow | None:
    verbs = COMPARED.get(type(sign), frozenset())
    turned = isinstance(sign, ast.In | ast.NotIn) and not isinstance(right, ast.Tuple | ast.List)
    name, value = (dotted(right), left) if turned else (_compared_name(left), right)
    kind = names[name].kind if name in names else None
    if kind is None:
        return None
    if kind == NameKind.YES_NO:
        return _yes_no(name, verbs, value)
    verb = next((one for one in verbs_of(kind) if one.code in verbs), None)
    values = _values(verb, value, names) if verb else None
    return SentenceRow(name, verb.code, values) if verb and values else None


def _compared_name(node: ast.expr) -> str:
    """The name of the fact before a sign; that of today, which the language writes as a function."""
    return TODAY if isinstance(node, ast.Call) and called(node) == "today" else dotted(node)


def _yes_no(name: str, verbs: frozenset[str], value: ast.expr) -> SentenceRow | None:
    said = dotted(value)
    if said not in LITERALS or not verbs & {"no", "not_no"}:
        return None
    verb = "no" if "no" in verbs else "not_no"
    return SentenceRow(name, verb if said == "false" else {"no": "yes", "not_no": "not_yes"}[verb])


def _values(verb: Verb, node: ast.expr, names: Names) -> tuple[str, ...] | None:
    if verb.takes == Takes.MOMENT:
        return (ast.unparse(node),) if read_moment(node, names) else None
    if verb.takes == Takes.NUMBER:
        number = _number(node)
        return (number,) if number else None
    items = node.elts if isinstance(node, ast.Tuple | ast.List) else [node]
    read = [_text(item) for item in items]
    if not read or None in read or (verb.takes == Takes.ONE and len(read) > 1):
        return None
    return tuple(one for one in read if one is not None)


def _number(node: ast.expr) -> str:
    minus = isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub)
    inner = node.operand if isinstance(node, ast.UnaryOp) and minus else node
    value = inner.value if isinstance(inner, ast.Constant) else None
    if isinstance(value, int | float) and not isinstance(value, bool):
        return f"{'-' if minus else ''}{value}"
    return ""


def _text(node: ast.expr) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def _literal(node: ast.expr) -> str | None:
    """A text, or ja or nee as the language writes it."""
    return dotted(node) if dotted(node) in LITERALS else _text(node)


def _sources(tree: ast.expr, source: str, names: Names) -> dict[SentenceRow, str]:
    """Each row that an expression has, with the text that says it."""
    source = source.strip().removeprefix("=").strip()
    found: dict[SentenceRow, str] = {}
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.BoolOp):
            waiting += node.values
        elif row := _row(node, names):
            found[row] = ast.get_source_segment(source, node) or ""
    return found


def _written(row: SentenceRow) -> str:
    verb = VERBS[row.verb]
    # yes and no are words of the language in the answers of all, and texts anywhere else
    bare = LITERALS if NameKind.ANSWERS in verb.kinds else {}
    values = row.values if verb.takes in {Takes.MOMENT, Takes.NUMBER} else [_quoted(one, bare) for one in row.values]
    joined = ", ".join(values) + ("," if verb.takes == Takes.SEVERAL and len(row.values) == 1 else "")
    return verb.written.format(name=row.name, value=joined)


def _quoted(value: str, bare: Mapping[str, bool]) -> str:
    if value in bare:
        return value
    if "\\" in value or ("'" in value and '"' in value) or not value.isprintable():
        raise ValueError("Gebruik in de tekst geen \\ en niet twee soorten aanhalingstekens.")
    return f'"{value}"' if "'" in value else f"'{value}'"


def condition_in_words(condition: Condition, names: Names) -> str:
    """`Wijze van behandelen is 'De commissie hoort' en Op tijd is ja`; what is joined within a group stands in brackets."""
    inner = f" {WORDS[condition.join.other]} "
    groups = [[row_in_words(row, names) for row in group] for group in condition.groups]
    parts = [group[0] if len(group) == 1 else f"({inner.join(group)})" for group in groups]
    return f" {WORDS[condition.join]} ".join(parts)


def row_in_words(row: SentenceRow, names: Names) -> str:
    """`Wijze van behandelen is 'De commissie hoort'`."""
    verb, known = VERBS[row.verb], names.get(row.name)
    said = [known.said if known else f"'{row.name}'", verb.words]
    titles = dict(known.choices) if known else {}
    if verb.takes == Takes.MOMENT:
        moment = moment_of(row.values[0], names)
        said.append(moment_in_words(moment, names) if moment else row.values[0])
    elif verb.takes == Takes.NUMBER:
        said.append(row.values[0].replace(".", ","))
    elif row.values:
        said.append(" of ".join(f"'{titles.get(one, one)}'" for one in row.values))
    return " ".join(said)
