import { type Member, type Topology, allMembers } from "@matriarch/topology";

const SHAPES: Record<Member["kind"], (text: string) => string> = {
  etcd: (text) => `{{"${text}"}}`,
  postgresql: (text) => `[("${text}")]`,
  haproxy: (text) => `(["${text}"])`,
  pgbouncer: (text) => `(["${text}"])`,
};

/**
 * Identifiers without hyphens: Mermaid reads `--` inside a word as the start of an arrow. With the kind in front none is a
 * word of Mermaid's own (`end`), or the name of something else in the picture.
 */
function id({ kind, name }: { readonly kind: Member["kind"] | "datacenter"; readonly name: string }): string {
  return `${kind}_${name.replaceAll("-", "_")}`;
}

function label(member: Member): string {
  const ports = member.published.map(({ service, hostPort }) => `${service} ${hostPort}`);
  return [member.name, member.kind === member.name ? "" : member.kind, ports.join(", ")].filter((line) => line !== "").join("<br>");
}

function remark(topology: Topology, member: Member): string {
  return topology.postgresql.some(({ name, promotable }) => name === member.name && !promotable) ? "<br>never promoted by itself" : "";
}

/** A Mermaid flow chart of this very topology: who dials whom, datacenter by datacenter. */
export function renderDiagram(topology: Topology): string {
  const boxes = topology.datacenters.flatMap((datacenter) => {
    const members = allMembers(topology).filter((member) => member.datacenter === datacenter);
    if (members.length === 0) return [];
    const lines = members.map((member) => `    ${id(member)}${SHAPES[member.kind](label(member) + remark(topology, member))}`);
    return [`  subgraph ${id({ kind: "datacenter", name: datacenter })}["${datacenter}"]`, ...lines, "  end"];
  });
  const edges = [
    ...topology.pgbouncer.flatMap((pooler) => [
      `  clients -->|6432| ${id(pooler)}`,
      ...topology.haproxy
        .filter(({ name }) => name === pooler.balancer)
        .map((balancer) => `  ${id(pooler)} -->|5000 rw, 5001 ro| ${id(balancer)}`),
    ]),
    ...topology.haproxy.flatMap((balancer) => [
      `  clients -->|5000 rw, 5001 ro| ${id(balancer)}`,
      ...topology.postgresql.map((node) => `  ${id(balancer)} --> ${id(node)}`),
    ]),
    ...topology.postgresql.flatMap((node) => topology.etcd.map((etcd) => `  ${id(node)} -.->|lease| ${id(etcd)}`)),
  ];
  return ["flowchart LR", '  clients(("clients"))', ...boxes, ...edges, ""].join("\n");
}
