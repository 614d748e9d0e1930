import { PORTS } from "@matriarch/topology";
import type { BundleMember } from "./bundle.ts";
import type { HttpsAnswer } from "./https.ts";
import { OPERATOR_AT_ETCD } from "./identity.ts";
import type { Looks } from "./looks.ts";

/** etcd's JSON gateway on one member, with the operator's certificate. */
export interface EtcdClient {
  /** Asks anything; `token` is what a login gave. */
  call(path: string, body: unknown, token?: string): Promise<HttpsAnswer>;
  health(): Promise<boolean>;
  /** The token of a user; `null` when it is refused. */
  logIn(name: string, password: string): Promise<string | null>;
}

const AUTHORITY = "pki/ca/etcd-ca.crt";

/** A key, or the end of a range, as the gateway wants it. */
export function keyOf(text: string): string {
  return Buffer.from(text).toString("base64");
}

/** Speaks to a member's client port from the member itself, whether or not it is published. */
export async function withEtcd<Value>(cluster: Looks, member: BundleMember, work: (etcd: EtcdClient) => Promise<Value>): Promise<Value> {
  const relay = await cluster.relay(member, "localhost", PORTS.etcd);
  const common = { port: relay.port, identity: OPERATOR_AT_ETCD, authority: AUTHORITY } as const;
  const call: EtcdClient["call"] = (path, body, token) =>
    cluster.https({ ...common, path, method: "POST", body, ...(token === undefined ? {} : { token }) });
  try {
    return await work({
      call,
      health: async () => {
        const { status, body } = await cluster.https({ ...common, path: "/health" });
        return status === 200 && (JSON.parse(body) as { health?: string }).health === "true";
      },
      logIn: async (name, password) => {
        const { status, body } = await call("/v3/auth/authenticate", { name, password });
        return status === 200 ? (JSON.parse(body) as { token: string }).token : null;
      },
    });
  } finally {
    relay.close();
  }
}
