# What scripts for Linux hosts share: these lines are put before theirs.

has() { command -v "$1" >/dev/null 2>&1; }

# Install packages from the repositories of the host.
install() {
  if has dnf; then
    dnf -q -y install "$@"
  elif has yum; then
    yum -q -y install "$@"
  elif has apt-get; then
    apt-get -q -y update
    DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=300 --no-install-recommends install "$@"
  elif has zypper; then
    zypper -q -n install "$@"
  else
    return 1
  fi
}

# Have the command line tool of AWS.
install_aws() {
  has aws || install awscli2 || install awscli || { has snap && snap install aws-cli --classic; }
}

