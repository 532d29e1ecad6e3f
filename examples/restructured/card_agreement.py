"""
A bank card 100 days late, and the installments its holder and its bank agree on.

The card is that of `bank_card.toml`; what happened is in `late_card.csv`: the bill of
February was not paid, and 300.00 came in April. On 3 June all that is owed becomes 36
installments without interest (停息挂账), for 0.3 % a month, a fee made up here.
Article 70 of the Measures on Bank Card Business allows at most 60 installments.
"""

from datetime import date
from pathlib import Path

from loanmath import LineAccount, Payment, read_events, read_line
from loanmath.analysis.delinquency import M_STAGES, delinquency
from loanmath.presets.cn.restructuring import card_agreement
from loanmath.restructuring import Path as Way
from loanmath.restructuring import compare_paths

HERE = Path(__file__).parent
AGREED = date(2026, 6, 3)

card = LineAccount.open(read_line(HERE.parent / "bank_card.toml"), date(2026, 1, 5))
card = card.record(*read_events(HERE / "late_card.csv"))
print(delinquency(card, AGREED, M_STAGES), end="\n\n")

agreed = card_agreement(card, AGREED, 36, first_due=date(2026, 7, 3), fee="0.3%")
schedule = agreed.new.loan.schedule()
first, last = schedule[0], schedule[-1]
print(f"Owed, and the principal of the agreement: {first.opening:,}")
print(f"{len(schedule)} installments: {first.payment}, the last {last.payment}\n")

ways = {
    "agreed": agreed.new,
    "minimum": Way(card, "minimum"),
    "nothing": Way(card, "nothing"),
}
print(compare_paths(ways, AGREED, date(2026, 12, 3)), end="\n\n")

# Nothing is paid after October: the agreement is void, and the card goes on with the
# four installments that were paid on it.
payments = [
    Payment(id=f"a{row.number}", on=row.due, amount=row.payment) for row in schedule[:4]
]
void = agreed.reinstated(agreed.new.record(*payments))
owed = void.position(date(2026, 12, 3)).owed
print(f"Owed on 3 December if it is broken: {owed:,}")
