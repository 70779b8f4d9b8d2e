#!/bin/sh
# The service must say what its message file says.
folder=$CODEDEPLOY_ROOT/srv/hello
for attempt in 1 2 3 4 5 6 7 8 9 10; do
  if cmp -s "$folder/said" "$folder/message.txt"; then
    echo "the service says: $(cat "$folder/said")"
    exit 0
  fi
  sleep 0.2
done
echo "the service does not answer" >&2
exit 1
