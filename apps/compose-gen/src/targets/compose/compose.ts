import { type NetworkName, type RenderedFile, type Topology, allMembers, peersOf, stringifyYaml } from "@matriarch/topology";
import { KEEPS_DATA, containerOf } from "./containers.ts";

/** `published`: the host's ports lead into it. No network reaches further than this machine. */
const NETWORK_KINDS: Record<NetworkName, "published" | "internal"> = {
  front: "published",
  database: "internal",
  pooled: "internal",
  dcs: "internal",
  operator: "published",
};

function networkOf(kind: "published" | "internal", subnet: string) {
  const ipam = { config: [{ subnet }] };
  return kind === "internal"
    ? { internal: true, ipam }
    : // Ports can be published, but nothing inside can call out: no address is translated on the way.
      { driver_opts: { "com.docker.network.bridge.enable_ip_masquerade": "false" }, ipam };
}

/** `compose.yaml`: the whole cluster in one file, without a secret and without a variable. */
export function renderCompose(topology: Topology): RenderedFile {
  const members = allMembers(topology);
  const used = Object.entries(NETWORK_KINDS).filter(([name]) => members.some((member) => name in member.addresses));
  const compose = {
    name: topology.scope,
    services: Object.fromEntries(members.map((member) => [member.name, containerOf(topology, member, peersOf(topology, member))])),
    networks: Object.fromEntries(used.map(([name, kind]) => [name, networkOf(kind, topology.networks[name as NetworkName])])),
    volumes: Object.fromEntries(members.filter(({ kind }) => KEEPS_DATA[kind]).map(({ volume }) => [volume, {}])),
  };
  return { path: "compose.yaml", content: stringifyYaml(compose).replaceAll("$", "$$$$"), mode: 0o444 };
}
