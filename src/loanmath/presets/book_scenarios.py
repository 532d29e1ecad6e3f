"""
A book, a matrix and what management is supposed to change, to argue with.

None of it is a forecast. How much of M1, M2 and M3 moves on is what one write-up of an
installment portfolio published; everything else is assumed, so that a course can switch
each assumption off and see what is left.
"""

from datetime import date

from loanmath.analysis.book import (
    Assumption,
    BookState,
    Lending,
    Shift,
    TransitionMatrix,
)
from loanmath.presets.facts import Fact

__all__ = ["COURSE_BOOK", "NO_MANAGEMENT", "REMINDERS_AND_EARLY_PLANS"]

_ASSUMED = "assumed for teaching"

NO_MANAGEMENT: Fact[TransitionMatrix] = Fact(
    TransitionMatrix(
        [
            BookState("M0", 0),
            BookState("plan", 0, restructured=True),
            BookState("M1", 1),
            BookState("M2", 2),
            BookState("M3", 3),
            BookState("M4", 4),
            BookState("M5", 5),
            BookState("M6", 6),
            BookState("M7+", 7),
        ],
        {
            "M0": {"M0": "97%", "M1": "3%"},
            "plan": {"plan": "94%", "M1": "6%"},
            "M1": {"M0": "31.83%", "M1": "6.35%", "M2": "61.82%"},
            "M2": {"M0": "15%", "M1": "5%", "M2": "7.89%", "M3": "72.11%"},
            "M3": {"M0": "12%", "M2": "4%", "M3": "7.44%", "M4": "76.56%"},
            "M4": {"M0": "8%", "M4": "10%", "M5": "82%"},
            "M5": {"M0": "6%", "M5": "8%", "M6": "86%"},
            "M6": {"M0": "4%", "M6": "6%", "M7+": "90%"},
            "M7+": {"M0": "2%", "M7+": "73%", "written off": "25%"},
        },
    ),
    in_force=None,
    source=f"laitimes.com, a roll-rate write-up of one portfolio; the rest {_ASSUMED}",
    recalled=False,
    note="published: 61.82 % of M1, 72.11 % of M2 and 76.56 % of M3 move on, 6.35 % of "
    "M1 stay; its cured share of M1, 30.59 %, takes the 1.24 % here that the source "
    "leaves out. It has 9.19 % of M0 move on; 3 % here, for a book of which a tenth is "
    "late",
)
"""Monthly moves where nobody does anything."""

REMINDERS_AND_EARLY_PLANS: Fact[tuple[Assumption, ...]] = Fact(
    (
        Assumption("reminders before due", [Shift("M0", "M1", "M0", "20%")]),
        Assumption(
            "reminders after due",
            [Shift("M1", "M2", "M0", "20%"), Shift("M2", "M3", "M0", "10%")],
        ),
        Assumption(
            "early plans",
            [Shift("M1", "M2", "plan", "20%"), Shift("M2", "M3", "plan", "20%")],
        ),
    ),
    in_force=None,
    source=_ASSUMED,
    recalled=False,
    note="the second matrix is the first with these shifts; no study supports them",
)
"""What reminders and early plans are supposed to change, each with its switch."""

COURSE_BOOK: Fact[Lending] = Fact(
    Lending(
        currency="CNY",
        on=date(2025, 12, 31),
        principal="12000",
        installments=24,
        start={
            "M0": 8_700,
            "M1": 275,
            "M2": 190,
            "M3": 145,
            "M4": 125,
            "M5": 110,
            "M6": 100,
            "M7+": 355,
        },
        new_loans=400,
        seasoned=True,
    ),
    in_force=None,
    source=_ASSUMED,
    recalled=False,
    note="10,000 loans, of which about a tenth misses two installments or more",
)
"""A book of 10,000 loans, of which a tenth is two installments behind or more."""
