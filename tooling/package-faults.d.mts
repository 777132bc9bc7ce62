/** Where a package ships the notices of what its build has taken in. */
export declare const notices: string;

/** What is wrong with a package as unpacked from its tarball; `url` is where the repository is. */
export declare function packageFaults(folder: string, url: string): string[];
