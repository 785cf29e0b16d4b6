/** The little of the DOM that the driver reads: the project is compiled without its types. */
export interface Dom {
  readonly textContent: string;
  readonly clientHeight: number;
  readonly scrollHeight: number;
  getAttribute(name: string): string | null;
  querySelector(selector: string): Dom | null;
  querySelectorAll(selector: string): Iterable<Dom>;
}
