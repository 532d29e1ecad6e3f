"""A schedule as ACTUS shows it: ordered events with the state after each."""

from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from engines.actus_terms import Contract
from loanmath.schedule import Installment


class Event(NamedTuple):
    """What happened: when, what, what was paid, and the state afterwards."""

    time: date
    type: str
    payoff: Fraction
    notional: Fraction
    rate: Fraction
    accrued: Fraction


_ORDER = {
    "IED": 0,
    "PR": 1,
    "PI": 1,
    "IP": 2,
    "IPCI": 2,
    "RR": 3,
    "RRF": 3,
    "PRF": 4,
    "MD": 5,
}


class _Happening(NamedTuple):
    """Something that changes the state: when it counts, where it is shown, what."""

    on: date
    order: int
    shown: date
    type: str
    row: Installment | None = None
    value: Fraction = Fraction(0)


@dataclass
class _State:
    contract: Contract
    notional: Fraction = Fraction(0)
    rate: Fraction = Fraction(0)
    accrued: Fraction = Fraction(0)
    since: date = date.min
    events: list[Event] = field(default_factory=list)

    def happens(self, found: _Happening) -> None:
        if found.type == "IED":
            self.since = found.on
        loan = self.contract.loan
        if found.on > self.since:
            year = loan.counted_by.fraction(self.since, found.on)
            self.accrued += self.notional * self.rate * year
            self.since = found.on
        payoff = self._payoff(found)
        signed = self.contract.sign
        self.events.append(
            Event(
                found.shown,
                found.type,
                signed * payoff,
                signed * self.notional,
                self.rate,
                signed * self.accrued,
            )
        )

    def _payoff(self, found: _Happening) -> Fraction:
        row = found.row
        match found.type:
            case "IED":
                self.notional = Fraction(self.contract.loan.principal)
                self.rate = self.contract.initial
                return found.value
            case "PI":
                self.notional += found.value
                return -found.value
            case "PR" | "MD":
                assert row is not None
                self.notional -= Fraction(row.principal)
                return Fraction(row.principal)
            case "IP":
                self.accrued = Fraction(0)
                return found.value
            case "IPCI":
                assert row is not None
                self.notional += Fraction(row.capitalized)
                self.accrued = Fraction(0)
            case "RR" | "RRF":
                self.rate = found.value
        return Fraction(0)


def events_of(contract: Contract) -> list[Event]:
    """Return the events of a contract, in the order of their dates."""
    state = _State(contract)
    for found in sorted(_happenings(contract), key=lambda found: found[:2]):
        state.happens(found)
    events = state.events
    if contract.before is not None:
        events = [event for event in events if event.time < contract.before]
    return sorted(events, key=lambda event: (event.time, _ORDER[event.type]))


def _at(on: date, shown: date, kind: str, value: Fraction = Fraction(0)) -> _Happening:
    return _Happening(on, _ORDER[kind], shown, kind, None, value)


def _happenings(contract: Contract) -> list[_Happening]:
    loan = contract.loan
    schedule = loan.schedule()
    paid_out = Fraction(schedule.cash_flows()[0].amount)
    found = [_at(loan.disbursed, loan.disbursed, "IED", paid_out)]
    rows = list(schedule)
    if contract.interest_on_disbursement and rows[0].end > loan.disbursed:
        found.append(_at(loan.disbursed, loan.disbursed, "IP"))
    for row, dues in zip(rows[:-1], contract.dues, strict=True):
        found += _row(row, dues)
    found += _last(rows[-1])
    for drawdown in loan.drawdowns:
        found.append(_at(drawdown.on, drawdown.on, "PI", Fraction(drawdown.amount)))
    for reset in contract.resets:
        found.append(_at(reset.on, reset.shown, reset.kind, reset.rate))
    for on, shown in contract.refixes:
        found.append(_at(on, shown, "PRF"))
    return found


def _row(row: Installment, dues: tuple[str, ...]) -> list[_Happening]:
    interest = Fraction(row.interest)
    return [
        _Happening(row.end, _ORDER[kind], row.due, kind, row, interest) for kind in dues
    ]


def _last(row: Installment) -> list[_Happening]:
    return [
        _at(row.end, row.due, "IP", Fraction(row.interest)),
        _Happening(row.end, _ORDER["MD"], row.due, "MD", row),
    ]
