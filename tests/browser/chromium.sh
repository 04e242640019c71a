#!/bin/sh
# Makes sure that a Chromium is there: installs Debian's where it is missing and we may.
set -eu
command -v chromium >/dev/null && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium fonts-noto-core >/dev/null
    exit 0
fi
echo "The browser tests need Chromium. Install Debian's package 'chromium' (apt-get install chromium), then run make test again." >&2
exit 1
