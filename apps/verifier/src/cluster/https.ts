import { readFile } from "node:fs/promises";
import { request } from "node:https";
import path from "node:path";
import type { BundleFacts } from "./bundle.ts";
import { type Identity, readIdentity } from "./identity.ts";

/** A request to an API of the cluster, over verified TLS. */
export interface HttpsRequest {
  /** Port of this machine. */
  readonly port: number;
  readonly path: string;
  /** `GET` by default. */
  readonly method?: "GET" | "POST" | "PATCH" | "PUT" | "DELETE";
  /** Who presents itself; `null`: no certificate. */
  readonly identity: Identity | null;
  /** The authority to trust, in the bundle; the cluster's by default. */
  readonly authority?: string;
  readonly credentials?: { readonly user: string; readonly password: string };
  /** A token in place of credentials. */
  readonly token?: string;
  readonly body?: unknown;
}

export interface HttpsAnswer {
  readonly status: number;
  readonly body: string;
}

function authorization({ credentials, token }: HttpsRequest): Record<string, string> {
  if (token !== undefined) return { authorization: token };
  if (credentials === undefined) return {};
  const words = Buffer.from(`${credentials.user}:${credentials.password}`).toString("base64");
  return { authorization: `Basic ${words}` };
}

/** Asks and gives whatever is answered. Rejects when there is no answer: with the code of the network or of TLS. */
export async function askHttps(facts: BundleFacts, asked: HttpsRequest): Promise<HttpsAnswer> {
  const authority = await readFile(path.join(facts.directory, asked.authority ?? "pki/ca/cluster-ca.crt"));
  const identity = asked.identity === null ? {} : await readIdentity(facts, asked.identity);
  const { promise, resolve, reject } = Promise.withResolvers<HttpsAnswer>();
  const sent = request(
    {
      host: "localhost",
      port: asked.port,
      path: asked.path,
      method: asked.method ?? "GET",
      headers: { ...authorization(asked), "content-type": "application/json" },
      ca: authority,
      ...identity,
      agent: false,
      timeout: 10_000,
    },
    (response) => {
      let body = "";
      response.setEncoding("utf8");
      response.on("data", (text: string) => (body += text));
      response.on("end", () => resolve({ status: response.statusCode ?? 0, body }));
      response.on("error", reject);
    },
  );
  sent.on("timeout", () => sent.destroy(new Error(`no answer from ${asked.path}`)));
  sent.on("error", reject);
  sent.end(asked.body === undefined ? undefined : JSON.stringify(asked.body));
  return promise;
}
