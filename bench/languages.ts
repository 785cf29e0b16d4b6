/** The languages of generated clients. */
export const LANGUAGES = ["javascript", "python"] as const;
export type Language = (typeof LANGUAGES)[number];
export const TITLES = { javascript: "JavaScript", python: "Python" } as const;
