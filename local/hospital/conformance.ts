import { checkGateway } from "../../hospital/conformance.ts";
import { localSupply } from "./supply.ts";

// npm run conformance: the kit's own command, which beside a local start needs no files.
process.exit(await checkGateway(process.argv.slice(2), localSupply));
