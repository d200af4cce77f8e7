// The version that `--version` prints. A test holds it to package.json.

export const VERSION = '0.1.0';
