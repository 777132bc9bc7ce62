import { roleStyles, theme } from "../theme.js";

const dark = { ink: "#e4e7ed", muted: "#a4adba", frame: "#545d6b", grid: "#2c323c", paper: "#171b22", model: "#3f9fdc" } as const;

const variables = (colors: Readonly<Record<string, string>>): string =>
  Object.entries(colors)
    .map(([role, color]) => `--${role}:${color}`)
    .join(";");

/** The page's style sheet: one column, light or dark as the reader's system is, plain on paper. */
export const reportStyle = `
:root{color-scheme:light dark;${variables(theme.colors)};--page:#f5f6f8}
@media (prefers-color-scheme:dark){:root{${variables(dark)};--page:#101318}${roleStyles(dark)}}
*{box-sizing:border-box}
body{margin:0;background:var(--page);color:var(--ink);font:16px/1.6 ${theme.family}}
main{max-width:1120px;margin:0 auto;padding:48px 24px 64px}
h1{font-size:32px;line-height:1.2;margin:0 0 4px;letter-spacing:-.01em}
h2{font-size:21px;line-height:1.3;margin:48px 0 8px;padding-top:16px;border-top:1px solid var(--frame)}
p{max-width:72ch;margin:8px 0}
.subtitle,footer,figcaption,caption{color:var(--muted)}
.subtitle{font-size:18px;margin:0}
dl{display:grid;grid-template-columns:repeat(auto-fit,minmax(170px,1fr));gap:12px;margin:28px 0 0}
dl div{background:var(--paper);border:1px solid var(--grid);border-radius:8px;padding:12px 16px}
dt{color:var(--muted);font-size:14px}
dd{margin:0;font-size:24px;font-weight:600;font-variant-numeric:tabular-nums;overflow-wrap:anywhere}
dd small{display:block;font-size:13.5px;font-weight:400;color:var(--muted)}
figure{margin:20px 0;background:var(--paper);border:1px solid var(--grid);border-radius:8px;padding:12px;overflow-x:auto}
figure svg{display:block;margin:0 auto;max-width:100%;height:auto}
figure svg svg{display:inline;margin:0;max-width:none}
figcaption{font-size:14.5px;padding:6px 10px 2px}
.table{overflow-x:auto;margin:20px 0}
table{border-collapse:collapse;background:var(--paper);border:1px solid var(--grid);font-variant-numeric:tabular-nums;min-width:min(100%,420px)}
caption{caption-side:bottom;text-align:left;font-size:14.5px;padding:8px 2px}
th,td{padding:7px 16px;text-align:left;border-bottom:1px solid var(--grid);position:relative}
thead th{font-weight:600;border-bottom:1.5px solid var(--frame);white-space:nowrap}
tbody th{font-weight:400}
.number{text-align:right}
td span{position:relative}
td .bar{position:absolute;left:0;bottom:0;top:0;background:var(--model);opacity:.2}
footer{margin-top:56px;font-size:14px}
@media (max-width:720px){figure svg{max-width:none}main{padding:24px 12px}}
@media print{body{background:none}main{padding:0;max-width:none}figure,table,dl div{break-inside:avoid}}
`.trim();
