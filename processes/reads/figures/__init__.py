"""Figures of the work for the head of a team, and the yearly ones that are published. Numbers of cases, never the cases."""

from processes.reads.figures.page import (
    AskedFigures,
    FiguresPage,
    read_figures,
    read_figures_choices,
    read_figures_drawing,
)
from processes.reads.figures.period import KINDS as PERIODS
from processes.reads.figures.period import OWN, YEAR
from processes.reads.figures.scope import ScopeChoices
from processes.reads.figures.table import FigureTable
from processes.reads.figures.yearly import KINDS as YEARLY
from processes.reads.figures.yearly import YearFigures, read_year_figures

__all__ = [
    "OWN",
    "PERIODS",
    "YEAR",
    "YEARLY",
    "AskedFigures",
    "FigureTable",
    "FiguresPage",
    "ScopeChoices",
    "YearFigures",
    "read_figures",
    "read_figures_choices",
    "read_figures_drawing",
    "read_year_figures",
]
