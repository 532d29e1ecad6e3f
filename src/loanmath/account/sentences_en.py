"""Postings in English, one sentence each."""

from collections.abc import Callable

from loanmath.account.facts import Told, exact, spans_of
from loanmath.rates import percentage_text
from loanmath.term_sheets.english.words import COMPONENTS

__all__ = ["sentence"]

_COMPONENTS = {part.value: words for part, words in COMPONENTS.items()}
_STANDINGS = {
    "past_due": "past due",
    "due": "due that day",
    "in_advance": "not yet due",
}


def sentence(told: Told) -> str:
    """
    Return a posting as a sentence.

    Args:
        told: The posting, and what a sentence needs of it.
    """
    return f"On {told.on} {_SENTENCES[told.rule](told)}."


def _money(told: Told, amount: object) -> str:
    return f"{told.currency} {amount:,f}"


def _size(told: Told) -> str:
    return _money(told, told.amount.copy_abs())


def _days(count: int) -> str:
    return f"{count} day" if count == 1 else f"{count} days"


def _of(told: Told) -> str:
    return f"{_COMPONENTS[told.component]} of installment {told.installment}"


def _cut(told: Told) -> str:
    if "cut_off" not in told.inputs:
        return ""
    cut = _money(told, told.inputs["cut_off"])
    return f"; a further {cut} was cut off by the ceiling {told.inputs['ceiling']}"


def _lateness(told: Told) -> str:
    start = (
        f"{told.rule} of {_size(told)} was charged on installment {told.installment}"
    )
    if "held_back" in told.inputs:
        grace = _days(int(exact(told.inputs["grace_days"])))
        return f"{start}: it outlasted the {grace} of grace{_total(told)}{_cut(told)}"
    base = _money(told, told.inputs["base"])
    unpaid = "unpaid" if told.component == "compound" else "overdue"
    times = " and ".join(
        f"for {_days(days)} at {percentage_text(rate)} a day"
        for rate, days in spans_of(told.inputs)
    )
    return f"{start}: {base} {unpaid} {times}{_total(told)}{_cut(told)}"


def _total(told: Told) -> str:
    if not told.inputs.get("other_rows"):
        return ""
    return ", rounded in total with the other installments"


def _allowed(told: Told) -> str:
    ceiling, part = told.inputs["ceiling"], _COMPONENTS[told.component]
    return (
        f"{_size(told)} of {part} that the ceiling {ceiling} had cut off was charged on"
        f" installment {told.installment}, now that it allows it"
    )


def _stated(told: Told, base: str) -> str:
    """Return how a charge is worked out."""
    inputs = told.inputs
    if "share" in inputs:
        share = percentage_text(exact(inputs["share"]))
        words = f"{share} of {_money(told, inputs[base])}"
    elif "months" in inputs:
        rate = percentage_text(exact(inputs["monthly_rate"]))
        principal = _money(told, inputs["principal"])
        months = "1 month" if inputs["months"] == 1 else f"{inputs['months']} months"
        words = f"{months} of interest at {rate} on {principal}"
    else:
        words = "as agreed"
    for name, limit in (("least", "at least"), ("most", "at most")):
        if name in inputs:
            words += f", {limit} {_money(told, inputs[name])}"
    return words


def _late_charge(told: Told) -> str:
    return (
        f"the charge {told.inputs['name']} of {_size(told)} was made on installment"
        f" {told.installment}, which was late: {_stated(told, 'base')}{_cut(told)}"
    )


def _prepayment_fee(told: Told) -> str:
    return f"early repayment cost {_size(told)}: {_stated(told, 'principal')}"


def _acceleration_charge(told: Told) -> str:
    return f"acceleration cost {_size(told)}: {_stated(told, 'principal')}"


def _payment(told: Told) -> str:
    name = f"payment {told.event}"
    if told.component == "credit" and told.amount > 0:
        return f"{_size(told)} of the credit was used with {name}"
    if told.component == "credit":
        return f"{_size(told)} of {name} found nothing to clear and was kept as credit"
    if "fee" in told.inputs:
        return f"{_size(told)} of {name} went to the fee for early repayment"
    where = f"{_size(told)} of {name} went to {_of(told)}"
    if "slot" not in told.inputs:
        return f"{where}, as all was settled"
    return f"{where}, which was {_STANDINGS[told.standing]}"


def _credit_applied(told: Told) -> str:
    if told.component == "credit":
        return f"{_size(told)} of the credit was used"
    standing = _STANDINGS[told.standing]
    return f"{_size(told)} of the credit went to {_of(told)}, which was {standing}"


def _dropped(why: str) -> Callable[[Told], str]:
    def words(told: Told) -> str:
        moved = "was not owed any more" if told.amount < 0 else "became owed"
        return f"{_size(told)} of {_of(told)} {moved}, as {why}"

    return words


def _replanned(told: Told) -> str:
    moved = "rose" if told.amount > 0 else "fell"
    words = f"the {_of(told)} {moved} by {_size(told)} in the new plan"
    if "growth" in told.inputs:
        balance = _money(told, told.inputs["balance"])
        words += f", on a balance of {balance}"
    return words


def _terms_change(told: Told) -> str:
    if "earned" in told.inputs:
        earned = _money(told, told.inputs["earned"])
        what = f"{earned} of interest up to the day became an installment of its own"
        return f"{what} by the new terms {told.event}"
    moved = "rose" if told.amount > 0 else "fell"
    return f"the {_of(told)} {moved} by {_size(told)} by the new terms {told.event}"


_CONCEDED = {
    "forgiven": "was forgiven",
    "capitalized": "became principal of the plan",
    "re_aged": "went into the plan",
    "frozen": "was frozen",
}


def _restructuring(told: Told) -> str:
    by = f"by the plan {told.event}"
    for name, done in _CONCEDED.items():
        if name in told.inputs and "owed" not in told.inputs:
            return f"{_size(told)} of {_of(told)} {done}, {by}"
    if "carried" in told.inputs:
        carried = _money(told, told.inputs["carried"])
        part = _COMPONENTS[told.component]
        return (
            f"{carried} of {part} from before became due with installment"
            f" {told.installment}, {by}"
        )
    moved = "rose" if told.amount > 0 else "fell"
    words = f"the {_of(told)} {moved} by {_size(told)}"
    if "frozen" in told.inputs:
        frozen = _money(told, told.inputs["frozen"])
        words += f", with {frozen} that was frozen"
    return f"{words}, {by}"


def _breach(told: Told) -> str:
    why = f"as the plan was broken ({told.event})"
    if told.component == "credit":
        moved = "taken off" if told.amount > 0 else "given back to"
        return f"{_size(told)} was {moved} the credit, {why}"
    moved = "rose" if told.amount > 0 else "fell"
    return f"the {_of(told)} {moved} by {_size(told)}, {why}"


def _restored(told: Told) -> str:
    moved = "was owed again" if told.amount > 0 else "was not owed any more"
    why = "as the payment that settled all was taken back"
    return f"{_size(told)} of {_of(told)} {moved}, {why}"


def _row_added(told: Told) -> str:
    moved = "grew" if told.amount > 0 else "fell"
    return f"the {_of(told)} {moved} by {_size(told)}, as one was put in before it"


def _charge(told: Told) -> str:
    name = told.inputs["name"]
    return f"{_size(told)} was charged on installment {told.installment}: {name}"


def _waiver(told: Told) -> str:
    return f"{_size(told)} of {_of(told)} was waived"


def _undone(done: str) -> Callable[[Told], str]:
    def words(told: Told) -> str:
        why = f"as payment {told.inputs['of']} was {done}"
        if told.component == "credit":
            moved = "taken off" if told.amount > 0 else "given back to"
            return f"{_size(told)} was {moved} the credit, {why}"
        return f"{_size(told)} of {_of(told)} was owed again, {why}"

    return words


def _write_off(told: Told) -> str:
    if told.component == "written_off":
        return f"{_size(told)} was written off in all"
    return f"{_size(told)} of {_of(told)} was not owed any more, by the write-off"


def _recovery(told: Told) -> str:
    return f"{_size(told)} of what was written off was recovered"


def _payout(told: Told) -> str:
    return f"{_size(told)} of the credit was paid out"


def _disbursement(told: Told) -> str:
    moved = "grew" if told.amount > 0 else "fell"
    return f"the {_of(told)} {moved} by {_size(told)}, as {told.event} was paid out"


_SENTENCES: dict[str, Callable[[Told], str]] = {
    "penalty interest": _lateness,
    "contract interest on overdue principal": _lateness,
    "compound interest on interest": _lateness,
    "compound interest on penalty": _lateness,
    "compound interest on compound": _lateness,
    "allowed by a ceiling": _allowed,
    "late charge": _late_charge,
    "prepayment fee": _prepayment_fee,
    "acceleration charge": _acceleration_charge,
    "payment": _payment,
    "credit applied": _credit_applied,
    "payoff": _dropped("the loan was repaid early"),
    "acceleration": _dropped("all fell due"),
    "replanned": _replanned,
    "terms change": _terms_change,
    "restructuring": _restructuring,
    "breach": _breach,
    "plan restored": _restored,
    "row added": _row_added,
    "charge": _charge,
    "waiver": _waiver,
    "reversal": _undone("reversed"),
    "chargeback": _undone("charged back"),
    "write-off": _write_off,
    "recovery": _recovery,
    "payout": _payout,
    "disbursement": _disbursement,
}
