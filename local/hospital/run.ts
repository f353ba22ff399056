import { playHospitals } from "../../hospital/run.ts";
import { localSupply } from "./supply.ts";

// npm run hospital: the kit's own command, which beside a local start needs no files.
process.exit(await playHospitals(process.argv.slice(2), localSupply));
