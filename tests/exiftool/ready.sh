#!/bin/sh
# Makes sure that the tests can plant words in photos, and look for what is left of them, with a
# program that is not ours: exiftool.
set -eu
command -v exiftool >/dev/null && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends libimage-exiftool-perl >/dev/null
    exit 0
fi
echo "The tests of photos need exiftool. Install Debian's package 'libimage-exiftool-perl' (apt-get install libimage-exiftool-perl), then run make test again." >&2
exit 1
