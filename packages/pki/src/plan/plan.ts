import type { Finding, Topology } from "@matriarch/topology";
import type { PkiCode } from "../codes.ts";
import {
  type AuthorityRequest,
  certificatePath,
  type Copy,
  type Existing,
  type KeyPairRequest,
  type KeyType,
  type LeafRequest,
  type PkiRequests,
} from "../model.ts";
import { requestsOf } from "../requests.ts";
import type { KeyReader } from "../signer.ts";
import { reconcileAuthority } from "./authority.ts";
import type { Circumstances, Decision, Renewal } from "./decision.ts";
import { differingKeys, reconcileKeyPair } from "./key-pair.ts";
import { reconcileLeaf } from "./leaf.ts";
import { forbiddenNames } from "./name-constraints.ts";
import { findingsOf } from "./problems.ts";

/** What a plan is made from. */
export interface PlanInput {
  readonly topology: Topology;
  readonly existing: Existing;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly keys: KeyReader;
  /** Default: `none`. */
  readonly renewal?: Renewal;
}

/** A request with what is to be done about it. */
export interface Decided<Request> {
  readonly request: Request;
  readonly decision: Decision;
}

/** What is to be done so that the topology has every certificate, key and copy that it needs. */
export interface PkiPlan {
  readonly authorities: readonly Decided<AuthorityRequest>[];
  readonly leaves: readonly Decided<LeafRequest>[];
  readonly keyPairs: readonly Decided<KeyPairRequest>[];
  readonly copies: readonly Copy[];
  readonly keyType: KeyType;
  /** Lifetimes, in days. */
  readonly caDays: number;
  readonly leafDays: number;
  /** With an error among them nothing may be issued. */
  readonly findings: readonly Finding<PkiCode>[];
}

/** Decides on everything that the topology needs. Pure: what is on disk, the time and the reading of keys are arguments. */
export function planPki({ topology, existing, now, keys, renewal = "none" }: PlanInput): PkiPlan {
  const { keyType, leafDays, caDays } = topology.tls;
  const requests = requestsOf(topology);
  const circumstances: Circumstances = { existing, now, keys, renewal, keyType, leafDays };
  const authorities = requests.authorities.map((request) => reconcileAuthority(request, dependentsOf(request, requests), circumstances));
  const leaves = requests.leaves.map((request) => {
    const authority = authorities.find((state) => state.request.authority === request.authority);
    if (authority === undefined) throw new RangeError(`no authority ${request.authority} for ${request.path}`);
    return { request, ...reconcileLeaf(request, authority, circumstances) };
  });
  const keyPairs = requests.keyPairs.map((request) => ({ request, ...reconcileKeyPair(request, circumstances) }));
  const problems = [...authorities, ...leaves, ...keyPairs].flatMap((outcome) => outcome.problems);
  const excluded = authorities.flatMap((authority) => forbiddenNames(authority, requests.leaves));
  return {
    authorities: authorities.map(decided),
    leaves: leaves.map(decided),
    keyPairs: keyPairs.map(decided),
    copies: requests.copies,
    keyType,
    caDays,
    leafDays,
    findings: findingsOf([...problems, ...excluded, ...differingKeys(requests.copies, circumstances)]),
  };
}

function decided<Request>({ request, decision }: Decided<Request>): Decided<Request> {
  return { request, decision };
}

/** Files that exist only if the authority did. */
function dependentsOf({ authority, path }: AuthorityRequest, { leaves, copies }: PkiRequests): string[] {
  return [
    ...leaves.filter((leaf) => leaf.authority === authority).map((leaf) => certificatePath(leaf.path)),
    ...copies.filter(({ from }) => from === certificatePath(path)).map(({ to }) => to),
  ];
}
