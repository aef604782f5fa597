import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { saveFile } from '../ui/index.ts';
import { zoomedNode } from './canvas/camera.ts';
import { type FlameView, type Look, PLAIN_LOOK } from './canvas/flame-view.ts';
import { captionOf, spareWords } from './caption.ts';
import type { FlameBarProps } from './flame-bar.tsx';
import type { FlameGraphProps } from './flame-graph-props.ts';
import { factsOf } from './frame-tooltip.tsx';
import { diffNotes } from './model/diff-notes.ts';
import { shortName } from './model/package-family.ts';
import { type FrameDetails, frameDetails, type Picture, shareOf } from './model/picture.ts';
import { searchNames, searchResult } from './model/search-names.ts';
import { keyOfPath } from './model/stack-key.ts';
import { findNode, nodeFrame, nodeName, nodesToRoot } from './model/tree-shape.ts';
import { useCopying } from './use-copying.ts';
import { useFlameOptions } from './use-flame-options.ts';
import { NO_OWN, usePicture } from './use-picture.ts';

const NO_ZOOM: readonly number[] = [];

/** All state of a flame graph. Frames are remembered by key, so that they survive every new graph. */
export function useFlameState(props: FlameGraphProps) {
  const { onSelect, onZoom } = props;
  const [turned, setTurned] = useState(false);
  const [typed, setTyped] = useState('');
  const [ownZoom, setOwnZoom] = useState(NO_ZOOM);
  const [focused, setFocused] = useState<number | null>(null);
  const [chosen, setChosen] = useState<number | null>(null);
  const copying = useCopying();
  const choices = useFlameOptions(props);
  const { options } = choices;
  const section = useRef<HTMLElement>(null);
  const searchRef = useRef<HTMLInputElement>(null);

  const view = useRef<FlameView>(null);
  const asked = props.zoom;
  const zoom = useMemo(() => (asked === undefined ? ownZoom : keysOfPath(asked)), [asked, ownZoom]);
  useEffect(() => {
    if (props.chosen) setChosen(keyOfPath(props.chosen));
  }, [props.chosen]);
  const search = props.search ?? typed;
  const onSearch = props.onSearch ?? setTyped;
  const { picture, commonScale, toggleScale } = usePicture(props, options, search);
  const { layout } = picture;
  const own = props.own ?? NO_OWN;
  const light = useMemo(() => {
    return { search, own, faded: options.offAs === 'faded' ? options.off : [] };
  }, [search, own, options.off, options.offAs]);
  const upward = (props.orientation ?? 'flame') === 'flame' ? !turned : turned;
  const noteOf = useMemo(() => (picture.numbers ? diffNotes(picture.difference) : null), [picture]);
  const look: Look = useMemo(
    () => ({ ...PLAIN_LOOK, upward, light, zoom, focused, chosen, noteOf, spare: spareWords(picture) }),
    [upward, light, zoom, focused, chosen, noteOf, picture],
  );
  const result = useMemo(() => {
    const matches = searchNames(layout.names, search);
    if (matches === null) return null;
    const { nodes, share } = searchResult(layout, matches);
    return { nodes, share: picture.numbers ? share * shareOf(picture, 0) : null };
  }, [layout, search, picture]);

  const zoomed = zoomedNode(layout, zoom);
  const choose = useCallback(
    (node: number) => {
      setChosen(layout.key[node] ?? null);
      if (nodeFrame(layout, node) !== null) onSelect?.(frameDetails(picture, node));
    },
    [layout, picture, onSelect],
  );
  const zoomTo = useCallback(
    (node: number) => {
      const nodes = node <= 0 ? [] : nodesToRoot(layout, node);
      setOwnZoom(nodes.length === 0 ? NO_ZOOM : nodes.map((at) => layout.key[at] ?? 0));
      onZoom?.(nodes.slice(1).map((at) => nodeName(layout, at)));
    },
    [layout, onZoom],
  );
  const shownKey = focused ?? chosen ?? zoom[zoom.length - 1] ?? null;
  const shownNode = shownKey === null ? -1 : findNode(layout, shownKey);
  const details: FrameDetails | null = shownNode < 0 ? null : frameDetails(picture, shownNode);
  const crumbNodes = nodesToRoot(layout, Math.max(0, zoomed));
  const crumbs = crumbNodes.map((node) => ({
    key: layout.key[node] ?? 0,
    name: shortName(nodeName(layout, node)),
  }));
  const bar: FlameBarProps = {
    crumbs,
    onCrumb: (index) => zoomTo(crumbNodes[index] ?? 0),
    search,
    onSearch,
    result,
    searchRef,
    upward,
    onTurn: props.onTurn ?? (() => setTurned(!turned)),
    commonScale,
    onScale: toggleScale,
    sides: picture.sides,
    options,
    onOptions: choices.setOptions,
    onSave: () => void view.current?.save(captionOf(picture)).then((png) => saveFile('flame-graph.png', png)),
  };
  const out = () => {
    if (search !== '') onSearch('');
    else zoomTo(zoomed < 0 ? 0 : (layout.parent[zoomed] ?? 0));
  };
  return {
    picture,
    look,
    zoomed,
    details,
    bar,
    section,
    /** The live picture; the canvas puts it there. */
    view,
    choices,
    copying,
    turn: () => setTurned(!turned),
    choose,
    zoomTo,
    out,
    focus: (node: number) => {
      copying.forget();
      setFocused(node < 0 ? null : (layout.key[node] ?? null));
    },
    startSearch: () => searchRef.current?.focus(),
    spoken: copying.said !== '' ? copying.said : focused === null ? '' : spokenOf(details, picture),
  };
}

export type FlameState = ReturnType<typeof useFlameState>;

/** Keys from the root to the frame with that path. */
function keysOfPath(path: readonly string[]): readonly number[] {
  if (path.length === 0) return NO_ZOOM;
  return Array.from({ length: path.length + 1 }, (_, depth) => keyOfPath(path.slice(0, depth)));
}

function spokenOf(details: FrameDetails | null, picture: Picture): string {
  if (details === null) return '';
  return [details.name, ...factsOf(details, picture).map(([title, value]) => `${title} ${value}`)].join(', ');
}
