import { stringify } from "yaml";
import { compileTemplate } from "../targets/compose/template.ts";
import type { Answers } from "./answers.ts";
import { type StarterNode, starterNodes } from "./nodes.ts";
import { starter } from "./topology.hbs.ts";

const REPLICATION: Record<Answers["replication"], string> = {
  asynchronous: "No commit waits for a standby: a failover may lose the last moments of acknowledged writes.",
  synchronous: "A commit waits for one standby, chosen beforehand: no acknowledged write is lost when the primary dies.",
  quorum: "A commit waits for whichever standby confirms it first: no acknowledged write is lost when the primary dies.",
};

const TIMING: Record<Answers["timing"], string> = {
  fast: "For nodes near each other on a calm network: a lost host is replaced after about 20 s.",
  normal: "Room for slow disks and short stalls: a lost host is replaced after about 30 s.",
  "wide-area": "For datacenters far apart: a lost host is replaced after about a minute.",
};

const CERTIFICATES: Record<"true" | "false", string> = {
  true: "Clients present a certificate of the cluster's CA, and a password.",
  false: "Clients need a password and no certificate; between the daemons certificates are checked all the same.",
};

/** A name as YAML: some, like \`no\` or \`null\`, mean something else without quotes. */
function scalar(text: string): string {
  return stringify(text).trimEnd();
}

function formatNode({ roles, place, remote }: StarterNode, datacenters: readonly string[]): string {
  const list = `[${roles.join(", ")}]`;
  if (datacenters.length === 1) return list;
  const limits = remote ? ", promotable: false, synchronous: false" : "";
  return `{ roles: ${list}, datacenter: ${scalar(datacenters[place] ?? "")}${limits} }`;
}

const renderTemplate = compileTemplate(starter);

/** A commented topology without errors, whatever the answers; warnings name the risks of the smaller ones. */
export function renderStarter(answers: Answers): string {
  const { cluster, datacenters, replication, timing, clientCertificates } = answers;
  return renderTemplate({
    cluster: scalar(cluster),
    datacenters: datacenters.map(scalar).join(", "),
    two: datacenters.length === 2,
    nodes: starterNodes(answers).map((node) => ({ name: node.name, value: formatNode(node, datacenters) })),
    replication,
    replicationMeaning: REPLICATION[replication],
    timing,
    timingMeaning: TIMING[timing],
    clientCertificates,
    certificatesMeaning: CERTIFICATES[clientCertificates ? "true" : "false"],
  });
}
