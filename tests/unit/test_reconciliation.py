"""Reconciliations: what is searched, what fits, what is nearest, what is refused."""

import csv
import io
from datetime import date
from decimal import Decimal

import pytest
from attrs import evolve

from loanmath.analysis.conventions import Agreed
from loanmath.analysis.reconciliation import (
    ConventionSet,
    Difference,
    FurtherCell,
    PrintedBill,
    PrintedBills,
    PrintedRow,
    PrintedSchedule,
    Searched,
    reconcile,
)
from loanmath.analysis.reconciliation.bases import Bases
from loanmath.analysis.reconciliation.cells import schedule_sheet
from loanmath.analysis.reconciliation.loan_tables import loan_table
from loanmath.calendars import WEEKENDS, HolidayCalendar
from loanmath.daycount import day_count
from loanmath.errors import (
    CalendarRangeError,
    CurrencyError,
    DateRangeError,
    EventError,
    InputTypeError,
    InputValueError,
    LimitError,
    ScheduleError,
    UnknownNameError,
)
from loanmath.events import CashAdvance, Payment, Purchase
from loanmath.presets import cn
from loanmath.rates import Rate
from loanmath.rounding import Rounding
from loanmath.terms import (
    AddOnInterest,
    BusinessDays,
    CreditLine,
    EqualPrincipal,
    Fee,
    FixedPayment,
    FlatFee,
    GraduatedPayment,
    InstallmentLoan,
    InterestOnly,
    LevelPayment,
    SteppedRate,
)

BASE = {
    "currency": "CNY",
    "principal": "1000",
    "disbursed": date(2026, 1, 15),
    "every": "monthly",
    "rate": Rate("12%/year"),
    "repayment": InterestOnly(2),
}


# Stated, so that they are not searched where a test is of something else.
STATED = {"day_count": "ACT/360", "head_tail": "tail", "rounding": "down"}


def loan(**changes):
    return InstallmentLoan(**(BASE | changes))


def printed(*interest, due=(), **totals):
    days = due or [None] * len(interest)
    rows = [
        PrintedRow(due=day, interest=amount)
        for day, amount in zip(days, interest, strict=True)
    ]
    return PrintedSchedule(rows, PrintedRow(**totals) if totals else None)


def of_loan(terms, *columns):
    rows = [
        PrintedRow(**{name: getattr(row, name) for name in columns})
        for row in terms.schedule()
    ]
    return PrintedSchedule(rows)


def fits(found, **chosen):
    return any(one.holds(**chosen) for match in found.matches for one in match.sets)


# --- what fits ----------------------------------------------------------------------


def test_days_over_360_by_hand():
    # 1000 * 12 % * 31 / 360 = 10.333, * 28 / 360 = 9.333.
    found = reconcile(loan(), printed("10.33", "9.33"))
    assert found.matched
    assert {name for one in found.matches for name in one.sets[0]["day count"]} == {
        "ACT/360"
    }
    assert not found.matches[0].as_agreed
    assert found.nearest == ()
    assert found.matches[0].terms.day_count.name == "ACT/360"
    assert found.cells == 2
    assert found.complete


def test_what_was_agreed_comes_first_where_it_fits():
    found = reconcile(loan(), printed("10.00", "10.00"))
    assert found.matches[0].as_agreed
    assert found.matches[0].terms.schedule() == loan().schedule()


def test_a_cell_that_was_not_printed_tells_classes_apart():
    due = [row.due for row in loan().schedule()]
    found = reconcile(loan(), printed("10.00", None, due=due))
    # In February 28 days or a month of 30 days; both make 10.00 of no January.
    assert len(found.matches) > 1
    assert found.further.where.startswith("row 2 (2026-03-15)")
    values = {match.further for match in found.matches}
    assert len(values) == found.further.values
    one = found.matches[-1]
    told = evolve(found.printed.rows[1], **{found.further.column: one.further})
    later = reconcile(loan(), PrintedSchedule([found.printed.rows[0], told]))
    assert len(later.matches) < len(found.matches)


def test_a_stated_convention_is_held_unless_it_is_doubted():
    terms = loan(day_count="ACT/365F", head_tail="tail")
    statement = printed("10.33", "9.33")
    held = reconcile(terms, statement)
    assert not held.matched
    choices = {one.convention: one.choice for one in held.held}
    assert choices["day count"] == "ACT/365F"
    assert choices["head and tail"] == "tail"
    assert {one.agreed for one in held.held} <= {Agreed.STATED, Agreed.DEFAULT}
    assert fits(reconcile(terms, statement, doubt=["day count"]), day_count="ACT/360")
    everything = reconcile(terms, statement, doubt=["everything"])
    assert everything.held == ()
    assert "Held as agreed" not in str(everything)
    assert fits(everything, day_count="ACT/360", head_and_tail="tail")


def test_a_step_is_doubted_by_name():
    thirty = loan(every="P30D", day_count="ACT/360")
    statement = of_loan(thirty, "due", "interest")
    by_months = loan(day_count="ACT/360")
    assert not reconcile(by_months, statement).matched
    found = reconcile(by_months, statement, doubt=["periods"])
    assert fits(found, periods="by days, P30D")
    back = of_loan(by_months, "due", "interest")
    assert fits(reconcile(thirty, back, doubt=["periods"]), periods="by months, P1M")
    with pytest.raises(UnknownNameError):
        reconcile(loan(every="weekly", day_count="ACT/360"), back, doubt=["periods"])
    dates = loan(every=[date(2026, 2, 15), date(2026, 3, 15)], day_count="ACT/360")
    with pytest.raises(UnknownNameError):
        reconcile(dates, back, doubt=["periods"])
    assert reconcile(dates, back).matched


def test_a_plan_that_is_not_rounded_is_compared_as_it_is_shown():
    followed = loan(
        principal="1000.01",
        rounding=Rounding("half_even", "0.000001"),
        repayment=EqualPrincipal(3),
    )
    agreed = loan(principal="1000.01", repayment=EqualPrincipal(3))
    rows = [
        PrintedRow(interest=f"{round(row.interest, 2)}", due=row.due)
        for row in followed.schedule()
    ]
    assert fits(
        reconcile(agreed, PrintedSchedule(rows)),
        rounding_unit="0.000001, shown to 0.01",
    )


def test_sums_are_cells_too():
    statement = printed(None, None, interest="19.66")
    assert fits(reconcile(loan(), statement), day_count="ACT/360")
    missed = reconcile(loan(), printed(None, None, interest="1.00"))
    first = missed.nearest[0].first
    assert (first.number, first.on, first.where) == (0, None, "totals")


def test_due_dates_that_move_to_business_days():
    # 15 February and 15 March 2026 are Sundays.
    moved = [date(2026, 2, 16), date(2026, 3, 16)]
    terms = loan(day_count="ACT/360")
    found = reconcile(terms, printed("10.67", "9.33", due=moved))
    assert fits(found, business_days="following (weekends), interest adjusted")
    found = reconcile(terms, printed("10.33", "9.33", due=moved))
    assert fits(found, business_days="following (weekends), interest unadjusted")
    stated = BusinessDays("preceding", WEEKENDS)
    found = reconcile(
        evolve(terms, business_days=stated), printed("10.33", "9.33", due=moved)
    )
    assert not found.matched
    assert found.nearest[0].first == Difference(
        1, date(2026, 2, 13), "due", moved[0], date(2026, 2, 13), 3
    )
    assert "3 days" in str(found)


@pytest.mark.parametrize("broken", ["counted", "separate", "added", "at_disbursement"])
def test_an_odd_first_period(broken):
    agreed = loan(
        day_count="ACT/360",
        first_due=date(2026, 3, 1),
        rounding="down",
        repayment=LevelPayment(5, residue="first", sized_by="30/360 CN"),
    )
    followed = evolve(agreed, broken_period=broken)
    statement = of_loan(followed, "due", "payment", "interest")
    found = reconcile(agreed, statement)
    assert fits(found, broken_period=broken.replace("_", " "))


@pytest.mark.parametrize("residue", ["last", "first", "spread", "second_pass"])
@pytest.mark.parametrize("place", ["period", "day"])
def test_residues_of_level_payments(residue, place):
    agreed = loan(principal="98765", repayment=LevelPayment(9), day_count="ACT/365F")
    followed = evolve(
        agreed,
        repayment=LevelPayment(9, residue=residue, sized_by="30/360 CN"),
        interest_rounded=place,
    )
    statement = of_loan(followed, "due", "payment", "principal", "closing")
    found = reconcile(agreed, statement)
    assert fits(
        found,
        residue=residue,
        rounding_place=f"once per {place}",
        payment_worked_out_by="30/360 CN",
    )


def test_payments_in_whole_yuan_that_are_spread():
    agreed = loan(
        principal="98765",
        repayment=LevelPayment(6, rounding=Rounding("half_up", "1")),
        day_count="ACT/365F",
    )
    followed = evolve(agreed, repayment=evolve(agreed.repayment, residue="spread"))
    found = reconcile(agreed, of_loan(followed, "due", "payment"))
    assert fits(found, residue="spread")
    assert not fits(found, residue="last")


def test_a_loan_that_is_repaid_early_by_rounding():
    whole = Rounding("ceiling", "1")
    for principal in ("10", "4"):
        terms = loan(
            principal=principal, repayment=LevelPayment(14, rounding=whole), **STATED
        )
        found = reconcile(terms, of_loan(terms, "due", "payment"))
        assert found.matches[0].as_agreed


def test_periods_that_are_not_months():
    days = [date(2026, month, 15) for month in range(2, 8)]
    for every in ("P30D", days):
        terms = loan(every=every, repayment=LevelPayment(6), **STATED)
        found = reconcile(terms, of_loan(terms, "due", "payment"))
        assert found.matches[0].as_agreed


def test_a_payment_worked_out_by_what_has_no_meaning_is_doubted():
    short = HolidayCalendar(
        "short",
        [],
        known_from=date(2026, 1, 1),
        known_through=date(2026, 3, 1),
    )
    by = day_count("BUS/252", calendar=short)
    terms = loan(repayment=LevelPayment(5, sized_by=by), **STATED)
    with pytest.raises(CalendarRangeError):
        terms.schedule()
    plain = evolve(terms, repayment=LevelPayment(5))
    statement = of_loan(plain, "due", "payment")
    found = reconcile(terms, statement, doubt=["payment worked out by"])
    assert fits(found, payment_worked_out_by="as interest")


def test_a_rate_that_is_cut():
    followed = loan(rate=Rate("0.395833%/month"), principal="900000")
    agreed = loan(rate=Rate("4.75%/year"), principal="900000")
    found = reconcile(agreed, of_loan(followed, "due", "interest"))
    # Another cut is not one of those published.
    assert not fits(found, rate="0.3958%/month, cut to 6 decimals")
    cut = loan(rate=Rate("0.3958%/month"), principal="900000")
    found = reconcile(agreed, of_loan(cut, "due", "interest"))
    assert fits(found, rate="0.3958%/month, cut to 6 decimals")
    monthly = loan(rate=Rate("0.3958333%/month"), principal="900000")
    found = reconcile(monthly, of_loan(cut, "due", "interest"))
    assert fits(found, rate="0.3958%/month, half up to 6 decimals")


def test_flat_fees_and_added_on_interest():
    agreed = loan(rate=None, repayment=FlatFee(3, "2.35%"), rounding="down")
    followed = loan(
        rate=None, repayment=FlatFee(3, "2.35%", charged="first"), rounding="down"
    )
    found = reconcile(agreed, of_loan(followed, "payment"))
    assert fits(found, fee_charged="first")
    rule = Rounding("down", "1")
    stated = loan(
        rate=None, repayment=FlatFee(3, "2.35%", charged="first", fee_rounding=rule)
    )
    names = {one.convention for one in reconcile(stated, of_loan(stated, "fee")).held}
    assert {"fee charged", "fee rounding"} <= names
    added = loan(repayment=AddOnInterest(6), **STATED)
    by_digits = loan(repayment=AddOnInterest(6, earned="rule_of_78"), **STATED)
    found = reconcile(added, of_loan(by_digits, "interest"))
    assert fits(found, interest_earned="rule_of_78")
    assert any(
        one.convention == "interest earned"
        for one in reconcile(by_digits, of_loan(by_digits, "interest")).held
    )


def test_the_rounding_of_a_payment_that_grows():
    repayment = GraduatedPayment(8, "5%", every=4)
    whole = evolve(repayment, rounding=Rounding("ceiling", "1"))
    terms = loan(repayment=repayment, **STATED)
    found = reconcile(terms, of_loan(loan(repayment=whole, **STATED), "due", "payment"))
    assert fits(found, payment_rounding="ceiling to 1")


def test_loans_whose_plans_share_nothing():
    stepped = SteppedRate(Rate("6%/year"), [(date(2026, 2, 20), Rate("9%/year"))])
    repayment = LevelPayment(4, rounding="half_even")
    terms = loan(
        rate=stepped, repayment=repayment, day_count="ACT/360", head_tail="tail"
    )
    followed = evolve(terms, rounding="down")
    found = reconcile(terms, of_loan(followed, "due", "payment", "interest"))
    assert fits(found, rounding_mode="down", rate_change_moves="payment")
    fees = [Fee("service", "12", due="installments")]
    with_fees = loan(
        repayment=LevelPayment(4, sized_by="30/360 CN"), fees=fees, **STATED
    )
    assert reconcile(with_fees, of_loan(with_fees, "due", "payment")).matched
    open_ended = loan(repayment=FixedPayment("300"), **STATED)
    assert reconcile(open_ended, of_loan(open_ended, "payment")).matched


def test_a_balloon_and_few_rows():
    stated = {"residue": "first", "rounding": "half_even", "sized_by": "1/12"}
    for terms in (
        loan(repayment=LevelPayment(5, balloon="200", **stated), rounding="down"),
        loan(repayment=LevelPayment(3, **stated), rounding="down"),
        loan(repayment=LevelPayment(1, **stated), rounding="down"),
    ):
        assert reconcile(terms, of_loan(terms, "due", "payment")).matches[0].as_agreed


def test_terms_that_cannot_be_planned():
    never = loan(repayment=FixedPayment("5"), **STATED)
    with pytest.raises(ScheduleError):
        reconcile(never, PrintedSchedule([PrintedRow(payment="5")]))


@pytest.mark.parametrize("mode", ["half_up", "half_even", "up", "down"])
@pytest.mark.parametrize("unit", [None, "1", "0.000001"])
@pytest.mark.parametrize("place", ["period", "day"])
@pytest.mark.parametrize("residue", ["last", "first", "spread", "second_pass"])
def test_plans_on_rows_that_are_known_are_those_of_the_terms(
    mode, unit, place, residue
):
    terms = loan(principal="98765", repayment=LevelPayment(9), day_count="ACT/360")
    sheet = schedule_sheet(of_loan(terms, "due", "payment"), 2)
    bases = Bases(terms, sheet, [], [], [])
    (basis,) = bases.grown(bases.dated()[0], 0)
    for rule in (None, Rounding("ceiling")):
        for sized_by in (None, "30/360 CN"):
            followed = evolve(
                terms,
                rounding=Rounding(mode, unit),
                interest_rounded=place,
                repayment=LevelPayment(
                    9, residue=residue, rounding=rule, sized_by=sized_by
                ),
            )
            known = loan_table(followed, basis.ground, sheet)
            assert known == loan_table(followed, None, sheet)


def test_a_convention_that_is_none():
    found = ConventionSet((Searched("day count", ("1/12",)),))
    for asked in (lambda: found["rounding"], lambda: found.holds(rounding="down")):
        with pytest.raises(UnknownNameError, match="allowed: day count"):
            asked()


# --- what is nearest ----------------------------------------------------------------


def test_a_cent_more_is_no_match():
    terms = loan(repayment=LevelPayment(6, residue="first"), **STATED)
    rows = list(of_loan(terms, "due", "payment", "principal", "interest").rows)
    rows[3] = evolve(rows[3], interest=rows[3].interest + Decimal("0.01"))
    found = reconcile(terms, PrintedSchedule(rows))
    assert not found.matched
    nearest = found.nearest[0]
    assert (nearest.cells, nearest.total) == (1, Decimal("0.01"))
    assert nearest.first.number == 4
    assert nearest.first.column == "interest"
    assert nearest.first.by == Decimal("0.01")
    assert nearest.differences == (nearest.first,)
    assert nearest.terms.schedule() == terms.schedule()
    assert [one.cells for one in found.nearest] == sorted(
        one.cells for one in found.nearest
    )


def test_progress_is_told():
    told = []
    reconcile(loan(), printed("1.00", "2.00"), progress=lambda *at: told.append(at))
    assert told[0][0] == 0
    assert all(done <= most for done, most in told)
    assert told[-1][0] == told[-1][1]


def test_a_search_stops_where_it_would_never_end(monkeypatch):
    room = "loanmath.analysis.reconciliation.search"
    monkeypatch.setattr(f"{room}._MOST_PLANS", 5)
    found = reconcile(loan(), printed("1.00", "2.00"))
    assert not found.complete
    assert "the search stopped" in str(found)
    monkeypatch.setattr(f"{room}._MOST_CLASSES", 1)
    found = reconcile(loan(), printed("10.00", None))
    assert len(found.matches) >= 1
    assert not found.complete


# --- what is refused ----------------------------------------------------------------


def test_other_rows_than_the_loan_has():
    days = [date(2026, 2, 15), date(2026, 3, 15), date(2026, 4, 15)]
    with pytest.raises(InputValueError) as caught:
        reconcile(
            loan(repayment=InterestOnly(4), **STATED),
            printed("1", "1", "1", due=days),
        )
    assert caught.value.got == "3 rows"
    assert caught.value.allowed == "4 rows, all that the loan has"
    assert caught.value.do == "missing: 2026-05-15"
    with pytest.raises(InputValueError) as caught:
        reconcile(loan(**STATED), printed("1", "1", "1", due=days))
    assert caught.value.do == "not the loan's: 2026-04-15"
    with pytest.raises(InputValueError) as caught:
        reconcile(loan(**STATED), printed("1", "1", "1"))
    assert caught.value.do == ""
    with pytest.raises(InputValueError) as caught:
        reconcile(loan(repayment=InterestOnly(9), **STATED), printed("1", due=days[:1]))
    assert caught.value.do == "missing: 2026-03-15, 2026-04-15, 2026-05-15, ..."


def test_wrong_arguments():
    statement = printed("10.00", "10.00")
    bills = PrintedBills([PrintedBill(statement=date(2026, 5, 1), interest="1")])
    line = CreditLine(currency="CNY", limit="5000", statement_day=1, due_day=9)
    event = Payment(id="p1", on=date(2026, 3, 1), amount="1")
    with pytest.raises(CurrencyError, match="row 1, interest"):
        reconcile(loan(), printed("10.001", None))
    with pytest.raises(UnknownNameError, match="day count"):
        reconcile(loan(), statement, doubt=["daycount"])
    with pytest.raises(InputTypeError):
        reconcile(loan(), statement, doubt="day count")
    with pytest.raises(InputTypeError):
        reconcile(loan(), bills)
    with pytest.raises(InputTypeError):
        reconcile(line, statement, events=[event])
    with pytest.raises(InputTypeError):
        reconcile("loan", statement)
    with pytest.raises(InputTypeError):
        reconcile(loan(), statement, events="events")
    with pytest.raises(InputValueError, match="1 events"):
        reconcile(loan(), statement, events=[event])
    with pytest.raises(InputValueError, match="what happened on the line"):
        reconcile(line, bills)


def test_what_cannot_have_been_printed():
    with pytest.raises(InputValueError, match="at least one"):
        PrintedSchedule([])
    with pytest.raises(InputValueError, match="no amount"):
        PrintedSchedule([PrintedRow(due=date(2026, 2, 15))])
    with pytest.raises(InputTypeError):
        PrintedSchedule("rows")
    with pytest.raises(InputTypeError):
        PrintedSchedule([("2026-02-15", "10.00")])
    with pytest.raises(LimitError):
        PrintedSchedule([PrintedRow(payment="1")] * 2_401)
    with pytest.raises(InputTypeError, match="totals"):
        PrintedSchedule([PrintedRow(payment="1")], "1")
    with pytest.raises(InputValueError, match=r"totals\.closing"):
        PrintedSchedule([PrintedRow(payment="1")], PrintedRow(closing="0"))
    with pytest.raises(InputTypeError, match="float"):
        PrintedRow(payment=1.5)
    with pytest.raises(InputValueError, match="no amount"):
        PrintedBills([PrintedBill(statement=date(2026, 5, 1))])
    bill = PrintedBill(statement=date(2026, 5, 1), closing="1")
    with pytest.raises(DateRangeError):
        PrintedBills([bill, bill])


# --- bills --------------------------------------------------------------------------

EVENTS = (
    Purchase(id="u1", on=date(2026, 3, 31), amount="10000"),
    CashAdvance(id="c1", on=date(2026, 4, 2), amount="1000"),
    Payment(id="p1", on=date(2026, 4, 25), amount="9000"),
)


def card(convention):
    return cn.bank_card("20000", statement_day=1, due_day=25, convention=convention)


def bills_of(line, *columns):
    from loanmath.line_account import LineAccount

    kept = LineAccount.open(line, date(2026, 3, 31)).record(*EVENTS)
    found = []
    for one in kept.statements(date(2026, 6, 1))[1:]:
        cells = {
            "interest": sum(amount for _, amount in one.interest),
            "minimum": one.minimum,
            "closing": one.closing,
        }
        words = {name: cells[name] for name in columns}
        found.append(PrintedBill(statement=one.cycle.statement, **words))
    return PrintedBills(found)


def test_day_switches_hold_for_cash_too():
    statement = bills_of(card("a"), "interest", "minimum", "closing")
    found = reconcile(card("c"), statement, events=list(EVENTS))
    assert fits(found, repayment_day="old", last_day="excluded")
    terms = found.matches[0].terms
    days = {one.interest.repayment_day.value for one in terms.segments}
    assert days == {"old"} == {terms.interest.repayment_day.value}
    assert "Line of credit" in str(found)


def test_a_switch_of_cash_alone_stays():
    line = card("c")
    cash = evolve(line.segments[0].interest, repayment_day="old")
    line = evolve(line, segments=[evolve(line.segments[0], interest=cash)])
    found = reconcile(line, bills_of(line, "interest"), events=EVENTS)
    assert found.matches[0].as_agreed
    assert fits(found, repayment_day="reduced")


def test_from_when_interest_bears_is_doubted():
    statement = bills_of(card("c"), "interest", "closing")
    doubted = ["bears from", "free period"]
    found = reconcile(card("c"), statement, events=EVENTS, doubt=doubted)
    assert fits(found, bears_from="posting", bears_on="whole")
    assert not fits(found, bears_from="after_due")


def test_fees_of_a_bill():
    # The fee of cash, 1 % but at least 10.00, and 5 % of what is missing of a minimum.
    printed_bill = PrintedBill(statement=date(2026, 5, 1), fees="10.00")
    found = reconcile(card("c"), PrintedBills([printed_bill]), events=EVENTS)
    assert found.matches[0].as_agreed


def test_the_further_cell_of_bills_and_the_nearest():
    first, second = bills_of(card("a"), "interest").bills
    statement = PrintedBills([first, PrintedBill(statement=second.statement)])
    found = reconcile(card("c"), statement, events=EVENTS)
    assert len(found.matches) > 1
    assert found.further.on in {bill.statement for bill in statement.bills}
    wrong = PrintedBill(statement=date(2026, 5, 1), interest="1.00")
    found = reconcile(card("c"), PrintedBills([wrong]), events=EVENTS)
    assert not found.matched
    assert found.nearest[0].first.where == "row 1 (2026-05-01)"


def test_lines_that_are_refused():
    line = card("c")
    wrong = PrintedBills([PrintedBill(statement=date(2026, 5, 2), interest="1")])
    with pytest.raises(InputValueError, match="makes a bill"):
        reconcile(line, wrong, events=EVENTS)
    early = PrintedBills([PrintedBill(statement=date(2026, 3, 1), interest="1")])
    with pytest.raises(InputValueError, match="none"):
        reconcile(line, early, events=EVENTS)
    bills = PrintedBills([PrintedBill(statement=date(2026, 5, 1), interest="1")])
    beyond = Purchase(id="u9", on=date(2026, 4, 3), amount="90000")
    with pytest.raises(EventError):
        reconcile(line, bills, events=[*EVENTS, beyond])


def test_a_line_without_interest_or_minimum():
    line = CreditLine(currency="CNY", limit="5000", statement_day=1, due_day=9)
    events = [Purchase(id="u1", on=date(2026, 4, 1), amount="100")]
    bill = PrintedBill(statement=date(2026, 4, 1), closing="100")
    found = reconcile(line, PrintedBills([bill]), events=events)
    assert fits(found, statement_day_joins="closing")


# --- what is printed of it ----------------------------------------------------------


def test_the_answer_is_printed():
    found = reconcile(loan(), printed("10.33", "9.33"))
    text = str(found)
    assert "what was agreed does not" in text
    assert "ACT/360" in text
    assert "any of 2" in text
    assert found.to_html() == found._repr_html_()
    assert found.to_html().startswith('<table class="loanmath">')
    assert "| day count |" in found.to_markdown()
    assert (
        repr(found)
        == f"<Reconciliation of 2 cells: {len(found.matches)} matching classes>"
    )
    rows = list(csv.DictReader(io.StringIO(found.to_csv())))
    assert {row["status"] for row in rows} == {"held", "searched", "match"}
    terms = loan(repayment=EqualPrincipal(2, residue="first"), **STATED)
    columns = ("due", "payment", "principal", "interest", "closing")
    agreed = reconcile(terms, of_loan(terms, *columns))
    assert len(agreed.matches) == 1
    assert agreed.further is None
    assert "Class 1, as agreed" in str(agreed)
    assert "1 class of conventions reproduces every cell" in str(agreed)
    assert "planned" in agreed.to_csv()


def test_what_is_nearest_is_printed_as_no_match():
    found = reconcile(loan(), printed("1.00", "2.00"))
    text = str(found)
    assert "no conventions reproduce every cell" in text
    assert "Nearest 1, no match" in text
    rows = list(csv.DictReader(io.StringIO(found.to_csv())))
    nearest = [row for row in rows if row["status"] == "nearest" and row["printed"]]
    assert nearest[0]["printed"] == "1.00"
    assert nearest[0]["row"] == "1"


def test_many_classes_are_not_all_shown():
    rows = [PrintedRow()] * 5 + [PrintedRow(closing="0")]
    terms = loan(repayment=EqualPrincipal(6))
    found = reconcile(terms, PrintedSchedule(rows))
    assert len(found.matches) > 10
    assert "More classes" in str(found)
    assert "What would tell the classes apart" in str(found)
    rows = list(csv.DictReader(io.StringIO(found.to_csv())))
    assert sum(1 for row in rows if row["planned"]) == len(found.matches)


def test_many_sets_of_a_class_are_not_all_shown():
    found = reconcile(loan(), printed("10.00", "10.00"))
    match = evolve(found.matches[0], sets=found.matches[0].sets[:1] * 12)
    text = str(evolve(found, matches=(match,), further=None))
    assert "2 more sets" in text


def test_the_words_of_values():
    one = ConventionSet((Searched("day count", ("1/12", "30/360")),))
    assert one["day count"] == ("1/12", "30/360")
    assert one.holds(day_count="1/12")
    assert not one.holds(day_count="ACT/360")
    assert FurtherCell(0, None, "interest", 2).where == "totals"
