echo real.sh
