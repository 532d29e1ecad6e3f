"""The tables that Fineract publishes, and those of an account, cell by cell."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import NamedTuple

from engines.cases import Case
from engines.fineract_accounts import Paid, TakenBack, Told, disbursements
from loanmath.account import InstallmentPosition, Position, Status
from loanmath.terms import Component

_AMOUNTS = (
    "balance",
    "principal",
    "interest",
    "fees",
    "penalties",
    "due",
    "paid",
    "in_advance",
    "late",
    "outstanding",
)


# A tranche that is planned and not paid out is in a table, and in no balance.
_NOTHING = Paid(date.min, "0")


class Row(NamedTuple):
    """A row of a published table: one installment as it is seen on a day."""

    on: date
    paid_on: date | None
    balance: Decimal
    principal: Decimal
    interest: Decimal
    fees: Decimal
    penalties: Decimal
    due: Decimal
    paid: Decimal
    in_advance: Decimal
    late: Decimal
    outstanding: Decimal


def checks(suite: Case, level: int) -> dict[str, tuple[Case, Case]]:
    """Return every check of a table of a level, with its scenario, by its name."""
    found: dict[str, tuple[Case, Case]] = {}
    for scenario in suite.get("scenarios", []):
        for check in scenario["checks"]:
            if check["what"] != "schedule":
                continue
            # Some ids begin with a Cyrillic letter.
            name = f"{scenario['id']}-{check['after']}".replace("\u0421", "C")
            # Two scenarios share an id, and a table may be checked twice.
            while name in found:
                name += "+"
            found[name] = scenario, check
    return {
        name: (scenario, check)
        for name, (scenario, check) in found.items()
        if check.get("level") == level and not check.get("problems")
    }


def published_rows(check: Case) -> list[Row]:
    return [
        Row(
            date.fromisoformat(row["date"]),
            date.fromisoformat(row["paid_date"]) if row["paid_date"] else None,
            *(Decimal(row[name]) for name in _AMOUNTS),
        )
        for row in check["value"]
        if row["number"] is not None
    ]


def account_rows(told: Told, scenario: Case, check: Case) -> list[Row]:
    """Return the rows of an account, as they are seen on the day of a check."""
    rows = _rows(told, told.account.position(date.fromisoformat(check["as_of"])))
    balances = _balances(told, rows, scenario, check)
    return [row._replace(balance=next(balances)) for row in rows]


def _rows(told: Told, seen: Position) -> list[Row]:
    """Return the rows of a position, and one that an engine makes of a new plan."""
    rows = [_row(row, told.waived) for row in seen.installments]
    for taken in told.taken_back:
        place = taken.row.number - 1
        rows[place] = _still_paid(rows[place], taken)
    if told.due_at_once is not None or _planned_anew(told):
        # What falls due at once is one row of its day.
        rows = [_joined(list(same)) for _, same in groupby(rows, lambda row: row.on)]
    if told.ended_on is None:
        return rows
    return _with_row_ended(rows, told.ended_on, seen)


def _still_paid(row: Row, taken: TakenBack) -> Row:
    """Return a row as if nothing had been taken back, which an engine lends anew."""
    total = taken.interest + taken.principal
    return row._replace(
        paid_on=taken.row.cleared,
        late=taken.row.paid_late,
        principal=row.principal + taken.principal,
        interest=row.interest + taken.interest,
        due=row.due + total,
        paid=row.paid + total,
    )


def _planned_anew(told: Told) -> bool:
    return any(kind in ("re_age", "re_amortize") for kind, _, _ in told.transactions)


def _joined(rows: list[Row]) -> Row:
    columns = zip(*(row[3:] for row in rows), strict=True)
    return Row(*rows[-1][:3], *(sum(column, Decimal(0)) for column in columns))


def _with_row_ended(rows: list[Row], on: date, seen: Position) -> list[Row]:
    """Return rows with one for what was paid of rows that a new plan replaced."""
    kept = [row for row in rows if row.on < on]
    paid = seen.paid.principal - sum(row.paid.principal for row in seen.installments)
    nothing = Decimal(0)
    amounts = (paid, nothing, nothing, nothing, paid, paid, paid, nothing, nothing)
    return [*kept, Row(on, on, nothing, *amounts), *rows[len(kept) :]]


def _balances(
    told: Told, rows: list[Row], scenario: Case, check: Case
) -> Iterator[Decimal]:
    # Money paid out joins the balance where the table shows it.
    events = scenario["events"][: check["after"]]
    paid = iter(disbursements(scenario, events))
    left, mine = Decimal(0), iter(rows)
    lent = {taken.on: taken.principal for taken in told.taken_back}
    for published in check["value"]:
        if published["number"] is None:
            left += Decimal(next(paid, _NOTHING).amount)
        else:
            row = next(mine)
            left += sum(lent.pop(on) for on in [*lent] if on <= row.on)
            left -= row.principal
            yield left
    for extra in mine:
        left -= extra.principal
        yield left


def _row(row: InstallmentPosition, waived: Component | None) -> Row:
    owed, paid = row.owed, row.paid
    fees, penalties = owed.fee + paid.fee, owed.penalty + paid.penalty
    # What was waived of a charge stays in what was due.
    if waived is Component.FEE:
        fees += row.waived
    elif waived is Component.PENALTY:
        penalties += row.waived
    return Row(
        row.due,
        row.cleared,
        Decimal(0),
        owed.principal + paid.principal,
        owed.interest + paid.interest,
        fees,
        penalties,
        owed.total + paid.total + row.waived,
        paid.total,
        row.paid_early,
        row.paid_late,
        owed.total,
    )


def published_facts(scenario: Case, check: Case) -> dict[str, object]:
    """Return what else is published for the moment of a table: totals and status."""
    found: dict[str, object] = {}
    for other in scenario["checks"]:
        if (other["after"], other["as_of"]) != (check["after"], check["as_of"]):
            continue
        if other["what"] == "schedule_totals":
            # What is charged on a disbursement is in its totals, and in no installment.
            paid_out = [row for row in check["value"] if row["number"] is None]
            for name, value in other["value"].items():
                extra = sum(Decimal(row.get(name) or 0) for row in paid_out)
                found[name] = Decimal(value) - extra
        elif other["what"] == "status":
            found["status"] = other["value"].upper()
        elif other["what"] in ("overpaid", "outstanding"):
            found[f"loan {other['what']}"] = Decimal(other["value"])
    return found


def account_facts(told: Told, check: Case) -> dict[str, object]:
    """Return the same facts of an account."""
    seen = told.account.position(date.fromisoformat(check["as_of"]))
    rows = _rows(told, seen)
    found: dict[str, object] = {
        name: sum((getattr(row, name) for row in rows), Decimal(0))
        for name in _AMOUNTS[1:]
    }
    found["waived"] = sum((row.waived for row in seen.installments), Decimal(0))
    status = "CLOSED_OBLIGATIONS_MET" if seen.status is Status.CLOSED else "ACTIVE"
    found["status"] = "OVERPAID" if seen.credit else status
    found["loan overpaid"] = seen.credit
    found["loan outstanding"] = sum((row.outstanding for row in rows), Decimal(0))
    return found
