#!/bin/sh
set -e
echo "Starting the app"
. /etc/app.conf
echo "The app runs on port $PORT"
