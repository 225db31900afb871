echo a.sh
