#!/usr/bin/env bash
. "$(dirname "$0")/../things.sh"

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
unset AWS_CA_BUNDLE
at=s3://$INTEROP_BUCKET

s5cmd() { "$INTEROP_CACHE/py-more/bin/s5cmd" -r 0 --endpoint-url "$INTEROP_ENDPOINT" "$@"; }
put() { printf '%s' "$2" | s5cmd pipe --raw "$at/$1"; }
there_and_back() { put "$1" "$1" && same "$(s5cmd cat --raw "$at/$1")" "$1"; }
listed() { s5cmd ls "$at/*" | grep -F "$1"; }
key() { step keys "$1" there_and_back "$1"; }
synced() { s5cmd sync --delete "$scratch/tree/" "$at/tree/" && rm -rf "$scratch/back" && s5cmd sync "$at/tree/*" "$scratch/back/" && diff -r "$scratch/tree" "$scratch/back"; }
copied() { s5cmd cp "$at/tree/large" "$at/copied" && s5cmd cat "$at/copied" | cmp - "$scratch/tree/large"; }

case $1 in
  all)
    tree "$scratch/tree"
    step buckets "$INTEROP_BUCKET" s5cmd mb "$at-more"
    step buckets list s5cmd ls
    each_line "$INTEROP_KEYS_FILE" key
    step queries 'list' listed 'plus+plus'
    step sync 'up and down' synced
    changed "$scratch/tree"
    step sync 'up and down, after changes' synced
    step copies copy copied
    step delete 'all of a prefix' s5cmd rm "$at/tree/*"
    ;;
  one) step one s3 put one.txt one ;;
esac
say done
