"""What columns cannot hold is refused by name, before anything is worked out."""

import sys
from datetime import date

import pytest

from loanmath.account import Account
from loanmath.errors import (
    EventError,
    InputTypeError,
    InputValueError,
    LimitError,
    MissingExtraError,
    TermsError,
)
from loanmath.events import Charge, InterestPause, Payment, Refund, Waiver
from loanmath.portfolio import Columns, lower, packed, policy_of, raised, run, seen_on
from loanmath.rates import Rate
from loanmath.rounding import Rounding
from loanmath.terms import (
    Allocation,
    AmountCap,
    Compounding,
    EqualPrincipal,
    InstallmentLoan,
    LateCharge,
    PenaltyInterest,
    Servicing,
)

FIRST, SECOND = date(2026, 2, 15), date(2026, 3, 15)


@pytest.fixture
def x():
    pytest.importorskip("numpy", reason="the extra 'portfolio' is not installed")
    return Columns()


def loan(**terms):
    words = {
        "currency": "CNY",
        "principal": "1000",
        "disbursed": date(2026, 1, 15),
        "every": "monthly",
        "rate": Rate("0.05%/day"),
        "repayment": EqualPrincipal(2),
        "penalty": PenaltyInterest(multiple="1.5"),
    }
    return InstallmentLoan(**(words | terms))


def account(**terms):
    return Account.open(loan(**terms))


def opening(accounts):
    return [one._opened[-1].after.balances for one in accounts]


def kept(x, accounts, *events):
    courses = [one._course for one in accounts]
    rounds = packed(x, courses, opening(accounts), events)
    return run(x, policy_of(courses), lower(x, opening(accounts)), rounds)


def paid(amount, on=FIRST, **said):
    return Payment(id=f"p{on}", on=on, amount=amount, **said)


def penalty(**terms):
    return {"penalty": PenaltyInterest(multiple="1.5", **terms)}


@pytest.mark.parametrize(
    ("named", "terms"),
    [
        ("interest_on", {"servicing": Servicing(interest_on="balance")}),
        ("credit", {"servicing": Servicing(credit="at_once")}),
        ("future", {"servicing": Servicing(allocation=Allocation(future="principal"))}),
        ("future", {"servicing": Servicing(allocation=Allocation(future="spread"))}),
        (
            "kinds",
            {
                "servicing": Servicing(
                    allocation=Allocation(kinds={"refund": Allocation()})
                )
            },
        ),
        (
            "late_charges",
            {"servicing": Servicing(late_charges=[LateCharge("late", "5")])},
        ),
        ("caps", {"servicing": Servicing(caps=[AmountCap("most", "100%")])}),
        ("grace", penalty(grace_days=3)),
        ("rounded", penalty(rounded="total")),
        ("compounding", penalty(compounding=Compounding(["penalty"], "daily"))),
        (
            "contract_interest",
            penalty(contract_interest="continues", base="overdue_installment"),
        ),
        (
            "contract_interest",
            penalty(
                contract_interest="continues",
                compounding=Compounding(["interest"], "due_dates"),
            ),
        ),
        ("rounding", penalty(rounding=Rounding("half_even"))),
        ("rounding", penalty(rounding=Rounding("half_up", unit="0.05"))),
    ],
)
def test_terms_beyond_columns_are_named(named, terms):
    course = account(**terms)._course
    with pytest.raises(TermsError, match=f"^{named} of accounts in columns"):
        policy_of([course])


def test_accounts_share_one_policy():
    with pytest.raises(TermsError, match="several policies"):
        policy_of([account()._course, account(rate=Rate("0.06%/day"))._course])
    with pytest.raises(InputValueError, match="at least one"):
        policy_of([])


def test_accounts_of_other_principal_share_it():
    courses = [account()._course, account(principal="77")._course]
    assert policy_of(courses) == policy_of(courses[:1])


def test_a_pause_is_kept_by_itself():
    pause = InterestPause(id="s1", on=date(2026, 2, 1))
    paused = account().record(pause)._steps[-1].after.course
    with pytest.raises(TermsError, match="pauses"):
        policy_of([account()._course, paused])


def test_rows_are_of_one_number(x):
    with pytest.raises(InputValueError, match=r"\[2, 3\]"):
        lower(x, opening([account(), account(repayment=EqualPrincipal(3))]))


def test_rows_owe_nothing_negative_and_do_not_rest(x):
    (balances,) = opening([account()])
    segment = balances.segment._replace(interest=(-1, 0))
    with pytest.raises(InputValueError, match="account 1"):
        lower(x, [balances, balances._replace(segments=(segment,))])
    with pytest.raises(InputValueError, match="rests"):
        lower(x, [balances._replace(rests=True)])


@pytest.mark.parametrize(
    "event",
    [
        Refund(id="r", on=FIRST, amount="1"),
        paid("1", split={"fee": "1"}),
        paid("1", installments=[1]),
        paid("1", effect="shorter"),
        paid("1", order=["principal", "interest", "fee", "compound", "penalty"]),
        Charge(id="c", on=FIRST, amount="1", installment=3),
        Waiver(id="w", on=FIRST, component="interest", amount="all"),
        Waiver(id="w", on=FIRST, component="interest", amount="1", installments=[1]),
        paid("1", on=date(2026, 1, 14)),
    ],
    ids=lambda event: type(event).__name__,
)
def test_other_events_are_named(x, event):
    with pytest.raises(EventError, match=f"account 1, event {event.id}"):
        kept(x, [account(), account()], [], [event])


def test_what_is_no_event_is_refused(x):
    with pytest.raises(InputTypeError, match="loanmath.events"):
        kept(x, [account(), account()], [], [FIRST])


def test_money_beyond_64_bits(x):
    with pytest.raises(LimitError, match="account 0, amounts"):
        kept(x, [account()], [paid(2**62)])
    with pytest.raises(LimitError, match=r"at most 2\^62"):
        x.column([2**62, 2**62 + 1])
    assert x.column([2**62])[0] == 2**62


def test_amounts_times_rates_stay_within_62_bits(x):
    # 10^11 yuan are 10^13 fen, in parts of 1/4,000 (0.05 % x 1.5): 4 x 10^16, and
    # 2^62 is 4.6 x 10^18. In parts of 1/10^8, they are 10^21.
    most = {"principal": 10**11}
    assert raised(kept(x, [account(**most)], [paid("1")]))
    fine = PenaltyInterest(rate="0.050001%/day")
    with pytest.raises(LimitError, match=r"2\^62"):
        kept(x, [account(**most, penalty=fine)], [paid("1")])
    courses = [account(**most)._course]
    balances = lower(x, [courses[0].opening])
    seen = seen_on(x, policy_of(courses), balances, balances.since + 10_000)
    # The first half of 10^13 fen, from the 31st day on: 9,969 days at 0.075 %.
    assert int(seen.segment.penalty[0][0]) == 5 * 10**12 * 9_969 * 75 // 10**5


def test_a_waiver_above_what_is_owed(x):
    waiver = Waiver(id="w", on=FIRST, component="interest", amount="15.51")
    with pytest.raises(EventError, match=r"account 1.*waiver above what is owed"):
        kept(x, [account(), account()], [], [waiver])
    exact = Waiver(id="w", on=FIRST, component="interest", amount="15.50")
    both = raised(kept(x, [account(), account()], [], [exact]))
    assert [one.segment.interest[0] for one in both] == [1_550, 0]


def test_a_payment_that_may_settle_early(x):
    # Due on the first date: 500 and 15.50; principal to come: 500. Interest to come
    # does not count on that day, so that 1,015.50 settles.
    with pytest.raises(EventError, match=r"account 0.*may settle"):
        kept(x, [account()], [paid("1015.50")])
    (one,) = raised(kept(x, [account()], [paid("1015.49")]))
    # Of 499.99 too much, 7.00 is the next interest: 28 days at 0.05 % of 500.
    assert one.segment.principal == (0, 701)
    last = [paid("515.50"), paid("507.00", on=SECOND)]
    (one,) = raised(kept(x, [account()], last))
    assert not any(map(any, one.segment))


def test_other_roundings_are_refused_where_they_are_used(x):
    with pytest.raises(TermsError, match="half_up"):
        x.rounding(Rounding("down").quotient(2))
    assert list(x.rounding(Rounding().quotient(2))(x.column([1, -1, 3, -3, 5]), 2)) == [
        1,
        -1,
        2,
        -2,
        3,
    ]


def test_numpy_is_asked_for_where_it_is_missing(monkeypatch):
    monkeypatch.setitem(sys.modules, "numpy", None)
    with pytest.raises(MissingExtraError, match=r"loanmath\[portfolio\]"):
        Columns()
