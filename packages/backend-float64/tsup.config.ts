import { library } from "../../tooling/tsup.js";

const notice =
  "/*! Contains tfjs-backend-cpu 4.22.0, Copyright Google LLC, Apache License 2.0, changed to float64 throughout; see NOTICE. */";

export default library(["src/index.ts"], { banner: { js: notice } });
