"""A plan beside what it replaces: what is paid, its value, limits, and paths."""

from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest

from loanmath.account import Account
from loanmath.analysis.accounting import PresentValueTest
from loanmath.errors import (
    DateRangeError,
    EventError,
    FlowsError,
    InputTypeError,
    LimitError,
    TermsError,
)
from loanmath.events import Breach, Purchase
from loanmath.line_account import LineAccount
from loanmath.presets import cn
from loanmath.presets.cn import restructuring as rules
from loanmath.rates import Rate
from loanmath.restructuring import (
    ObservationPeriod,
    Path,
    Pays,
    Plan,
    compare_paths,
    restructure,
)
from loanmath.restructuring.limits import months_between
from loanmath.terms import InstallmentLoan, LevelPayment
from loanmath.terms.concessions import (
    AffordablePayment,
    Capitalization,
    Deferral,
    Extension,
    Forgiveness,
    FrozenInterest,
    PlanLimit,
    RateCut,
    ReAging,
    Reamortization,
)
from loanmath.yields import CN_SIMPLE, irr
from refusals import refused
from serviced import D1, D2, D3, after, loan, opened, paid

D4, D5 = date(2026, 5, 15), date(2026, 6, 15)
TEST = PresentValueTest("10 % test", "10%")


def amounts(flows):
    return [(on, str(amount)) for on, amount in flows]


def test_old_beside_new():
    plan = restructure(
        opened(), D2, Forgiveness("penalty", "18"), ReAging(), Extension(installments=1)
    )
    # Today 28.00 + 50.00 + 2,000.00, then 1,010.00.
    assert amounts(plan.old.flows) == [(D2, "2078.00"), (D3, "1010.00")]
    # 10.00 + 50.00 are carried; 1,500 each with 30.00 and 15.00.
    assert amounts(plan.new.flows) == [(D3, "1590.00"), (D4, "1515.00")]
    assert (plan.old.total, plan.new.total) == (Decimal("3088.00"), Decimal("3105.00"))
    assert plan.forgiven.penalty == Decimal("18.00")
    # 60.00 of interest were to be paid, 95.00 are.
    assert plan.interest_forgone == Decimal("-35.00")
    assert (plan.new.installments, plan.new.ends) == (2, D4)
    table = plan.compare(TEST)
    assert table["Owed on the day"][1:3] == (Decimal("3078.00"), Decimal("3060.00"))
    assert table["Cost to come"].change == Decimal("17.00")
    assert table["Days past due"].change == -28
    assert table["Last due date"].change == ""
    assert "not met" in table["10 % test"].after
    with refused(KeyError):
        table["Nothing"]


def test_the_values_are_those_of_the_flows_at_the_original_rate():
    plan = restructure(opened(), D2, ReAging(), Extension(installments=1))
    rate = irr(loan().schedule().cash_flows())
    assert plan.rate == rate
    growth = 1 + rate.value
    wanted = Decimal(2078) + Decimal(1010) / growth ** (Decimal(31) / 365)
    assert plan.old_value == wanted.quantize(Decimal("0.01"))
    wanted = Decimal(1608) / growth ** (Decimal(31) / 365)
    wanted += Decimal(1515) / growth ** (Decimal(61) / 365)
    assert plan.new_value == wanted.quantize(Decimal("0.01"))
    assert plan.loss == plan.old_value - plan.new_value
    change = plan.modification(carrying="3100", fees="5")
    assert change.gain == plan.new_value - 3100
    assert plan.test(TEST, fees="5").fees == Decimal("5.00")
    stated = restructure(opened(), D2, ReAging(), Extension(installments=1), rate=rate)
    assert stated.loss == plan.loss


def test_the_loss_is_zero_when_nothing_changes():
    account = opened(paid("1030", D1), paid("1020", D2, "p2"))
    plan = restructure(account, D2, RateCut(Rate("1%/month")))
    assert plan.old.flows == plan.new.flows
    assert plan.loss == 0
    assert plan.interest_forgone == 0
    assert plan.test(PresentValueTest("any", "0%", reached=False)).is_met is False
    table = plan.compare()
    assert table["Annual rate"].change == 0


def test_interest_that_is_capitalized_or_frozen_is_not_forgone():
    on, cut = D2, RateCut(Rate("0%/month"))
    for keeping in (Capitalization(["interest"]), FrozenInterest("last")):
        plan = restructure(opened(), on, keeping, ReAging(), cut)
        assert plan.interest_forgone == Decimal("10.00")


def test_a_plan_books_nothing_until_it_is_accepted():
    account = opened()
    plan = restructure(account, D2, ReAging(), Extension(months=1))
    assert account.events == ()
    event = plan.accept(id="r1")
    done = account.record(event)
    assert done.position(D3).to_csv() == plan.after.position(D3).to_csv()
    assert done.record(Breach(id="b1", on=D3, of="r1")).payoff(D3) == account.payoff(D3)
    assert plan.on == D2
    assert len(plan.schedule) == 2
    assert (
        repr(plan) == "<Plan of 2026-03-15: 2 installments to 2026-05-15, CNY 3123.00>"
    )
    with refused(LimitError):
        plan.accept(id="")
    # A second plan finds an id that is free.
    again = restructure(account.record(plan.event), D3, Extension(months=1))
    assert again.event.id == "plan 2"


def test_a_comparison_prints_and_is_written():
    plan = restructure(opened(), D2, ReAging(), Extension(installments=1))
    table = plan.compare()
    assert str(table).splitlines()[:4] == [
        "Plan of 2026-03-15 in CNY",
        "                                Before       After     Change",
        "Owed on the day               3,078.00    3,078.00       0.00",
        "Days past due                       28           0        -28",
    ]
    assert table.to_csv().splitlines()[1] == "Owed on the day,3078.00,3078.00,0.00"
    assert "| Installments | 1 | 2 | +1 |" in table.to_markdown()
    assert table.to_html() == table._repr_html_()


def test_rates_that_are_not_defined_say_so():
    account = opened()
    inside = restructure(
        Account.open(loan(rate=Rate("0.04%/day"))), after(D2, 3), ReAging(),
        Extension(installments=1),
    )  # fmt: skip
    assert inside.compare(convention=CN_SIMPLE)["Annual rate"].before == "not covered"
    # A lender who was paid back at once has no rate.
    back = opened(paid("3000", date(2026, 1, 15)), paid("5", D1, "p2"))
    ended = restructure(back, D2, Forgiveness("penalty", "0%"))
    assert ended.compare()["Annual rate"].before == "no single rate"
    gone = restructure(account, D2, Forgiveness("penalty"))
    assert gone.compare()["Next payment"].after == D3


def test_a_loan_that_is_settled_by_forgiveness_of_what_is_left():
    over = Account.open(loan(rate=Rate("0.04%/day")))
    plan = restructure(over, D4, *(Forgiveness(part) for part in (
        "penalty", "interest", "principal",
    )))  # fmt: skip
    assert plan.new.flows == ()
    assert plan.new.ends == D4
    assert plan.after.position(D4).status.value == "closed"
    table = plan.compare(TEST)
    assert table["Next payment"].before == table["Next payment"].after == ""
    assert table["Loss"].after == plan.old.total == plan.loss
    assert table["10 % test"].after == "nothing to be paid"
    with refused(FlowsError):
        plan.modification()


@pytest.mark.parametrize(
    ("call", "kind", "said"),
    [
        (lambda: restructure("x", D2, ReAging()), InputTypeError, "an Account"),
        (lambda: restructure(opened(), "x", ReAging()), InputTypeError, "date"),
        (lambda: restructure(opened(), D2), TermsError, "1 to 100"),
        (lambda: restructure(opened(), D2, "gift"), InputTypeError, "Extension"),
        (lambda: restructure(opened(paid("1", D2)), D1, ReAging()), DateRangeError,
         "on or after 2026-03-15, the last event"),
        (lambda: restructure(opened(), D2, ReAging(), limits="x"), InputTypeError,
         "a list of PlanLimit"),
        (lambda: restructure(opened(), D2, ReAging(), limits=["x"]), InputTypeError,
         "PlanLimit"),
        (lambda: restructure(opened(), D2, ReAging(), rate="5%"), InputTypeError,
         "Yield"),
        (lambda: restructure(opened(), D2, Forgiveness("fee", "1")), EventError,
         "at most 0.00, what is owed"),
    ],
)  # fmt: skip
def test_refusals(call, kind, said):
    with refused(kind, match=said):
        call()


def test_limits_say_by_how_much():
    def longer(installments, limit):
        restructure(
            opened(),
            D2,
            ReAging(),
            Extension(installments=installments),
            limits=[limit],
        )

    longer(2, PlanLimit("ours", installments=3, months=3, extended_months=2))
    with refused(TermsError, match="limit ours.*got '4 installments'.*at most 3;"
                       " make the plan 1 installment shorter"):  # fmt: skip
        longer(3, PlanLimit("ours", installments=3))
    with refused(TermsError, match="got '4 months'"):
        longer(3, PlanLimit("ours", months=3))
    with refused(TermsError, match="got '3 months of extension'"):
        longer(3, PlanLimit("ours", extended_months=2))


def test_the_least_payment_that_repays_is_named():
    def paying(amount, **words):
        return restructure(opened(), D2, ReAging(), AffordablePayment(amount), **words)

    # 3,000 at 1 % bears 30.00 in the first month.
    with refused(EventError, match="is the least that repays it") as caught:
        paying("30")
    least = caught.value.do.split("'")[1]
    assert paying(least).new.installments <= 1200
    cent = Decimal("0.01")
    with refused(EventError):
        paying(Decimal(least) - cent)
    limit = PlanLimit("ours", installments=3)
    with refused(TermsError, match="limit ours") as caught:
        paying("600", limits=[limit])
    # A level payment of three is 1,020.07.
    assert caught.value.do == "AffordablePayment('1020.07') is the least that repays it"
    assert paying("1020.07", limits=[limit]).new.installments == 3
    # Rounded up or down, it is the least.
    for most in range(2, 9):
        limit = PlanLimit("ours", installments=most)
        with refused(TermsError) as caught:
            paying("300", limits=[limit])
        least = Decimal(caught.value.do.split("'")[1])
        assert paying(least, limits=[limit]).new.installments == most
        with refused(TermsError):
            paying(least - cent, limits=[limit])
    free = RateCut(Rate("0%/month")), ReAging()
    with refused(TermsError, match="'428.58'"):
        # Seven times 428.57 are a cent too little.
        restructure(
            opened(), D2, *free, AffordablePayment("400"),
            limits=[PlanLimit("ours", installments=7)],
        )  # fmt: skip
    # Where something else is wrong, nothing is proposed.
    with refused(EventError, match="principal is planned apart"):
        restructure(
            opened(), D2, ReAging(), AffordablePayment("900"), Deferral(1, "interest")
        )
    with refused(EventError, match="at most 28.00"):
        restructure(
            opened(), D2, Forgiveness("penalty", "99"), AffordablePayment("500")
        )


def test_months_count_broken_ones():
    assert months_between(D1, D2) == 1
    assert months_between(D1, after(D2, 1)) == 2
    assert months_between(date(2026, 1, 31), date(2026, 2, 28)) == 1


def test_an_observation_lasts_a_year_and_two_periods():
    watched = rules.OBSERVATION.value
    monthly = [date(2026, month, 15) for month in range(7, 13)]
    assert watched.ends(monthly) == date(2027, 7, 15)
    yearly = (date(2026, 7, 15), date(2027, 7, 15), date(2028, 7, 15))
    assert watched.ends(yearly) == date(2028, 7, 15)
    with refused(TermsError, match="at least 3"):
        watched.ends(monthly[:2])
    with refused(InputTypeError):
        watched.ends("soon")
    with refused(LimitError):
        ObservationPeriod(0, 2)


def test_limits_of_chinese_law():
    assert rules.ARTICLE_70.value.installments == 60
    assert rules.SECOND_RESTRUCTURING.recalled

    def most(count):
        agreed = InstallmentLoan(
            currency="CNY", principal="10000", disbursed=date(2026, 1, 15),
            every="monthly", rate=Rate("0.04%/day"), repayment=LevelPayment(count),
        )  # fmt: skip
        return rules.extension_limit(agreed).extended_months

    assert [most(count) for count in (6, 12, 13, 60, 61)] == [6, 12, 6, 30, 36]
    with refused(InputTypeError):
        rules.extension_limit("x")
    assert cn.jiebei_like is not None


def test_debts_over_time():
    account = opened()
    plan = restructure(account, D2, ReAging(), Reamortization(count=2))
    found = compare_paths(
        {
            "nothing": Path(account, "nothing"),
            "kept": plan,
            "100": Path(plan, "100"),
        },
        D2,
        date(2026, 6, 20),
    )
    kept = found.of("kept")
    assert [row.on for row in kept] == [
        D2,
        D3,
        D4,
        date(2026, 6, 15),
        date(2026, 6, 20),
    ]
    assert str(kept[0].debt) == "3078.00"
    assert [str(row.debt) for row in kept[2:]] == ["0.00"] * 3
    assert kept[-1].paid == plan.new.total
    nothing = found.of("nothing")
    # 28, 59 and 31, 89 and 61 and 30 days of 1.00.
    assert [str(row.penalty) for row in nothing[:3]] == ["28.00", "90.00", "180.00"]
    assert nothing[2].days_past_due == 89
    # 15 April, May, and a month later, though the plan ends in May.
    assert [str(row.paid) for row in found.of("100")] == [
        "0.00", "100.00", "200.00", "300.00", "300.00",
    ]  # fmt: skip
    assert found.table().header == ["", "nothing", "kept", "100"]
    assert found.to_csv().splitlines()[0].startswith("on,name,debt")
    with refused(KeyError):
        found.of("other")


def test_lines_over_time_show_what_penalty_feeds():
    line = cn.bank_card("20000", statement_day=5, due_day=23)
    card = LineAccount.open(line, date(2026, 1, 5)).record(
        Purchase(id="u1", on=date(2026, 1, 10), amount="12000")
    )
    ways = {way: Path(card, way) for way in ("in_full", "minimum", "nothing")}
    found = compare_paths(ways | {"500": Path(card, "500")}, D1, D5)
    full, minimum, nothing = (found.of(way) for way in ways)
    assert [str(row.debt) for row in full] == ["12000.00", *["0.00"] * 4]
    # A tenth of 12,000.00 on 23 February.
    assert str(minimum[1].paid) == "1200.00"
    assert minimum[-1].days_past_due == 0
    # After the first bill, each month costs more than the month before.
    debts = [row.debt for row in nothing[1:]]
    steps = [later - sooner for sooner, later in pairwise(debts)]
    assert steps == sorted(set(steps))
    assert steps[0] > 0
    assert nothing[-1].days_past_due == 112
    assert nothing[-1].penalty > 0
    assert nothing[-1].overdue > 0
    assert [str(row.paid) for row in found.of("500")][1:3] == ["500.00", "1000.00"]


def test_refused_paths():
    account = opened(paid("1", D2))
    with refused(DateRangeError, match="an event of 'a'"):
        compare_paths({"a": account}, D1, D3)
    with refused(DateRangeError, match="until"):
        compare_paths({"a": account}, D3, D2)
    with refused(DateRangeError, match="600 months"):
        compare_paths({"a": account}, D3, date(2090, 1, 1))
    with refused(TermsError, match="1 to 20"):
        compare_paths({}, D2, D3)
    with refused(InputTypeError, match="mapping"):
        compare_paths([account], D2, D3)
    with refused(TermsError, match="of a line; state the amount"):
        Path(account, "minimum")
    with refused(InputTypeError, match="a LineAccount or a Plan"):
        compare_paths({"a": 5}, D2, D3)
    with refused(LimitError):
        Path(account, "0")
    assert Path(account, Pays.NOTHING).pays is Pays.NOTHING
    euro = Account.open(loan(currency="EUR"))
    with refused(TermsError, match="one currency"):
        compare_paths({"a": account, "b": euro}, D2, D3)
    assert isinstance(restructure(account, D2, ReAging()), Plan)
