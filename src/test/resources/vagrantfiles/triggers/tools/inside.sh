echo inside.sh
