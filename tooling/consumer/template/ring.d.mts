export declare const ring: readonly (readonly [number, number])[];
export declare function holds(what: string, condition: boolean): void;
