"""One small language for conditions, timers and settings, compiled once per text.

Text in, an Expression out: closures over an allow-listed syntax tree. Nothing of Python is ever executed; what is
not in the tables here does not exist. Text, depth, numbers, texts and lists are bounded.
"""

import ast
import operator
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any

from engine.errors import ExpressionError
from engine.expressions.arithmetic import add, bounded, contains, equal, multiply, negate, ordered, subtract
from engine.expressions.functions import FUNCTIONS, WITH_CLOSED_DAYS, Scope, closed_days_of
from engine.steps import CLOSED_DAYS, Facts

LONGEST = 1_000  # characters; the longest expression in our case types has under three hundred
DEEPEST = 40
MOST_ITEMS = 100
CONSTANTS = {"true": True, "false": False, "none": None}

Run = Callable[[Scope], Any]

BINARY: dict[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: add,
    ast.Sub: subtract,
    ast.Mult: multiply,
}
COMPARE: dict[type[ast.cmpop], Callable[[Any, Any], bool]] = {
    ast.Eq: equal,
    ast.Is: equal,
    ast.NotEq: lambda left, right: not equal(left, right),
    ast.IsNot: lambda left, right: not equal(left, right),
    ast.Lt: ordered(operator.lt),
    ast.LtE: ordered(operator.le),
    ast.Gt: ordered(operator.gt),
    ast.GtE: ordered(operator.ge),
    ast.In: contains,
    ast.NotIn: lambda left, right: not contains(left, right),
}


@dataclass(frozen=True, slots=True)
class Expression:
    """`names`: the facts it reads, `functions`: what it calls. `repeats`: it gives a moment that comes back, `times` in
    all (None: endless).
    """

    text: str
    names: frozenset[str]
    functions: frozenset[str] = frozenset()
    repeats: bool = False
    times: int | None = None
    _run: Run = field(repr=False, compare=False, default=lambda _scope: None)

    @property
    def reads_closed_days(self) -> bool:
        """Whether it may give something else after a day was closed by decree."""
        return bool(self.functions & WITH_CLOSED_DAYS) or CLOSED_DAYS in self.names

    def evaluate(self, facts: Facts, now: datetime) -> Any:
        """The value, at an aware moment; raises ExpressionError."""
        if now.tzinfo is None:
            raise ValueError("now must be aware")
        try:
            return self._run(Scope(facts, now))
        except (ArithmeticError, ValueError, TypeError) as error:
            # a safety net: the operators explain themselves, a value nobody thought of still ends here
            raise ExpressionError(f"`{self.text[:80]}` is niet uit te rekenen. Controleer de waarden.") from error


def compile_expression(text: str) -> Expression:
    """Check and compile, once per text; a leading `=` is allowed. Raises ExpressionError with what to do."""
    return _compiled(text.strip().removeprefix("=").strip())  # no padding in the cache: it would hold all of it


@lru_cache(maxsize=4096)
def _compiled(source: str) -> Expression:
    tree = _parse(source)
    names: set[str] = set()
    run = _compile(tree, names, 0)
    return Expression(source, frozenset(names), _called(tree), _repeats(tree), _times(tree), run)


def _parse(source: str) -> ast.expr:
    if not source:
        raise ExpressionError("Er staat niets. Vul een expressie in.")
    if len(source) > LONGEST:
        raise ExpressionError(f"De expressie is langer dan {LONGEST} tekens. Maak haar korter.")
    if "\\" in source:
        raise ExpressionError("Een schuine streep naar links mag niet in een expressie. Haal hem weg.")
    try:
        # line breaks of an editor are spaces here
        return ast.parse(" ".join(source.splitlines()), mode="eval").body
    except (SyntaxError, ValueError, MemoryError, RecursionError) as error:
        advice = "Controleer haakjes, aanhalingstekens en schrijfwijze; gelijk aan is `==`."
        raise ExpressionError(f"`{source[:80]}` is niet te lezen. {advice}") from error


def _compile(node: ast.expr, names: set[str], depth: int) -> Run:
    if depth > DEEPEST:
        raise ExpressionError("De expressie is te diep genest. Splits haar in kleinere delen.")
    compiler = COMPILERS.get(type(node))
    if compiler is None:
        raise ExpressionError(f"{REFUSED.get(type(node), 'Deze schrijfwijze')} mag niet in een expressie. {ALLOWED}")
    return compiler(node, names, depth + 1)


def _constant(node: ast.Constant, _names: set[str], _depth: int) -> Run:
    value = node.value
    if value is not None and type(value) not in (bool, int, float, str):
        raise ExpressionError(f"Deze letterlijke waarde mag niet in een expressie. {ALLOWED}")
    bounded(value)
    return lambda _scope: value


def _name(node: ast.Name | ast.Attribute, names: set[str], _depth: int) -> Run:
    name = _dotted(node)
    if name in CONSTANTS:
        value = CONSTANTS[name]
        return lambda _scope: value
    names.add(name)

    def read(scope: Scope) -> Any:
        try:
            return bounded(scope.facts[name])
        except KeyError:
            raise ExpressionError(f"`{name}` is hier niet bekend. Controleer de naam.") from None

    return read


def _dotted(node: ast.expr) -> str:
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    if not isinstance(node, ast.Name):
        raise ExpressionError(f"Een punt mag alleen in de naam van een gegeven, zoals `request.due`. {ALLOWED}")
    name = ".".join([node.id, *reversed(parts)])
    if any(part.startswith("_") for part in name.split(".")):
        raise ExpressionError(f"`{name[:60]}` is geen naam van een gegeven. {ALLOWED}")
    return name


def _call(node: ast.Call, names: set[str], depth: int) -> Run:
    function = FUNCTIONS.get(node.func.id) if isinstance(node.func, ast.Name) else None
    if function is None or not isinstance(node.func, ast.Name):
        raise ExpressionError(f"Deze functie bestaat niet. Gebruik een van: {', '.join(FUNCTIONS)}.")
    if node.keywords or not function.least <= len(node.args) <= function.most:
        raise ExpressionError(f"`{node.func.id}` krijgt een verkeerd aantal waarden tussen de haakjes.")
    arguments, call = [_compile(argument, names, depth) for argument in node.args], function.call
    if function.closed_days:
        return lambda scope: call(scope, *[argument(scope) for argument in arguments], closed=closed_days_of(scope))
    return lambda scope: call(scope, *[argument(scope) for argument in arguments])


def _binary(node: ast.BinOp, names: set[str], depth: int) -> Run:
    action = BINARY.get(type(node.op))
    if action is None:
        raise ExpressionError("Alleen `+`, `-` en `*` kunnen rekenen. Schrijf de som anders.")
    left, right = _compile(node.left, names, depth), _compile(node.right, names, depth)
    return lambda scope: action(left(scope), right(scope))


def _unary(node: ast.UnaryOp, names: set[str], depth: int) -> Run:
    operand = _compile(node.operand, names, depth)
    if isinstance(node.op, ast.Not):
        return lambda scope: not operand(scope)
    if isinstance(node.op, ast.USub):
        return lambda scope: negate(operand(scope))
    raise ExpressionError(f"Dit teken mag niet in een expressie. {ALLOWED}")


def _boolean(node: ast.BoolOp, names: set[str], depth: int) -> Run:
    parts = [_compile(part, names, depth) for part in node.values]
    stops_at = isinstance(node.op, ast.Or)

    def run(scope: Scope) -> Any:
        value = None
        for part in parts:
            value = part(scope)
            if bool(value) is stops_at:
                break
        return value

    return run


def _compare(node: ast.Compare, names: set[str], depth: int) -> Run:
    first = _compile(node.left, names, depth)
    rest = [
        (COMPARE[type(sign)], _compile(part, names, depth))
        for sign, part in zip(node.ops, node.comparators, strict=True)
    ]

    def run(scope: Scope) -> bool:
        left = first(scope)
        for check, part in rest:
            right = part(scope)
            if not check(left, right):
                return False
            left = right
        return True

    return run


def _either(node: ast.IfExp, names: set[str], depth: int) -> Run:
    test, yes, no = (_compile(part, names, depth) for part in (node.test, node.body, node.orelse))
    return lambda scope: yes(scope) if test(scope) else no(scope)


def _items(node: ast.Tuple | ast.List, names: set[str], depth: int) -> Run:
    if len(node.elts) > MOST_ITEMS:
        raise ExpressionError("Deze lijst is te lang. Gebruik een kortere lijst.")
    parts = [_compile(part, names, depth) for part in node.elts]
    return lambda scope: tuple(part(scope) for part in parts)


def _called(tree: ast.expr) -> frozenset[str]:
    """The names of the functions that it calls, wherever they stand in it."""
    calls = (node.func for node in ast.walk(tree) if isinstance(node, ast.Call))
    return frozenset(called.id for called in calls if isinstance(called, ast.Name))


def _repeats(node: ast.expr) -> bool:
    if isinstance(node, ast.IfExp):
        return _repeats(node.body) or _repeats(node.orelse)
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "repeat"


def _times(node: ast.expr) -> int | None:
    if not (isinstance(node, ast.Call) and _repeats(node) and len(node.args) == FUNCTIONS["repeat"].most):
        return None
    times = node.args[-1]
    return times.value if isinstance(times, ast.Constant) and type(times.value) is int else None


ALLOWED = "Gebruik namen van gegevens, vaste waarden, `and or not`, vergelijken, `in`, `+ - *` en de genoemde functies."
REFUSED: dict[type[ast.expr], str] = {
    ast.Lambda: "Een eigen functie",
    ast.ListComp: "Een lus",
    ast.SetComp: "Een lus",
    ast.DictComp: "Een lus",
    ast.GeneratorExp: "Een lus",
    ast.JoinedStr: "Een tekst met invulplekken",
    ast.NamedExpr: "Een toekenning",
    ast.Subscript: "Een index met rechte haken",
}
COMPILERS: dict[type[ast.expr], Callable[[Any, set[str], int], Run]] = {
    ast.Constant: _constant,
    ast.Name: _name,
    ast.Attribute: _name,
    ast.Call: _call,
    ast.BinOp: _binary,
    ast.UnaryOp: _unary,
    ast.BoolOp: _boolean,
    ast.Compare: _compare,
    ast.IfExp: _either,
    ast.Tuple: _items,
    ast.List: _items,
}
