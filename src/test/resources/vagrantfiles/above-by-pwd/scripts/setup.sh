echo setup.sh
