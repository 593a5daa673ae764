"""Reading settings from the environment, refusing what makes no sense."""

import contextlib
import os
import secrets
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured


def text(name: str, *, default: str) -> str:
    """Return the variable's value, or the default when it is unset."""
    return os.environ.get(name, default)


def boolean(name: str, *, default: bool) -> bool:
    """Return True for 1/true/yes, False for 0/false/no; anything else refuses to start."""
    value = os.environ.get(name)
    if value is None or value == "":
        return default
    if value.lower() in {"1", "true", "yes"}:
        return True
    if value.lower() in {"0", "false", "no"}:
        return False
    raise ImproperlyConfigured(f"{name} must be 1 or 0, not {value!r}")


def choice(name: str, allowed: list[str], *, default: str) -> str:
    """Return the variable's value when it is one of those allowed."""
    value = os.environ.get(name, default)
    if value not in allowed:
        raise ImproperlyConfigured(f"{name} must be one of {', '.join(allowed)}, not {value!r}")
    return value


def listed(name: str) -> list[str]:
    """Return a comma-separated variable as a list; empty when unset."""
    return [part.strip() for part in os.environ.get(name, "").split(",") if part.strip()]


def home_folder(default: Path) -> Path:
    """Return the one folder that holds all state of the installation, made when missing."""
    folder = Path(os.environ.get("DIALOGI_HOME", "") or default).resolve()
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def kept_secret(path: Path, name: str) -> str:
    """Return the secret from the environment, or one made on first start and kept in a file only the owner reads."""
    given = os.environ.get(name)
    if given:
        return given
    if not path.exists():
        # Written aside and linked: several processes may start at once and none may read half a secret.
        draft = path.with_name(f"{path.name}.{os.getpid()}")
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(48))
        with contextlib.suppress(FileExistsError):
            os.link(draft, path)
        draft.unlink()
    return path.read_text().strip()
