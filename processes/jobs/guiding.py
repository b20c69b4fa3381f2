"""The answers that lead a case to an element: what the conditions on its way ask for, and what they must not get.

A drawing and the distances to the element in, wishes out: at each choice the way that comes nearest is the one that is wished. It is
a guess, which a search tries first: a condition may hold for other reasons than the answers that stand in it.
"""

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from engine.drawing import Drawing, SequenceFlow

WORDS: Final = {"true": True, "false": False}
Wishes = dict[str, "Wish"]


@dataclass(frozen=True, slots=True)
class Wish:
    """One value: what it should be (`wanted`, none when anything else will do), and what it should not be."""

    wanted: tuple[Any, ...] = ()
    unwanted: tuple[Any, ...] = ()

    def allows(self, value: Any) -> bool:
        value = False if value is None else value  # what nobody ticked
        return value in self.wanted if self.wanted else value not in self.unwanted

    def fits(self, other: "Wish") -> bool:
        """Whether both can be had."""
        if self.wanted and other.wanted:
            return bool(set(self.wanted) & set(other.wanted))
        return not (set(self.wanted) & set(other.unwanted) or set(other.wanted) & set(self.unwanted))

    def beside(self, other: "Wish") -> "Wish":
        return Wish(self.wanted or other.wanted, (*self.unwanted, *other.unwanted))


def wishes_on_the_way(drawing: Drawing, far: Mapping[str, int]) -> Wishes:
    """The wishes for one element; those of the choices nearest to it count first."""
    found: Wishes = {}
    for node in sorted(far, key=lambda one: far[one]):
        ways = [flow for flow in drawing.flows.values() if flow.source == node]
        nearer = [flow for flow in ways if far.get(flow.target, far[node]) < far[node]]
        if len(ways) > 1 and nearer:
            best = min(nearer, key=lambda flow: far[flow.target])
            for text, holds in _must(best, ways):
                _add(found, text, holds=holds)
    return found


def _must(best: SequenceFlow, ways: list[SequenceFlow]) -> Iterator[tuple[str, bool]]:
    """The conditions at a choice, with whether each must hold for the case to go the best way."""
    if best.condition:
        yield best.condition, True
        return
    yield from ((flow.condition, False) for flow in ways if flow is not best and flow.condition)


def _add(found: Wishes, text: str, *, holds: bool) -> None:
    try:
        tree = ast.parse(text.strip(), mode="eval").body
    except SyntaxError:
        return
    for name, wish in _wishes(tree, found, holds=holds):
        found[name] = found[name].beside(wish) if name in found else wish


def _wishes(tree: ast.expr, found: Wishes, *, holds: bool) -> list[tuple[str, Wish]]:
    """The wishes by which an expression holds, or not, beside what is wished already; nothing for what is not understood."""
    if isinstance(tree, ast.UnaryOp) and isinstance(tree.op, ast.Not):
        return _wishes(tree.operand, found, holds=not holds)
    if isinstance(tree, ast.BoolOp):
        parts = [_wishes(one, found, holds=holds) for one in tree.values]
        if isinstance(tree.op, ast.And) == holds:  # all of them
            return [one for part in parts for one in part]
        return next((part for part in parts if part and all(_fits(found, *one) for one in part)), [])
    wish = _wish(tree, holds=holds)
    return [wish] if wish and _fits(found, *wish) else []


def _fits(found: Wishes, name: str, wish: Wish) -> bool:
    return name not in found or found[name].fits(wish)


def _wish(tree: ast.expr, *, holds: bool) -> tuple[str, Wish] | None:
    if isinstance(tree, ast.Name):
        return tree.id, Wish((holds,))
    if not (isinstance(tree, ast.Compare) and len(tree.ops) == 1 and isinstance(tree.left, ast.Name)):
        return None
    right, same = tree.comparators[0], isinstance(tree.ops[0], ast.Eq)
    known = isinstance(right, ast.Constant) or (isinstance(right, ast.Name) and right.id in WORDS)
    if not known or not isinstance(tree.ops[0], ast.Eq | ast.NotEq):
        return None
    value = right.value if isinstance(right, ast.Constant) else WORDS[right.id] if isinstance(right, ast.Name) else None
    return tree.left.id, Wish((value,)) if same == holds else Wish(unwanted=(value,))
