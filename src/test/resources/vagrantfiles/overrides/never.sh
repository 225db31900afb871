echo never.sh
