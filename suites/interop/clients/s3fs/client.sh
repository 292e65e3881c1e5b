#!/usr/bin/env bash
. "$(dirname "$0")/../things.sh"

scratch=$(mktemp -d)
umask 077
printf '%s:%s\n' "$AWS_ACCESS_KEY_ID" "$AWS_SECRET_ACCESS_KEY" >"$scratch/passwd"
unset AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY
mkdir "$scratch/at"
trap 'mountpoint -q "$scratch/at" && fusermount -u "$scratch/at"; rm -rf "$scratch"' EXIT

mounted() {
  timeout 30 s3fs "$INTEROP_BUCKET" "$scratch/at" -o passwd_file="$scratch/passwd" -o url="$INTEROP_ENDPOINT" -o endpoint="$AWS_REGION" \
    -o use_path_request_style -o sigv4 -o retries=1 -o dbglevel=err -o logfile="$scratch/log" || { cat "$scratch/log"; return 1; }
  mountpoint -q "$scratch/at" || { cat "$scratch/log"; return 1; }
}
there_and_back() {
  mkdir -p "$scratch/at/$(dirname "$1")" && printf '%s' "$1" >"$scratch/at/$1" && same "$(cat "$scratch/at/$1")" "$1"
}
listed() { ls -R "$scratch/at"; }
large() { head -c 300000 /dev/zero >"$scratch/at/large" && [ "$(stat -c %s "$scratch/at/large")" = 300000 ]; }
key() { step keys "$1" there_and_back "$1"; }

step "$([ "$1" = one ] && echo one || echo buckets)" s3 mounted
if [ "$1" = all ] && mountpoint -q "$scratch/at"; then
  each_line "$INTEROP_KEYS_FILE" key
  step queries 'list, delimiter=/' listed
  step metadata 'mode and time' touch -d '2020-01-01' "$scratch/at/with space.txt"
  step streaming 'a file of 300 kB' large
  step delete large rm "$scratch/at/large"
fi
say done
