import { Refusal } from "../refusal.ts";
import { jsonText, parseTree, read, readParts, write, writeParts } from "./codec.ts";
import type { Parts, Read, ReadParts, Tree, Written, WrittenParts } from "./field.ts";
import {
  codeQuery,
  type Input,
  type Inputs,
  type Output,
  type Outputs,
  type TransactionNo,
  transactions,
} from "./wire.ts";
import { answer, insuredAreaMissing, personField, request } from "./wire-envelope.ts";

export type Request = Read<typeof request>;
type Answer = Read<typeof answer>;

/** 请求报文 · reads a message: its envelope in our words, and under `input` the tree that `readInput` reads. */
export function parseMessage(written: string): Request {
  const message = read(request, parseTree(written));
  if (message.insuredArea === null && namesPerson(message.input)) {
    throw new Refusal("malformed", { detail: insuredAreaMissing });
  }
  return message;
}

/** Does a node of the input hold a person's number? */
const namesPerson = (input: Tree): boolean =>
  Object.values(input)
    .flat()
    .some((node) => typeof node === "object" && node !== null && personField in node);

/** Writes a message whose `input` is what `writeInput` made. */
export const writeMessage = (message: Written<typeof request>): string => jsonText(write(request, message));

/** 应答报文 · reads an answer; `output` is the tree that `readOutput` reads. */
export const readAnswer = (written: string): Answer => read(answer, parseTree(written));

/** Writes an answer; of a refusal's sentence as much as the field holds. */
export function writeAnswer(given: Written<typeof answer>): string {
  const longest = Number(answer.err_msg.length);
  const message = given.message && [...given.message].slice(0, longest).join("");
  return jsonText(write(answer, { ...given, message }));
}

/** What a message asks, in our words, or `malformed` with the fields that are wrong. */
export const readInput = <T extends TransactionNo>(no: T, input: Tree): Input<T> =>
  readParts(transactions[no].input as Parts, input) as unknown as Input<T>;

/** The input of a message; what `readInput` would refuse is a RangeError. */
export const writeInput = <T extends TransactionNo>(no: T, input: WrittenParts<Inputs[T]>): Tree =>
  writeParts(transactions[no].input as Parts, input as WrittenParts<Parts>);

/** What an answer says, in our words, or `malformed`; an answer without output is an empty one. */
export const readOutput = <T extends TransactionNo>(no: T, output: Tree | null): Output<T> =>
  readParts(transactions[no].output as Parts, output ?? {}) as unknown as Output<T>;

/** The output of an answer; what `readOutput` would refuse is a RangeError. */
export const writeOutput = <T extends TransactionNo>(no: T, output: WrittenParts<Outputs[T]>): Tree =>
  writeParts(transactions[no].output as Parts, output as WrittenParts<Parts>);

type CodeAsked = ReadParts<typeof codeQuery.input>["request"];
type CodeFound = ReadParts<typeof codeQuery.output>["person"];

/** What a provider asks of a code, in our words, or `malformed`. */
export const readCodeQuery = (written: string): CodeAsked =>
  (readParts(codeQuery.input as Parts, parseTree(written)) as unknown as ReadParts<typeof codeQuery.input>).request;
export const writeCodeQuery = (request: WrittenParts<typeof codeQuery.input>["request"]): string =>
  jsonText(writeParts(codeQuery.input as Parts, { request } as unknown as WrittenParts<Parts>));

const done = "成功";
/** What it is answered: whom the code is of, or why it is not read. */
export const writeCodeAnswer = (
  said: { readonly person: WrittenParts<typeof codeQuery.output>["person"] } | { readonly refused: string },
): string =>
  "refused" in said
    ? jsonText({ code: -1, message: said.refused })
    : jsonText({
        code: 0,
        message: done,
        ...writeParts(codeQuery.output as Parts, said as unknown as WrittenParts<Parts>),
      });
export function readCodeAnswer(written: string): { readonly person: CodeFound } | { readonly refused: string } {
  const answered = parseTree(written);
  if (String(answered.code) !== "0") return { refused: String(answered.message) };
  const { person } = readParts(codeQuery.output as Parts, answered) as unknown as ReadParts<typeof codeQuery.output>;
  return { person };
}
