import Handlebars from "handlebars";

/** Compiles a template that only inserts what was computed before: no HTML escaping, no helper, a misspelt name throws. */
export function compileTemplate(template: string): (values: object) => string {
  return Handlebars.compile<object>(template, { noEscape: true, strict: true, knownHelpersOnly: true });
}
