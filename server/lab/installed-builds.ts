import { AppError } from '../errors.ts';
import type { Files, LabBuild, LabToolchain } from './ports.ts';

export interface InstalledBuilds {
  /** A service, or the load generator, built from the installed sources plus `overlay`; the same state is built once. */
  get(service: string, overlay?: Files): Promise<LabBuild>;
}

export function createInstalledBuilds(toolchain: LabToolchain, installedFiles: () => Promise<Files>): InstalledBuilds {
  const known = new Map<string, Promise<LabBuild>>();

  const build = async (service: string, overlay: Files): Promise<LabBuild> => {
    const files = new Map([...(await installedFiles()), ...overlay]);
    const outcome = await toolchain.build({ service, files });
    if (outcome.ok) return outcome.build;
    const first = outcome.errors[0];
    const where = first ? `${first.file}:${first.line ?? 0}: ${first.message}` : outcome.output.slice(0, 500);
    throw new AppError('internal', `The installed ${service} doesn't build: ${where}`);
  };

  return {
    get(service, overlay = new Map()) {
      if (overlay.size > 0) return build(service, overlay);
      const pending = known.get(service) ?? build(service, overlay);
      known.set(service, pending);
      pending.catch(() => known.delete(service));
      return pending;
    },
  };
}
