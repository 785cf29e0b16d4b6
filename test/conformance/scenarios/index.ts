import type { Scenario } from "../scenario.js";
import { ADAPTIVE } from "./adaptive.js";
import { ADMIN_TOOL } from "./admin-tool.js";
import { ADMIN_TOOL_INPUT } from "./admin-tool-input.js";
import { AUTH } from "./auth.js";
import { BACKOFF } from "./backoff.js";
import { BREAKER } from "./breaker.js";
import { CHECKPOINT_OWNERS } from "./checkpoint-owner.js";
import { REFUSED_CHECKPOINTS } from "./checkpoint-refused.js";
import { CHECKPOINTS } from "./checkpoint.js";
import { DRIFT } from "./drift.js";
import { HOSTILE } from "./hostile.js";
import { IDEMPOTENCY } from "./idempotency.js";
import { LIMITS } from "./limits.js";
import { LOGGING } from "./logging.js";
import { LOGIN } from "./login.js";
import { MEMORY } from "./memory.js";
import { OAUTH } from "./oauth.js";
import { ODD_TOKENS } from "./odd-tokens.js";
import { PAGINATION } from "./pagination.js";
import { PROCESS } from "./process.js";
import { RACES } from "./races.js";
import { REDIS } from "./redis.js";
import { REQUESTS } from "./request.js";
import { RETRY_AFTER } from "./retry-after.js";
import { RETRY_ADVICE } from "./retry-advice.js";
import { RETRY } from "./retry.js";
import { SECURITY } from "./security.js";
import { SYNC_JOBS } from "./sync-job.js";
import { TOKEN_REQUESTS } from "./token-request.js";
import { TOKEN_SHARING } from "./token-sharing.js";
import { TOKEN_ANSWERS } from "./token-answers.js";
import { TOKEN } from "./token.js";
import { UNSENT } from "./unsent.js";
import { WHOLE_ANSWERS } from "./whole-answer.js";

/** All of them, in the order of the conformance table. */
export const SCENARIOS: readonly Scenario[] = [
  AUTH,
  TOKEN,
  TOKEN_REQUESTS,
  TOKEN_ANSWERS,
  ODD_TOKENS,
  OAUTH,
  TOKEN_SHARING,
  RACES,
  LOGIN,
  REQUESTS,
  RETRY,
  UNSENT,
  WHOLE_ANSWERS,
  RETRY_ADVICE,
  BACKOFF,
  RETRY_AFTER,
  BREAKER,
  PAGINATION,
  DRIFT,
  CHECKPOINTS,
  REFUSED_CHECKPOINTS,
  CHECKPOINT_OWNERS,
  SYNC_JOBS,
  LIMITS,
  REDIS,
  ADAPTIVE,
  IDEMPOTENCY,
  ADMIN_TOOL,
  ADMIN_TOOL_INPUT,
  LOGGING,
  SECURITY,
  HOSTILE,
  MEMORY,
  PROCESS,
]
  .flat()
  .sort((one, two) => one.behaviour - two.behaviour);
