# Says what HAProxy's checker says of each file that it does not accept in silence, and how many it was given.
# The entrypoint makes it; without it HAProxy remarks that it knows nothing of the servers.
echo 1 >/run/haproxy/servers.state
count=0
while read -r place member; do
  ln -sfn "/sample/$place/rendered" /etc/matriarch/rendered/current
  ln -sfn "/sample/$place/secrets/$member" /etc/matriarch/secrets
  # More threads than this machine has processors would be a warning about this machine.
  sed 's/^  nbthread .*/  nbthread 1/' "/etc/matriarch/rendered/current/$member/haproxy.cfg" >/tmp/haproxy.cfg
  said=$(haproxy -dW -c -V -f /tmp/haproxy.cfg -f /etc/matriarch/secrets/users.cfg 2>&1 </dev/null) || said="exit code $?: $said"
  [ "$said" = "Configuration file is valid" ] || printf '%s %s: %s\n' "$place" "$member" "$said"
  count=$((count + 1))
done
echo "$count checked"
