import { X509Certificate } from "node:crypto";
import { expect, test } from "vitest";
import { foreignKeyPair } from "./authority.ts";

test("a foreign certificate is valid now, names who was asked for, and is of an authority that signed it itself", async () => {
  const { cert, key } = await foreignKeyPair("/O=scope/CN=app");
  const certificate = new X509Certificate(cert);
  expect(certificate.subject).toBe("O=scope\nCN=app");
  expect(certificate.issuer).toBe("O=foreign\nCN=foreign CA");
  expect(Date.parse(certificate.validFrom)).toBeLessThan(Date.now());
  expect(Date.parse(certificate.validTo)).toBeGreaterThan(Date.now());
  expect(key).toMatch(/^-----BEGIN PRIVATE KEY-----/);
});
