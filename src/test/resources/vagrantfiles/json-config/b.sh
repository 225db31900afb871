echo b.sh
