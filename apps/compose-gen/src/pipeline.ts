import { type KeyReader, type PkiPlan, type Renewal, type Signer, issuePki, planPki } from "@matriarch/pki";
import {
  type CompletedEnvironment,
  type Diagnostic,
  EMPTY_LEDGER,
  type Finding,
  type Ledger,
  type Locate,
  type Secrets,
  type Topology,
  applyOverrides,
  completeEnvironment,
  formatEnvironment,
  formatLedger,
  hasErrors,
  compareDiagnostics,
  locateIn,
  parse,
  parseEnvironment,
  resolve,
  secretsOf,
  unknownVariables,
} from "@matriarch/topology";
import type { Bundle } from "./bundle.ts";
import { type Before, NOTHING_BEFORE } from "./change/before.ts";
import { type PlanStep, formatPlan, stepsOf } from "./change/plan.ts";
import { refusalsOf } from "./change/refusals.ts";
import { judgePasswords } from "./passwords/judge.ts";
import type { BlankSecrets } from "./passwords/missing.ts";
import { ALL_RULES } from "./rules.ts";
import { environmentSections } from "./targets/compose/environment-example.ts";
import { renderComposeGeneration, renderComposeSecrets } from "./targets/compose/render.ts";

/** A text and the name to show for it. */
interface Text {
  readonly text: string;
  readonly file: string;
}

export interface ReadTopology {
  /** Absent when the text is not a topology at all. With an error among the diagnostics it is good for judging only. */
  readonly topology?: Topology;
  readonly locate: Locate;
  /** Everything wrong with it and with the environment file, in the order of the files. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Text to resolved topology, with the findings of every rule of every package.
 * @param given what the members were given before
 */
export function readTopology(source: Text, environment: Text, blanks: BlankSecrets, given: Ledger = EMPTY_LEDGER): ReadTopology {
  const parsed = parse(source.text, source.file);
  const variables = parseEnvironment(environment.text, environment.file);
  const judged = parsed.topology ?? parsed.remainder;
  if (judged === undefined) return { locate: parsed.locate, diagnostics: [...parsed.diagnostics, ...variables.diagnostics] };
  const overridden = applyOverrides(judged, variables.values);
  const topology = resolve(overridden.topology, given);
  const locate = locateIn(parsed, variables, overridden);
  const findings: Finding[] = [
    ...overridden.findings,
    ...ALL_RULES.flatMap((rule) => rule(topology)),
    ...unknownVariables(topology, variables.values),
    ...judgePasswords(topology, variables.values, blanks),
  ];
  const diagnostics = [...parsed.diagnostics, ...variables.diagnostics, ...findings.map(locate)].toSorted(compareDiagnostics);
  return { topology, locate, diagnostics };
}

export interface PlanInputs {
  /** The environment file as it is; blank where there is none. */
  readonly environment: Text;
  /** PEM texts that exist, by path below `pki`; an authority that is brought along stands at its own path there. */
  readonly pki: ReadonlyMap<string, string>;
  /** What was applied from the bundle's folder; by default nothing. */
  readonly before?: Before;
  readonly renewal: Renewal;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly keys: KeyReader;
  readonly generatePassword: () => string;
  readonly version: string;
}

/**
 * The same with what is wrong with an authority that is brought along. `brought` holds its PEM texts, as `PlanInputs` does.
 * Without errors only: what is to be issued has to be known first.
 */
export function withBroughtAuthority(
  read: ReadTopology,
  brought: PlanInputs["pki"],
  { now, keys }: Pick<PlanInputs, "now" | "keys">,
): ReadTopology {
  const { topology, locate, diagnostics } = read;
  if (topology === undefined || topology.tls.ca === "own" || hasErrors(diagnostics)) return read;
  const { findings } = planPki({ topology, existing: brought, now, keys });
  return { ...read, diagnostics: [...diagnostics, ...findings.map(locate)].toSorted(compareDiagnostics) };
}

/** Everything that has to be on the disk, but for the certificates: what is to be done about those. */
export interface PlannedBundle extends Omit<Bundle, "pki"> {
  readonly plan: PkiPlan;
  /** Variables whose blank password was given a value. */
  readonly generated: readonly string[];
  /** What putting it in force does to members that were applied. */
  readonly steps: readonly PlanStep[];
}

export interface Planned {
  /** Absent when there are errors: nothing is written then. */
  readonly planned?: PlannedBundle;
  readonly diagnostics: readonly Diagnostic[];
}

/** A topology and what exists already, to what has to be on the disk; nothing is issued. Clock and chance are arguments. */
export function planBundle({ topology, locate, diagnostics }: ReadTopology, inputs: PlanInputs): Planned {
  if (topology === undefined || hasErrors(diagnostics)) return { diagnostics };
  const { pki: existing, now, keys, renewal, before = NOTHING_BEFORE } = inputs;
  const plan = planPki({ topology, existing, now, keys, renewal });
  const { rendered, facts } = renderComposeGeneration(topology, inputs.version);
  const found = [...plan.findings, ...refusalsOf(before, facts)].map(locate);
  const all = [...diagnostics, ...found].toSorted(compareDiagnostics);
  if (hasErrors(all)) return { diagnostics: all };

  const environment = fillEnvironment(topology, inputs);
  const secrets: Secrets = parseEnvironment(environment.text, inputs.environment.file).values;
  const steps = stepsOf(before, facts);
  const planned: PlannedBundle = {
    rendered,
    secrets: renderComposeSecrets(topology, secrets),
    environment: environment.text,
    generated: environment.filled,
    ledger: formatLedger(topology.ledger),
    change: formatPlan(before, steps),
    adopted: before.isAdopted ? (before.applied?.text ?? null) : null,
    steps,
    plan,
  };
  return { planned, diagnostics: all };
}

export interface BundleInputs extends Omit<PlanInputs, "keys"> {
  readonly signer: Signer;
}

export interface MadeBundle {
  /** Absent when there are errors: nothing is written then. */
  readonly bundle?: Bundle;
  /** What putting it in force does to members that were applied. */
  readonly steps?: readonly PlanStep[];
  readonly diagnostics: readonly Diagnostic[];
}

/** The same with the certificates: everything that has to be on the disk. */
export function makeBundle(read: ReadTopology, { signer, ...inputs }: BundleInputs): MadeBundle {
  const { planned, diagnostics } = planBundle(read, { ...inputs, keys: signer });
  if (planned === undefined) return { diagnostics };
  const { plan, steps, ...written } = planned;
  const pki = issuePki({ plan, existing: inputs.pki, signer, now: inputs.now });
  return { bundle: { ...written, pki }, steps, diagnostics };
}

/** The environment file with a value for each password that is blank. Where there is none yet, it starts as the example. */
function fillEnvironment(topology: Topology, { environment, generatePassword }: PlanInputs): CompletedEnvironment {
  const text = environment.text === "" ? formatEnvironment(environmentSections(topology)) : environment.text;
  const wanted = secretsOf(topology).map(({ variable, purpose }) => ({
    variable,
    value: generatePassword(),
    comment: `Password: ${purpose}.`,
  }));
  return completeEnvironment(text, wanted, environment.file);
}
