import Handlebars from "handlebars";
import { CANCEL_LUA } from "./cancel.lua.hbs.ts";
import { HAPROXY_CFG } from "./haproxy.cfg.hbs.ts";
import type { CancelScript, HaproxyFile, UsersFile } from "./model.ts";
import { quoteAll } from "./quote.ts";
import { USERS_CFG } from "./users.cfg.hbs.ts";

const OPTIONS = { noEscape: true, strict: true, knownHelpersOnly: true };
const haproxyCfg = Handlebars.compile<unknown>(HAPROXY_CFG, OPTIONS);
const cancelLua = Handlebars.compile<unknown>(CANCEL_LUA, OPTIONS);
const usersCfg = Handlebars.compile<unknown>(USERS_CFG, OPTIONS);

/** The text of `haproxy.cfg`. */
export function formatHaproxy(file: HaproxyFile): string {
  const directives = file.directives.map(({ why, ...directive }) => ({ why, ...quoteAll(directive) }));
  return haproxyCfg({ ...quoteAll(file), directives });
}

/** The text of `cancel.lua`. Addresses are dotted quads: nothing in them is special in Lua. */
export function formatCancel(script: CancelScript): string {
  return cancelLua(script);
}

/**
 * The text of `users.cfg`. The password stands there as it is. A crypt(3) hash would protect nothing: the same password
 * lies in the environment file, under the same permissions. And HAProxy hashes on the threads that forward sessions: a
 * few wrong passwords a second, from anybody who reaches the port, would slow every session down.
 * @throws RangeError when the password holds a control character or a line end
 */
export function formatUsers(file: UsersFile): string {
  return usersCfg(quoteAll(file));
}
