/** What document 001 sets out to teach, and where this project shows it. */
export interface Objective {
  readonly text: string;
  /** Acceptance lines. */
  readonly lines: string;
  /** The experiment to run. */
  readonly experiment: string;
}

export const objectives: readonly Objective[] = [
  { text: "how flows differ from VAEs in modelling densities", lines: "001.6", experiment: "001-maps" },
  { text: "the change of variables between base and transformed densities", lines: "001.7, 001.25", experiment: "001-maps" },
  { text: "invertible maps in one and two dimensions", lines: "001.14 to 001.47", experiment: "001-maps" },
  { text: "a RealNVP implemented and trained on the ring", lines: "001.49 to 001.69", experiment: "001-ring" },
  { text: "advantages and limits of flows, and what lies beyond them", lines: "001.26, 004.86", experiment: "004-transport" },
];
