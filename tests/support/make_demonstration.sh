#!/bin/sh
# make_demonstration.sh TAIZHANG DIVISIONS FOLDER: makes a demonstration there in place of the last.
set -eu
[ -d "$2" ] || {
  echo "$2 is not there: nothing made, as no test over the country's tree is played without it"
  exit
}
rm -rf "$3"
"$1" --lang en demo "$3" --divisions "$2"
