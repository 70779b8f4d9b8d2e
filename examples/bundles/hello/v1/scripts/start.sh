#!/bin/sh
# CODEDEPLOY_ROOT is where the destinations are in a trial; there is none on a real machine.
folder=$CODEDEPLOY_ROOT/srv/hello
nohup "$folder/serve.sh" </dev/null >/dev/null 2>&1 &
echo $! >"$folder/pid"
echo "started process $!"
