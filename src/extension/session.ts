/** One run through the questions: steps, Back, and the last step with its branches. */
import { l10n } from "vscode";
import type { Question, TickList } from "../catalog/questions.js";
import type { Recipe } from "../catalog/recipe.js";
import { askDetails } from "./details.js";
import { type Branch, menuItems, tickItems } from "./menu.js";
import type { Frame, ListOptions, PickOptions, Prompts } from "./quick-input.js";
import type { WizardState } from "./state.js";
import type { EditorFacts, NewFiles, TargetName } from "./targets.js";
import { choiceRow } from "./texts.js";

/** What a session needs of the editor. */
export interface Surroundings extends Prompts {
  readonly editor: () => EditorFacts | undefined;
  readonly preview: (recipe: Recipe) => Promise<void>;
  /** The names of the files that a recipe would be opened as, by target. */
  readonly newFiles: (recipe: Recipe) => Promise<NewFiles>;
}

/** How a step was left; a target ends the wizard. */
type Left = "next" | "back" | "cancelled" | { readonly target: TargetName };

export class Session {
  #previewing = false;
  /** Where the cursor stands in the last step's menu after a branch. */
  #lastBranch: string | undefined;
  /** A preview can be scrolled and read without losing the wizard. */
  readonly #prompts: Prompts = {
    pick: <T>(options: PickOptions<T>) =>
      this.surroundings.pick({ ...options, stay: this.#previewing }),
    tick: <T>(options: ListOptions<T>) =>
      this.surroundings.tick({ ...options, stay: this.#previewing }),
    enter: (options) => this.surroundings.enter(options),
  };

  constructor(
    private readonly state: WizardState,
    private readonly surroundings: Surroundings,
    private readonly remembered: TargetName,
  ) {}

  /** Asks until there is a target; undefined where the user leaves. */
  async run(): Promise<TargetName | undefined> {
    let step = 0;
    for (;;) {
      const question = this.state.questions("own")[step];
      const left = question
        ? await this.#ask(question, this.#frame(question.prompt, step))
        : await this.#menu(this.#frame(l10n.t("Generate API Client"), step));
      if (left === "cancelled") return undefined;
      if (typeof left === "object") return left.target;
      step += left === "back" ? -1 : 1;
    }
  }

  #frame(title: string, index: number): Frame {
    const totalSteps = this.state.questions("own").length + 1;
    return { title, step: index + 1, totalSteps, back: index > 0 };
  }

  async #ask(question: Question, frame: Frame): Promise<Left> {
    const current = this.state.current(question);
    const items = question.choices.map((choice) => ({
      ...choiceRow(choice, choice.answer.name === current),
      value: choice.answer.name,
    }));
    const active = items.find((item) => item.value === current);
    const answered = await this.#prompts.pick({
      frame,
      placeholder: question.placeholder,
      items,
      active,
    });
    if (answered.kind !== "picked") return answered.kind;
    this.state.choose(question, answered.value);
    return "next";
  }

  async #tick(list: TickList): Promise<Left> {
    const answered = await this.#prompts.tick({
      frame: { title: list.prompt, back: true },
      placeholder: list.placeholder,
      items: tickItems(list),
    });
    if (answered.kind !== "picked") return answered.kind;
    this.state.tick(list, answered.value);
    return "next";
  }

  /** The last step: the target, and on the way to it options, details and a preview. */
  async #menu(frame: Frame): Promise<Left> {
    const placeholder = l10n.t("Choose where the code goes");
    for (;;) {
      const { editor, newFiles } = this.surroundings;
      const files = await newFiles(this.state.recipe());
      const items = menuItems(this.state, this.remembered, editor(), files);
      const active = items.find(({ value }) => value && value.id === this.#lastBranch);
      const answered = await this.#prompts.pick({ frame, placeholder, items, active });
      if (answered.kind !== "picked") return answered.kind;
      const { value } = answered;
      if (value.kind === "target") return { target: value.target };
      this.#lastBranch = value.id;
      if ((await this.#branch(value)) === "cancelled") return "cancelled";
      if (this.#previewing) await this.surroundings.preview(this.state.recipe());
    }
  }

  async #branch(branch: Branch): Promise<Left> {
    switch (branch.kind) {
      case "question":
        return this.#ask(branch.question, { title: branch.question.prompt, back: true });
      case "extras":
        return this.#tick(branch.list);
      case "details":
        return askDetails(this.state, this.#prompts);
      case "preview":
        this.#previewing = true;
        return "next";
    }
  }
}
