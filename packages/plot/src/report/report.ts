import { escapeText } from "../svg/element.js";
import { reportStyle } from "./style.js";
import { type ReportTable, tableHtml } from "./table.js";

/** A number that leads the page. */
export interface Fact {
  readonly name: string;
  readonly value: string;
  /** Small print under it, such as a standard error. */
  readonly note?: string;
}

/** A figure with words under it. `svg` comes from `figure` and goes onto the page as it is. */
export interface ReportFigure {
  readonly svg: string;
  readonly caption?: string;
}

/** A part of the page. */
export interface ReportSection {
  readonly heading: string;
  /** Plain text; an empty line begins a new paragraph. */
  readonly text?: string;
  readonly figures?: readonly (string | ReportFigure)[];
  readonly tables?: readonly ReportTable[];
}

/** A whole page. */
export interface ReportOptions {
  readonly title: string;
  readonly subtitle?: string;
  readonly facts?: readonly Fact[];
  readonly sections: readonly ReportSection[];
  readonly footer?: string;
  /** Language of the words, default "en". */
  readonly language?: string;
}

/** One HTML page that needs nothing else: figures, styles and all. All words are escaped; there are no scripts. */
export function report(options: ReportOptions): string {
  const { title, subtitle, facts = [], sections, footer, language = "en" } = options;
  const body = [
    "<header>",
    `<h1>${escapeText(title)}</h1>`,
    subtitle === undefined ? "" : `<p class="subtitle">${escapeText(subtitle)}</p>`,
    facts.length === 0 ? "" : `<dl>${facts.map(factHtml).join("")}</dl>`,
    "</header>",
    ...sections.map(sectionHtml),
    footer === undefined ? "" : `<footer>${paragraphs(footer)}</footer>`,
  ];
  return `<!doctype html>
<html lang="${escapeText(language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeText(title)}</title>
<style>${reportStyle}</style>
</head>
<body>
<main>
${body.filter((part) => part !== "").join("\n")}
</main>
</body>
</html>
`;
}

const factHtml = ({ name, value, note }: Fact): string =>
  `<div><dt>${escapeText(name)}</dt><dd>${escapeText(value)}${note === undefined ? "" : `<small>${escapeText(note)}</small>`}</dd></div>`;

function sectionHtml({ heading, text, figures = [], tables = [] }: ReportSection, index: number): string {
  const id = `section-${index + 1}`;
  const parts = [
    `<section aria-labelledby="${id}">`,
    `<h2 id="${id}">${escapeText(heading)}</h2>`,
    text === undefined ? "" : paragraphs(text),
    ...figures.map(figureHtml),
    ...tables.map(tableHtml),
    "</section>",
  ];
  return parts.filter((part) => part !== "").join("\n");
}

const paragraphs = (text: string): string =>
  text
    .split(/\n\s*\n/)
    .filter((part) => part.trim() !== "")
    .map((part) => `<p>${escapeText(part.trim())}</p>`)
    .join("\n");

function figureHtml(one: string | ReportFigure): string {
  const { svg, caption } = typeof one === "string" ? { svg: one } : one;
  return `<figure>${svg}${caption === undefined ? "" : `<figcaption>${escapeText(caption)}</figcaption>`}</figure>`;
}
