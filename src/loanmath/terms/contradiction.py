"""The refusal of a term that another one leaves without a meaning."""

from loanmath.errors import TermsError

__all__ = ["contradiction"]


def contradiction(what: str, got: object, unless: str) -> TermsError:
    """
    Return the refusal of a term that has a meaning only where something else holds.

    Example:
        >>> str(contradiction("balloon", 1, "a last installment is due"))
        'balloon: got 1; allowed: only where a last installment is due'
    """
    return TermsError(what, got=got, allowed=f"only where {unless}")
