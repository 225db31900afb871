echo 02-b.sh
