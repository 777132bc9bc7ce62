/** Flows are ES modules: `require` loads them where Node can do that, `import()` everywhere. */
const load = async (name) => {
  try {
    return require(name);
  } catch {
    return import(name);
  }
};

async function main() {
  const { wasm } = await load("@flows/backend-wasm");
  const { realNvp } = await load("@flows/bijectors");
  const { fit, score, useBackend } = await load("@flows/core");
  const { holds, ring } = await import("./ring.mjs");
  const backend = await useBackend(wasm());
  const flow = realNvp({ features: 2, layers: 2, hidden: [8] });
  await fit(flow, ring, { seed: 1, epochs: 1 });
  const densities = await score(flow, ring);
  holds(".cjs: a flow trains and scores", densities.length === ring.length && densities.every(Number.isFinite));
  flow.dispose();
  backend.dispose();
}

main();
