import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { root } from "./steps.mjs";

/** The floors of each package from the ground up: a room imports rooms below it only. A room is a folder, or a file outside of any. */
const floors = JSON.parse(readFileSync(join(dirname(fileURLToPath(import.meta.url)), "floors.json"), "utf8"));

const isSource = (name) => /\.ts$/.test(name) && !/\.(test|test-d)\.ts$|^index\.ts$/.test(name);
const sources = (folder) =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (entry.isDirectory()) return ["generated", "fixtures", "testing"].includes(entry.name) ? [] : sources(join(folder, entry.name));
    return isSource(entry.name) ? [join(folder, entry.name)] : [];
  });

/** The files of a package that each of its files imports. */
function importsOf(src) {
  const files = new Set(
    sources(src)
      .map((file) => relative(src, file))
      .filter((file) => file !== "index.ts"),
  );
  const imports = (file) =>
    [...readFileSync(join(src, file), "utf8").matchAll(/(?:from|import)\s*\(?\s*"(\.[^"]+)\.js"/g)]
      .map(([, path]) => `${join(dirname(file), path)}.ts`)
      .filter((path) => files.has(path) && path !== file);
  return new Map([...files].map((file) => [file, new Set(imports(file))]));
}

const roomOf = (file) => (dirname(file) === "." ? file.replace(/\.ts$/, "") : dirname(file));

function betweenRooms(files) {
  const rooms = new Map();
  for (const [file, imports] of files) {
    const room = roomOf(file);
    const known = rooms.get(room) ?? new Set();
    for (const other of imports) if (roomOf(other) !== room) known.add(roomOf(other));
    rooms.set(room, known);
  }
  return rooms;
}

/** Sets of nodes that reach each other: Tarjan (1972), Depth-first search and linear graph algorithms. */
export function circles(graph) {
  const [order, low, stack, found] = [new Map(), new Map(), [], []];
  const visit = (node) => {
    order.set(node, order.size);
    low.set(node, order.get(node));
    stack.push(node);
    for (const next of graph.get(node) ?? []) {
      if (!order.has(next)) visit(next);
      if (stack.includes(next)) low.set(node, Math.min(low.get(node), low.get(next)));
    }
    if (low.get(node) !== order.get(node)) return;
    const circle = stack.splice(stack.indexOf(node));
    if (circle.length > 1) found.push(circle);
  };
  for (const node of graph.keys()) if (!order.has(node)) visit(node);
  return found;
}

/** What is wrong with a package whose sources lie in `src`: circles of files, circles of rooms, imports that run up. */
export function faultsOf(src, plan) {
  const files = importsOf(src);
  const rooms = betweenRooms(files);
  const listed = plan?.flat() ?? [];
  const floorOf = (room) => plan.findIndex((floor) => floor.includes(room));
  const unknown = plan ? [...rooms.keys()].filter((room) => !listed.includes(room)) : [];
  const gone = listed.filter((room) => !rooms.has(room));
  const up = plan
    ? [...rooms].flatMap(([room, others]) =>
        [...others].filter((other) => floorOf(other) >= floorOf(room)).map((other) => `${room} imports ${other}`),
      )
    : [];
  return {
    files: circles(files),
    rooms: circles(rooms),
    floors: [...up, ...unknown.map((room) => `${room} has no floor`), ...gone.map((room) => `${room} is listed, but is not there`)],
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const packages = ["packages", "apps"].flatMap((parent) => readdirSync(join(root, parent)).map((name) => join(parent, name)));
  const checked = packages.filter((home) => existsSync(join(root, home, "src")));
  const all = checked.map((home) => [home, faultsOf(join(root, home, "src"), floors[home])]);
  const say = (kind) => all.flatMap(([home, faults]) => faults[kind].map((fault) => `${home}: ${[fault].flat().join(" <-> ")}`));
  for (const line of ["files", "rooms", "floors"].flatMap(say)) console.error(line);
  const [ofFiles, ofRooms, against] = ["files", "rooms", "floors"].map((kind) => say(kind).length);
  console.log(
    `${ofFiles} circles of files, ${ofRooms} circles of folders, ${against} imports against the floors, in ${checked.length} packages`,
  );
  process.exitCode = ofFiles + ofRooms + against === 0 ? 0 : 1;
}
