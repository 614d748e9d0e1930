import type { BundleMember } from "../../cluster/bundle.ts";
import type { Cluster } from "../../cluster/cluster.ts";
import type { Window } from "../../checks/population.ts";
import { type CheckResult, unknownResult } from "../../checks/result.ts";
import type { Operation } from "../../history/operation.ts";
import type { Claim } from "../../run/scenario.ts";
import { judge, type Sighting } from "../probe.ts";
import { reasonOf } from "../../reason.ts";

/** What is there to look at when an ordeal is over and the cluster is whole again. */
export interface Aftermath {
  readonly cluster: Cluster;
  /** Who it was done to, in the fault's order. */
  readonly targets: readonly BundleMember[];
  readonly operations: readonly Operation[];
  readonly injection: Window;
  /** The injection's start by the clock of the members' logs. */
  readonly since: Date;
}

/** Something of one ordeal that the checks of every ordeal do not see. A look that throws leaves the claim unknown. */
export interface Proof {
  /** Ends the claim's id. */
  readonly kind: string;
  readonly text: string;
  look(aftermath: Aftermath): Promise<Sighting>;
}

function claimOf(fault: string, { kind, text }: Proof): Claim {
  return { id: `${fault}-${kind}`, text };
}

/** Claims of the proofs that are asked of a fault. */
export function proofClaims(fault: string, proofs: readonly Proof[] = []): readonly Claim[] {
  return proofs.map((proof) => claimOf(fault, proof));
}

/** What the proofs that are asked of a fault found, one after the other. */
export async function prove(fault: string, proofs: readonly Proof[], aftermath: Aftermath): Promise<readonly CheckResult[]> {
  const results: CheckResult[] = [];
  for (const proof of proofs) {
    const claim = claimOf(fault, proof);
    const looked = proof.look(aftermath).then((sighting) => judge(claim, sighting));
    results.push(await looked.catch((error: unknown) => unknownResult(claim.id, reasonOf(error))));
  }
  return results;
}
