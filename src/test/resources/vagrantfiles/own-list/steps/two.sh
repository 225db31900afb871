echo two.sh
