import type { AlternativeName } from "./model.ts";

const OCTET = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
const IPV4 = new RegExp(`^${OCTET}(\\.${OCTET}){3}$`);
const LABEL = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;
const NUMBER = /^[0-9]+$/;

export const isIpv4 = (text: string): boolean => IPV4.test(text);

/** Whether clients can dial it: labels of 1 to 63 characters, 253 in all; the last is no number, or it would be a broken address. */
export function isDnsName(text: string): boolean {
  const labels = text.split(".");
  return text.length <= 253 && labels.every((label) => LABEL.test(label)) && !NUMBER.test(labels.at(-1) ?? "");
}

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** `DNS:localhost`, `IP:127.0.0.1`, `URI:…`: as OpenSSL writes names. */
export const formatName = ({ kind, value }: AlternativeName): string => `${kind.toUpperCase()}:${value}`;

/** DNS names and IPv4 addresses as alternative names, each once, sorted. */
export function alternativeNames(texts: readonly string[]): AlternativeName[] {
  return [...new Set(texts)]
    .map((value): AlternativeName => ({ kind: isIpv4(value) ? "ip" : "dns", value }))
    .toSorted((a, b) => byText(formatName(a), formatName(b)));
}
