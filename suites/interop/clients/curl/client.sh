#!/usr/bin/env bash
. "$(dirname "$0")/../things.sh"

# The keys are read from a file, so that no other user of the machine sees them among the arguments.
config=$(mktemp)
trap 'rm -f "$config"' EXIT
printf 'user = "%s:%s"\n' "$AWS_ACCESS_KEY_ID" "$AWS_SECRET_ACCESS_KEY" >"$config"

# curl_signed SERVICE TARGET ARGS...: the body of a success; the error body and 1 otherwise.
curl_signed() {
  local service=$1 target=$2 answer status
  shift 2
  answer=$(curl -sS --config "$config" --path-as-is --aws-sigv4 "aws:amz:$AWS_REGION:$service" -w '\n%{http_code}' "$@" "$INTEROP_ENDPOINT$target") || return
  status=${answer##*$'\n'}
  printf '%s' "${answer%$'\n'*}"
  ((status < 300))
}
# curl 7.88 sends no x-amz-content-sha256, which S3 wants; given, it is signed.
s3() {
  local target=$1 body=${2-}
  local hash
  hash=$(printf '%s' "$body" | sha256sum | cut -d' ' -f1)
  shift $(($# > 1 ? 2 : 1))
  curl_signed s3 "$target" -H "x-amz-content-sha256: $hash" "$@"
}
put() { s3 "$1" "$2" -X PUT --data-binary "$2" -H 'content-type: text/plain'; }
path_of() { printf '/%s/%s' "$INTEROP_BUCKET" "$(encoded "$1" /)"; }
there_and_back() {
  put "$(path_of "$1")" "$1" && same "$(s3 "$(path_of "$1")")" "$1"
}
identity() { curl_signed sts / -d 'Action=GetCallerIdentity&Version=2011-06-15'; }
key() { step keys "$1" there_and_back "$1"; }
query() {
  step queries "s3 ?$1" s3 "/$INTEROP_BUCKET?$1"
  step queries "execute-api ?$1" curl_signed execute-api "/prod/a?$1"
}

case $1 in
  all)
    step buckets "$INTEROP_BUCKET" s3 "/$INTEROP_BUCKET" '' -X PUT
    each_line "$INTEROP_KEYS_FILE" key
    each_line "$INTEROP_QUERIES_FILE" query
    step metadata 'grüße, 世界' s3 "/$INTEROP_BUCKET/meta" meta -X PUT --data-binary meta -H 'x-amz-meta-note: grüße, 世界'
    step sts GetCallerIdentity identity
    ;;
  one)
    case $INTEROP_SERVICE in
      s3) step one s3 put "/$INTEROP_BUCKET/one.txt" one ;;
      sts) step one sts identity ;;
      execute-api) step one execute-api curl_signed execute-api '/prod/a?x=1' ;;
    esac
    ;;
esac
say done
