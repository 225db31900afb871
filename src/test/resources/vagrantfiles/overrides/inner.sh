echo inner.sh
