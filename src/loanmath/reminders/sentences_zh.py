"""Reminders in Chinese."""

from datetime import date
from decimal import Decimal

from loanmath.reminders.reminder import Reminder, ReminderReason

__all__ = ["sentence", "title"]


def sentence(reminder: Reminder) -> str:
    """Return what is due and what being late would cost, as sentences."""
    return f"{_first(reminder)}。{_costs(reminder)}"


def title(reminder: Reminder) -> str:
    """Return what is due, in a few words."""
    amount = _money(reminder, reminder.amount or reminder.full)
    match reminder.reason:
        case ReminderReason.COMING_DUE:
            return f"{_named(reminder)}{amount}，{_day(reminder.due)}到期"
        case ReminderReason.DUE_TODAY:
            return f"{_named(reminder)}{amount}，今日到期"
        case _:
            return f"{_named(reminder)}{amount}，已逾期{reminder.days_late}天"


def _money(reminder: Reminder, amount: Decimal) -> str:
    text = f"{amount:,f}"
    return f"{text}元" if reminder.currency == "CNY" else f"{reminder.currency} {text}"


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _named(reminder: Reminder) -> str:
    if reminder.statement is not None:
        return f"{_day(reminder.statement)}账单"
    return f"第{'、'.join(map(str, reminder.installments))}期"


def _first(reminder: Reminder) -> str:
    named, due = _named(reminder), _day(reminder.due)
    if reminder.statement is not None:
        owed = _billed(reminder)
    else:
        past = reminder.reason is ReminderReason.PAST_DUE
        owed = f"{'未还' if past else '应还'}{_money(reminder, reminder.amount)}"
    match reminder.reason:
        case ReminderReason.COMING_DUE:
            return f"{named}{owed}，将于{due}到期，还有{reminder.days_to_go}天"
        case ReminderReason.DUE_TODAY:
            return f"{named}{owed}，今日（{due}）到期"
        case _:
            return f"{named}{owed}，已于{due}到期，逾期{reminder.days_late}天"


def _billed(reminder: Reminder) -> str:
    full, least = (
        _money(reminder, amount) for amount in (reminder.full, reminder.amount)
    )
    if reminder.reason is ReminderReason.PAST_DUE:
        return f"最低还款额未还{least}，已出账未还共{full}"
    if reminder.amount:
        return f"应还{full}，最低还款{least}"
    return f"应还{full}，最低还款额已还"


def _costs(reminder: Reminder) -> str:
    costs = reminder.costs_to_come
    if not costs:
        return ""
    if any(cost.total for cost in costs):
        said = "若逾期未还：" + "，".join(
            f"逾期{cost.days}天多付{_money(reminder, cost.total)}" for cost in costs
        )
    else:
        said = "逾期未还不另收费用"
    if any(cost.loses_free_period for cost in costs):
        said += "，新消费不再享受免息期"
    return f"{said}。"
