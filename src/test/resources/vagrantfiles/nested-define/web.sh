echo web.sh
