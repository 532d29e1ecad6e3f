"""The annual rate of cash flows, as `python -m loanmath apr` prints it."""

import json
from argparse import Namespace
from pathlib import Path
from typing import Any

from loanmath.commands.answer import Answer
from loanmath.commands.terms_read import terms_of
from loanmath.currency import amount_text
from loanmath.doors import decimal_parts
from loanmath.serialization import read_cash_flows
from loanmath.yields import AnnualRate, apr

__all__ = ["answer"]


def answer(options: Namespace) -> Answer:
    """Return the annual rate of the flows or the terms in a file, with its proof."""
    path = Path(options.file)
    flows: Any
    if path.suffix.lower() == ".csv":
        flows = read_cash_flows(path)
    else:
        flows = terms_of(options.file).schedule()
    rate = apr(flows, options.convention, every=options.every, digits=12)
    decimals = (
        rate.convention.decimals if options.decimals is None else options.decimals
    )
    percent = rate.at(decimals)
    text = amount_text(decimal_parts(percent, "percent")[0], decimals, separator="")
    if options.format == "json":
        return Answer(_json(rate, text))
    convention = rate.convention
    lines = [
        f"{text} % a year, {convention.quoted.value}: {convention.name}",
        f"Equation: {rate.equation}",
        f"Proof: {rate.certificate}",
        f"Left of the equation at {rate.percent} %: {rate.residual:f}",
        f"Source: {convention.source}" + (" (recalled)" if convention.recalled else ""),
    ]
    return Answer("\n".join(lines))


def _json(rate: AnnualRate, percent: str) -> str:
    proof, convention = rate.certificate, rate.convention
    document = {
        "percent": percent,
        "convention": convention.name,
        "quoted": convention.quoted.value,
        "source": convention.source,
        "recalled": convention.recalled,
        "unit_period": rate.period,
        "periods_per_year": str(rate.periods_per_year),
        "equation": rate.equation,
        "certificate": {
            "share": f"{proof.rate:f}",
            "low": f"{proof.low:f}",
            "sign_at_low": proof.sign_low.name.lower(),
            "high": f"{proof.high:f}",
            "sign_at_high": proof.sign_high.name.lower(),
            "one_root": "above -100 %" if proof.unique == "all" else "above 0 %",
        },
        "residual": f"{rate.residual:f}",
    }
    return json.dumps(document, ensure_ascii=False, indent=2)
