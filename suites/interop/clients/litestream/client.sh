#!/usr/bin/env bash
. "$(dirname "$0")/../things.sh"

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
unset AWS_CA_BUNDLE
cat >"$scratch/litestream.yml" <<CONFIG
dbs:
  - path: $scratch/db
    replica:
      type: s3
      bucket: $INTEROP_BUCKET
      path: db
      endpoint: $INTEROP_ENDPOINT
      region: $AWS_REGION
      force-path-style: true
CONFIG

litestream() { timeout 60 "$INTEROP_CACHE/py-more/bin/litestream" "$@"; }
sql() { python3 -c 'import sqlite3, sys; at = sqlite3.connect(sys.argv[1]); at.executescript(sys.argv[2]); at.commit(); at.close()' "$scratch/db" "$1"; }
made() { sql 'PRAGMA journal_mode=wal; CREATE TABLE t (n INTEGER, x BLOB); WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 3000) INSERT INTO t SELECT n, randomblob(1000) FROM c;'; }
more() { sql 'INSERT INTO t SELECT n + 3000, x FROM t WHERE n < 100; DELETE FROM t WHERE n % 7 = 0;'; }
rows() { python3 -c 'import hashlib, sqlite3, sys; print(hashlib.sha256(repr(sqlite3.connect(sys.argv[1]).execute("SELECT * FROM t ORDER BY n").fetchall()).encode()).hexdigest())' "$1"; }
replicated() { litestream replicate -config "$scratch/litestream.yml" -once; }
restored() {
  rm -f "$scratch/back" && litestream restore -config "$scratch/litestream.yml" -o "$scratch/back" "$scratch/db" && same "$(rows "$scratch/back")" "$(rows "$scratch/db")"
}

made
case $1 in
  all)
    step streaming 'a database, replicated' replicated
    step sync 'restored, the same rows' restored
    more
    step streaming 'what changed, replicated' replicated
    step sync 'restored, the same rows again' restored
    step queries 'what is there, listed' litestream ltx -config "$scratch/litestream.yml" "$scratch/db"
    ;;
  one) step one s3 replicated ;;
esac
say done
