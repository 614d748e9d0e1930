/** Ways in which a text may be spelled, by what does it: written apart from the mask, which has to find all of them. */
export const SPELLINGS: Readonly<Record<string, (text: string) => string>> = {
  "as it is": (text) => text,
  "in HTML": (text) =>
    text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;").replaceAll("'", "&#39;"),
  "in HTML, by numbers": (text) => text.replace(/[&<>"'`=]/g, (sign) => `&#x${sign.charCodeAt(0).toString(16).toUpperCase()};`),
  "in XML": (text) =>
    text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;").replaceAll("'", "&apos;"),
  "in JSON": (text) => JSON.stringify(text).slice(1, -1),
  "in JSON, ASCII only": (text) =>
    JSON.stringify(text)
      .slice(1, -1)
      .replace(/[^ -~]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`),
  "in a URL": (text) => encodeURIComponent(text),
  "in a form": (text) => new URLSearchParams([["", text]]).toString().slice(1),
  "in SQL": (text) => text.replaceAll("'", "''"),
  "in a shell": (text) => text.replaceAll("'", "'\\''"),
  "in base64": (text) => Buffer.from(text).toString("base64"),
  "in base64 for URLs": (text) => Buffer.from(text).toString("base64url"),
};
