#!/bin/sh
# Tries script/setup in a fresh Debian 12 made by debootstrap, and says what came of it.
#
#   tests/setup/fresh_root.sh [--build] [--keep]
#
# Needs root, debootstrap, some 4 GiB below TMPDIR, and the network that this machine's apt uses.
# --build runs script/build there too; --keep leaves the folder for a look. Changes nothing else on
# this machine: mounts are in a namespace of their own and end with it.
set -eu
cd "$(dirname "$0")/../.."

say() { printf 'fresh root: %s\n' "$*"; }

build=no
keep=no
for word in "$@"; do
  case "$word" in
    --build) build=yes ;;
    --keep) keep=yes ;;
    *) say "usage: tests/setup/fresh_root.sh [--build] [--keep]"; exit 2 ;;
  esac
done
[ "$(id -u)" -eq 0 ] || { say "needs root"; exit 1; }
command -v debootstrap >/dev/null || { say "needs debootstrap"; exit 1; }
if [ "${FRESH_ROOT_INSIDE:-}" != yes ]; then
  FRESH_ROOT_INSIDE=yes exec unshare --mount --propagation private "$0" "$@"
fi

root=$(mktemp -d "${TMPDIR:-/tmp}/fresh-root.XXXXXX")
chmod 755 "$root"  # as a root folder is: apt reads it as a user of its own
finish() {
  for mounted in proc dev/shm; do umount "$root/$mounted" 2>/dev/null || true; done
  if [ "$keep" = yes ]; then say "kept in $root"; else rm -rf --one-file-system "$root"; fi
}
trap finish EXIT
trap 'exit 130' INT TERM

# Where this machine's apt takes Debian 12 from, and through what.
sources=$(apt-get indextargets --format '$(REPO_URI) $(RELEASE) $(COMPONENT)' \
  'Created-By: Packages' 2>/dev/null | sort -u)
mirror=$(printf '%s\n' "$sources" | awk '$2 == "bookworm" && $3 == "main" { print $1; exit }')
mirror=${mirror:-http://deb.debian.org/debian}

say "a Debian 12 from $mirror"
debootstrap --variant=minbase bookworm "$root" "$mirror" >"$root.log" 2>&1 || {
  tail -n 20 "$root.log"
  rm -f "$root.log"
  exit 1
}
rm -f "$root.log"
{
  echo "deb $mirror bookworm main"
  printf '%s\n' "$sources" | awk \
    '$2 ~ /^bookworm-(updates|security)$/ && $3 == "main" { print "deb", $1, $2, $3 }'
} >"$root/etc/apt/sources.list"
apt-config dump | grep -E '^Acquire::https?::Proxy ' >"$root/etc/apt/apt.conf.d/01-host" || true
cp -L /etc/resolv.conf /etc/hosts "$root/etc/"
# Who signs for the network that this machine sits behind; taken in with ca-certificates.
authorities=usr/local/share/ca-certificates
mkdir -p "$root/$authorities"
cp "/$authorities"/*.crt "$root/$authorities/" 2>/dev/null || true
mount -t proc proc "$root/proc"
mkdir -p "$root/dev/shm"
mount -t tmpfs tmpfs "$root/dev/shm"

mkdir "$root/project"
git ls-files -z --cached --others --exclude-standard | tar --null -T - -cf - |
  tar -xf - -C "$root/project" --no-same-owner

# inside NAME: runs script/NAME there, with nothing of this machine's environment but proxies.
inside() {
  say "script/$1"
  begun=$(date +%s)
  status=0
  env -i HOME=/root PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
    LC_ALL=C.UTF-8 \
    ${http_proxy:+http_proxy="$http_proxy"} ${https_proxy:+https_proxy="$https_proxy"} \
    chroot "$root" nice -n 10 "/project/script/$1" || status=$?
  say "script/$1 ended with $status after $(($(date +%s) - begun)) s"
  return "$status"
}

inside setup
inside setup  # safe to run again, and quick
[ "$build" = no ] || inside build
say "everything held"
