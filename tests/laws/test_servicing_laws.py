"""Accounts against an oracle that keeps them by hand, and the laws of any ledger."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from hypothesis import assume, event, given, note, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)

from accounts import (
    Case,
    Opened,
    accounts,
    cases,
    days_that_matter,
    others,
    payments,
)
from kept_accounts import opened
from loanmath.account import Account
from loanmath.errors import EventError
from loanmath.events import Chargeback, Payment, Reversal
from loanmath.rates import Rate
from loanmath.terms import EqualPrincipal, Fee, Holiday, InstallmentLoan, LevelPayment
from oracle.servicing import COMPONENTS, Refused, State, in_order, live, once, replay


def kept(case: Case) -> Account:
    return opened(case.account).record(*case.events)


def by_hand(case: Case, until=None) -> State:
    account = case.account
    return replay(
        account.loan,
        case.events,
        case.until if until is None else until,
        account.arrears,
        account.credit,
    )


def bookable(case: Case) -> Case:
    """The case without the events that the oracle refuses, one after the other."""
    events: list = []
    for one in case.events:
        try:
            by_hand(replace(case, events=(*events, one)), case.until)
        except Refused:
            event("an event is refused")
        else:
            events.append(one)
    return replace(case, events=tuple(events))


def units(loan, amount) -> int:
    exact = Fraction(amount) * 10**loan.digits
    assert exact.denominator == 1
    return int(exact)


def seen(account: Account, on) -> dict:
    """What the library says of a day, in the words of the oracle."""
    loan, position = account.loan, account.position(on)
    rows = position.installments
    return {
        "owed": tuple(
            {part: units(loan, getattr(row.owed, part)) for part in COMPONENTS}
            for row in rows
        ),
        "credit": units(loan, position.credit),
        "days_past_due": position.days_past_due,
        "payoff": units(loan, position.payoff),
        "accrued": units(loan, position.accrued),
        "status": position.status.value,
        "cut": units(loan, position.cut_off),
        "paid": {
            part: units(loan, getattr(position.paid, part)) for part in COMPONENTS
        },
    }


def told(state: State) -> dict:
    """What the oracle says of a day, in the same words."""
    names = ("owed", "credit", "days_past_due", "payoff", "accrued", "status")
    found = {name: getattr(state, name) for name in names}
    return found | {"cut": state.lost + state.backlog, "paid": state.paid}


# --- the oracle ---------------------------------------------------------------------------


@given(cases())
def test_an_account_is_kept_as_by_hand(case):
    case = bookable(case)
    note(repr(case))
    account = kept(case)
    for day in sorted({case.until, *(one.on for one in case.events)}):
        event(by_hand(case, day).status)
        assert seen(account, day) == told(by_hand(case, day))


@st.composite
def capitalizing(draw):
    """A loan with interest that joins the principal and a fee on that, paid early."""
    count = draw(st.integers(3, 6))
    first = draw(st.integers(2, count - 1))
    method = draw(st.sampled_from([EqualPrincipal, LevelPayment]))
    share = draw(st.sampled_from(["1%", "1.5%", "0.2%"]))
    loan = InstallmentLoan(
        currency="CNY",
        principal=draw(st.integers(100, 3000)),
        disbursed=date(2026, 1, 15),
        every="monthly",
        rate=Rate(draw(st.sampled_from(["1%/month", "36%/year"]))),
        repayment=method(count),
        holidays=[Holiday(first, 1, "payment", interest="capitalize")],
        fees=[Fee("care", share, of="outstanding", due="installments")],
    )
    rows = list(loan.schedule())
    passed = draw(st.integers(0, first - 1))
    events = [
        Payment(id=f"p{row.number}", on=row.due, amount=row.payment)
        for row in rows[:passed]
    ]
    day = rows[passed].start + timedelta(draw(st.integers(0, 28)))
    amount = Decimal(draw(st.integers(1, 100 * int(loan.principal)))) / 100
    effect = draw(st.sampled_from(["shorter", "smaller"]))
    early = Payment(id="early", on=day, amount=amount, effect=effect)
    return Case(Opened(loan), (*events, early), rows[-1].due)


@given(capitalizing())
def test_interest_that_joins_the_principal_is_kept_as_by_hand(case):
    case = bookable(case)
    note(repr(case))
    account = kept(case)
    for day in sorted({case.until, *(one.on for one in case.events)}):
        assert seen(account, day) == told(by_hand(case, day))


@given(cases())
def test_what_cannot_be_booked_is_refused(case):
    last = max([case.until, *(one.on for one in case.events)])
    try:
        by_hand(case, last)
    except Refused as refused:
        event(str(refused))
        account = opened(case.account)
        try:
            account.record(*case.events)
        except EventError:
            return
        raise AssertionError(f"booked what is to be refused: {refused}") from None
    kept(case)


# --- conservation -------------------------------------------------------------------------


def charged_so_far(account: Account, on) -> int:
    """Penalty that was ever charged and not waived, in units."""
    position = account.position(on)
    owed = sum(row.owed.penalty for row in position.installments)
    return units(account.loan, owed + position.paid.penalty)


def still_received(case: Case) -> Fraction:
    """What payers gave and did not get back, with the credit of the opening."""
    left = {}
    for one in in_order(case.account.loan, live(once(case.events))):
        kind = type(one).__name__
        if kind in ("Payment", "Refund"):
            left[one.id] = Fraction(one.amount)
        elif kind == "Chargeback":
            left[one.of] -= Fraction(one.amount)
        elif kind == "Reversal":
            left[one.of] = Fraction(0)
        elif kind == "Payout":
            left[one.id] = -Fraction(one.amount)
    return Fraction(case.account.credit) + sum(left.values())


@given(cases())
def test_every_unit_received_clears_something_or_is_credit(case):
    case = bookable(case)
    if case.account.loan.penalty is not None:
        # A rounded total may give back a unit that it charged to another row.
        assume(case.account.loan.penalty.rounded.value != "total")
    position = kept(case).position(case.until)
    found = Fraction(sum(position.paid) + position.credit)
    assert found == still_received(case)


@given(cases())
def test_nothing_is_owed_below_zero(case):
    case = bookable(case)
    found = seen(kept(case), case.until)
    assert all(amount >= 0 for row in found["owed"] for amount in row.values())
    assert min(found["credit"], found["payoff"], found["accrued"], found["cut"]) >= 0


# --- the log ------------------------------------------------------------------------------


@given(cases(), st.data())
def test_the_order_of_entry_and_duplicates_do_not_matter(case, data):
    case = bookable(case)
    account = kept(case)
    shuffled = data.draw(st.permutations(case.events + case.events[:2]))
    assert opened(case.account).record(*shuffled) == account
    step_by_step = opened(case.account)
    for one in case.events:
        step_by_step = step_by_step.record(one)
    assert step_by_step == account
    assert seen(step_by_step, case.until) == seen(account, case.until)


def turned_late(case):
    """The days paused or resumed by an order that puts payments, and the day, first."""
    agreed = case.account.loan.servicing
    order = [kind.value for kind in agreed.day_order]
    turns = {"InterestPause": "interest_pause", "InterestResume": "interest_resume"}
    return {
        one.on
        for one in case.events
        if (kind := turns.get(type(one).__name__))
        and (
            agreed.same_day.value == "sequence"
            or order.index(kind) > order.index("payment")
        )
    }


@given(cases(), st.data())
def test_a_payment_of_nothing_changes_nothing_however_time_is_cut(case, data):
    case = bookable(case)
    account = kept(case)
    given_up = [one.on for one in case.events if type(one).__name__ == "WriteOff"]
    days = [
        day
        for day in days_that_matter(case.account.loan)
        if day < min([case.until, *given_up]) and day not in turned_late(case)
    ]
    assume(days)
    cuts = data.draw(st.lists(st.sampled_from(days), min_size=1, unique=True))
    nothing = [Payment(id=f"z{day}", on=day, amount=0) for day in cuts]
    assert seen(account.record(*nothing), case.until) == seen(account, case.until)


@given(cases(), st.data())
def test_reversed_as_if_never_is_as_if_never(case, data):
    case = bookable(case)
    account = kept(case)
    days = [case.account.loan.disbursed, case.until, *(one.on for one in case.events)]
    on = data.draw(st.sampled_from(days))
    wrong = data.draw(payments(case.account, id="wrong", on=on))
    later = on + timedelta(data.draw(st.sampled_from([0, 1, 40])))
    undone = Reversal(id="undone", on=later, of="wrong")
    for log in ((wrong, undone), (undone, wrong)):
        assert seen(account.record(*log), case.until) == seen(account, case.until)


@given(cases())
def test_what_was_believed_then_is_what_was_recorded_then(case):
    case = bookable(case)
    known = tuple(one for one in case.events if one.recorded <= case.until)
    then = replace(case, events=known)
    assume(bookable(then) == then)
    found = kept(case).as_known_on(case.until)
    assert seen(found, case.until) == seen(kept(then), case.until)


# --- what the borrower may rely on --------------------------------------------------------


@given(cases())
def test_paying_the_payoff_closes_the_account(case):
    case = bookable(case)
    day = max([case.until, *(one.on for one in case.events)]) + timedelta(1)
    account = kept(case)
    amount = account.payoff(day)
    assume(amount > 0)
    closed = account.record(Payment(id="last", on=day, amount=amount))
    for later in (day, day + timedelta(100)):
        found = seen(closed, later)
        assert (found["status"], found["payoff"], found["credit"]) == ("closed", 0, 0)
        assert not any(amount for row in found["owed"] for amount in row.values())


@given(cases())
def test_penalty_only_grows_where_nothing_happens(case):
    case = bookable(case)
    terms = case.account.loan
    if terms.penalty is not None and terms.servicing.caps:
        # A rounded total may move a unit to a row where a cap holds it back.
        assume(terms.penalty.rounded.value != "total")
    account = kept(case)
    last = max([account.loan.disbursed, *(one.on for one in case.events)])
    found = [charged_so_far(account, last + timedelta(n)) for n in range(40)]
    assert found == sorted(found)


@given(cases(), st.data())
def test_a_late_payment_erases_no_penalty_that_is_earned(case, data):
    case = bookable(case)
    day = max([case.until, *(one.on for one in case.events)]) + timedelta(1)
    account = kept(case)
    assume(account.position(day).status.value != "written_off")
    late = data.draw(payments(case.account, id="late", on=day))
    try:
        paid = account.record(late)
    except EventError:
        assume(False)
    assert charged_so_far(paid, day) == charged_so_far(account, day)
    assert charged_so_far(paid, day + timedelta(30)) >= charged_so_far(account, day)


# --- anything, in any order ---------------------------------------------------------------


class AccountMachine(RuleBasedStateMachine):
    """One account beside the oracle: what one refuses, the other refuses."""

    @initialize(account=accounts())
    def begin(self, account):
        self.case = Case(account, (), account.loan.disbursed)
        self.kept = opened(account)

    def happens(self, one):
        tried = replace(self.case, events=(*self.case.events, one))
        try:
            by_hand(tried)
        except Refused as refused:
            try:
                self.kept.record(one)
            except EventError:
                return
            raise AssertionError(f"booked what is to be refused: {refused}") from None
        self.kept = self.kept.record(one)
        self.case = tried

    def named(self):
        return {
            "id": f"e{len(self.case.events)}",
            "on": self.case.until,
            "sequence": len(self.case.events),
        }

    @rule(days=st.sampled_from([1, 2, 5, 7, 31]))
    def time_passes(self, days):
        self.case = replace(self.case, until=self.case.until + timedelta(days))

    @rule(data=st.data())
    def something_is_paid(self, data):
        self.happens(data.draw(payments(self.case.account, **self.named())))

    @rule(more=st.sampled_from(["0", "0", "0.01", "-0.01", "1", "-1"]))
    def all_is_paid(self, more):
        amount = max(self.kept.payoff(self.case.until) + Decimal(more), Decimal(0))
        self.happens(Payment(amount=amount, **self.named()))

    def received(self):
        kinds = ("Payment", "Refund")
        return [one for one in self.case.events if type(one).__name__ in kinds]

    @precondition(lambda self: hasattr(self, "case") and self.received())
    @rule(data=st.data(), share=st.sampled_from(["0", "1/3", "1/2", "1", "all"]))
    def something_is_taken_back(self, data, share):
        one = data.draw(st.sampled_from(self.received()))
        named = {"of": one.id, **self.named()}
        if share == "all":
            self.happens(Reversal(reversed_as="today", **named))
            return
        units = int(one.amount * 100) * Fraction(share)
        amount = Decimal(int(units)) / 100
        self.happens(Chargeback(amount=amount, **named))

    @rule(data=st.data())
    def something_else_happens(self, data):
        received = [one.id for one in self.received()]
        self.happens(data.draw(others(self.case.account, received, **self.named())))

    @invariant()
    def both_say_the_same(self):
        if hasattr(self, "kept"):
            day = self.case.until
            assert seen(self.kept, day) == told(by_hand(self.case))


TestAccountMachine = AccountMachine.TestCase
TestAccountMachine.settings = settings(stateful_step_count=12)
