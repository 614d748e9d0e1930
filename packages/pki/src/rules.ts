import { allMembers, type Finding, type Rule } from "@matriarch/topology";
import { isDnsName, isIpv4 } from "./names.ts";
import { RESERVED_FOLDERS } from "./requests.ts";

const RESERVED: readonly string[] = RESERVED_FOLDERS;

const reservedMemberName: Rule = (topology) =>
  allMembers(topology)
    .filter(({ name }) => RESERVED.includes(name))
    .map(({ name, node }): Finding => ({
      code: "reserved-member-name",
      severity: "error",
      path: ["nodes", node],
      message: `A node is called ${name}: in the folder of certificates that name is taken.`,
      hint: "Choose another name for the node.",
    }));

const invalidTlsName: Rule = (topology) =>
  topology.tls.names.flatMap((name, index): Finding[] =>
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

/** What the certificates cannot say. */
export const pkiRules: readonly Rule[] = [reservedMemberName, invalidTlsName];
