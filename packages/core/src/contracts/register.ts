/** A block of columns, [rows, width]; `shared` means one row that all rows see. */
export interface Register {
  readonly index: number;
  readonly width: number;
  readonly shared: boolean;
}

/** A named view inside one of the program's buffers. */
export interface Place {
  readonly buffer: number;
  readonly offset: number;
  readonly size: number;
}

export type Places<T> = { readonly [K in keyof T]: Place };
