#!/bin/sh
# A tiny service: says its version into a file every tenth of a second.
folder=$(dirname "$0")
while :; do
  cp "$folder/message.txt" "$folder/said.new" && mv "$folder/said.new" "$folder/said"
  sleep 0.1
done
