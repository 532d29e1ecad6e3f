"""A credit line and its oracle side by side, whatever happens in whatever order."""

from datetime import timedelta

from hypothesis import assume, event, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
)

import lines
from line_terms import credit_lines, graces, major
from line_views import seen, told
from loanmath import LineAccount
from loanmath.errors import LoanmathError
from loanmath.events import Payment
from oracle.line import LineOracle, OracleRefusal

DAY = timedelta(1)


class LineMachine(RuleBasedStateMachine):
    """One account beside the oracle: what one refuses, the other refuses."""

    @initialize(line=credit_lines(), day=lines.first_days)
    def begin(self, line, day):
        self.line, self.opened, self.today = line, day, day
        self.events, self.kept = [], LineAccount.open(line, day)

    def scene(self, on=None):
        name, day = f"e{len(self.events)}", self.today if on is None else on
        return lines.Scene(self.line, self.events, day, name, self.opened)

    def by_hand(self, events):
        return LineOracle(self.line, events, self.opened)

    def happens(self, one):
        kind = type(one).__name__
        tried = [*self.events, one]
        try:
            self.by_hand(tried).account(self.today)
        except OracleRefusal as refused:
            event(f"{kind} is refused")
            self.is_refused(one, refused)
            return
        self.kept = self.kept.record(one)
        self.events = tried

    def is_refused(self, one, refused):
        before = seen(self.kept, self.today)
        try:
            self.kept.record(one)
        except LoanmathError:
            assert seen(self.kept, self.today) == before
            return
        raise AssertionError(f"booked what is to be refused: {refused}") from None

    # --- time -----------------------------------------------------------------------------

    @rule(days=st.sampled_from([1, 1, 2, 5, 9, 31]))
    def days_pass(self, days):
        self.today += days * DAY

    @rule(step=st.sampled_from([-1, 0, 1]))
    def the_next_bill_is_made(self, step):
        statement = self.kept.position(self.today).next_statement
        self.today = max(self.today, statement + step * DAY)

    @rule(step=st.sampled_from([-1, 0, 1]), data=st.data())
    def a_bill_is_due(self, step, data):
        due = self.kept.position(self.today).next_due
        assume(due is not None)
        grace = data.draw(st.sampled_from(graces(self.line)))
        self.today = max(self.today, due + (grace + step) * DAY)

    # --- what happens ---------------------------------------------------------------------

    @rule(data=st.data())
    def something_is_bought(self, data):
        self.happens(lines.purchase(data.draw, self.scene()))

    @rule(data=st.data())
    def cash_is_drawn(self, data):
        self.happens(lines.drawing(data.draw, self.scene()))

    @rule(data=st.data())
    def something_is_paid(self, data):
        self.happens(lines.payment(data.draw, self.scene()))

    @rule(more=st.sampled_from([0, 0, 1, -1, 100]))
    def all_is_paid(self, more):
        scene = self.scene()
        amount = max(scene.state.payoff + more, 0)
        self.happens(scene.make(Payment, amount=major(amount, self.line.digits)))

    @rule(data=st.data())
    def something_comes_back(self, data):
        self.happens(lines.refund(data.draw, self.scene()))

    @rule(data=st.data())
    def something_is_converted(self, data):
        self.happens(lines.conversion(data.draw, self.scene()))

    @rule(data=st.data())
    def the_bill_is_deferred(self, data):
        self.happens(lines.deferral(data.draw, self.scene()))

    @rule(data=st.data())
    def the_days_change(self, data):
        self.happens(lines.cycle_change(data.draw, self.scene()))

    @rule(data=st.data())
    def the_limit_changes(self, data):
        self.happens(lines.limit_change(data.draw, self.scene()))

    @rule(data=st.data())
    def something_is_reversed(self, data):
        self.happens(lines.reversal(data.draw, self.scene()))

    @rule(data=st.data())
    def something_else_happens(self, data):
        kinds = [lines.charge, lines.waiver, lines.settlement, lines.payout]
        self.happens(data.draw(st.sampled_from(kinds))(data.draw, self.scene()))

    @rule(data=st.data(), kind=st.sampled_from([lines.purchase, lines.payment]))
    def something_is_entered_late(self, data, kind):
        days = (self.today - self.opened).days
        on = self.opened + data.draw(st.integers(0, days)) * DAY
        self.happens(kind(data.draw, self.scene(on)))

    @invariant()
    def both_say_the_same(self):
        if hasattr(self, "kept"):
            state = self.by_hand(self.events).on(self.today)
            assert seen(self.kept, self.today) == told(self.line, state)


TestLineMachine = LineMachine.TestCase
TestLineMachine.settings = settings(stateful_step_count=25)
