"""What is agreed for the time after signing survives a file, word by word."""

import json
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loanmath.errors import TermsFileError
from loanmath.rates import Rate
from loanmath.rounding import Rounding
from loanmath.serialization import (
    terms_document,
    terms_from_document,
    terms_from_text,
)
from loanmath.terms import InstallmentLoan, LevelPayment
from loanmath.terms.servicing import (
    Allocation,
    AllocationTier,
    AmountCap,
    Component,
    Compounded,
    Compounding,
    ContractInterest,
    CreditUse,
    DaysPastDue,
    FirstDay,
    FutureRule,
    Grace,
    Happening,
    InDuplum,
    InterestOn,
    InterestTo,
    LateCharge,
    LateChargeOf,
    PaymentDay,
    PenaltyBase,
    PenaltyInterest,
    PenaltyRounded,
    Prepayment,
    PrepaymentEffect,
    PrepaymentFee,
    RateCap,
    RemainingFees,
    SameDay,
    Servicing,
    Standing,
    Unearned,
)

PLAIN = {
    "type": "installment_loan",
    "currency": "CNY",
    "principal": "10000",
    "disbursed": "2026-01-15",
    "every": "monthly",
    "rate": "12%/year",
    "day_count": "ACT/365F",
    "repayment": {"method": "level_payment", "count": 4},
}


def loan(**terms):
    return InstallmentLoan(
        currency="CNY",
        principal="10000",
        disbursed=date(2026, 1, 15),
        every="monthly",
        rate=Rate("12%/year"),
        day_count="ACT/365F",
        repayment=LevelPayment(4),
        **terms,
    )


TOML = """
    type = "installment_loan"
    currency = "CNY"
    principal = "10000"
    disbursed = 2026-01-15
    every = "monthly"
    rate = "12%/year"
    day_count = "ACT/365F"
    repayment = {method = "level_payment", count = 4}

    [penalty]
    multiple = "1.5"
    base = "overdue_principal"
    first_day = "day_after"
    payment_day = "counted"
    grace_days = 3
    grace = "free"
    tolerance = "0.99"
    contract_interest = "continues"
    days_in_year = 360
    rounded = "total"
    rounding = {mode = "down", unit = "0.1"}
    compounding = {of = ["interest", "penalty"], every = "monthly", day = 20, at_contract_rate = true}

    [servicing]
    interest_on = "balance"
    credit = "kept"
    day_order = ["payment", "charge"]
    same_day = "sequence"
    days_past_due = {grace_days = 2, tolerance = 1}

    [servicing.allocation]
    order = ["fee", "penalty", "compound", "interest", "principal"]
    by = "component"
    future = "principal"
    kinds = {refund = {future = "last"}}
    [[servicing.allocation.tiers]]
    from_days = 91
    order = ["principal", "interest", "fee", "penalty", "compound"]

    [servicing.prepayment]
    effect = "smaller"
    interest = "period"
    unearned = "rule_of_78"
    remaining_fees = "due"
    fee = {amount = "1%", within = 12, least = "50", rounding = "up"}

    [[servicing.late_charges]]
    name = "late fee"
    amount = "5%"
    of = "installment"
    days_late = 4
    least = "10"
    most = "200"
    tolerance = "1"
    component = "fee"
    rounding = "half_even"

    [[servicing.caps]]
    kind = "rate"
    name = "24 % a year"
    rate = "24%/year"
    days_in_year = 365
    since = 2015-09-01
    until = 2020-08-20
    [[servicing.caps]]
    kind = "amount"
    name = "total cost"
    most = "100%"
    of = ["interest", "penalty", "compound"]
    since = 2026-01-01
    [[servicing.caps]]
    kind = "in_duplum"
"""

PENALTY = PenaltyInterest(
    multiple=Fraction(3, 2),
    base=PenaltyBase.PRINCIPAL,
    first_day=FirstDay.DAY_AFTER,
    payment_day=PaymentDay.COUNTED,
    grace_days=3,
    grace=Grace.FREE,
    tolerance=Decimal("0.99"),
    contract_interest=ContractInterest.CONTINUES,
    days_in_year=360,
    rounded=PenaltyRounded.TOTAL,
    rounding=Rounding("down", unit="0.1"),
    compounding=Compounding(
        [Component.INTEREST, Component.PENALTY],
        Compounded.MONTHLY,
        day=20,
        at_contract_rate=True,
    ),
)

SERVICING = Servicing(
    interest_on=InterestOn.BALANCE,
    allocation=Allocation(
        ["fee", "penalty", "compound", "interest", "principal"],
        "component",
        FutureRule.PRINCIPAL,
        tiers=[
            AllocationTier(
                91, ["principal", "interest", "fee", "penalty", "compound"]
            )
        ],
        kinds={"refund": Allocation(future=FutureRule.LAST)},
    ),
    prepayment=Prepayment(
        effect=PrepaymentEffect.SMALLER,
        interest=InterestTo.PERIOD,
        unearned=Unearned.RULE_OF_78,
        remaining_fees=RemainingFees.DUE,
        fee=PrepaymentFee(
            Fraction(1, 100), within=12, least=50, rounding=Rounding("up")
        ),
    ),
    late_charges=[
        LateCharge(
            "late fee",
            Fraction(1, 20),
            of=LateChargeOf.INSTALLMENT,
            days_late=4,
            least=10,
            most=200,
            tolerance=1,
            component=Component.FEE,
            rounding=Rounding("half_even"),
        )
    ],
    caps=[
        RateCap(
            "24 % a year",
            Rate("24%/year"),
            days_in_year=365,
            since=date(2015, 9, 1),
            until=date(2020, 8, 20),
        ),
        AmountCap(
            "total cost",
            "100%",
            ["penalty", "compound", "interest"],
            since=date(2026, 1, 1),
        ),
        InDuplum(),
    ],
    days_past_due=DaysPastDue(grace_days=2, tolerance=1),
    credit=CreditUse.KEPT,
    day_order=[Happening.PAYMENT, Happening.CHARGE],
    same_day=SameDay.SEQUENCE,
)  # fmt: skip


def test_every_word_of_a_file():
    found = terms_from_text(TOML, "toml")
    assert found.penalty == PENALTY
    assert found.servicing == SERVICING


def test_every_word_is_written():
    document = terms_document(loan(penalty=PENALTY, servicing=SERVICING))
    assert document["penalty"] == {
        "multiple": "3/2",
        "first_day": "day_after",
        "payment_day": "counted",
        "grace_days": 3,
        "grace": "free",
        "tolerance": "0.99",
        "contract_interest": "continues",
        "days_in_year": 360,
        "rounded": "total",
        "rounding": {"mode": "down", "unit": "0.1"},
        "compounding": {
            "of": ["interest", "penalty"],
            "every": "monthly",
            "day": 20,
            "at_contract_rate": True,
        },
    }
    assert document["servicing"] == {
        "interest_on": "balance",
        "allocation": {
            "order": ["fee", "penalty", "compound", "interest", "principal"],
            "by": "component",
            "future": "principal",
            "tiers": [
                {
                    "from_days": 91,
                    "order": ["principal", "interest", "fee", "penalty", "compound"],
                }
            ],
            "kinds": {"refund": {"future": "last"}},
        },
        "prepayment": {
            "effect": "smaller",
            "interest": "period",
            "unearned": "rule_of_78",
            "remaining_fees": "due",
            "fee": {"amount": "1%", "within": 12, "least": "50", "rounding": "up"},
        },
        "late_charges": [
            {
                "name": "late fee",
                "amount": "5%",
                "of": "installment",
                "days_late": 4,
                "least": "10",
                "most": "200",
                "tolerance": "1",
                "component": "fee",
                "rounding": "half_even",
            }
        ],
        "caps": [
            {
                "kind": "rate",
                "name": "24 % a year",
                "rate": "24%/year",
                "days_in_year": 365,
                "since": "2015-09-01",
                "until": "2020-08-20",
            },
            {
                "kind": "amount",
                "name": "total cost",
                "most": "100%",
                "of": ["penalty", "compound", "interest"],
                "since": "2026-01-01",
            },
            {"kind": "in_duplum"},
        ],
        "days_past_due": {"grace_days": 2, "tolerance": "1"},
        "credit": "kept",
        "day_order": [
            "payment", "charge", "limit_change", "cycle_change", "disbursement",
            "purchase", "cash_advance", "transfer", "interest_resume",
            "interest_pause", "reversal", "chargeback", "waiver", "refund",
            "conversion", "plan_settlement", "bill_deferral", "recovery", "terms_change",
            "restructuring", "breach",
            "acceleration", "payout", "charge_off", "write_off",
        ],
        "same_day": "sequence",
    }  # fmt: skip


def test_what_is_as_usual_is_left_out():
    assert not {"penalty", "servicing"} & set(terms_document(loan()))
    document = terms_document(
        loan(
            penalty=PenaltyInterest(rate=Rate("0.05%/day"), tolerance="0.00"),
            servicing=Servicing(
                allocation=Allocation(by="component"),
                prepayment=Prepayment(fee=PrepaymentFee(months_of_interest=1)),
                caps=[AmountCap("default fees", 15)],
            ),
        )
    )
    assert document["penalty"] == {"rate": "0.05%/day"}
    assert document["servicing"] == {
        "allocation": {"by": "component"},
        "prepayment": {"fee": {"months_of_interest": 1}},
        "caps": [{"kind": "amount", "name": "default fees", "most": "15"}],
    }


def test_an_order_of_the_whole_table_names_every_slot():
    order = [
        "past_due.principal", "past_due.interest", "past_due.fee",
        "past_due.penalty", "past_due.compound", "due.interest", "due.principal",
        "due.fee", "due.penalty", "due.compound", "in_advance.principal",
    ]  # fmt: skip
    agreed = loan(servicing=Servicing(allocation=Allocation(order)))
    document = terms_document(agreed)
    assert document["servicing"] == {"allocation": {"order": order}}
    assert terms_from_document(document) == agreed


@pytest.mark.parametrize("text", ["4/3", "1.25", "2"])
def test_multiples_are_numbers_or_quotients(text):
    found = terms_from_document(PLAIN | {"penalty": {"multiple": text}})
    assert found.penalty.multiple == Fraction(text)
    assert terms_from_document(terms_document(found)) == found


def test_a_percentage_of_more_decimals_than_are_read_is_a_quotient():
    agreed = loan(
        penalty=PenaltyInterest(rate=Rate.from_share(Fraction(1, 2**20), "day")),
        servicing=Servicing(
            late_charges=[
                LateCharge("short", Fraction(1, 2**14)),
                LateCharge("long", Fraction(1, 2**15)),
            ]
        ),
    )
    document = terms_document(agreed)
    assert document["penalty"] == {"rate": "25/262144%/day"}
    assert [charge["amount"] for charge in document["servicing"]["late_charges"]] == [
        "0.006103515625%",
        "25/8192%",
    ]
    assert terms_from_document(document) == agreed


def problems(**changes):
    with pytest.raises(TermsFileError) as caught:
        terms_from_document(PLAIN | changes)
    return list(caught.value.problems)


BAD = [
    ({"penalty": "0.05%/day"}, ["penalty: penalty: got '0.05%/day'; allowed: a table"]),
    ({"penalty": None}, ["penalty: penalty: got None"]),
    ({"penalty": {}}, ["penalty: penalty: got 'no rate'"]),
    ({"penalty": {"rate": {"kind": "stepped"}}}, ["penalty.rate: rate: got {"]),
    ({"penalty": {"multiple": "1/0"}}, ["penalty.multiple: multiple: got '1/0'"]),
    ({"penalty": {"multiple": "1e3"}}, ["penalty.multiple: multiple: got '1e3'"]),
    ({"penalty": {"multiple": "9" * 41 + "/1"}}, ["penalty.multiple: multiple: got"]),
    (
        {"penalty": {"rate": "5", "base": "all", "first_day": "x", "payment_day": 1,
                     "grace_days": "3", "grace": None, "tolerance": "-1",
                     "contract_interest": "x", "days_in_year": 1, "rounded": "x",
                     "rounding": {"mode": "x", "modes": 1}, "addition": "x",
                     "compounding": {"every": ["daily"], "day": 31, "days": 1},
                     "colour": "red"}},
        ["penalty.rate: ", "penalty.addition: ", "penalty.base: base: got 'all'",
         "penalty.first_day: ", "penalty.payment_day: ", "penalty.grace_days: ",
         "penalty.grace: ", "penalty.tolerance: ", "penalty.contract_interest: ",
         "penalty.days_in_year: ", "penalty.rounded: ",
         "penalty.rounding.mode: ", "penalty.rounding.modes: unknown key",
         "penalty.compounding.of: missing", "penalty.compounding.every: ",
         "penalty.compounding.day: day: got 31",
         "penalty.compounding.days: unknown key", "penalty.colour: unknown key"],
    ),
    (
        {"penalty": {"rate": "0.05%/day", "compounding": "monthly"}},
        ["penalty.compounding: compounding: got 'monthly'; allowed: a table"],
    ),
    (
        {"penalty": {"rate": "0.05%/day",
                     "compounding": {"of": ["interest"], "at_contract_rate": 1}}},
        ["penalty.compounding: at_contract_rate: got 1"],
    ),
    ({"servicing": ["x"]}, ["servicing: servicing: got ['x']; allowed: a table"]),
    (
        {"servicing": {"interest_on": "x", "allocation": "next", "prepayment": 1,
                       "late_charges": {}, "caps": {}, "days_past_due": 3,
                       "credit": "x", "day_order": ["payment", "sale"], "x": 1}},
        ["servicing.interest_on: ", "servicing.allocation: allocation: got 'next'",
         "servicing.prepayment: prepayment: got 1",
         "servicing.late_charges: late_charges: got {}; allowed: a list of tables",
         "servicing.caps: caps: got {}; allowed: a list of tables",
         "servicing.days_past_due: days_past_due: got 3", "servicing.credit: ",
         "servicing.day_order: day_order: got 'sale'", "servicing.x: unknown key"],
    ),
    (
        {"servicing": {"allocation": {
            "order": ["fee"], "by": "x", "future": "x", "tiers": [
                {"from_days": -1, "order": []}, 5,
                {"from_days": 1, "order": ["past_due.tax"], "x": 1}],
            "kinds": {"refund": 5, "card": {"future": "x", "kind": 1}}, "x": 1}}},
        ["servicing.allocation.order: order: got 'no past_due.penalty'",
         "servicing.allocation.by: ", "servicing.allocation.future: ",
         "servicing.allocation.tiers[1].from_days: ",
         "servicing.allocation.tiers[1].order: ",
         "servicing.allocation.tiers[2]: tiers: got 5; allowed: a table",
         "servicing.allocation.tiers[3].order: component: got 'tax'",
         "servicing.allocation.tiers[3].x: unknown key",
         "servicing.allocation.kinds[refund]: kinds: got 5; allowed: a table",
         "servicing.allocation.kinds[card].future: ",
         "servicing.allocation.kinds[card].kind: unknown key",
         "servicing.allocation.x: unknown key"],
    ),
    (
        {"servicing": {"allocation": {"kinds": ["refund"], "tiers": "none"}}},
        ["servicing.allocation.tiers: tiers: got 'none'; allowed: a list of tables",
         "servicing.allocation.kinds: kinds: got ['refund']; allowed: a table by kind"],
    ),
    (
        {"servicing": {"prepayment": {
            "effect": "x", "interest": "x", "unearned": "x", "remaining_fees": "x",
            "fee": {"amount": "x", "months_of_interest": "1", "within": 0,
                    "least": "x", "rounding": 5, "most": "1"}, "x": 1}}},
        ["servicing.prepayment.effect: ", "servicing.prepayment.interest: ",
         "servicing.prepayment.unearned: ", "servicing.prepayment.remaining_fees: ",
         "servicing.prepayment.fee.amount: ",
         "servicing.prepayment.fee.months_of_interest: ",
         "servicing.prepayment.fee.within: ", "servicing.prepayment.fee.least: ",
         "servicing.prepayment.fee.rounding: ",
         "servicing.prepayment.fee.most: unknown key",
         "servicing.prepayment.x: unknown key"],
    ),
    (
        {"servicing": {"prepayment": {"fee": "1%"}}},
        ["servicing.prepayment.fee: fee: got '1%'; allowed: a table"],
    ),
    (
        {"servicing": {"prepayment": {"fee": {}}}},
        ["servicing.prepayment.fee: prepayment fee: got 'neither'"],
    ),
    (
        {"servicing": {"late_charges": [
            {"amount": "x", "of": "x", "days_late": "1", "least": "x", "most": "x",
             "tolerance": "x", "component": "x", "rounding": "x", "every": 1},
            {"name": "fee", "amount": "25", "days_late": 0}]}},
        ["servicing.late_charges[1].name: missing",
         "servicing.late_charges[1].amount: ", "servicing.late_charges[1].of: ",
         "servicing.late_charges[1].days_late: ",
         "servicing.late_charges[1].least: ", "servicing.late_charges[1].most: ",
         "servicing.late_charges[1].tolerance: ",
         "servicing.late_charges[1].component: ",
         "servicing.late_charges[1].rounding: ",
         "servicing.late_charges[1].every: unknown key",
         "servicing.late_charges[2]: days_late: got 0"],
    ),
    (
        {"servicing": {"late_charges": [{"name": "fee", "amount": "25"}] * 2}},
        ["servicing.late_charges: late_charges: got "],
    ),
    (
        {"servicing": {"caps": [
            {"name": "x"}, "in_duplum", {"kind": "magic"},
            {"kind": "rate", "rate": {}, "since": "2026-02-30", "x": 1},
            {"kind": "amount", "name": "x", "most": "x", "of": ["tax"], "rate": "x"},
            {"kind": "in_duplum", "since": "2026-02-02", "until": "2026-02-01"}]}},
        ["servicing.caps[1]: kind: got None; allowed: rate, amount, in_duplum",
         "servicing.caps[2]: kind: got 'in_duplum'; allowed: a table with the key",
         "servicing.caps[3]: kind: got 'magic'", "servicing.caps[4].name: missing",
         "servicing.caps[4].rate: rate: got {}",
         "servicing.caps[4].since: date: got '2026-02-30'",
         "servicing.caps[4].x: unknown key",
         "servicing.caps[5].most: ", "servicing.caps[5].of: of: got 'tax'",
         "servicing.caps[5].rate: unknown key", "servicing.caps[6]: until: got "],
    ),
    (
        {"servicing": {"days_past_due": {"grace_days": "3", "tolerance": "x", "x": 1}}},
        ["servicing.days_past_due.grace_days: ",
         "servicing.days_past_due.tolerance: ",
         "servicing.days_past_due.x: unknown key"],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "starts"), BAD)
def test_every_problem_names_its_key(changes, starts):
    found = sorted(problems(**changes))
    assert len(found) == len(starts), found
    for problem, start in zip(found, sorted(starts), strict=True):
        assert problem.startswith(start)


def test_floats_are_refused_wherever_an_amount_stands():
    text = json.dumps(
        PLAIN
        | {"penalty": {"multiple": 1.5, "tolerance": 0.5},
           "servicing": {"caps": [{"kind": "amount", "name": "x", "most": 1e3}]}}
    )  # fmt: skip
    with pytest.raises(TermsFileError) as caught:
        terms_from_text(text, "json")
    assert [problem.split(", which")[0] for problem in caught.value.problems] == [
        "penalty.multiple: multiple: got the float 1.5",
        "penalty.tolerance: tolerance: got the float 0.5",
        "servicing.caps[1].most: most: got the float 1000.0",
    ]


def test_rules_within_rules_without_end_are_refused():
    allocation = {}
    allocation["kinds"] = {"refund": allocation}
    (found,) = problems(servicing={"allocation": allocation})
    assert found.startswith("servicing.allocation.kinds[refund].kinds[refund]")
    assert found.endswith("nested too deeply")


# Small strategies: every field takes every kind of value at some time.
amounts = st.decimals(0, 1_000_000, places=2)
shares = st.fractions(0, 1, max_denominator=1_000_000) | st.integers(0, 40).map(
    lambda halved: Fraction(1, 2**halved)
)
roundings = st.sampled_from(
    [None, Rounding("up"), Rounding("half_even", unit="0.05"), Rounding("half_up")]
)
days = st.integers(0, 3_660)
names = st.text(max_size=8)
rates = st.builds(
    Rate.from_share, shares, st.sampled_from(["day", "month", "year"])
)  # fmt: skip
dates = st.dates(date(2000, 1, 1), date(2100, 12, 31))


@st.composite
def orders(draw):
    if draw(st.booleans()):
        return draw(st.permutations(list(Component)))
    dropped = draw(st.sets(st.sampled_from(list(Component))))
    slots = [
        (standing, component)
        for standing, component in product(Standing, Component)
        if standing is not Standing.IN_ADVANCE or component not in dropped
    ]
    return draw(st.permutations(slots))


tiers = st.lists(
    st.builds(AllocationTier, days, orders()),
    max_size=2,
    unique_by=lambda tier: tier.from_days,
)


def allocations(kinds):
    return st.builds(
        Allocation,
        orders(),
        st.sampled_from(["installment", "component"]),
        st.sampled_from(FutureRule),
        tiers=tiers,
        kinds=kinds,
    )


@st.composite
def penalties(draw):
    given_rate = draw(
        st.one_of(
            st.fixed_dictionaries({"rate": rates}),
            st.fixed_dictionaries({"addition": rates}),
            st.fixed_dictionaries(
                {"multiple": st.fractions(0, 100, max_denominator=10**12)}
            ),
        )
    )
    base = draw(st.sampled_from(PenaltyBase))
    bearing = ["penalty", "compound"]
    if base is PenaltyBase.PRINCIPAL:
        bearing.append("interest")
    compounding = st.builds(
        Compounding,
        st.lists(st.sampled_from(bearing), min_size=1),
        st.sampled_from(Compounded),
        day=st.integers(1, 28),
        at_contract_rate=st.booleans(),
    )
    return PenaltyInterest(
        **given_rate,
        base=base,
        first_day=draw(st.sampled_from(FirstDay)),
        payment_day=draw(st.sampled_from(PaymentDay)),
        grace_days=draw(days),
        grace=draw(st.sampled_from(Grace)),
        tolerance=draw(amounts),
        contract_interest=draw(st.sampled_from(ContractInterest)),
        days_in_year=draw(st.sampled_from([None, 360, 364, 365, 366])),
        rounded=draw(st.sampled_from(PenaltyRounded)),
        rounding=draw(roundings),
        compounding=draw(st.none() | compounding),
    )


@st.composite
def caps(draw):
    kind = draw(st.sampled_from([RateCap, AmountCap, InDuplum]))
    since, until = draw(st.sampled_from([(0, 0), (1, 0), (0, 1), (1, 1)]))
    first = draw(st.dates(date(2000, 1, 1), date(2050, 1, 1)))
    last = draw(st.dates(date(2050, 1, 2), date(2100, 1, 1)))
    force = {"since": first if since else None, "until": last if until else None}
    name = draw(names)
    if kind is InDuplum:
        return InDuplum(name, **force)
    if kind is AmountCap:
        more = draw(st.lists(st.sampled_from(["fee", "interest"]), unique=True))
        counted = ["penalty", "compound", *more]
        return AmountCap(name, draw(amounts | shares), counted, **force)
    rate = draw(rates)
    year = None if rate.per.value == "day" else draw(st.sampled_from([360, 365]))
    return RateCap(name, rate, days_in_year=year, **force)


@st.composite
def late_charges(draw):
    least, most = sorted(draw(st.tuples(amounts, amounts)))
    return LateCharge(
        draw(names),
        draw(amounts | shares),
        of=draw(st.sampled_from(LateChargeOf)),
        days_late=draw(st.integers(1, 3_660)),
        least=least,
        most=draw(st.sampled_from([None, most])),
        tolerance=draw(amounts),
        component=draw(st.sampled_from(["penalty", "fee"])),
        rounding=draw(roundings),
    )


@st.composite
def prepayment_fees(draw):
    months = draw(st.none() | st.integers(1, 12))
    return PrepaymentFee(
        draw(amounts | shares) if months is None else None,
        months_of_interest=months,
        within=draw(st.none() | st.integers(1, 1_200)),
        least=draw(amounts),
        rounding=draw(roundings),
    )


servicings = st.builds(
    Servicing,
    interest_on=st.sampled_from(InterestOn),
    allocation=allocations(
        st.dictionaries(names, allocations(st.just(())), max_size=2)
    ),
    prepayment=st.builds(
        Prepayment,
        effect=st.sampled_from(PrepaymentEffect),
        interest=st.sampled_from(InterestTo),
        unearned=st.sampled_from(Unearned),
        remaining_fees=st.sampled_from(RemainingFees),
        fee=st.none() | prepayment_fees(),
    ),
    late_charges=st.lists(late_charges(), max_size=2, unique_by=lambda one: one.name),
    caps=st.lists(caps(), max_size=3),
    days_past_due=st.builds(DaysPastDue, grace_days=days, tolerance=amounts),
    credit=st.sampled_from(CreditUse),
    day_order=st.lists(st.sampled_from(Happening), unique=True),
    same_day=st.sampled_from(SameDay),
)


@settings(deadline=None)
@given(st.none() | penalties(), st.just(Servicing()) | servicings)
def test_whatever_is_agreed_survives_a_file(penalty, servicing):
    agreed = loan(penalty=penalty, servicing=servicing)
    document = terms_document(agreed)
    assert terms_from_document(document) == agreed
    assert terms_from_text(json.dumps(document), "json") == agreed
