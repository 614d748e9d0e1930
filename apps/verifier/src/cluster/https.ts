import { readFile } from "node:fs/promises";
import { request as requestPlain } from "node:http";
import { request } from "node:https";
import path from "node:path";
import type { SecureContextOptions } from "node:tls";
import type { BundleFacts } from "./bundle.ts";
import { type Identity, type KeyPair, readIdentity } from "./identity.ts";

/** A version of TLS that a client may be held to. */
export type NewestTls = "TLSv1.1" | "TLSv1.2";

/** Settings of a client that offers this version alone. */
export function onlyTls(version: NewestTls): SecureContextOptions {
  // At its usual level OpenSSL offers nothing that TLS 1.1 could use: the server is to refuse it, not the client.
  return { minVersion: version, maxVersion: version, ciphers: "DEFAULT@SECLEVEL=0" };
}

/** A request to an API of the cluster, over verified TLS. */
export interface HttpsRequest {
  /** Port of this machine. */
  readonly port: number;
  readonly path: string;
  /** `GET` by default. */
  readonly method?: "GET" | "POST" | "PATCH" | "PUT" | "DELETE";
  /** Who presents itself; `null`: no certificate. */
  readonly identity: Identity | KeyPair | null;
  /** The authority to trust, in the bundle; the cluster's by default. */
  readonly authority?: string;
  /** The name that the server has to prove, where it is not `localhost`. */
  readonly serverName?: string;
  /** The newest version of TLS that is offered. */
  readonly newestTls?: NewestTls;
  readonly credentials?: { readonly user: string; readonly password: string };
  /** A token in place of credentials. */
  readonly token?: string;
  readonly body?: unknown;
  /** Seconds without a word after which it is given up; 10 by default. */
  readonly timeout?: number;
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
      ...(asked.serverName === undefined ? {} : { servername: asked.serverName }),
      ...(asked.newestTls === undefined ? {} : onlyTls(asked.newestTls)),
      agent: false,
      timeout: 1000 * (asked.timeout ?? 10),
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

/** The status with which a port of this machine answers a request without TLS. Rejects when it answers none. */
export async function askInPlainText(port: number): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  const sent = requestPlain({ host: "localhost", port, path: "/", agent: false, timeout: 10_000 }, (response) => {
    response.resume();
    resolve(response.statusCode ?? 0);
  });
  sent.on("timeout", () => sent.destroy(new Error("no answer in plain text")));
  sent.on("error", reject);
  sent.end();
  return promise;
}
