#!/bin/sh
# Installs what building and trying conformd needs, on Debian and its kin: a C compiler with its sanitizers, make, jansson.
# Does nothing where they are there already. Run it as root, or as a user of sudo.
set -eu

packages='gcc libc6-dev make libjansson-dev'

missing=
for package in $packages; do
  dpkg-query --show --showformat='${db:Status-Status}' "$package" 2>/dev/null | grep -qx installed || missing="$missing $package"
done
if [ -z "$missing" ]; then
  echo "already installed: $packages"
  exit 0
fi

as_root=
if [ "$(id -u)" != 0 ]; then as_root=sudo; fi
echo "installing with apt-get:$missing"
export DEBIAN_FRONTEND=noninteractive
# shellcheck disable=SC2086
$as_root apt-get install --yes --quiet --no-install-recommends $missing ||
  { $as_root apt-get update --quiet && $as_root apt-get install --yes --quiet --no-install-recommends $missing; }
