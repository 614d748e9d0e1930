import { topologySchema } from "@matriarch/topology";
import { type Answers, LAYOUTS, REPLICATION_MODES, TIMINGS } from "./answers.ts";
import { MOST_DATACENTERS } from "./nodes.ts";

/** What an answer means, or what is wrong with it. */
export type Understood<Value> = { readonly value: Value } | { readonly problem: string };

/** One thing to know, however it is asked. */
export interface Question<Value> {
  readonly ask: string;
  /** The option that answers it beforehand. */
  readonly option: string;
  /** What may be answered, with what it means; absent where any name will do. */
  readonly choices?: Readonly<Record<string, string>>;
  readonly understand: (text: string) => Understood<Value>;
  /** Its part of all answers, as it would be typed. */
  readonly typed: (answers: Answers) => string;
}

function understandCluster(text: string): Understood<string> {
  const { success, data } = topologySchema.shape.cluster.safeParse(text);
  return success
    ? { value: data }
    : { problem: `"${text}" is no name for a cluster: lower-case letters, digits and hyphens, starting with a letter.` };
}

function understandDatacenters(text: string): Understood<readonly string[]> {
  const names = text.split(/[,\s]+/).filter((name) => name !== "");
  const repeated = names.find((name, index) => names.indexOf(name) < index);
  if (repeated !== undefined) return { problem: `"${repeated}" is there twice.` };
  if (names.length > MOST_DATACENTERS) {
    return {
      problem: `${names.length} datacenters are more than the ${MOST_DATACENTERS} nodes of PostgreSQL that this starts with; add others in the file.`,
    };
  }
  const { success, data } = topologySchema.shape.datacenters.safeParse(names);
  return success
    ? { value: data }
    : { problem: `"${text}" holds no names of datacenters: lower-case letters, digits and hyphens, separated by commas.` };
}

function oneOf<const Value extends string>(values: readonly Value[]): (text: string) => Understood<Value> {
  return (text) => {
    const value = values.find((candidate) => candidate === text);
    return value === undefined ? { problem: `"${text}" is not one of: ${values.join(", ")}.` } : { value };
  };
}

const understandYesOrNo = oneOf(["yes", "no"]);

/** Every question, in the order in which they are asked. */
export const QUESTIONS: { readonly [Key in keyof Answers]: Question<Answers[Key]> } = {
  cluster: { ask: "Name of the cluster", option: "--cluster", understand: understandCluster, typed: ({ cluster }) => cluster },
  datacenters: {
    ask: "Datacenters, the main one first, separated by commas",
    option: "--datacenters",
    understand: understandDatacenters,
    typed: ({ datacenters }) => datacenters.join(","),
  },
  layout: {
    ask: "Nodes",
    option: "--layout",
    choices: {
      compact: "three with etcd and PostgreSQL, one proxy for all clients",
      redundant: "three with etcd and PostgreSQL, two proxies, so that one may fail",
      separate: "three for etcd, three for PostgreSQL, two proxies",
    },
    understand: oneOf(LAYOUTS),
    typed: ({ layout }) => layout,
  },
  replication: {
    ask: "Replication",
    option: "--replication",
    choices: {
      asynchronous: "no commit waits; a failover may lose the last moments",
      synchronous: "a commit waits for one standby, chosen beforehand",
      quorum: "a commit waits for whichever standby is first",
    },
    understand: oneOf(REPLICATION_MODES),
    typed: ({ replication }) => replication,
  },
  timing: {
    ask: "Timing",
    option: "--timing",
    choices: {
      fast: "nodes near each other: a lost host is replaced after about 20 s",
      normal: "room for short stalls: about 30 s",
      "wide-area": "datacenters far apart: about a minute",
    },
    understand: oneOf(TIMINGS),
    typed: ({ timing }) => timing,
  },
  clientCertificates: {
    ask: "Must clients present a certificate, beside their password",
    option: "--client-certificates",
    choices: { yes: "safer; each client gets a key", no: "a password over TLS is enough" },
    understand: (text) => {
      const understood = understandYesOrNo(text);
      return "problem" in understood ? understood : { value: understood.value === "yes" };
    },
    typed: ({ clientCertificates }) => (clientCertificates ? "yes" : "no"),
  },
};

/** The same order, by name. */
export const QUESTION_KEYS = Object.keys(QUESTIONS) as readonly (keyof Answers)[];
