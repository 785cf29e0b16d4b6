import { catalog, parts } from "virtual:catalog";
import { nodeIo } from "./node-io.js";
import { run } from "./program.js";

process.exitCode = await run(process.argv.slice(2), { io: nodeIo(), catalog, parts });
