import csv
import io
from datetime import date
from decimal import Decimal

import pytest

from loanmath.analysis import (
    Agreed,
    ConventionInForce,
    Effect,
    Refusal,
    sensitivity,
)
from loanmath.calendars import NONE, HolidayCalendar
from loanmath.daycount import HeadTail
from loanmath.errors import InputTypeError, ScheduleError
from loanmath.rates import Rate
from loanmath.rounding import Rounding
from loanmath.terms import (
    BusinessDays,
    EqualPrincipal,
    Fee,
    FixedPayment,
    FlatFee,
    GraduatedPayment,
    Holiday,
    InstallmentLoan,
    InterestOnly,
    LevelPayment,
    RateChange,
    SteppedPayment,
    SteppedRate,
)

BASE = {
    "currency": "CNY",
    "principal": "10000",
    "disbursed": date(2026, 1, 15),
    "every": "monthly",
    "rate": Rate("12%/year"),
    "repayment": LevelPayment(12),
}


def loan(**changes):
    return InstallmentLoan(**(BASE | changes))


def effects(report, convention):
    return {row.instead: row for row in report.rows if row.convention == convention}


def in_force(report):
    return {row.convention: (row.choice, row.agreed) for row in report.in_force}


def refused(report, convention):
    return {r.instead: r.reason for r in report.refused if r.convention == convention}


def test_differences_by_hand():
    # January 15 to February 15: 31 days, then 28. A twelfth of 12 % of 1000 is 10.00.
    terms = loan(principal="1000", repayment=InterestOnly(2))
    found = effects(sensitivity(terms), "day count")
    assert found["ACT/360"] == Effect(
        "day count",
        "ACT/360",
        Decimal("-0.34"),
        Decimal("-0.34"),
        (Decimal("0.33"), Decimal("-0.67")),
        0,
    )
    assert found["ACT/360"].changed == 2
    assert found["ACT/360"].largest == Decimal("-0.67")
    # 1000 * 0.12 * 31 / 365 = 10.19 and 1000 * 0.12 * 28 / 365 = 9.21
    assert found["ACT/365F"].payments == (Decimal("0.19"), Decimal("-0.79"))
    assert found["30/360 CN"].changed == 0
    assert set(found) == {
        "30/360 CN",
        "30/360",
        "30E/360",
        "ACT/360",
        "ACT/365F",
        "ACT/365L",
        "ACT/ACT ISDA",
        "ACT/ACT ICMA",
    }


def test_the_largest_comes_first_and_nothing_in_force_is_an_alternative():
    report = sensitivity(loan())
    sizes = [
        (abs(row.total), abs(row.interest), abs(row.largest)) for row in report.rows
    ]
    assert sizes == sorted(sizes, reverse=True)
    now = {row.convention: row.choice for row in report.in_force}
    assert all(row.instead != now[row.convention] for row in report.rows)
    assert all(len(row.payments) == 12 for row in report.rows)


def test_what_was_stated_and_what_was_left_open():
    left = in_force(sensitivity(loan()))
    assert left == {
        "day count": ("1/12", Agreed.OPEN),
        "head and tail": ("head", Agreed.DEFAULT),
        "rounding mode": ("half_up", Agreed.DEFAULT),
        "rounding unit": ("0.01", Agreed.DEFAULT),
        "rounding place": ("once per period", Agreed.DEFAULT),
        "residue": ("last", Agreed.DEFAULT),
        "month rule": ("the same day, clamped to short months", Agreed.DEFAULT),
        "business days": ("dates stay", Agreed.OPEN),
        "broken period": ("counted", Agreed.DEFAULT),
        "payment rounding": ("as interest", Agreed.DEFAULT),
        "payment worked out by": ("as interest", Agreed.DEFAULT),
    }
    calendar = HolidayCalendar("mine", [date(2026, 10, 1)], known_through=None)
    terms = loan(
        day_count="ACT/360",
        head_tail="tail",
        rounding=Rounding("up", unit="1"),
        repayment=LevelPayment(
            12,
            residue="first",
            rounding=Rounding("ceiling", unit="10"),
            sized_by="30/360 CN",
        ),
        end_of_month=True,
        business_days=BusinessDays("modified_preceding", calendar),
        first_due=date(2026, 2, 28),
        interest_rounded="day",
        broken_period="at_disbursement",
    )
    stated = in_force(sensitivity(terms))
    assert {agreed for _, agreed in stated.values()} == {Agreed.STATED}
    assert stated["rounding unit"][0] == "1"
    assert stated["business days"][0] == "modified preceding (mine), interest adjusted"
    assert stated["broken period"][0] == "at disbursement"
    assert stated["payment rounding"][0] == "ceiling to 10"
    assert stated["payment worked out by"][0] == "30/360 CN"
    assert stated["month rule"][0] == "month end to month end"


def test_a_rate_per_day():
    terms = loan(rate=Rate("0.04%/day"), repayment=FixedPayment("900"))
    report = sensitivity(terms)
    assert in_force(report)["day count"] == ("actual days", Agreed.OPEN)
    assert in_force(report)["residue"] == (
        "the last installment clears",
        Agreed.DEFAULT,
    )
    assert refused(report, "residue") == {
        "any other": "its method leaves no residue to place"
    }
    found = effects(report, "day count")
    # A daily rate needs no year: only counting months of thirty days moves a cent.
    assert found["ACT/360"].changed == 0
    assert found["30/360"].interest < 0
    assert "1/12" in refused(report, "day count")
    named = sensitivity(loan(rate=Rate("0.04%/day"), day_count="ACT/365F"))
    assert in_force(named)["day count"] == ("ACT/365F", Agreed.STATED)


def test_business_days_move_dates_on_the_calendar_of_the_loan():
    report = sensitivity(loan(day_count="ACT/365F", principal="1000"))
    found = effects(report, "business days")
    # 15 February, 15 March, 15 August and 15 November 2026 are weekend days.
    unadjusted = found["following (weekends), interest unadjusted"]
    assert (unadjusted.moved, unadjusted.changed, unadjusted.interest) == (4, 0, 0)
    adjusted = found["following (weekends), interest adjusted"]
    assert adjusted.moved == 4
    assert adjusted.interest > 0
    assert len(found) == 6
    calendar = HolidayCalendar(
        "short", [date(2026, 2, 17)], known_through=date(2026, 6, 30)
    )
    terms = loan(
        day_count="ACT/365F", business_days=BusinessDays("unadjusted", calendar)
    )
    report = sensitivity(terms)
    assert in_force(report)["business days"][0] == "unadjusted (short)"
    reasons = refused(report, "business days")
    assert len(reasons) == 6
    assert reasons["preceding (short), interest adjusted"].startswith(
        "calendar short: 2026-01-01 to 2026-06-30; update"
    )
    assert effects(report, "business days")["dates stay"].moved == 0
    on_every_day = loan(
        business_days=BusinessDays("following", NONE, interest="unadjusted")
    )
    found = effects(sensitivity(on_every_day), "business days")
    assert "following (none), interest unadjusted" not in found
    assert found["preceding (none), interest unadjusted"].moved == 0


def test_one_reason_for_all_is_told_once():
    report = sensitivity(loan(rate=None, repayment=FlatFee(12, "6%")))
    for name in ("day count", "head and tail"):
        assert in_force(report)[name] == ("none: no interest", Agreed.STATED)
        assert refused(report, name) == {"any other": "a flat fee is no interest"}
        assert not effects(report, name)
    assert report.refused[0] == Refusal(
        "day count", "any other", "a flat fee is no interest"
    )
    assert refused(report, "rounding place") == {
        "any other": "interest_rounded: only where interest accrues on what is owed"
    }
    assert "second_pass" not in effects(report, "residue")
    assert all(row.interest == 0 for row in report.rows)
    # 10000 / 12 = 833.33, with a residue of 4 cents; the fee of 600 leaves none.
    first = effects(report, "residue")["first"]
    assert first.payments[0] == Decimal("0.04")
    assert first.payments[-1] == Decimal("-0.04")


def test_the_residue_of_equal_principal():
    report = sensitivity(loan(repayment=EqualPrincipal(12, residue="spread")))
    assert in_force(report)["residue"] == ("spread", Agreed.STATED)
    assert set(effects(report, "residue")) == {"last", "first"}


def test_what_a_rate_change_moves():
    rate = SteppedRate(Rate("12%/year"), {date(2026, 6, 15): Rate("6%/year")})
    report = sensitivity(loan(rate=rate, day_count="30/360 CN"))
    assert in_force(report)["rate change moves"] == ("payment", Agreed.DEFAULT)
    assert set(effects(report, "rate change moves")) == {
        rule.value for rule in RateChange if rule is not RateChange.PAYMENT
    }


def test_another_number_of_rows_is_compared_by_due_date():
    terms = loan(
        day_count="ACT/360",
        repayment=InterestOnly(2),
        first_due=date(2026, 3, 1),
        principal="1000",
    )
    found = effects(sensitivity(terms), "broken period")
    # January 15 to February 1 are 17 days of 1000 * 12 % / 360 = 0.3333 a day.
    separate = found["separate"]
    assert separate.moved == 1
    assert separate.interest == 0
    assert [str(change) for change in separate.payments] == ["5.67", "-5.67", "0.00"]
    on_the_day = found["at disbursement"]
    assert [str(change) for change in on_the_day.payments] == ["5.67", "-5.67", "0.00"]


def test_capitalized_interest_is_interest():
    holiday = Holiday(1, 1, "payment", interest="capitalize")
    terms = loan(principal="1000", repayment=LevelPayment(2), holidays=[holiday])
    found = effects(sensitivity(terms), "day count")["ACT/360"]
    # 10.33 is capitalized in place of 10.00, and 1010.33 * 0.12 * 28 / 360 = 9.43 is
    # due in place of 1010.00 * 0.01 = 10.10.
    assert found.interest == Decimal("-0.34")


def test_unrounded_contracts_and_other_currencies():
    report = sensitivity(loan(rounding=Rounding.unrounded(8)))
    assert in_force(report)["rounding unit"] == ("0.00000001", Agreed.STATED)
    cents = effects(report, "rounding unit")["0.01"]
    assert cents.interest.as_tuple().exponent == -8
    yen = sensitivity(loan(currency="JPY"))
    assert in_force(yen)["rounding unit"][0] == "1"
    assert set(effects(yen, "rounding unit")) == {"10", "100", "0.0001"}


def test_what_is_paid_in_total():
    # 123.67 in three whole yuan and a fee of 2.84: 41.22 and 0.95, or 41 and 1.
    report = sensitivity(
        loan(principal="123.67", rate=None, repayment=FlatFee(3, "2.3%"))
    )
    first = report.rows[0]
    assert (first.convention, first.instead) == ("rounding unit", "1")
    assert (first.interest, first.total) == (0, Decimal("0.16"))
    assert first.total == sum(first.payments)
    assert str(report).splitlines()[16].split() == [
        "rounding", "unit", "1", "0.00", "+0.16", "3", "of", "3", "+0.50", "0"
    ]  # fmt: skip
    fee = Fee("service", "1%", of="interest", due="installments")
    report = sensitivity(loan(principal="1000", repayment=InterestOnly(2), fees=[fee]))
    # 10.33 and 9.33 of interest, with fees of 0.10 and 0.09 in place of 0.10 each.
    moved = effects(report, "day count")["ACT/360"]
    assert (moved.interest, moved.total) == (Decimal("-0.34"), Decimal("-0.35"))


def test_the_rounding_and_the_time_of_a_flat_fee():
    terms = FlatFee(3, "2.3%", fee_rounding="half_even")
    report = sensitivity(loan(principal="123.67", rate=None, repayment=terms))
    now = in_force(report)
    assert now["fee rounding"] == ("half_even", Agreed.STATED)
    assert now["fee charged"] == ("spread", Agreed.DEFAULT)
    rounded = effects(report, "fee rounding")
    # 123.67 * 2.3 % = 2.84441
    assert {name: str(row.total) for name, row in rounded.items()} == {
        "as shares": "0.00",
        "half_up": "0.00",
        "up": "0.01",
        "down": "0.00",
    }
    at_once = effects(report, "fee charged")["first"]
    assert at_once.total == 0
    # 0.95, 0.95 and 0.94 in place of 2.84 at first
    assert [str(change) for change in at_once.payments] == ["1.89", "-0.95", "-0.94"]
    tie = loan(principal="100.50", rate=None, repayment=FlatFee(3, "1%"))
    # A fee of 1.005 is a tie.
    assert effects(sensitivity(tie), "fee rounding")["down"].total == Decimal("-0.01")


def test_the_rounding_of_every_fee():
    fees = [
        Fee("service", "0.1%", due="installments", rounding="down"),
        Fee("file", "5"),
        Fee("opening", "5", tax="6.1%"),
    ]
    report = sensitivity(loan(principal="10005", fees=fees, repayment=InterestOnly(2)))
    names = [name for name in in_force(report) if "fee" in name]
    assert names == ["rounding of fee service", "rounding of fee opening"]
    assert in_force(report)[names[0]] == ("down", Agreed.STATED)
    assert in_force(report)[names[1]] == ("as interest", Agreed.DEFAULT)
    # 10.005 in each of two installments
    service = effects(report, names[0])
    assert {name: str(row.total) for name, row in service.items()} == {
        "half_up": "0.02",
        "up": "0.02",
        "half_even": "0.00",
    }
    # 6.1 % of 5 are 0.305.
    opening = effects(report, names[1])
    assert {name: str(row.total) for name, row in opening.items()} == {
        "half_even": "-0.01",
        "up": "0.00",
        "down": "-0.01",
    }


def test_the_rounding_of_payments_that_are_worked_out():
    for terms in (
        GraduatedPayment(24, "5%"),
        SteppedPayment([(12, "500"), (24, None)]),
    ):
        report = sensitivity(loan(repayment=terms))
        now = in_force(report)
        assert now["payment rounding"] == ("as interest", Agreed.DEFAULT)
        assert "payment worked out by" not in now
        found = effects(report, "payment rounding")
        assert set(found) == {"ceiling", "ceiling to 1"}
        assert found["ceiling to 1"].changed > 0
    stated = SteppedPayment([(12, "500"), (24, "400")])
    assert "payment rounding" not in in_force(sensitivity(loan(repayment=stated)))


def test_the_report_prints():
    report = sensitivity(loan())
    text = str(report)
    assert text.startswith("Level payment (等额本息): CNY 10,000.00 on 2026-01-15")
    assert "day count              1/12" in text
    assert "ACT/365F" in text
    assert "left open" in text
    assert not any(line.endswith(" ") for line in text.splitlines())
    html = report._repr_html_()
    assert html == report.to_html()
    assert html.count("<table") == html.count("</table>") == 3
    assert "rows" not in repr(report)


def test_the_report_escapes_a_calendar_of_any_name():
    calendar = HolidayCalendar("<b>", [date(2026, 10, 1)], known_through=None)
    report = sensitivity(
        loan(business_days=BusinessDays("unadjusted", calendar, interest="unadjusted"))
    )
    assert "&lt;b&gt;" in report.to_html()
    assert "<b>" not in report.to_html()


def test_the_report_as_csv():
    report = sensitivity(loan())
    lines = list(csv.DictReader(io.StringIO(report.to_csv())))
    assert len(lines) == len(report.in_force) + len(report.rows) + len(report.refused)
    by_status = {line["status"] for line in lines}
    assert by_status == {"left open", "default", "alternative", "refused"}
    first = next(line for line in lines if line["status"] == "alternative")
    assert first["choice"] == report.rows[0].instead
    assert Decimal(first["interest"]) == report.rows[0].interest
    assert Decimal(first["total"]) == report.rows[0].total
    assert int(first["changed"]) == report.rows[0].changed
    assert lines[-1]["reason"] == report.refused[-1].reason


def test_every_end_day_rule_is_tried():
    report = sensitivity(loan(day_count="ACT/365F"))
    names = set(effects(report, "head and tail")) | {"head"}
    assert names == {rule.value for rule in HeadTail}


def test_doors():
    with pytest.raises(InputTypeError, match="loan"):
        sensitivity("loan")
    too_low = loan(repayment=FixedPayment("10"))
    with pytest.raises(ScheduleError):
        sensitivity(too_low)


def test_values():
    assert ConventionInForce("a", "b", Agreed.STATED).agreed.value == "stated"
    none = Effect("a", "b", Decimal(0), Decimal(0), (Decimal(0), Decimal(0)), 0)
    assert (none.changed, none.largest) == (0, 0)
