# Starts each etcd, and prints its place and the line in which it says what it runs with.
data=/var/lib/etcd/member-data
while read -r place member; do
  ln -sfn "/sample/$place/rendered" /etc/matriarch/rendered/current
  ln -sfn "/sample/$place/secrets/$member" /etc/matriarch/secrets
  # The line is said at this level only.
  sed 's/^"log-level": .*/"log-level": "info"/' "/etc/matriarch/rendered/current/$member/etcd.yaml" >/tmp/etcd.yaml
  : >/tmp/log
  etcd --config-file /tmp/etcd.yaml >/tmp/log 2>&1 </dev/null &
  until grep -q '"starting an etcd server"' /tmp/log || ! kill -0 $! 2>/dev/null; do sleep 0.02; done
  kill -KILL $! 2>/dev/null || true
  wait $! 2>/dev/null || true
  printf '%s %s\n' "$place" "$(grep '"starting an etcd server"' /tmp/log || tail -n 1 /tmp/log)"
  rm -rf "$data"
done
