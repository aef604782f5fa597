import type { Labels } from '../../protocol/index.ts';
import type { LabelSet, ProfileFunction, ProfileMapping } from '../profile/profile.ts';
import type { Header, MetricSeries, Series, Shape } from './entries.ts';

/** The text form of an entry, in the file and as its key: equal entries have equal text. */
export interface Codec<T> {
  encode(entry: T): string;
  decode(text: string): T;
}

const pairsOf = (labels: Labels): [string, string][] =>
  Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));

export const seriesCodec: Codec<Series> = {
  encode: ({ kind, labels, shape }) => JSON.stringify([kind, shape, pairsOf(labels)]),
  decode(text) {
    const [kind, shape, pairs]: [string, number, [string, string][]] = JSON.parse(text);
    return { kind, shape, labels: Object.fromEntries(pairs) };
  },
};

export const shapeCodec: Codec<Shape> = {
  encode: ({ sampleTypes, defaultType, periodType, derived }) =>
    JSON.stringify([
      sampleTypes.map(({ type, unit }) => ({ type, unit })),
      defaultType,
      periodType && { type: periodType.type, unit: periodType.unit },
      derived && [derived.type, `${derived.period}`],
    ]),
  decode(text) {
    const parts: [Shape['sampleTypes'], number, Shape['periodType'], [number, string] | null] = JSON.parse(text);
    const [sampleTypes, defaultType, periodType, derived] = parts;
    const period = derived && { type: derived[0], period: BigInt(derived[1]) };
    return { sampleTypes, defaultType, periodType, derived: period };
  },
};

export const headerCodec: Codec<Header> = {
  encode: (h) => JSON.stringify([h.comments, h.dropFrames, h.keepFrames, h.docUrl, h.defaultSampleType]),
  decode(text) {
    const parts: [string[], string, string, string, string] = JSON.parse(text);
    const [comments, dropFrames, keepFrames, docUrl, defaultSampleType] = parts;
    return { comments, dropFrames, keepFrames, docUrl, defaultSampleType };
  },
};

export const functionCodec: Codec<ProfileFunction> = {
  encode: ({ name, systemName, file, startLine }) =>
    JSON.stringify([name, systemName === name ? null : systemName, file, startLine]),
  decode(text) {
    const [name, systemName, file, startLine]: [string, string | null, string, number] = JSON.parse(text);
    return { name, systemName: systemName ?? name, file, startLine };
  },
};

/** Cheaper than the text, since a profile has hundreds of functions: the lengths keep the texts apart. */
export const functionKey = (fn: ProfileFunction): string =>
  `${fn.startLine} ${fn.name.length} ${fn.file.length} ${fn.name}${fn.file}${fn.systemName}`;

export const mappingCodec: Codec<ProfileMapping> = {
  encode: (m) =>
    JSON.stringify([
      `${m.start}`,
      `${m.limit}`,
      `${m.offset}`,
      m.file,
      m.buildId,
      [m.hasFunctions, m.hasFilenames, m.hasLineNumbers, m.hasInlineFrames],
    ]),
  decode(text) {
    const parts: [string, string, string, string, string, [boolean, boolean, boolean, boolean]] = JSON.parse(text);
    const [start, limit, offset, file, buildId, [hasFunctions, hasFilenames, hasLineNumbers, hasInlineFrames]] = parts;
    return {
      start: BigInt(start),
      limit: BigInt(limit),
      offset: BigInt(offset),
      file,
      buildId,
      hasFunctions,
      hasFilenames,
      hasLineNumbers,
      hasInlineFrames,
    };
  },
};

/** `[key, text]` for a text label, `[key, number, unit]` for a numeric one. */
export const labelSetCodec: Codec<LabelSet> = {
  encode: (set) =>
    JSON.stringify(
      set.map(({ key, text, number, unit }) => (number === null ? [key, text] : [key, `${number}`, unit])),
    ),
  decode(text) {
    const labels: ([string, string] | [string, string, string])[] = JSON.parse(text);
    return labels.map(([key, value, unit]) =>
      unit === undefined
        ? { key, text: value, number: null, unit: '' }
        : { key, text: '', number: BigInt(value), unit },
    );
  },
};

/** Cheaper than the text; the lengths keep the parts apart. */
export const labelSetKey = (set: LabelSet): string => {
  let key = '';
  for (const { key: name, text, number, unit } of set) {
    const value = number === null ? text : `${number}`;
    key += `${name.length} ${value.length} ${number === null ? 't' : unit.length} ${name}${value}${unit}`;
  }
  return key;
};

export const metricSeriesCodec: Codec<MetricSeries> = {
  encode: ({ name, unit, labels }) => JSON.stringify([name, unit, pairsOf(labels)]),
  decode(text) {
    const [name, unit, pairs]: [string, string, [string, string][]] = JSON.parse(text);
    return { name, unit, labels: Object.fromEntries(pairs) };
  },
};
