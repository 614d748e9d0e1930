import { DAEMON_USERS, NODE_ROLES, type Topology, allMembers, peersOf } from "@matriarch/topology";
import { anyTopology, topologyOf } from "@matriarch/topology/testing";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { containerOf } from "./containers.ts";

function containersOf(topology: Topology) {
  return allMembers(topology).map((member) => ({ topology, member, container: containerOf(topology, member, peersOf(topology, member)) }));
}

describe("the container of any member of any valid topology", () => {
  test("runs as its daemon's number, with no capability, no way to more, and nothing to write on but its volume and memory", () => {
    fc.assert(
      fc.property(anyTopology, (resolved) => {
        for (const { member, container } of containersOf(resolved)) {
          const { id } = DAEMON_USERS[member.kind];
          expect(container).toMatchObject({
            user: `${id}:${id}`,
            read_only: true,
            cap_drop: ["ALL"],
            security_opt: ["no-new-privileges:true"],
          });
          expect(container).not.toHaveProperty("privileged");
          expect(container).not.toHaveProperty("cap_add");
          for (const mount of container.volumes) {
            if (mount.type === "bind") expect(mount).toMatchObject({ read_only: true });
            else expect([mount.source, mount.target]).toEqual([member.volume, member.layout.volume]);
          }
        }
      }),
    );
  });

  test("is limited in memory, processors and processes, and is given no secret", () => {
    fc.assert(
      fc.property(anyTopology, (resolved) => {
        for (const { member, container } of containersOf(resolved)) {
          expect(container).toMatchObject({ mem_limit: `${member.memoryKib}k`, memswap_limit: `${member.memoryKib}k`, cpus: member.cpus });
          expect(container.pids_limit).toBeGreaterThan(0);
          expect(container).not.toHaveProperty("environment");
          expect(container).not.toHaveProperty("env_file");
        }
      }),
    );
  });

  test("has its own addresses, a hosts line for each peer, and the published ports that the topology says", () => {
    fc.assert(
      fc.property(anyTopology, (resolved) => {
        for (const { topology, member, container } of containersOf(resolved)) {
          expect(container.extra_hosts).toEqual(peersOf(topology, member).map(({ name, address }) => `${name}:${address}`));
          expect(Object.entries(container.networks).map(([name, { ipv4_address }]) => [name, ipv4_address])).toEqual(
            Object.entries(member.addresses),
          );
          expect(container.ports).toHaveLength(member.published.length);
          for (const port of container.ports)
            expect(port.startsWith(`${topology.publishAddress}:`) || port.startsWith("127.0.0.1:")).toBe(true);
        }
      }),
    );
  });

  test("starts after every member of the kind that it needs is healthy, and one service builds each image", () => {
    fc.assert(
      fc.property(anyTopology, (resolved) => {
        const containers = containersOf(resolved);
        for (const { topology, member, container } of containers) {
          const before = NODE_ROLES[NODE_ROLES.indexOf(member.kind) - 1];
          const needed = before === undefined ? [] : topology[before].map(({ name }) => name);
          expect(container.depends_on).toEqual(Object.fromEntries(needed.map((name) => [name, { condition: "service_healthy" }])));
        }
        const builders = containers.filter(({ container }) => "build" in container).map(({ container }) => container.image);
        expect(builders.toSorted()).toEqual([...new Set(containers.map(({ container }) => container.image))].toSorted());
      }),
    );
  });
});

describe("what a container may open and start grows with its connections", () => {
  const containerOfKind = (kind: string, text: string) =>
    containersOf(topologyOf(`cluster: c\nnodes: { e: [etcd], n: [postgresql], b: [haproxy], p: [pgbouncer] }\n${text}`)).find(
      ({ member }) => member.kind === kind,
    )?.container;

  test("PgBouncer has a file descriptor for every client and server, whatever the engine's default is", () => {
    // Two databases with a role each and the lookup role, on two routes: 8 pools.
    expect(containerOfKind("pgbouncer", "pools: { size: 2, max_clients: 3000 }")).toMatchObject({
      ulimits: { nofile: { soft: 3080, hard: 3080 } },
    });
    expect(containerOfKind("etcd", "")).not.toHaveProperty("ulimits");
  });

  test("PostgreSQL has a process for every connection", () => {
    expect(containerOfKind("postgresql", "postgresql: { max_connections: 5000 }")?.pids_limit).toBe(5258);
    expect(containerOfKind("postgresql", "")?.pids_limit).toBe(1024);
  });
});

describe("limits fit what is started", () => {
  const limits = (text: string, name: string) => {
    const topology = topologyOf(`cluster: c\n${text}`);
    const found = containersOf(topology).find(({ member }) => member.name === name);
    if (found === undefined) throw new Error(`no ${name}`);
    return found.container;
  };
  const balancer = (rest: string, extra = "") =>
    limits(`nodes: { n: [etcd, postgresql], lb: { roles: [haproxy]${rest} } }\n${extra}`, "lb");

  test("a balancer of 128 processors may have its threads twice, for a reload, and more (haproxy#134)", () => {
    expect(balancer(", resources: { cpus: 128 }").pids_limit).toBeGreaterThan(2 * 64 + 8);
    expect(balancer("", "parameters: { haproxy: { nbthread: 64 } }").pids_limit).toBeGreaterThan(2 * 64 + 8);
    expect(balancer("").pids_limit).toBeLessThan(128);
  });

  test("a balancer of 200,000 connections on each port may open their files (docker-library/haproxy#254)", () => {
    const { ulimits } = balancer("", "balancer: { max_connections: 200000 }");
    expect(ulimits?.nofile.hard).toBeGreaterThan(4 * 200_000);
    expect(ulimits?.nofile.soft).toBe(ulimits?.nofile.hard);
  });

  const node = (memory: string, extra = "") =>
    limits(`nodes: { e: [etcd], n: { roles: [postgresql], resources: { memory: ${memory} } }, lb: [haproxy] }\n${extra}`, "n");
  const seconds = (period: string) => Number.parseInt(period, 10);

  test("a node of 256 GiB has time to write all of its shared_buffers when it stops", () => {
    expect(node("1GiB").stop_grace_period).toBe("60s");
    expect(seconds(node("256GiB").stop_grace_period)).toBeGreaterThan((64 * 1024) / 100);
    const larger = node("256GiB", 'parameters: { postgresql: { shared_buffers: "128GB" } }');
    expect(seconds(larger.stop_grace_period)).toBeGreaterThan(seconds(node("256GiB").stop_grace_period));
  });
});
