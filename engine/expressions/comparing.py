"""The fixed texts that an expression compares its facts with, or gives, for the linter to find a misspelt one."""

import ast
from collections.abc import Iterator

from engine.expressions.language import compile_expression


def compared_texts(text: str) -> frozenset[tuple[str, str]]:
    """(name, text) for each `name == 'text'`, `name != 'text'` and `name in ['text', ...]`; raises ExpressionError."""
    source = compile_expression(text).text  # checked and bounded before it is walked here
    tree = ast.parse(" ".join(source.splitlines()), mode="eval")
    return frozenset(pair for node in ast.walk(tree) if isinstance(node, ast.Compare) for pair in _pairs(node))


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
