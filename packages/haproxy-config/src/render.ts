import {
  byPath,
  DAEMON_USERS,
  type RenderedFile,
  SECRETS,
  type SecretFile,
  type Secrets,
  secretValue,
  type Topology,
} from "@matriarch/topology";
import { CANCEL_SCRIPT, deriveCancel, deriveHaproxy, deriveUsers } from "./derive.ts";
import { formatCancel, formatHaproxy, formatUsers } from "./format.ts";

/** `haproxy.cfg` and `cancel.lua` of every HAProxy member, sorted by path. */
export function renderHaproxy(topology: Topology): RenderedFile[] {
  return topology.haproxy
    .flatMap((member): RenderedFile[] => [
      { path: `${member.name}/haproxy.cfg`, content: formatHaproxy(deriveHaproxy(topology, member)), mode: 0o444 },
      { path: `${member.name}/${CANCEL_SCRIPT}`, content: formatCancel(deriveCancel(topology)), mode: 0o444 },
    ])
    .toSorted(byPath);
}

/**
 * `users.cfg` of every HAProxy member, sorted by path: HAProxy reads it after `haproxy.cfg`.
 * @throws RangeError when the password is missing (`secretsOf` names all that a topology needs), or is not printable
 */
export function renderHaproxySecrets(topology: Topology, secrets: Secrets): SecretFile[] {
  const content = formatUsers(deriveUsers(topology, secretValue(secrets, SECRETS.balancerAdmin.variable)));
  return topology.haproxy
    .map((member): SecretFile => ({ path: `${member.name}/users.cfg`, content, mode: 0o400, owner: DAEMON_USERS.haproxy.id }))
    .toSorted(byPath);
}
