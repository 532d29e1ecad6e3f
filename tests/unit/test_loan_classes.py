"""Classes of loans: by days, by how they rise, by restructuring; and default."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from kept_lines import buy, interest, kept, line, nov, octo, pay, sep
from loanmath import Account, LineAccount
from loanmath.analysis.delinquency import (
    CARD_STAGES,
    BucketScheme,
    DayClassRule,
    DefaultRule,
    LoanClassRule,
    LoanFacts,
    Materiality,
    Pause,
    class_of_days,
    class_on,
    default_of,
    default_on,
    exposures_of,
    loan_class,
    loan_facts,
)
from loanmath.errors import (
    DateRangeError,
    InputTypeError,
    InputValueError,
    LimitError,
    LoanmathError,
    TermsError,
    UnknownNameError,
)
from loanmath.presets import accounting, eu, india
from loanmath.presets.cn.classes import FIVE_CLASSES
from refusals import refused
from serviced import D1, D2, D3, START, after, loan, opened, paid

FIVE = FIVE_CLASSES.value
ON = date(2026, 6, 30)
THREE = BucketScheme("three", [0, 90], edge="above", names=["good", "watched", "bad"])


def five(days=0, **facts):
    return loan_class(LoanFacts(on=ON, days_past_due=days, **facts), FIVE)


# --- by days ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("days", "verdict"),
    [
        (0, "standard"),
        (1, "SMA-0"),
        (30, "SMA-0"),
        (31, "SMA-1"),
        (60, "SMA-1"),
        (61, "SMA-2"),
        (90, "SMA-2"),
        (91, "NPA"),
    ],
)
def test_indian_classes(days, verdict):
    assert class_of_days(days, india.ASSET_CLASSES.value).verdict == verdict


@pytest.mark.parametrize(
    ("days", "verdict"),
    [(30, "stage 1"), (31, "stage 2"), (90, "stage 2"), (91, "stage 3")],
)
def test_backstops_of_ifrs(days, verdict):
    assert class_of_days(days, accounting.IFRS_BACKSTOPS.value).verdict == verdict


def test_npa_is_left_only_once_nothing_is_overdue():
    rule = india.ASSET_CLASSES.value
    found = class_of_days(40, rule, worst=95)
    assert (found.rule, found.verdict) == ("asset classes (India)", "NPA")
    assert found.reasons == (
        "40 days past due: SMA-1 (31-60)",
        "95 days past due before, and something is still: NPA until nothing is",
    )
    assert class_of_days(0, rule, worst=95).verdict == "standard"
    assert class_of_days(40, rule, worst=90).verdict == "SMA-1"
    assert class_of_days(95, rule, worst=200).reasons == (
        "95 days past due: NPA (91+)",
    )
    assert class_of_days(40, DayClassRule(THREE), worst=95).verdict == "watched"


def test_the_class_of_an_account_knows_how_late_it_was():
    # Row 1 is paid when it is 95 days late, row 2 is 67 days late then.
    account = opened(
        paid("1030", after(D1, 95), installments=(1,)), penalty={"rate": "0%/day"}
    )
    rule = india.ASSET_CLASSES.value
    assert class_on(account, after(D1, 94), rule).verdict == "NPA"
    found = class_on(account, after(D1, 95), rule)
    assert (found.verdict, found.reasons[0]) == (
        "NPA",
        "67 days past due: SMA-2 (61-90)",
    )
    cured = account.record(paid("2030", after(D1, 96), "p2"))
    assert class_on(cured, after(D1, 96), rule).verdict == "standard"
    pause = [Pause(after(D1, 1), after(D1, 30))]
    assert class_on(account, after(D1, 95), rule, pauses=pause).verdict == "SMA-2"
    assert class_on(account, D1, rule).verdict == "standard"


def test_a_verdict_prints_with_its_reasons():
    found = class_of_days(1, DayClassRule(THREE))
    assert str(found) == "three: watched\n1 day past due: watched (1-90)"
    assert repr(found) == "<ClassVerdict of three: watched>"
    assert found.to_csv().splitlines() == [
        "rule,verdict,reason",
        "three,watched,1 day past due: watched (1-90)",
    ]
    assert "1 day past due" in found.to_html()
    assert "1 day past due" in found.to_markdown()


@pytest.mark.parametrize(
    ("door", "error"),
    [
        (lambda: DayClassRule("three"), InputTypeError),
        (lambda: DayClassRule(CARD_STAGES), TermsError),
        (lambda: DayClassRule(THREE, held=1), InputTypeError),
        (lambda: DayClassRule(THREE, held="worse"), UnknownNameError),
        (lambda: class_of_days(1, THREE), InputTypeError),
        (lambda: class_of_days("1", DayClassRule(THREE)), InputTypeError),
        (lambda: class_of_days(5, DayClassRule(THREE), worst=4), TermsError),
        (lambda: class_on(1, ON, DayClassRule(THREE)), InputTypeError),
        (lambda: class_on(Account.open(loan()), ON, THREE), InputTypeError),
    ],
)
def test_what_is_no_rule_is_refused(door, error):
    with refused(error):
        door()


# --- five classes -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("days", "verdict"),
    [
        (0, "normal"),
        (1, "special mention"),
        (90, "special mention"),
        (91, "substandard"),
        (270, "substandard"),
        (271, "doubtful"),
        (360, "doubtful"),
        (361, "loss"),
    ],
)
def test_five_classes_by_days(days, verdict):
    assert five(days).verdict == verdict


def test_a_short_technical_delay_is_none():
    assert five(7, is_technical=True).verdict == "normal"
    assert five(7, is_technical=True).reasons == (
        "7 days past due for a technical reason, at most 7: as none",
    )
    assert five(8, is_technical=True).verdict == "special mention"
    assert five(0, is_technical=True).verdict == "normal"


def test_a_lender_may_class_lower_and_not_higher():
    assert five(10, judged="doubtful").verdict == "doubtful"
    assert five(100, judged="normal").verdict == "substandard"
    assert five(100, judged="normal").reasons[-1] == (
        "the lender's own judgment: normal"
    )


def test_what_was_non_performing_rises_only_once_it_was_paid_in_order():
    before = {"before": "doubtful"}
    late = five(5, **before)
    assert (late.verdict, late.reasons[-1]) == (
        "substandard",
        "doubtful before, and arrears are not cleared: substandard at least",
    )
    # Six months after 31 December are 30 June.
    for cleared, periods, verdict in [
        (date(2025, 12, 31), 2, "normal"),
        (date(2025, 12, 30), 6, "normal"),
        (date(2026, 1, 1), 6, "substandard"),
        (date(2025, 12, 1), 1, "substandard"),
        (date(2026, 6, 1), 0, "substandard"),
    ]:
        found = five(cleared=cleared, periods_paid=periods, **before)
        assert found.verdict == verdict, (cleared, periods)
    assert five(cleared=date(2026, 6, 1), **before).reasons[1:] == (
        (
            "doubtful before, arrears cleared on 2026-06-01: substandard at least until"
            " 2026-12-01"
        ),
        (
            "doubtful before, arrears cleared on 2026-06-01, 0 of 2 periods paid since:"
            " substandard at least"
        ),
    )
    assert five(cleared=date(2025, 12, 1), periods_paid=6, **before).reasons[-1] == (
        "doubtful before, arrears cleared on 2025-12-01, 6 periods paid since: it may"
        " rise"
    )
    assert five(before="special mention").verdict == "normal"


def test_what_was_restructured_is_watched_for_a_year_and_two_periods():
    for first, periods, verdict in [
        (date(2025, 6, 30), 12, "normal"),
        (date(2025, 7, 1), 12, "special mention"),
        (date(2025, 1, 1), 1, "special mention"),
        (date(2026, 7, 15), 0, "special mention"),
    ]:
        found = five(restructured=first, periods_observed=periods)
        assert found.verdict == verdict, (first, periods)
    assert five(restructured=date(2026, 1, 15), periods_observed=5).reasons[-1] == (
        "restructured, observed at least until 2027-01-15 and for 2 periods (paid: 5):"
        " special mention at least"
    )
    assert five(restructured=date(2025, 6, 30), periods_observed=2).reasons[-1] == (
        "restructured, observed until 2026-06-30: its observation is over"
    )


def test_a_second_restructuring_meanwhile_is_non_performing():
    words = {"restructured": date(2026, 1, 15), "again": True}
    assert five(**words).verdict == "substandard"
    assert five(**words).reasons[-1] == (
        "restructured again while observed: substandard at least"
    )
    over = {"restructured": date(2025, 1, 15), "periods_observed": 12, "again": True}
    assert five(**over).verdict == "normal"


def test_other_debts_of_the_debtor_pull_it_down():
    assert five(bad_share="10%").verdict == "normal"
    assert five(bad_share="10.01%").verdict == "substandard"
    assert five(overdue_share="20%").verdict == "normal"
    found = five(overdue_share=Fraction(1, 4))
    assert (found.verdict, found.reasons[-1]) == (
        "substandard",
        (
            "25% of the debtor's debt everywhere is over 90 days late, above 20%:"
            " substandard at least"
        ),
    )


@pytest.mark.parametrize(
    ("words", "error"),
    [
        ({"days_past_due": "1"}, InputTypeError),
        ({"days_past_due": -1}, LimitError),
        ({"on": None}, InputTypeError),
        ({"is_technical": 1}, InputTypeError),
        ({"before": None}, InputTypeError),
        ({"periods_paid": 1201}, LimitError),
        ({"periods_paid": True}, InputTypeError),
        ({"cleared": ON, "days_past_due": 1}, TermsError),
        ({"cleared": date(2026, 7, 1)}, TermsError),
        ({"again": True}, TermsError),
        ({"bad_share": "101%"}, LimitError),
    ],
)
def test_facts_that_are_none_are_refused(words, error):
    with refused(error):
        LoanFacts(**({"on": ON, "days_past_due": 0} | words))


@pytest.mark.parametrize(
    ("words", "error"),
    [
        ({"scheme": 1}, InputTypeError),
        ({"scheme": CARD_STAGES}, TermsError),
        ({"bad": "worse"}, UnknownNameError),
        ({"watched": "worse"}, UnknownNameError),
        ({"upgrade_months": -1}, LimitError),
        ({"bad_share": 1}, InputTypeError),
    ],
)
def test_a_rule_that_is_none_is_refused(words, error):
    with refused(error):
        LoanClassRule(**({"scheme": THREE, "bad": "bad", "watched": "watched"} | words))


def test_a_class_of_another_rule_is_refused():
    with refused(UnknownNameError):
        five(before="SMA-0")
    with refused(UnknownNameError):
        five(judged="SMA-0")
    with refused(InputTypeError):
        loan_class(1, FIVE)
    with refused(InputTypeError):
        loan_class(LoanFacts(on=ON, days_past_due=0), THREE)


# --- facts of an account ------------------------------------------------------------


def test_facts_come_from_the_ledger():
    account = opened(
        paid("1030", after(D1, 10), "p1"),
        paid("1020", D2, "p2"),
        penalty={"rate": "0%/day"},
    )
    facts = loan_facts(account, D2, before="substandard", restructured=D1)
    assert (facts.days_past_due, facts.cleared, facts.periods_paid) == (
        0,
        after(D1, 10),
        1,
    )
    assert (facts.periods_observed, facts.before) == (2, "substandard")
    late = loan_facts(account, after(D3, 1), restructured=D1)
    assert (late.days_past_due, late.cleared, late.periods_paid) == (1, None, 0)
    assert late.periods_observed == 2
    # Nothing was late yet: since the account was opened.
    first = loan_facts(account, START)
    assert (first.cleared, first.periods_paid) == (START, 0)
    assert loan_facts(account, D1, restructured=D3).periods_observed == 0
    # On the due date what is due is not paid yet.
    assert loan_facts(Account.open(loan()), D1, restructured=D1).periods_observed == 0


def test_facts_of_a_line():
    # 500 are due on 25 September, 300 of the next bill on 25 October.
    account = kept(
        line(),
        buy(date(2026, 8, 10), 500),
        pay(sep(30), 500, "p1"),
        buy(octo(1), 300, "u2"),
        pay(octo(20), 300, "p2"),
    )
    facts = loan_facts(account, octo(26))
    assert (facts.cleared, facts.periods_paid) == (sep(30), 1)
    late = loan_facts(kept(line(), buy(date(2026, 8, 10), 500)), sep(27))
    assert (late.days_past_due, late.cleared) == (2, None)
    new = LineAccount.open(line(), date(2026, 8, 5))
    assert loan_facts(new, date(2026, 8, 20)).periods_paid == 0


def test_facts_that_no_ledger_has_are_stated():
    assert loan_facts(Account.open(loan()), D1, judged="loss").judged == "loss"
    for name in ("unknown", "days_past_due", "cleared"):
        with refused(UnknownNameError):
            loan_facts(Account.open(loan()), D1, **{name: 1})
    with refused(InputTypeError):
        loan_facts(loan(), D1)


# --- default ------------------------------------------------------------------------


RETAIL = eu.DEFAULT_RETAIL.value
OTHER = eu.DEFAULT_OTHER.value
FIRST = date(2026, 1, 1)


def test_both_thresholds_must_be_exceeded():
    both = RETAIL.materiality
    assert both.exceeded("100.01", "10000") is True
    assert both.exceeded("100", "9999") is False
    assert both.exceeded("150", "15000") is False
    assert both.exceeded("150.01", "15000") is True
    assert OTHER.materiality.exceeded("500", "1000") is False
    assert str(both) == "above 100 and 1%"


def test_default_comes_after_ninety_material_days_in_a_row():
    late = [(FIRST, "500", "9000")]
    day_90, day_91 = date(2026, 3, 31), date(2026, 4, 1)
    found = default_on(late, day_90, RETAIL)
    assert (found.verdict, found.days, found.in_default) == (
        "not in default", 90, False,
    )  # fmt: skip
    assert found.reasons == (
        "Material since 2026-01-01, for 90 days in a row",
        "In default only above 90 days in a row above 100 and 1%",
    )
    found = default_on(late, day_91, RETAIL)
    assert (found.verdict, found.days, found.since) == ("in default", 91, day_91)
    assert found.returns is None


def test_a_day_below_a_threshold_begins_the_count_anew():
    late = [
        (FIRST, "500", "9000"),
        (date(2026, 3, 1), "80", "9000"),
        (date(2026, 3, 2), "500", "9000"),
        (date(2026, 3, 5), "501", "9000"),
    ]
    found = default_on(late, date(2026, 4, 15), RETAIL)
    assert (found.days, found.verdict) == (45, "not in default")
    assert default_on(late, date(2026, 3, 1), RETAIL).reasons[0] == (
        "Not material since 2026-03-01, before that for 59 days in a row"
    )


def test_the_way_back_takes_three_months_without_a_material_day():
    late = [(FIRST, "500", "9000"), (date(2026, 4, 5), "0", "8500")]
    found = default_on(late, date(2026, 7, 4), RETAIL)
    assert (found.verdict, found.returns) == (
        "in default, on probation", date(2026, 7, 5),
    )  # fmt: skip
    assert default_on(late, date(2026, 7, 5), RETAIL).in_default is False
    again = [
        *late, (date(2026, 6, 1), "500", "8500"), (date(2026, 6, 11), "0", "8500"),
    ]  # fmt: skip
    found = default_on(again, date(2026, 7, 5), RETAIL)
    assert (found.since, found.returns) == (date(2026, 4, 1), date(2026, 9, 11))
    assert default_on(again, date(2026, 6, 5), RETAIL).verdict == "in default"
    on_the_day = [*late, (date(2026, 7, 5), "500", "8500")]
    assert default_on(on_the_day, date(2026, 7, 6), RETAIL).in_default is False
    later = [*late, (date(2026, 8, 1), "500", "8500")]
    assert default_on(later, date(2026, 8, 5), RETAIL).in_default is False
    assert default_on(later, date(2026, 10, 30), RETAIL).since == date(2026, 10, 30)


def test_a_distressed_restructuring_takes_a_year():
    day = date(2026, 2, 1)
    found = default_on([], date(2026, 3, 1), RETAIL, restructured=day)
    assert (found.since, found.returns) == (day, date(2027, 2, 1))
    assert found.reasons == (
        "What is overdue was never material",
        "In default since 2026-02-01: a distressed restructuring",
        "No longer in default from 2027-02-01, if nothing is material until then",
    )
    assert default_on([], date(2026, 1, 31), RETAIL, restructured=day).since is None
    late = [(FIRST, "500", "9000"), (date(2026, 4, 5), "0", "8500")]
    # In default already: the year counts from the restructuring.
    found = default_on(late, date(2026, 5, 1), RETAIL, restructured=date(2026, 4, 20))
    assert (found.since, found.returns) == (date(2026, 4, 1), date(2027, 4, 20))
    # Restructured amid days that are material: the year counts from the last of them.
    found = default_on(late, date(2026, 5, 1), RETAIL, restructured=day)
    assert (found.since, found.returns) == (day, date(2027, 4, 5))
    # A short run long before changes nothing.
    late = [(FIRST, "500", "9000"), (date(2026, 1, 5), "0", "8500")]
    found = default_on(late, date(2026, 5, 1), RETAIL, restructured=day)
    assert (found.since, found.returns) == (day, date(2027, 2, 1))


def test_after_the_year_a_restructured_debtor_is_forborne_for_two():
    day = date(2026, 2, 1)
    found = default_on([], date(2027, 2, 1), RETAIL, restructured=day)
    assert (found.verdict, found.in_default) == ("not in default, forborne", False)
    assert (found.since, found.returns, found.forborne_until) == (
        None, None, date(2029, 2, 1),
    )  # fmt: skip
    assert (found.rule, found.on, found.days) == (RETAIL, date(2027, 2, 1), 0)
    assert found.reasons[-1] == (
        "Forborne until 2029-02-01, 24 months after 2027-02-01, the end of the default"
    )
    last = default_on([], date(2029, 1, 31), RETAIL, restructured=day)
    assert last.forborne_until == date(2029, 2, 1)
    over = default_on([], date(2029, 2, 1), RETAIL, restructured=day)
    assert (over.verdict, over.forborne_until) == ("not in default", None)
    # Before the restructuring, and on probation, nothing is said of it.
    for on in (date(2026, 1, 31), date(2027, 1, 31)):
        assert default_on([], on, RETAIL, restructured=day).forborne_until is None


def test_restructured_today_is_in_default_today():
    day = date(2026, 2, 1)
    assert default_on([], day, RETAIL, restructured=day).in_default is True
    at_once = DefaultRule(
        "none", Materiality(100, "1%"), days=90, edge="above",
        probation_months=0, restructured_months=0, forborne_months=1,
    )  # fmt: skip
    found = default_on([], day, at_once, restructured=day)
    assert found.forborne_until == date(2026, 3, 1)


def test_another_default_begins_the_years_of_forbearance_anew():
    """Material from 1 March to 9 June 2027, in default from 30 May to 9 September."""
    day = date(2026, 2, 1)
    late = [(date(2027, 3, 1), "500", "9000"), (date(2027, 6, 10), "0", "9000")]
    found = default_on(late, date(2027, 9, 10), RETAIL, restructured=day)
    assert found.forborne_until == date(2029, 9, 10)
    # Without a restructuring no default is followed by forbearance.
    assert default_on(late, date(2027, 9, 10), RETAIL).verdict == "not in default"


def test_a_restructuring_never_shortens_a_probation():
    rule = DefaultRule(
        "long", Materiality(100, "1%"), days=90, edge="above",
        probation_months=24, restructured_months=12,
    )  # fmt: skip
    late = [(FIRST, "500", "9000"), (date(2026, 4, 5), "0", "8500")]
    found = default_on(late, date(2026, 5, 1), rule, restructured=date(2026, 4, 20))
    assert found.returns == date(2028, 4, 5)


def test_so_many_days_may_be_enough():
    rule = DefaultRule(
        "from 90", Materiality(100, "1%"), days=90, edge="from",
        probation_months=3, restructured_months=12,
    )  # fmt: skip
    late = [(FIRST, "500", "9000")]
    assert default_on(late, date(2026, 3, 31), rule).in_default is True
    assert default_on(late, date(2026, 3, 30), rule).in_default is False
    at_once = DefaultRule(
        "none", Materiality(100, "1%"), days=0, edge="from",
        probation_months=0, restructured_months=0,
    )  # fmt: skip
    assert at_once.first_day == 1
    assert default_on(late, FIRST, at_once).since == FIRST


def test_a_default_prints_with_its_reasons():
    found = default_on([(FIRST, "500", "9000")], date(2026, 4, 1), RETAIL)
    assert str(found).splitlines() == [
        "EBA default, retail: in default",
        "Material since 2026-01-01, for 91 days in a row",
        "In default since 2026-04-01: above 90 days in a row above 100 and 1%",
    ]
    assert repr(found) == "<DefaultVerdict on 2026-04-01: in default>"
    assert found.to_csv().splitlines()[1].startswith('"EBA default, retail",2026-04-01')
    assert "Material since" in found.to_html()


def test_the_exposures_of_a_loan_are_those_of_its_positions():
    account = opened(paid("1030", after(D1, 40)))
    found = exposures_of(account, after(D2, 40))
    for one in found:
        position = account.position(one.since)
        assert one.past_due == position.overdue.total, one.since
        assert one.owed == position.outstanding, one.since
    assert found[0].since == START
    # 30 February to 24 March and on: every day is looked at while something is late.
    assert len({one.since for one in found}) == len(found) >= 60


def test_the_default_of_a_loan():
    account = Account.open(loan())
    # 1,030 are late from 16 February on: 91 days are over on 17 May.
    assert default_of(account, date(2026, 5, 16), RETAIL).in_default is False
    found = default_of(account, date(2026, 5, 17), RETAIL)
    assert (found.days, found.since) == (91, date(2026, 5, 17))
    restructured = default_of(account, D1, RETAIL, restructured=D1)
    assert restructured.in_default is True


def test_the_default_of_a_line():
    account = kept(line(), buy(date(2026, 8, 10), 500))
    found = exposures_of(account, nov(1))
    assert next(one for one in found if one.past_due)[:2] == (
        sep(26),
        Decimal("500.00"),
    )
    # 500 are late from 26 September on: 91 days are over on 25 December.
    assert default_of(account, date(2026, 12, 24), RETAIL).in_default is False
    assert default_of(account, date(2026, 12, 25), RETAIL).days == 91
    # Days of grace do not move the due date.
    lenient = kept(line(interest(grace_days=3)), buy(date(2026, 8, 10), 500))
    found = exposures_of(lenient, sep(28))
    assert next(one for one in found if one.past_due).since == sep(26)
    # No more than 500 are late.
    assert default_of(account, date(2026, 12, 25), OTHER).days == 0


@pytest.mark.parametrize(
    ("door", "error"),
    [
        (lambda: Materiality(1.5, "1%"), InputTypeError),
        (lambda: Materiality("100", "x"), InputValueError),
        (lambda: Materiality("100", "101%"), LimitError),
        (lambda: RETAIL.materiality.exceeded("-1", "5"), LimitError),
        (lambda: default_on({}, ON, RETAIL), InputTypeError),
        (lambda: default_on([1], ON, RETAIL), InputTypeError),
        (lambda: default_on([(FIRST, 1)], ON, RETAIL), InputTypeError),
        (lambda: default_on([(FIRST, 1, 2), (FIRST, 1, 2)], ON, RETAIL), DateRangeError),
        (lambda: default_on([], "x", RETAIL), InputTypeError),
        (lambda: default_on([], ON, "EBA"), InputTypeError),
        (lambda: default_on([], ON, RETAIL, restructured=1), InputTypeError),
        (lambda: exposures_of(1, ON), InputTypeError),
        (
            lambda: DefaultRule(
                "a", "100", days=90, edge="above",
                probation_months=3, restructured_months=12,
            ),
            InputTypeError,
        ),
        (
            lambda: DefaultRule(
                1, RETAIL.materiality, days=90, edge="above",
                probation_months=3, restructured_months=12,
            ),
            InputTypeError,
        ),
        (
            lambda: DefaultRule(
                "a", RETAIL.materiality, days=90, edge=">",
                probation_months=3, restructured_months=12,
            ),
            LoanmathError,
        ),
    ],
)  # fmt: skip
def test_what_is_no_default_rule_is_refused(door, error):
    with refused(error):
        door()
