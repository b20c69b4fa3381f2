#!/bin/sh
# Installs what comes from Debian: fonts and text layout for letters (fonts), Chromium for tests in a browser (the one without
# a window, which does the same with half the work; where it is not to be had the other one) and the library that Playwright's
# driver is linked with (browser), RabbitMQ for tests with the
# broker of production (broker), nginx for those of the proxy before it (proxy), dovecot for those of the mailbox that
# is read (mailbox), clamd for those of the virus scanner (scanner), xmlsec1 for the provider of SAML in tests (saml). Nothing needs LibreOffice (office),
# which makes better PDFs of decisions in Word.
# As root it installs what is missing; otherwise it stops with the exact command.
set -eu
wanted=""
# a package that was removed is still known to dpkg, as config-files
installed() { [ "$(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null)" = installed ]; }
need() { installed "$1" || wanted="$wanted $1"; }
windowless() { # who has no network waits ten seconds, not minutes
  quick="-o Acquire::Retries=0 -o Acquire::http::Timeout=10 -qq"
  apt-get update $quick && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends $quick chromium-headless-shell
}
browser() {
  if installed chromium-headless-shell; then return; fi
  if [ "$(id -u)" -eq 0 ] && windowless >/dev/null 2>&1; then return; fi
  need chromium
}
for kind in "$@"; do
  case "$kind" in
    # Noto: letters of nearly all scripts; DejaVu: symbols; WenQuanYi: Chinese, Japanese and Korean in 5 MB (that of
    # Noto takes 91 MB); the last one: emoji. See processes/post/pdf.py.
    fonts) need libpango-1.0-0; need libpangoft2-1.0-0; need libharfbuzz-subset0; need fonts-dejavu-core
      need fonts-noto-core; need fonts-wqy-microhei; need fonts-noto-color-emoji ;;
    browser) browser; need libatomic1 ;;
    broker) need rabbitmq-server ;;
    proxy) need nginx ;;
    mailbox) need dovecot-imapd ;;
    scanner) need clamav-daemon ;;
    saml) need xmlsec1 ;;
    office) need libreoffice-writer-nogui ;;
    *) echo "onbekend: $kind" >&2; exit 2 ;;
  esac
done
[ -n "$wanted" ] || exit 0
command="apt-get install -y --no-install-recommends$wanted"
if [ "$(id -u)" -ne 0 ]; then
  echo "Deze pakketten ontbreken. Voer dit uit en probeer het opnieuw:" >&2
  echo "  sudo apt-get update && sudo $command" >&2
  exit 1
fi
apt-get update -qq
DEBIAN_FRONTEND=noninteractive $command -qq >/dev/null
