echo site.sh
