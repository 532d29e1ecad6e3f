"""What may be drawn on a line, and on several together."""

from datetime import date
from decimal import Decimal

import pytest

from kept_lines import (
    BOUGHT,
    DUE,
    OCT5,
    OPENED,
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
from loanmath import LimitChange, SharedLimit, Transfer
from loanmath.errors import (
    DateRangeError,
    EventError,
    InputTypeError,
    LimitError,
    UnknownNameError,
)
from loanmath.terms.lines import InstallmentTerms


def raised(on, amount, until=None, name="l1"):
    return LimitChange(id=name, on=on, amount=amount, until=until)


def available(account, on):
    return str(account.position(on).available)


def refusal(terms, *events):
    with pytest.raises(EventError) as caught:
        kept(terms, *events)
    return str(caught.value)


# --- the limit of the line ----------------------------------------------------------------


def test_what_is_drawn_is_not_available():
    # 500 of 600 are drawn: 100 are left, and may all be drawn.
    account = kept(line(limit=600), *BOUGHT)
    assert available(account, aug(20)) == "100.00"
    assert available(account.record(buy(aug(21), 100, "u3")), aug(21)) == "0.00"
    assert refusal(line(limit=600), *BOUGHT, buy(aug(21), "100.01", "u3")) == (
        "event u3: got '100.01'; allowed: at most 100.00, what is available"
    )


def test_nothing_may_always_be_drawn():
    # After the temporary limit there are 50 over; a purchase of nothing is none.
    events = (raised(aug(5), 600, aug(12)), buy(aug(10), 550))
    account = kept(line(limit=500), *events, buy(aug(13), 0, "u2"))
    assert available(account, aug(13)) == "0.00"
    assert refusal(line(limit=500), *events, buy(aug(13), "0.01", "u2")) == (
        "event u2: got '0.01'; allowed: at most 0.00, what is available"
    )


def test_a_limit_for_a_time():
    account = kept(line(limit=500), raised(aug(8), 600, aug(12)))
    limits = [account.position(aug(day)).limit for day in (7, 8, 12, 13)]
    assert [str(limit) for limit in limits] == ["500.00", "600.00", "600.00", "500.00"]


def test_of_limits_that_hold_the_one_made_last_holds():
    account = kept(
        line(limit=500),
        raised(aug(8), 900, aug(20)),
        raised(aug(10), 700, aug(15), "l2"),
    )
    limits = [account.position(aug(day)).limit for day in (9, 10, 15, 16, 20, 21)]
    assert [int(limit) for limit in limits] == [900, 700, 700, 900, 900, 500]


def test_a_limit_for_good_ends_those_for_a_time():
    account = kept(
        line(limit=500), raised(aug(8), 900, aug(20)), raised(aug(10), 300, name="l2")
    )
    limits = [account.position(aug(day)).limit for day in (9, 10, 21)]
    assert [int(limit) for limit in limits] == [900, 300, 300]


def test_a_limit_below_what_is_owed_leaves_nothing():
    account = kept(line(limit=500), buy(aug(10), 400), raised(aug(11), 300))
    assert available(account, aug(11)) == "0.00"


def test_an_overpayment_may_be_drawn_too():
    # 150 paid on 100: 50 beyond the limit of 500.
    account = kept(line(limit=500), buy(aug(10), 100), pay(aug(11), 150))
    assert available(account, aug(11)) == "550.00"
    drawn = account.record(buy(aug(12), 550, "u2"))
    assert drawn.position(aug(12)).owed == 500
    assert available(drawn, aug(12)) == "0.00"


def test_principal_occupies_the_limit_or_the_whole_balance():
    # Cash of 200 bears 0.20 a day: 5.20 from 10 August to 4 September.
    segments = [cash_at()]
    by_principal = kept(line(limit=500, segments=segments), cash(aug(10), 200))
    assert available(by_principal, SEP5) == "300.00"
    terms = line(limit=500, segments=segments, limit_covers="balance")
    assert available(kept(terms, cash(aug(10), 200)), SEP5) == "294.80"


def test_installments_to_come_occupy_the_limit():
    terms = line(limit=500, installments=InstallmentTerms(fees={3: "3%"}))
    account = kept(terms, buy(aug(10), 300), split(aug(10), of="u1", count=3))
    position = account.position(aug(10))
    assert (position.owed, position.installments) == (0, 300)
    assert available(account, aug(10)) == "200.00"
    # 100 and a fee of 3 are billed: the fee does not occupy it.
    assert available(account, SEP5) == "200.00"
    assert available(account.record(pay(DUE, 103)), DUE) == "300.00"


def test_more_than_the_limit_where_it_is_allowed():
    terms = line(limit=500, over_limit="allowed", segments=[cash_at(limit=10)])
    account = kept(terms, buy(aug(10), 600), cash(aug(10), 20))
    assert account.position(aug(10)).owed == 620
    assert available(account, aug(10)) == "0.00"


# --- the limit of a segment -----------------------------------------------------------------


def test_a_limit_of_cash_within_that_of_the_line():
    terms = line(segments=[cash_at(limit=100)])
    events = (cash(aug(10), 60), cash(aug(11), 40, "k2"))
    assert kept(terms, *events).position(aug(11)).owed == 100
    assert refusal(terms, cash(aug(10), 60), cash(aug(11), "40.01", "k2")) == (
        "event k2: got '100.01 of cash'; allowed: at most 100.00"
    )


def test_what_a_credit_pays_is_not_owed_in_a_segment():
    terms = line(segments=[cash_at(limit=100)])
    account = kept(terms, pay(aug(9), 30), cash(aug(10), 130))
    assert account.position(aug(10)).owed == 100
    assert refusal(terms, pay(aug(9), 30), cash(aug(10), 131)) == (
        "event k1: got '101.00 of cash'; allowed: at most 100.00"
    )


def test_interest_counts_where_the_balance_occupies_the_limit():
    # 60 of cash bear 0.06 a day: 26 days are 1.56 on 5 September.
    by_principal = line(segments=[cash_at(limit=100)])
    events = (cash(aug(10), 60), cash(SEP5, 40, "k2"))
    assert kept(by_principal, *events).position(SEP5).segment("cash").principal == 100
    whole = line(segments=[cash_at(limit=100)], limit_covers="balance")
    assert refusal(whole, *events) == (
        "event k2: got '101.56 of cash'; allowed: at most 100.00"
    )


def test_a_segment_without_a_limit_has_that_of_the_line():
    terms = line(limit=500, segments=[cash_at()])
    assert kept(terms, cash(aug(10), 500)).position(aug(10)).available == 0


def test_a_segment_that_the_line_does_not_have():
    moved = Transfer(id="t1", on=aug(10), amount=1)
    assert refusal(line(segments=[cash_at()]), moved) == (
        "event t1: got \"segment 'transfers'\"; allowed: purchases, cash"
    )
    planned = buy(aug(10), 1, segment="installments")
    assert refusal(line(), planned) == (
        "event u1: got \"segment 'installments'\"; allowed: purchases"
    )


# --- several lines --------------------------------------------------------------------------


def test_a_limit_that_two_lines_share():
    one = kept(line(limit=500), *BOUGHT)
    other = kept(line(limit=800), buy(aug(11), 150), pay(aug(12), 200))
    shared = SharedLimit("CNY", "900")
    # 500 drawn on the one; 50 paid beyond on the other.
    assert shared.available([one, other], aug(20)) == Decimal("450.00")
    assert shared.available([one, other], aug(11)) == Decimal("450.00")
    assert shared.available([], aug(20)) == Decimal("900.00")
    assert str(SharedLimit("CNY", 300).available([one], aug(20))) == "0.00"


def test_a_shared_limit_refuses_what_is_not_of_its_currency():
    shared = SharedLimit("CNY", "900")
    with pytest.raises(InputTypeError) as caught:
        shared.available([kept(line(currency="USD"))], aug(20))
    assert str(caught.value) == "accounts: got 'USD'; allowed: accounts in CNY"
    with pytest.raises(InputTypeError) as caught:
        shared.available(["u1"], aug(20))  # type: ignore[list-item]
    assert str(caught.value) == "accounts: got 'u1'; allowed: accounts in CNY"
    with pytest.raises(DateRangeError) as caught:
        shared.available([kept(line())], date(2026, 8, 4))
    assert str(caught.value) == (f"on: got '2026-08-04'; allowed: on or after {OPENED}")
    with pytest.raises(LimitError):
        SharedLimit("CNY", 0)
    with pytest.raises(UnknownNameError):
        SharedLimit("XXQ", 1)


def test_interest_of_a_bill_leaves_the_principal_available():
    # 13.00 of interest on 500 from 10 August is not principal.
    account = kept(line(interest(bears_from="use"), limit=600), buy(aug(10), 500))
    assert account.position(SEP5).owed == 513
    assert available(account, OCT5) == "100.00"
    assert available(account, sep(6)) == "100.00"
