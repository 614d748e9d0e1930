import Handlebars from "handlebars";

/** Compiles a template that only inserts what was computed before: no HTML escaping, no helper, a misspelt name throws. */
export function compileTemplate<Values extends object>(template: string): (values: Values) => string {
  return Handlebars.compile<Values>(template, { noEscape: true, strict: true, knownHelpersOnly: true });
}
