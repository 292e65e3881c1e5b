#!/usr/bin/env bash
. "$(dirname "$0")/../things.sh"

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export AWS_CONFIG_FILE=$scratch/config AWS_PAGER=
printf '[default]\ns3 =\n  addressing_style = path\n  signature_version = s3v4\n' >"$AWS_CONFIG_FILE"

aws() { "$INTEROP_CACHE/py/bin/aws" --endpoint-url "$INTEROP_ENDPOINT" "$@"; }
put() { aws s3api put-object --bucket "$INTEROP_BUCKET" --key "$1" --body "$2"; }
there_and_back() {
  printf '%s' "$1" >"$scratch/body"
  put "$1" "$scratch/body" && aws s3api get-object --bucket "$INTEROP_BUCKET" --key "$1" "$scratch/back" && same "$(cat "$scratch/back")" "$1"
}
listed() { same "$(aws s3api list-objects-v2 --bucket "$INTEROP_BUCKET" --prefix "$1" --query 'Contents[].Key' --output text)" "$1"; }
copied() {
  head -c 300000 /dev/zero >"$scratch/large"
  aws s3 cp --no-progress "$scratch/large" "s3://$INTEROP_BUCKET/large" && aws s3 cp --no-progress "s3://$INTEROP_BUCKET/large" - | cmp - "$scratch/large"
}
synced() {
  # LastModified has whole seconds: what was written and sent in one second would be newer than its object.
  sleep 1
  aws s3 sync --quiet --delete "$scratch/tree" "s3://$INTEROP_BUCKET/tree" && rm -rf "$scratch/back" || return 1
  aws s3 sync --quiet "s3://$INTEROP_BUCKET/tree" "$scratch/back" && diff -r "$scratch/tree" "$scratch/back" || return 1
  same "$(aws s3 sync --dryrun --delete "$scratch/tree" "s3://$INTEROP_BUCKET/tree")" ''
}
moved() { aws s3 cp --quiet "s3://$INTEROP_BUCKET/tree/large" "s3://$INTEROP_BUCKET/moved" && aws s3 cp --quiet "s3://$INTEROP_BUCKET/moved" - | cmp - "$scratch/tree/large"; }
removed() { aws s3 rm --quiet --recursive "s3://$INTEROP_BUCKET/tree" && same "$(aws s3 ls --recursive "s3://$INTEROP_BUCKET/tree/")" ''; }
key() {
  step keys "$1" there_and_back "$1"
}
url() { say presigned "$1" "$(aws s3 presign "s3://$INTEROP_BUCKET/$1" --expires-in 300)"; }

case $1 in
  all)
    step buckets "$INTEROP_BUCKET" aws s3api create-bucket --bucket "$INTEROP_BUCKET"
    step buckets list aws s3 ls
    each_line "$INTEROP_KEYS_FILE" key
    # One process a call is slow: the queries and URLs of three keys stand for all.
    for name in 'with space.txt' 'plus+plus' 'ünïcödé/日本語'; do
      step queries "prefix=$name" listed "$name"
      url "$name"
    done
    step streaming 's3 cp of 300 kB' copied
    tree "$scratch/tree"
    step sync 'up and down' synced
    changed "$scratch/tree"
    step sync 'up and down, after changes' synced
    step copies 'a large object' moved
    step delete 'rm --recursive' removed
    step metadata encoded aws s3api put-object --bucket "$INTEROP_BUCKET" --key meta --metadata note=gr%C3%BC%C3%9Fe
    step delete large aws s3 rm "s3://$INTEROP_BUCKET/large"
    step sts GetCallerIdentity aws sts get-caller-identity
    step dynamodb ListTables aws dynamodb list-tables
    ;;
  one)
    case $INTEROP_SERVICE in
      s3) printf one >"$scratch/body"; step one s3 put one.txt "$scratch/body" ;;
      sts) step one sts aws sts get-caller-identity ;;
      dynamodb) step one dynamodb aws dynamodb list-tables ;;
    esac
    ;;
esac
say done
