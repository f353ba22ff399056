import { expect, test } from "vitest";
import { statesDocument, statesWritten } from "../../tools/states.ts";

test("the tables of states in the document are those of the code: npm run states writes them", () => {
  expect(statesWritten()).toBe(statesDocument());
  expect(statesDocument().match(/^stateDiagram-v2$/gm)).toHaveLength(13);
});
