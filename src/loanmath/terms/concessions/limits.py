"""Named limits of a plan, as law or policy sets them."""

from attrs import field, frozen

from loanmath.doors import to_count, to_text
from loanmath.errors import TermsError
from loanmath.terms.conventions import MAX_INSTALLMENTS_DAILY

__all__ = ["PlanLimit"]


def _to_name(name: object) -> str:
    return to_text(name, "name")


def _to_optional_count(count: object) -> int | None:
    return None if count is None else to_count(count, "limit", MAX_INSTALLMENTS_DAILY)


@frozen
class PlanLimit:
    """
    The most that a plan may take (期限上限).

    Args:
        name: What the limit is called.
        installments: The most installments of the plan.
        months: The most whole months from the day of the plan to its last due date.
        extended_months: The most whole months from the last due date as it was first
            agreed to that of the plan, all extensions together.

    Raises:
        InputTypeError: If a value is of the wrong type.
        LimitError: If a number is out of range.
        TermsError: If nothing is limited.

    Example:
        >>> PlanLimit("Article 70", installments=60).installments
        60
    """

    name: str = field(converter=_to_name)
    installments: int | None = field(
        default=None, converter=_to_optional_count, kw_only=True
    )
    months: int | None = field(default=None, converter=_to_optional_count, kw_only=True)
    extended_months: int | None = field(
        default=None, converter=_to_optional_count, kw_only=True
    )

    def __attrs_post_init__(self) -> None:
        if (self.installments, self.months, self.extended_months) == (None,) * 3:
            raise TermsError(
                f"limit {self.name}",
                got="no limit",
                allowed="installments, months or extended_months",
            )
