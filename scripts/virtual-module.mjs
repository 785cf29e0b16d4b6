/** Modules that stand in no file: their text is made when a bundler asks for it. */

/**
 * @typedef {object} VirtualModule
 * @property {string} name imported as `virtual:NAME`
 * @property {() => string | Promise<string>} text
 */

/** @param {VirtualModule} module @returns {import("esbuild").Plugin} */
export function esbuildVirtual({ name, text }) {
  return {
    name,
    setup(bundler) {
      bundler.onResolve({ filter: new RegExp(`^virtual:${name}$`) }, ({ path }) => ({
        path,
        namespace: name,
      }));
      bundler.onLoad({ filter: /.*/, namespace: name }, async () => ({
        contents: await text(),
        loader: "js",
      }));
    },
  };
}

/** @param {VirtualModule} module @returns {import("vite").Plugin} */
export function viteVirtual({ name, text }) {
  const id = `\0virtual:${name}`;
  return {
    name,
    resolveId: (asked) => (asked === `virtual:${name}` ? id : undefined),
    load: (asked) => (asked === id ? text() : undefined),
  };
}
