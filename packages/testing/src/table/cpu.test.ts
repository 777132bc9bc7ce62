import { cpu } from "@flows/backend-cpu";
import { everyLawHolds } from "./hold.js";

everyLawHolds(cpu());
