import { issuerLength, readStatement, type StatementFacts, statementMessage, writeStatement } from "./code.ts";
import { statementDays } from "./credential.ts";
import { keyId } from "./keys.ts";
import type { Signer } from "./signature.ts";

/** 签发 · the statement that a phone keeps, signed; for whoever keeps the issuer's key. The phone's key is of the issuer's algorithm. */
export function issue(facts: StatementFacts, issuer: Signer): Uint8Array {
  const { algorithm, publicKey } = issuer;
  const unsigned = {
    ...facts,
    algorithm,
    issuer: keyId(algorithm, publicKey).slice(0, issuerLength),
    goodDays: statementDays,
  };
  const bytes = writeStatement({ ...unsigned, signature: issuer.sign(statementMessage(unsigned)) });
  if (readStatement(bytes) === null) throw new RangeError("facts of no statement");
  return bytes;
}
