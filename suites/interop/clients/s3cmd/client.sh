#!/usr/bin/env bash
. "$(dirname "$0")/../things.sh"

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
host=${INTEROP_ENDPOINT#http://}
cat >"$scratch/s3cfg" <<CONFIG
[default]
access_key = $AWS_ACCESS_KEY_ID
secret_key = $AWS_SECRET_ACCESS_KEY
host_base = $host
host_bucket = $host
bucket_location = $AWS_REGION
use_https = False
signature_v2 = False
max_retries = 1
CONFIG
unset AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY

s3cmd() { command s3cmd --config="$scratch/s3cfg" --no-progress "$@"; }
put() { s3cmd put "$1" "s3://$INTEROP_BUCKET/$2"; }
there_and_back() {
  printf '%s' "$1" >"$scratch/body"
  put "$scratch/body" "$1" && s3cmd get --force "s3://$INTEROP_BUCKET/$1" "$scratch/back" && same "$(cat "$scratch/back")" "$1"
}
listed() { s3cmd ls "s3://$INTEROP_BUCKET/$1" | grep -F "s3://$INTEROP_BUCKET/$1"; }
large() { head -c 300000 /dev/zero >"$scratch/large" && put "$scratch/large" large; }
key() { step keys "$1" there_and_back "$1"; }
query() { step queries "prefix=$1" listed "$1"; }

case $1 in
  all)
    step buckets "$INTEROP_BUCKET" s3cmd mb "s3://$INTEROP_BUCKET"
    step buckets list s3cmd ls
    each_line "$INTEROP_KEYS_FILE" key
    each_line "$INTEROP_KEYS_FILE" query
    printf meta >"$scratch/meta"
    step metadata encoded s3cmd --add-header='x-amz-meta-note: gr%C3%BC%C3%9Fe' put "$scratch/meta" "s3://$INTEROP_BUCKET/meta"
    step streaming 'a file of 300 kB' large
    step delete large s3cmd del "s3://$INTEROP_BUCKET/large"
    ;;
  one) printf one >"$scratch/body"; step one s3 put "$scratch/body" one.txt ;;
esac
say done
