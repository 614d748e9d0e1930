import { z } from "zod";
import type { TopologyPath } from "../diagnostic.ts";
import { complaintAbout, wordingOf } from "../parse/wording.ts";
import { publishVariable, SERVICES } from "../resolve/services.ts";
import type { PublishedService, Topology } from "../resolve/topology.ts";
import { NODE_ROLES } from "../roles.ts";
import { identifier, name, port } from "../schema/scalars.ts";
import type { ParsedTopology } from "../schema/schema.ts";

/** A variable of the environment file that overrides a key of the topology. */
export interface OverrideVariable {
  readonly variable: string;
  /** What the topology says without it; empty when it says nothing. */
  readonly current: string;
  /** What it overrides, for the comment in `.env.example`. */
  readonly purpose: string;
}

export interface OverrideRow extends OverrideVariable {
  readonly path: TopologyPath;
  /** The topology with the value in place, or what the text must be. */
  readonly apply: (topology: ParsedTopology, text: string) => ParsedTopology | string;
}

const trueOrFalse = z.enum(["true", "false"]).transform((text) => text === "true");
const portNumber = z
  .string()
  .regex(/^[0-9]{1,5}$/u, "must be a port between 1 and 65535")
  .transform(Number)
  .pipe(port);

function row<Value>(
  description: OverrideVariable & { readonly path: TopologyPath },
  schema: z.ZodType<Value>,
  write: (topology: ParsedTopology, value: Value) => ParsedTopology,
): OverrideRow {
  return {
    ...description,
    apply: (topology, text) => {
      const read = schema.safeParse(text, { error: wordingOf });
      return read.success ? write(topology, read.data) : complaintAbout(text, read.error.issues[0]?.message ?? "must be another value");
    },
  };
}

function clusterRows({ scope, tls, balancer }: Topology): OverrideRow[] {
  return [
    row({ variable: "SCOPE", path: ["cluster"], current: scope, purpose: "Name of the cluster." }, name, (topology, cluster) => ({
      ...topology,
      cluster,
    })),
    row(
      {
        variable: "VERIFY_CLIENT_CERT",
        path: ["tls", "client_certificates"],
        current: String(tls.clientCertificates),
        purpose: "Whether clients must present a certificate: true or false.",
      },
      trueOrFalse,
      (topology, client_certificates) => ({ ...topology, tls: { ...topology.tls, client_certificates } }),
    ),
    row(
      {
        variable: "ADMIN_HAPROXY_USER",
        path: ["balancer", "admin_user"],
        current: balancer.adminUser,
        purpose: "User of HAProxy's stats page and API.",
      },
      identifier,
      (topology, admin_user) => ({ ...topology, balancer: { ...topology.balancer, admin_user } }),
    ),
  ];
}

function withPublished(topology: ParsedTopology, nodeName: string, service: PublishedService, hostPort: number): ParsedTopology {
  const node = topology.nodes[nodeName];
  if (node === undefined) return topology;
  return { ...topology, nodes: { ...topology.nodes, [nodeName]: { ...node, publish: { ...node.publish, [service]: hostPort } } } };
}

const SERVICE_WORDS: Record<PublishedService, string> = {
  etcd: "etcd",
  postgresql: "PostgreSQL",
  patroni: "Patroni's REST API",
  rw: "the read-write port",
  ro: "the read-only port",
  stats: "the stats page",
  pgbouncer: "PgBouncer",
};

function publishRows(topology: Topology): OverrideRow[] {
  return NODE_ROLES.flatMap((kind) =>
    topology[kind].flatMap(({ node, published }) =>
      SERVICES[kind].map((service) => {
        const hostPort = published.find((candidate) => candidate.service === service.service)?.hostPort;
        return row(
          {
            variable: publishVariable(service, node, topology[kind].length === 1),
            path: ["nodes", node, "publish", service.service],
            current: hostPort === undefined ? "" : String(hostPort),
            purpose: `Port of this machine for ${SERVICE_WORDS[service.service]} at ${node}.`,
          },
          portNumber,
          (parsed, value) => withPublished(parsed, node, service.service, value),
        );
      }),
    ),
  );
}

/** Every variable that can override something of this topology, in the order of `.env.example`. */
export function overrideRows(topology: Topology): OverrideRow[] {
  return [...clusterRows(topology), ...publishRows(topology)];
}
