# Shared by ./run, ./test, ./manage and ./bench: brings the environment up to the locked requirements.
# A warm start compares two files and is done.   set_up main|dev

set -eu
ROOT=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
PYTHON="$ROOT/.venv/bin/python"
export PYTHONPATH="$ROOT${PYTHONPATH:+:$PYTHONPATH}"
export DJANGO_SETTINGS_MODULE="${DJANGO_SETTINGS_MODULE:-dialogi.settings}"

say() { printf '%s\n' "$*" >&2; }

give_up() {
    say "Dialogi could not be set up: $1"
    shift
    for line in "$@"; do say "  $line"; done
    exit 1
}

find_python() {
    for candidate in python3 python3.14 python3.13 python3.12 python3.11; do
        if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            printf '%s' "$candidate"
            return
        fi
    done
    give_up "no Python 3.11 or newer was found." "On Debian and Ubuntu: apt install python3 python3-venv"
}

# uv: the one on the machine, or one of our own in .uv/, whose hash is locked like everything else.
find_uv() {
    if uv --version >/dev/null 2>&1; then UV=uv; return; fi
    UV="$ROOT/.uv/bin/uv"
    if "$UV" --version >/dev/null 2>&1; then return; fi
    python=$(find_python)
    say "Fetching uv, the installer, into .uv/ ..."
    rm -rf "$ROOT/.uv"
    # A clean Debian may lack ensurepip; then a pip of the machine can still fill a venv from outside.
    if "$python" -m venv "$ROOT/.uv" >/dev/null 2>&1; then
        "$ROOT/.uv/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes -r "$ROOT/requirements/uv.txt" && return
    else
        rm -rf "$ROOT/.uv"
        "$python" -m venv --without-pip "$ROOT/.uv" &&
            "$python" -m pip --python "$ROOT/.uv/bin/python" install --quiet --disable-pip-version-check --require-hashes -r "$ROOT/requirements/uv.txt" && return
    fi
    rm -rf "$ROOT/.uv"
    give_up "uv could not be installed." "Install uv yourself, or on Debian and Ubuntu: apt install python3-venv"
}

# uv brings its own list of authorities; behind a proxy that opens TLS only the machine's list will do.
install() {
    "$UV" pip "$1" --quiet --python "$PYTHON" --require-hashes ${2:-} "$lock" ||
        UV_SYSTEM_CERTS=1 UV_NATIVE_TLS=1 "$UV" pip "$1" --quiet --python "$PYTHON" --require-hashes ${2:-} "$lock" ||
        give_up "the packages could not be installed; is there a network?"
}

set_up() {
    lock="$ROOT/requirements/$1.txt"
    stamp="$ROOT/.venv/installed-$1.txt"
    if [ -x "$PYTHON" ] && cmp -s "$lock" "$stamp"; then return; fi
    find_uv
    if ! "$PYTHON" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        say "Making the environment in .venv/ ..."
        "$UV" venv --quiet --clear --python '>=3.11' "$ROOT/.venv" || give_up "no environment could be made in .venv/."
    fi
    say "Installing what requirements/$1.txt names ..."
    if [ "$1" = dev ]; then
        install sync
        cp "$ROOT/requirements/main.txt" "$ROOT/.venv/installed-main.txt"
    else
        # Never takes away what ./test has put there beside it.
        install install -r
    fi
    cp "$lock" "$stamp"
}
