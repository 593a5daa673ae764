# Find a Chromium for the journeys, or fetch Debian's when we may. Sets DIALOGI_CHROMIUM, or leaves it empty.

find_chromium() {
    for candidate in "${DIALOGI_CHROMIUM:-}" chromium chromium-browser google-chrome google-chrome-stable; do
        if [ -n "$candidate" ] && found=$(command -v "$candidate"); then
            DIALOGI_CHROMIUM=$found
            export DIALOGI_CHROMIUM
            return 0
        fi
    done
    return 1
}

install_chromium() {
    command -v apt-get >/dev/null || return 1
    if [ "$(id -u)" = 0 ]; then as_root=""; elif sudo -n true 2>/dev/null; then as_root="sudo -n"; else return 1; fi
    say "Installing Chromium for the journeys ..."
    $as_root apt-get update -qq >/dev/null && DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq chromium >/dev/null
}
