/** The wizard, by keyboard only. */
import { catalog } from "virtual:catalog";
import { until } from "../driver/until.js";
import type { Workbench } from "../driver/workbench.js";

export const GENERATE = "API Snippets: Generate API Client…";

const prompt = (group: string) =>
  catalog.groups.find(({ name }) => name === group)?.question?.prompt ?? "";

/** The steps in their order: what each asks, and what answers it here. */
export const STEPS = [
  { title: catalog.language.question.prompt, answer: "JavaScript" },
  { title: prompt("auth"), answer: "Bearer token" },
  { title: prompt("pagination"), answer: "Cursor" },
  { title: prompt("retry"), answer: "Exponential backoff" },
  { title: "Generate API Client", answer: "New File" },
] as const;

/** Answers by the step's number, instead of those above. */
export type OtherAnswers = Readonly<Record<number, string>>;

/** Opens the wizard and waits for its first question. */
export async function startWizard({ quick, page }: Workbench): Promise<void> {
  await until(`"${GENERATE}" in the palette`, async () => {
    await quick.openPalette(GENERATE);
    if (await quick.becomesActive(GENERATE)) return true;
    // The palette doesn't notice commands that an extension brings after it was opened.
    await page.keyboard.press("Escape");
    return false;
  });
  await page.keyboard.press("Enter");
  await quick.waitFor({ title: STEPS[0].title });
}

/** Types an answer, and takes it when it is the active row. */
export async function answer({ quick, page }: Workbench, label: string): Promise<void> {
  await page.keyboard.type(label);
  await until(`"${label}" as the active row`, () => quick.becomesActive(label));
  await page.keyboard.press("Enter");
}

/** Starts the wizard and answers all questions before the step with this number, from 1. */
export async function goToStep(
  workbench: Workbench,
  number: number,
  answers: OtherAnswers = {},
): Promise<void> {
  await startWizard(workbench);
  for (const [index, { title, answer: usual }] of STEPS.entries()) {
    await workbench.quick.waitFor({ title, step: `${index + 1}/${STEPS.length}` });
    if (index + 1 === number) return;
    await answer(workbench, answers[index + 1] ?? usual);
  }
}

/** Goes through all steps. */
export async function runWizard(workbench: Workbench, answers: OtherAnswers = {}): Promise<void> {
  const last = STEPS.length;
  await goToStep(workbench, last, answers);
  await answer(workbench, answers[last] ?? STEPS[last - 1]?.answer ?? "");
  await workbench.quick.waitForClosed();
}

/** In the last step: ticks exactly these extras, by their titles, and comes back. */
export async function tickExtras(workbench: Workbench, ...titles: string[]): Promise<void> {
  const { quick } = workbench;
  const { tickList } = catalog.groups.find(({ name }) => name === "extra") ?? {};
  await answer(workbench, "Extras");
  await quick.waitFor({ title: tickList?.prompt ?? "" });
  const ticked = await quick.ticked();
  const other = [...titles, ...ticked].filter(
    (title) => titles.includes(title) !== ticked.includes(title),
  );
  for (const title of other) await quick.pick(title);
  await until("the ticks", async () => (await quick.ticked()).length === titles.length);
  await quick.accept();
  await quick.waitFor({ title: "Generate API Client" });
}
