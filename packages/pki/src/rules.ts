import { allMembers, type Finding, type Topology } from "@matriarch/topology";
import type { PkiCode } from "./codes.ts";
import { type Dial, dialsOf } from "./dials.ts";
import { isDnsName, isIpv4 } from "./names.ts";
import type { LeafRequest } from "./model.ts";
import { RESERVED_FOLDERS, requestsOf } from "./requests.ts";

type PkiFinding = Finding<PkiCode>;
/** A rule of this package: it can report no code that is not in the list. */
type PkiRule = (topology: Topology) => readonly PkiFinding[];

const RESERVED: readonly string[] = RESERVED_FOLDERS;

const reservedMemberName: PkiRule = (topology) =>
  allMembers(topology)
    .filter(({ name }) => RESERVED.includes(name))
    .map(({ name, node }): PkiFinding => ({
      code: "reserved-member-name",
      severity: "error",
      path: ["nodes", node],
      message: `A node is called ${name}: in the folder of certificates that name is taken.`,
      hint: "Choose another name for the node.",
    }));

const invalidTlsName: PkiRule = (topology) =>
  topology.tls.names.flatMap((name, index): PkiFinding[] =>
    isIpv4(name) || isDnsName(name)
      ? []
      : [
          {
            code: "invalid-tls-name",
            severity: "error",
            path: ["tls", "names", index],
            message: `${name} is neither a DNS name nor an IPv4 address: no client could match it.`,
            hint: "Write labels of 1 to 63 characters with dots between them (db.example.org), or an address like 192.0.2.10.",
          },
        ],
  );

/** What is dialled and is not on the certificate that answers: no client that verifies would go on. */
export function missingNames(dials: readonly Dial[], leaves: readonly LeafRequest[]): PkiFinding[] {
  const onCertificate = new Map(leaves.map(({ path, names }) => [path, new Set(names.map(({ value }) => value))]));
  return dials.flatMap(({ who, names, certificate }) =>
    (names ?? [])
      .filter((name) => onCertificate.get(certificate)?.has(name) !== true)
      .map((name): PkiFinding => ({
        code: "dialled-name-missing",
        severity: "error",
        path: ["tls", "names"],
        message: `The name ${name}, which is dialled by ${who}, is not on the certificate ${certificate} that answers.`,
        hint: "Add it to tls.names.",
      })),
  );
}

/** The host answers on addresses that Matriarch does not know: said once, whatever listens there. */
function unknownNames(dials: readonly Dial[]): PkiFinding[] {
  return dials.some(({ names }) => names === null)
    ? [
        {
          code: "dialled-name-missing",
          severity: "warning",
          path: ["publish_address"],
          message:
            "The host publishes on every address, and no name that clients of other machines could dial is on a certificate: with sslmode=verify-full none of them gets in.",
          hint: "Write under tls.names what they dial, for example `tls: { names: [db.example.org] }`; or publish on one address.",
        },
      ]
    : [];
}

const dialledNameMissing: PkiRule = (topology) => {
  const dials = dialsOf(topology);
  return [...missingNames(dials, requestsOf(topology).leaves), ...unknownNames(dials)];
};

/** What the certificates cannot say. */
export const pkiRules: readonly PkiRule[] = [reservedMemberName, invalidTlsName, dialledNameMissing];
