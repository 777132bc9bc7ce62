/** Why a text cannot be taken as JSON, or undefined: see `jsonFault`. */
export type JsonFault = string | undefined;

/**
 * What `JSON.parse` lets pass in a text from a stranger: a key given twice in one object, and nesting deeper than `depth`.
 * Any other mistake is left to `JSON.parse`. One pass, no recursion.
 */
export function jsonFault(text: string, depth: number): JsonFault {
  const open: (Set<string> | undefined)[] = [];
  for (let at = 0; at < text.length; at++) {
    const char = text[at];
    if (char === "{" || char === "[") {
      if (open.push(char === "{" ? new Set() : undefined) > depth) return `it nests deeper than ${depth} levels`;
    } else if (char === "}" || char === "]") open.pop();
    else if (char === '"') {
      const end = closingQuote(text, at);
      const keys = open.at(-1);
      if (keys && isKey(text, end + 1)) {
        const key = unescaped(text.slice(at, end + 1));
        if (keys.has(key)) return `the key ${quoted(key)} is given twice`;
        keys.add(key);
      }
      at = end;
    }
  }
  return undefined;
}

/** A name from a file, fit for a message: escaped and at most 80 characters. */
export const quoted = (name: string): string => JSON.stringify(name.length > 80 ? `${name.slice(0, 77)}...` : name);

function closingQuote(text: string, from: number): number {
  let at = from + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === "\\" ? 2 : 1;
  return at;
}

function isKey(text: string, from: number): boolean {
  let at = from;
  while (" \t\n\r".includes(text[at] ?? "-")) at++;
  return text[at] === ":";
}

/** Two spellings of one key ("a" and "\u0061") are one key; what is no JSON string stays as it is. */
function unescaped(token: string): string {
  if (!token.includes("\\")) return token.slice(1, -1);
  try {
    return String(JSON.parse(token));
  } catch {
    return token;
  }
}
