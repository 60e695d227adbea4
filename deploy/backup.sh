#!/bin/sh
# Dumps the record at DATABASE_URL into a folder, then forgets dumps older than BACKUP_KEEP_DAYS (14 unless set):
#   DATABASE_URL=postgresql://… sh deploy/backup.sh FOLDER
# The dump is of one moment, whatever is written meanwhile. A dump that failed leaves nothing, and ends with a code.
set -eu
# Dumps hold what is withheld from readers.
umask 077
folder=${1:?say into which folder}
keep=${BACKUP_KEEP_DAYS:-14}
dump="$folder/parley-$(date -u +%Y%m%dT%H%M%SZ).dump"

trap 'rm -f "$dump.part"' EXIT
pg_dump --format=custom --no-owner --no-privileges --file="$dump.part" "${DATABASE_URL:?say of which database}"
# Whether it can be read again, from its beginning to its end.
pg_restore --file=/dev/null "$dump.part"
mv "$dump.part" "$dump"
find "$folder" -name 'parley-*.dump' -mtime +"$keep" -delete
echo "$dump"
