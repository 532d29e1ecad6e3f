"""
The minimum of a bill on a line of credit, and the charge for paying less; its oracle.

Readings of the page:

* Where the line has no minimum, all of a bill is due.
* Interest, fees and penalty "of this cycle" are those that stand in rows of the cycle;
  installments those of its row of that segment, with all its parts. What stands in
  several of these is counted once.
* The principal of a segment that is due in full is so in its first bill; later it is
  principal like other, and in the arrears.
* Where `over_limit` is named, what occupies the limit beyond it is in full, at most the
  principal that is not; the share is of the rest. Where it is not named, the share is of
  all principal that is not paid in full.
* What is newly over the limit is what is above the arrears in the minimum; the share is
  of what is within the limit all the same. Where both are named, all that is over is.
* Of the balance, the share is of the whole bill, and what is in full comes on top.
* A minimum is never below zero; a bill may be, where there is a credit.
"""

from oracle.line_numbers import rounded, units


def minimum_of(line, bill) -> int:
    """The minimum of a bill, made anew without what was converted of it."""
    rule = line.minimum
    if rule is None:
        gone = sum(bill.converted.values())
        return max(bill.balance - gone, 0)
    named = {item.value for item in rule.in_full}
    due_in_full = {segment.name for segment in line.segments if segment.due_in_full}
    made_of = dict(bill.made_of)
    gone = 0
    for (segment, own), amount in bill.converted.items():
        key = ("principal", segment, own)
        made_of[key] = max(made_of.get(key, 0) - amount, 0)
        gone += amount
    balance = bill.balance - gone
    in_full = shared = of_cycle = 0
    for (component, segment, own), amount in made_of.items():
        is_cost = component in ("penalty", "fee")
        if own and component != "principal":
            of_cycle += amount
        if (
            ("carried" in named and not own)
            or ("installments" in named and own and segment == "installments")
            or ("interest" in named and own and component == "interest")
            or ("fees" in named and own and is_cost)
            or (component == "principal" and own and segment in due_in_full)
        ):
            in_full += amount
        elif component == "principal":
            shared += amount
    if named & {"over_limit", "newly_over_limit"}:
        over = min(max(bill.occupied - bill.limit, 0), shared)
        shared -= over
        if "over_limit" not in named:
            over = max(over - arrears_in(line, bill), 0)
        in_full += over
    earlier = 0
    for (component, _, own), amount in made_of.items():
        is_cost = component in ("penalty", "fee")
        if not own and (
            (component == "interest" and "interest" in named)
            or (is_cost and "fees" in named)
        ):
            earlier += amount
    if "carried" not in named:
        in_full += max(earlier, bill.arrears if "arrears" in named else 0)
    base = max(balance, 0) if rule.share_of.value == "balance" else shared
    found = rounded(rule.share * base, rule.rounding, line.digits) + in_full
    found = max(found, units(rule.least, line.digits))
    if rule.covers_interest:
        found = max(found, of_cycle)
    if balance < units(rule.whole_below, line.digits):
        found = balance
    return max(min(found, balance), 0)


def arrears_in(line, bill) -> int:
    """What of a minimum is missing of earlier ones."""
    if line.minimum is None:
        return bill.arrears
    named = {item.value for item in line.minimum.in_full}
    return bill.arrears if named & {"arrears", "carried"} else 0


def default_charge(line, bill, paid: int, missed_before: list[int]) -> int:
    """
    The charge for a bill of which less than its minimum was received.

    Reading: another time is within so many bills where an earlier missed bill is at
    most so many bills before. A single stated amount is that of every time.
    """
    rule = line.default_charge
    if rule is None:
        return 0
    if rule.amounts:
        again = any(bill.cycle - rule.repeat_within <= one for one in missed_before)
        amount = rule.amounts[-1] if again else rule.amounts[0]
        return min(units(amount, line.digits), bill.minimum)
    found = rounded(rule.share * (bill.minimum - paid), rule.rounding, line.digits)
    found = max(found, units(rule.least, line.digits))
    if rule.most is not None:
        found = min(found, units(rule.most, line.digits))
    return found
