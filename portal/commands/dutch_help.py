"""The words of typer around our own, in Dutch: headings, marks, and what `--help` says of itself."""

from typing import Any, Final

from typer import rich_utils
from typer.core import TyperCommand

WORDS: Final = {
    "ARGUMENTS_PANEL_TITLE": "Argumenten",
    "OPTIONS_PANEL_TITLE": "Opties",
    "COMMANDS_PANEL_TITLE": "Opdrachten",
    "ERRORS_PANEL_TITLE": "Fout",
    "ABORTED_TEXT": "Afgebroken.",
    "DEFAULT_STRING": "[standaard: {}]",
    "REQUIRED_LONG_STRING": "[verplicht]",
    "RICH_HELP": "Uitleg: [blue]{command_path} {help_option}[/]",
}
OF_HELP: Final = "Toont deze uitleg."


def speak_dutch() -> None:
    """Let every help text and error of typer in this process use these words."""
    for name, word in WORDS.items():
        setattr(rich_utils, name, word)


class DutchCommand(TyperCommand):
    """A command whose option `--help` is explained in Dutch."""

    def get_help_option(self, ctx: Any) -> Any:
        return explained(super().get_help_option(ctx))


def explained(option: Any) -> Any:
    if option is not None:
        option.help = OF_HELP
    return option
