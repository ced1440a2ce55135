# Scans the files of a Linux host with ClamAV. What came of it is a report in JSON: on standard output, and in a bucket.
#
# It has two proofs: how old the definitions are, and what became of every file. It ends with an error unless there is nothing to tell,
# so that State Manager calls the host non-compliant: something was found, the definitions are missing or old, or files were not looked at.
# Names of files are text of whoever made them: bytes that are not plain become %XX, as in an address.
#
# Run by Systems Manager as root, with a POSIX shell, after the lines of packages.sh. Its document sets, in lines before those:
#   SOC2_BUCKET, SOC2_PREFIX    where reports are sent to; the prefix ends with a slash
#   SOC2_PATHS, SOC2_IGNORED    what is scanned, and what of it is not, with blanks between; no path has one
#   SOC2_DEFINITIONS            the folder of the definitions
#   SOC2_DEFINITION_HOURS       how old they may be
#   AWS_DEFAULT_REGION          the Region of the bucket
set -eu
umask 077
LC_ALL=C
PATH=$PATH:/usr/sbin:/sbin:/usr/local/bin:/snap/bin
export LC_ALL PATH
most=500

fail() {
  printf 'antivirus: %s\n' "$1" >&2
  exit 1
}
instant() { date -u -d "@$1" +%Y-%m-%dT%H:%M:%SZ; }

# Amazon Linux has versions of ClamAV side by side; elsewhere the program for updates has one of two names.
install_clamav() {
  if has apt-get; then
    install clamav clamav-freshclam
  else
    install clamav1.4 clamav1.4-freshclam || install clamav clamav-freshclam || install clamav clamav-update || install clamav
  fi
}

# Lines as text of JSON. With an argument, all of it is one line.
encoded() {
  od -An -v -tx1 | awk -v whole="${1:-}" '
    function value(digit) { return index("0123456789abcdef", digit) - 1 }
    {
      for (at = 1; at <= NF; at++) {
        if ($at == "0a" && !whole) { print line; line = ""; continue }
        byte = 16 * value(substr($at, 1, 1)) + value(substr($at, 2, 1))
        plain = byte >= 32 && byte < 127 && byte != 34 && byte != 37 && byte != 92
        line = line (plain ? sprintf("%c", byte) : "%" toupper($at))
      }
    }
    END { if (line != "") print line }'
}

# An array of JSON from encoded lines.
texts() { awk 'BEGIN { printf "[" } { printf "%s\"%s\"", (NR > 1 ? ", " : ""), $0 } END { printf "]" }'; }

# An array of JSON from lines of ClamAV: the name of a file, a colon, and what became of it.
files() {
  separator=''
  printf '['
  head -n "$most" "$1" | encoded | while IFS= read -r line; do
    name=${line%: *}
    case $name in "$work/names/"*) name=$(readlink -n "$name" | encoded whole) ;; esac
    result=${line##*: }
    printf '%s\n    { "file": "%s", "result": "%s" }' "$separator" "$name" "${result% FOUND}"
    separator=,
  done
  printf ']'
}
count() { wc -l <"$1" | tr -d ' '; }
words() { echo "$1" | tr ' ' '\n' | sed '/^$/d'; }

# When a file of definitions was made: containers of ClamAV say it in their header, of others the file knows when it was written.
built() {
  case $1 in
  *.cvd | *.cld | *.cud) seconds=$(head -c 512 "$1" | tr -d '\0\n' | cut -d : -f 9 | tr -cd 0-9) ;;
  *) seconds=$(stat -c %Y "$1") ;;
  esac
  echo "${seconds:-0}"
}

# Files that ClamAV reads definitions from.
definitions() {
  find "$SOC2_DEFINITIONS" -maxdepth 1 -type f ! -name '*[!A-Za-z0-9._-]*' \
    \( -name '*.c[luv]d' -o -name '*.?db' -o -name '*.?sb' -o -name '*.yar*' \) 2>/dev/null | sort
}

# Bring the definitions up to date, and say how. What counts is how old they are then.
update() {
  if ! has freshclam; then
    echo 'there is no freshclam on this host'
  elif pgrep -x freshclam >/dev/null 2>&1; then
    # A service that was just installed is at it.
    waits=90
    while [ -z "$(definitions)" ] && [ "$waits" -gt 0 ]; do
      sleep 10
      waits=$((waits - 1))
    done
    echo 'by the service that runs on the host'
  elif timeout 900 freshclam --stdout >"$work/freshclam" 2>&1; then
    echo 'done by this run'
  else
    echo "failed: $(grep -v '^ *$' "$work/freshclam" | tail -n 1 | cut -c 1-300 | encoded)"
  fi
}

problem() { printf '%s\n' "$1" | encoded >>"$work/problems"; }

has clamscan || install_clamav >&2 || fail 'ClamAV is not here and could not be installed: add a repository that has it, or put it into the image'
install_aws >&2 || fail 'the AWS CLI is not here and could not be installed: put it into the image'
identity=$(aws sts get-caller-identity --query UserId --output text) || fail 'this host has no role: give it an instance profile'
host=${identity#*:}

work=$(mktemp -d "${TMPDIR:-/var/tmp}/soc2-clamav.XXXXXXXX")
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM
mkdir "$work/names"
for name in problems list results walk errors found partly unread refused gone absent; do : >"$work/$name"; done
started=$(date -u +%Y-%m-%dT%H:%M:%SZ)

# The first proof: definitions. The daily ones count, where they are; they are made anew every day.
updated=$(update)
newest=0
definitions >"$work/definitions"
decisive=$(grep '/daily\.c[luv]d$' "$work/definitions" || cat "$work/definitions")
for file in $decisive; do
  seconds=$(built "$file")
  [ "$seconds" -le "$newest" ] || newest=$seconds
done
age=$((($(date +%s) - newest) / 3600))
outdated=
if [ -z "$decisive" ]; then
  problem "there are no definitions in $SOC2_DEFINITIONS: files were not scanned"
elif [ "$age" -gt "$SOC2_DEFINITION_HOURS" ]; then
  outdated=yes
  problem "the definitions are $age hours old, and may be $SOC2_DEFINITION_HOURS"
elif [ "$age" -lt -24 ]; then
  outdated=yes
  problem 'the definitions are of tomorrow: look at the clock of the host'
fi

# The second proof: files. ClamAV reads a list, one name a line; names that do not fit into one are scanned by a link.
there=
for path in $SOC2_PATHS; do
  if [ -e "$path" ]; then there="$there $path"; else echo "$path" >>"$work/absent"; fi
done
set -- -path "$work"
for path in $SOC2_IGNORED; do set -- "$@" -o -path "$path"; done
long=$(printf '%1000s' '' | tr ' ' '?')
if [ -n "$there" ]; then
  # shellcheck disable=SC2016,SC2086
  find -H $there -xdev \( "$@" \) -prune -o -type f \( -path '*[[:cntrl:]]*' -o -path "$long*" \) -exec sh -c '
    folder=$1; shift; number=0
    for file; do number=$((number + 1)); ln -s -- "$file" "$folder/$$-$number" || true; done' sh "$work/names" {} + \
    -o -type f -print >"$work/walk.list" 2>"$work/walk" || true
  find "$work/names" -type l >>"$work/walk.list"
  sort -u "$work/walk.list" >"$work/list"
fi

scanned=
code=0
if [ -n "$decisive" ] && [ -s "$work/list" ]; then
  scanned=yes
  nice -n 19 clamscan --database="$SOC2_DEFINITIONS" --no-summary --alert-exceeds-max=yes --file-list="$work/list" \
    >"$work/results" 2>"$work/errors" || code=$?
elif [ ! -s "$work/list" ]; then
  problem 'there is no file to scan'
fi

# ClamAV says a line of each file. What is larger than its limits it reads in part, or not at all.
grep ' FOUND$' "$work/results" | grep -v ': Heuristics\.Limits\.Exceeded[^ ]* FOUND$' >"$work/found" || true
grep ': Heuristics\.Limits\.Exceeded[^ ]* FOUND$' "$work/results" >"$work/partly" || true
grep -v -e ' FOUND$' -e ': OK$' -e ': Empty file$' "$work/results" >"$work/unread" || true
grep -v ': No such file or directory$' "$work/walk" | sed "s/^[a-z]*: .\(.*\).: \([^:]*\)$/\1: \2/" >>"$work/unread" || true
sed -n "s/^WARNING: \(.*\): Can't access file$/\1/p" "$work/errors" | while IFS= read -r file; do
  if [ -e "$file" ]; then echo "$file: Can't access file" >>"$work/refused"; else echo "$file" >>"$work/gone"; fi
done
cat "$work/refused" >>"$work/unread"
silent=$(($(count "$work/list") - $(count "$work/results") - $(count "$work/refused") - $(count "$work/gone")))
[ ! -s "$work/unread" ] || problem "$(count "$work/unread") files or folders could not be read"
if [ -n "$scanned" ] && { [ "$silent" -ne 0 ] || { [ "$code" -gt 1 ] && [ ! -s "$work/unread" ] && [ ! -s "$work/gone" ]; }; }; then
  problem "ClamAV ended with code $code and said nothing of $silent files: $(tail -n 1 "$work/errors")"
fi

if [ -s "$work/found" ]; then
  state=found
elif [ ! -s "$work/results" ]; then
  state='not scanned'
elif [ -n "$outdated" ]; then
  state='definitions outdated'
elif [ -s "$work/problems" ]; then
  state=incomplete
else
  state=clean
fi

cat >"$work/report" <<EOF
{
  "host": "$host",
  "state": "$state",
  "problems": $(texts <"$work/problems"),
  "started": "$started",
  "finished": "$(date -u +%Y-%m-%dT%H:%M:%SZ)",
  "definitions": {
    "built": $([ "$newest" -gt 0 ] && printf '"%s"' "$(instant "$newest")" || echo null),
    "ageInHours": $([ "$newest" -gt 0 ] && echo "$age" || echo null),
    "mayBeHours": $SOC2_DEFINITION_HOURS,
    "update": "$updated",
    "files": $(while read -r file; do echo "${file##*/} $(instant "$(built "$file")")"; done <"$work/definitions" | encoded | texts)
  },
  "scan": {
    "scanner": "$(clamscan --version 2>&1 | head -n 1 | encoded)",
    "paths": $(words "$there" | texts),
    "absentPaths": $(texts <"$work/absent"),
    "ignoredPaths": $(words "$SOC2_IGNORED" | texts),
    "otherFileSystems": $(awk -v paths="$SOC2_PATHS" '
      BEGIN { count = split(paths, path, " ") }
      { for (at = 1; at <= count; at++) if ($2 == path[at]) next }
      { for (at = 1; at <= count; at++) if (index($2, path[at] "/") == 1) { print $2; next } }' /proc/self/mounts | sort -u | encoded | texts),
    "files": $(count "$work/results"),
    "found": $(count "$work/found"),
    "beyondLimits": $(count "$work/partly"),
    "unreadable": $(count "$work/unread"),
    "goneMeanwhile": $(count "$work/gone")
  },
  "found": $(files "$work/found"),
  "beyondLimits": $(files "$work/partly"),
  "unreadable": $(files "$work/unread")
}
EOF
cat "$work/report"

key="$SOC2_PREFIX$identity/$(date -u +%Y%m%dT%H%M%SZ)-$$.json"
aws s3 cp --only-show-errors "$work/report" "s3://$SOC2_BUCKET/$key" --content-type application/json ||
  fail "the report could not be sent to s3://$SOC2_BUCKET/$key"
[ "$state" = clean ] || fail "$state: see s3://$SOC2_BUCKET/$key"
