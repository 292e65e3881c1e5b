#!/usr/bin/env bash
. "$(dirname "$0")/../things.sh"

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
unset AWS_CA_BUNDLE
export RCLONE_CONFIG=$scratch/none RCLONE_RETRIES=1 RCLONE_LOW_LEVEL_RETRIES=1
export RCLONE_CONFIG_AWS_TYPE=s3 RCLONE_CONFIG_AWS_PROVIDER=Other RCLONE_CONFIG_AWS_ENV_AUTH=true RCLONE_CONFIG_AWS_FORCE_PATH_STYLE=true
export RCLONE_CONFIG_AWS_ENDPOINT=$INTEROP_ENDPOINT RCLONE_CONFIG_AWS_REGION=$AWS_REGION
# Its own respelling of control signs and the like is switched off: the keys are to arrive as they are.
export RCLONE_CONFIG_AWS_ENCODING=None RCLONE_S3_NO_CHECK_BUCKET=true

put() { printf '%s' "$2" | rclone rcat "aws:$INTEROP_BUCKET/$1"; }
there_and_back() { put "$1" "$1" && same "$(rclone cat "aws:$INTEROP_BUCKET/$1")" "$1"; }
listed() { rclone lsf "aws:$INTEROP_BUCKET" --files-only | grep -Fx "$1"; }
large() { head -c 300000 /dev/zero >"$scratch/large" && rclone copyto "$scratch/large" "aws:$INTEROP_BUCKET/large" && rclone check "$scratch" "aws:$INTEROP_BUCKET" --include large; }
synced() {
  rclone sync "$scratch/tree" "aws:$INTEROP_BUCKET/tree" --s3-upload-cutoff 10M --s3-chunk-size 5M || return 1
  rclone check --download "$scratch/tree" "aws:$INTEROP_BUCKET/tree" || return 1
  rclone sync "aws:$INTEROP_BUCKET/tree" "$scratch/back" && diff -r "$scratch/tree" "$scratch/back"
}
copied() {
  rclone copy "aws:$INTEROP_BUCKET/tree" "aws:$INTEROP_BUCKET/copied" --s3-copy-cutoff 6M --s3-chunk-size 5M || return 1
  rclone check --download "$scratch/tree" "aws:$INTEROP_BUCKET/copied"
}
purged() { rclone purge "aws:$INTEROP_BUCKET/tree" && same "$(rclone lsf -R "aws:$INTEROP_BUCKET/tree" 2>/dev/null)" ''; }
key() { step keys "$1" there_and_back "$1"; }
url() { say presigned "$1" "$(rclone -q link --expire 5m "aws:$INTEROP_BUCKET/$1")"; }

case $1 in
  all)
    step buckets "$INTEROP_BUCKET" rclone mkdir "aws:$INTEROP_BUCKET"
    step buckets list rclone lsd aws:
    each_line "$INTEROP_KEYS_FILE" key
    for name in 'with space.txt' 'plus+plus' 'equal=sign' 'colon:at@'; do
      step queries "list $name" listed "$name"
      url "$name"
    done
    step streaming 'a file of 300 kB' large
    tree "$scratch/tree"
    step sync 'up, check, down' synced
    changed "$scratch/tree"
    step sync 'up, check, down, after changes' synced
    step copies 'copy, in parts' copied
    step delete purge purged
    step delete large rclone deletefile "aws:$INTEROP_BUCKET/large"
    ;;
  one) step one s3 put one.txt one ;;
esac
say done
