#!/bin/sh
# Version 2 has a bug: it ends at once.
exit 1
