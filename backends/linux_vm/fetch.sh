#!/usr/bin/env bash
# Gets everything a guest is made of, on Debian 12: host packages, kernels, and what is built against them. See --help.
set -euo pipefail

readonly HOST='qemu-system-x86 libjansson-dev gcc gcc-12 libc6-dev libelf1 make xz-utils zstd'
readonly KERNELS='6.1 6.12'
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)

usage() {
  cat <<'END'
Usage: backends/linux_vm/fetch.sh [--kernel 6.1|6.12]... [--resolve]

Makes ready what `run --backend linux-vm` boots. In this order:
  1. installs with apt-get, where missing: qemu-system-x86, libjansson-dev, a C compiler, make, xz and zstd (needs root;
     for others it says what to install);
  2. finds in the package lists the newest Debian 12 kernel of each series, 6.1 and 6.12 unless --kernel names one;
  3. downloads its image, headers, kbuild and source packages (about 240 MB a kernel) without installing any of them;
  4. unpacks the kernel as plain vmlinux, its modules and its headers, and builds siw, which Debian's configuration
     leaves out, from the source package of the same version;
  5. builds what is ours and runs in the guest: init, the agent, and our kernel modules.

All of it is kept in build/linux-vm/ of a clone, and in ~/.cache/rdma-conformance/linux-vm elsewhere;
RDMA_CONFORMANCE_LINUX_VM names another folder. What is there is not made again; remove the folder to begin anew.

Options:
  --kernel SERIES  only this series; may be given more than once
  --resolve        print release, version and packages of each kernel, and do nothing
  --help           this text

Example:
  backends/linux_vm/fetch.sh --kernel 6.1 && npx rdma-conformance run --backend linux-vm --model rxe-6.1
END
}

say() { printf 'linux-vm: %s\n' "$*" >&2; }
die() {
  local code=$1
  shift
  printf 'fetch.sh: %s\n' "$*" >&2
  exit "$code"
}

wanted=()
resolve_only=
while (($# > 0)); do
  case $1 in
    --kernel)
      [[ " $KERNELS " == *" ${2-} "* && -n ${2-} ]] || die 2 "--kernel takes one of: $KERNELS"
      wanted+=("$2")
      shift 2
      ;;
    --resolve) resolve_only=yes && shift ;;
    --help | -h) usage && exit 0 ;;
    *) die 2 "unknown argument $1; --help says what there is" ;;
  esac
done
if ((${#wanted[@]} == 0)); then read -ra wanted <<<"$KERNELS"; fi

# An installed package never writes into itself.
if [[ -e $root/tsconfig.json ]]; then
  cache=${RDMA_CONFORMANCE_LINUX_VM:-$root/build/linux-vm}
  # As its Makefile names it, so that what either makes is up to date for the other.
  agent=../../build/conformd
else
  cache=${RDMA_CONFORMANCE_LINUX_VM:-${XDG_CACHE_HOME:-$HOME/.cache}/rdma-conformance/linux-vm}
  agent=$cache/conformd
fi

export DEBIAN_FRONTEND=noninteractive LC_ALL=C
updated=
update_lists() {
  [[ -z $updated ]] || return 1
  updated=yes
  if ((EUID != 0)); then
    say 'the package lists are out of date: run `apt-get update` as root'
    return 1
  fi
  say 'updating the package lists'
  apt-get update --quiet=2 >&2
}

install_host_packages() {
  local package missing=()
  for package in $HOST; do
    dpkg-query --show --showformat='${db:Status-Status}' "$package" 2>/dev/null | grep -qx installed || missing+=("$package")
  done
  ((${#missing[@]} > 0)) || return 0
  local install=(apt-get install --yes --quiet=2 --no-install-recommends "${missing[@]}")
  ((EUID == 0)) || die 1 "not installed: ${missing[*]}; run as root: apt-get install --no-install-recommends ${missing[*]}"
  say "installing ${missing[*]}"
  "${install[@]}" >&2 || { update_lists && "${install[@]}" >&2; } || die 1 "apt-get could not install ${missing[*]}"
}

# resolve SERIES: sets release, version and packages of the newest kernel; the signed image where both are of one version.
resolve() {
  local series=$1 pattern names newest image kbuild
  case $series in
    6.1) pattern='^linux-image-6\.1\.[0-9]+-[0-9]+-amd64(-unsigned)?$' ;;
    *) pattern="^linux-image-${series//./\\.}\\.[0-9]+\\+deb12-amd64(-unsigned)?\$" ;;
  esac
  names=$(apt-cache --names-only search "$pattern" | cut -d' ' -f1)
  [[ -n $names ]] || return 1
  # shellcheck disable=SC2086
  newest=$(apt-cache madison $names | awk '{ print $3, ($1 ~ /-unsigned$/ ? 0 : 1), $1 }' | sort -k1,1V -k2,2n | tail -n 1)
  read -r version _ image <<<"$newest"
  [[ -n ${image:-} ]] || return 1
  release=${image#linux-image-}
  release=${release%-unsigned}
  kbuild=$(apt-cache show "linux-headers-$release=$version" | sed -n 's/^Depends:.*\(linux-kbuild-[^ ,]*\).*/\1/p')
  [[ -n $kbuild ]] || return 1
  packages=("$image" "linux-headers-$release" "linux-headers-${release%-amd64}-common" "$kbuild" "linux-source-$series")
}

# download PACKAGE...: of $version, into the folder of packages, and only what is not there yet.
download() {
  local package missing=()
  for package in "$@"; do
    [[ -n $(find "$cache/debs" -name "${package}_${version//:/%3a}_*.deb" -print -quit) ]] || missing+=("$package=$version")
  done
  ((${#missing[@]} > 0)) || return 0
  say "downloading ${missing[*]}"
  local sandbox=()
  if ((EUID == 0)); then sandbox=(-o APT::Sandbox::User=root); fi
  # Only what is complete gets its place.
  rm -rf "$cache/debs/partial" && mkdir "$cache/debs/partial"
  (cd "$cache/debs/partial" && apt-get download --quiet=2 "${sandbox[@]}" "${missing[@]}" >&2) || return 1
  mv "$cache/debs/partial"/*.deb "$cache/debs/"
}

deb() { find "$cache/debs" -name "$1_${version//:/%3a}_*.deb" -print -quit; }

# le FILE OFFSET BYTES: a number of the boot header.
le() { od --address-radix=n --endian=little --skip-bytes="$2" --read-bytes="$3" --format="u$3" "$1" | tr -d ' '; }

# vmlinux IMAGE: the kernel out of a bzImage; four bytes at the end of what is packed tell its size. See x86/boot.rst.
vmlinux() {
  local image=$1 setup offset length unpack
  setup=$(le "$image" $((0x1f1)) 1)
  offset=$(((setup + 1) * 512 + $(le "$image" $((0x248)) 4)))
  length=$(($(le "$image" $((0x24c)) 4) - 4))
  case $(od --address-radix=n --skip-bytes="$offset" --read-bytes=4 --format=x1 "$image" | tr -d ' ') in
    fd377a58) unpack='xz --decompress --stdout' ;;
    28b52ffd) unpack='zstd --decompress --stdout --quiet' ;;
    *) die 1 "$image is packed in a way this script does not know" ;;
  esac
  dd if="$image" bs=1M iflag=skip_bytes,count_bytes skip="$offset" count="$length" status=none | $unpack
}

# unpack FOLDER SERIES: vmlinux, modules/, headers/ and the sources of the software drivers.
unpack() {
  local to=$1 series=$2 package file
  for package in "${packages[@]:0:4}"; do dpkg-deb --extract "$(deb "$package")" "$to"; done
  vmlinux "$to/boot/vmlinuz-$release" >"$to/vmlinux"
  mkdir "$to/modules" "$to/source"
  # Those that a guest may load; what a kernel has built in has no file.
  find "$to/lib/modules/$release/kernel" -regextype posix-extended -regex \
    '.*/(drivers/(virtio|infiniband/core|infiniband/sw)/.*|(virtio_console|dummy|configfs|crc32_generic|crc32c_generic|libcrc32c|udp_tunnel|ip6_udp_tunnel)\.ko.*)' \
    -type f -exec cp --target-directory="$to/modules" {} +
  for file in "$to"/modules/*.xz; do [[ ! -e $file ]] || xz --decompress "$file"; done
  rm -r "$to/lib/modules"
  ln -s "usr/src/linux-headers-$release" "$to/headers"
  # Nothing is installed, so that the absolute path in the headers has to become a relative one.
  sed -i "s|^include /usr/src/|include \$(dir \$(lastword \$(MAKEFILE_LIST)))../|" "$to/headers/Makefile"
  dpkg-deb --fsys-tarfile "$(deb "linux-source-$series")" |
    tar --extract --to-stdout "./usr/src/linux-source-$series.tar.xz" |
    tar --extract --xz --directory "$to/source" --strip-components=1 "linux-source-$series/drivers/infiniband"
}

# build_siw FOLDER: the driver as the kernel's sources have it, with their own Makefile.
build_siw() {
  local built=$1/siw
  cp -r "$1/source/drivers/infiniband/sw/siw" "$built"
  make --silent -C "$1/headers" M="$built" CONFIG_RDMA_SIW=m CONFIG_DEBUG_INFO_BTF_MODULES= modules >&2
  strip --strip-debug -o "$1/modules/siw.ko" "$built/siw.ko"
  rm -r "$built"
}

# prepare SERIES: the folder of the kernel, made aside and put in its place when it is complete.
prepare() {
  local series=$1 stamp folder
  stamp="$release $version $(sha256sum <"${BASH_SOURCE[0]}" | cut -c1-16)"
  folder=$cache/$version
  if [[ $(cat "$folder/stamp" 2>/dev/null) != "$stamp" ]]; then
    say "unpacking $release and building siw"
    rm -rf "$folder" "$cache/partial" && mkdir "$cache/partial"
    unpack "$cache/partial" "$series"
    build_siw "$cache/partial"
    printf '%s\n' "$release" >"$cache/partial/release"
    printf '%s\n' "$stamp" >"$cache/partial/stamp"
    mv "$cache/partial" "$folder"
  fi
  ln -sfn "$version" "$cache/$series"
  say "$series: $release, Debian $version, in $folder"
}

# What is ours; make knows what is out of date.
build_ours() {
  local series conform module
  if [[ ! $cache/init -nt $here/init.c ]]; then
    say 'building init'
    gcc -std=gnu11 -O2 -Wall -Wextra -Werror -static -o "$cache/init.new" "$here/init.c"
    mv "$cache/init.new" "$cache/init"
  fi
  make --silent -C "$root/backends/conformd" OUT="$agent" >&2
  for series in "${wanted[@]}"; do
    conform=$cache/$series/conform
    mkdir -p "$conform"
    make --silent -C "$here/modules" KDIR="$cache/$series/headers" OUT="$conform/build" >&2
    for module in "$conform"/build/*.ko; do strip --strip-debug -o "$conform/${module##*/}" "$module"; done
  done
}

if [[ -n $resolve_only ]]; then
  for series in "${wanted[@]}"; do
    resolve "$series" || die 1 "the package lists have no linux-image of $series; run \`apt-get update\` as root"
    printf '%s %s %s\n' "$release" "$version" "${packages[*]}"
  done
  exit 0
fi

mkdir -p "$cache/debs"
# One at a time: another waits here, and then finds everything done.
exec 9>"$cache/lock"
flock 9
install_host_packages
for series in "${wanted[@]}"; do
  { resolve "$series" && download "${packages[@]}"; } ||
    { update_lists && resolve "$series" && download "${packages[@]}"; } ||
    die 1 "no packages of linux $series; is this Debian 12 with its security archive, and online?"
  prepare "$series"
done
build_ours
