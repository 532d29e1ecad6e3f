"""What a command of the command line prints, where it takes a room of its own."""

__all__: list[str] = []
