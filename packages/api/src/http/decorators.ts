// The decorators of the controllers. tsoa reads them in the source, by their names, when it writes
// the contract; at run time they do nothing. With tsoa's own package the service would carry three
// web frameworks that it does not use.

type Decorator = (...decorated: unknown[]) => void;

const noted = (..._arguments: unknown[]): Decorator => nothing;
const nothing: Decorator = () => {};

export const Body = noted;
export const Delete = noted;
export const Extension = noted;
export const Get = noted;
export const OperationId = noted;
export const Patch = noted;
export const Path = noted;
export const Post = noted;
export const Produces = noted;
export const Put = noted;
export const Query = noted;
export const Request = noted;
export const Route = noted;
export const Security = noted;
export const SuccessResponse = noted;
export const Tags = noted;
