# Takes the state of the files of a Linux host with AIDE, and sends it to a bucket in which the host can change nothing.
#
# Nothing is compared here, and no baseline is kept here: whoever controls the host could change either. A function compares what is
# sent with the baseline. What the host can still do is lie about its files, so the package of AIDE is verified, and the state says how.
#
# Run by Systems Manager as root, with a POSIX shell, after the lines of packages.sh. Its document sets, in lines before those:
#   SOC2_BUCKET, SOC2_PREFIX   where states are sent to; the prefix ends with a slash
#   SOC2_PATHS                 what is looked at, with blanks between; no path has one
#   SOC2_RULES                 the same for AIDE: lines of its configuration, which refer to the group SOC2
#   AWS_DEFAULT_REGION         the Region of the bucket
set -eu
umask 077
LC_ALL=C
PATH=$PATH:/usr/sbin:/sbin:/usr/local/bin:/snap/bin
export LC_ALL PATH

say() { printf 'file integrity: %s\n' "$1"; }
fail() {
  printf 'file integrity: %s\n' "$1" >&2
  exit 1
}

# Whether the files of AIDE are as its package has them: no line when they are.
verify_aide() {
  if has rpm && rpm -q aide >/dev/null 2>&1; then
    rpm -V aide 2>&1 || true
  elif has dpkg && dpkg -s aide >/dev/null 2>&1; then
    dpkg --verify aide 2>&1 || true
  else
    echo 'AIDE is of no package that this host knows'
  fi
}

# Who was signed in, newest first.
logins() {
  if has last; then
    timeout 30 last -F -i -w -n 200 2>&1 || true
  fi
  if has who; then
    timeout 30 who -u 2>&1 || true
  fi
}

# How many files have names that are no text in UTF-8.
nameless() {
  # Folders that are not there say so, and no name counts twice.
  # shellcheck disable=SC2086
  find $SOC2_PATHS -print0 2>/dev/null | tr '\n' ' ' | LC_ALL=C.UTF-8 grep -zcavx '.*' || true
}

# The configuration of AIDE, for the attributes in the first argument.
configure() {
  printf '%s\n' "database_out=file:$work/aide.db" 'gzip_dbout=no' 'report_url=stdout' "SOC2 = $1" "$SOC2_RULES" >"$work/aide.conf"
}

# Names of the section before every line, so that nothing in a line can look like another section.
section() { sed "s/^/$1 /"; }

has aide || install aide >&2 || fail 'AIDE is not here and could not be installed from the repositories of this host'
install_aws >&2 || fail 'the AWS CLI is not here and could not be installed: put it into the image'

case $(aide --version 2>&1 | head -n 1) in
*' 0.1'[0-7]*)
  # Such a name would hide a file: the check fails, and its absence is told.
  unseen=$(nameless)
  [ "$unseen" -eq 0 ] || fail "this AIDE is older than 0.18 and does not see $unseen files, whose names are no text: look for them, remove them, or update AIDE"
  ;;
esac

work=$(mktemp -d "${TMPDIR:-/var/tmp}/soc2-file-integrity.XXXXXXXX")
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM

# Some hosts have an AIDE that was built without access lists and labels: it says so, and the rest is looked at.
attributes='ftype+p+l+u+g+s+sha256'
configure "$attributes+acl+xattrs+selinux"
if aide --config="$work/aide.conf" --config-check >"$work/aide.log" 2>&1; then
  attributes="$attributes+acl+xattrs+selinux"
else
  configure "$attributes"
fi

started=$(date -u +%Y-%m-%dT%H:%M:%SZ)
code=0
nice -n 19 aide --config="$work/aide.conf" --init >"$work/aide.log" 2>&1 || code=$?
if [ "$code" -ne 0 ]; then
  tail -n 20 "$work/aide.log" >&2
  fail "AIDE ended with code $code"
fi
[ "$(tail -n 1 "$work/aide.db")" = '@@end_db' ] || fail 'AIDE did not finish its database: look whether the disk is full'

identity=$(aws sts get-caller-identity --query UserId --output text) || fail 'this host has no role: give it an instance profile'
host=${identity#*:}
{
  echo '@@soc2-state 1'
  {
    echo "host $host"
    echo "started $started"
    echo "finished $(date -u +%Y-%m-%dT%H:%M:%SZ)"
    echo "system $(uname -srm)"
    echo "booted $(cat /proc/sys/kernel/random/boot_id 2>/dev/null || echo unknown)"
    echo "aide $(aide --version 2>&1 | head -n 1)"
    echo "attributes $attributes"
    echo "rules $(printf '%s' "$SOC2_RULES" | sha256sum | cut -d ' ' -f 1)"
  } | section C
  verify_aide | section V
  logins | section L
  echo '@@soc2-database'
} >"$work/state"
cat "$work/aide.db" >>"$work/state"
gzip -c "$work/state" >"$work/state.gz"

key="${SOC2_PREFIX}inbox/$host/$identity/$(date -u +%Y%m%dT%H%M%SZ)-$$.gz"
aws s3 cp --only-show-errors "$work/state.gz" "s3://$SOC2_BUCKET/$key" || fail "the state could not be sent to s3://$SOC2_BUCKET/$key"
say "sent the state of $(grep -c '^/' "$work/aide.db" || true) files to s3://$SOC2_BUCKET/$key"
