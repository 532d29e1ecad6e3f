"""Reminders in English."""

from decimal import Decimal

from loanmath.reminders.reminder import LateCost, Reminder, ReminderReason

__all__ = ["sentence", "title"]


def sentence(reminder: Reminder) -> str:
    """Return what is due and what being late would cost, as sentences."""
    return " ".join([f"{_first(reminder)}.", *_costs(reminder)])


def title(reminder: Reminder) -> str:
    """Return what is due, in a few words."""
    amount = _money(reminder, reminder.amount or reminder.full)
    match reminder.reason:
        case ReminderReason.COMING_DUE:
            return f"{amount} due on {reminder.due}: {reminder.what}"
        case ReminderReason.DUE_TODAY:
            return f"{amount} due today: {reminder.what}"
        case _:
            late = _days(reminder.days_late)
            return f"{amount} {late} late: {reminder.what}"


def _money(reminder: Reminder, amount: Decimal) -> str:
    return f"{reminder.currency} {amount:,f}"


def _days(days: int) -> str:
    return f"{days} day{'s' * (days != 1)}"


def _first(reminder: Reminder) -> str:
    past = reminder.reason is ReminderReason.PAST_DUE
    if reminder.statement is not None:
        named = f"The {reminder.what}"
        many = False
        owed = _billed(reminder, past=past)
    else:
        named = reminder.what.capitalize()
        many = len(reminder.installments) > 1
        owed = f", {_money(reminder, reminder.amount)}{' unpaid' * past},"
    falls, was = ("fall", "were") if many else ("falls", "was")
    match reminder.reason:
        case ReminderReason.COMING_DUE:
            days = _days(reminder.days_to_go)
            return f"{named}{owed} {falls} due on {reminder.due}, in {days}"
        case ReminderReason.DUE_TODAY:
            return f"{named}{owed} {falls} due today, {reminder.due}"
        case _:
            late = _days(reminder.days_late)
            return f"{named}{owed} {was} due on {reminder.due}: {late} late"


def _billed(reminder: Reminder, *, past: bool) -> str:
    full, least = (
        _money(reminder, amount) for amount in (reminder.full, reminder.amount)
    )
    if past:
        return f", {least} of its minimum unpaid, {full} billed in all,"
    if reminder.amount:
        return f", {full}, at least {least},"
    return f", {full} with its minimum paid,"


def _costs(reminder: Reminder) -> list[str]:
    costs = reminder.costs_to_come
    if not costs:
        return []
    if not any(cost.total for cost in costs):
        said = ["Being late costs nothing in money."]
    else:
        parts = ", ".join(
            f"{_money(reminder, cost.total)} after {_days(cost.days)}" for cost in costs
        )
        said = [f"Being late costs {parts}."]
    if _loses(costs):
        said.append("New purchases lose their free period.")
    return said


def _loses(costs: tuple[LateCost, ...]) -> bool:
    return any(cost.loses_free_period for cost in costs)
