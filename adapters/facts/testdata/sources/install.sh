#!/usr/bin/env bash
# Installs the server. See --help.
set -euo pipefail

PREFIX="${PREFIX:-/usr/local}"
export ORDERS_HOME=/srv/orders
CHANNEL=${ORDERS_CHANNEL:-stable}

usage() {
  cat <<TEXT
usage: install.sh [--prefix DIR]
TEXT
}

function fetch {
  curl --silent --fail "https://example.com/$CHANNEL"
}

while [ $# -gt 0 ]; do
  case "$1" in
    -p|--prefix) PREFIX="$2"; shift ;;
    --force) FORCE=1 ;;
    --tag=*) TAG="${1#*=}" ;;
    -h | --help) usage; exit 0 ;;
    *) usage; exit 1 ;;
  esac
  shift
done

while getopts "vq:" option; do
  echo "$option"
done
