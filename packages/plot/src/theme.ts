/** One look for every figure: sizes in pixels, colours as hex. Roles (ink, muted, ...) carry class names too, so that a dark page can recolour them. */
export const theme = {
  family: "'Source Sans 3', 'Source Sans Pro', 'Segoe UI', 'Helvetica Neue', Arial, 'DejaVu Sans', sans-serif",
  size: { title: 17, panel: 14.5, label: 13, tick: 11.5, note: 11.5 },
  cell: { width: 340, height: 300, gap: 22 },
  stroke: { line: 1.8, thin: 1, grid: 0.8 },
  colors: { ink: "#1c2330", muted: "#5a6372", frame: "#aab1bd", grid: "#e7e9ee", paper: "#ffffff", model: "#0072b2" },
} as const;

/** A role that a page's style sheet may recolour. */
export type Role = keyof typeof theme.colors;

/** The class that lets a page recolour `color`, where it is one of the roles' colours. */
export function roleClass(kind: "fill" | "stroke", color: string): string | undefined {
  const role = Object.entries(theme.colors).find(([, value]) => value === color)?.[0];
  return role && `flows-${kind}-${role}`;
}

/** Attributes that fill with a colour. */
export const filled = (color: string) => ({ class: roleClass("fill", color), fill: color });

/** Attributes that stroke with a colour. */
export const stroked = (color: string) => ({ class: roleClass("stroke", color), stroke: color });

/** Attributes that fill with a colour and draw its rim in another or the same. */
export const painted = (fill: string, stroke: string) => ({
  class: [roleClass("fill", fill), roleClass("stroke", stroke)].filter((name) => name !== undefined).join(" ") || undefined,
  fill,
  stroke,
});

/** A style sheet that gives the roles other colours, for pages with a dark side. */
export const roleStyles = (colors: Readonly<Record<Role, string>>): string =>
  Object.entries(colors)
    .map(([role, color]) => `.flows-fill-${role}{fill:${color}}.flows-stroke-${role}{stroke:${color}}`)
    .join("");
