import {
  byPath,
  DAEMON_USERS,
  type RenderedFile,
  SECRETS,
  type SecretFile,
  type Secrets,
  secretValue,
  SERVICE_USERS,
  type Topology,
} from "@matriarch/topology";
import { deriveAuthScript, deriveConfig } from "./derive.ts";
import { formatAuthScript } from "./format-auth-script.ts";
import { formatConfig } from "./format-config.ts";

/** `etcd.yaml` and `enable-auth.sh` of every etcd member, sorted by path. */
export function renderEtcd(topology: Topology): RenderedFile[] {
  return topology.etcd
    .flatMap((member): RenderedFile[] => [
      { path: `${member.name}/etcd.yaml`, content: formatConfig(deriveConfig(topology, member)), mode: 0o444 },
      { path: `${member.name}/enable-auth.sh`, content: formatAuthScript(deriveAuthScript(topology, member)), mode: 0o555 },
    ])
    .toSorted(byPath);
}

const USERS = [
  { name: SERVICE_USERS.etcdRoot, variable: SECRETS.etcdRoot.variable },
  { name: SERVICE_USERS.etcdPatroni, variable: SECRETS.etcdPatroni.variable },
] as const;

/**
 * For every etcd member `<user>.json`: the body that adds a user, changes its password and logs it in.
 * @throws RangeError when a password is missing: `secretsOf` names all that a topology needs
 */
export function renderEtcdSecrets(topology: Topology, secrets: Secrets): SecretFile[] {
  return topology.etcd
    .flatMap((member) =>
      USERS.map(({ name, variable }): SecretFile => {
        const content = `${JSON.stringify({ name, password: secretValue(secrets, variable) })}\n`;
        return { path: `${member.name}/${name}.json`, content, mode: 0o400, owner: DAEMON_USERS.etcd.id };
      }),
    )
    .toSorted(byPath);
}
