"""Whether a plan keeps to named limits, and what would."""

from collections.abc import Iterator
from datetime import date

from loanmath.errors import TermsError
from loanmath.recurrence import shift_months
from loanmath.restructuring.outlook import Outlook
from loanmath.terms.concessions import PlanLimit

__all__ = ["check_limits", "months_between"]


def months_between(first: date, last: date) -> int:
    """
    Return the months from one day to another, a broken one as a whole.

    Example:
        >>> months_between(date(2026, 1, 15), date(2026, 3, 16))
        3
    """
    months = 12 * (last.year - first.year) + last.month - first.month
    return months + (shift_months(first, months) < last)


def check_limits(agreed: date, new: Outlook, limits: tuple[PlanLimit, ...]) -> None:
    """
    Refuse a plan that takes longer than a limit allows.

    Args:
        agreed: The last due date as it was first agreed.
        new: What is to be paid by the plan.
        limits: The limits.

    Raises:
        TermsError: If it does; it says by how much it is to be shorter.
    """
    for limit in limits:
        for most, found, unit in _measured(agreed, new, limit):
            if found > most:
                raise TermsError(
                    f"limit {limit.name}",
                    got=f"{found} {unit}",
                    allowed=f"at most {most}",
                    do=f"make the plan {_fewer(found - most, unit)} shorter",
                )


def _fewer(count: int, unit: str) -> str:
    noun = unit.split(" ", maxsplit=1)[0]
    return f"{count} {noun.removesuffix('s') if count == 1 else noun}"


def _measured(
    agreed: date, new: Outlook, limit: PlanLimit
) -> Iterator[tuple[int, int, str]]:
    if limit.installments is not None:
        yield limit.installments, new.installments, "installments"
    if limit.months is not None:
        yield limit.months, months_between(new.on, new.ends), "months"
    if limit.extended_months is not None and new.ends > agreed:
        longer = months_between(agreed, new.ends)
        yield limit.extended_months, longer, "months of extension"
