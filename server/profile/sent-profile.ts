import { IntListTable } from './int-list-table.ts';
import { LocationDraft, LocationTable, openLocations } from './location-table.ts';
import type { LabelSet, Profile, ProfileFunction, ProfileLabel, ProfileMapping } from './profile.ts';
import { OnceReceiver, OnceSender, type SentOnce } from './sent-once.ts';

/** A profile on its way between threads. */
export interface SentProfile extends Omit<Profile, 'functions' | 'mappings' | 'labelSets' | 'stackNumbers'> {
  readonly functions: SentOnce<ProfileFunction>;
  readonly mappings: SentOnce<ProfileMapping>;
  readonly labelSets: SentOnce<LabelSet>;
  /** Of its stacks, as in `StackNumbers`. */
  readonly stackNumbers: Int32Array;
  /** All numbers begin anew with this profile: what was sent before is forgotten. */
  readonly restart: boolean;
}

/** What both sides remember at most: things with a number of their own, and characters of their texts. */
const MOST_THINGS = 200_000;
const MOST_FUNCTIONS = 50_000;
const MOST_CHARACTERS = 8_000_000;

/** The thread that reads. It numbers stacks, too, since this takes looking at each of their locations. */
export class ProfileSender {
  private readonly functions = new OnceSender<ProfileFunction>({ hintOf: ({ name }) => name, isSame: isSameFunction });
  private readonly mappings = new OnceSender<ProfileMapping>({ hintOf: hintOfMapping, isSame: isSameMapping });
  private readonly labelSets = new OnceSender<LabelSet>({ hintOf: hintOfLabelSet, isSame: isSameLabelSet });
  private locations = new LocationTable();
  private readonly stacks = new IntListTable();
  private readonly draft = new LocationDraft();

  send(profile: Profile): SentProfile {
    const restart = this.isFull();
    if (restart) this.forget();
    const functions = this.functions.send(profile.functions);
    const mappings = this.mappings.send(profile.mappings);
    return {
      ...profile,
      functions,
      mappings,
      labelSets: this.labelSets.send(profile.labelSets),
      stackNumbers: this.numberStacks(profile, mappings.numbers, functions.numbers),
      restart,
    };
  }

  private numberStacks({ locations, stacks }: Profile, mappings: Int32Array, functions: Int32Array): Int32Array {
    const opened = openLocations(locations);
    const numbers = { mappings, functionOf: (index: number) => functions[index] ?? -1 };
    const locationNumbers = new Int32Array(locations.count);
    for (let index = 0; index < locations.count; index++)
      locationNumbers[index] = this.locations.intern(this.draft.fill(opened, index, numbers));
    const stackNumbers = new Int32Array(stacks.count);
    for (let stack = 0, at = 0; stack < stacks.count; stack++) {
      for (const end = stacks.start[stack + 1] ?? at; at < end; at++)
        this.stacks.push(locationNumbers[stacks.location[at] ?? 0] ?? 0);
      stackNumbers[stack] = this.stacks.commit();
    }
    return stackNumbers;
  }

  private isFull(): boolean {
    const { functions, mappings, labelSets, locations, stacks } = this;
    return (
      functions.count > MOST_FUNCTIONS ||
      mappings.count + labelSets.count + locations.length + stacks.count > MOST_THINGS ||
      functions.characters + mappings.characters + labelSets.characters > MOST_CHARACTERS
    );
  }

  private forget(): void {
    this.functions.forget();
    this.mappings.forget();
    this.labelSets.forget();
    this.locations = new LocationTable();
    this.stacks.clear();
  }
}

/** The other end: gets every message of one sender, in order. */
export class ProfileReceiver {
  private readonly functions = new OnceReceiver<ProfileFunction>();
  private readonly mappings = new OnceReceiver<ProfileMapping>();
  private readonly labelSets = new OnceReceiver<LabelSet>();
  private numbering = {};

  /** Equal functions, mappings and label sets of several profiles are one object. */
  receive(sent: SentProfile): Profile {
    if (sent.restart) this.forget();
    const { restart: _, ...columns } = sent;
    return {
      ...columns,
      functions: this.functions.receive(sent.functions),
      mappings: this.mappings.receive(sent.mappings),
      labelSets: this.labelSets.receive(sent.labelSets),
      stackNumbers: { numbering: this.numbering, ofStack: sent.stackNumbers },
    };
  }

  private forget(): void {
    this.functions.forget();
    this.mappings.forget();
    this.labelSets.forget();
    this.numbering = {};
  }
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

const isSameLabelSet = (a: LabelSet, b: LabelSet): boolean =>
  a.length === b.length && a.every((label, at) => isSameLabel(label, b[at]));

const isSameLabel = (a: ProfileLabel, b: ProfileLabel | undefined): boolean =>
  b !== undefined && a.key === b.key && a.text === b.text && a.number === b.number && a.unit === b.unit;
