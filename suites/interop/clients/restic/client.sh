#!/usr/bin/env bash
. "$(dirname "$0")/../things.sh"

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export RESTIC_REPOSITORY=s3:$INTEROP_ENDPOINT/$INTEROP_BUCKET/backup RESTIC_CACHE_DIR=$scratch/cache
printf 'EXAMPLE\n' >"$scratch/password"
export RESTIC_PASSWORD_FILE=$scratch/password
unset AWS_CA_BUNDLE

# restic names its objects by their hashes; the odd names are inside. It retries for minutes unless it is stopped.
quiet() { timeout 20 restic -o s3.bucket-lookup=path -o s3.region="$AWS_REGION" "$@"; }
write() { mkdir -p "$scratch/data" && printf '%s' "$1" >"$scratch/data/$(encoded "$1")"; }
restored() { quiet restore latest --target "$scratch/back" && diff -r "$scratch/data" "$scratch/back$scratch/data"; }

case $1 in
  all)
    each_line "$INTEROP_KEYS_FILE" write
    head -c 300000 /dev/urandom >"$scratch/data/large"
    step buckets 'init (makes the bucket)' quiet init
    step streaming 'backup, in signed chunks' quiet backup "$scratch/data"
    step streaming 'restore gives the same' restored
    step queries snapshots quiet snapshots
    step ranges 'check --read-data' quiet check --read-data
    step delete 'forget and prune' quiet forget latest --keep-last 1 --prune
    ;;
  one) step one s3 quiet init ;;
esac
say done
