"""Every cent of a line, worked out from its formula."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from kept_lines import (
    BOUGHT,
    DUE,
    NOV5,
    OCT5,
    SEP5,
    aug,
    buy,
    cash,
    cash_at,
    interest,
    kept,
    line,
    pay,
    sep,
    split,
)
from loanmath import (
    DefaultCharge,
    EqualPrincipal,
    Fee,
    InstallmentLoan,
    LinePosting,
    MinimumPayment,
    PlanSettlement,
    Rate,
    Rounding,
    TransactionFee,
)
from loanmath.errors import DateRangeError
from loanmath.terms.lines import InstallmentTerms
from posting_formulas import worked_out


def postings(account, until, since=None):
    """The postings, each worked out from its formula."""
    found = account.postings(since, until)
    for one in found:
        assert worked_out(one, account.line.digits) == Fraction(one.amount), str(one)
    return found


def the(account, rule, until=NOV5, component=None):
    """The first posting of a rule."""
    return next(
        one
        for one in postings(account, until)
        if one.rule == rule and component in (None, one.component)
    )


# --- each rule --------------------------------------------------------------------------------


def test_what_is_drawn():
    assert the(kept(line(), *BOUGHT), "drawn") == LinePosting(
        on=aug(10),
        segment="purchases",
        component="principal",
        amount=Decimal("300.00"),
        currency="CNY",
        rule="drawn",
        event="u1",
        formula="stated",
        pairs=(("stated", Decimal("300.00")),),
        source="Event",
    )


def test_interest_by_stretch():
    one = the(kept(line(interest()), *BOUGHT), "interest")
    assert one.formula == (
        "round(owed_1 * rate_1 * days_1) + round(owed_2 * rate_2 * days_2)"
    )
    assert one.inputs == {
        "owed_1": Decimal("300.00"),
        "rate_1": Fraction(1, 1000),
        "days_1": 10,
        "from_1": aug(10),
        "owed_2": Decimal("500.00"),
        "rate_2": Fraction(1, 1000),
        "days_2": 46,
        "from_2": aug(20),
        "rounding": Rounding(),
    }
    assert (one.on, str(one.amount), one.event) == (OCT5, "26.00", "")
    assert one.source == "Terms of the line: interest"


@pytest.mark.parametrize(
    ("rounded", "formula"),
    [
        (
            "period",
            (
                "round(owed_1 * rate_1 * days_1 + owed_2 * rate_2 * days_2)"
                " + round(owed_3 * rate_3 * days_3)"
            ),
        ),
        (
            "statement",
            (
                "round(owed_1 * rate_1 * days_1 + owed_2 * rate_2 * days_2"
                " + owed_3 * rate_3 * days_3)"
            ),
        ),
    ],
)
def test_interest_by_row_and_once(rounded, formula):
    rule = interest(free_period="lost", rounded=rounded, rounding="up")
    account = kept(line(rule), *BOUGHT, buy(sep(10), "0.33", "u3"))
    assert the(account, "interest").formula == formula


def test_interest_of_a_share():
    # 100 of 500 are missing.
    account = kept(line(interest(bears_on="unpaid_share")), *BOUGHT, pay(sep(20), 400))
    one = the(account, "interest")
    assert one.formula.startswith("round(owed_1 * rate_1 * days_1 * share_1) + ")
    assert one.inputs["share_1"] == Fraction(1, 5)
    assert "share_4" not in one.inputs


def test_a_transaction_fee():
    fee = TransactionFee("1%", least=10, most=50, rounding="up")
    account = kept(line(segments=[cash_at(fee=fee)]), cash(aug(10), "1500.10"))
    one = the(account, "transaction fee")
    assert one.formula == "min(most, max(least, round(rate_share * amount)))"
    assert one.inputs == {
        "amount": Decimal("1500.10"),
        "rate_share": Fraction(1, 100),
        "least": Decimal(10),
        "rounding": Rounding("up"),
        "most": Decimal(50),
    }
    assert (str(one.amount), one.component) == ("15.01", "fee")
    assert one.source == "Terms of the line: transaction fee"
    without = line(segments=[cash_at(fee=TransactionFee("1%"))])
    one = the(kept(without, cash(aug(10), 1500)), "transaction fee")
    assert one.formula == "max(least, round(rate_share * amount))"


def charged(rule, *events, rank=0):
    terms = line(minimum=MinimumPayment("10%"), default_charge=rule)
    found = postings(kept(terms, *events), date(2026, 12, 1))
    return [one for one in found if one.rule == "default charge"][rank]


def test_a_default_charge_by_a_share():
    # 30 of a minimum of 50 were received.
    one = charged(DefaultCharge("5%", least=2), *BOUGHT, pay(DUE, 30))
    assert one.formula == "max(least, round(rate_share * (minimum - received)))"
    assert one.inputs == {
        "minimum": Decimal("50.00"),
        "received": Decimal("30.00"),
        "rate_share": Fraction(1, 20),
        "least": Decimal(2),
        "rounding": Rounding(),
    }
    assert (str(one.amount), one.component, one.on) == ("2.00", "penalty", sep(26))
    assert one.source == "Terms of the line: default charge"
    one = charged(DefaultCharge("5%", most=1), *BOUGHT)
    assert one.formula.startswith("min(most, max(least, ")


def test_a_default_charge_after_a_conversion():
    # 600 of 1,000 were converted: a tenth of 400 is due, and 39 were received.
    events = (
        buy(aug(10), 1000),
        split(sep(10), amount=600, count=3, fee="0%"),
        pay(DUE, 39),
    )
    one = charged(DefaultCharge("5%", least=1), *events)
    assert (one.inputs["minimum"], one.inputs["received"]) == (40, 39)


def test_a_default_charge_by_amounts():
    rule = DefaultCharge("0%", amounts=[30, 41], repeat_within=1)
    first, second = (charged(rule, buy(aug(10), 1000), rank=rank) for rank in (0, 1))
    assert first.formula == "min(stated, minimum)"
    assert first.inputs == {"stated": Decimal(30), "minimum": Decimal("100.00")}
    # In October a tenth of 1,000, the 30 and 100 of arrears.
    assert second.inputs == {"stated": Decimal(41), "minimum": Decimal("230.00")}
    # A tenth of 100 is less than either.
    small = [charged(rule, buy(aug(10), 100), rank=rank) for rank in (0, 1)]
    assert [one.inputs["stated"] for one in small] == [30, 41]
    assert str(small[0].amount) == "10.00"


def test_money_that_is_allocated():
    one = the(kept(line(), *BOUGHT, pay(sep(10), 100)), "payment")
    assert (one.formula, one.inputs) == ("-paid", {"paid": Decimal("100.00")})
    assert (str(one.amount), one.event) == ("-100.00", "p1")
    assert one.source == "Terms of the line: allocation"


def test_a_credit_that_is_made_and_used():
    account = kept(line(), pay(aug(9), 100), buy(aug(10), 130))
    made, used, drawn = postings(account, aug(10))
    assert (made.segment, made.component, str(made.amount)) == ("", "credit", "-100.00")
    assert (made.formula, used.formula) == ("-changed", "changed")
    assert (str(used.amount), used.rule, used.event) == ("100.00", "drawn", "u1")
    assert used.source == "Terms of the line: credit"
    assert drawn.formula == "stated - credit_used"
    assert drawn.inputs == {
        "stated": Decimal("130.00"), "credit_used": Decimal("100.00"),
    }  # fmt: skip


def test_what_the_terms_add_is_of_the_terms():
    terms = line(installments=InstallmentTerms(fees={3: "3%"}))
    account = kept(terms, buy(aug(10), 300), split(aug(10), of="u1", count=3))
    one = the(account, "installment")
    assert (one.source, one.formula, one.event) == ("Terms of the line", "stated", "")
    taken = the(account, "conversion")
    assert (taken.source, taken.formula, taken.event) == ("Event", "-stated", "s1")


@pytest.mark.parametrize(
    ("credit", "of_principal", "of_fee", "of_interest"),
    [
        # 100 of principal, 10.60 of fee and 3.00 of interest fall due.
        (40, "40.00", None, None),
        (100, None, None, None),
        (105, None, "5.00", None),
        ("110.60", None, None, None),
        ("112.60", None, None, "2.00"),
    ],
)
def test_what_a_credit_pays_of_an_installment(
    credit, of_principal, of_fee, of_interest
):
    fee = Fee("service", "10", due="installments", tax="6%")
    plan = InstallmentLoan(
        currency="CNY", principal="300", disbursed=aug(10), every="monthly",
        rate=Rate("1%/month"), repayment=EqualPrincipal(3), fees=[fee],
    )  # fmt: skip
    terms = line(installments=InstallmentTerms(fees={3: "0%"}))
    account = kept(
        terms,
        buy(aug(10), 300),
        buy(aug(10), 300, "u2"),
        split(aug(10), of="u1", count=3),
        split(aug(10), "s2", of="u2", plan=plan),
        # The installment of the other plan, 100, comes first.
        pay(aug(11), Decimal(credit) + 100),
    )
    own = [one for one in postings(account, SEP5) if one.rule == "installment"]
    found = {one.component: one.inputs.get("credit_used") for one in own if one.segment}
    paid = {"principal": of_principal, "fee": of_fee, "interest": of_interest}
    for component, amount in paid.items():
        if amount is None:
            assert found.get(component) in (None, 0)
        else:
            assert found[component] == Decimal(amount)
    stated = {one.component: one.inputs["stated"] for one in own if one.segment}
    whole = {"principal": 100, "fee": Decimal("10.60"), "interest": 3}
    assert stated == {name: whole[name] for name in stated}


def test_what_a_credit_pays_of_a_settled_plan():
    # 300 and 9 fall due at once, of a credit of 304.
    terms = line(installments=InstallmentTerms(fees={3: "3%"}))
    account = kept(
        terms,
        buy(aug(10), 300),
        split(aug(10), of="u1", count=3),
        pay(aug(11), 304),
        PlanSettlement(id="e1", on=aug(12), of="s1"),
    )
    [one] = [
        x for x in postings(account, aug(12)) if x.rule == "plan settled" and x.segment
    ]
    assert one.inputs == {"stated": Decimal("9.00"), "credit_used": Decimal("4.00")}


# --- which ------------------------------------------------------------------------------------


def test_between_two_days():
    account = kept(line(), *BOUGHT, pay(sep(10), 100))
    assert [one.event for one in account.postings()] == ["u1", "u2", "p1"]
    assert [one.event for one in account.postings(aug(11))] == ["u2", "p1"]
    assert [one.event for one in account.postings(until=aug(20))] == ["u1", "u2"]
    assert [one.event for one in account.postings(aug(20), aug(20))] == ["u2"]
    assert kept(line()).postings() == ()
    with pytest.raises(DateRangeError) as caught:
        account.postings(aug(20), aug(19))
    assert str(caught.value) == (
        "until: got '2026-08-19'; allowed: on or after 2026-08-20"
    )


def test_what_moves_to_the_next_cycle_is_no_posting():
    account = kept(line(interest(tolerance=10)), *BOUGHT, pay(DUE, 490))
    assert account.postings(sep(26), sep(26)) == ()


def test_it_prints():
    account = kept(line(), pay(aug(9), 100), buy(aug(10), 130))
    assert [str(one).splitlines() for one in account.postings()][::2] == [
        [
            "2026-08-09, credit: -100.00",
            "  = -changed",
            "  changed = 100.00",
            "  Rule: payment",
            "  Source: Terms of the line: credit",
        ],
        [
            "2026-08-10, purchases, principal: 30.00",
            "  = stated - credit_used",
            "  stated = 130.00",
            "  credit_used = 100.00",
            "  Rule: drawn",
            "  Source: Event",
        ],
    ]
