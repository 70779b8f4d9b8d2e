#!/bin/sh
# HELLO_ROOT is where the destinations are in a trial; empty on a real machine.
folder=$HELLO_ROOT/srv/hello
nohup "$folder/serve.sh" </dev/null >/dev/null 2>&1 &
echo $! >"$folder/pid"
echo "started process $!"
