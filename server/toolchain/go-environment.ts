/** Of `go build -trimpath -buildvcs=false -ldflags=-w -o BIN ./SERVICE`: no paths, no version control, no DWARF. */
export const BUILD_FLAGS = ['-trimpath', '-buildvcs=false', '-ldflags=-w'] as const;

export interface GoFolders {
  readonly cache: string;
  /** An empty one of the lab: nothing of the user's module cache can be imported by chance. */
  readonly path: string;
  readonly temporary: string;
}

/**
 * The environment of every go command, on top of the fleet's allow-list. Each variable shuts a door that was measured:
 * GOENV a user's env file with `-toolexec`, GOWORK code outside the module, -mod=readonly a changed go.mod and `vendor/`,
 * GOPROXY the network, CGO_ENABLED a C compiler, GOTOOLCHAIN a download of another Go. GOGC only makes the tools faster.
 */
export function goEnvironment(folders: GoFolders): Record<string, string> {
  return {
    GOENV: 'off',
    GOWORK: 'off',
    GOFLAGS: '-buildvcs=false -mod=readonly',
    CGO_ENABLED: '0',
    GOTOOLCHAIN: 'local',
    GOPROXY: 'off',
    GONOSUMDB: '',
    GOSUMDB: 'off',
    GOTELEMETRY: 'off',
    GO111MODULE: 'on',
    GOCACHE: folders.cache,
    GOPATH: folders.path,
    GOTMPDIR: folders.temporary,
    GOGC: '400',
    LC_ALL: 'C',
  };
}
