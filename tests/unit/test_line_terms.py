"""What is agreed of a credit line: what it takes, and what it refuses, word for word."""

from decimal import Decimal
from fractions import Fraction
from itertools import product

import attrs
import pytest

from loanmath import (
    CreditLine,
    DefaultCharge,
    InstallmentTerms,
    LineAllocation,
    LineInterest,
    LineSegment,
    MinimumPayment,
    Promotion,
    Rate,
    Rounding,
    TransactionFee,
)
from loanmath.errors import (
    InputTypeError,
    InputValueError,
    LimitError,
    TermsError,
    UnknownNameError,
)
from loanmath.terms import Component, FirstPaid, Happening, MinimumItem, SameDay
from loanmath.terms.servicing import DEFAULT_DAY_ORDER

USUAL = ["penalty", "fee", "interest", "principal"]
LATE = ["principal", "penalty", "fee", "interest"]


def interest(**words):
    return LineInterest(**{"rate": "0.05%/day", "bears_from": "posting"} | words)


def averaged(**words):
    """Interest on the average balance, which is charged by the statement."""
    usual = {"bears_from": "use", "balance": "average", "rounded": "statement"}
    return interest(**usual | words)


def previous(**words):
    """Interest on the balance of the last bill."""
    usual = {"bears_from": "statement", "balance": "previous", "rounded": "statement"}
    return interest(**usual | words)


def segment(**words):
    usual = {"name": "cash", "interest": interest(bears_from="use")}
    return LineSegment(**usual | words)


def installments(**words):
    return InstallmentTerms(**{"fees": {3: "2.3%", 12: "7.5%"}} | words)


def line(**words):
    usual = {"currency": "CNY", "limit": "20000", "statement_day": 5, "due_day": 23}
    return CreditLine(**usual | words)


REFUSED = [
    # Interest.
    (
        lambda: interest(rate="5%"),
        InputValueError,
        "rate: got '5%'; allowed: a percentage per day, month or year, such as '0.04%/day'",
    ),
    (
        lambda: interest(bears_from="now"),
        UnknownNameError,
        "bears_from: got 'now'; allowed: 'posting', 'statement', 'after_due', 'use'",
    ),
    (
        lambda: interest(bears_on="half"),
        UnknownNameError,
        "bears_on: got 'half'; allowed: 'whole', 'unpaid_share', 'unpaid'",
    ),
    (
        lambda: interest(repayment_day="new"),
        UnknownNameError,
        "repayment_day: got 'new'; allowed: 'old', 'reduced'",
    ),
    (
        lambda: interest(last_day="half"),
        UnknownNameError,
        "last_day: got 'half'; allowed: 'included', 'excluded'",
    ),
    (
        lambda: interest(rounded="day"),
        UnknownNameError,
        "rounded: got 'day'; allowed: 'segment', 'period', 'statement'",
    ),
    (
        lambda: interest(free_period="none"),
        UnknownNameError,
        "free_period: got 'none'; allowed: 'kept', 'lost'",
    ),
    (
        lambda: interest(posted="daily"),
        UnknownNameError,
        "posted: got 'daily'; allowed: 'statement', 'payment'",
    ),
    (
        lambda: interest(balance="last"),
        UnknownNameError,
        "balance: got 'last'; allowed: 'daily', 'average', 'previous', 'adjusted'",
    ),
    (
        lambda: interest(regained_after=0, free_period="lost"),
        LimitError,
        "regained_after: got 0; allowed: 1 to 12",
    ),
    (
        lambda: interest(regained_after=13, free_period="lost"),
        LimitError,
        "regained_after: got 13; allowed: 1 to 12",
    ),
    (
        lambda: interest(regained_after="1"),
        InputTypeError,
        "regained_after: got '1'; allowed: int",
    ),
    (
        lambda: interest(grace_days=61),
        LimitError,
        "grace_days: got 61; allowed: 0 to 60",
    ),
    (
        lambda: interest(grace_days=-1),
        LimitError,
        "grace_days: got -1; allowed: 0 to 60",
    ),
    (
        lambda: interest(grace_days=True),
        InputTypeError,
        "grace_days: got True; allowed: int",
    ),
    (
        lambda: interest(tolerance="-1"),
        LimitError,
        "tolerance: got '-1'; allowed: zero or above",
    ),
    (
        lambda: interest(overdue_multiple="0.5", bears_from="use"),
        LimitError,
        "overdue_multiple: got '0.5'; allowed: 1 to 10, 12 decimals",
    ),
    (
        lambda: interest(overdue_multiple=11, bears_from="use"),
        LimitError,
        "overdue_multiple: got 11; allowed: 1 to 10, 12 decimals",
    ),
    (
        lambda: interest(overdue_multiple="1.5"),
        TermsError,
        (
            "overdue_multiple: got '3/2'; allowed: 1, but where interest bears from use;"
            " state the rate itself"
        ),
    ),
    (
        lambda: interest(overdue_cap="100%"),
        TermsError,
        (
            "overdue_cap: got '100%'; allowed: none, but where interest bears from after"
            " the due date"
        ),
    ),
    (
        lambda: interest(
            overdue_cap="100%", bears_from="after_due", rounded="statement"
        ),
        TermsError,
        (
            "rounded: got 'statement'; allowed: 'segment' or 'period', with an"
            " overdue_cap: what each bill costs is to be known"
        ),
    ),
    (
        lambda: interest(overdue_cap="1001%", bears_from="after_due"),
        LimitError,
        "overdue_cap: got '1001%'; allowed: 0% to 1000%",
    ),
    (
        lambda: interest(rate="18%/year"),
        TermsError,
        (
            "days_in_year: got None; allowed: 360, 364, 365 or 366; state it: 18%/year has"
            " no daily rate of its own"
        ),
    ),
    (
        lambda: interest(rate="18%/year", days_in_year=400),
        InputValueError,
        "days_in_year: got 400; allowed: 360, 364, 365 or 366",
    ),
    (
        lambda: interest(rounding=5),
        InputTypeError,
        "rounding: got 5; allowed: Rounding or its mode",
    ),
    (
        lambda: interest(bearing="principal"),
        InputTypeError,
        "bearing: got 'principal'; allowed: a list of components",
    ),
    (
        lambda: interest(bearing=["interest", "fee"]),
        TermsError,
        (
            "bearing: got ['fee', 'interest']; allowed: 'principal', and of 'interest',"
            " 'fee', 'penalty' what bears too"
        ),
    ),
    (
        lambda: interest(bearing=["principal", "compound"]),
        TermsError,
        "bearing: got ['compound', 'principal']; allowed: 'principal', and of 'interest', 'fee', 'penalty' what bears too",
    ),
    (
        lambda: interest(bearing=["tax"]),
        UnknownNameError,
        "bearing: got 'tax'; allowed: 'penalty', 'compound', 'fee', 'interest', 'principal'",
    ),
    # Interest: pairs without meaning.
    *(
        (
            lambda on=on, since=since: interest(bears_on=on, bears_from=since),
            TermsError,
            (
                f"bears_on: got '{on}'; allowed: 'whole', where no interest waits for the"
                " bill to be paid"
            ),
        )
        for on in ("unpaid", "unpaid_share")
        for since in ("use", "after_due")
    ),
    *(
        (
            lambda since=since: interest(free_period="lost", bears_from=since),
            TermsError,
            (
                "free_period: got 'lost'; allowed: 'kept', where no interest waits for the"
                " bill to be paid"
            ),
        )
        for since in ("use", "after_due")
    ),
    (
        lambda: interest(regained_after=2),
        TermsError,
        "regained_after: got 2; allowed: 1, where no free period is lost",
    ),
    *(
        (
            lambda since=since: interest(posted="payment", bears_from=since),
            TermsError,
            (
                "posted: got 'payment'; allowed: 'statement', where interest waits for the"
                " bill to be paid"
            ),
        )
        for since in ("posting", "statement")
    ),
    *(
        (
            lambda rounded=rounded: averaged(rounded=rounded),
            TermsError,
            (
                f"rounded: got '{rounded}'; allowed: 'statement', with the balance"
                " 'average'"
            ),
        )
        for rounded in ("segment", "period")
    ),
    (
        lambda: averaged(posted="payment"),
        TermsError,
        "posted: got 'payment'; allowed: 'statement', with the balance 'average'",
    ),
    *(
        (
            lambda since=since: averaged(bears_from=since),
            TermsError,
            (
                f"bears_from: got '{since}'; allowed: 'statement' or 'use', with the"
                " balance 'average'"
            ),
        )
        for since in ("posting", "after_due")
    ),
    (
        lambda: averaged(overdue_multiple=2),
        TermsError,
        "overdue_multiple: got '2'; allowed: 1, with the balance 'average'",
    ),
    *(
        (
            lambda since=since, balance=balance: previous(
                bears_from=since, balance=balance
            ),
            TermsError,
            (
                f"bears_from: got '{since}'; allowed: 'statement', with the balance"
                f" '{balance}'"
            ),
        )
        for since in ("posting", "after_due", "use")
        for balance in ("previous", "adjusted")
    ),
    (
        lambda: previous(bears_on="unpaid"),
        TermsError,
        "bears_on: got 'unpaid'; allowed: 'whole', with the balance 'previous'",
    ),
    (
        lambda: previous(free_period="lost"),
        TermsError,
        "free_period: got 'lost'; allowed: 'kept', with the balance 'previous'",
    ),
    (
        lambda: previous(repayment_day="old", balance="adjusted"),
        TermsError,
        "repayment_day: got 'old'; allowed: 'reduced', with the balance 'adjusted'",
    ),
    # The fee of drawing.
    (
        lambda: TransactionFee("101%"),
        LimitError,
        "share: got '101%'; allowed: 0% to 100%",
    ),
    (
        lambda: TransactionFee("1"),
        InputValueError,
        "share: got '1'; allowed: a percentage with its sign, such as '7.5%'",
    ),
    (
        lambda: TransactionFee(0.01),
        InputTypeError,
        "share: got 0.01; allowed: a percentage such as '7.5%'",
    ),
    (
        lambda: TransactionFee("1%", least=-1),
        LimitError,
        "least: got -1; allowed: zero or above",
    ),
    (
        lambda: TransactionFee("1%", most=0.5),
        InputTypeError,
        "most: got 0.5; allowed: str, int or Decimal; a float is not exact: pass a string, such as '0.5'",
    ),
    (
        lambda: TransactionFee("1%", rounding=1),
        InputTypeError,
        "rounding: got 1; allowed: Rounding or its mode",
    ),
    (
        lambda: TransactionFee("1%", least="10", most="9.99"),
        TermsError,
        "most: got '9.99'; allowed: at least 10",
    ),
    # Promotions.
    (lambda: Promotion(months=0), LimitError, "months: got 0; allowed: 1 to 120"),
    (lambda: Promotion(months=121), LimitError, "months: got 121; allowed: 1 to 120"),
    (lambda: Promotion(months="6"), InputTypeError, "months: got '6'; allowed: int"),
    (
        lambda: Promotion(months=6, rate="0"),
        InputValueError,
        "rate: got '0'; allowed: a percentage per day, month or year, such as '0.04%/day'",
    ),
    (
        lambda: Promotion(months=6, deferred=1),
        InputTypeError,
        "deferred: got 1; allowed: True or False",
    ),
    (
        lambda: Promotion(months=6, deferred=True, rate="1%/year"),
        TermsError,
        "rate: got '1%/year'; allowed: 0%/year, where it is deferred",
    ),
    # Segments.
    *(
        (
            lambda name=name: segment(name=name),
            InputValueError,
            (
                f"name: got {name!r}; allowed: a word of at most 40 letters, none of"
                " purchases, installments"
            ),
        )
        for name in ("", "two words", "9", "a-b", "x" * 41, "purchases", "installments")
    ),
    (lambda: segment(name=5), InputTypeError, "name: got 5; allowed: str"),
    (
        lambda: segment(interest=None),
        InputTypeError,
        "interest: got None; allowed: LineInterest(...)",
    ),
    (
        lambda: segment(interest="0.05%/day"),
        InputTypeError,
        "interest: got '0.05%/day'; allowed: LineInterest(...)",
    ),
    (
        lambda: segment(fee="1%"),
        InputTypeError,
        "fee: got '1%'; allowed: TransactionFee(...)",
    ),
    (
        lambda: segment(promotion=6),
        InputTypeError,
        "promotion: got 6; allowed: Promotion(...)",
    ),
    (
        lambda: segment(limit=0),
        LimitError,
        "limit: got 0; allowed: above zero",
    ),
    (
        lambda: segment(due_in_full="yes"),
        InputTypeError,
        "due_in_full: got 'yes'; allowed: True or False",
    ),
    (
        lambda: segment(
            interest=interest(), promotion=Promotion(months=6, deferred=True)
        ),
        TermsError,
        "promotion: got 'deferred'; allowed: where interest else bears from use",
    ),
    (
        lambda: segment(promotion=Promotion(months=6, rate="3%/year")),
        TermsError,
        "days_in_year: got None; allowed: 360, 364, 365 or 366; state it with the interest: 3%/year has no daily rate of its own",
    ),
    (
        lambda: segment(interest=averaged(), promotion=Promotion(months=6)),
        TermsError,
        (
            "promotion: got \"with the balance 'average'\"; allowed: where the balance of"
            " each day bears"
        ),
    ),
    # The minimum.
    (
        lambda: MinimumPayment("10%", in_full="interest"),
        InputTypeError,
        "in_full: got 'interest'; allowed: a list of items",
    ),
    (
        lambda: MinimumPayment("10%", in_full=["cash"]),
        UnknownNameError,
        (
            "in_full: got 'cash'; allowed: 'interest', 'fees', 'arrears', 'over_limit',"
            " 'newly_over_limit', 'installments', 'carried'"
        ),
    ),
    (
        lambda: MinimumPayment("10%", share_of="limit"),
        UnknownNameError,
        "share_of: got 'limit'; allowed: 'principal', 'balance'",
    ),
    (
        lambda: MinimumPayment("10%", covers_interest=1),
        InputTypeError,
        "covers_interest: got 1; allowed: True or False",
    ),
    (
        lambda: MinimumPayment("10%", whole_below=-1),
        LimitError,
        "whole_below: got -1; allowed: zero or above",
    ),
    # What it costs to pay less.
    *(
        (
            lambda amounts=amounts: DefaultCharge("0%", amounts=amounts),
            InputTypeError,
            f"amounts: got {amounts!r}; allowed: at most two amounts",
        )
        for amounts in ("30", 30, ["1", "2", "3"], {"30"})
    ),
    (
        lambda: DefaultCharge("0%", amounts=[0.5]),
        InputTypeError,
        "amounts: got 0.5; allowed: str, int or Decimal; a float is not exact: pass a string, such as '0.5'",
    ),
    (
        lambda: DefaultCharge("0%", amounts=["-1"]),
        LimitError,
        "amounts: got '-1'; allowed: zero or above",
    ),
    (
        lambda: DefaultCharge("0%", amounts=["30"], repeat_within=0),
        LimitError,
        "repeat_within: got 0; allowed: 1 to 120",
    ),
    (
        lambda: DefaultCharge("0%", amounts=["30"], repeat_within=121),
        LimitError,
        "repeat_within: got 121; allowed: 1 to 120",
    ),
    *(
        (
            lambda share=share, words=words: DefaultCharge(
                share, amounts=["30", "41"], **words
            ),
            TermsError,
            "amounts: got 'with a share'; allowed: a share, or amounts",
        )
        for share, words in (
            ("5%", {}),
            ("0%", {"least": "5"}),
            ("0%", {"most": "500"}),
        )
    ),
    # Installments.
    *(
        (
            lambda fees=fees: installments(fees=fees),
            InputTypeError,
            f"fees: got {fees!r}; allowed: fees by installments",
        )
        for fees in ("2.3%", None, {}, [])
    ),
    *(
        (
            lambda pair=pair: installments(fees=[pair]),
            InputTypeError,
            f"fees: got {pair!r}; allowed: installments, a share",
        )
        for pair in (3, "3%", (3,), (3, "1%", 2))
    ),
    (
        lambda: installments(fees=[(3, "1%"), (3, "2%"), (6, "3%")]),
        TermsError,
        "fees: got [3, 6]; allowed: every count once",
    ),
    (
        lambda: installments(fees={121: "1%"}),
        LimitError,
        "installments: got 121; allowed: 1 to 120",
    ),
    (
        lambda: installments(fees={"3": "1%"}),
        InputTypeError,
        "installments: got '3'; allowed: int",
    ),
    (
        lambda: installments(fees={3: "101%"}),
        LimitError,
        "fee: got '101%'; allowed: 0% to 100%",
    ),
    (
        lambda: installments(billed="last"),
        UnknownNameError,
        "billed: got 'last'; allowed: 'each', 'first'",
    ),
    (
        lambda: installments(residue="spread"),
        UnknownNameError,
        "residue: got 'spread'; allowed: 'first', 'last'",
    ),
    (
        lambda: installments(rounding=5),
        InputTypeError,
        "rounding: got 5; allowed: Rounding or its mode",
    ),
    (
        lambda: installments(early="none"),
        UnknownNameError,
        "early: got 'none'; allowed: 'due', 'waived', 'share'",
    ),
    (
        lambda: installments(refund="lost"),
        UnknownNameError,
        "refund: got 'lost'; allowed: 'split_anew', 'kept'",
    ),
    (
        lambda: installments(fee_return="all"),
        UnknownNameError,
        "fee_return: got 'all'; allowed: 'none', 'unbilled', 'whole'",
    ),
    (
        lambda: installments(split="evenly"),
        UnknownNameError,
        "split: got 'evenly'; allowed: 'apart', 'together'",
    ),
    (
        lambda: installments(split="together", billed="first"),
        TermsError,
        "split: got 'together'; allowed: 'apart', where the fee is billed whole",
    ),
    (
        lambda: installments(fee_return="whole", refund="split_anew"),
        TermsError,
        (
            "fee_return: got 'whole'; allowed: 'none' or 'unbilled', where a refund ends"
            " the plan"
        ),
    ),
    (
        lambda: installments(early="share"),
        TermsError,
        (
            "early_share: got None; allowed: a share where early is 'share', and only"
            " there"
        ),
    ),
    (
        lambda: installments(early_share="3%"),
        TermsError,
        (
            "early_share: got '3/100'; allowed: a share where early is 'share', and only"
            " there"
        ),
    ),
    (
        lambda: installments(early="share", early_share="101%"),
        LimitError,
        "early_share: got '101%'; allowed: 0% to 100%",
    ),
    (
        lambda: installments(fee_return="unbilled"),
        TermsError,
        (
            "fee_return: got 'unbilled'; allowed: 'none', where the fee is billed with each"
            " installment"
        ),
    ),
    (
        lambda: installments().fee(6),
        InputValueError,
        "installments: got 6; allowed: 3, 12",
    ),
    (
        lambda: installments().fee("3"),
        InputTypeError,
        "installments: got '3'; allowed: int",
    ),
    (
        lambda: installments().fee(0),
        LimitError,
        "installments: got 0; allowed: 1 to 120",
    ),
    # Allocation.
    (
        lambda: LineAllocation(order="principal"),
        InputTypeError,
        "order: got 'principal'; allowed: a list of components",
    ),
    *(
        (
            lambda order=order: LineAllocation(order=order),
            TermsError,
            (
                f"order: got {order!r}; allowed: penalty, fee, interest and principal, each"
                " once"
            ),
        )
        for order in (
            ["principal"],
            ["penalty", "fee", "interest", "interest"],
            ["penalty", "compound", "interest", "principal"],
            [*USUAL, "compound"],
        )
    ),
    (
        lambda: LineAllocation(order=["tax"]),
        UnknownNameError,
        "order: got 'tax'; allowed: 'penalty', 'compound', 'fee', 'interest', 'principal'",
    ),
    (
        lambda: LineAllocation(first="newest"),
        UnknownNameError,
        "first: got 'newest'; allowed: 'oldest', 'highest_rate', 'lowest_rate'",
    ),
    (
        lambda: LineAllocation(minimum_first="newest"),
        UnknownNameError,
        "minimum_first: got 'newest'; allowed: 'oldest', 'highest_rate', 'lowest_rate'",
    ),
    (
        lambda: LineAllocation(late_order=LATE),
        TermsError,
        "late_order: got 'one of late_order and late_from'; allowed: both, or neither",
    ),
    (
        lambda: LineAllocation(late_from=91),
        TermsError,
        "late_order: got 'one of late_order and late_from'; allowed: both, or neither",
    ),
    (
        lambda: LineAllocation(late_order=LATE, late_from=-1),
        LimitError,
        "late_from: got -1; allowed: 0 to 3,660",
    ),
    (
        lambda: LineAllocation(late_order=["fee"], late_from=91),
        TermsError,
        "order: got ['fee']; allowed: penalty, fee, interest and principal, each once",
    ),
    # The line itself.
    *(
        (
            lambda name=name: line(**{name: "x"}),
            InputTypeError,
            f"{name}: got 'x'; allowed: {kind}(...)",
        )
        for name, kind in (
            ("business_days", "BusinessDays"),
            ("interest", "LineInterest"),
            ("minimum", "MinimumPayment"),
            ("default_charge", "DefaultCharge"),
            ("installments", "InstallmentTerms"),
            ("allocation", "LineAllocation"),
        )
    ),
    (
        lambda: line(allocation=None),
        InputTypeError,
        "allocation: got None; allowed: LineAllocation(...)",
    ),
    *(
        (
            lambda segments=segments: line(segments=segments),
            InputTypeError,
            f"segments: got {segments!r}; allowed: a list of LineSegment",
        )
        for segments in (None, "cash", {"cash": 1})
    ),
    (
        lambda: line(segments=["cash"]),
        InputTypeError,
        "segments: got 'cash'; allowed: LineSegment(...)",
    ),
    (
        lambda: line(segments=[segment(name=f"s{number}") for number in range(21)]),
        LimitError,
        "segments: got 21; allowed: at most 20",
    ),
    (
        lambda: line(segments=[segment(), segment(name="gold"), segment()]),
        TermsError,
        "segments: got ['cash', 'gold', 'cash']; allowed: every name once",
    ),
    (
        lambda: line(over_limit="asked"),
        UnknownNameError,
        "over_limit: got 'asked'; allowed: 'refused', 'allowed'",
    ),
    (
        lambda: line(limit_covers="all"),
        UnknownNameError,
        "limit_covers: got 'all'; allowed: 'principal', 'balance'",
    ),
    (
        lambda: line(day_order="payment"),
        InputTypeError,
        "day_order: got 'payment'; allowed: a list of event kinds",
    ),
    (
        lambda: line(day_order=["payment", "payment"]),
        TermsError,
        "day_order: got ['payment', 'payment']; allowed: every kind once",
    ),
    (
        lambda: line(same_day="id"),
        UnknownNameError,
        "same_day: got 'id'; allowed: 'kind', 'sequence'",
    ),
]


@pytest.mark.parametrize(("make", "kind", "said"), REFUSED)
def test_what_is_refused_and_what_is_said(make, kind, said):
    with pytest.raises(kind) as caught:
        make()
    assert type(caught.value) is kind
    assert str(caught.value) == said


def test_interest_at_its_limits():
    agreed = interest(
        rate="18%/year", days_in_year=360, grace_days=60, free_period="lost",
        regained_after=12, bearing=["penalty", "principal", "interest"],
        tolerance="0.00",
    )  # fmt: skip
    assert agreed.daily == Fraction(1, 2000)
    assert agreed.bearing == (
        Component.PENALTY, Component.INTEREST, Component.PRINCIPAL,
    )  # fmt: skip
    assert interest(rate="1.5%/month", days_in_year=360).daily == Fraction(1, 2000)
    assert interest(overdue_multiple="10", bears_from="use").overdue_multiple == 10
    assert hash(agreed) == hash(attrs.evolve(agreed))


@pytest.mark.parametrize(
    "words",
    [
        {"bears_from": "statement", "bears_on": "unpaid_share"},
        {"bears_from": "statement", "free_period": "lost", "regained_after": 2},
        {"bears_from": "use", "posted": "payment", "overdue_multiple": Fraction(3, 2)},
        {"bears_from": "after_due", "posted": "payment"},
        {"bears_from": "after_due", "repayment_day": "old"},
        {"bears_from": "after_due", "overdue_cap": Fraction(1, 3)},
        {"bears_from": "use", "balance": "average", "rounded": "statement"},
        {"bears_from": "statement", "balance": "average", "rounded": "statement",
         "bears_on": "unpaid_share", "repayment_day": "old", "free_period": "lost"},
        {"bears_from": "statement", "balance": "previous", "rounded": "statement"},
        {"bears_from": "statement", "balance": "adjusted", "rounded": "statement"},
    ],
)  # fmt: skip
def test_pairs_that_have_a_meaning(words):
    agreed = interest(**words)
    for name, word in words.items():
        value = getattr(agreed, name)
        assert getattr(value, "value", value) == word


CHOICES = {
    "bears_from": ["posting", "statement", "after_due", "use"],
    "bears_on": ["whole", "unpaid_share", "unpaid"],
    "repayment_day": ["old", "reduced"],
    "overdue_multiple": [1, 2],
    "overdue_cap": [None, "100%"],
    "rounded": ["segment", "period", "statement"],
    "free_period": ["kept", "lost"],
    "regained_after": [1, 2],
    "posted": ["statement", "payment"],
    "balance": ["daily", "average", "previous", "adjusted"],
}


def without_meaning(words):
    """Whether terms of interest have no meaning together, as the reference says."""
    since, balance = words["bears_from"], words["balance"]
    unpaid = words["bears_on"] != "whole" or words["free_period"] == "lost"
    of_any = (
        (since in ("use", "after_due") and unpaid)
        or (since != "use" and words["overdue_multiple"] != 1)
        or (words["overdue_cap"] is not None and since != "after_due")
        or (words["overdue_cap"] is not None and words["rounded"] == "statement")
        or (since in ("posting", "statement") and words["posted"] == "payment")
        or (words["free_period"] == "kept" and words["regained_after"] != 1)
    )
    of_a_cycle = balance != "daily" and (
        since in ("posting", "after_due")
        or words["posted"] == "payment"
        or words["rounded"] != "statement"
        or words["overdue_multiple"] != 1
    )
    of_the_last_bill = balance in ("previous", "adjusted") and (
        since == "use" or unpaid or words["repayment_day"] == "old"
    )
    return of_any or of_a_cycle or of_the_last_bill


def test_terms_are_refused_where_they_have_no_meaning_together_and_only_there():
    meant = 0
    for chosen in product(*CHOICES.values()):
        words = dict(zip(CHOICES, chosen, strict=True))
        if without_meaning(words):
            with pytest.raises(TermsError):
                interest(**words)
        else:
            interest(**words)
            meant += 1
    # By the day: 2 * 3 * (1 + 2) * 2 * 3 that wait; then 2 * 2 * 3 after the due date,
    # 2 * 2 * 2 of these with a ceiling, and 2 * 2 * 2 * 3 from use. The average: 3 * (1 + 2) * 2 from the statement, and 2
    # from use. The last bill: 1, and 1 of it adjusted.
    assert meant == 108 + 12 + 8 + 24 + 18 + 2 + 2


def test_a_fee_of_drawing():
    fee = TransactionFee("1%", least="10", most="10", rounding="up")
    assert (fee.share, fee.least, fee.most) == (Fraction(1, 100), 10, 10)
    assert fee.rounding == Rounding("up")
    assert TransactionFee("0%").most is None
    assert TransactionFee(Fraction(1)).share == 1


def test_a_segment_has_terms_of_its_own():
    deferred = Promotion(months=120, deferred=True)
    cash = segment(
        name="x" * 40, limit="0.01", due_in_full=True, fee=TransactionFee("1%"),
        promotion=deferred,
    )  # fmt: skip
    assert (cash.limit, cash.promotion.rate) == (Decimal("0.01"), Rate("0%/year"))
    # A promotion whose interest is not deferred may be of what else waits.
    waits = segment(
        interest=interest(days_in_year=365),
        promotion=Promotion(months=1, rate="3%/year"),
    )
    assert waits.promotion.rate == Rate("3%/year")
    by_day = Promotion(months=1, rate="0.01%/day")
    assert segment(promotion=by_day).promotion == by_day
    assert segment(name="现金").name == "现金"
    many = [segment(name=f"s{number}") for number in range(20)]
    assert line(segments=many).segments == tuple(many)


def test_the_items_of_a_minimum_have_one_order():
    rule = MinimumPayment("5%", in_full=["carried", MinimumItem.FEES, "fees"])
    assert rule.in_full == (MinimumItem.FEES, MinimumItem.CARRIED)
    assert MinimumPayment("5%", in_full=[]).in_full == ()
    left_out = set(MinimumItem) - set(MinimumPayment("5%").in_full)
    assert left_out == {MinimumItem.CARRIED, MinimumItem.NEWLY_OVER_LIMIT}


def test_a_default_charge_of_amounts():
    charge = DefaultCharge("0%", amounts=["30", 41], repeat_within=120)
    assert (charge.amounts, charge.repeat_within) == ((30, 41), 120)
    assert DefaultCharge("0%", amounts=[]).amounts == ()
    assert DefaultCharge("5%", least="5", most="5").most == 5


def test_fees_of_plans_go_by_their_count():
    agreed = installments(
        fees=[(12, "7.5%"), [3, Fraction(23, 1000)], (120, "0%")], billed="first",
        fee_return="unbilled", early="share", early_share="3%",
    )  # fmt: skip
    assert agreed.fees == (
        (3, Fraction(23, 1000)), (12, Fraction(3, 40)), (120, Fraction(0)),
    )  # fmt: skip
    assert (agreed.fee(3), agreed.fee(120)) == (Fraction(23, 1000), 0)
    assert agreed.early_share == Fraction(3, 100)
    assert installments() == installments(fees=[(12, "7.5%"), (3, "2.3%")])


def test_an_order_may_be_another_when_late():
    rule = LineAllocation(late_order=LATE, late_from=91, minimum_first="lowest_rate")
    assert [component.value for component in rule.order_on(90)] == USUAL
    assert [component.value for component in rule.order_on(91)] == LATE
    assert rule.minimum_first is FirstPaid.LOWEST_RATE
    plain = LineAllocation(order=LATE)
    assert plain.order_on(3_660) == plain.order == rule.late_order
    assert plain.minimum_first is None
    assert LineAllocation(late_order=USUAL, late_from=0).late_from == 0


def test_a_line_takes_its_parts():
    assert line(segments=[]).segments == ()
    assert line().day_order == DEFAULT_DAY_ORDER
    turned = line(day_order=["payment"], same_day="sequence")
    assert turned.day_order[:2] == (Happening.PAYMENT, Happening.LIMIT_CHANGE)
    assert turned.same_day is SameDay.SEQUENCE
    assert line() != turned
