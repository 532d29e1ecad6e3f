"""What an amount owed is made of, and how an installment stands on a day."""

from enum import Enum

__all__ = ["Component", "Standing"]


class Component(Enum):
    """
    The parts of what is owed (费用项).

    `PENALTY`: interest and charges for being late (罚息, 违约金). `COMPOUND`: interest
    on unpaid interest, penalty or compound interest (复利). `FEE`: fees with their tax
    (费用). `INTEREST`: contract interest (利息). `PRINCIPAL` (本金).
    """

    PENALTY = "penalty"
    COMPOUND = "compound"
    FEE = "fee"
    INTEREST = "interest"
    PRINCIPAL = "principal"


class Standing(Enum):
    """
    How an installment stands on a day: its due date is before, on or after it.

    `PAST_DUE` (逾期), `DUE` (当期), `IN_ADVANCE` (未到期).
    """

    PAST_DUE = "past_due"
    DUE = "due"
    IN_ADVANCE = "in_advance"
