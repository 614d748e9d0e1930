import { exampleText } from "@matriarch/topology/testing";
import { describe, expect, test } from "vitest";
import { signer } from "../io/signer.ts";
import { makeBundle, readTopology } from "../pipeline.ts";
import { formatInventory } from "./format.ts";
import { expiresWithin, takeInventory } from "./inventory.ts";

const DAY = 24 * 60 * 60 * 1000;
const NOW = Date.UTC(2030, 0, 1);

function issue(text: string): Map<string, string> {
  const environment = { text: "", file: ".env" };
  const inputs = { environment, pki: new Map(), renewal: "none", now: NOW, signer, generatePassword: () => "x", version: "1" } as const;
  const { bundle } = makeBundle(readTopology({ text, file: "topology.yaml" }, environment, "fill"), inputs);
  return new Map(bundle?.pki.map(({ path, content }) => [path, content]));
}

const PKI = issue(exampleText("minimal"));
const OTHER = issue(exampleText("minimal"));

function inventory(changes: Readonly<Record<string, string | undefined>> = {}, now = NOW) {
  const changed = [...new Map<string, string | undefined>([...PKI, ...Object.entries(changes)])];
  const present = changed.flatMap(([file, text]) => (text === undefined ? [] : [[file, text] as const]));
  return takeInventory(new Map(present), now, signer.publicKeyOf);
}

/** What is wrong, by file. */
function problems(changes: Readonly<Record<string, string | undefined>>, now = NOW): Record<string, readonly string[]> {
  const wrong = inventory(changes, now).filter((entry) => entry.problems.length > 0);
  return Object.fromEntries(wrong.map((entry) => [entry.path, entry.problems]));
}

describe("an inventory", () => {
  test("says of each certificate what it is for", () => {
    expect(inventory().find(({ path }) => path === "pki/node1-etcd/server.crt")).toEqual({
      path: "pki/node1-etcd/server.crt",
      position: 1,
      copies: [],
      subject: "O=minimal",
      names: ["DNS:localhost", "DNS:node1-etcd", "IP:127.0.0.1", "IP:172.28.3.11"],
      uses: ["server", "client"],
      issuer: "O=minimal, CN=Matriarch etcd CA",
      notAfter: "2031-02-02T00:00:00.000Z",
      daysLeft: 397,
      keyType: "ecdsa-p256",
      problems: [],
    });
  });

  test("lists an authority once, with where its copies are", () => {
    const authority = inventory().find(({ path }) => path === "pki/ca/etcd-peer-ca.crt");
    expect(authority?.uses).toEqual(["authority"]);
    expect(authority?.copies).toEqual(["node1", "node2", "node3"].map((node) => `pki/${node}-etcd/etcd-peer-ca.crt`));
    expect(inventory().filter(({ path }) => path.endsWith("etcd-peer-ca.crt"))).toHaveLength(1);
  });

  test("has every certificate of the bundle, the first to end first", () => {
    const entries = inventory({ "node1-etcd/server.crt": "nonsense" });
    const files = entries.flatMap(({ path, copies }) => [path, ...copies]).toSorted();
    expect(files).toEqual(
      [...PKI.keys()]
        .filter((file) => file.endsWith(".crt"))
        .map((file) => `pki/${file}`)
        .toSorted(),
    );
    const days = entries.map(({ daysLeft }) => daysLeft ?? -Infinity);
    expect(days).toEqual(days.toSorted((a, b) => a - b));
    expect(new Set(days).size).toBe(3);
  });

  test("reads every certificate of a file", () => {
    const chain = `${PKI.get("proxy-haproxy/stats.crt")}${PKI.get("ca/cluster-ca.crt")}`;
    const both = inventory({ "proxy-haproxy/stats.crt": chain }).filter(({ path }) => path === "pki/proxy-haproxy/stats.crt");
    expect(both.map(({ position, uses, problems: wrong }) => [position, uses, wrong])).toEqual([
      [1, ["server"], []],
      [2, ["authority"], []],
    ]);
  });
});

describe("what is wrong is said of", () => {
  test("nothing in a fresh bundle, without the keys of its authorities as well", () => {
    expect(problems({})).toEqual({});
    expect(problems({ "ca/cluster-ca.key": undefined, "ca/etcd-ca.key": undefined })).toEqual({});
  });

  const FILE = "proxy-haproxy/stats";
  const AT = `pki/${FILE}.crt`;
  test.each([
    ["a file without a certificate", { [`${FILE}.crt`]: "nonsense" }, ["It cannot be read: it holds no PEM certificate."]],
    ["a key that is not there", { [`${FILE}.key`]: undefined }, ["Its private key is not beside it."]],
    ["a key that is none", { [`${FILE}.key`]: "nonsense" }, ["The private key beside it cannot be read."]],
    [
      "the key of another certificate",
      { [`${FILE}.key`]: PKI.get("node1-etcd/server.key") },
      ["The private key beside it belongs to another certificate."],
    ],
    [
      "a certificate of an authority with the same name and another key",
      { [`${FILE}.crt`]: OTHER.get(`${FILE}.crt`), [`${FILE}.key`]: OTHER.get(`${FILE}.key`) },
      ["No authority of the bundle signed it: its issuer is O=minimal, CN=Matriarch cluster CA."],
    ],
  ])("%s", (_, changes, sentences) => {
    expect(problems(changes)).toEqual({ [AT]: sentences });
  });

  test("what has expired, and what is not valid yet", () => {
    expect(problems({}, NOW + 398 * DAY)[AT]).toEqual(["It has expired."]);
    expect(problems({}, NOW - DAY)[AT]).toEqual(["It is not valid before 2029-12-31T23:55:00.000Z."]);
  });
});

test("what ends within some days is that which has less left; what cannot be read counts as over", () => {
  const within = (days: number, now = NOW) =>
    inventory({ "node1-etcd/server.crt": "nonsense" }, now).filter((entry) => expiresWithin(entry, days, now));
  expect(within(397).map(({ path }) => path)).toEqual(["pki/node1-etcd/server.crt"]);
  expect(within(398).length).toBeGreaterThan(20);
  expect(within(0, NOW + 398 * DAY).length).toBe(within(398).length);
});

test("a person reads a table, with what is wrong below each line", () => {
  const entries = inventory({ "proxy-haproxy/stats.key": undefined }).filter(({ path }) => /stats|peer-ca/.test(path));
  expect(formatInventory(entries, true)).toBe(`\
DAYS  UNTIL       FILE                         USES       KEY         ISSUER                                SUBJECT; NAMES
 397  2031-02-02  pki/proxy-haproxy/stats.crt  server     ecdsa-p256  O=minimal, CN=Matriarch cluster CA    O=minimal, CN=proxy-haproxy; DNS:localhost, DNS:proxy-haproxy, IP:127.0.0.1
      Its private key is not beside it.
3650  2039-12-30  pki/ca/etcd-peer-ca.crt      authority  ecdsa-p256  O=minimal, CN=Matriarch etcd peer CA  O=minimal, CN=Matriarch etcd peer CA
      the same in pki/node1-etcd/etcd-peer-ca.crt
      the same in pki/node2-etcd/etcd-peer-ca.crt
      the same in pki/node3-etcd/etcd-peer-ca.crt
`);
});
