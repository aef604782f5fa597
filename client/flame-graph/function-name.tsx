import './function-name.css';
import { packageOf, shortName } from './model/package-family.ts';

/** A function as people read it, `http.(*conn).serve`, and its import path where that doesn't show it. */
export function FunctionName({ name }: { readonly name: string }) {
  const path = packageOf(name);
  return (
    <span className="function-name">
      {shortName(name)}
      {path.includes('/') && <span className="function-package"> {path}</span>}
    </span>
  );
}
