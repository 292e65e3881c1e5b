#!/usr/bin/env bash
. "$(dirname "$0")/../things.sh"

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
unset AWS_CA_BUNDLE
# It takes what stands here as it is; a secret that was percent-encoded for the URL is another one.
export MC_HOST_aws="http://$AWS_ACCESS_KEY_ID:$AWS_SECRET_ACCESS_KEY@${INTEROP_ENDPOINT#http://}" MC_CONFIG_DIR=$scratch/config MC_NO_COLOR=1 MC_QUIET=1
at=aws/$INTEROP_BUCKET

mc() { timeout 60 "$INTEROP_CACHE/bin/mc" "$@"; }
put() { printf '%s' "$2" | mc pipe "$at/$1"; }
there_and_back() { put "$1" "$1" && same "$(mc cat "$at/$1")" "$1"; }
key() { step keys "$1" there_and_back "$1"; }
mirrored() { mc mirror --overwrite --remove "$scratch/tree" "$at/tree" && rm -rf "$scratch/back" && mc mirror "$at/tree" "$scratch/back" && diff -r "$scratch/tree" "$scratch/back"; }
copied() { mc cp "$at/tree/large" "$at/copied" && mc cat "$at/copied" | cmp - "$scratch/tree/large"; }
versions() { mc version enable "$at" && put versioned one && put versioned two && mc ls --versions "$at/versioned" | grep -F 'v2 PUT'; }

case $1 in
  all)
    tree "$scratch/tree"
    step buckets "$INTEROP_BUCKET" mc mb --ignore-existing "$at"
    step buckets list mc ls aws
    each_line "$INTEROP_KEYS_FILE" key
    step metadata stat mc stat "$at/plus+plus"
    step metadata tags mc tag set "$at/plus+plus" 'a=b'
    step sync 'up and down' mirrored
    changed "$scratch/tree"
    step sync 'up and down, after changes' mirrored
    step copies copy copied
    step queries 'find by size' mc find "$at" --larger 1MB
    step queries 'versions' versions
    step delete 'all of a prefix' mc rm --recursive --force "$at/tree"
    ;;
  one) step one s3 put one.txt one ;;
esac
say done
