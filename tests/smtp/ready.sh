#!/bin/sh
# Makes sure that the tests have a real SMTP server to send mails to: aiosmtpd, in an environment
# of its own beside this script, or Debian's package where Python cannot make one.
set -eu
cd "$(dirname "$0")"
[ -x .venv/bin/python ] && .venv/bin/python -c 'import aiosmtpd' 2>/dev/null && exit 0
command -v python3 >/dev/null && python3 -c 'import aiosmtpd' 2>/dev/null && exit 0
rm -rf .venv
if python3 -m venv .venv 2>/dev/null \
    && .venv/bin/python -m pip install --quiet --disable-pip-version-check 'aiosmtpd==1.4.6'; then
    exit 0
fi
rm -rf .venv
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends python3-aiosmtpd >/dev/null
    exit 0
fi
echo "The tests of mails need aiosmtpd. Install Debian's package 'python3-aiosmtpd' (apt-get install python3-aiosmtpd), then run make test again." >&2
exit 1
