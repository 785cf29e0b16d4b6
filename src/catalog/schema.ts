/** The shape of the manifests under `templates/`, checked when the catalog is built. */
import * as z from "zod/mini";

const name = z.string().check(z.regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, "must be kebab-case"));
const fieldName = z.string().check(z.regex(/^[a-z][A-Za-z0-9]*$/, "must be camelCase"));
const sentence = z.string().check(z.minLength(1));

const fieldBase = { name: fieldName, description: sentence };

/** A value that the user may set: `text`, a `number`, or a `choice` among listed values. */
export const fieldSchema = z.discriminatedUnion(
  "type",
  [
    z.strictObject({
      ...fieldBase,
      type: z.literal("text"),
      default: z.string(),
      /** A regular expression that the whole value must match, with its meaning in words. */
      pattern: z.optional(z.strictObject({ regex: z.string(), means: sentence })),
    }),
    z.strictObject({
      ...fieldBase,
      type: z.literal("number"),
      default: z.number(),
      integer: z._default(z.boolean(), true),
      min: z.number(),
      max: z.number(),
    }),
    z.strictObject({
      ...fieldBase,
      type: z.literal("choice"),
      default: z.string(),
      choices: z.array(z.string()).check(z.minLength(2)),
    }),
  ],
  "must be text, number or choice",
);

/** One environment variable that generated code reads. */
const environmentSchema = z.strictObject({
  name: z.string().check(z.regex(/^(API|REDIS)_[A-Z0-9_]+$/, "must be like API_TOKEN")),
  description: sentence,
  /**
   * `name` is without a colon (RFC 7617); `token` must fit into a header as it is: visible ASCII;
   * `endpoint` is a `url` that may have a query; `redis` is where a Redis server is.
   */
  kind: z.enum(["url", "endpoint", "text", "name", "token", "redis"]),
  optional: z._default(z.boolean(), false),
});

/** Environments, the default first, and the variables that stand in the code instead. */
const environmentsSchema = z.strictObject({
  choices: z.array(z.strictObject({ name, label: sentence })).check(z.minLength(2)),
  inCode: z.array(z.string()),
});

/** What a language imports when the code uses `name`; see `src/render/imports.ts`. */
const importSchema = z.strictObject({
  name: sentence,
  from: sentence,
  as: z.optional(sentence),
  /** Whether it comes from a package, not from the language's own library. */
  package: z.optional(z.boolean()),
});

const snippetSchema = z.strictObject({
  prefix: z.string().check(z.regex(/^api-[a-z0-9-]+$/, "must start with api-")),
  description: sentence,
});

/**
 * `templates/GROUP/group.json`: a topic of the tree; with a question, a step of the wizard; with a
 * tick list, extras.
 */
export const groupSchema = z.strictObject({
  title: sentence,
  icon: sentence,
  order: z.number(),
  description: sentence,
  question: z.optional(
    z.strictObject({
      prompt: sentence,
      placeholder: sentence,
      default: name,
      /** Whether the default goes without saying: it stands in no generated file. */
      implied: z._default(z.boolean(), false),
      /** Asked in a step of its own, or among the details of the last one. */
      step: z.enum(["own", "last"]),
    }),
  ),
  /** In the place of a question: what is ticked, none or several, in the wizard's last step. */
  tickList: z.optional(z.strictObject({ prompt: sentence, placeholder: sentence })),
  /** Fields that the options of this group share, by reference. */
  fields: z._default(z.array(fieldSchema), []),
});

/** `templates/GROUP/OPTION/option.json`: one answer, and what helps to choose it. */
export const optionSchema = z.strictObject({
  title: sentence,
  /** How it reads in "a client with …". */
  phrase: z.optional(sentence),
  summary: sentence,
  bestFor: z.optional(sentence),
  strength: z.optional(sentence),
  weakness: z.optional(sentence),
  recommended: z._default(z.boolean(), false),
  order: z.number(),
  environment: z._default(z.array(environmentSchema), []),
  /** What the client is told to use one of; the variables of the other blocks end in its name. */
  environments: z.optional(environmentsSchema),
  /** Names of the group's fields, or fields of its own. */
  fields: z._default(z.array(z.union([fieldName, fieldSchema])), []),
  assumptions: z._default(z.array(sentence), []),
  imports: z._default(z.record(name, z.array(importSchema)), {}),
  /** Shared parts that blocks of several groups need, so that a client has each once. */
  needs: z._default(z.array(name), []),
  /** Extras that are ticked where this option is chosen and nothing else is said. */
  extras: z._default(z.array(name), []),
  /** Options and extras that it makes no sense beside, each with the reason. */
  unless: z._default(z.array(z.strictObject({ group: name, option: name, reason: sentence })), []),
  /** Files of its own beside the client, by language; CLIENT stands for the client's name. */
  files: z._default(z.record(name, sentence), {}),
  /** What these files import, beside what the language has. */
  fileImports: z._default(z.record(name, z.array(importSchema)), {}),
  snippet: z.optional(snippetSchema),
});

/** `templates/language/LANGUAGE/language.json`. */
export const languageSchema = z.strictObject({
  title: sentence,
  summary: sentence,
  bestFor: z.optional(sentence),
  strength: z.optional(sentence),
  weakness: z.optional(sentence),
  recommended: z._default(z.boolean(), false),
  order: z.number(),
  /** The runtime that the generated file needs, beside packages and the environment. */
  needs: sentence,
  fileName: sentence,
  /** The editor's id for a new document, then the ids that static snippets are offered in. */
  editorId: name,
  snippetIds: z.array(name).check(z.minLength(1)),
  syntax: z.enum(["javascript", "python"]),
  indent: z.number(),
  environment: z._default(z.array(environmentSchema), []),
  fields: z._default(z.array(z.union([fieldName, fieldSchema])), []),
  assumptions: z._default(z.array(sentence), []),
  imports: z.array(importSchema),
});

export type Field = Readonly<z.infer<typeof fieldSchema>>;
export type EnvironmentVariable = Readonly<z.infer<typeof environmentSchema>>;
export type Environments = Readonly<z.infer<typeof environmentsSchema>>;
export type Import = Readonly<z.infer<typeof importSchema>>;
export type SnippetManifest = Readonly<z.infer<typeof snippetSchema>>;
