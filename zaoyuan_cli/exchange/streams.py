"""Standard input as bytes: what a file called "-" is."""

import sys


def piped(most: int = -1) -> bytes:
    """What is piped in, no more than so many bytes; text that another program put in its place is UTF-8."""
    stream = getattr(sys.stdin, "buffer", None)
    return bytes(stream.read(most)) if stream else sys.stdin.read(most).encode()
