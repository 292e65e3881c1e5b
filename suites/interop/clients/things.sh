# What every client without a program of its own is given to do, and how it says what came of it (see ../README.md).
# Sourced by the clients' scripts.
set -u

say() { local IFS=$'\t'; printf '%s\n' "$*"; }

# step NAME DETAIL COMMAND...: does one thing and says "ok", or "refused" with what the client says of it.
step() {
  local name=$1 detail=$2 said
  shift 2
  if said=$("$@" 2>&1); then say ok "$name" "$detail"; else say refused "$name" "$detail" "$(in_short "$said")"; fi
}

# An error body without its dumps of bytes.
in_short() { tr '\n\t' '  ' <<<"$1" | sed -E 's/<(StringToSign|CanonicalRequest)Bytes>[^<]*//g' | tail -c 3000; }

# each_line FILE COMMAND: runs COMMAND with every line of FILE as its argument.
each_line() {
  local line
  while IFS= read -r line; do [ -z "$line" ] || "$2" "$line"; done <"$1"
}

same() { [ "$1" = "$2" ] || { echo "came back changed: ${1:0:60}"; return 1; }; }

# encoded TEXT KEEP: percent-encodes the bytes of TEXT but unreserved ones and those in KEEP.
encoded() {
  local LC_ALL=C text=$1 keep=${2-} out='' at sign
  for ((at = 0; at < ${#text}; at++)); do
    sign=${text:at:1}
    case $sign in
      [A-Za-z0-9._~-]) out+=$sign ;;
      *) if [[ -n $keep && $keep == *"$sign"* ]]; then out+=$sign; else printf -v sign '%%%02X' "'$sign"; out+=${sign/FFFFFFFFFFFFFF/}; fi ;;
    esac
  done
  printf '%s' "$out"
}

# tree FOLDER: files for a sync, old enough that their dates are not those of their upload: empty, small, in folders, larger than one part.
tree() {
  mkdir -p "$1/a/b" "$1/with space" && : >"$1/empty" && head -c 12000000 /dev/urandom >"$1/large" || return 1
  printf 'odd\n' >"$1/with space/plus+plus ünïcödé.txt"
  local at
  for at in 1 2 3 4 5; do printf '%s\n' "$at" >"$1/a/b/$at.txt"; done
  find "$1" -exec touch -d '2020-01-01' {} +
}

# changed FOLDER: one file less, one more, one changed.
changed() { rm "$1/a/b/1.txt" && printf 'new\n' >"$1/a/new.txt" && printf 'other than before\n' >"$1/a/b/2.txt"; }
