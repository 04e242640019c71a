#!/bin/sh
# Makes sure that nginx and wrk are there: installs Debian's where they are missing and we may.
set -eu
command -v nginx >/dev/null && command -v wrk >/dev/null && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    # Only the program is wanted: until it is there, no package may start a server of its own.
    policy=/usr/sbin/policy-rc.d
    if [ ! -e "$policy" ]; then
        trap 'rm -f "$policy"' EXIT
        printf '#!/bin/sh\nexit 101\n' >"$policy"
        chmod +x "$policy"
    fi
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends nginx-light wrk >/dev/null
    exit 0
fi
echo "The bench needs nginx and wrk. Install Debian's packages (apt-get install nginx-light wrk), then run make bench again." >&2
exit 1
