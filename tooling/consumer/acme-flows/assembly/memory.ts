/** The float32 at a place of a row, a parameter or a column. */
export function numberAt(start: usize, index: i32): f64 {
  return <f64>load<f32>(start + (<usize>index << 2));
}

export function addTo(start: usize, index: i32, amount: f64): void {
  store<f32>(start + (<usize>index << 2), <f32>(numberAt(start, index) + amount));
}
