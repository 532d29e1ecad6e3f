"""Why a balance moved: each change of the ledger, derived from its two states again."""

__all__: list[str] = []
