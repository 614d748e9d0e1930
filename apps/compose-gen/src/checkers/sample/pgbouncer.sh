# Starts each PgBouncer, and prints its place, what its console shows, and its log. Between the parts stands U+001E, between
# the poolers U+001D.
export PGPASSWORD='secret of PGBOUNCER_ADMIN_PASSWORD'
part=$(printf '\036')
while read -r place member; do
  ln -sfn "/sample/$place/rendered" /etc/matriarch/rendered/current
  ln -sfn "/sample/$place/secrets/$member" /etc/matriarch/secrets
  pgbouncer "/etc/matriarch/rendered/current/$member/pgbouncer.ini" >/tmp/log 2>&1 </dev/null &
  tries=0
  # One that lets nobody in is never ready.
  until pg_isready --quiet || ! kill -0 $! 2>/dev/null || [ "$tries" -ge 200 ]; do
    tries=$((tries + 1))
    sleep 0.02
  done
  printf '%s%s' "$place" "$part"
  printf '%s\n' "SHOW CONFIG;" "\\echo $part" "SHOW DATABASES;" "\\echo $part" "SHOW USERS;" |
    psql --no-psqlrc --no-align --pset=footer=off --field-separator="$(printf '\037')" 2>&1 || true
  kill -KILL $! 2>/dev/null || true
  wait $! 2>/dev/null || true
  rm -f /run/pgbouncer/.s.PGSQL.6432
  printf '%s' "$part"
  cat /tmp/log
  printf '\035'
done
