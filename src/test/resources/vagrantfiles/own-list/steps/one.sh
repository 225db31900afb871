echo one.sh
