echo prepare.sh
