export { PKI_CODES, type PkiCode } from "./codes.ts";
export { type CertificateFacts, inspect, inspectAll, type Inspection } from "./inspect/inspect.ts";
export { copyOf, type IssueInput, issuePki } from "./issue-pki.ts";
export type {
  AlternativeName,
  AuthorityRequest,
  BroughtAuthority,
  Copy,
  Existing,
  KeyPairRequest,
  KeyType,
  LeafRequest,
  PkiFile,
  PkiRequests,
  Subject,
  Use,
} from "./model.ts";
export { type Decision, type Reason, REASONS, type Renewal } from "./plan/decision.ts";
export { type Decided, type PkiPlan, type PlanInput, planPki } from "./plan/plan.ts";
export type { PublicKeyFacts } from "./public-key.ts";
export { OPERATOR_FOLDER, requestsOf, roleFolder } from "./requests.ts";
export { pkiRules } from "./rules.ts";
export type { KeyPair, KeyReader, PublicKeyOf, Signer } from "./signer.ts";
