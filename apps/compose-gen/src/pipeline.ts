import { type Signer, type Renewal, issuePki, planPki } from "@matriarch/pki";
import {
  type Diagnostic,
  type Finding,
  type Locate,
  type Secrets,
  type Topology,
  applyOverrides,
  completeEnvironment,
  formatEnvironment,
  hasErrors,
  compareDiagnostics,
  parse,
  parseEnvironment,
  resolve,
  secretsOf,
} from "@matriarch/topology";
import type { Bundle } from "./bundle.ts";
import { longSecrets } from "./long-secrets.ts";
import { type BlankSecrets, missingSecrets } from "./missing-secrets.ts";
import { ALL_RULES } from "./rules.ts";
import { environmentSections } from "./targets/compose/environment-example.ts";
import { renderComposeBundle, renderComposeSecrets } from "./targets/compose/render.ts";

/** A text and the name to show for it. */
interface Text {
  readonly text: string;
  readonly file: string;
}

export interface ReadTopology {
  /** Absent when the text is not a topology at all. */
  readonly topology?: Topology;
  readonly locate: Locate;
  /** Everything wrong with it, in the order of the file. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Text to resolved topology, with the findings of every rule of every package. */
export function readTopology(source: Text, environment: Text, blanks: BlankSecrets): ReadTopology {
  const parsed = parse(source.text, source.file);
  const variables = parseEnvironment(environment.text, environment.file);
  if (parsed.topology === undefined) return { locate: parsed.locate, diagnostics: [...parsed.diagnostics, ...variables.diagnostics] };
  const overridden = applyOverrides(parsed.topology, variables.values);
  const topology = resolve(overridden.topology);
  const findings: Finding[] = [...overridden.findings, ...ALL_RULES.flatMap((rule) => rule(topology))];
  const diagnostics = [...parsed.diagnostics, ...findings.map(parsed.locate)].toSorted(compareDiagnostics);
  const secrets = [
    ...missingSecrets(topology, variables.values, environment.file, blanks),
    ...longSecrets(topology, variables.values, environment.file),
  ];
  return { topology, locate: parsed.locate, diagnostics: [...diagnostics, ...variables.diagnostics, ...secrets] };
}

export interface BundleInputs {
  /** The environment file as it is; blank where there is none. */
  readonly environment: Text;
  /** PEM texts that exist, by path below `pki`; an authority that is brought along stands at its own path there. */
  readonly pki: ReadonlyMap<string, string>;
  readonly renewal: Renewal;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly signer: Signer;
  readonly generatePassword: () => string;
  readonly version: string;
}

export interface MadeBundle {
  /** Absent when there are errors: nothing is written then. */
  readonly bundle?: Bundle;
  readonly diagnostics: readonly Diagnostic[];
}

/** A topology and what exists already, to everything that has to be on the disk. Clock and chance are arguments. */
export function makeBundle({ topology, locate, diagnostics }: ReadTopology, inputs: BundleInputs): MadeBundle {
  if (topology === undefined || hasErrors(diagnostics)) return { diagnostics };
  const { pki: existing, now, signer, renewal } = inputs;
  const plan = planPki({ topology, existing, now, publicKeyOf: signer.publicKeyOf, renewal });
  const all = [...diagnostics, ...plan.findings.map(locate)].toSorted(compareDiagnostics);
  if (hasErrors(all)) return { diagnostics: all };

  const environment = fillEnvironment(topology, inputs);
  const secrets: Secrets = parseEnvironment(environment, inputs.environment.file).values;
  const bundle: Bundle = {
    rendered: renderComposeBundle(topology, inputs.version),
    secrets: renderComposeSecrets(topology, secrets),
    pki: issuePki({ plan, existing, signer, now }),
    environment,
  };
  return { bundle, diagnostics: all };
}

/** The environment file with a value for each password that is blank. Where there is none yet, it starts as the example. */
function fillEnvironment(topology: Topology, { environment, generatePassword }: BundleInputs): string {
  const text = environment.text === "" ? formatEnvironment(environmentSections(topology)) : environment.text;
  const wanted = secretsOf(topology).map(({ variable, purpose }) => ({
    variable,
    value: generatePassword(),
    comment: `Password: ${purpose}.`,
  }));
  return completeEnvironment(text, wanted, environment.file).text;
}
