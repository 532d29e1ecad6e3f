"""Rows of their own: charges with a due date, and what a drawing is due at once."""

from datetime import date
from decimal import Decimal

import pytest

from loanmath import WEEKENDS, BusinessDays
from loanmath.account import Account, explain
from loanmath.errors import DateRangeError, EventError, InputValueError
from loanmath.events import (
    Charge,
    Chargeback,
    Disbursement,
    Reversal,
    TermsChange,
    Waiver,
)
from loanmath.rates import Rate
from loanmath.terms import (
    Compounding,
    EqualPrincipal,
    Fee,
    FlatFee,
    Holiday,
    LateCharge,
    LevelPayment,
    Prepayment,
    PrepaymentFee,
    Servicing,
)
from posting_formulas import worked_out
from serviced import D1, D2, D3, START, after, loan, opened, paid
from serviced import terms as lateness

FREE = {"rate": "0%/day"}
LETTER = date(2026, 3, 1)
LATER = date(2026, 5, 20)


def charge(due=LETTER, amount="25", name="c1", **words):
    return Charge(id=name, on=after(D1, 5), amount=amount, due=due, **words)


def rows(account, day):
    """Return the due date, the fee, the interest and the principal owed of each row."""
    return [
        (row.due, *(str(part) for part in list(row.owed)[2:]))
        for row in account.position(day).installments
    ]


def undrawn(principal, *events, **terms):
    """Return the account of a loan that is drawn by events."""
    agreed = loan(principal=principal, **terms)
    return Account.open(agreed, undrawn=True).record(*events)


def drawn(amount, on=START, name="d1", down="0"):
    return Disbursement(id=name, on=on, amount=amount, down_payment=down)


# --- charges ------------------------------------------------------------------------------


def test_a_charge_with_a_due_date_is_an_installment_of_its_own():
    account = opened(paid("1030", D1), charge(), penalty=FREE)
    assert rows(account, LETTER) == [
        (D1, "0.00", "0.00", "0.00"),
        (LETTER, "25.00", "0.00", "0.00"),
        (D2, "0.00", "20.00", "1000.00"),
        (D3, "0.00", "10.00", "1000.00"),
    ]
    assert len(account.position(D1).installments) == 3
    assert account.position(after(LETTER, 4)).days_past_due == 4
    assert str(account.position(LETTER).next_due.amount) == "1020.00"
    assert str(account.position(after(LETTER, -1)).next_due.amount) == "25.00"


def test_it_stands_behind_what_falls_due_that_day_and_after_the_last():
    account = opened(charge(due=D2), charge(due=LATER, name="c2"), penalty=FREE)
    assert [row[:2] for row in rows(account, D1)] == [
        (D1, "0.00"),
        (D2, "0.00"),
        (D3, "0.00"),
    ]
    assert [row[:2] for row in rows(account, D2)] == [
        (D1, "0.00"),
        (D2, "0.00"),
        (D2, "25.00"),
        (D3, "0.00"),
        (LATER, "25.00"),
    ]


def test_money_clears_it_in_its_turn_and_a_waiver_by_its_number():
    account = opened(paid("1030", D1), charge(), paid("25", LETTER, "p2"), penalty=FREE)
    assert rows(account, LETTER)[1] == (LETTER, "0.00", "0.00", "0.00")
    first, second, *_ = account.position(LETTER).installments
    assert (str(first.paid.principal), first.cleared) == ("1000.00", D1)
    assert (str(second.paid.fee), str(second.paid.principal)) == ("25.00", "0.00")
    waived = opened(
        charge(),
        Waiver(id="w1", on=LETTER, component="fee", amount="all", installments=[2]),
        penalty=FREE,
    )
    assert str(waived.position(LETTER).installments[1].waived) == "25.00"


def test_what_was_paid_before_comes_back_on_the_rows_it_was_paid_on():
    # The 100.00 of 16 February are of the second installment, which is the third now.
    early = paid("100", after(D1, 1), "p2")
    before = opened(paid("1030", D1), early, charge(), penalty=FREE)
    assert rows(before, LETTER)[2] == (D2, "0.00", "0.00", "920.00")
    for undone in (
        Reversal(id="x1", on=after(LETTER, 1), of="p2", reversed_as="today"),
        Chargeback(id="x1", on=after(LETTER, 1), of="p2", amount="100"),
    ):
        account = before.record(undone)
        assert rows(account, after(LETTER, 1))[2] == (D2, "0.00", "20.00", "1000.00")
        assert str(account.position(after(LETTER, 1)).paid.principal) == "1000.00"


def test_a_settlement_that_is_taken_back_after_it_is_whole_again():
    settled = opened(paid("1030", D1), paid("2000", D1, "p2"), penalty=FREE)
    assert settled.position(D1).status.value == "closed"
    account = settled.record(
        charge(),
        Reversal(id="x1", on=LETTER, of="p2", reversed_as="today"),
    )
    assert rows(account, LETTER) == rows(opened(paid("1030", D1), charge()), LETTER)


def test_prepaid_principal_that_bears_on_is_found_behind_it():
    terms = Servicing(prepayment=Prepayment(interest="period", effect="smaller"))
    agreed = loan(servicing=terms)
    events = (paid("1030", D1), paid("500", after(D1, 2), "p2", effect="smaller"))
    undone = Reversal(id="x1", on=after(LETTER, 1), of="p2", reversed_as="today")
    account = Account.open(agreed).record(*events, charge(), undone)
    plain = Account.open(agreed).record(*events, undone)
    with_charge, without = (rows(one, after(LETTER, 1)) for one in (account, plain))
    assert with_charge[:1] + with_charge[2:] == without
    # 2,000 bear 20.00 in the 28 days, 21 of which are over: once, not twice.
    assert str(account.position(after(LETTER, 7)).accrued) == "15.00"


def test_interest_of_a_period_goes_on_around_it():
    # Half of 20.00 is earned on 1 March, with or without the row.
    account = opened(paid("1030", D1), charge(), penalty=FREE)
    assert str(account.payoff(after(LETTER, -1))) == "2034.29"
    assert str(opened(paid("1030", D1)).payoff(after(LETTER, -1))) == "2009.29"
    settled = account.record(paid("2034.29", after(LETTER, -1), "p2"))
    assert settled.position(LETTER).status.value == "closed"


@pytest.mark.parametrize(("holiday", "day"), [(2, after(D2, 5)), (1, after(LETTER, 4))])
def test_rows_that_hold_more_than_they_earn_are_found_behind_it(holiday, day):
    held = loan(holidays=[Holiday(holiday, 1, "payment", interest="carry")])
    plain, charged = Account.open(held), Account.open(held).record(charge())
    assert charged.payoff(day) == plain.payoff(day) + 25


def test_what_bears_after_maturity_does_so_from_the_last_installment():
    # 0.30 a day on 1,000 from 15 April on, whatever is charged for later.
    agreed = loan(rate=Rate("0.03%/day"), servicing=Servicing(interest_on="balance"))
    first = Account.open(agreed)
    events = [
        paid(str(row.payment), row.due, f"p{row.number}")
        for row in first.loan.schedule()
    ][:2]
    late = first.record(*events).position(after(D3, 10)).installments[2].owed.interest
    account = first.record(*events, charge(due=LATER))
    assert account.position(after(D3, 10)).installments[2].owed.interest == late
    assert late > first.loan.schedule()[2].interest


def test_new_terms_ask_for_it_with_the_first_of_their_rows():
    change = TermsChange(
        id="t1", on=after(D1, 8), rate=Rate("2%/month"), day_count="30E/360"
    )
    account = opened(paid("1030", D1), charge(due=LATER), change, penalty=FREE)
    seen = rows(account, after(D1, 8))
    assert seen[1][:2] == (D2, "25.00")
    kept = opened(paid("1030", D1), charge(), change, penalty=FREE)
    assert rows(kept, after(D1, 8))[1] == (LETTER, "25.00", "0.00", "0.00")


def test_what_a_prepayment_costs_is_due_with_an_installment_and_not_with_it():
    # 1 % of what is prepaid: 500.00 are 495.05 and 4.95.
    account = opened(
        Charge(id="c1", on=START, amount="25", due=date(2026, 2, 1)),
        paid("500", after(START, 5), effect="smaller"),
        penalty=FREE,
        prepayment=Prepayment(fee=PrepaymentFee("1%"), interest="period"),
    )
    fees = [row.paid.fee for row in account.position(after(START, 5)).installments]
    assert fees == [Decimal(0), Decimal("4.95"), Decimal(0), Decimal(0)]


def test_it_stands_before_arrears_that_fall_due_later():
    # Interest that new terms make due on 15 March; then a charge for the 1st.
    change = TermsChange(
        id="t1", on=after(D1, 3), rate=Rate("2%/month"), day_count="30E/360"
    )
    account = opened(paid("1030", D1), change, charge(), penalty=FREE)
    assert [(row[0], row[1]) for row in rows(account, LETTER)][1:3] == [
        (LETTER, "25.00"),
        (D2, "0.00"),
    ]
    assert str(account.payoff(LETTER)) == str(
        opened(paid("1030", D1), change, penalty=FREE).payoff(LETTER) + 25
    )


def test_a_rebate_counts_installments_and_not_what_is_charged():
    agreed = loan(
        repayment=LevelPayment(3),
        servicing=Servicing(prepayment=Prepayment(unearned="rule_of_78")),
    )
    plain = Account.open(agreed)
    assert plain.record(charge(due=D2)).payoff(LETTER) == plain.payoff(LETTER) + 25


# Four rows of 1,000, serviced by terms that look at every row.
FOUR = {"principal": "4000", "repayment": EqualPrincipal(4)}
AGREED = [
    loan(
        **FOUR,
        **lateness(
            {
                "rate": "0.013%/day",
                "compounding": Compounding(["interest", "penalty"], "monthly", day=21),
            }
        ),
    ),
    loan(
        **FOUR,
        **lateness(
            {"contract_interest": "continues", "days_in_year": 360},
            interest_on="balance",
        ),
    ),
    loan(
        **FOUR,
        fees=[
            Fee("survey", "5", due=date(2026, 2, 20)),
            Fee("stamp", "2", due=date(2026, 3, 20)),
        ],
        servicing=Servicing(
            interest_on="balance", prepayment=Prepayment(effect="smaller")
        ),
    ),
    loan(**FOUR, holidays=[Holiday(3, 1, "payment", interest="carry")]),
]
# The second stands before the first, and the third before both, on the second's place.
CHARGES = [
    Charge(id="c0", on=START, amount="7", due=date(2026, 2, 1)),
    Charge(id="c1", on=START, amount="7", due=LATER),
    Charge(id="c2", on=after(D1, 5), amount="7", due=date(2026, 4, 1)),
    Charge(id="c3", on=after(D1, 6), amount="7", due=date(2026, 3, 25)),
]
RECORDS = [
    [],
    [paid("500", after(START, 5), effect="smaller"), paid("900", D1, "p2")],
    [
        paid("1040", after(D1, 3)),
        paid("700", after(D2, 5), "p2"),
        paid("400", after(D3, 2), "p3"),
    ],
    [
        paid("1040", D1),
        paid("500", after(D1, 7), "p2", effect="smaller"),
        Reversal(id="x1", on=after(LETTER, 5), of="p2", reversed_as="today"),
    ],
]


@pytest.mark.parametrize("agreed", AGREED)
@pytest.mark.parametrize("events", RECORDS)
def test_rows_that_owe_nothing_any_more_change_nothing_else(agreed, events):
    plain = Account.open(agreed).record(*events)
    account = Account.open(agreed).record(*CHARGES, *events)
    for one in CHARGES:
        number = next(
            row.number
            for row in account.position(one.due).installments
            if row.due == one.due
        )
        words = {"component": "fee", "amount": "7", "installments": [number]}
        account = account.record(Waiver(id=f"w-{one.id}", on=one.due, **words))
    own = {one.due for one in CHARGES}
    for days in range(0, 150, 3):
        day = after(START, days)
        pending = sum(7 for one in CHARGES if one.on <= day < one.due)
        with_rows, without = (
            [
                (row.due, list(row.owed))
                for row in one.position(day).installments
                if row.due not in own
            ]
            for one in (account, plain)
        )
        assert with_rows == without
        assert account.payoff(day) == plain.payoff(day) + pending
        assert account.position(day).accrued == plain.position(day).accrued


def test_the_last_period_goes_on_before_what_is_due_after_it():
    plain = Account.open(loan(**FOUR)).payoff(after(D3, 10))
    charged = Account.open(loan(**FOUR)).record(charge(due=LATER))
    assert charged.payoff(after(D3, 10)) == plain + 25


def test_a_charge_is_due_once_and_not_before_it_is_made():
    with pytest.raises(
        InputValueError, match="due: got '2026-03-01 and installment 2'"
    ):
        charge(installment=2)
    with pytest.raises(DateRangeError, match="due: got '2026-02-19'; allowed: from"):
        charge(due=after(D1, 4))


# --- drawings -----------------------------------------------------------------------------


def test_what_is_due_at_once_is_a_row_and_the_rest_is_planned():
    account = undrawn("3000", drawn("3000", down="25%"))
    assert rows(account, START) == [
        (START, "0.00", "0.00", "750.00"),
        (D1, "0.00", "22.50", "750.00"),
        (D2, "0.00", "15.00", "750.00"),
        (D3, "0.00", "7.50", "750.00"),
    ]
    assert str(account.payoff(START)) == "3000.00"
    assert account.position(after(START, 3)).days_past_due == 3


def test_a_later_drawing_has_a_row_amid_the_others():
    # 1,000 on the first due date, of which 500 at once: 2,500 on two rows.
    account = undrawn(
        "4500",
        drawn("3000"),
        paid("1030", D1),
        drawn("1000", D1, "d2", down="500"),
    )
    assert rows(account, D1) == [
        (D1, "0.00", "0.00", "0.00"),
        (D1, "0.00", "0.00", "500.00"),
        (D2, "0.00", "25.00", "1250.00"),
        (D3, "0.00", "12.50", "1250.00"),
    ]
    both = account.record(drawn("500", LETTER, "d3", down="100%"))
    assert rows(both, LETTER)[2] == (LETTER, "0.00", "0.00", "500.00")
    assert rows(both, LETTER)[3:] == rows(account, D1)[2:]


def test_it_bears_nothing_while_the_period_goes_on():
    # Half of 25.00 for the two rows, and the 500 as they are.
    account = undrawn(
        "4500",
        drawn("3000"),
        paid("1030", D1),
        drawn("1000", D1, "d2", down="500"),
        penalty=None,
    )
    assert str(account.payoff(LETTER)) == "3012.50"


def test_all_that_is_drawn_is_as_agreed_where_a_row_is_due_at_once():
    # 1,000 of principal on the day of the loan, and 20 and 10 of interest after it.
    agreed = {"first_due": START}
    account = undrawn("3000", drawn("3000"), **agreed)
    assert rows(account, START) == rows(Account.open(loan(**agreed)), START)
    assert rows(account, START)[0] == (START, "0.00", "0.00", "1000.00")


def test_it_may_be_drawn_until_the_last_due_date():
    # 500 more for the one row that is left.
    account = undrawn("3500", drawn("3000"))
    more = account.record(drawn("500", D2, "d2"))
    assert rows(more, D2)[2] == (D3, "0.00", "15.00", "1500.00")
    with pytest.raises(EventError, match="cannot be planned anew"):
        account.record(drawn("500", D3, "d2"))


def test_nothing_is_planned_for_a_row_that_fell_due_before_its_period_ends():
    # The last due date is a Sunday, the 15th, and moved to Friday.
    account = undrawn(
        "3000",
        drawn("2000"),
        repayment=EqualPrincipal(2),
        business_days=BusinessDays("preceding", WEEKENDS, interest="unadjusted"),
    )
    assert rows(account, START)[1][0] == after(D2, -2)
    with pytest.raises(EventError, match="cannot be planned anew"):
        account.record(drawn("500", after(D2, -2), "d2"))
    assert account.record(drawn("500", after(D2, -3), "d2")).events


def test_a_late_charge_is_a_share_of_what_was_due_at_once():
    # 5 % of 750.
    late = LateCharge("late", "5%", of="installment", component="fee")
    account = undrawn(
        "3000", drawn("3000", down="25%"), **lateness(FREE, late_charges=[late])
    )
    assert rows(account, after(START, 1))[0] == (START, "37.50", "0.00", "750.00")


def test_what_cannot_be_due_at_once_is_refused():
    refusal = (
        r"d1, down_payment: got '3001.00'; allowed: at most 3000, what is paid out$"
    )
    with pytest.raises(EventError, match=refusal):
        undrawn("3000", drawn("3000", down="3001"))
    with pytest.raises(EventError, match="cannot be planned anew"):
        undrawn(
            "3000", drawn("3000", down="25%"), repayment=FlatFee(3, "3%"), rate=None
        )
    moved = loan(
        principal="4500",
        business_days=BusinessDays("preceding", WEEKENDS, interest="unadjusted"),
    )
    assert moved.schedule()[0].due == after(D1, -2)
    account = Account.open(moved, undrawn=True).record(drawn("3000"))
    refusal = (
        "d2, down_payment: got '2026-02-13'; allowed: from 2026-02-15 on: interest to"
        " it has fallen due$"
    )
    with pytest.raises(EventError, match=refusal):
        account.record(drawn("1000", after(D1, -2), "d2", down="500"))
    assert account.record(drawn("1000", D1, "d2", down="500")).events


# --- what is said of it -------------------------------------------------------------------


def sums(postings):
    found = {}
    for posting in postings:
        place = posting.installment, posting.component
        found[place] = found.get(place, 0) + posting.amount
    return found


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_cent_of_it_is_said(lang):
    account = undrawn(
        "4500",
        drawn("3000", down="10%"),
        paid("1030", D1),
        charge(),
        drawn("1000", LETTER, "d2", down="500"),
        Reversal(id="x1", on=D2, of="p1", reversed_as="today"),
    )
    postings = account.postings(START, D2)
    for posting in postings:
        assert worked_out(posting) == posting.amount
        assert explain(posting, lang)
    found = sums(postings)
    for row in account.position(D2).installments:
        for name in ("fee", "interest", "principal"):
            total = found.get((row.number, name), Decimal(0))
            assert total == getattr(row.owed, name)
    assert any(posting.rule == "row added" for posting in postings)


def test_a_statement_shows_it():
    text = str(opened(paid("1030", D1), charge()).statement(START, D2))
    assert "charge c1: charge" in text
    assert "installment 2 due: fee 25.00" in text
