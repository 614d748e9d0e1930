import { allMembers, peersOf } from "@matriarch/topology";
import { anyTopology, oneIn, readYaml } from "@matriarch/topology/testing";
import fc from "fast-check";
import { expect, test } from "vitest";
import { renderCompose } from "./compose.ts";
import { KEEPS_DATA, containerOf } from "./containers.ts";

/** A dollar starts a variable of compose's, unless it stands twice. */
function undoubled(text: string): string {
  const single = text.replaceAll("$$", "");
  if (single.includes("$")) throw new SyntaxError("compose would expand a variable");
  return text.replaceAll("$$", "$");
}

test("compose reads any topology as its containers, with the networks that they are in and the volumes that they keep", () => {
  fc.assert(
    fc.property(anyTopology, (topology) => {
      const members = allMembers(topology);
      const networks = new Set(members.flatMap(({ addresses }) => Object.keys(addresses)));
      const read = readYaml(undoubled(renderCompose(topology).content));
      expect(read).toEqual({
        name: topology.scope,
        services: Object.fromEntries(members.map((member) => [member.name, containerOf(topology, member, peersOf(topology, member))])),
        networks: Object.fromEntries(
          [...networks].map((name) => [
            name,
            expect.objectContaining({ ipam: { config: [{ subnet: topology.networks[name as keyof typeof topology.networks] }] } }),
          ]),
        ),
        volumes: Object.fromEntries(members.filter(({ kind }) => KEEPS_DATA[kind]).map(({ volume }) => [volume, {}])),
      });
    }),
    // The largest file, read twice.
    oneIn(10),
  );
});
