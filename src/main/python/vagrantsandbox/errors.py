"""Exceptions of newer Inspects, with stand-ins for older ones."""

try:
    from inspect_ai.util import SandboxUnavailableError, SandboxUserUnsupportedError
except ImportError:  # Inspect before 0.3.275

    class SandboxUnavailableError(RuntimeError):  # type: ignore[no-redef]
        """The sandbox is not running or can not be reached."""

    class SandboxUserUnsupportedError(RuntimeError):  # type: ignore[no-redef]
        """Commands can never run as that user here."""


__all__ = ["SandboxUnavailableError", "SandboxUserUnsupportedError"]
