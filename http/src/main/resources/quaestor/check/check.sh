#!/bin/sh
# Checks every record of this bundle with sha256sum and awk alone:
#
#   1. each JSON has the SHA-256 that stands before it;
#   2. each JSON names the hash of the record before it, and the next number;
#   3. each policy and each catalog is word for word the one in its record.
#
# It does not check signatures: whoever can write these files could have made all hashes anew.
# See CHECK.md. Exit status: 0 all is so, 1 something is not.
set -eu
cd "$(dirname "$0")"
export LC_ALL=C

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

fail() {
  echo "FAILED: $1" >&2
  exit 1
}

sums() {
  if command -v sha256sum >/dev/null; then sha256sum -c "$1"; else shasum -a 256 -c "$1"; fi
}

# A process for each record would be slow. So awk writes each JSON, without its line end, to a file
# of its own, for some thousand records at a time, and one sha256sum reads them all.
check_part() {
  rm -rf "$work/json"
  mkdir "$work/json"
  awk -v first="$2" -v dir="$work/json/" '{
    name = "record-" (first + NR)
    print substr($0, 1, 64) "  " name > (dir "list")
    printf "%s", substr($0, 66) > (dir name)
    close(dir name)
  }' "$1"
  (cd "$work/json" && sums list) >"$work/result" 2>/dev/null || true
  lines=$(($(wc -l <"$1")))
  if [ "$(grep -c ': OK$' "$work/result")" -ne "$lines" ]; then
    bad=$(grep -v ': OK$' "$work/result" | head -n 1 | cut -d: -f1)
    fail "${bad:-a record after number $2} does not have the hash before it"
  fi
}

records=0
for segment in chain-*.log; do
  before=$records
  split -a 4 -l 4000 "$segment" "$work/part."
  for part in "$work"/part.*; do
    check_part "$part" "$records"
    records=$((records + lines))
    rm "$part"
  done
  echo "ok    $segment: $((records - before)) records, each JSON has the hash before it"
done

files=$(find policies catalogs -type f 2>/dev/null | wc -l)
cat chain-*.log | awk -v files="$files" '
  BEGIN {
    prev = sprintf("%064d", 0)
    while ((getline row < "documents.tsv") > 0) {
      split(row, column, "\t")
      file[column[1]] = column[2]
    }
  }
  {
    want = " {\"prev\":\"" prev "\",\"seq\":" NR ","
    if (substr($0, 65, length(want)) != want) {
      bad = "record " NR " does not name the record before it"
      exit
    }
    prev = substr($0, 1, 64)
    if (NR in file) {
      text = ""
      getline text < file[NR]
      close(file[NR])
      want = ",\"event\":" text "}"
      if (substr($0, length($0) - length(want) + 1) != want) {
        bad = file[NR] " is not what record " NR " says"
        exit
      }
      documents++
    }
  }
  END {
    if (bad == "" && documents + 0 != files + 0) {
      bad = "policies and catalogs hold " files + 0 " files, but the records " documents + 0
    }
    if (bad != "") {
      print "FAILED: " bad > "/dev/stderr"
      exit 1
    }
    print "ok    " NR " records, each names the one before; head " prev
    print "ok    " documents + 0 " policies and catalogs are those of their records"
    print "note  signatures and the tree were not checked here; check.go does that (CHECK.md)"
  }'
