/** The package's field names where the manifest lies in the package, not where it is made. */
export default { packagejson: false };
