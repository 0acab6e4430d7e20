#!/usr/bin/env bash
# Records what Debian's libibverbs sends to rxe of Debian's 6.1, in a guest. See --help.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
cache=${RDMA_CONFORMANCE_LINUX_VM:-$root/build/linux-vm}
work=$root/build/recordings
readonly PACKAGES='libibverbs1 libibverbs-dev ibverbs-providers ibverbs-utils libnl-3-200 libnl-route-3-200 libc6 busybox-static'
readonly MODULES='virtio_ring virtio virtio_pci_modern_dev virtio_pci_legacy_dev virtio_pci virtio_console dummy ib_core ib_uverbs configfs ib_cm iw_cm rdma_cm rdma_ucm crc32_generic crc32c_generic libcrc32c udp_tunnel ip6_udp_tunnel rdma_rxe'
readonly PROGRAMS='ibv_devinfo ibv_rc_pingpong ibv_uc_pingpong ibv_ud_pingpong ibv_srq_pingpong ibv_asyncwatch'
# Seconds a guest may take.
readonly LIMIT=300

if (($# > 0)); then
  cat <<'END'
Usage: runner/recordings/record.sh

Writes runner/recordings/recorded.ndjson anew: the calls that Debian 12's libibverbs makes on the device file of rxe, byte for
byte. Downloads the library, its programs and what they need from Debian, builds the recorder and the program that calls every
function, and runs all of them in a guest with Debian's 6.1. Wants what backends/linux_vm/fetch.sh --kernel 6.1 makes ready, and
cpio. Read the difference before you commit it: addresses, and the order of what several processes do, differ each time.
END
  [[ $1 == --help || $1 == -h ]] && exit 0 || exit 2
fi

[[ -e $cache/6.1/stamp ]] || { echo "record.sh: no kernel in $cache; run backends/linux_vm/fetch.sh --kernel 6.1" >&2; exit 1; }
rm -rf "$work/tree" "$work/initramfs" && mkdir -p "$work/debs" "$work/initramfs"/{bin,dev,etc/libibverbs.d,lib/modules,lib/conform,lib64,proc,sys,tmp}
# shellcheck disable=SC2086
[[ -e $work/debs/done ]] || (cd "$work/debs" && apt-get download --quiet=2 -o APT::Sandbox::User=root $PACKAGES && touch done)
for deb in "$work"/debs/*.deb; do dpkg-deb --extract "$deb" "$work/tree"; done

guest=$work/initramfs libraries=lib/x86_64-linux-gnu
mkdir -p "$guest/$libraries" "$guest/usr/$libraries/libibverbs"
gcc -std=gnu11 -O2 -Wall -Wextra -Werror -fPIC -shared -I"$work/tree/usr/include" -o "$guest/lib/recorder.so" "$here/guest/recorder.c"
gcc -std=gnu11 -O2 -Wall -Wextra -Werror -I"$work/tree/usr/include" -o "$guest/bin/walk" "$here/guest/walk.c" \
  -L"$work/tree/usr/$libraries" -l:libibverbs.so.1 -Wl,--unresolved-symbols=ignore-in-shared-libs
cp "$work/tree/bin/busybox" "$guest/bin/" 2>/dev/null || cp "$work/tree/usr/bin/busybox" "$guest/bin/"
for program in $PROGRAMS; do cp "$work/tree/usr/bin/$program" "$guest/bin/"; done
find "$work/tree/lib" "$work/tree/usr/$libraries" -maxdepth 2 -name '*.so.*' -exec cp --no-dereference --target-directory="$guest/$libraries" {} +
cp "$work/tree/lib64/ld-linux-x86-64.so.2" "$guest/lib64/" && cp --dereference "$work/tree/$libraries/ld-linux-x86-64.so.2" "$guest/lib64/"
cp "$work/tree/usr/$libraries/libibverbs/librxe-rdmav34.so" "$guest/usr/$libraries/libibverbs/"
cp "$work/tree/etc/libibverbs.d/rxe.driver" "$guest/etc/libibverbs.d/"
install -m 755 "$cache/init" "$guest/init"
install -m 755 "$here/guest/agent" "$guest/bin/conformd"
for module in $MODULES; do cp "$cache/6.1/modules/$module.ko" "$guest/lib/modules/" && echo "/lib/modules/$module.ko"; done >"$guest/etc/modules"
cp "$cache/6.1/conform/conform_inject.ko" "$guest/lib/conform/" && echo /lib/conform/conform_inject.ko >>"$guest/etc/modules"
echo rxe >"$guest/etc/driver"
(cd "$guest" && find . -print0 | cpio --null --create --format=newc --quiet) >"$work/initramfs.cpio"

# The console goes to a file; the port gives what was recorded, between lines for people that begin with a #.
timeout "$LIMIT" nice -n 15 qemu-system-x86_64 -nodefaults -no-user-config -display none -no-reboot -machine q35 -accel tcg -cpu max -smp 1 -m 512 \
  -serial "file:$work/console" -device virtio-serial-pci -chardev "file,id=port,path=$work/port" -device virtserialport,chardev=port,name=conformd \
  -kernel "$cache/6.1/vmlinux" -initrd "$work/initramfs.cpio" -append 'console=ttyS0 quiet panic=-1 oops=panic reboot=t nokaslr mitigations=off' </dev/null
tr -d '\r' <"$work/port" | grep '^#' >&2 || true
grep -q '^# over' "$work/port" || { echo "record.sh: the guest did not get to its end; see $work/console" >&2; exit 1; }
version() { dpkg-deb --field "$work"/debs/"$1"_*.deb Version; }
{
  printf '{"library":"libibverbs %s","programs":"ibverbs-utils %s","kernel":"%s","driver":"rxe"}\n' \
    "$(version libibverbs1)" "$(version ibverbs-utils)" "$(cat "$cache/6.1/release")"
  tr -d '\r' <"$work/port" | grep '^{'
} >"$work/all.ndjson"
node "$root/build/runner/recordings/fold.js" "$work/all.ndjson" >"$work/recorded.ndjson"
mv "$work/recorded.ndjson" "$here/recorded.ndjson"
