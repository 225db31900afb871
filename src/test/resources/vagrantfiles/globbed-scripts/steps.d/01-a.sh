echo 01-a.sh
