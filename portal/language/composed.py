"""Texts that a template puts together from our words and words of people: `"Verstuur " ~ file.name ~ " niet"`.

Plain joining would lose whose words they are. In English a template joins them into a `Composed`, and reads a field with words of people
as `OwnWords`. The extension of `english` makes that happen.
"""

from collections.abc import Iterable, Iterator
from typing import Any, Final

from jinja2 import Environment, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.filters import sync_do_join
from jinja2.nodes import EvalContext
from jinja2.runtime import markup_join
from jinja2.utils import pass_eval_context

from portal.filters import capitalize_first
from processes.base.written import Composed, OwnWords, composed, read_field


def joined(parts: Iterable[Any]) -> Any:
    """The parts of `~` as one value: as in Jinja2, but words of people stay known."""
    each = list(parts)
    if any(isinstance(one, OwnWords | Composed) for one in each) and not any(hasattr(one, "__html__") for one in each):
        return composed(*(one if isinstance(one, str) else str(one) for one in each))
    return markup_join(each)


@pass_eval_context
def join_filter(context: EvalContext, value: Iterable[Any], d: str = "", attribute: str | int | None = None) -> Any:
    """The filter `join`, with which words of people stay known."""
    each = list(value)
    if attribute is None and any(isinstance(one, OwnWords | Composed) for one in each):
        return joined(_between(each, d))
    return sync_do_join(context, each, d, attribute)


def _between(each: list[Any], separator: str) -> Iterator[Any]:
    for number, one in enumerate(each):
        if number:
            yield separator
        yield one


def capitalized(text: str) -> str:
    """The filter `capitalize_first`, which lets words of people stand."""
    if isinstance(text, Composed):
        return composed(capitalized(text.parts[0]), *text.parts[1:])
    return text if isinstance(text, OwnWords) else capitalize_first(text)


COMPOSING_FILTERS: Final = {"join": join_filter, "capitalize_first": capitalized}


class ComposingCode(CodeGenerator):
    """The code of a template, in which `~` and the reading of a field keep whose words they are."""

    def visit_Concat(self, node: nodes.Concat, frame: Frame) -> None:  # noqa: N802 - Jinja2 calls it
        self.write("environment.joined((")
        for one in node.nodes:
            self.visit(one, frame)
            self.write(", ")
        self.write("))")

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802 - Jinja2 calls it
        self.write("environment.read_field(")
        self.visit(node.node, frame)
        self.write(f", {node.attr!r})")


def compose_in(environment: Environment) -> None:
    """Let templates of this environment keep whose words they join."""

    def read(value: Any, name: str) -> Any:
        return read_field(value, name, environment.getattr(value, name))

    environment.code_generator_class = ComposingCode
    environment.extend(joined=joined, read_field=read)
