import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { type Member, type NodeRole, type Topology, allMembers, resolve, topologySchema } from "@matriarch/topology";
import { exampleSecrets, exampleTopology, validTopology } from "@matriarch/topology/testing";
import fc from "fast-check";
import { renderComposeBundle, renderComposeSecrets } from "../../targets/compose/render.ts";

/** Always the same ones: what fails once can be looked at again. */
const SEED = 3;
const SIZE = 200;

/** The example whose images the sample is checked in. */
export const EXAMPLE = "failsafe-quorum";
const CARRIED = new Set(exampleTopology(EXAMPLE).extensions.map((extension) => extension.package));

/** Whether the example's image of PostgreSQL has every extension; `extensions.checker` tries those of other packages. */
const fitsImage = ({ extensions, postgresqlVersion }: Topology) =>
  extensions.every((extension) => extension.package === `postgresql-${postgresqlVersion}` || CARRIED.has(extension.package));

/** Any topologies, by their place in the sample. */
export const SAMPLE: readonly Topology[] = fc.sample(
  validTopology.map((written) => resolve(topologySchema.parse(written))).filter(fitsImage),
  { seed: SEED, numRuns: SIZE },
);

/** One member of each topology that has any, in turn: those of one kind differ in little but their names. */
export function membersOf<Kind extends NodeRole>(kind: Kind): { readonly place: number; readonly member: Member<Kind> }[] {
  return SAMPLE.flatMap((topology, place) => {
    const members: readonly Member[] = topology[kind];
    const member = members[place % Math.max(1, members.length)];
    return member === undefined ? [] : [{ place, member: member as Member<Kind> }];
  });
}

/** Writes what containers would find: `<place>/rendered/…` and `<place>/secrets/<member>/…`, readable by every daemon. */
export async function writeSample(folder: string): Promise<void> {
  for (const [place, topology] of SAMPLE.entries()) {
    const members = new Set(allMembers(topology).map(({ name }) => name));
    const rendered = renderComposeBundle(topology, "0.0.0-sample")
      .filter(({ path: file }) => file === "compose.yaml" || members.has(file.split("/")[0] ?? ""))
      .map(({ path: file, content, mode }) => ({ file: path.join("rendered", file), content, mode: mode | 0o444 }));
    const secrets = renderComposeSecrets(topology, exampleSecrets(topology)).map(({ path: file, content }) => ({
      file: path.join("secrets", file),
      content,
      mode: 0o444,
    }));
    for (const { file, content, mode } of [...rendered, ...secrets]) {
      const target = path.join(folder, String(place), file);
      await mkdir(path.dirname(target), { recursive: true });
      await writeFile(target, content, { mode });
    }
  }
}
