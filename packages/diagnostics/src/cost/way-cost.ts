/** What one row costs in one direction. */
export interface WayCost {
  readonly flops: number;
  /** How often the row goes through a network, over all layers. */
  readonly networkPasses: number;
  /** Memory at its peak for each row that is computed at a time. */
  readonly bytes: number;
  /** Layers that have no formula in this direction and are solved numerically. */
  readonly solved: number;
}
