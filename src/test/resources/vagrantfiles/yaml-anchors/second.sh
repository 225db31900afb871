echo second.sh
