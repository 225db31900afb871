echo dos.sh
