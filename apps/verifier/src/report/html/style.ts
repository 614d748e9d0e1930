import { colourVariables, markClasses } from "../colours.ts";

const COLOURS = `
:root{color-scheme:light dark;${colourVariables("light")}}
@media screen and (prefers-color-scheme:dark){:root{${colourVariables("dark")}}}
@media print{:root{color-scheme:light}*{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
`;

const TEXT = `
*{box-sizing:border-box}
html{scroll-behavior:smooth;-webkit-text-size-adjust:100%}
body{margin:0 auto;max-width:68rem;padding:2rem 1.5rem 4rem;background:var(--paper);color:var(--ink);
font:.94rem/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"DejaVu Sans",sans-serif}
h1,h2,h3,h4{line-height:1.25;margin:0;font-weight:650}
h1{font-size:1.9rem;letter-spacing:-.01em}
h2{font-size:1.3rem;margin:3rem 0 1rem;padding-top:1rem;border-top:1px solid var(--rule)}
h3{font-size:1.08rem;margin:0 0 .5rem}
h4{font-size:.95rem;margin:1.4rem 0 .5rem}
p{margin:.5rem 0;max-width:46rem;text-wrap:pretty}
a{color:var(--link)}
code,pre,.mono{font-family:ui-monospace,"SFMono-Regular",Menlo,"DejaVu Sans Mono",monospace;font-size:.9em}
code{overflow-wrap:anywhere}
pre code,summary code{font-size:inherit}
pre{margin:.5rem 0;padding:.75rem 1rem;background:var(--raised);border:1px solid var(--rule);border-radius:6px;overflow-x:auto;line-height:1.5;
white-space:pre-wrap;overflow-wrap:anywhere}
.muted{color:var(--muted)}
.small{font-size:.87rem}
`;

const STATUS = `
.status{display:inline-block;font-weight:600;white-space:nowrap}
.status .sign{display:inline-block;min-width:1.15em;text-align:center}
${["pass", "fail", "unknown", "limit", "skipped"].map((status) => `.is-${status}{color:var(--${status})}`).join("")}
.hidden{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.figures{display:inline}
.fig{display:inline-block;margin-right:.9em;color:var(--muted)}
.fig b{color:var(--ink);font-weight:600;font-variant-numeric:tabular-nums}
`;

const SUMMARY = `
.eyebrow{color:var(--muted);font-size:.87rem;margin:0 0 .75rem}
.verdict{border-left:6px solid;padding:.2rem 0 .2rem 1rem;margin:0 0 1.5rem}
.verdict h1{color:var(--ink)}
.verdict .status{font-size:1rem;margin-bottom:.25rem}
.tiles{display:grid;grid-template-columns:repeat(4,1fr);gap:.75rem;margin:0 0 1.75rem;padding:0}
.tile{background:var(--raised);border:1px solid var(--rule);border-radius:8px;padding:.7rem .9rem;display:flex;flex-direction:column}
.tile dt{order:2;font-size:.87rem;line-height:1.3}
.tile dd{margin:0}
.tile .value{order:1;font-size:1.55rem;font-weight:650;line-height:1.2;font-variant-numeric:tabular-nums}
.tile .note{order:3;font-size:.8rem;color:var(--muted);line-height:1.35;margin-top:.15rem}
.tile .value.is-plain{color:var(--ink)}
.story{display:grid;grid-template-columns:repeat(auto-fit,minmax(15rem,1fr));gap:0 2rem;margin-bottom:1rem}
.story h2,.summary h2{border:0;padding:0;margin:1rem 0 .3rem;font-size:1rem}
.story p{margin:0}
.attention{list-style:none;margin:0;padding:0}
.attention li{padding:.55rem 0;border-top:1px solid var(--rule);display:grid;grid-template-columns:7.5rem 1fr;gap:.75rem}
.attention p{margin:.1rem 0 0}
nav{margin:2rem 0 0;padding:.75rem 0;border-top:1px solid var(--rule);font-size:.93rem;display:flex;flex-wrap:wrap;gap:.25rem 1.25rem}
`;

const TABLES = `
.scroll{position:relative;overflow-x:auto;margin:.25rem 0 1.25rem}
.scroll:focus-visible{outline:2px solid var(--link);outline-offset:2px}
table{border-collapse:collapse;width:100%;font-size:.9rem;line-height:1.45}
.caption{color:var(--muted);font-size:.87rem;margin:1rem 0 0}
th,td{padding:.45rem .75rem .45rem 0;text-align:left;vertical-align:top;border-bottom:1px solid var(--rule)}
th{color:var(--muted);font-weight:600;white-space:nowrap;vertical-align:bottom;border-bottom-color:var(--muted)}
th:last-child,td:last-child{padding-right:0}
td{overflow-wrap:anywhere}
.heading th{color:var(--ink);white-space:normal;padding-top:1.3rem;font-size:.95rem;border-bottom-color:var(--rule)}
.heading a{font-weight:650;margin-right:.5rem}
.heading .aside{color:var(--muted);font-weight:400}
td.end,th.end{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
td.center,th.center{text-align:center}
.matrix th.center{white-space:normal;min-width:4.6rem;max-width:8rem;padding-left:.4rem;padding-right:.4rem}
.matrix td:first-child{white-space:nowrap;padding-right:1.5rem}
.matrix .sign{font-size:1.05rem}
.empty{color:var(--muted)}
.facts{display:grid;grid-template-columns:repeat(auto-fit,minmax(15.5rem,1fr));gap:1.25rem 2.5rem}
.facts .wide{grid-column:1/-1}
.facts dl{margin:0;display:grid;grid-template-columns:minmax(6rem,max-content) 1fr;gap:.15rem 1rem;font-size:.9rem}
.facts dt{color:var(--muted)}
.facts dd{margin:0;overflow-wrap:anywhere}
.facts h3{font-size:.95rem;margin-bottom:.35rem}
details{margin:.75rem 0}
summary{cursor:pointer;color:var(--link);width:fit-content}
`;

const SCENARIOS = `
.scenario{margin:2.25rem 0 0;padding-top:1.5rem;border-top:1px solid var(--rule)}
.scenario>header{display:flex;flex-wrap:wrap;align-items:baseline;gap:.1rem 1rem;margin-bottom:.5rem}
.scenario>header h3{margin:0}
.claims{list-style:none;margin:.75rem 0;padding:0}
.claims li{display:grid;grid-template-columns:7.5rem 1fr;gap:.75rem;padding:.3rem 0}
.limit{border-left:3px solid var(--limit);padding-left:.75rem}
figure{margin:1.25rem 0}
figcaption{color:var(--muted);font-size:.87rem;margin-bottom:.6rem;max-width:46rem}
.figure{display:block;width:100%;height:auto;overflow:visible;font-family:inherit}
.figure.narrow{display:none}
.figure text{dominant-baseline:auto}
.figure .rim{paint-order:stroke;stroke:var(--paper);stroke-width:3px;stroke-linejoin:round}
.figure .bold{font-weight:650;font-size:12px}
.figure [class*="s-"]{stroke-width:1}
.figure path[class*="s-"]{fill:none}
.figure .curve{stroke-width:1.4;stroke-linejoin:round}
.figure .dots{stroke-width:2.4;stroke-linecap:round}
.figure .point{stroke:var(--paper);stroke-width:1}
.defs{position:absolute}
${markClasses()}
.figure rect[class*="s-"]{stroke-width:1}
`;

const NARROW = `
@media screen and (max-width:44rem){
body{padding:1.25rem 1rem 3rem}
h1{font-size:1.5rem}
.tiles{grid-template-columns:repeat(2,1fr)}
.figure.wide{display:none}.figure.narrow{display:block}
.attention li,.claims li{grid-template-columns:1fr;gap:0}
.stacked thead{display:none}
.stacked,.stacked tbody,.stacked .heading th{display:block}
.stacked .heading{padding-bottom:0;border:0}
.stacked .heading th{border:0;padding-bottom:0}
.stacked tr{display:block;padding:.6rem 0;border-bottom:1px solid var(--rule)}
.stacked td,.stacked td.end{display:grid;grid-template-columns:7rem minmax(0,1fr);gap:.75rem;padding:.12rem 0;border:0;text-align:left;white-space:normal}
.stacked td::before{content:attr(data-label);color:var(--muted)}
.stacked td:empty{display:none}
}
`;

const PRINT = `
@media print{
@page{margin:14mm}
html{font-size:14px}
body{padding:0;max-width:none}
.story{grid-template-columns:repeat(3,1fr)}
.summary{break-after:page}
nav,.scroll::-webkit-scrollbar{display:none}
.scroll{overflow:visible}
tr,figure,.tile,.claims li{break-inside:avoid}
h2,h3,h4,.caption,figcaption{break-after:avoid}
a{color:inherit;text-decoration:none}
}
`;

/** The whole style of a page, to stand in it: nothing is fetched. */
export const STYLE = [COLOURS, TEXT, STATUS, SUMMARY, TABLES, SCENARIOS, NARROW, PRINT].join("").replaceAll("\n\n", "\n");
