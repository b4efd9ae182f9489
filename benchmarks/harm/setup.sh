#!/bin/sh
# Fetch documentation packages for `python -m benchmarks.harm`, beside those of benchmarks/quality/setup.sh.
#
#   benchmarks/harm/setup.sh [PYTHON]
#
# Nothing is installed, and nothing fetched here belongs in the repository.
set -eu
python=${1:-python3}
cache=${XDG_CACHE_HOME:-$HOME/.cache}/textfix-bench/docs
mkdir -p "$cache"
cd "$cache"

for p in zarm vditor hexo-theme-next uview-ui cherry-markdown; do
  [ -d "npm-$p" ] && continue
  mkdir -p "npm-$p.part"
  tar -xzf "$(npm pack --silent "$p")" -C "npm-$p.part"
  rm -f ./*.tgz
  mv "npm-$p.part" "npm-$p"
done
for p in pypinyin akshare wechatpy; do
  [ -d "pypi-$p" ] && continue
  mkdir -p "pypi-$p.part"
  "$python" -m pip download -q --no-deps --no-binary :all: "$p"
  tar -xzf "$p"-*.tar.gz -C "pypi-$p.part"
  rm -f "$p"-*.tar.gz
  mv "pypi-$p.part" "pypi-$p"
done
