import { NODE_ROLES, type RenderedFile, type Topology, allMembers, layoutOf } from "@matriarch/topology";
import { clusterScript } from "./cluster.hbs.ts";
import { imageName } from "./containers.ts";
import { firstService } from "./service-file.ts";
import { compileTemplate } from "./template.ts";

const renderTemplate = compileTemplate(clusterScript);

function names(members: readonly { readonly name: string }[]): string {
  return members.map(({ name }) => name).join(" ");
}

/** The operator's script: starts, stops and looks after this one cluster. */
export function renderClusterScript(topology: Topology): RenderedFile {
  const content = renderTemplate({
    scope: topology.scope,
    services: names(allMembers(topology)),
    processors: allMembers(topology)
      .map(({ name, cpus }) => `${name} ${cpus}`)
      .join(" "),
    nodes: names(topology.postgresql),
    balancers: names(topology.haproxy),
    poolers: names(topology.pgbouncer),
    // Seconds after which Patroni has certainly begun another round.
    patroniRound: topology.timing.loopWait + 1,
    etcd: names(topology.etcd),
    majority: Math.floor(topology.etcd.length / 2) + 1,
    images: NODE_ROLES.filter((kind) => topology[kind].length > 0)
      .map((kind) => imageName(topology, kind))
      .join(" "),
    bin: topology.platform.postgresqlBin(topology.postgresqlVersion),
    run: layoutOf(topology.target, "postgresql", "").run,
    balancerRun: layoutOf(topology.target, "haproxy", "").run,
    firstService: firstService(topology)?.name ?? "",
    // The engine's own templates use the same braces as this file's.
    open: "{{",
    close: "}}",
  });
  return { path: "cluster", content, mode: 0o555 };
}
