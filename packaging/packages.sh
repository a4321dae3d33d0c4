# The Debian packages bantin needs, by name. Sourced by ./run and ./test; also the list for packagers.
build_packages="gcc libc6-dev meson ninja-build pkg-config libmicrohttpd-dev libsqlite3-dev libpq-dev libgumbo-dev libxml2-dev
  libzip-dev libsodium-dev libjansson-dev libunistring-dev libpango1.0-dev libcairo2-dev libvips-dev libbrotli-dev zlib1g-dev
  libseccomp-dev libcmocka-dev"
run_packages="pandoc bubblewrap fontconfig fonts-liberation2 fonts-noto-core ca-certificates"
test_packages="clang libclang-rt-14-dev postgresql-15 chromium nginx-light wrk poppler-utils epubcheck
  libreoffice-writer-nogui curl unzip zip strace netcat-openbsd sqlite3 imagemagick espeak-ng util-linux procps"
# Debian's npm brings its own nodejs; where another one is installed it serves as well.
command -v npm >/dev/null 2>&1 || test_packages="$test_packages nodejs npm"

# install_missing PACKAGE…: installs what is not there yet, as root or through sudo; otherwise prints the line to run and stops.
install_missing()
{
    missing=
    for package in "$@"; do
        case $(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null) in
        installed) ;;
        *) missing="$missing $package" ;;
        esac
    done
    [ -n "$missing" ] || return 0
    as_root=
    if [ "$(id -u)" -ne 0 ]; then
        if command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
            as_root=sudo
        else
            echo "bantin needs packages that are not installed. As an administrator, run:" >&2
            echo "    apt-get update && apt-get install --no-install-recommends$missing" >&2
            exit 1
        fi
    fi
    echo "installing:$missing" >&2
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get update -qq >&2 &&
        $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >&2 ||
        { echo "bantin: the packages could not be installed; see above" >&2; exit 1; }
}
