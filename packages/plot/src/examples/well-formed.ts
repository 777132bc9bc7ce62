const tag = /<(\/?)([A-Za-z][\w:-]*)((?:\s+[\w:-]+="[^"<]*")*)\s*(\/?)>/y;
const text = /(?:[^<&]|&(?:amp|lt|gt|quot|#39);)*/y;

/** All opened elements of a piece of XML, in order. Throws where it is not well-formed. */
export function tagsOf(xml: string): string[] {
  const open: string[] = [];
  const seen: string[] = [];
  let at = match(text, xml, 0)[0].length;
  while (at < xml.length) {
    const [all, closing, name = "", , empty] = match(tag, xml, at);
    if (!closing) seen.push(name);
    if (closing && open.pop() !== name) throw new Error(`</${name}> closes nothing at ${at}`);
    if (!closing && !empty) open.push(name);
    at += all.length;
    at += match(text, xml, at)[0].length;
  }
  if (open.length > 0) throw new Error(`<${open.at(-1)}> is not closed`);
  return seen;
}

function match(pattern: RegExp, xml: string, at: number): RegExpExecArray {
  pattern.lastIndex = at;
  const found = pattern.exec(xml);
  if (!found) throw new Error(`not well-formed at ${at}: ${xml.slice(at, at + 60)}`);
  return found;
}
