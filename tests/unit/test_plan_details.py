"""Plans in the details that a small slip would change, each worked by hand."""

from datetime import date
from decimal import Decimal

import pytest

from loanmath.account import Account
from loanmath.analysis.accounting import PresentValueTest
from loanmath.errors import EventError, TermsError
from loanmath.events import Acceleration, Breach
from loanmath.rates import Rate
from loanmath.restructuring import Path, compare_paths, restructure
from loanmath.terms import (
    Allocation,
    Drawdown,
    EqualPrincipal,
    Fee,
    FixedPayment,
    Holiday,
    InterestOnly,
    SteppedRate,
)
from loanmath.terms.concessions import (
    AffordablePayment,
    Capitalization,
    ConditionalForgiveness,
    Deferral,
    Extension,
    Forgiveness,
    FrozenInterest,
    NewDates,
    PlanFee,
    PlanLimit,
    RateCut,
    ReAging,
    Reamortization,
    Settlement,
)
from loanmath.yields import irr
from refusals import refused
from restructured import late, plan
from serviced import D1, D2, D3, START, after, loan, opened, paid, terms

APRIL, D4, D5 = date(2026, 4, 1), date(2026, 5, 15), date(2026, 6, 15)
# 0.1 % a day on the days that there are.
DAILY = {"rate": Rate("36.5%/year"), "day_count": "ACT/365F"}


def rows(account, day=D2, first=3):
    """Due date, penalty, fee, interest and principal of rows from one on."""
    return [
        (row.due, *(f"{row.owed[part]:.2f}" for part in (0, 2, 3, 4)))
        for row in account.position(day).installments[first - 1 :]
    ]


# --- settlements --------------------------------------------------------------------------


def test_a_settlement_of_all_that_is_owed_gives_nothing_up():
    account = late(Settlement("3078", APRIL))
    assert rows(account) == [(APRIL, "0.00", "0.00", "0.00", "3078.00")]


@pytest.mark.parametrize(
    ("before", "agreed"),
    [
        ((), {"fees": [Fee("service", "0.5%", due="installments")]}),
        ((), DAILY | {"last_due": date(2026, 4, 20)}),
        ((NewDates(date(2026, 3, 25)), Extension(installments=2)), {}),
        ((Deferral(1), PlanFee("1%"), RateCut(Rate("0.5%/month"))), {}),
    ],
)
def test_a_settlement_is_one_payment_whatever_was_agreed(before, agreed):
    account = late(*before, Settlement("2500", APRIL), agreed=agreed)
    assert rows(account) == [(APRIL, "0.00", "0.00", "0.00", "2500.00")]
    # It bears nothing until the date.
    assert account.payoff(after(APRIL, -1)) == 2500


# --- money --------------------------------------------------------------------------------


def test_amounts_are_frozen_one_after_the_other():
    # 28.00 of penalty as a charge; 50.00 of interest beside 30.00 and 15.00 to come.
    paid = {
        "last": (["0.00", "28.00"], ["30.00", "65.00"]),
        "pro_rata": (["14.00", "14.00"], ["55.00", "40.00"]),
    }
    for paid_as, owed in paid.items():
        account = late(
            FrozenInterest(paid_as, components=["interest"]),
            FrozenInterest(paid_as, components=["penalty"]),
            ReAging(),
            Extension(installments=1),
        )
        fees, interest = zip(*(row[2:4] for row in rows(account)), strict=True)
        assert (list(fees), list(interest)) == owed


def test_what_is_frozen_is_shared_out_whole_on_little_principal():
    # 28.00 and 50.00 on 3.33, 3.33 and 3.34, which bear 0.10, 0.07 and 0.03.
    account = late(
        Forgiveness("principal", "2990"),
        FrozenInterest("pro_rata"),
        Extension(installments=2),
    )
    found = [row[2:4] for row in rows(account)]
    assert found == [("9.32", "16.75"), ("9.32", "16.72"), ("9.36", "16.73")]


def test_interest_earned_since_the_last_due_date_is_capitalized_too():
    """
    31 days on 3,000 are 93.00, 28 on 2,000 56.00, and 10 on 1,000 10.00 by 25 March.

    1,159.00 then bear for 21 days.
    """
    on = after(D2, 10)
    account = late(Capitalization(["interest"]), on=on, agreed=DAILY)
    assert rows(account, on) == [(D3, "0.00", "0.00", "24.34", "1159.00")]
    # What is overdue of principal stays where it was.
    assert [row[4] for row in rows(account, on, 1)[:2]] == ["1000.00"] * 2


def test_what_is_frozen_and_given_up_is_told_as_forgiven():
    account = late(FrozenInterest("forgiven"), ReAging())
    found = restructure(opened(), D2, FrozenInterest("forgiven"), ReAging())
    assert (found.forgiven.penalty, found.forgiven.interest) == (28, 50)
    assert account.payoff(D2) == 3000


def test_money_that_is_still_to_be_paid_out_is_in_the_plan():
    """600 come on 20 March: 1 % of 3,000, and 26 of 31 days on 600."""
    agreed = {
        "drawdowns": [Drawdown(date(2026, 3, 20), 600)],
        "day_count": "1/12",
    }
    account = late(ReAging(), agreed=agreed)
    assert rows(account)[-1] == (D3, "0.00", "0.00", "35.03", "3600.00")


def test_a_plan_of_an_accelerated_loan_counts_its_principal_once():
    """
    Accelerated on 7 March: 20 days of late 1,000, then 8 of 3,000, are 44.00 by 15 March.

    Interest of 30.00, and of 20 of 28 days of 20.00.
    """
    account = opened(Acceleration(id="a1", on=after(D1, 20))).record(
        plan(ReAging(), Extension(installments=2))
    )
    assert rows(account, first=4) == [
        (D3, "44.00", "0.00", "44.29", "0.00"),
        (D3, "0.00", "0.00", "30.00", "1000.00"),
        (D4, "0.00", "0.00", "20.00", "1000.00"),
        (D5, "0.00", "0.00", "10.00", "1000.00"),
    ]


def test_the_day_of_a_condition_is_enough():
    """Broken on 15 May: 89, 61 and 30 days of 1.00, less 28.00 if they stay forgiven."""
    for until, penalty in ((D4, "152.00"), (after(D4, 1), "180.00")):
        agreed = (ConditionalForgiveness("penalty", until=until), ReAging())
        broken = late(*agreed, Extension(installments=2)).record(
            Breach(id="b1", on=D4, of="r1")
        )
        assert f"{broken.position(D4).overdue.penalty:.2f}" == penalty


# --- terms --------------------------------------------------------------------------------


def test_a_step_of_the_rate_on_the_day_a_cut_ends_holds_from_then_on():
    stepped = SteppedRate(Rate("1%/month"), [(D3, Rate("2%/month"))])
    account = late(
        ReAging(),
        Extension(installments=2),
        RateCut(Rate("0.5%/month"), until=D3),
        agreed={"rate": stepped},
    )
    # 0.5 % of 3,000, then 2 % of 2,000 and of 1,000.
    assert [row[3] for row in rows(account, first=4)] == ["15.00", "40.00", "20.00"]


def test_interest_that_was_to_be_deferred_later_stays_where_it_is():
    """
    Of six installments of 750 the fourth defers its interest; so does the third now.

    1 % of 3,000 and of 2,250 are due with that of 1,500: 67.50.
    """
    later = Holiday(4, 1, "interest", interest="carry")
    agreed = {"repayment": EqualPrincipal(6), "holidays": [later]}
    account = late(ReAging(), Deferral(1, "interest"), agreed=agreed)
    found = [(row[3], row[4]) for row in rows(account, first=4)]
    assert found == [
        ("0.00", "750.00"),
        ("0.00", "750.00"),
        ("67.50", "750.00"),
        ("7.50", "750.00"),
    ]
    # Where principal is deferred too, it comes an installment later.
    account = late(ReAging(), Deferral(1), agreed=agreed)
    found = [row[3] for row in rows(account, first=4)]
    assert found == ["0.00", "60.00", "0.00", "37.50", "7.50"]


def test_ends_of_months_stay_ends_of_months():
    agreed = loan(disbursed=date(2026, 1, 31), repayment=InterestOnly(3), **DAILY)
    on = date(2026, 2, 1)
    account = Account.open(agreed).record(plan(Deferral(2), on=on))
    dues = [row[0] for row in rows(account, on, 2)]
    assert dues == [date(2026, 4, 30), date(2026, 5, 31), date(2026, 6, 30)]


def test_steps_of_days_have_no_day_of_the_month():
    agreed = loan(every="P10D", repayment=InterestOnly(3), rate=Rate("0.1%/day"))
    on = date(2026, 1, 26)
    account = Account.open(agreed).record(plan(Deferral(1), on=on))
    assert [row[0] for row in rows(account, on, 3)] == [
        date(2026, 2, 14),
        date(2026, 2, 24),
    ]


def test_a_last_date_of_its_own_stays_with_as_many_installments():
    """The next due date is the last of the loan; more come a month apart after it."""
    next_due = date(2026, 4, 20)
    agreed = DAILY | {"last_due": next_due}
    for more, dues in (
        ((Reamortization(),), [next_due]),
        ((Reamortization(count=2),), [next_due, date(2026, 5, 20)]),
        ((AffordablePayment("2000"),), [next_due, date(2026, 5, 20)]),
    ):
        account = late(ReAging(), *more, agreed=agreed)
        assert [row[0] for row in rows(account, first=4)] == dues


def test_a_term_that_follows_from_payments_is_not_lengthened():
    for account, more in (
        (opened(), (AffordablePayment("600"), Extension(installments=1))),
        (
            Account.open(loan(repayment=FixedPayment(1100))),
            (Extension(installments=1),),
        ),
    ):
        with refused(EventError, match="FixedPayment"):
            account.record(plan(*more))


# --- old beside new -----------------------------------------------------------------------


def test_old_and_new_print_side_by_side():
    """
    28.00 and 50.00 are owed with 3,000.00; 18.00 are forgiven.

    Without the plan 2,078.00 are due and 1,010.00 to come; with it 1,590.00 and 1,515.00.
    """
    found = restructure(
        opened(), D2, Forgiveness("penalty", "18"), ReAging(), Extension(installments=1)
    )
    table = str(found.compare(PresentValueTest("10 % test", "10%"))).splitlines()
    assert [" ".join(line.split()) for line in table[:13]] == [
        "Plan of 2026-03-15 in CNY",
        "Before After Change",
        "Owed on the day 3,078.00 3,060.00 -18.00",
        "Days past due 28 0 -28",
        "Overdue and due 2,078.00 0.00 -2,078.00",
        "Next payment 2026-04-15 2026-04-15",
        "Next amount 1,010.00 1,590.00 +580.00",
        "Largest payment 1,010.00 1,590.00 +580.00",
        "Installments 1 2 +1",
        "Last due date 2026-04-15 2026-05-15",
        "To be paid 3,088.00 3,105.00 +17.00",
        "Cost to come 88.00 105.00 +17.00",
        "Forgiven 18.00",
    ]
    loss = f"{found.old_value - found.new_value:.2f}"
    assert [" ".join(line.split()) for line in table[13:]] == [
        "Interest forgone -35.00",
        f"Value at the original rate {found.old_value:,} {found.new_value:,} -{loss}",
        f"Loss {loss}",
        "Annual rate 16.50% 12.75% -3.75%",
        "10 % test 0.63%, not met",
    ]
    met = found.compare(PresentValueTest("any", "0%"))["any"]
    assert (met.before, met.after) == ("", "0.63%, met")


def test_a_rate_that_is_stated_is_the_original_rate():
    """3,088.00 and 3,123.00 at 0 %: the plan loses what it does not ask for."""
    rate = irr([(START, "-100"), (D3, "100")])
    found = restructure(opened(), D2, ReAging(), Extension(installments=1), rate=rate)
    assert (found.rate, found.old_value) == (rate, found.old.total)
    assert found.loss == found.old.total - found.new.total


def test_a_modification_takes_costs_and_fees():
    found = restructure(opened(), D2, ReAging(), Extension(installments=1))
    plain = found.modification()
    assert (plain.before, plain.costs, plain.fees) == (found.old_value, 0, 0)
    changed = found.modification(costs="5", fees="2")
    assert (changed.costs, changed.fees) == (5, 2)
    assert changed.after - plain.after == 3


def test_cash_flows_are_those_of_the_plan_or_those_without_it():
    found = restructure(opened(), D2, ReAging(), Extension(installments=1))
    without = found.cash_flows(planned=False)
    assert [(flow.on, str(flow.amount)) for flow in without] == [
        (START, "-3000.00"),
        (D2, "3078.00"),
        (D2, "-3078.00"),
        (D2, "2078.00"),
        (D3, "1010.00"),
    ]
    assert [flow.on for flow in found.cash_flows()][3:] == [D3, D4]


def test_a_plan_has_an_id_that_is_free():
    first = restructure(opened(), D2, ReAging())
    assert first.event.id == "plan"
    again = restructure(first.after, D3, ReAging(), Extension(installments=1))
    assert again.event.id == "plan 2"
    third = restructure(again.after, D4, ReAging(), Extension(installments=1))
    assert third.event.id == "plan 3"


# --- paths --------------------------------------------------------------------------------


def test_a_path_pays_on_when_the_term_is_over():
    """After 15 April a late loan is paid monthly, over the end of the year too."""
    paths = compare_paths({"slow": Path(opened(), "100")}, START, date(2027, 2, 15))
    assert str(paths.of("slow")[-1].paid) == "1300.00"


def test_money_that_was_kept_is_used_before_more_is_paid():
    """100.00 are kept; of 1,030.00 due on 15 February 930.00 are asked for."""
    agreed = loan(**terms(None, credit="kept", allocation=Allocation(future="credit")))
    account = Account.open(agreed).record(paid("100", date(2026, 1, 20)))
    found = account.position(D1)
    assert (found.credit, found.due.total) == (100, 1030)
    paths = compare_paths({"kept": account}, date(2026, 1, 20), D1)
    assert str(paths.of("kept")[-1].paid) == "930.00"


def test_paths_of_a_day_and_of_fifty_years():
    account = opened()
    assert [row.on for row in compare_paths({"a": account}, D1, D1).rows] == [D1]
    last = date(2076, 2, 15)
    nothing = Path(account, "nothing")
    rows_of = compare_paths({"a": nothing}, D1, last).rows
    assert (len(rows_of), rows_of[-1].on) == (601, last)
    assert rows_of[-1].debt > Decimal(0)


# --- remedies -----------------------------------------------------------------------------


def test_a_day_within_a_month_that_is_not_counted_names_the_next_due_date():
    account = opened()
    with refused(EventError, match="make the plan on 2026-04-15"):
        restructure(account, after(D2, 10), ReAging(), Extension(installments=1))
    assert restructure(account, D3, ReAging(), Extension(installments=1)).on == D3


def test_no_due_date_is_named_where_none_would_do():
    account = opened()
    # None is to come, and on the next one the rest would not be repaid.
    for on, more in (
        (after(D3, 10), (ReAging(), Extension(installments=1))),
        (after(D2, 10), (ReAging(), AffordablePayment("1"))),
    ):
        with refused(EventError, match="name a day count"):
            restructure(account, on, *more)


def test_a_month_and_an_installment_are_one():
    for limit, said in (
        (PlanLimit("ours", months=1), "1 month shorter"),
        (PlanLimit("ours", installments=1), "1 installment shorter"),
    ):
        with refused(TermsError, match=said):
            restructure(
                opened(), D2, ReAging(), Extension(installments=1), limits=[limit]
            )
