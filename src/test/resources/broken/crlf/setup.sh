#!/bin/sh
set -e
mkdir -p /srv/lab
echo ready
