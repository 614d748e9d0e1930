# Prints PgBouncer's version, then SHOW CONFIG with a column more: how it reads the value, found by trying some.
cd /tmp || exit
write() {
  printf '%s\n' '[databases]' '[pgbouncer]' 'unix_socket_dir = /tmp' 'listen_port = 6432' 'auth_type = any' 'admin_users = asker' "$@" >ask.ini
}
start() {
  write "$@"
  : >ask.log
  pgbouncer ask.ini >ask.log 2>&1 </dev/null &
  until grep -qE 'process up|FATAL|invalid value' ask.log || ! kill -0 $! 2>/dev/null; do sleep 0.01; done
}
stop() {
  kill -KILL $! 2>/dev/null
  wait $! 2>/dev/null
  rm -f .s.PGSQL.6432
}
takes() {
  start "$1 = $2"
  stop
  ! grep -q "invalid value \"$2\" for parameter $1 " ask.log
}
pgbouncer --version | sed -n 's/^PgBouncer //p'
start
psql --no-psqlrc --no-align --tuples-only --field-separator='|' --host=/tmp --port=6432 --username=asker --command='SHOW CONFIG' pgbouncer >config
stop
while IFS='|' read -r key value default changeable; do
  if takes "$key" x; then type=text; elif takes "$key" 0.5; then type=seconds; elif takes "$key" 1; then type=integer; else type=word; fi
  printf '%s|%s|%s|%s\n' "$key" "$default" "$changeable" "$type"
done <config
