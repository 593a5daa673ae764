#!/bin/sh
# Make the locks again after a change in requirements/*.in: tools/lock.sh [--upgrade]
# The locks hold names, versions and hashes, and never where a package was fetched from.
set -eu
cd "$(dirname "$0")/../requirements"
compile() {
    uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --annotation-style line \
        --no-emit-index-url --no-emit-find-links "$@"
}
compile uv.in -o uv.txt "$@"
compile main.in -o main.txt "$@"
compile dev.in -c main.txt -o dev.txt "$@"
compile audit.in -c main.txt -o audit.txt "$@"
