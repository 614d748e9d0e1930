import { type Accepts, cipherSuites, type PlatformId } from "@matriarch/topology";
import { CIPHERS, CURVE, DH_PARAMETERS } from "./accepts.ts";

/** Words for OpenSSL's own list, in any case (libusual's tls_config_set_ciphers). Nothing at all is that list as well. */
const OWN_LIST = /^(default|secure|normal|fast|)$/i;

/** Grammars inside a text. */
const FORMS: ReadonlyMap<Accepts, (text: string, platform: PlatformId) => boolean> = new Map([
  [CIPHERS, (text, platform) => OWN_LIST.test(text) || cipherSuites(text, platform).length > 0],
  [CURVE, (text) => /^(auto|none|)$/i.test(text) || /^(prime256v1|secp384r1|secp521r1)$/.test(text)],
  [DH_PARAMETERS, (text) => /^(auto|none|)$/i.test(text)],
]);

/** Whether a text has the form that a row asks for. */
export function hasForm(accepts: Accepts, text: string, platform: PlatformId): boolean {
  return FORMS.get(accepts)?.(text, platform) ?? true;
}

/** Suites without encryption, or without a proof of who is at the other end. */
const WORTHLESS = /NULL|^ADH-|^AECDH-/;

/** Whether a list lets through a suite that protects nothing. */
export function hasWorthlessSuite(text: string, platform: PlatformId): boolean {
  return !OWN_LIST.test(text) && cipherSuites(text, platform).some((suite) => WORTHLESS.test(suite));
}
