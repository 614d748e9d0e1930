import { readFile } from "node:fs/promises";
import path from "node:path";
import { NODE_ROLES } from "@matriarch/topology";
import { parse } from "yaml";
import { z } from "zod";

/** Names of nodes. */
const names = z.array(z.string());

/** Seconds, where the name says nothing else. */
const timing = z.object({
  ttl: z.number(),
  loopWait: z.number(),
  retryTimeout: z.number(),
  primaryStartTimeout: z.number(),
  /** The balancer's checks, and how many of them have to fail. */
  checkIntervalMs: z.number(),
  checkFastIntervalMs: z.number(),
  checkFall: z.number(),
});

/** What the bundle promises. What its daemons were told is another matter: a probe compares the two. */
const promises = z.object({
  replication: z.object({
    mode: z.enum(["synchronous", "quorum", "asynchronous"]),
    synchronousStandbys: z.number(),
    /** Whether commits wait for ever when nobody is left to wait for. */
    strict: z.boolean(),
    /** `null`: no lag keeps a standby from being promoted. */
    maxLagOnFailoverKib: z.number().nullable(),
    neverPromoted: names,
    neverSynchronous: names,
  }),
  withoutEtcd: z.enum(["read-only", "failsafe"]),
  reads: z.object({ maxLagKib: z.number(), primaryAsFallback: z.boolean() }),
  pools: z.object({ mode: z.enum(["session", "transaction", "statement"]), maxClients: z.number() }),
  clientCertificates: z.boolean(),
  timing,
});

/** Only what is an interval, or none, has a low and a high end. */
const outcome = z.object({ kind: z.string(), low: z.number().default(0), high: z.number().default(0) });

const service = z.object({
  container_name: z.string(),
  labels: z.object({ "matriarch.role": z.enum(NODE_ROLES), "matriarch.datacenter": z.string(), "matriarch.instance": z.string() }),
  ports: z.array(z.string()),
  volumes: z.array(z.object({ type: z.string(), source: z.string() })),
  networks: z.record(z.string(), z.object({ ipv4_address: z.string() })),
});

const parameters = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]));

/** What the verifier has to know of a bundle's files; what else is in them is theirs. */
export const BUNDLE_FILES = {
  compose: z.object({ name: z.string(), services: z.record(z.string(), service) }),
  /** Patroni's dynamic configuration, whole. */
  dynamic: z.looseObject({ postgresql: z.looseObject({ parameters }) }),
  /** A node's patroni.yml. */
  node: z.object({ postgresql: z.object({ parameters: parameters.default({}) }) }),
  manifest: z.object({ matriarch: z.string() }),
  promises: z.object({ promises, outages: z.array(z.object({ fault: z.string(), outcome })) }),
} as const;

export type Compose = z.infer<typeof BUNDLE_FILES.compose>;
export type Dynamic = z.infer<typeof BUNDLE_FILES.dynamic>;
export type PromisesFile = z.infer<typeof BUNDLE_FILES.promises>;
export type Promises = PromisesFile["promises"];

/** Reads the files that are in force in a bundle. */
export interface BundleReader {
  readonly text: (file: string) => Promise<string>;
  /** A file of YAML or JSON. Throws where it is not as it should be, with the file and every place in it. */
  readonly data: <Schema extends z.ZodType>(file: string, schema: Schema) => Promise<z.infer<Schema>>;
}

export function bundleReader(directory: string): BundleReader {
  const text = (file: string) => readFile(path.join(directory, "rendered/current", file), "utf8");
  return {
    text,
    data: async (file, schema) => {
      const { data, error } = schema.safeParse(parse(await text(file)));
      if (error) throw new Error(`${file} of ${directory} is not what this version of Matriarch writes: ${z.prettifyError(error)}`);
      return data;
    },
  };
}
