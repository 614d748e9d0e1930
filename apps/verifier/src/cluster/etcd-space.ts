import { layoutOf, SECRETS } from "@matriarch/topology";
import { type Healer, membersWith, memberWith } from "./cluster.ts";
import { environmentValue } from "./environment.ts";
import { type EtcdClient, keyOf, withEtcd } from "./etcd.ts";
import type { Harms } from "./harms.ts";
import type { Looks } from "./looks.ts";

/** One key, outside of what Patroni uses: every new value of it is kept until it is compacted away. */
const BALLAST = keyOf("/verifier/ballast");
/** A request may have 1.5 MiB, as base64 and all. The password and the token stand in no argument. */
const FILL = String.raw`set -eu; pki=$0 secrets=$1 key=$2 token=
ask() {
  printf 'Authorization: %s\n' "$token" | curl -sS --max-time 10 --noproxy '*' --cacert "$pki/etcd-ca.crt" --cert "$pki/server.crt" \
    --key "$pki/server.key" --header @- --data "@$2" "https://127.0.0.1:2379/v3/$1"
}
token=$(ask auth/authenticate "$secrets/root.json" | sed -n 's/.*"token": *"\([^"]*\)".*/\1/p')
[ -n "$token" ]
{ printf '{"key":"%s","value":"' "$key"; head -c 1000000 /dev/zero | base64 | tr -d '\n'; printf '"}'; } > /tmp/ballast.json
while [ -e /tmp/ballast.json ]; do
  if ask kv/put /tmp/ballast.json | grep 'database space exceeded' >/dev/null; then rm /tmp/ballast.json; fi
done`;

async function ask(etcd: EtcdClient, token: string, path: string, body: unknown): Promise<string> {
  const answer = await etcd.call(path, body, token);
  if (answer.status !== 200) throw new Error(`${path} answers ${answer.status}: ${answer.body}`);
  return answer.body;
}

async function asRoot<Value>(cluster: Looks, etcd: EtcdClient, work: (token: string) => Promise<Value>): Promise<Value> {
  const token = await etcd.logIn("root", await environmentValue(cluster.facts, SECRETS.etcdRoot.variable));
  if (token === null) throw new Error("etcd refuses root the password of the environment file");
  return work(token);
}

/** Writes until etcd has no space left: it then raises an alarm, and refuses whatever would need more. Done on a member: it is a lot. */
export async function fillSpace(cluster: Looks & Harms): Promise<void> {
  const member = memberWith(cluster.facts, "etcd");
  const { pki, secrets } = layoutOf("compose", "etcd", member.name);
  const { exitCode, stderr } = await cluster.alter(member, ["sh", "-c", FILL, pki, secrets, BALLAST]);
  if (exitCode !== 0) throw new Error(`etcd is not filled: exit code ${exitCode}: ${stderr}`);
}

/** Alarms that members of etcd have raised. */
interface Alarms {
  readonly alarms?: readonly { readonly memberID: string; readonly alarm: string }[];
}

/** Gives the space back, as an operator does: delete, compact, defragment each member, and only then take the alarms back. */
export async function clearSpace(cluster: Healer): Promise<void> {
  const members = membersWith(cluster.facts, "etcd");
  const onOne = (work: (etcd: EtcdClient, token: string) => Promise<void>, member = memberWith(cluster.facts, "etcd")) =>
    withEtcd(cluster, member, (etcd) => asRoot(cluster, etcd, (token) => work(etcd, token)));
  // It goes on for as long as its file is there, also when whoever started it was interrupted.
  await cluster.repair(memberWith(cluster.facts, "etcd"), ["rm", "-f", "/tmp/ballast.json"]);
  await onOne(async (etcd, token) => {
    const deleted = JSON.parse(await ask(etcd, token, "/v3/kv/deleterange", { key: BALLAST })) as { header: { revision: string } };
    const compacted = await etcd.call("/v3/kv/compaction", { revision: deleted.header.revision, physical: true }, token);
    // Compacted to that revision before: this was called twice, and nothing was written since.
    if (compacted.status !== 200 && !compacted.body.includes("compacted")) throw new Error(`etcd does not compact: ${compacted.body}`);
  });
  // One after the other: a member answers nobody while it does this.
  for (const member of members) await onOne(async (etcd, token) => void (await ask(etcd, token, "/v3/maintenance/defragment", {})), member);
  await onOne(async (etcd, token) => {
    const { alarms = [] } = JSON.parse(await ask(etcd, token, "/v3/maintenance/alarm", { action: "GET" })) as Alarms;
    for (const { memberID, alarm } of alarms) await ask(etcd, token, "/v3/maintenance/alarm", { action: "DEACTIVATE", memberID, alarm });
  });
}
