import type { SampleType } from '../../protocol/index.ts';
import { IntListTable } from './int-list-table.ts';
import { LocationTable, openLocations } from './location-table.ts';
import { ColumnUnpacker, type PackedColumns, packColumns } from './packed-columns.ts';
import type { LabelSet, Profile, ProfileFunction, ProfileLabel, ProfileMapping } from './profile.ts';
import type { NumberedProfile } from './read-profile.ts';
import { OnceReceiver, OnceSender } from './sent-once.ts';
import { type AddedStacks, addedStacks, KnownStacks, type Symbols } from './sent-stacks.ts';

/** What is the same in all profiles of a series. */
export type ProfileHead = Pick<
  Profile,
  | 'sampleTypes'
  | 'defaultType'
  | 'defaultSampleType'
  | 'periodType'
  | 'comments'
  | 'dropFrames'
  | 'keepFrames'
  | 'docUrl'
>;

/** A profile on its way between threads: numbers, and what got a number with it. */
export interface SentProfile {
  readonly period: bigint;
  readonly timeNanos: bigint;
  readonly durationNanos: bigint;
  readonly head: number;
  readonly mappings: readonly number[];
  readonly labelSets: readonly number[];
  readonly columns: PackedColumns;
  /** Null when all was sent before. */
  readonly added: {
    readonly heads: readonly ProfileHead[];
    readonly functions: readonly ProfileFunction[];
    readonly mappings: readonly ProfileMapping[];
    readonly labelSets: readonly LabelSet[];
  } | null;
  /** Null when all stacks were sent before. */
  readonly addedStacks: AddedStacks | null;
  /** All numbers begin anew with this profile: what was sent before is forgotten. */
  readonly restart: boolean;
}

/** What both sides remember at most: things with a number of their own, characters of their texts, numbers of locations and stacks. */
const MOST_THINGS = 200_000;
const MOST_FUNCTIONS = 50_000;
const MOST_CHARACTERS = 8_000_000;
const MOST_NUMBERS = 8_000_000;

/** The thread that reads. It numbers stacks, too, since this takes looking at each of their locations. */
export class ProfileSender {
  private readonly heads = new OnceSender<ProfileHead>({
    hintOf: hintOfHead,
    isSame: isSameHead,
    sizeOf: (head) => hintOfHead(head).length,
  });
  private readonly functions = new OnceSender<ProfileFunction>({
    hintOf: ({ name }) => name,
    isSame: isSameFunction,
    sizeOf: ({ name, systemName, file }) => name.length + systemName.length + file.length,
  });
  private readonly mappings = new OnceSender<ProfileMapping>({
    hintOf: hintOfMapping,
    isSame: isSameMapping,
    sizeOf: (mapping) => hintOfMapping(mapping).length,
  });
  private readonly labelSets = new OnceSender<LabelSet>({
    hintOf: hintOfLabelSet,
    isSame: isSameLabelSet,
    sizeOf: (set) => set.reduce((sum, { key, text, unit }) => sum + key.length + text.length + unit.length, 0),
  });
  private locations = new LocationTable();
  private readonly stacks = new IntListTable();

  /** `functionNumbers`: as the reader knows the functions, so that those it knows needn't be compared. */
  send({ profile, functionNumbers }: NumberedProfile): SentProfile {
    const restart = this.isFull();
    if (restart) this.forget();
    const heads = this.heads.send([headOf(profile)]);
    const functions = this.functions.send(profile.functions, functionNumbers);
    const mappings = this.mappings.send(profile.mappings);
    const labelSets = this.labelSets.send(profile.labelSets);
    const before = { locations: this.locations.length, stacks: this.stacks.count, size: this.stacks.size };
    const stackNumbers = this.numberStacks(profile, mappings.numbers, functions.numbers);
    const { period, timeNanos, durationNanos, samples } = profile;
    const added = {
      heads: heads.added,
      functions: functions.added,
      mappings: mappings.added,
      labelSets: labelSets.added,
    };
    return {
      period,
      timeNanos,
      durationNanos,
      head: heads.numbers[0] ?? -1,
      mappings: [...mappings.numbers],
      labelSets: [...labelSets.numbers],
      // As `ProfileReceiver` unpacks them.
      columns: packColumns([samples.stack, samples.labelSet, samples.values, stackNumbers]),
      added: Object.values(added).some(({ length }) => length > 0) ? added : null,
      addedStacks: this.stacks.count > before.stacks ? addedStacks(this.locations, this.stacks, before) : null,
      restart,
    };
  }

  private numberStacks({ locations, stacks }: Profile, mappings: Int32Array, functions: Int32Array): Int32Array {
    const opened = openLocations(locations);
    const numbers = { mappings, functionOf: (index: number) => functions[index] ?? -1 };
    const locationNumbers = new Int32Array(locations.count);
    for (let index = 0; index < locations.count; index++)
      locationNumbers[index] = this.locations.internAt(opened, index, numbers);
    const stackNumbers = new Int32Array(stacks.count);
    for (let stack = 0; stack < stacks.count; stack++) {
      const [from, to] = [stacks.start[stack] ?? 0, stacks.start[stack + 1] ?? 0];
      stackNumbers[stack] = this.stacks.commitNumbers(stacks.location, from, to, locationNumbers);
    }
    return stackNumbers;
  }

  private isFull(): boolean {
    const { heads, functions, mappings, labelSets, locations, stacks } = this;
    return (
      functions.count > MOST_FUNCTIONS ||
      heads.count + mappings.count + labelSets.count + locations.length + stacks.count > MOST_THINGS ||
      heads.characters + functions.characters + mappings.characters + labelSets.characters > MOST_CHARACTERS ||
      locations.size + stacks.size > MOST_NUMBERS
    );
  }

  private forget(): void {
    for (const sender of [this.heads, this.functions, this.mappings, this.labelSets]) sender.forget();
    this.locations = new LocationTable();
    this.stacks.clear();
  }
}

/** The other end: gets every message of one sender, in order. */
export class ProfileReceiver {
  private known = createKnown();

  /**
   * Equal heads' parts, functions, mappings and label sets of several profiles are one object. Functions and locations that no
   * stack names don't arrive.
   */
  receive({
    period,
    timeNanos,
    durationNanos,
    head,
    mappings,
    labelSets,
    columns,
    added,
    addedStacks,
    restart,
  }: SentProfile): Profile {
    if (restart) this.known = createKnown();
    const { known } = this;
    if (added !== null) {
      known.heads.add(added.heads);
      known.functions.add(added.functions);
      known.mappings.add(added.mappings);
      known.labelSets.add(added.labelSets);
    }
    if (addedStacks !== null) known.stacks.add(addedStacks);
    const [namedHead] = known.heads.get([head]);
    if (namedHead === undefined) throw new Error('a profile came without a head');
    const next = new ColumnUnpacker(columns);
    const stack = next.take(Uint32Array);
    const samples = { count: stack.length, stack, labelSet: next.take(Uint32Array), values: next.take(BigInt64Array) };
    const ofStack = next.take(Int32Array);
    let symbols: Symbols | undefined;
    const build = (): Symbols => {
      symbols ??= known.stacks.symbolsOf(ofStack, mappings, (numbers) => known.functions.get(numbers));
      return symbols;
    };
    return {
      ...namedHead,
      period,
      timeNanos,
      durationNanos,
      mappings: known.mappings.get(mappings),
      labelSets: known.labelSets.get(labelSets),
      samples,
      stackNumbers: { numbering: known, ofStack },
      // Who knows the stacks by their numbers needs none of these.
      get functions() {
        return build().functions;
      },
      get locations() {
        return build().locations;
      },
      get stacks() {
        return build().stacks;
      },
    };
  }
}

const createKnown = () => ({
  heads: new OnceReceiver<ProfileHead>(),
  functions: new OnceReceiver<ProfileFunction>(),
  mappings: new OnceReceiver<ProfileMapping>(),
  labelSets: new OnceReceiver<LabelSet>(),
  stacks: new KnownStacks(),
});

function headOf(profile: Profile): ProfileHead {
  const { sampleTypes, defaultType, defaultSampleType, periodType, comments, dropFrames, keepFrames, docUrl } = profile;
  return { sampleTypes, defaultType, defaultSampleType, periodType, comments, dropFrames, keepFrames, docUrl };
}

const hintOfHead = ({
  sampleTypes,
  comments,
  docUrl,
  dropFrames,
  keepFrames,
  defaultSampleType,
}: ProfileHead): string =>
  [
    ...sampleTypes.flatMap(({ type, unit }) => [type, unit]),
    ...comments,
    docUrl,
    dropFrames,
    keepFrames,
    defaultSampleType,
  ].join(' ');

const isSameHead = (a: ProfileHead, b: ProfileHead): boolean =>
  a.defaultType === b.defaultType &&
  a.defaultSampleType === b.defaultSampleType &&
  a.dropFrames === b.dropFrames &&
  a.keepFrames === b.keepFrames &&
  a.docUrl === b.docUrl &&
  isSameList(a.comments, b.comments, Object.is) &&
  isSameList(a.sampleTypes, b.sampleTypes, isSameType) &&
  (a.periodType === null || b.periodType === null
    ? a.periodType === b.periodType
    : isSameType(a.periodType, b.periodType));

const isSameType = (a: SampleType, b: SampleType): boolean => a.type === b.type && a.unit === b.unit;

function isSameList<T>(a: readonly T[], b: readonly T[], isSame: (a: T, b: T) => boolean): boolean {
  return a.length === b.length && a.every((item, at) => isSame(item, b[at] as T));
}

const isSameFunction = (a: ProfileFunction, b: ProfileFunction): boolean =>
  a.name === b.name && a.file === b.file && a.startLine === b.startLine && a.systemName === b.systemName;

const hintOfMapping = ({ buildId, file }: ProfileMapping): string => `${buildId} ${file}`;

const isSameMapping = (a: ProfileMapping, b: ProfileMapping): boolean =>
  a.start === b.start &&
  a.limit === b.limit &&
  a.offset === b.offset &&
  a.file === b.file &&
  a.buildId === b.buildId &&
  a.hasFunctions === b.hasFunctions &&
  a.hasFilenames === b.hasFilenames &&
  a.hasLineNumbers === b.hasLineNumbers &&
  a.hasInlineFrames === b.hasInlineFrames;

const hintOfLabelSet = (set: LabelSet): string => set.map(({ text, number }) => text || number).join(' ');

const isSameLabelSet = (a: LabelSet, b: LabelSet): boolean => isSameList(a, b, isSameLabel);

const isSameLabel = (a: ProfileLabel, b: ProfileLabel): boolean =>
  a.key === b.key && a.text === b.text && a.number === b.number && a.unit === b.unit;
