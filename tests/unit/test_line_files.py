"""What is agreed of a credit line survives a file, and every problem names its key."""

import json
from datetime import date
from decimal import Decimal
from fractions import Fraction

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from as_toml import toml_text
from loanmath import (
    NONE,
    WEEKENDS,
    BusinessDays,
    CreditLine,
    DefaultCharge,
    FlatFee,
    HolidayCalendar,
    InstallmentLoan,
    InstallmentTerms,
    LineAllocation,
    LineInterest,
    LineSegment,
    MinimumPayment,
    Promotion,
    Rate,
    Rounding,
    TransactionFee,
    line_document,
    line_from_document,
    line_from_text,
    read_line,
    read_terms,
    terms_document,
    terms_from_document,
    terms_from_text,
)
from loanmath.errors import InputTypeError, InputValueError, TermsFileError
from loanmath.presets import cn
from loanmath.terms import (
    BalanceMethod,
    BearsFrom,
    BearsOn,
    ChargedPer,
    Component,
    EarlyFee,
    FeeBilled,
    FirstPaid,
    FreePeriod,
    Happening,
    InterestPosted,
    JoinsCycle,
    LastDay,
    LimitCovers,
    MinimumItem,
    OverLimit,
    PlanRefund,
    PlanResidue,
    RepaymentDay,
    SameDay,
    ShareOf,
)

PLAIN = {
    "type": "credit_line",
    "currency": "CNY",
    "limit": "20000",
    "statement_day": 5,
    "due_day": 23,
}
LINE = CreditLine(currency="CNY", limit="20000", statement_day=5, due_day=23)
LOAN = InstallmentLoan(
    currency="CNY", principal="1000", disbursed=date(2026, 1, 15), every="monthly",
    repayment=FlatFee(3, "2.3%"),
)  # fmt: skip

TOML = """
    type = "credit_line"
    currency = "CNY"
    limit = "20000"
    statement_day = 5
    due_after = 18
    statement_day_joins = "closing"
    business_days = {rule = "following", calendar = "weekends"}
    over_limit = "allowed"
    limit_covers = "balance"
    day_order = ["payment", "purchase"]
    same_day = "sequence"

    [interest]
    rate = "18%/year"
    days_in_year = 360
    bears_from = "posting"
    bears_on = "unpaid_share"
    repayment_day = "old"
    last_day = "included"
    grace_days = 3
    tolerance = 10
    rounding = {mode = "half_even", unit = "0.05"}
    rounded = "period"
    free_period = "lost"
    regained_after = 2
    bearing = ["principal", "interest"]

    [minimum]
    share = "5%"
    least = "50"
    whole_below = "60"
    rounding = "up"
    in_full = ["interest", "fees", "carried"]
    share_of = "balance"
    covers_interest = true
    grace_days = 5

    [default_charge]
    share = "0%"
    amounts = ["30", 41]
    repeat_within = 12
    rounding = "down"

    [[segments]]
    name = "cash"
    limit = "5000"
    due_in_full = true
    fee = {share = "1%", least = "10", most = "200", rounding = "up"}
    interest = {rate = "0.05%/day", bears_from = "use", posted = "payment", overdue_multiple = "4/3"}
    promotion = {months = 6, deferred = true}

    [[segments]]
    name = "transfers"
    interest = {rate = "0.03%/day", bears_from = "use", balance = "average", rounded = "statement"}

    [[segments]]
    name = "tuition"
    interest = {rate = "0.07%/day", bears_from = "after_due", overdue_cap = "100%"}

    [installments]
    fees = {3 = "2.3%", 12 = "7.5%", 24 = "1/3%"}
    billed = "first"
    residue = "first"
    rounding = "half_even"
    early = "share"
    early_share = "3%"
    refund = "split_anew"
    fee_return = "unbilled"

    [allocation]
    order = ["interest", "fee", "penalty", "principal"]
    first = "highest_rate"
    minimum_first = "lowest_rate"
    late_order = ["principal", "penalty", "fee", "interest"]
    late_from = 91
"""

FULL = CreditLine(
    currency="CNY",
    limit="20000",
    statement_day=5,
    due_after=18,
    statement_day_joins=JoinsCycle.CLOSING,
    business_days=BusinessDays("following", WEEKENDS),
    over_limit=OverLimit.ALLOWED,
    limit_covers=LimitCovers.BALANCE,
    day_order=[Happening.PAYMENT, Happening.PURCHASE],
    same_day=SameDay.SEQUENCE,
    interest=LineInterest(
        rate=Rate("18%/year"),
        days_in_year=360,
        bears_from=BearsFrom.POSTING,
        bears_on=BearsOn.UNPAID_SHARE,
        repayment_day=RepaymentDay.OLD,
        last_day=LastDay.INCLUDED,
        grace_days=3,
        tolerance=Decimal(10),
        rounding=Rounding("half_even", unit="0.05"),
        rounded=ChargedPer.PERIOD,
        free_period=FreePeriod.LOST,
        regained_after=2,
        bearing=[Component.PRINCIPAL, Component.INTEREST],
    ),
    minimum=MinimumPayment(
        Fraction(1, 20),
        least=50,
        whole_below=60,
        rounding=Rounding("up"),
        in_full=[MinimumItem.INTEREST, MinimumItem.FEES, MinimumItem.CARRIED],
        share_of=ShareOf.BALANCE,
        covers_interest=True,
        grace_days=5,
    ),
    default_charge=DefaultCharge(
        "0%", amounts=[30, 41], repeat_within=12, rounding=Rounding("down")
    ),
    segments=[
        LineSegment(
            name="cash",
            limit=5000,
            due_in_full=True,
            fee=TransactionFee(
                Fraction(1, 100), least=10, most=200, rounding=Rounding("up")
            ),
            interest=LineInterest(
                rate=Rate("0.05%/day"),
                bears_from=BearsFrom.USE,
                posted=InterestPosted.PAYMENT,
                overdue_multiple=Fraction(4, 3),
            ),
            promotion=Promotion(months=6, deferred=True),
        ),
        LineSegment(
            name="transfers",
            interest=LineInterest(
                rate=Rate("0.03%/day"),
                bears_from=BearsFrom.USE,
                balance=BalanceMethod.AVERAGE,
                rounded=ChargedPer.STATEMENT,
            ),
        ),
        LineSegment(
            name="tuition",
            interest=LineInterest(
                rate=Rate("0.07%/day"),
                bears_from=BearsFrom.AFTER_DUE,
                overdue_cap=Fraction(1),
            ),
        ),
    ],
    installments=InstallmentTerms(
        fees={3: Fraction(23, 1000), 12: Fraction(3, 40), 24: Fraction(1, 300)},
        billed=FeeBilled.FIRST,
        residue=PlanResidue.FIRST,
        rounding=Rounding("half_even"),
        early=EarlyFee.SHARE,
        early_share=Fraction(3, 100),
        refund=PlanRefund.SPLIT_ANEW,
        fee_return="unbilled",
    ),
    allocation=LineAllocation(
        order=["interest", "fee", "penalty", "principal"],
        first=FirstPaid.HIGHEST_RATE,
        minimum_first=FirstPaid.LOWEST_RATE,
        late_order=["principal", "penalty", "fee", "interest"],
        late_from=91,
    ),
)


def test_every_word_of_a_file():
    assert line_from_text(TOML, "toml") == FULL


def test_every_word_is_written():
    assert line_document(FULL) == {
        "type": "credit_line",
        "currency": "CNY",
        "limit": "20000.00",
        "statement_day": 5,
        "due_after": 18,
        "statement_day_joins": "closing",
        "business_days": {
            "rule": "following", "calendar": "weekends", "interest": "adjusted",
        },
        "interest": {
            "rate": "18%/year", "bears_from": "posting", "bears_on": "unpaid_share",
            "repayment_day": "old", "last_day": "included", "days_in_year": 360,
            "grace_days": 3, "tolerance": "10",
            "rounding": {"mode": "half_even", "unit": "0.05"}, "rounded": "period",
            "free_period": "lost", "regained_after": 2,
            "bearing": ["interest", "principal"],
        },
        "minimum": {
            "share": "5%", "least": "50", "whole_below": "60", "rounding": "up",
            "in_full": ["interest", "fees", "carried"], "share_of": "balance",
            "covers_interest": True, "grace_days": 5,
        },
        "default_charge": {
            "share": "0%", "rounding": "down", "amounts": ["30", "41"],
            "repeat_within": 12,
        },
        "segments": [
            {
                "name": "cash",
                "interest": {
                    "rate": "0.05%/day", "bears_from": "use",
                    "overdue_multiple": "4/3", "posted": "payment",
                },
                "fee": {"share": "1%", "least": "10", "most": "200", "rounding": "up"},
                "limit": "5000",
                "due_in_full": True,
                "promotion": {"months": 6, "deferred": True},
            },
            {
                "name": "transfers",
                "interest": {
                    "rate": "0.03%/day", "bears_from": "use", "rounded": "statement",
                    "balance": "average",
                },
            },
            {
                "name": "tuition",
                "interest": {
                    "rate": "0.07%/day", "bears_from": "after_due",
                    "overdue_cap": "100%",
                },
            },
        ],
        "installments": {
            "fees": {"3": "2.3%", "12": "7.5%", "24": "1/3%"},
            "billed": "first", "residue": "first", "rounding": "half_even",
            "early": "share", "early_share": "3%", "refund": "split_anew",
            "fee_return": "unbilled",
        },
        "allocation": {
            "order": ["interest", "fee", "penalty", "principal"],
            "first": "highest_rate", "minimum_first": "lowest_rate",
            "late_order": ["principal", "penalty", "fee", "interest"], "late_from": 91,
        },
        "over_limit": "allowed",
        "limit_covers": "balance",
        "day_order": [
            "payment", "purchase", "limit_change", "cycle_change", "disbursement",
            "cash_advance", "transfer", "interest_resume", "interest_pause", "charge",
            "reversal", "chargeback", "waiver", "refund", "conversion",
            "plan_settlement", "bill_deferral", "recovery", "terms_change", "restructuring", "breach", "acceleration", "payout",
            "charge_off", "write_off",
        ],
        "same_day": "sequence",
    }  # fmt: skip


def test_what_is_as_usual_is_left_out():
    assert line_document(LINE) == PLAIN | {"limit": "20000.00"}
    usual = attrs.evolve(
        LINE,
        segments=[],
        minimum=MinimumPayment("10%", least="0.00"),
        allocation=LineAllocation(order=["penalty", "fee", "interest", "principal"]),
        day_order=list(Happening),
    )
    assert line_document(usual) == PLAIN | {
        "limit": "20000.00",
        "minimum": {"share": "10%"},
    }


@pytest.mark.parametrize("agreed", [LINE, FULL])
def test_toml_json_and_plain_values_say_the_same(agreed):
    document = line_document(agreed)
    assert line_from_document(document) == agreed
    assert line_from_text(json.dumps(document), "json") == agreed
    assert line_from_text(toml_text(document), "toml") == agreed


@pytest.mark.parametrize(
    "agreed",
    [
        cn.huabei_line("20000"),
        cn.baitiao_line("20000"),
        cn.fenfu_line("5000"),
        *(
            cn.bank_card("20000", statement_day=5, due_day=23, convention=convention)
            for convention in "abc"
        ),
        cn.bank_card("20000", statement_day=5, due_after=18, residual=True),
    ],
)
def test_presets_survive_a_file(agreed):
    assert line_from_document(line_document(agreed)) == agreed


def problems(read, *asked):
    with pytest.raises(TermsFileError) as caught:
        read(*asked)
    return list(caught.value.problems)


BAD = [
    ({"statement_day": "5"}, ["statement_day: statement_day: got '5'; allowed: int"]),
    ({"limit": None}, ["limit: limit: got None"]),
    ({"due_after": 18}, ["due date: got 'both'; allowed: exactly one of"]),
    ({"digits": 2}, ["digits: unknown key"]),
    ({"limit_units": 5}, ["limit_units: unknown key"]),
    (
        {"currency": "RMB", "limit": 0, "statement_day": 32, "due_day": 0,
         "due_after": 101, "statement_day_joins": "x", "over_limit": "x",
         "limit_covers": 1, "day_order": ["sale"], "same_day": "x", "colour": "red"},
        ["currency: ", "limit: limit: got 0; allowed: above zero", "statement_day: ",
         "due_day: ", "due_after: ", "statement_day_joins: ", "over_limit: ",
         "limit_covers: ", "day_order: day_order: got 'sale'", "same_day: ",
         "colour: unknown key"],
    ),
    *(
        ({name: value}, [f"{name}: {name}: got {value!r}; allowed: a table"])
        for name in ("business_days", "interest", "minimum", "default_charge",
                     "installments", "allocation")
        for value in ("x", None, ["x"])
    ),
    (
        {"business_days": {"rule": "sideways", "calendar": "moon"}},
        ["business_days.rule: ", "business_days.calendar: "],
    ),
    ({"interest": {}}, ["interest.rate: missing", "interest.bears_from: missing"]),
    (
        {"interest": {
            "rate": {"kind": "stepped"}, "bears_from": "x", "bears_on": "x",
            "repayment_day": "x", "last_day": "x", "overdue_multiple": "1/0",
            "days_in_year": 1, "grace_days": "3", "tolerance": "x", "rounding": 5,
            "rounded": "x", "free_period": "x", "regained_after": 0, "bearing": "x",
            "posted": "x", "balance": "x", "x": 1}},
        ["interest.rate: rate: got {", "interest.bears_from: ", "interest.bears_on: ",
         "interest.repayment_day: ", "interest.last_day: ",
         "interest.overdue_multiple: overdue_multiple: got '1/0'",
         "interest.days_in_year: ", "interest.grace_days: ", "interest.tolerance: ",
         "interest.rounding: ", "interest.rounded: ", "interest.free_period: ",
         "interest.regained_after: ", "interest.bearing: ", "interest.posted: ",
         "interest.balance: ", "interest.x: unknown key"],
    ),
    (
        {"interest": {"rate": "18%/year", "bears_from": "use"}},
        ["interest: days_in_year: got None"],
    ),
    (
        {"minimum": {"least": "x", "whole_below": "x", "in_full": ["x"],
                     "rounding": {"mode": "x", "modes": 1}, "share_of": "x", "x": 1}},
        ["minimum.share: missing", "minimum.least: ", "minimum.whole_below: ",
         "minimum.rounding.mode: ", "minimum.rounding.modes: unknown key",
         "minimum.in_full: ", "minimum.share_of: ", "minimum.x: unknown key"],
    ),
    (
        {"minimum": {"share": "10%", "covers_interest": "yes"}},
        ["minimum: covers_interest: got 'yes'"],
    ),
    (
        {"default_charge": {"share": "x", "least": "x", "most": "x", "rounding": "x",
                            "amounts": "30", "repeat_within": 0, "x": 1}},
        ["default_charge.share: ", "default_charge.least: ", "default_charge.most: ",
         "default_charge.rounding: ", "default_charge.amounts: ",
         "default_charge.repeat_within: ", "default_charge.x: unknown key"],
    ),
    (
        {"default_charge": {"share": "5%", "amounts": ["30"]}},
        ["default_charge: amounts: got 'with a share'"],
    ),
    (
        {"segments": {"name": "cash"}},
        ["segments: segments: got {'name': 'cash'}; allowed: a list of tables"],
    ),
    (
        {"segments": [
            {"name": "two words", "fee": "1%", "limit": 0, "promotion": 6, "x": 1},
            5,
            {"name": "cash", "interest": {"rate": "x", "bears_from": "use"},
             "fee": {"least": "x", "most": "x", "rounding": "x", "x": 1},
             "promotion": {"months": 0, "rate": {}, "x": 1}},
            {"name": "cash", "interest": {"rate": "1%/day", "bears_from": "use"},
             "due_in_full": 1},
            {"name": "gold", "interest": {"rate": "1%/day", "bears_from": "use"},
             "promotion": {"months": 6, "deferred": 1}}]},
        ["segments[1].name: ", "segments[1].interest: missing",
         "segments[1].fee: fee: got '1%'; allowed: a table", "segments[1].limit: ",
         "segments[1].promotion: promotion: got 6; allowed: a table",
         "segments[1].x: unknown key",
         "segments[2]: segments: got 5; allowed: a table",
         "segments[3].interest.rate: ", "segments[3].fee.share: missing",
         "segments[3].fee.least: ", "segments[3].fee.most: ",
         "segments[3].fee.rounding: ", "segments[3].fee.x: unknown key",
         "segments[3].promotion.months: ", "segments[3].promotion.rate: rate: got {}",
         "segments[3].promotion.x: unknown key",
         "segments[4]: due_in_full: got 1", "segments[5].promotion: deferred: got 1"],
    ),
    (
        {"segments": [
            {"name": "cash", "interest": {"rate": "1%/day", "bears_from": "use"}}] * 2},
        ["segments: segments: got ['cash', 'cash']; allowed: every name once"],
    ),
    ({"installments": {}}, ["installments.fees: missing"]),
    *(
        ({"installments": {"fees": fees}},
         [f"installments.fees: fees: got {fees!r}; allowed: a table by installments"])
        for fees in ("1%", None, [[3, "1%"]])
    ),
    (
        {"installments": {"fees": {}}},
        ["installments.fees: fees: got {}; allowed: fees by installments"],
    ),
    (
        {"installments": {
            "fees": {"03": "1%", "3.0": "1%", "0": "1%", "x": "1%", "+3": "1%",
                     "3": "1", "6": 5, "9": "101%", "12": "5%"},
            "billed": "x", "residue": "x", "rounding": "x", "early": "x",
            "early_share": "x", "refund": "x", "fee_return": "x", "split": "x",
            "x": 1}},
        ["installments.fees[03]: installments: got '03'; allowed: a whole number",
         "installments.fees[3.0]: installments: got '3.0'",
         "installments.fees[0]: installments: got '0'",
         "installments.fees[x]: installments: got 'x'",
         "installments.fees[+3]: installments: got '+3'",
         "installments.fees[3]: fee: got '1'", "installments.fees[6]: fee: got 5",
         "installments.fees[9]: fee: got '101%'; allowed: 0% to 100%",
         "installments.billed: ", "installments.residue: ", "installments.split: ",
         "installments.rounding: ",
         "installments.early: ", "installments.early_share: ", "installments.refund: ",
         "installments.fee_return: ", "installments.x: unknown key"],
    ),
    (
        # The keys of a dictionary of Python may be whole numbers: of a file, never.
        {"installments": {"fees": {3: "1%"}}},
        ["installments.fees[3]: installments: got 3; allowed: a whole number, as '12'"],
    ),
    (
        {"installments": {"fees": {"121": "1%"}}},
        ["installments.fees: installments: got 121; allowed: 1 to 120"],
    ),
    (
        {"installments": {"fees": {"3": "1%"}, "early_share": "1%"}},
        ["installments: early_share: got '1/100'"],
    ),
    (
        {"allocation": {"order": ["fee"], "first": "x", "minimum_first": "x",
                        "late_order": "x", "late_from": -1, "x": 1}},
        ["allocation.order: ", "allocation.first: ", "allocation.minimum_first: ",
         "allocation.late_order: ", "allocation.late_from: ",
         "allocation.x: unknown key"],
    ),
    ({"allocation": {"late_from": 91}}, ["allocation: late_order: got 'one of"]),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "starts"), BAD)
def test_every_problem_names_its_key(changes, starts):
    found = sorted(problems(line_from_document, PLAIN | changes))
    assert len(found) == len(starts), found
    for problem, start in zip(found, sorted(starts), strict=True):
        assert problem.startswith(start)


def test_floats_are_refused_wherever_an_amount_stands():
    text = json.dumps(
        PLAIN
        | {"limit": 0.5, "default_charge": {"share": "0%", "amounts": [30, 41.5]},
           "minimum": {"share": 0.1, "least": 1e3}}
    )  # fmt: skip
    found = problems(line_from_text, text, "json")
    assert [problem.split(", which")[0] for problem in found] == [
        "limit: limit: got the float 0.5",
        "minimum.share: share: got the float 0.1",
        "minimum.least: least: got the float 1000.0",
        "default_charge.amounts: amounts: got the float 41.5",
    ]


def test_a_file_without_what_is_needed():
    assert problems(line_from_document, {"type": "credit_line"}) == [
        "currency: missing", "limit: missing", "statement_day: missing",
    ]  # fmt: skip
    (neither,) = problems(
        line_from_document,
        {"type": "credit_line", "currency": "CNY", "limit": 1, "statement_day": 1},
    )
    assert neither.startswith("due date: got 'neither'")


@pytest.mark.parametrize("document", [None, 5, [], "x", {}, {"type": ["credit_line"]}])
def test_what_is_no_document(document):
    (found,) = problems(line_from_document, document)
    assert found.startswith("type: got ")


@pytest.mark.parametrize(
    ("text", "kind", "problem"),
    [
        ("x = ", "toml", "not TOML"),
        ("{", "json", "not JSON"),
        ('{"type": 1, "type": 2}', "json", "not JSON: keys: got 'type'"),
        ("[" * 100_000, "json", "nested too deeply"),
    ],
)
def test_what_is_no_text_of_a_document(text, kind, problem):
    (found,) = problems(line_from_text, text, kind)
    assert found.startswith(problem)


A_LINE = (
    "type: got 'credit_line'; allowed: installment_loan; read it with read_line,"
    " line_from_text or line_from_document, on the command line with statement, remind"
    " or reconcile"
)
A_LOAN = (
    "type: got 'installment_loan'; allowed: credit_line; read it with read_terms,"
    " terms_from_text or terms_from_document, on the command line with schedule or"
    " account"
)


def test_each_reader_names_the_other(tmp_path):
    loan, line = terms_document(LOAN), line_document(LINE)
    (tmp_path / "loan.json").write_text(json.dumps(loan), encoding="utf-8")
    (tmp_path / "line.json").write_text(json.dumps(line), encoding="utf-8")
    assert problems(terms_from_document, line) == [A_LINE]
    assert problems(terms_from_text, json.dumps(line), "json") == [A_LINE]
    assert problems(read_terms, tmp_path / "line.json") == [A_LINE]
    assert problems(line_from_document, loan) == [A_LOAN]
    assert problems(line_from_text, json.dumps(loan), "json") == [A_LOAN]
    assert problems(read_line, tmp_path / "loan.json") == [A_LOAN]
    assert problems(line_from_document, {"type": "card"}) == [
        "type: got 'card'; allowed: installment_loan, credit_line"
    ]


def test_each_writer_takes_its_own():
    for wrong in (LOAN, "line", None):
        with pytest.raises(InputTypeError, match=r"^line: got .*CreditLine\(\.\.\.\)"):
            line_document(wrong)
    for wrong in (LINE, "loan", None):
        with pytest.raises(InputTypeError, match=r"^loan: got .*InstallmentLoan\("):
            terms_document(wrong)


def test_a_calendar_of_ones_own_has_no_name_in_a_file():
    own = HolidayCalendar(
        "mine", [date(2026, 5, 1)], known_from=date(2026, 1, 1),
        known_through=date(2026, 12, 31),
    )  # fmt: skip
    agreed = attrs.evolve(LINE, business_days=BusinessDays("following", own))
    with pytest.raises(InputValueError):
        line_document(agreed)


def test_files(tmp_path):
    (tmp_path / "card.toml").write_text(TOML, encoding="utf-8")
    (tmp_path / "card.JSON").write_text(
        json.dumps(line_document(FULL)), encoding="utf-8"
    )
    assert read_line(tmp_path / "card.toml") == FULL
    assert read_line(str(tmp_path / "card.JSON")) == FULL
    with pytest.raises(FileNotFoundError):
        read_line(tmp_path / "none.toml")


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        ("a.yaml", b"", "the name must end in .toml or .json"),
        ("a.toml", b"\xff", "not UTF-8"),
        ("a.json", b" " * 4_000_001, "larger than 4,000,000 bytes"),
        ("a.json", b"", "not JSON"),
        ("a.toml", b"", "type: got None"),
    ],
)
def test_bad_files(tmp_path, name, content, problem):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(TermsFileError) as caught:
        read_line(tmp_path / name)
    assert caught.value.what == name
    assert len(caught.value.problems) == 1
    assert caught.value.problems[0].startswith(problem)


def test_an_error_says_what_the_document_is_called():
    for read in (
        line_from_document,
        lambda text, **name: line_from_text(text, "json", **name),
    ):
        with pytest.raises(TermsFileError, match=r"^line: 1 problem"):
            read("5")
        with pytest.raises(TermsFileError, match=r"^mine: 1 problem"):
            read("5", name="mine")


# Small strategies: every field takes every kind of value at some time.
amounts = st.decimals(0, 1_000_000, places=2)
above_zero = st.decimals("0.01", 1_000_000, places=2)
shares = st.fractions(0, 1, max_denominator=1_000_000) | st.integers(0, 40).map(
    lambda halved: Fraction(1, 2**halved)
)
roundings = st.sampled_from(
    [None, Rounding("up"), Rounding("half_even", unit="0.05"), Rounding("half_up")]
)
rates = st.builds(Rate.from_share, shares, st.sampled_from(["day", "month", "year"]))
words = st.from_regex(r"[a-z_][a-z0-9_]{0,9}", fullmatch=True).filter(
    lambda word: word not in ("purchases", "installments")
)
orders = st.permutations(["penalty", "fee", "interest", "principal"])


@st.composite
def interests(draw):
    agreed = {
        "rate": draw(rates),
        "days_in_year": draw(st.sampled_from([360, 364, 365, 366])),
        "last_day": draw(st.sampled_from(LastDay)),
        "grace_days": draw(st.integers(0, 60)),
        "tolerance": draw(amounts),
        "rounding": draw(roundings),
        "bearing": ["principal", *draw(st.sets(st.sampled_from(
            ["interest", "fee", "penalty"])))],
    }  # fmt: skip
    since = draw(st.sampled_from(BearsFrom))
    waits = since in (BearsFrom.POSTING, BearsFrom.STATEMENT)
    balance = BalanceMethod.DAILY
    if since is BearsFrom.STATEMENT:
        balance = draw(st.sampled_from(BalanceMethod))
    elif since is BearsFrom.USE:
        balance = draw(st.sampled_from(["daily", "average"]))
    daily = BalanceMethod(balance) is BalanceMethod.DAILY
    as_last_bill = BalanceMethod(balance) in (
        BalanceMethod.PREVIOUS, BalanceMethod.ADJUSTED,
    )  # fmt: skip
    agreed |= {
        "bears_from": since,
        "balance": balance,
        "rounded": draw(st.sampled_from(ChargedPer)) if daily else "statement",
    }
    if as_last_bill:
        agreed["last_day"] = LastDay.EXCLUDED
    if not as_last_bill:
        agreed["repayment_day"] = draw(st.sampled_from(RepaymentDay))
    if waits and not as_last_bill:
        agreed["bears_on"] = draw(st.sampled_from(BearsOn))
        agreed["free_period"] = draw(st.sampled_from(FreePeriod))
    if agreed.get("free_period") is FreePeriod.LOST:
        agreed["regained_after"] = draw(st.integers(1, 12))
    if daily and not waits:
        agreed["posted"] = draw(st.sampled_from(InterestPosted))
    if daily and since is BearsFrom.USE:
        agreed["overdue_multiple"] = draw(st.fractions(1, 10, max_denominator=10**12))
    return LineInterest(**agreed)


@st.composite
def between(draw):
    """The smallest and the largest of something, either left out or not."""
    least, most = sorted(draw(st.tuples(amounts, amounts)))
    return {"least": least, "most": draw(st.sampled_from([None, most]))}


@st.composite
def segments(draw):
    interest = draw(interests())
    promotion = None
    if interest.balance is BalanceMethod.DAILY and draw(st.booleans()):
        deferred = interest.bears_from is BearsFrom.USE and draw(st.booleans())
        rate = Rate("0%/month") if deferred else draw(rates)
        months = draw(st.integers(1, 120))
        promotion = Promotion(months=months, rate=rate, deferred=deferred)
    fee = TransactionFee(draw(shares), rounding=draw(roundings), **draw(between()))
    return LineSegment(
        name=draw(words),
        interest=interest,
        fee=draw(st.sampled_from([None, fee])),
        limit=draw(st.none() | above_zero),
        due_in_full=draw(st.booleans()),
        promotion=promotion,
    )


@st.composite
def default_charges(draw):
    share, limits = draw(shares), draw(between())
    amounted = draw(st.lists(amounts, max_size=2))
    if amounted:
        share, limits = "0%", {}
    return DefaultCharge(
        share,
        amounts=amounted,
        rounding=draw(roundings),
        repeat_within=draw(st.integers(1, 120)),
        **limits,
    )


@st.composite
def plans(draw):
    billed = draw(st.sampled_from(FeeBilled))
    early = draw(st.sampled_from(EarlyFee))
    refund = draw(st.sampled_from(PlanRefund))
    returned = ["none", "unbilled"] if billed is FeeBilled.FIRST else ["none"]
    returned += ["whole"] if refund is PlanRefund.KEPT else []
    splits = ["apart"] if billed is FeeBilled.FIRST else ["apart", "together"]
    return InstallmentTerms(
        fees=draw(st.dictionaries(st.integers(1, 120), shares, min_size=1, max_size=4)),
        billed=billed,
        residue=draw(st.sampled_from(PlanResidue)),
        rounding=draw(roundings),
        early=early,
        early_share=draw(shares) if early is EarlyFee.SHARE else None,
        split=draw(st.sampled_from(splits)),
        refund=refund,
        fee_return=draw(st.sampled_from(returned)),
    )


@st.composite
def allocations(draw):
    late = {}
    if draw(st.booleans()):
        late = {"late_order": draw(orders), "late_from": draw(st.integers(0, 3_660))}
    return LineAllocation(
        order=draw(orders),
        first=draw(st.sampled_from(FirstPaid)),
        minimum_first=draw(st.none() | st.sampled_from(FirstPaid)),
        **late,
    )


minimums = st.builds(
    MinimumPayment,
    shares,
    least=amounts,
    whole_below=amounts,
    rounding=roundings,
    in_full=st.sets(st.sampled_from(MinimumItem)).map(list),
    share_of=st.sampled_from(ShareOf),
    covers_interest=st.booleans(),
)
days_off = st.builds(
    BusinessDays,
    st.sampled_from(["following", "modified_preceding"]),
    st.sampled_from([NONE, WEEKENDS]),
)


@st.composite
def lines(draw):
    due = draw(
        st.fixed_dictionaries({"due_day": st.integers(1, 31)})
        | st.fixed_dictionaries({"due_after": st.integers(1, 100)})
    )
    interest = draw(st.none() | interests())
    others = draw(st.lists(segments(), max_size=3, unique_by=lambda one: one.name))
    balances = [one.balance for one in (interest, *(s.interest for s in others)) if one]
    joins = draw(st.sampled_from(JoinsCycle))
    if BalanceMethod.PREVIOUS in balances or BalanceMethod.ADJUSTED in balances:
        joins = JoinsCycle.NEXT
    return CreditLine(
        currency=draw(st.sampled_from(["CNY", "USD"])),
        limit=draw(above_zero),
        statement_day=draw(st.integers(1, 31)),
        statement_day_joins=joins,
        business_days=draw(st.none() | days_off),
        interest=interest,
        minimum=draw(st.none() | minimums),
        default_charge=draw(st.none() | default_charges()),
        segments=others,
        installments=draw(st.none() | plans()),
        allocation=draw(allocations()),
        over_limit=draw(st.sampled_from(OverLimit)),
        limit_covers=draw(st.sampled_from(LimitCovers)),
        day_order=draw(st.lists(st.sampled_from(Happening), unique=True)),
        same_day=draw(st.sampled_from(SameDay)),
        **due,
    )


@settings(deadline=None)
@given(lines())
def test_whatever_is_agreed_survives_a_file(agreed):
    document = line_document(agreed)
    assert line_from_document(document) == agreed
    assert line_from_text(json.dumps(document), "json") == agreed
    assert line_from_text(toml_text(document), "toml") == agreed
