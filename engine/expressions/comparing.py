"""The fixed texts that an expression compares its facts with, or gives, for the linter to find a misspelt one."""

import ast
from collections.abc import Iterator

from engine.expressions.functions import OF_ANSWERS
from engine.expressions.language import compile_expression


def compared_texts(text: str) -> frozenset[tuple[str, str]]:
    """(name, text) for each `name == 'text'`, `name != 'text'`, `name in ['text', ...]` and `any_of(answers.name, 'text')`
    and its like; raises ExpressionError.
    """
    source = compile_expression(text).text  # checked and bounded before it is walked here
    tree = ast.parse(" ".join(source.splitlines()), mode="eval")
    compared = (pair for node in ast.walk(tree) if isinstance(node, ast.Compare) for pair in _pairs(node))
    counted = (pair for node in ast.walk(tree) if isinstance(node, ast.Call) for pair in _counted(node))
    return frozenset(compared) | frozenset(counted)


def given_texts(text: str) -> frozenset[str]:
    """The fixed texts that an expression can give, on whichever side of its `if`; raises ExpressionError."""
    source = compile_expression(text).text
    return frozenset(_given(ast.parse(" ".join(source.splitlines()), mode="eval").body))


def _given(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.IfExp):
        yield from _given(node.body)
        yield from _given(node.orelse)
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value


def _pairs(node: ast.Compare) -> Iterator[tuple[str, str]]:
    sides = [node.left, *node.comparators]
    for sign, left, right in zip(node.ops, sides, sides[1:], strict=False):
        if isinstance(sign, ast.Eq | ast.NotEq):
            yield from _pair(left, right)
            yield from _pair(right, left)
        elif isinstance(sign, ast.In | ast.NotIn) and isinstance(right, ast.Tuple | ast.List):
            for item in right.elts:
                yield from _pair(left, item)


def _pair(name: ast.expr, literal: ast.expr) -> Iterator[tuple[str, str]]:
    if isinstance(name, ast.Name) and isinstance(literal, ast.Constant) and isinstance(literal.value, str):
        yield name.id, literal.value


def _counted(node: ast.Call) -> Iterator[tuple[str, str]]:
    """The answers that a function counts, by their dotted name, with the text that it looks for."""
    if isinstance(node.func, ast.Name) and node.func.id in OF_ANSWERS and isinstance(node.args[0], ast.Attribute):
        wanted = node.args[1]
        if isinstance(wanted, ast.Constant) and isinstance(wanted.value, str):
            yield ast.unparse(node.args[0]), wanted.value
