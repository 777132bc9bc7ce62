/** A compiled kernel takes so many bytes of a column at once. */
export const COLUMN = 64;
