echo common.sh
