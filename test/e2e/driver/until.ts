/** Waits on conditions. */
import { setTimeout as sleep } from "node:timers/promises";

/** How long the editor may take for anything, on a slow and busy machine. */
export const PATIENCE_MS = 30_000;

/**
 * Asks again and again until the answer isn't undefined or false, and returns it.
 * @param what completes the sentence "Waited in vain for …"
 */
export async function until<T>(
  what: string,
  ask: () => Promise<T | undefined | false>,
  patienceMs = PATIENCE_MS,
): Promise<T> {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined && answer !== false) return answer;
    if (Date.now() > deadline) throw new Error(`Waited in vain for ${what}.`);
    await sleep(50);
  }
}
