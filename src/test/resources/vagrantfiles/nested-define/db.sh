echo db.sh
