echo install.sh
