echo all.sh
