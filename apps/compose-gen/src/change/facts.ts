import { createHash } from "node:crypto";
import { byPath, allMembers, type Member, NODE_ROLES, type RenderedFile, type Topology } from "@matriarch/topology";
import { z } from "zod";

const memberSchema = z.object({
  /** `<node>-<daemon>`. */
  id: z.string(),
  kind: z.enum(NODE_ROLES),
  node: z.string(),
  /** Container, host name and folders. */
  name: z.string(),
  /** What Patroni or etcd calls it. */
  instance: z.string(),
  /** `null`: it keeps no data. */
  volume: z.string().nullable(),
  addresses: z.record(z.string(), z.string()),
  /** Whether Patroni may promote it, and commits may wait for it; of PostgreSQL's members. */
  promotable: z.boolean(),
  synchronous: z.boolean(),
  /** Hashes of its container's definition, of what goes into its image, of its rendered files; empty where nobody knows. */
  container: z.string(),
  image: z.string(),
  files: z.string(),
});

const factsSchema = z.object({
  scope: z.string(),
  replication: z.enum(["asynchronous", "synchronous", "quorum"]),
  networks: z.record(z.string(), z.string()),
  members: z.array(memberSchema),
});

/** A member of a generation, as far as a change of it matters. */
export type MemberFacts = Readonly<z.infer<typeof memberSchema>>;

/** What of a generation decides whether another one may take its place, and what that disturbs. */
export type Facts = Readonly<z.infer<typeof factsSchema>>;

/** Name of the rendered file that holds them; `./cluster up` keeps the one that it applied. */
export const FACTS_FILE = "members.json";

function hashOf(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

function hashOfFiles(files: readonly RenderedFile[], folder: string): string {
  const below = files.filter(({ path }) => path.startsWith(`${folder}/`)).toSorted(byPath);
  return hashOf(JSON.stringify(below.map(({ path, content, mode }) => [path, content, mode])));
}

/** What a target knows of a member beside its files. */
interface OfTarget {
  readonly keepsData: boolean;
  readonly container: unknown;
}

/** The facts of a generation. `files` are all its other rendered files. */
export function factsOf(topology: Topology, files: readonly RenderedFile[], ofTarget: (member: Member) => OfTarget): Facts {
  const postgresql = new Map(topology.postgresql.map((member) => [member.id, member]));
  return {
    scope: topology.scope,
    replication: topology.replication.mode,
    networks: topology.networks,
    members: allMembers(topology).map((member) => {
      const { keepsData, container } = ofTarget(member);
      const { id, kind, node, name, instance, volume, addresses } = member;
      return {
        id,
        kind,
        node,
        name,
        instance,
        volume: keepsData ? volume : null,
        addresses,
        promotable: postgresql.get(id)?.promotable ?? false,
        synchronous: postgresql.get(id)?.synchronous ?? false,
        container: hashOf(JSON.stringify(container)),
        image: hashOfFiles(files, `images/${kind}`),
        files: hashOfFiles(files, name),
      };
    }),
  };
}

export function formatFacts(facts: Facts): string {
  return `${JSON.stringify(facts, null, 2)}\n`;
}

/** The facts that a text holds; `undefined` where it holds none. */
export function parseFacts(text: string): Facts | undefined {
  try {
    return factsSchema.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}
