/** How findings can be printed. Apart from the printing, which the command line must not load before it is needed. */
export const FORMATS = ["human", "json"] as const;
export type Format = (typeof FORMATS)[number];
