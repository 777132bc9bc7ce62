import { Step, adjointAt, param, read, setting, valueAt, wholeSetting, write } from "@flows/backend-wasm/assembly/rows/step";
import { addTo, numberAt } from "./memory";

/** A barrier: the mean of each column over all rows, after the running one that follows from it; the setting is its weight there. */
export function meanForward(step: Step, first: i32, last: i32): void {
  const width = read(step, 0).width;
  for (let j = 0; j < width; j++) {
    let sum: f64 = 0;
    for (let row = first; row < last; row++) sum += numberAt(valueAt(read(step, 0), row), j);
    const mean = sum / <f64>(last - first);
    const old = numberAt(param(step, 0).value, j);
    store<f32>(write(step, 0).value + (<usize>j << 2), <f32>(old + <f64>setting(step, 0) * (mean - old)));
    store<f32>(write(step, 1).value + (<usize>j << 2), <f32>mean);
  }
}

/** Every row's share of the adjoint of the mean. */
export function meanBackward(step: Step, first: i32, last: i32): void {
  const width = read(step, 0).width;
  for (let row = first; row < last; row++)
    for (let j = 0; j < width; j++)
      addTo(adjointAt(read(step, 0), row), j, numberAt(write(step, 1).adjoint, j) / <f64>step.rows);
}

/** The center: a row that all share and that is read, or the first parameter. */
function centerAt(step: Step, j: i32): f64 {
  return numberAt(step.reads > 1 ? read(step, 1).value : param(step, 0).value, j);
}

/** y = (x - center) / unit, or x = z unit + center for the setting 1; the second setting is the log-det. */
export function unitsForward(step: Step, first: i32, last: i32): void {
  const width = read(step, 0).width;
  for (let row = first; row < last; row++) {
    for (let j = 0; j < width; j++) {
      const x = numberAt(valueAt(read(step, 0), row), j);
      const unit = numberAt(param(step, 1).value, j);
      const y = wholeSetting(step, 0) != 0 ? x * unit + centerAt(step, j) : (x - centerAt(step, j)) / unit;
      store<f32>(valueAt(write(step, 0), row) + (<usize>j << 2), <f32>y);
    }
    addTo(step.logDet, row, <f64>setting(step, 1));
  }
}

export function unitsBackward(step: Step, first: i32, last: i32): void {
  const forward = wholeSetting(step, 0) != 0;
  const width = read(step, 0).width;
  for (let row = first; row < last; row++)
    for (let j = 0; j < width; j++) {
      const dy = numberAt(adjointAt(write(step, 0), row), j);
      const unit = numberAt(param(step, 1).value, j);
      addTo(adjointAt(read(step, 0), row), j, forward ? dy * unit : dy / unit);
      if (step.reads > 1) addTo(read(step, 1).adjoint, j, forward ? dy : -dy / unit);
    }
}
