"""Terms for the time after signing: their values, their limits, what they refuse."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from loanmath.errors import (
    CurrencyError,
    DateRangeError,
    InputTypeError,
    InputValueError,
    LimitError,
    TermsError,
    UnknownNameError,
)
from loanmath.rates import Rate
from loanmath.rounding import Rounding
from loanmath.terms import (
    DEFAULT_DAY_ORDER,
    AddOnInterest,
    AllocateBy,
    Allocation,
    AllocationTier,
    AmountCap,
    Component,
    Compounded,
    Compounding,
    CreditUse,
    DaysPastDue,
    FlatFee,
    FutureRule,
    Happening,
    InDuplum,
    InterestOn,
    LateCharge,
    LateChargeOf,
    PenaltyInterest,
    Prepayment,
    PrepaymentFee,
    RateCap,
    Servicing,
    Standing,
)
from serviced import loan

ALL = ["penalty", "compound", "fee", "interest", "principal"]


def late(**words):
    return PenaltyInterest(rate="0.05%/day", **words)


def test_one_of_rate_multiple_and_addition_is_given():
    assert PenaltyInterest(rate=Rate("0.05%/day")) == late()
    assert PenaltyInterest(multiple="1.5").multiple == Fraction(3, 2)
    assert PenaltyInterest(multiple=Fraction(4, 3)).multiple == Fraction(4, 3)
    assert PenaltyInterest(addition="5%/year").addition == Rate("5%/year")
    with pytest.raises(TermsError, match="exactly one") as caught:
        PenaltyInterest()
    assert caught.value.got == "no rate"
    with pytest.raises(TermsError) as caught:
        PenaltyInterest(rate="0.05%/day", multiple=1, addition="1%/year")
    assert caught.value.got == "rate and multiple and addition"


@pytest.mark.parametrize("multiple", [0, 100, "0.000000000001"])
def test_a_multiple_at_its_limits(multiple):
    assert PenaltyInterest(multiple=multiple).multiple == Fraction(str(multiple))


@pytest.mark.parametrize(
    "multiple", [-1, "100.000000000001", "0.0000000000001", Fraction(1, 10**12 + 1)]
)
def test_a_multiple_beyond_its_limits(multiple):
    with pytest.raises(LimitError, match="0 to 100, 12 decimals"):
        PenaltyInterest(multiple=multiple)


@pytest.mark.parametrize(
    "field",
    ["base", "first_day", "payment_day", "grace", "contract_interest", "rounded"],
)
def test_a_choice_of_penalty_is_one_of_its_names(field):
    with pytest.raises(UnknownNameError):
        late(**{field: "something"})
    with pytest.raises(InputTypeError):
        late(**{field: 1})


@pytest.mark.parametrize("days", [0, 3660])
def test_days_at_their_limits(days):
    assert late(grace_days=days).grace_days == days
    assert DaysPastDue(grace_days=days).grace_days == days
    assert AllocationTier(days, ALL).from_days == days


@pytest.mark.parametrize("days", [-1, 3661])
def test_days_beyond_their_limits(days):
    for door in (
        lambda: late(grace_days=days),
        lambda: DaysPastDue(grace_days=days),
        lambda: AllocationTier(days, ALL),
        lambda: LateCharge("late", "1", days_late=days),
    ):
        with pytest.raises(LimitError, match="0 to 3,660"):
            door()


@pytest.mark.parametrize("days", [True, 1.0, "1", None])
def test_days_are_whole_numbers(days):
    with pytest.raises(InputTypeError, match="int"):
        late(grace_days=days)


def test_the_days_of_a_year_are_one_of_four():
    assert [late(days_in_year=n).days_in_year for n in (360, 364, 365, 366)] == [
        360,
        364,
        365,
        366,
    ]
    for days in (0, 359, 361, 363, 367):
        with pytest.raises(InputValueError, match="360, 364, 365 or 366"):
            late(days_in_year=days)
    with pytest.raises(InputTypeError, match="int"):
        late(days_in_year="365")


def test_penalty_takes_nothing_else_for_compounding_or_rounding():
    with pytest.raises(InputTypeError, match="Compounding"):
        late(compounding="daily")
    with pytest.raises(UnknownNameError):
        late(rounding="sideways")
    assert late(rounding="up").rounding == Rounding("up")
    with pytest.raises(LimitError):
        late(tolerance="-0.01")
    with pytest.raises(InputTypeError):
        PenaltyInterest(rate=0.05)


def test_compounding_names_what_bears_interest():
    full = Compounding(["compound", "penalty", "interest"])
    assert [part.value for part in full.of] == ["interest", "penalty", "compound"]
    assert (full.every, full.day, full.at_contract_rate) == (
        Compounded.QUARTERLY,
        21,
        False,
    )
    for of in ([], "penalty", None, {"penalty"}):
        with pytest.raises(InputTypeError, match="list of component names"):
            Compounding(of)
    for of in (["fee"], ["principal"], ["penalty", "fee"]):
        with pytest.raises(InputValueError, match="interest, penalty, compound"):
            Compounding(of)
    with pytest.raises(UnknownNameError):
        Compounding(["penalty"], "yearly")
    with pytest.raises(InputTypeError, match="True or False"):
        Compounding(["penalty"], at_contract_rate=1)


def test_the_day_of_compounding_is_in_every_month():
    assert [Compounding(["penalty"], day=day).day for day in (1, 28)] == [1, 28]
    for day in (0, 29):
        with pytest.raises(LimitError, match="1 to 28"):
            Compounding(["penalty"], day=day)
    with pytest.raises(InputTypeError, match="int"):
        Compounding(["penalty"], day="1")


def test_penalty_beside_the_loan():
    for penalty in (
        late(compounding=Compounding(["interest"]), base="overdue_principal"),
        late(compounding=Compounding(["penalty"]), base="overdue_installment"),
    ):
        assert loan(penalty=penalty).penalty is penalty
    for base in ("overdue_principal_and_interest", "overdue_installment"):
        with pytest.raises(TermsError, match="charged twice"):
            loan(penalty=late(compounding=Compounding(["interest"]), base=base))
    with pytest.raises(InputTypeError, match="PenaltyInterest"):
        loan(penalty="0.05%/day")
    with pytest.raises(CurrencyError, match="tolerance"):
        loan(penalty=late(tolerance="0.001"))


def test_a_contract_without_a_rate_has_none_to_multiply():
    flat = {"rate": None, "repayment": FlatFee(3, "1%")}
    assert loan(penalty=late(), **flat).penalty
    at_contract_rate = Compounding(["penalty"], at_contract_rate=True)
    for penalty in (
        PenaltyInterest(multiple=2),
        PenaltyInterest(addition="1%/year", days_in_year=360),
        late(contract_interest="continues"),
        late(compounding=at_contract_rate),
    ):
        with pytest.raises(TermsError, match="a rate of its own"):
            loan(penalty=penalty, **flat)
    assert loan(penalty=late(compounding=Compounding(["penalty"])), **flat).penalty


def test_interest_that_is_added_on_does_not_follow_what_is_owed():
    on_balance = Servicing(interest_on="balance")
    with pytest.raises(TermsError, match="agreed in advance on what was lent"):
        loan(repayment=AddOnInterest(3), servicing=on_balance)
    # A flat fee is no interest: nothing is said of it.
    loan(rate=None, repayment=FlatFee(3, "3%"), servicing=on_balance)


def test_a_contract_rate_without_days_of_a_year_is_not_needed_by_itself():
    # The months of a contract rate say nothing of its days.
    assert loan(penalty=late()).penalty
    for penalty in (
        PenaltyInterest(multiple=2),
        PenaltyInterest(addition="0.01%/day"),
        PenaltyInterest(rate="1%/month"),
        late(contract_interest="continues"),
        late(compounding=Compounding(["penalty"], at_contract_rate=True)),
    ):
        with pytest.raises(TermsError, match="days_in_year"):
            loan(penalty=penalty)


def test_a_late_charge():
    charge = LateCharge("late", "5%", of="installment", least="1", most="1")
    assert (charge.amount, charge.of) == (Fraction(1, 20), LateChargeOf.INSTALLMENT)
    assert (charge.days_late, charge.component) == (1, Component.PENALTY)
    with pytest.raises(TermsError, match="the due day is on time"):
        LateCharge("late", "5%", days_late=0)
    with pytest.raises(TermsError, match="at least 2"):
        LateCharge("late", "5%", least="2", most="1.99")
    for component in ("interest", "principal", "compound"):
        with pytest.raises(TermsError, match="penalty or fee"):
            LateCharge("late", "5%", component=component)
    assert LateCharge("late", "5%", component="fee").component is Component.FEE
    for wrong in ({"least": "-1"}, {"most": "-1"}, {"tolerance": "-1"}):
        with pytest.raises(LimitError):
            LateCharge("late", "5%", **wrong)
    with pytest.raises(UnknownNameError):
        LateCharge("late", "5%", of="everything")
    with pytest.raises(InputTypeError):
        LateCharge(1, "5%")
    with pytest.raises(InputTypeError):
        LateCharge("late", 5.0)


def test_late_charges_are_a_list_of_different_names():
    two = [LateCharge("a", "1"), LateCharge("b", "1")]
    assert Servicing(late_charges=two).late_charges == tuple(two)
    with pytest.raises(TermsError, match="different names"):
        Servicing(late_charges=[LateCharge("a", "1"), LateCharge("a", "2")])
    for wrong in ("late", [1], None, LateCharge("a", "1")):
        with pytest.raises(InputTypeError, match="LateCharge"):
            Servicing(late_charges=wrong)


@pytest.mark.parametrize("field", ["amount", "least", "most", "tolerance"])
def test_a_late_charge_finer_than_the_loan(field):
    words = {"amount": "1", field: "0.001"}
    charge = LateCharge("late", words.pop("amount"), **words)
    with pytest.raises(CurrencyError, match=f"late_charges late {field}"):
        loan(servicing=Servicing(late_charges=[charge]))


def test_a_tolerance_of_days_past_due_finer_than_the_loan():
    terms = Servicing(days_past_due=DaysPastDue(tolerance="0.001"))
    with pytest.raises(CurrencyError, match="tolerance"):
        loan(servicing=terms)


def test_a_rate_cap():
    cap = RateCap("cap", Rate("24%/year"), days_in_year=365)
    assert cap.rate == Rate("24%/year")
    assert RateCap("cap", "0%/day").rate.value == 0
    with pytest.raises(TermsError, match="zero or above"):
        RateCap("cap", "-0.01%/day")
    for rate in ("24%/year", "2%/month"):
        with pytest.raises(TermsError, match="rate per month or year"):
            RateCap("cap", rate)
    with pytest.raises(TermsError, match="rate per month or year"):
        RateCap("cap", "0.05%/day", days_in_year=365)
    with pytest.raises(InputTypeError):
        RateCap(5, "0.05%/day")


def test_an_amount_cap():
    cap = AmountCap("cap", "100%", ["interest", "compound", "penalty", "fee"])
    assert cap.most == 1
    assert [part.value for part in cap.of] == ["penalty", "compound", "fee", "interest"]
    with pytest.raises(TermsError, match="components that are a cost"):
        AmountCap("cap", "1", ["penalty", "compound", "principal"])
    for of in (["penalty"], ["compound", "fee"]):
        with pytest.raises(TermsError, match="what is cut off"):
            AmountCap("cap", "1", of)
    for of in ([], "penalty", None):
        with pytest.raises(InputTypeError, match="list of component names"):
            AmountCap("cap", "1", of)
    with pytest.raises(LimitError):
        AmountCap("cap", "-1")


@pytest.mark.parametrize(
    "cap",
    [
        lambda **days: RateCap("cap", "0.05%/day", **days),
        lambda **days: AmountCap("cap", "1", **days),
        InDuplum,
    ],
)
def test_the_days_of_a_cap(cap):
    first = date(2026, 1, 1)
    assert cap(since=first, until=date(2026, 1, 2)).until == date(2026, 1, 2)
    assert cap(since=first).until is None
    assert cap(until=first).since is None
    for until in (first, date(2025, 12, 31)):
        with pytest.raises(DateRangeError, match="after 2026-01-01"):
            cap(since=first, until=until)
    with pytest.raises(InputTypeError):
        cap(since="2026-01-01")


def test_caps_are_a_list_of_caps():
    caps = [InDuplum(), AmountCap("cap", "1")]
    assert Servicing(caps=caps).caps == tuple(caps)
    for wrong in (InDuplum(), [1], "cap", None):
        with pytest.raises(InputTypeError, match="list of RateCap"):
            Servicing(caps=wrong)


def test_a_prepayment_fee_is_one_of_two():
    assert PrepaymentFee("1%").amount == Fraction(1, 100)
    assert PrepaymentFee(months_of_interest=12).months_of_interest == 12
    with pytest.raises(TermsError) as caught:
        PrepaymentFee()
    assert caught.value.got == "neither"
    with pytest.raises(TermsError) as caught:
        PrepaymentFee("1%", months_of_interest=1)
    assert caught.value.got == "both"
    for months in (0, 13):
        with pytest.raises(LimitError):
            PrepaymentFee(months_of_interest=months)
    assert PrepaymentFee("1", within=1_200).within == 1_200
    for within in (0, 1_201):
        with pytest.raises(LimitError):
            PrepaymentFee("1", within=within)
    with pytest.raises(LimitError):
        PrepaymentFee("1", least="-1")


def test_a_prepayment_takes_names_and_a_fee():
    for field in ("effect", "interest", "unearned", "remaining_fees"):
        with pytest.raises(UnknownNameError):
            Prepayment(**{field: "something"})
    with pytest.raises(InputTypeError, match="PrepaymentFee"):
        Prepayment(fee="1%")
    with pytest.raises(InputTypeError, match="Prepayment"):
        Servicing(prepayment="shorter")


def test_an_order_of_components_is_a_table():
    table = Allocation(ALL[::-1]).order
    assert len(table) == 15
    assert table[0] == (Standing.PAST_DUE, Component.PRINCIPAL)
    assert table[5] == (Standing.DUE, Component.PRINCIPAL)
    assert table[-1] == (Standing.IN_ADVANCE, Component.PENALTY)
    assert Allocation([Component(name) for name in ALL]) == Allocation(ALL)


def test_slots_are_named_or_given_as_pairs():
    names = [f"{when.value}.{name}" for when in Standing for name in ALL]
    pairs = [(when, Component(name)) for when in Standing for name in ALL]
    texts = [(when.value, name) for when in Standing for name in ALL]
    assert Allocation(names) == Allocation(pairs) == Allocation(texts)
    # Slots in advance may be left out; no others.
    assert len(Allocation(names[:10]).order) == 10
    for place, missing in enumerate(names[:10]):
        with pytest.raises(TermsError) as caught:
            Allocation(names[:place] + names[place + 1 :])
        assert caught.value.got == f"no {missing}"


def test_what_an_order_refuses():
    for wrong in ([], "penalty", None, 5):
        with pytest.raises(InputTypeError, match="list of names"):
            Allocation(wrong)
    with pytest.raises(TermsError, match="every slot once"):
        Allocation([*ALL, "penalty"])
    with pytest.raises(TermsError, match="components alone"):
        Allocation([*ALL[1:], "due.penalty"])
    with pytest.raises(UnknownNameError):
        Allocation(["due.something"])
    with pytest.raises(UnknownNameError):
        Allocation(["later.penalty"])
    with pytest.raises(UnknownNameError):
        Allocation(["something"])
    with pytest.raises(InputTypeError):
        Allocation([("due", "penalty", "fee")])
    with pytest.raises(TermsError, match="every component"):
        Allocation(ALL[1:])


def test_an_allocation_takes_names():
    assert Allocation(by="component").by is AllocateBy.COMPONENT
    assert Allocation(future="spread").future is FutureRule.SPREAD
    for field in ("by", "future"):
        with pytest.raises(UnknownNameError):
            Allocation(**{field: "something"})


def test_tiers_are_sorted_and_differ():
    low, high = AllocationTier(1, ALL), AllocationTier(91, ALL[::-1])
    rule = Allocation(tiers=[high, low])
    assert rule.tiers == (low, high)
    assert rule.on_day(0) is rule
    assert rule.on_day(1).order == low.order
    assert [rule.on_day(n).order for n in (90, 91)] == [low.order, high.order]
    with pytest.raises(TermsError, match="one tier from each day"):
        Allocation(tiers=[low, AllocationTier(1, ALL[::-1])])
    for wrong in ([1], "tier", None, low):
        with pytest.raises(InputTypeError, match="AllocationTier"):
            Allocation(tiers=wrong)


def test_kinds_of_payment_have_rules():
    last, first = Allocation(future="last"), Allocation(future="credit")
    rule = Allocation(kinds={"refund": last, "bonus": first})
    assert rule.kinds == (("bonus", first), ("refund", last))
    assert rule == Allocation(kinds=[("refund", last), ["bonus", first]])
    assert rule.for_kind("refund") is last
    assert rule.for_kind("payment") is rule
    with pytest.raises(TermsError, match="every kind once"):
        Allocation(kinds=[("refund", last), ("refund", first)])
    for wrong in ("refund", 5, None):
        with pytest.raises(InputTypeError, match="table by kind"):
            Allocation(kinds=wrong)
    for wrong in ([1], ["ab"], [("refund", last, 1)], [("refund",)]):
        with pytest.raises(InputTypeError, match="a kind and an Allocation"):
            Allocation(kinds=wrong)
    with pytest.raises(InputTypeError, match=r"Allocation\(\.\.\.\)"):
        Allocation(kinds={"refund": "last"})
    with pytest.raises(InputTypeError):
        Allocation(kinds={1: last})


def test_servicing_takes_its_parts():
    terms = Servicing(interest_on="balance", credit="kept")
    assert (terms.interest_on, terms.credit) == (InterestOn.BALANCE, CreditUse.KEPT)
    for field in ("interest_on", "credit", "same_day"):
        with pytest.raises(UnknownNameError):
            Servicing(**{field: "something"})
    with pytest.raises(InputTypeError, match="Allocation"):
        Servicing(allocation="next")
    with pytest.raises(InputTypeError, match="DaysPastDue"):
        Servicing(days_past_due=3)
    with pytest.raises(InputTypeError, match="Servicing"):
        loan(servicing="servicing")


def test_the_order_of_a_day_names_kinds():
    assert Servicing(day_order=[]).day_order == DEFAULT_DAY_ORDER
    turned = Servicing(day_order=["payment", Happening.CHARGE]).day_order
    # Those that are not named follow in their usual order, of which the first is this.
    assert turned[:3] == (
        Happening.PAYMENT,
        Happening.CHARGE,
        Happening.LIMIT_CHANGE,
    )
    assert sorted(kind.value for kind in turned) == sorted(
        kind.value for kind in Happening
    )
    with pytest.raises(TermsError, match="every kind once"):
        Servicing(day_order=["payment", "payment"])
    with pytest.raises(UnknownNameError):
        Servicing(day_order=["something"])
    for wrong in ("payment", None, {"payment"}):
        with pytest.raises(InputTypeError, match="list of event kinds"):
            Servicing(day_order=wrong)


def test_amounts_are_kept_as_they_are_written():
    assert DaysPastDue(tolerance="1.50").tolerance == Decimal("1.50")
    with pytest.raises(LimitError):
        DaysPastDue(tolerance="-0.01")
