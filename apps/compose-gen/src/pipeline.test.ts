import { parseEnvironment } from "@matriarch/topology";
import { exampleText } from "@matriarch/topology/testing";
import { describe, expect, test } from "vitest";
import { signer } from "./io/signer.ts";
import { type BundleInputs, makeBundle, readTopology } from "./pipeline.ts";

const NOW = Date.UTC(2030, 0, 1);

/** Everything from a text; `changes` replaces what exists before. */
function make(text: string, changes: Partial<BundleInputs> = {}) {
  let count = 0;
  const inputs: BundleInputs = {
    environment: { text: "", file: ".env" },
    pki: new Map(),
    renewal: "none",
    now: NOW,
    signer,
    generatePassword: () => `generated ${(count += 1)}`,
    version: "1.2.3",
    ...changes,
  };
  return makeBundle(readTopology({ text, file: "topology.yaml" }, inputs.environment, "fill"), inputs);
}

/** What a first render leaves for the second. */
function after(text: string): Partial<BundleInputs> {
  const { bundle } = make(text);
  return {
    environment: { text: bundle?.environment ?? "", file: ".env" },
    pki: new Map(bundle?.pki.map(({ path, content }) => [path, content])),
  };
}

describe("a topology becomes a bundle", () => {
  test("in which nothing that was there changes the second time", () => {
    const first = make(exampleText("minimal")).bundle;
    const second = make(exampleText("minimal"), after(exampleText("minimal"))).bundle;
    expect(second?.rendered).toEqual(first?.rendered);
    expect(second?.pki).toEqual([]);
  });

  test("with a password for each blank, kept from then on", () => {
    const environment = { text: "# mine\nPOSTGRES_PASSWORD='my own'\nMONITOR_PASSWORD=\n", file: ".env" };
    const { bundle } = make(exampleText("minimal"), { environment });
    expect(bundle?.environment).toMatch(/^# mine\nPOSTGRES_PASSWORD='my own'\nMONITOR_PASSWORD='generated \d+'\n/);
    const again = make(exampleText("minimal"), { environment: { text: bundle?.environment ?? "", file: ".env" } });
    expect(again.bundle?.environment).toBe(bundle?.environment);
  });

  test("with an environment file that starts as the example, where there is none", () => {
    const environment = make(exampleText("minimal")).bundle?.environment ?? "";
    const values = Object.entries(parseEnvironment(environment, ".env").values);
    expect(values.filter(([variable, value]) => variable.endsWith("PASSWORD") === (value === ""))).toEqual([]);
  });

  test("renamed by the environment file", () => {
    const { bundle } = make(exampleText("minimal"), { environment: { text: "SCOPE=renamed\n", file: ".env" } });
    expect(bundle?.rendered.find(({ path }) => path === "compose.yaml")?.content).toMatch(/^"name": "renamed"\n/);
  });
});

describe("nothing is made", () => {
  test.each([
    ["of a text that is no topology", "cluster: [", {}],
    ["of a topology with an error", "cluster: c\nnodes: { n: [postgresql, haproxy] }", {}],
    ["with an environment file that cannot be read", exampleText("minimal"), { environment: { text: "no assignment\n", file: ".env" } }],
    [
      "with a certificate of an authority whose key is gone",
      exampleText("minimal"),
      { pki: new Map([...(after(exampleText("minimal")).pki ?? [])].filter(([path]) => !path.endsWith("ca.key"))), renewal: "all" },
    ],
  ] as const)("%s", (_, text, changes) => {
    const { bundle, diagnostics } = make(text, changes);
    expect(bundle).toBeUndefined();
    expect(diagnostics.map(({ severity }) => severity)).toContain("error");
  });
});
