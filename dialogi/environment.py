"""Reading settings from the environment, refusing what makes no sense."""

import contextlib
import ipaddress
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


def networks(name: str) -> list[str]:
    """Return a comma-separated variable as networks such as 10.0.0.0/8; what is none refuses to start."""
    found = listed(name)
    for network in found:
        try:
            ipaddress.ip_network(network)
        except ValueError as error:
            raise ImproperlyConfigured(f"{name} must hold networks such as 10.0.0.0/8, not {network!r}") from error
    return found


def counting_folder(folder: Path) -> str:
    """Return the folder in which the processes count requests, made when missing and told to the library that counts."""
    folder.mkdir(mode=0o700, exist_ok=True)
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(folder)
    return str(folder)


def home_folder(default: Path) -> Path:
    """Return the one folder that holds all state of the installation, made when missing. Only a checkout has one by default."""
    if not os.environ.get("DIALOGI_HOME") and not (default.parent / "manage.py").exists():
        raise ImproperlyConfigured("DIALOGI_HOME must name the folder of the installation, where its data lie")
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
