import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { planPki, type Renewal } from "@matriarch/pki";
import { type Finding, formatLedger, hasErrors, secretsOf, type Topology } from "@matriarch/topology";
import { topologyOf } from "@matriarch/topology/testing";
import { beforeAll, describe, expect, test } from "vitest";
import { parse, stringify } from "yaml";
import { NOTHING_BEFORE, readBefore } from "../change/before.ts";
import { formatFacts } from "../change/facts.ts";
import { refusalsOf } from "../change/refusals.ts";
import { signer } from "../io/signer.ts";
import { appliedFrom, generationOf, nextOf } from "../testing/generations.ts";
import type { BlankSecrets } from "../passwords/missing.ts";
import { makeBundle, readTopology } from "../pipeline.ts";
import { ALL_RULES } from "../rules.ts";
import { temporaryFolder } from "../testing/folder.ts";
import { DIAGNOSTIC_CODES, type DiagnosticCode } from "./codes.ts";
import { PAGES } from "./pages.ts";

/** A cluster about which nothing is said: what the examples of the pages are parts of. */
const SOUND = {
  cluster: "sound",
  nodes: {
    etcd1: ["etcd"],
    etcd2: ["etcd"],
    etcd3: ["etcd"],
    pg1: ["postgresql"],
    pg2: ["postgresql"],
    pg3: ["postgresql"],
    edge1: ["haproxy", "pgbouncer"],
    edge2: ["haproxy", "pgbouncer"],
  },
};

interface Fragment {
  readonly nodes?: Readonly<Record<string, unknown>>;
}

/** The whole topology of an example: it names its cluster, or is a part of the sound one. */
function wholeOf(example: string): string {
  if (/^cluster:/m.test(example)) return example;
  const part = parse(example) as Fragment;
  return stringify({ ...SOUND, ...part, nodes: { ...SOUND.nodes, ...part.nodes } });
}

function read(text: string, environment = "", blanks: BlankSecrets = "fill"): readonly Finding[] {
  return readTopology({ text, file: "topology.yaml" }, { text: environment, file: ".env" }, blanks).diagnostics;
}

const SOUND_TEXT = stringify(SOUND);
const withEnvironment = (environment: string, blanks?: BlankSecrets) => () => read(SOUND_TEXT, environment, blanks);

/** What the rules say where the platform carries other versions. */
function onPlatform(versions: Partial<Topology["platform"]["versions"]>, example = ""): () => readonly Finding[] {
  return () => {
    const topology = topologyOf(wholeOf(`${example}\nplatform: debian-13`));
    const platform = { ...topology.platform, versions: { ...topology.platform.versions, ...versions } };
    return ALL_RULES.flatMap((rule) => rule({ ...topology, platform }));
  };
}

/** OpenSSL makes what it makes valid from now on. */
const NOW = Date.now();
const DAY = 24 * 60 * 60 * 1000;

/** What a first render leaves below `pki`. */
const disk = new Map<string, string>();

interface Change {
  readonly text?: string;
  readonly remove?: readonly string[];
  /** Path → path whose content takes its place. */
  readonly replace?: Readonly<Record<string, string>>;
  /** Path → text. */
  readonly write?: Readonly<Record<string, string>>;
  readonly days?: number;
  readonly renewal?: Renewal;
}

/** What is said about the sound cluster's certificates after a change. */
function certificates({ text = SOUND_TEXT, remove = [], replace = {}, write = {}, days = 1, renewal = "none" }: Change) {
  return (): readonly Finding[] => {
    const existing = new Map([...disk].filter(([name]) => !remove.includes(name)));
    for (const [name, other] of Object.entries(replace)) existing.set(name, disk.get(other) ?? "");
    for (const [name, content] of Object.entries(write)) existing.set(name, content);
    return planPki({ topology: topologyOf(text), existing, now: NOW + days * DAY, renewal, keys: signer }).findings;
  };
}

const BROUGHT = wholeOf("tls: { ca: { certificate: company.crt, key: company.key } }");

/** An authority as a company would bring it; below another one, whose certificate it leaves out, where that is named. */
async function company(extension: string, above?: string): Promise<Change> {
  const folder = await temporaryFolder();
  const kind = [
    "-newkey",
    "ec",
    "-pkeyopt",
    "ec_paramgen_curve:P-256",
    "-nodes",
    "-days",
    "9000",
    "-addext",
    "keyUsage=critical,keyCertSign",
  ];
  const make = (name: string, subject: string, ...options: readonly string[]) => {
    const files = ["-subj", subject, "-keyout", `${name}.key`, "-out", `${name}.crt`];
    execFileSync("openssl", ["req", "-x509", ...kind, ...files, ...options], { cwd: folder, stdio: "pipe" });
  };
  if (above !== undefined) make("above", above);
  make(
    "own",
    "/O=Company/CN=Company CA",
    "-addext",
    extension,
    ...(above === undefined ? [] : ["-CA", "above.crt", "-CAkey", "above.key"]),
  );
  const content = (name: string) => readFileSync(path.join(folder, name), "utf8");
  return { text: BROUGHT, write: { "ca/cluster-ca.crt": content("own.crt"), "ca/cluster-ca.key": content("own.key") } };
}

interface Case {
  readonly fires: () => readonly Finding[] | Promise<readonly Finding[]>;
  readonly silent: () => readonly Finding[];
}

const QUIET = certificates({});
const brought = async (extension: string, above?: string) => certificates(await company(extension, above))();

/** What is said where a topology is rendered over one that runs. */
function changed(written: object, folder: Parameters<typeof appliedFrom>[1] & { readonly ledger?: string | undefined } = {}) {
  return (): readonly Finding[] => {
    const before = generationOf(SOUND as Parameters<typeof generationOf>[0]);
    const { ledger = formatLedger(before.topology.ledger), ...state } = { ...folder };
    const applied = { facts: formatFacts(before.facts), started: [], isStopped: false, forgotten: [], ...state };
    const stored = { ledger: "ledger" in folder ? folder.ledger : ledger, applied, scope: "sound", rendered: undefined };
    const next = { ...SOUND, ...written } as Parameters<typeof generationOf>[0];
    return refusalsOf(readBefore(stored), nextOf(before, next).facts);
  };
}

const { pg3: _, ...WITHOUT_PG3 } = SOUND.nodes;
const SAME = changed({});
const CHANGES: Partial<Record<DiagnosticCode, Case>> = {
  "data-left-behind": { fires: changed({ nodes: WITHOUT_PG3 }), silent: changed({ nodes: WITHOUT_PG3 }, { forgotten: ["pg3"] }) },
  "only-copy": { fires: changed({ nodes: { ...WITHOUT_PG3, pg1: ["haproxy"], pg2: ["haproxy"], new: ["postgresql"] } }), silent: SAME },
  "etcd-members-changed": { fires: changed({ nodes: { ...SOUND.nodes, etcd4: ["etcd"] } }), silent: SAME },
  "identity-changed": {
    fires: () => {
      const [applied, other] = [generationOf(SOUND as Parameters<typeof generationOf>[0]), new Map()];
      other.set("pg1-postgresql", { number: 14, name: "pg1", instance: "other", volume: "pg1-postgresql" });
      return refusalsOf(appliedFrom(applied), generationOf(SOUND as Parameters<typeof generationOf>[0], other).facts);
    },
    silent: SAME,
  },
  "networks-changed": {
    fires: changed({ networks: { dcs: "10.9.9.0/24" } }),
    silent: changed({ networks: { dcs: "10.9.9.0/24" } }, { isStopped: true }),
  },
  "cluster-renamed": { fires: changed({ cluster: "other" }), silent: SAME },
  "another-cluster": {
    fires: () => refusalsOf({ ...NOTHING_BEFORE, scope: "other" }, generationOf(SOUND as Parameters<typeof generationOf>[0]).facts),
    silent: SAME,
  },
  "ledger-missing": { fires: changed({}, { ledger: undefined }), silent: SAME },
  "ledger-unreadable": { fires: changed({}, { ledger: "{" }), silent: SAME },
  "applied-unreadable": { fires: changed({}, { facts: "{" }), silent: SAME },
  "older-bundle-unclear": { fires: changed({}, { facts: undefined }), silent: SAME },
};

/** What no example of a topology can show: the environment file, the platform's versions, what is on the disk. */
const ELSEWHERE: Partial<Record<DiagnosticCode, Case>> = {
  "invalid-override": { fires: withEnvironment("SCOPE=no/name\n"), silent: withEnvironment("SCOPE=name\n") },
  "unknown-variable": { fires: withEnvironment("EXT_PG_PORT_PG9=1\n"), silent: withEnvironment("EXT_PG_PORT_PG1=15432\n") },
  "environment-syntax": { fires: withEnvironment("SCOPE\n"), silent: withEnvironment("# SCOPE\n") },
  "environment-control-character": { fires: withEnvironment("A='\u0007'\n"), silent: withEnvironment("A='\\u0007'\n") },
  "environment-expansion": { fires: withEnvironment("A=b$c\n"), silent: withEnvironment("A='b$c'\n") },
  "environment-duplicate": { fires: withEnvironment("A=1\nA=2\n"), silent: withEnvironment("A=1\nB=2\n") },
  "missing-secret": {
    fires: withEnvironment("", "refuse"),
    silent: () =>
      read(
        SOUND_TEXT,
        secretsOf(topologyOf(SOUND_TEXT))
          .map(({ variable }) => `${variable}=x\n`)
          .join(""),
        "refuse",
      ),
  },
  "wrong-encoding": { fires: () => read(`${SOUND_TEXT}# \uDCE9`), silent: () => read(`${SOUND_TEXT}# é`) },
  "too-large": { fires: () => read(`${SOUND_TEXT}# ${"x".repeat(2 ** 20)}`), silent: () => read(`${SOUND_TEXT}# ${"x".repeat(2 ** 19)}`) },
  "secret-taken-for-hash": {
    fires: withEnvironment(`POSTGRES_PASSWORD=md5${"0123456789abcdef".repeat(2)}\n`),
    silent: withEnvironment(`POSTGRES_PASSWORD=md5${"0123456789abcdeF".repeat(2)}\n`),
  },
  "weak-secret": {
    fires: withEnvironment("POSTGRES_PASSWORD=a\n"),
    silent: withEnvironment("POSTGRES_PASSWORD=0123456789ab\n"),
  },
  "secret-too-long": {
    fires: withEnvironment(`ETCD_ROOT_PASSWORD=${"x".repeat(73)}\n`),
    silent: withEnvironment(`ETCD_ROOT_PASSWORD=${"x".repeat(72)}\n`),
  },
  "etcd-too-old": { fires: onPlatform({ etcd: "3.3.27" }), silent: onPlatform({ etcd: "3.5.16" }) },
  "renamed-parameter-etcd": {
    fires: onPlatform({ etcd: "3.6.8" }, "parameters: { etcd: { experimental-memory-mlock: true } }"),
    silent: onPlatform({ etcd: "3.5.16" }, "parameters: { etcd: { experimental-memory-mlock: true } }"),
  },
  "unavailable-parameter-etcd": {
    fires: onPlatform({ etcd: "3.7.0" }, "parameters: { etcd: { experimental-memory-mlock: true } }"),
    silent: onPlatform({ etcd: "3.5.16" }, "parameters: { etcd: { experimental-memory-mlock: true } }"),
  },
  "unavailable-parameter-haproxy": {
    fires: onPlatform({ haproxy: "2.8.16" }, "parameters: { haproxy: { tune.max-checks-per-thread: 10 } }"),
    silent: onPlatform({ haproxy: "3.0.11" }, "parameters: { haproxy: { tune.max-checks-per-thread: 10 } }"),
  },
  "patroni-too-old": { fires: onPlatform({ patroni: "3.3.8" }), silent: onPlatform({ patroni: "4.0.7" }) },
  "etcd-refuses-patroni": {
    fires: onPlatform({ etcd: "3.5.29", patroni: "4.0.7" }),
    silent: onPlatform({ etcd: "3.5.29", patroni: "4.0.8" }),
  },
  "haproxy-too-old": { fires: onPlatform({ haproxy: "2.8.16" }), silent: onPlatform({ haproxy: "3.2.0" }) },
  "pgbouncer-too-old": { fires: onPlatform({ pgbouncer: "1.22.1" }), silent: onPlatform({ pgbouncer: "1.25.1" }) },
  "authority-missing": { fires: certificates({ remove: ["ca/cluster-ca.crt", "ca/cluster-ca.key"] }), silent: QUIET },
  "authority-unfit": { fires: certificates({ text: BROUGHT, write: { "ca/cluster-ca.crt": "no certificate" } }), silent: QUIET },
  "authority-chain-broken": { fires: () => brought("subjectKeyIdentifier=hash", "/O=Company/CN=Company Root"), silent: QUIET },
  "authority-names-excluded": { fires: () => brought("nameConstraints=critical,permitted;DNS:example.org"), silent: QUIET },
  "authority-expired": { fires: certificates({ days: 3651 }), silent: QUIET },
  "authority-key-missing": { fires: certificates({ remove: ["ca/cluster-ca.key"], renewal: "all" }), silent: QUIET },
  "authority-key-mismatch": { fires: certificates({ replace: { "ca/cluster-ca.key": "ca/etcd-ca.key" } }), silent: QUIET },
  "private-key-missing": { fires: certificates({ remove: ["pg1/server.key"] }), silent: QUIET },
  "private-key-unreadable": { fires: certificates({ write: { "pg1/server.key": "no key" } }), silent: QUIET },
  "private-key-differs": { fires: certificates({ replace: { "etcd1/token.key": "pg1/server.key" } }), silent: QUIET },
  "authority-expires-soon": { fires: certificates({ days: 3600 }), silent: QUIET },
  "certificate-expires-soon": { fires: certificates({ days: 380 }), silent: QUIET },
  ...CHANGES,
  "key-type-differs": { fires: certificates({ text: wholeOf("tls: { key_type: rsa-2048 }") }), silent: QUIET },
};

/** How a code is shown to be reported, and not to be: by its page's example, or by the table above. */
function caseOf(code: DiagnosticCode): Case | undefined {
  const { example } = PAGES[code];
  if (example === undefined) return ELSEWHERE[code];
  return { fires: () => read(wholeOf(example.before)), silent: () => read(wholeOf(example.after)) };
}

beforeAll(() => {
  const inputs = { environment: { text: "", file: ".env" }, pki: new Map(), renewal: "none", now: NOW, signer, version: "1.2.3" } as const;
  const topology = readTopology({ text: SOUND_TEXT, file: "topology.yaml" }, inputs.environment, "fill");
  const { bundle } = makeBundle(topology, { ...inputs, generatePassword: () => "x" });
  for (const { path: name, content } of bundle?.pki ?? []) disk.set(name, content);
});

test("nothing is said about the cluster that the examples are parts of", () => {
  expect(read(SOUND_TEXT)).toEqual([]);
  expect(QUIET()).toEqual([]);
});

test("every code has an example or a case of its own, and none has both", () => {
  const shown = DIAGNOSTIC_CODES.filter((code) => (PAGES[code].example === undefined) !== (ELSEWHERE[code] === undefined));
  expect(shown).toEqual(DIAGNOSTIC_CODES);
});

describe.each(DIAGNOSTIC_CODES)("%s", (code) => {
  test("is reported, with a severity that its page names", async () => {
    const findings = (await caseOf(code)?.fires()) ?? [];
    const severities = findings.filter((finding) => finding.code === code).map(({ severity }) => severity);
    expect(severities).not.toEqual([]);
    expect(PAGES[code].severity).toEqual(expect.arrayContaining(severities));
  });

  test("is not reported where it is mended, and nothing else is wrong there", () => {
    const findings = caseOf(code)?.silent() ?? [];
    expect(findings.map((finding) => finding.code)).not.toContain(code);
    expect(hasErrors(findings)).toBe(false);
  });
});
