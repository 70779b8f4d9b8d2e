#!/bin/sh
folder=$CODEDEPLOY_ROOT/srv/hello
[ ! -f "$folder/pid" ] || kill "$(cat "$folder/pid")" 2>/dev/null
rm -f "$folder/pid" "$folder/said"
echo "stopped"
