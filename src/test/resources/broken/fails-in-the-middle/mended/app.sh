#!/bin/sh
set -e
echo "Starting the app"
[ -f /etc/app.conf ] || echo PORT=8080 > /etc/app.conf
. /etc/app.conf
echo "The app runs on port $PORT"
