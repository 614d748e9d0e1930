# Says what the image of PostgreSQL holds that a topology can name, a line each: "program NAME", and for each library
# "library PACKAGE NAME", then whether a starting server and a session can load it and whether it archives (yes or no).
set -eu
data=/tmp/asked
libraries=$(pg_config --pkglibdir)
export PGHOST=/tmp PGUSER=postgres PGDATABASE=postgres

(
  IFS=:
  for folder in $PATH; do
    for file in "$folder"/*; do
      if [ -x "$file" ] && [ ! -d "$file" ]; then echo "program ${file##*/}"; fi
    done
  done
) | sort -u

initdb --no-sync --auth=trust --username=postgres --pgdata=$data >/dev/null 2>&1
answer() { if "$@" >/dev/null 2>&1; then echo yes; else echo no; fi; }

# A value that is computed from the libraries: they are loaded for it.
for file in "$libraries"/*.so; do
  library=$(basename "$file" .so)
  echo "$library $(answer postgres -D $data -c shared_preload_libraries="$library" -C shared_memory_size)" >> /tmp/at-start
done

pg_ctl start --silent --wait --pgdata=$data --log=/tmp/asked.log --options='-c listen_addresses= -c unix_socket_directories=/tmp'
while read -r library starts; do
  file="$libraries/$library.so"
  package=$(dpkg --search "$file" | cut -d: -f1)
  session=$(answer psql --no-psqlrc --command "LOAD '$library'")
  echo "library $package $library $starts $session $(answer grep --quiet _PG_archive_module_init "$file")"
done < /tmp/at-start
pg_ctl stop --silent --mode=immediate --pgdata=$data
